// How a household divides at a wedding, what a birth adds, and who becomes head.
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "economy/economy.hpp"
#include "economy/family_hand.hpp"

namespace terrace::economy {
namespace {

TEST(Division, TheCoupleFoundsAHouseholdBesideHisParents) {
  HandCounty hand(2013, 1);
  HandHousehold his = family(child(25, false));
  his.land_mu = 10;
  his.assets = 8'000;
  his.wealth = 2'000;
  his.house = House::c;
  hand.add(his);
  hand.add({.members = {{.age = 70, .married = true}}});
  hand.add_village({});
  hand.add(family(child(23, true)));
  hand.county.enrolments[0].push_back({.household = 0});
  hand.county.enrolments[0].push_back({.household = 2});
  only_weddings(hand);
  hand.economy.people.divide_at_marriage = 1.0;
  hand.begin(month_of(2013, 12));
  HouseholdTable& t = hand.county.households;
  t.kin[0][0] = 1;
  t.kin[0][1] = 0;
  t.last_year[0][0] = 9'000.0F;
  t.last_year[0][2] = 3'000.0F;
  demography(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::divisions), 1.0);
  ASSERT_EQ(t.size(), 4U);
  const std::uint32_t parents = 1U << 12U;
  ASSERT_EQ(t.id[1], parents | 1U << 9U) << "behind the parents";
  EXPECT_EQ(t.village[1], 0);
  EXPECT_EQ(hand.county.villages.first[1], 3U);
  EXPECT_EQ(t.members[0], 2);
  ASSERT_EQ(t.members[1], 2);
  EXPECT_EQ(t.numbers_used[1], 2);
  const PersonTable& p = hand.county.persons;
  const std::size_t he = t.first[1];
  EXPECT_EQ(static_cast<Relation>(p.relation[he]), Relation::head);
  EXPECT_EQ(static_cast<Relation>(p.relation[he + 1]), Relation::spouse);
  EXPECT_EQ(p.number[he], 0);
  EXPECT_EQ(p.number[he + 1], 1);
  EXPECT_EQ(p.flags[he] & flag::woman, 0);
  // Two of the four that the family has with the bride: half of everything.
  EXPECT_EQ(t.land[0], 500);
  EXPECT_EQ(t.land[1], 500);
  EXPECT_FLOAT_EQ(t.assets[1], 4'000.0F);
  EXPECT_FLOAT_EQ(t.wealth[1], 1'000.0F);
  EXPECT_FLOAT_EQ(t.last_year[0][1], 5'000.0F) << "half of 9,000 and of the 1,000 she brings";
  EXPECT_FLOAT_EQ(t.last_year[0][0], 5'000.0F);
  EXPECT_FLOAT_EQ(t.last_year[0][3], 2'000.0F);
  EXPECT_EQ(static_cast<House>(t.house[1]), House::c);
  EXPECT_EQ(t.kin[0][1], 0) << "his parents";
  EXPECT_EQ(t.kin[1][1], 2) << "and their kin, two rows on";
  EXPECT_EQ(t.kin[0][0], 2);
  EXPECT_EQ(t.kin[1][0], 1);
  EXPECT_EQ(t.kin[0][2], 0);
  EXPECT_EQ(hand.county.enrolments[0][0].household, 0U);
  EXPECT_EQ(hand.county.enrolments[0][1].household, 3U);
  EXPECT_EQ(t.labour[1], 32) << "two adults";
}

TEST(Division, HappensAtItsRateAndNotBeyondTheIds) {
  HandCounty hand(2013);
  many_families(hand, 4'000, 25);
  only_weddings(hand);
  hand.economy.people.divide_at_marriage = 0.4;
  hand.begin(month_of(2013, 12));
  for (std::size_t h = 1; h < 400; h += 2) hand.county.households.divisions[h] = 7;
  demography(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::marriages), 2'000.0);
  EXPECT_NEAR(hand.work.event(Sum::divisions) / 1'800, 0.4, tolerance(0.4, 1'800));
  const HouseholdTable& t = hand.county.households;
  EXPECT_EQ(t.size(), 4'000 + static_cast<std::size_t>(hand.work.event(Sum::divisions)));
  std::set<std::uint32_t> ids(t.id.begin(), t.id.end());
  EXPECT_EQ(ids.size(), t.size());
  EXPECT_EQ(hand.county.persons.size(), 12'000U);
}

TEST(Division, MovesNothingIntoOrOutOfTheCounty) {
  HandCounty hand(2013);
  many_families(hand, 3'000, 25);
  only_weddings(hand);
  hand.economy.people.divide_at_marriage = 0.5;
  hand.begin(month_of(2013, 12));
  HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    t.land[h] = static_cast<std::uint16_t>(h % 997);
    t.leased[h] = static_cast<std::uint16_t>(t.land[h] - t.land[h] % 7);
    t.durables[h] = static_cast<std::uint16_t>(h % 601);
    t.loan[h] = static_cast<std::uint16_t>(h % 11);
    t.wealth[h] = static_cast<float>(h % 5'000) - 900.0F;
    t.last_year[3][h] = static_cast<float>(h % 3'001);
    t.away_last_year[h] = static_cast<std::uint8_t>(h % 25);
  }
  const auto sum = [](const auto& column) {
    double total = 0.0;
    for (const auto x : column) total += static_cast<double>(x);
    return total;
  };
  const HouseholdTable before = t;
  demography(hand.work, hand.economy);
  ASSERT_GT(hand.work.event(Sum::divisions), 700.0);
  EXPECT_EQ(sum(t.members), sum(before.members));
  EXPECT_EQ(sum(t.land), sum(before.land));
  EXPECT_EQ(sum(t.leased), sum(before.leased));
  EXPECT_EQ(sum(t.durables), sum(before.durables));
  EXPECT_EQ(sum(t.loan), sum(before.loan));
  EXPECT_EQ(sum(t.away_last_year), sum(before.away_last_year));
  EXPECT_NEAR(sum(t.wealth), sum(before.wealth), 0.1);
  EXPECT_NEAR(sum(t.assets), sum(before.assets), 0.5);
  EXPECT_NEAR(sum(t.last_year[3]), sum(before.last_year[3]), 0.1);
  for (std::size_t h = 0; h < t.size(); ++h) ASSERT_LE(t.leased[h], t.land[h]);
}

TEST(Births, AChildOfADaughterInLawIsAGrandchild) {
  HandCounty hand(2013);
  const HandPerson mother{.age = 25, .woman = true, .married = true};
  for (const Relation r : {Relation::spouse, Relation::child_in_law}) {
    HandPerson she = mother;
    she.relation = r;
    for (int i = 0; i < 50; ++i) hand.add({.members = {{.age = 50, .married = true}, she}});
  }
  only_weddings(hand);
  hand.economy.people.tfr_rural = 20.0;
  hand.economy.people.births_most = 1.0;
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  ASSERT_EQ(hand.work.event(Sum::births), 100.0);
  const HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < 100; ++h) {
    EXPECT_EQ(static_cast<Relation>(hand.county.persons.relation[t.first[h] + 2U]),
              h < 50 ? Relation::child : Relation::other);
  }
}

/// The relations of a family after its first member has died.
std::vector<Relation> after_the_head(std::vector<HandPerson> members) {
  HandCounty hand(2013);
  members.insert(members.begin(), HandPerson{.age = 110, .married = true});
  hand.add({.members = members});
  only_weddings(hand);
  hand.economy.people.mortality_gompertz_a = 1e-12;
  hand.economy.people.mortality_gompertz_b = 0.3;  // certain at 110, 0.03 at 80
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  std::vector<Relation> all;
  for (const std::uint8_t r : hand.county.persons.relation) all.push_back(static_cast<Relation>(r));
  return all;
}

TEST(Heads, TheSpouseFollowsElseTheOldest) {
  const HandPerson widow{.age = 50, .woman = true, .married = true, .relation = Relation::spouse};
  const HandPerson son{.age = 30, .married = true, .relation = Relation::child};
  const HandPerson brother{.age = 17, .relation = Relation::child};
  const HandPerson wife{
      .age = 29, .woman = true, .married = true, .relation = Relation::child_in_law};
  const HandPerson grandchild{.age = 5, .activity = Activity::child};
  using R = Relation;
  EXPECT_EQ(after_the_head({son, widow, wife}), (std::vector{R::child, R::head, R::child_in_law}));
  EXPECT_EQ(after_the_head({brother, son, wife, grandchild}),
            (std::vector{R::other, R::head, R::spouse, R::child}));
  const HandPerson mother{.age = 60, .woman = true, .married = true, .relation = R::parent};
  EXPECT_EQ(after_the_head({brother, mother}), (std::vector{R::other, R::head}));
}

}  // namespace
}  // namespace terrace::economy

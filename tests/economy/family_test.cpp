// Marriage, where couples live, who heads a household, on families made by hand.
#include "economy/family.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;
using test::HandHousehold;
using test::HandPerson;

double tolerance(double p, double n) { return 4.5 * std::sqrt(p * (1 - p) / n); }

/// Nobody is born or dies, all who can marry want to, and nobody divides.
void only_weddings(HandCounty& hand) {
  DemographySchool& p = hand.economy.people;
  p.mortality_gompertz_a = p.tfr_rural = 0.0;
  p.marry_20 = p.marry_24 = p.marry_28 = 1.0;
  p.divide_at_marriage = 0.0;
}

HandPerson child(int age, bool woman) {
  return {.age = age, .woman = woman, .relation = Relation::child};
}

/// Parents and one grown child.
HandHousehold family(const HandPerson& grown) {
  return {.members = {{.age = 55, .married = true},
                      {.age = 54, .woman = true, .married = true, .relation = Relation::spouse},
                      grown}};
}

TEST(Marriage, TheBrideMovesToTheGroomsParents) {
  HandCounty hand(2013);
  HandPerson bride = child(23, true);
  bride.activity = Activity::farm;
  bride.schooling = 7;
  hand.add(family(bride));
  hand.add_village({});
  HandHousehold his = family(child(25, false));
  hand.add(his);
  only_weddings(hand);
  hand.begin(month_of(2013, 12));
  hand.county.persons.skill[2] = -7;
  hand.county.persons.health[2] = 99;
  HouseholdTable& t = hand.county.households;
  for (int h = 0; h < 2; ++h) t.last_year[0][static_cast<std::size_t>(h)] = 9'000.0F;
  demography(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::marriages), 1.0);
  EXPECT_EQ(hand.work.event(Sum::divisions), 0.0);
  ASSERT_EQ(t.size(), 2U);
  EXPECT_EQ(t.members[0], 2);
  ASSERT_EQ(t.members[1], 4);
  EXPECT_EQ(t.numbers_used[1], 4);
  const PersonTable& p = hand.county.persons;
  const std::size_t she = t.first[1] + 3U;
  EXPECT_EQ(p.number[she], 3) << "a new number";
  EXPECT_EQ(static_cast<Relation>(p.relation[she]), Relation::child_in_law);
  EXPECT_EQ(p.flags[she], flag::woman | flag::mandarin | flag::married);
  EXPECT_TRUE((p.flags[she - 1] & flag::married) != 0);
  EXPECT_EQ(p.skill[she], -7);
  EXPECT_EQ(p.health[she], 99);
  EXPECT_EQ(p.schooling[she], 7);
  EXPECT_EQ(static_cast<Activity>(p.activity[she]), Activity::searching)
      << "there is other land to work on";
  EXPECT_FLOAT_EQ(t.last_year[0][0], 6'000.0F) << "a third of last year's income goes with her";
  EXPECT_FLOAT_EQ(t.last_year[0][1], 12'000.0F);
  EXPECT_EQ(t.land[0] + t.land[1], 1'400) << "land does not";
}

TEST(Marriage, OfAManAloneSheIsTheSpouse) {
  HandCounty hand(2013);
  hand.add(family(child(23, true)));
  hand.add({.members = {{.age = 30}}});
  only_weddings(hand);
  hand.economy.people.divide_at_marriage = 1.0;  // he has a household already
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  const HouseholdTable& t = hand.county.households;
  ASSERT_EQ(t.size(), 2U);
  ASSERT_EQ(t.members[1], 2);
  EXPECT_EQ(static_cast<Relation>(hand.county.persons.relation[t.first[1] + 1U]), Relation::spouse);
}

TEST(Marriage, WhoWorksAwayGoesOnWhoHoldsAPublicPostDoesNot) {
  for (const Activity does : {Activity::migrant, Activity::local_wage, Activity::public_post}) {
    HandCounty hand(2013);
    HandPerson bride = child(23, true);
    bride.activity = does;
    hand.add(family(bride));
    hand.add(family(child(25, false)));
    only_weddings(hand);
    hand.county.persons.post[2] =
        static_cast<std::uint8_t>(does == Activity::migrant ? Post::far : Post::enterprise);
    hand.county.persons.state_until[2] = pack_month(month_of(2015, 3));
    hand.begin(month_of(2013, 12));
    HouseholdTable& t = hand.county.households;
    t.away_last_year[0] = 10;
    demography(hand.work, hand.economy);
    const PersonTable& p = hand.county.persons;
    const std::size_t she = t.first[1] + 3U;
    if (does == Activity::public_post) {
      EXPECT_EQ(static_cast<Activity>(p.activity[she]), Activity::searching);
      EXPECT_EQ(static_cast<Post>(p.post[she]), Post::none);
      EXPECT_EQ(p.state_until[she], kNoMonth);
      EXPECT_EQ(hand.work.searching, 1.0);
    } else {
      EXPECT_EQ(static_cast<Activity>(p.activity[she]), does);
      EXPECT_NE(static_cast<Post>(p.post[she]), Post::none);
      EXPECT_EQ(p.state_until[she], pack_month(month_of(2015, 3)));
    }
    EXPECT_EQ(t.away[1], does == Activity::migrant ? 1 : 0);
    EXPECT_EQ(t.away_last_year[1], does == Activity::migrant ? 10 : 0);
    EXPECT_EQ(t.away_last_year[0], does == Activity::migrant ? 0 : 10);
  }
}

TEST(Marriage, AGroomWhoStaysKeepsHisPublicPost) {
  for (const double divides : {0.0, 1.0}) {
    HandCounty hand(2013);
    hand.add(family(child(23, true)));
    HandPerson groom = child(25, false);
    groom.activity = Activity::public_post;
    hand.add(family(groom));
    only_weddings(hand);
    hand.economy.people.divide_at_marriage = divides;
    hand.begin(month_of(2013, 12));
    demography(hand.work, hand.economy);
    ASSERT_EQ(hand.work.event(Sum::marriages), 1.0);
    ASSERT_EQ(hand.work.event(Sum::divisions), divides);
    // His post belongs to the household that is enrolled.
    const auto& posts = hand.county.persons.post;
    const auto held =
        std::count(posts.begin(), posts.end(), static_cast<std::uint8_t>(Post::public_service));
    EXPECT_EQ(held, divides > 0.0 ? 0 : 1);
  }
}

TEST(Marriage, NeitherPupilsNorTheDisabledNorTheWrongAgeNorTheMarried) {
  const DemographySchool rules = HandCounty(2013).economy.people;
  HandCounty hand(2013);
  const auto add = [&](HandPerson p) { hand.add({.members = {p}}); };
  add({.age = 20, .woman = true});
  add({.age = 35, .woman = true});
  add({.age = 22});
  add({.age = 37});
  add({.age = 19, .woman = true});
  add({.age = 36, .woman = true});
  add({.age = 21});
  add({.age = 38});
  add({.age = 25, .married = true});
  add({.age = 25, .disability = 2});
  add({.age = 23, .school = School::tertiary});
  const PersonTable& p = hand.county.persons;
  for (std::size_t i = 0; i < p.size(); ++i) {
    const int age = age_at(p.birth[i], month_of(2013, 1));
    EXPECT_EQ(may_marry(p, i, age, rules), i < 4) << i;
  }
}

TEST(Marriage, NobodyMarriesWithinAFamily) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 55, .married = true}, child(25, false), child(23, true)}});
  only_weddings(hand);
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::marriages), 0.0) << "a brother and a sister";

  HandCounty two(2013);
  for (int i = 0; i < 2; ++i)
    two.add({.members = {{.age = 55, .married = true}, child(25 + i, false), child(23 + i, true)}});
  only_weddings(two);
  two.begin(month_of(2013, 12));
  demography(two.work, two.economy);
  EXPECT_EQ(two.work.event(Sum::marriages), 2.0) << "by age they would have been siblings";
  for (std::size_t h = 0; h < 2; ++h) EXPECT_EQ(two.county.households.members[h], 3);
}

TEST(Marriage, AWomanWhoWouldLeaveNobodyStays) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 25, .woman = true}, child(9, false)}});
  hand.add(family(child(25, false)));
  only_weddings(hand);
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::marriages), 0.0);
}

/// Many families with one grown child each, men and women in turn.
void many_families(HandCounty& hand, int families, int age) {
  for (int i = 0; i < families; ++i) {
    const bool rich = i % 4 < 2;
    HandHousehold f = family(child(age, i % 2 == 0));
    f.income = rich ? 12'000 : 3'000;
    hand.add(f);
  }
}

TEST(Marriage, TheRateIsThatOfWomenAndMenOfMeansAreFirst) {
  HandCounty hand(2013);
  many_families(hand, 8'000, 25);
  only_weddings(hand);
  hand.economy.people.marry_24 = 0.3;
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  const double weddings = hand.work.event(Sum::marriages);
  EXPECT_NEAR(weddings / 4'000, 0.3, tolerance(0.3, 4'000));
  double rich = 0.0;
  const PersonTable& p = hand.county.persons;
  const HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
      if (static_cast<Relation>(p.relation[i]) != Relation::child) continue;
      if ((p.flags[i] & (flag::woman | flag::married)) == flag::married && h % 4 < 2) rich += 1.0;
    }
  }
  // Four times the income weighs 4^0.5 = 2. Taken without replacement until 30 % are gone, with s
  // of the poor and s^2 of the rich left: s + s^2 = 1.4, s = 0.785, so 64 % of the grooms are rich.
  const double s = (-1.0 + std::sqrt(1.0 + 4.0 * 1.4)) / 2.0;
  const double share = (1.0 - s * s) / (2.0 - s - s * s);
  EXPECT_NEAR(rich / weddings, share, tolerance(share, weddings));
}

TEST(Marriage, TooFewMenLeaveWomenSingle) {
  HandCounty hand(2013);
  for (int i = 0; i < 300; ++i) hand.add(family(child(25, i % 3 != 0)));
  only_weddings(hand);
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::marriages), 100.0);
}

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

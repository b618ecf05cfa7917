// Marriage and where couples live, on families made by hand.
#include "economy/family.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "economy/family_hand.hpp"

namespace terrace::economy {
namespace {

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

}  // namespace
}  // namespace terrace::economy

// Births, deaths and ageing, on persons made by hand.
#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;
using test::HandHousehold;
using test::HandPerson;

double tolerance(double p, double n) { return 4.5 * std::sqrt(p * (1 - p) / n); }

TEST(Demography, DeathsFollowGompertz) {
  for (const int age : {40, 70, 85}) {
    HandCounty hand(2013);
    constexpr int kPersons = 6'000;
    for (int i = 0; i < kPersons; ++i)
      hand.add({.members = {{.age = age, .activity = Activity::retired}}});
    hand.begin(month_of(2013, 12));
    const double hazard = hand.economy.people.mortality_gompertz_a *
                          std::exp(hand.economy.people.mortality_gompertz_b * age);
    demography(hand.work, hand.economy);
    const double deaths = hand.work.event(Sum::deaths);
    EXPECT_NEAR(deaths / kPersons, hazard, tolerance(hazard, kPersons)) << age;
    EXPECT_EQ(hand.county.persons.size(), static_cast<std::size_t>(kPersons - deaths));
  }
}

TEST(Demography, IllnessAndChronicIllnessRaiseTheHazard) {
  const auto rate = [](Activity does, bool chronic) {
    HandCounty hand(2013);
    for (int i = 0; i < 6'000; ++i)
      hand.add({.members = {{.age = 75, .chronic = chronic, .activity = does}}});
    hand.begin(month_of(2013, 12));
    demography(hand.work, hand.economy);
    return hand.work.event(Sum::deaths) / 6'000;
  };
  const double plain = 5e-5 * std::exp(0.085 * 75);
  EXPECT_NEAR(rate(Activity::ill, false), 2.0 * plain, tolerance(2.0 * plain, 6'000));
  EXPECT_NEAR(rate(Activity::retired, true), 1.5 * plain, tolerance(1.5 * plain, 6'000));
  EXPECT_NEAR(rate(Activity::ill, true), 3.0 * plain, tolerance(3.0 * plain, 6'000));
}

TEST(Demography, TheDeadNoLongerCountAsAway) {
  HandCounty hand(2013);
  const HandPerson young{.age = 21, .activity = Activity::migrant};
  hand.add({.members = {{.age = 20}, young, {.age = 59, .activity = Activity::migrant}}});
  hand.add({.members = {{.age = 20}, young}});
  hand.economy.people.mortality_gompertz_b = 1.0;  // the hazard is 10 at 59 and nothing at 21
  hand.economy.people.mortality_gompertz_a = 10.0 * std::exp(-59.0);
  hand.economy.people.marry_20 = 0.0;
  hand.begin(month_of(2013, 12));
  hand.county.households.away_last_year = {20, 10};
  demography(hand.work, hand.economy);
  ASSERT_EQ(hand.work.event(Sum::deaths), 1.0);
  EXPECT_EQ(hand.county.households.away_last_year[0], 10);
  EXPECT_EQ(hand.county.households.away_last_year[1], 10);
}

TEST(Demography, WivesBearTheChildrenOfAllWomen) {
  HandCounty hand(2013);
  // Of the women of 20 to 39 half are married: each has twice the births, and the total holds.
  const int ages[] = {19, 20, 39, 40};
  for (int i = 0; i < 16'000; ++i)
    hand.add({.members = {{.age = ages[i % 4], .woman = i % 8 < 4, .married = i % 16 < 8}}});
  hand.begin(month_of(2013, 12));
  hand.economy.people.mortality_gompertz_a = 0.0;
  hand.economy.people.marry_20 = hand.economy.people.marry_28 = 0.0;
  demography(hand.work, hand.economy);
  const double yearly = 2.0 * hand.economy.people.tfr_rural / 20.0;
  const double births = hand.work.event(Sum::births);
  EXPECT_NEAR(births / 2'000, yearly, tolerance(yearly, 2'000));
  EXPECT_EQ(hand.county.persons.size(), 16'000 + static_cast<std::size_t>(births));
  double girls = 0.0;
  double skill = 0.0;
  double skill_squared = 0.0;
  const HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    ASSERT_EQ(hand.county.persons.number[t.first[h]], 0);
    if (t.members[h] == 1) continue;
    EXPECT_TRUE(h % 8 < 4 && (h % 4 == 1 || h % 4 == 2)) << "a mother of 20 to 39";
    EXPECT_LT(h % 16, 8U) << "married";
    const std::size_t child = t.first[h] + 1;
    EXPECT_EQ(hand.county.persons.number[child], 1);
    EXPECT_EQ(hand.county.persons.birth[child], month_of(2013, 12));
    girls += hand.county.persons.flags[child] & 1U;
    skill += hand.county.persons.skill[child] / births;
    skill_squared += hand.county.persons.skill[child] * hand.county.persons.skill[child] / births;
  }
  EXPECT_NEAR(girls / births, 0.47, tolerance(0.47, births));
  EXPECT_NEAR(skill, 0.0, 45.0 / std::sqrt(births)) << "hundredths of log wage";
  EXPECT_NEAR(std::sqrt(skill_squared), 10.0, 2.5);
}

TEST(Demography, FewWivesHaveNoMoreThanTheMost) {
  HandCounty hand(2013);
  for (int i = 0; i < 8'000; ++i)
    hand.add({.members = {{.age = 36, .woman = true, .married = i % 16 == 0}}});
  hand.begin(month_of(2013, 12));
  hand.economy.people.mortality_gompertz_a = 0.0;
  demography(hand.work, hand.economy);
  EXPECT_NEAR(hand.work.event(Sum::births) / 500, 0.4, tolerance(0.4, 500));
}

TEST(Demography, RowsFollowWhenHouseholdsDieOut) {
  HandCounty hand(2013, 2);
  // One household in three is past a hundred; each village of three has one of them, the last
  // village has nobody else.
  for (int v = 0; v < 40; ++v) {
    if (v > 0) hand.add_village({});
    for (int i = 0; i < 3; ++i) {
      const int age = i == v % 3 || v == 39 ? 110 : 30;
      hand.add({.income = 1'000.0 * v + i,
                .assets = 10.0 * (3 * v + i),
                .members = std::vector<HandPerson>(static_cast<std::size_t>(1 + i), {.age = age})});
    }
  }
  for (std::uint32_t h = 0; h < 120; h += 2) {
    hand.county.enrolments[1].push_back({.household = h, .amount = static_cast<float>(h)});
  }
  hand.begin(month_of(2013, 12));
  hand.economy.people.mortality_gompertz_a = 1e-12;
  hand.economy.people.mortality_gompertz_b = 0.3;  // 5e-9 at thirty, certain at 110
  hand.economy.people.tfr_rural = 0.0;
  demography(hand.work, hand.economy);

  const HouseholdTable& t = hand.county.households;
  ASSERT_EQ(t.size(), 78U);
  std::size_t next = 0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const std::uint32_t old = (t.id[h] >> 12U) - 1;  // ids stay, rows move
    EXPECT_EQ(t.first[h], next);
    EXPECT_EQ(t.members[h], 1 + old % 3);
    EXPECT_EQ(t.assets[h], 10.0F * static_cast<float>(old));
    EXPECT_EQ(t.village[h], old / 3);
    EXPECT_GE(h, hand.county.villages.first[t.village[h]]);
    next += t.members[h];
  }
  EXPECT_EQ(next, hand.county.persons.size());
  for (std::size_t v = 0; v + 1 < 39; ++v) {
    EXPECT_EQ(hand.county.villages.first[v + 1] - hand.county.villages.first[v], 2U);
  }
  EXPECT_EQ(hand.county.villages.first[39], t.size()) << "an empty village lies at the end";
  for (const Enrolment& e : hand.county.enrolments[1]) {
    ASSERT_LT(e.household, t.size());
    EXPECT_EQ((t.id[e.household] >> 12U) - 1, static_cast<std::uint32_t>(e.amount));
  }
  std::size_t expected = 0;
  for (std::size_t h = 0; h < t.size(); ++h) expected += ((t.id[h] >> 12U) - 1) % 2 == 0 ? 1 : 0;
  EXPECT_EQ(hand.county.enrolments[1].size(), expected);
  hand.county.households.for_each_column(
      [&](const auto& column) { EXPECT_EQ(column.size(), 78U); });
}

TEST(Demography, BirthdaysChangeWhatPeopleDo) {
  HandCounty hand(2013);
  const auto add = [&](int age, Activity a, int disability = 0) {
    hand.add({.members = {{.age = age, .activity = a, .disability = disability}}});
  };
  add(16, Activity::child);
  add(15, Activity::child);
  add(65, Activity::local_wage);
  add(64, Activity::local_wage);
  add(65, Activity::migrant);
  add(60, Activity::searching);
  add(80, Activity::farm);
  add(30, Activity::farm, 2);
  add(16, Activity::child, 2);
  hand.begin(month_of(2013, 12));
  hand.work.employed = 2.0;
  hand.work.searching = 1.0;
  hand.economy.people.mortality_gompertz_a = 0.0;
  demography(hand.work, hand.economy);
  const Activity expected[] = {Activity::searching,  Activity::child,   Activity::farm,
                               Activity::local_wage, Activity::farm,    Activity::farm,
                               Activity::retired,    Activity::retired, Activity::retired};
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[i]), expected[i]) << i;
  }
  EXPECT_EQ(hand.work.employed, 1.0);
  EXPECT_EQ(hand.work.searching, 0.0);
}

TEST(Demography, WhoLeavesAPostHasNone) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 65, .activity = Activity::local_wage}}});
  hand.add({.members = {{.age = 64, .activity = Activity::migrant}}});
  hand.begin(month_of(2013, 12));
  hand.work.employed = 1.0;
  hand.county.persons.post[0] = static_cast<std::uint8_t>(Post::enterprise);
  hand.county.persons.post[1] = static_cast<std::uint8_t>(Post::far);
  hand.economy.people.mortality_gompertz_a = 0.0;
  demography(hand.work, hand.economy);
  EXPECT_EQ(static_cast<Post>(hand.county.persons.post[0]), Post::none);
  EXPECT_EQ(static_cast<Post>(hand.county.persons.post[1]), Post::far);
}

TEST(Demography, GraduatesLeaveForTown) {
  HandCounty hand(2013);
  const auto student = [](int years, School school) {
    return HandPerson{.age = 23, .schooling = years, .school = school, .activity = Activity::pupil};
  };
  for (int i = 0; i < 4'000; ++i)
    hand.add({.members = {{.age = 50}, student(14 + i % 3, School::tertiary)}});
  hand.add({.members = {{.age = 50}, student(11, School::senior)}});
  hand.begin(month_of(2013, 12));
  hand.economy.people.mortality_gompertz_a = 0.0;
  demography(hand.work, hand.economy);
  double after_three = 0.0;
  const HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < 4'000; ++h) {
    ASSERT_EQ(t.members[h] + t.graduates[h], 2);
    if (h % 3 == 1) {
      after_three += t.graduates[h];
    } else {
      ASSERT_EQ(t.graduates[h], h % 3 == 0 ? 0 : 1) << "two years done, or four";
    }
  }
  EXPECT_NEAR(after_three / 1'333, 0.55, tolerance(0.55, 1'333));
  EXPECT_EQ(hand.work.event(Sum::town_exits), after_three + 1'333);
  EXPECT_EQ(t.members[4'000], 2);
}

}  // namespace
}  // namespace terrace::economy

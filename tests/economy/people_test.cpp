// Births, deaths, ageing and school, on persons made by hand.
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

TEST(Demography, IllnessDoublesTheHazard) {
  HandCounty hand(2013);
  for (int i = 0; i < 6'000; ++i) hand.add({.members = {{.age = 75, .activity = Activity::ill}}});
  hand.begin(month_of(2013, 12));
  const double hazard = 2.0 * hand.economy.people.mortality_gompertz_a *
                        std::exp(hand.economy.people.mortality_gompertz_b * 75);
  demography(hand.work, hand.economy);
  EXPECT_NEAR(hand.work.event(Sum::deaths) / 6'000, hazard, tolerance(hazard, 6'000));
}

TEST(Demography, WomenOfTwentyToFortyBearChildren) {
  HandCounty hand(2013);
  const int ages[] = {19, 20, 39, 40};
  for (int i = 0; i < 16'000; ++i)
    hand.add({.members = {{.age = ages[i % 4], .woman = i % 8 < 4}}});
  hand.begin(month_of(2013, 12));
  hand.economy.people.mortality_gompertz_a = 0.0;
  demography(hand.work, hand.economy);
  const double yearly = hand.economy.people.tfr_rural / 20.0;
  const double births = hand.work.event(Sum::births);
  EXPECT_NEAR(births / 4'000, yearly, tolerance(yearly, 4'000));
  EXPECT_EQ(hand.county.persons.size(), 16'000 + static_cast<std::size_t>(births));
  double girls = 0.0;
  const HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    ASSERT_EQ(hand.county.persons.number[t.first[h]], 0);
    if (t.members[h] == 1) continue;
    EXPECT_TRUE(h % 8 < 4 && (h % 4 == 1 || h % 4 == 2)) << "a mother of 20 to 39";
    const std::size_t child = t.first[h] + 1;
    EXPECT_EQ(hand.county.persons.number[child], 1);
    EXPECT_EQ(hand.county.persons.birth[child], month_of(2013, 12));
    girls += hand.county.persons.female[child] & 1U;
  }
  EXPECT_NEAR(girls / births, 0.47, tolerance(0.47, births));
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

HandPerson pupil(int schooling, int age, School school = School::pupil) {
  return {.age = age, .schooling = schooling, .school = school, .activity = Activity::pupil};
}

TEST(School, GradesGoUpOnceInSeptember) {
  HandCounty hand(2013);
  for (int g = 0; g < 8; ++g) hand.add({.members = {pupil(g, 6 + g)}});
  DemographySchool& rules = hand.economy.people;
  rules.dropout_early = rules.dropout_78 = rules.dropout_89 = 0.0;
  for (const int m : {8, 9, 10}) {
    hand.begin(month_of(2013, m));
    school(hand.work, hand.economy);
    for (int i = 0; i < 8; ++i) {
      EXPECT_EQ(hand.county.persons.schooling[static_cast<std::size_t>(i)], i + (m >= 9 ? 1 : 0));
    }
  }
}

TEST(School, ChildrenEnterAtSix) {
  HandCounty hand(2013);
  for (const int age : {5, 6, 8, 9}) {
    hand.add(
        {.members = {
             {.age = age, .schooling = 0, .school = School::none, .activity = Activity::child}}});
  }
  hand.begin(month_of(2013, 9));
  school(hand.work, hand.economy);
  const auto in_school = [&](std::size_t i) {
    return static_cast<School>(hand.county.persons.school[i]) == School::pupil &&
           static_cast<Activity>(hand.county.persons.activity[i]) == Activity::pupil;
  };
  EXPECT_FALSE(in_school(0));
  EXPECT_TRUE(in_school(1));
  EXPECT_TRUE(in_school(2));
  EXPECT_FALSE(in_school(3));
  EXPECT_EQ(hand.work.pupils, 2.0);
}

/// Of those who finish a grade in September, the share that does not come back.
double dropout_rate(int finished, bool designated, double income, float factor = 1.0F) {
  HandCounty hand(2013);
  hand.county.designated = designated;
  constexpr std::size_t kPupils = 20'000;
  for (std::size_t i = 0; i < kPupils; ++i)
    hand.add({.income = income, .members = {pupil(finished - 1, 13)}});
  hand.begin(month_of(2013, 9));
  std::fill(hand.work.flows.dropout.begin(), hand.work.flows.dropout.end(), factor);
  school(hand.work, hand.economy);
  double dropped = 0.0;
  for (std::size_t i = 0; i < kPupils; ++i) {
    if (static_cast<School>(hand.county.persons.school[i]) != School::dropped) continue;
    dropped += 1.0;
    EXPECT_EQ(hand.county.persons.schooling[i], finished);
    EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[i]), Activity::child);
    EXPECT_EQ(hand.county.households.dropouts[i], 1);
  }
  EXPECT_EQ(hand.work.pupils, -dropped);
  return dropped / kPupils;
}

TEST(School, DropoutFollowsGradeCountyIncomeAndSupport) {
  const auto expect = [](double rate, double expected) {
    EXPECT_NEAR(rate, expected, tolerance(expected, 20'000));
  };
  // 1.3 times as often below one and a half lines of income, 1.3 times less often above.
  expect(dropout_rate(4, true, 20'000), 0.005 / 1.3);
  expect(dropout_rate(7, true, 20'000), 0.057 / 1.3);
  expect(dropout_rate(7, true, 3'000), 0.057 * 1.3);
  expect(dropout_rate(8, true, 20'000), 0.09 / 1.3);
  expect(dropout_rate(7, false, 20'000), 0.057 / 1.3 / 2);
  expect(dropout_rate(7, true, 20'000, 0.4F), 0.057 / 1.3 * 0.4);
  EXPECT_EQ(dropout_rate(8, true, 20'000, 0.0F), 0.0);
}

TEST(School, JuniorLeaversGoOnOrLookForWork) {
  HandCounty hand(2013);
  constexpr std::size_t kPupils = 10'000;
  for (std::size_t i = 0; i < kPupils; ++i)
    hand.add({.wealth = 9'000, .members = {pupil(8, i % 2 == 0 ? 15 : 16)}});
  hand.begin(month_of(2013, 9));
  std::fill(hand.work.flows.dropout.begin(), hand.work.flows.dropout.end(), 0.0F);
  school(hand.work, hand.economy);
  double senior = 0.0;
  for (std::size_t i = 0; i < kPupils; ++i) {
    ASSERT_EQ(hand.county.persons.schooling[i], 9);
    const auto a = static_cast<Activity>(hand.county.persons.activity[i]);
    const float wealth = hand.county.households.wealth[i];
    if (static_cast<School>(hand.county.persons.school[i]) == School::senior) {
      senior += 1.0;
      EXPECT_EQ(a, Activity::pupil);
      EXPECT_EQ(wealth, 9'000 - 2'500) << "a year's fee";
    } else {
      EXPECT_EQ(a, i % 2 == 0 ? Activity::child : Activity::searching);
      EXPECT_EQ(wealth, 9'000);
    }
  }
  EXPECT_NEAR(senior / kPupils, 0.55, tolerance(0.55, kPupils));
}

TEST(School, WhoIsDisabledLeavesItForGood) {
  HandCounty hand(2013);
  HandPerson p = pupil(10, 17, School::senior);
  p.disability = 2;
  hand.add({.members = {p}});
  hand.economy.people.mortality_gompertz_a = 0.0;
  hand.begin(month_of(2013, 12));
  demography(hand.work, hand.economy);
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[0]), Activity::retired);
  hand.begin(month_of(2014, 9));
  school(hand.work, hand.economy);
  EXPECT_EQ(hand.county.persons.schooling[0], 10);
  EXPECT_EQ(hand.county.households.bills[0], 0.0F) << "no fee";
}

TEST(School, SeniorsFinishAfterTwelveGrades) {
  HandCounty hand(2013);
  hand.add({.members = {pupil(10, 17, School::senior)}});
  hand.add({.members = {pupil(11, 18, School::senior)}});
  hand.begin(month_of(2013, 9));
  school(hand.work, hand.economy);
  EXPECT_EQ(static_cast<School>(hand.county.persons.school[0]), School::senior);
  EXPECT_EQ(static_cast<School>(hand.county.persons.school[1]), School::done);
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[1]), Activity::searching);
  EXPECT_EQ(hand.county.persons.schooling[1], 12);
}

}  // namespace
}  // namespace terrace::economy

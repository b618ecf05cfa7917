// School, on pupils made by hand.
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

/// Pupils of a thousand families, all alike.
struct Case {
  int finished = 7;
  bool designated = true;
  double income = 20'000;
  float support = 1.0F;
  test::HandVillage village = {};
  HandPerson parent = {};
  double pay = 1'488;
};

/// Of those who finish a grade in September, the share that does not come back.
double dropout_rate(const Case& of) {
  HandCounty hand(2013);
  hand.county.designated = of.designated;
  hand.frame.local_wage = of.pay;
  hand.set_village(0, of.village);
  constexpr std::size_t kPupils = 20'000;
  for (std::size_t i = 0; i < kPupils; ++i)
    hand.add({.income = of.income, .members = {of.parent, pupil(of.finished - 1, 13)}});
  hand.begin(month_of(2013, 9));
  std::fill(hand.work.flows.dropout.begin(), hand.work.flows.dropout.end(), of.support);
  school(hand.work, hand.economy);
  double dropped = 0.0;
  for (std::size_t i = 0; i < kPupils; ++i) {
    const std::size_t child = 2 * i + 1;
    if (static_cast<School>(hand.county.persons.school[child]) != School::dropped) continue;
    dropped += 1.0;
    EXPECT_EQ(hand.county.persons.schooling[child], of.finished);
    EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[child]), Activity::child);
    EXPECT_EQ(hand.county.households.dropouts[i], 1);
  }
  EXPECT_EQ(hand.work.pupils, -dropped);
  return dropped / kPupils;
}

void expect_rate(const Case& of, double expected) {
  EXPECT_NEAR(dropout_rate(of), expected, tolerance(expected, 20'000));
}

TEST(School, DropoutFollowsGradeCountyIncomeAndSupport) {
  // 1.3 times as often below one and a half lines of income, 1.3 times less often above.
  expect_rate({.finished = 4}, 0.005 / 1.3);
  expect_rate({}, 0.057 / 1.3);
  expect_rate({.income = 3'000}, 0.057 * 1.3);
  expect_rate({.finished = 8}, 0.09 / 1.3);
  expect_rate({.designated = false}, 0.057 / 1.3 / 2);
  expect_rate({.support = 0.4F}, 0.057 / 1.3 * 0.4);
  EXPECT_EQ(dropout_rate({.finished = 8, .support = 0.0F}), 0.0);
}

TEST(School, DropoutFollowsWayAndSchoolOfTheVillage) {
  expect_rate({.village = {.remoteness = 4.0}}, 0.057 / 1.3 * std::pow(4.0, 0.15));
  expect_rate({.village = {.school_quality = 0.0}}, 0.057 / 1.3 * std::exp(0.3));
  expect_rate({.village = {.school_quality = 1.0}}, 0.057 / 1.3 * std::exp(-0.3));
  expect_rate({.finished = 4, .village = {.access = 0}}, 0.005 / 1.3 * 1.5);
  expect_rate({.finished = 5, .village = {.access = 0}}, 0.005 / 1.3);
}

TEST(School, DropoutFollowsParentsHealthAndWhatAPupilForgoes) {
  expect_rate({.parent = {.activity = Activity::ill}}, 0.057 / 1.3 * 1.4);
  expect_rate({.parent = {.disability = 2}}, 0.057 / 1.3 * 1.4);
  expect_rate({.parent = {.disability = 1}}, 0.057 / 1.3);
  expect_rate({.parent = {.age = 70, .disability = 2}}, 0.057 / 1.3);
  expect_rate({.pay = 2 * 1'488}, 0.057 / 1.3 * std::pow(2.0, 0.3));
}

TEST(School, PreschoolTakesTheShareOfItsVillage) {
  for (const bool point : {true, false}) {
    HandCounty hand(2013);
    hand.set_village(0, {.access = point ? access::teaching_point : std::uint8_t{0}});
    hand.economy.people.dropout_early = 0.0;
    constexpr std::size_t kChildren = 10'000;
    for (std::size_t i = 0; i < kChildren; ++i)
      hand.add({.wealth = 5'000,
                .members = {{.age = i % 2 == 0 ? 3 : 4,
                             .schooling = 0,
                             .school = School::none,
                             .activity = Activity::child}}});
    const auto september = [&](int year) {
      hand.begin(month_of(year, 9));
      school(hand.work, hand.economy);
    };
    const auto count = [&](School s) {
      return static_cast<double>(std::count(hand.county.persons.school.begin(),
                                            hand.county.persons.school.end(),
                                            static_cast<std::uint8_t>(s)));
    };
    const double share = point ? 0.65 : 0.45;
    september(2013);
    EXPECT_NEAR(count(School::preschool) / 5'000, share, tolerance(share, 5'000));
    september(2014);
    EXPECT_NEAR(count(School::preschool) / 10'000, share, tolerance(share, 10'000));
    EXPECT_EQ(hand.work.pupils, 0.0);
    const auto went = hand.county.persons.school;
    september(2015);
    september(2016);
    EXPECT_EQ(count(School::pupil), 10'000.0);
    for (std::size_t i = 0; i < kChildren; ++i) {
      const bool did = went[i] == static_cast<std::uint8_t>(School::preschool);
      ASSERT_EQ(hand.county.persons.skill[i], did ? 2 : 0);
      const int years = did ? 2 : 0;
      ASSERT_EQ(hand.county.households.bills[i], 800.0F * static_cast<float>(years)) << i;
    }
  }
}

TEST(School, JuniorLeaversGoOnOrLookForWork) {
  for (const bool poor : {false, true}) {
    HandCounty hand(2013);
    constexpr std::size_t kPupils = 10'000;
    for (std::size_t i = 0; i < kPupils; ++i)
      hand.add({.income = poor ? 3'000.0 : 20'000.0,
                .wealth = 9'000,
                .members = {pupil(8, i % 2 == 0 ? 15 : 16)}});
    hand.begin(month_of(2013, 9));
    school(hand.work, hand.economy);
    double on = 0.0;
    double vocational = 0.0;
    for (std::size_t i = 0; i < kPupils; ++i) {
      ASSERT_EQ(hand.county.persons.schooling[i], 9);
      const auto a = static_cast<Activity>(hand.county.persons.activity[i]);
      const auto s = static_cast<School>(hand.county.persons.school[i]);
      const float wealth = hand.county.households.wealth[i];
      if (s == School::done) {
        EXPECT_EQ(a, i % 2 == 0 ? Activity::child : Activity::searching);
        EXPECT_EQ(wealth, 9'000);
        continue;
      }
      on += 1.0;
      vocational += s == School::vocational ? 1.0 : 0.0;
      ASSERT_TRUE(s == School::vocational || s == School::senior);
      EXPECT_EQ(a, Activity::pupil);
      EXPECT_EQ(wealth, s == School::senior ? 6'500 : 7'500) << "a year's fee";
    }
    // ln(0.55 / 0.45) - 0.4 = -0.199: 0.450 of the poor
    const double share = poor ? 1.0 / (1.0 + std::exp(0.4) * 0.45 / 0.55) : 0.55;
    EXPECT_NEAR(on / kPupils, share, tolerance(share, kPupils));
    EXPECT_NEAR(vocational / on, 0.4, tolerance(0.4, on));
  }
}

TEST(School, VocationalSchoolEndsInWorkWithSkill) {
  HandCounty hand(2013);
  hand.add({.members = {pupil(10, 17, School::vocational)}});
  hand.add({.members = {pupil(11, 18, School::vocational)}});
  hand.begin(month_of(2013, 9));
  hand.county.persons.skill[1] = -10;
  school(hand.work, hand.economy);
  const PersonTable& p = hand.county.persons;
  EXPECT_EQ(static_cast<School>(p.school[0]), School::vocational);
  EXPECT_EQ(hand.county.households.bills[0], 1'500.0F);
  EXPECT_EQ(static_cast<School>(p.school[1]), School::done);
  EXPECT_EQ(static_cast<Activity>(p.activity[1]), Activity::searching);
  EXPECT_EQ(p.skill[1], -5);
  EXPECT_EQ(hand.county.households.bills[1], 0.0F);
}

TEST(School, SeniorsEnterTertiarySchoolOrLookForWork) {
  for (const bool poor : {false, true}) {
    HandCounty hand(2013);
    constexpr std::size_t kPupils = 10'000;
    for (std::size_t i = 0; i < kPupils; ++i)
      hand.add({.income = poor ? 3'000.0 : 20'000.0,
                .wealth = 9'000,
                .members = {pupil(11, 18, School::senior)}});
    hand.begin(month_of(2013, 9));
    school(hand.work, hand.economy);
    double tertiary = 0.0;
    for (std::size_t i = 0; i < kPupils; ++i) {
      const auto s = static_cast<School>(hand.county.persons.school[i]);
      const bool went = s == School::tertiary;
      tertiary += went ? 1.0 : 0.0;
      ASSERT_TRUE(went || s == School::done);
      ASSERT_EQ(static_cast<Activity>(hand.county.persons.activity[i]),
                went ? Activity::pupil : Activity::searching);
      ASSERT_EQ(hand.county.households.wealth[i], went ? 1'000 : 9'000);
    }
    // 0.3 / 0.7 exp(-0.5) = 0.26: 0.206 of the poor
    const double share = poor ? 1.0 / (1.0 + std::exp(0.5) * 0.7 / 0.3) : 0.3;
    EXPECT_NEAR(tertiary / kPupils, share, tolerance(share, kPupils));
  }
}

TEST(School, TertiarySchoolTakesThreeOrFourYears) {
  HandCounty hand(2013);
  constexpr std::size_t kStudents = 4'000;
  for (std::size_t i = 0; i < kStudents; ++i)
    hand.add({.members = {pupil(12, 19, School::tertiary)}});
  double graduates = 0.0;
  for (int year = 1; year <= 5; ++year) {
    hand.begin(month_of(2012 + year, 9));
    school(hand.work, hand.economy);
    graduates = 0.0;
    for (std::size_t i = 0; i < kStudents; ++i) {
      const bool out = graduated(hand.work, i, hand.economy.people);
      graduates += out ? 1.0 : 0.0;
      ASSERT_LE(hand.county.persons.schooling[i], 16);
      if (out) {
        const float years = hand.county.persons.schooling[i] == 15 ? 2.0F : 3.0F;
        ASSERT_EQ(hand.county.households.bills[i], 8'000.0F * years) << "and the first, unseen";
      }
    }
    if (year < 3) {
      EXPECT_EQ(graduates, 0.0);
    }
    if (year == 3) {
      EXPECT_NEAR(graduates / kStudents, 0.55, tolerance(0.55, kStudents));
    }
    if (year > 3) {
      EXPECT_EQ(graduates, kStudents);
    }
  }
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
  hand.economy.people.tertiary_entry = 1e-9;
  hand.begin(month_of(2013, 9));
  school(hand.work, hand.economy);
  EXPECT_EQ(static_cast<School>(hand.county.persons.school[0]), School::senior);
  EXPECT_EQ(static_cast<School>(hand.county.persons.school[1]), School::done);
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[1]), Activity::searching);
  EXPECT_EQ(hand.county.persons.schooling[1], 12);
}

}  // namespace
}  // namespace terrace::economy

// Education and the subsistence allowance: whoever is eligible and claims.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandPerson kPupil{
    .age = 12, .schooling = 5, .school = School::pupil, .activity = Activity::pupil};

HandHousehold family(Status status, std::size_t pupils) {
  HandHousehold h{.status = status};
  h.members.insert(h.members.end(), pupils, kPupil);
  return h;
}

TEST(Education, ServesPupilsOfTheRegisteredAndExited) {
  PolicyBench b(2017, {"education"});
  const Status all[] = {Status::registered, Status::relapsed, Status::exited, Status::no,
                        Status::removed};
  for (const Status s : all) b.hand.add(family(s, 1));
  b.hand.add(family(Status::registered, 0));
  b.month(month_of(2017, 2));
  EXPECT_TRUE(b.enrolled(education).empty()) << "claims come in March and September";
  b.month(month_of(2017, 3));
  ASSERT_EQ(b.enrolled(education).size(), 3U);
  for (std::size_t h = 0; h < 3; ++h) EXPECT_EQ(b.enrolled(education)[h].household, h);
}

TEST(Education, PaysEachPupilMonthlyPartInCash) {
  PolicyBench b(2017, {"education"});
  b.hand.frame.price = 1.1;
  b.settings("education").cost = 2.0;
  b.hand.add(family(Status::registered, 3));
  b.month(month_of(2017, 3));
  EXPECT_EQ(b.delivered(education), 0) << "from the next month";
  b.month(month_of(2017, 4));
  // Due: 1,250 yuan of 2012 x 1.1 x 3 pupils / 12 months; the public pays twice that.
  EXPECT_EQ(b.delivered(education), 2 * 34'375);
  EXPECT_NEAR(b.hand.work.flows.transfer[0], 343.75 * 0.6 / 1.1, 1e-3);
  EXPECT_NEAR(b.hand.work.flows.dropout[0], 0.4, 1e-6);
  EXPECT_NEAR(b.hand.work.flows.senior[0], 0.3, 1e-6);
  b.month(month_of(2017, 5));
  EXPECT_EQ(b.delivered(education), 4 * 34'375);
}

TEST(Education, MealsAtSchoolMakeLivingCheaper) {
  const auto need = [](bool designated, double effect, Fen& paid) {
    PolicyBench b(2017, {"education"});
    b.set("education", "stipend", 0);
    b.set("education", "meals", 800);
    b.settings("education").effect = effect;
    b.hand.frame.price = 1.1;
    b.hand.county.designated = designated;
    HandHousehold h = family(Status::registered, 3);
    h.members[4].school = School::senior;  // eats where she pays
    b.hand.add(h);
    b.months(month_of(2017, 3), month_of(2017, 4));
    paid = b.delivered(education);
    EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
    return b.hand.work.flows.need[0];
  };
  Fen paid = 0;
  // 1,600 yuan a year for two, of 5 x 10,000 yuan of 2012 that the household spends.
  EXPECT_NEAR(need(true, 1.0, paid), 1.0 - 1'600.0 / 55'000.0, 1e-6);
  EXPECT_EQ(paid, 13'333);
  EXPECT_EQ(need(true, 0.0, paid), 1.0F);
  EXPECT_EQ(paid, 13'333) << "the school is paid all the same";
  EXPECT_EQ(need(false, 1.0, paid), 1.0F) << "in designated counties only";
  EXPECT_EQ(paid, 0);
}

TEST(Education, WithoutEffectTheMoneyIsSpentAndNothingChanges) {
  PolicyBench b(2017, {"education"});
  b.settings("education").effect = 0.0;
  b.hand.add(family(Status::registered, 1));
  b.months(month_of(2017, 3), month_of(2017, 4));
  EXPECT_EQ(b.delivered(education), 10'417);
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
  EXPECT_EQ(b.hand.work.flows.dropout[0], 1.0F);
  EXPECT_EQ(b.hand.work.flows.senior[0], 0.0F);
}

TEST(Education, FollowsThePupilsEachTermAndEndsWithTheLast) {
  PolicyBench b(2017, {"education"});
  b.hand.add(family(Status::registered, 2));
  b.months(month_of(2017, 3), month_of(2017, 9));
  auto& activity = b.hand.county.persons.activity;
  activity[2] = static_cast<std::uint8_t>(Activity::searching);
  const Fen before = b.delivered(education);
  b.month(month_of(2017, 10));
  EXPECT_EQ(b.delivered(education) - before, 10'417) << "one pupil is left";
  activity[3] = static_cast<std::uint8_t>(Activity::searching);
  b.months(month_of(2017, 11), month_of(2018, 3));
  EXPECT_TRUE(b.enrolled(education).empty());
}

TEST(Education, TheStruckOffLoseItNextTermAndTheExitedKeepIt) {
  PolicyBench b(2017, {"education"});
  b.hand.add(family(Status::registered, 1));
  b.hand.add(family(Status::registered, 1));
  b.months(month_of(2017, 3), month_of(2017, 5));
  b.hand.county.households.status[0] = static_cast<std::uint8_t>(Status::removed);
  b.hand.county.households.status[1] = static_cast<std::uint8_t>(Status::exited);
  b.months(month_of(2017, 6), month_of(2017, 9));
  EXPECT_EQ(b.enrolled(education).size(), 2U);
  b.month(month_of(2017, 10));
  ASSERT_EQ(b.enrolled(education).size(), 1U);
  EXPECT_EQ(b.enrolled(education)[0].household, 1U);
}

// The allowance. Standard 4,300; 0.8 of it in a designated county: 3,440 until 2019.

TEST(Allowance, PaysThreeQuartersOfTheGapFromFebruary) {
  PolicyBench b(2017, {"allowance"});
  b.hand.add({.income = 2'440});  // gap of 1,000 a head, two members
  b.hand.add({.income = 3'441});
  b.month(month_of(2017, 1));
  ASSERT_EQ(b.enrolled(allowance).size(), 1U);
  EXPECT_NEAR(b.enrolled(allowance)[0].amount, 125.0, 0.01);
  EXPECT_EQ(b.delivered(allowance), 0);
  b.month(month_of(2017, 2));
  EXPECT_EQ(b.delivered(allowance), to_fen(static_cast<double>(b.enrolled(allowance)[0].amount)));
  EXPECT_NEAR(b.hand.work.flows.transfer[0], 125.0, 0.01);
  EXPECT_EQ(b.hand.work.flows.transfer[1], 0.0F);
}

TEST(Allowance, TakesOverFromTheOrdinaryListWithoutAGap) {
  PolicyBench b(2017, {"allowance"});
  b.settings("allowance").from = month_of(2017, 1);
  b.hand.add({.income = 2'440});
  b.hand.add({.income = 20'000});
  b.hand.county.households.allowance = {50.0F, 60.0F};
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.hand.county.households.allowance[1], 60.0F) << "paid until the module pays";
  b.month(month_of(2017, 2));
  EXPECT_EQ(b.hand.county.households.allowance[0], 0.0F);
  EXPECT_EQ(b.hand.county.households.allowance[1], 0.0F);
  EXPECT_GT(b.hand.work.flows.transfer[0], 0.0F);
}

TEST(Allowance, StandardOfTheCountyAndOf2020) {
  const auto served = [](int year, bool designated, double income) {
    PolicyBench b(year, {"allowance"});
    b.hand.county.designated = designated;
    b.hand.frame.exit_line = 4'000;
    b.hand.add({.income = income});
    b.month(month_of(year, 1));
    return b.enrolled(allowance).size() == 1;
  };
  EXPECT_TRUE(served(2017, true, 3'430));
  EXPECT_FALSE(served(2017, true, 3'450));
  EXPECT_TRUE(served(2017, false, 4'290));
  EXPECT_FALSE(served(2017, false, 4'310));
  EXPECT_TRUE(served(2020, true, 3'990)) << "from 2020 at least the exit line";
  EXPECT_FALSE(served(2020, true, 4'010));
}

TEST(Allowance, IsClosedOnlyToWhomDataMatchingStruckOff) {
  PolicyBench b(2017, {"allowance"});
  b.hand.add({.income = 2'440, .status = Status::removed});
  b.hand.add({.income = 2'440, .status = Status::removed});
  b.hand.add({.income = 2'440, .status = Status::registered});
  b.hand.county.households.notes[0] = note::listed;
  b.hand.county.households.notes[1] = note::listed | note::matched;
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(allowance, 0), nullptr) << "the look-back found it above its threshold";
  EXPECT_EQ(b.enrolment(allowance, 1), nullptr);
  EXPECT_NE(b.enrolment(allowance, 2), nullptr);
}

TEST(Allowance, RunsTwelveMonthsFromFebruary) {
  PolicyBench b(2017, {"allowance"});
  for (int i = 0; i < 60; ++i) b.hand.add({.income = 1'440.0 + 30.0 * i});
  b.months(month_of(2017, 1), month_of(2017, 12));
  Fen a_month = 0;
  for (const Enrolment& e : b.enrolled(allowance)) a_month += to_fen(static_cast<double>(e.amount));
  EXPECT_EQ(b.delivered(allowance), 11 * a_month);
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.delivered(allowance), 12 * a_month);
  EXPECT_EQ(b.enrolled(allowance).size(), 120U) << "the old ones and the new ones";
  b.month(month_of(2018, 2));
  EXPECT_EQ(b.enrolled(allowance).size(), 60U);
}

TEST(Allowance, IsReviewedWithoutItself) {
  PolicyBench b(2017, {"allowance"});
  // At first only the last twenty are below the standard, in the second year all two hundred.
  constexpr std::size_t kAll = 200;
  for (std::size_t i = 0; i < kAll; ++i) b.hand.add({.income = i < 180 ? 4'000.0 : 3'000.0});
  b.month(month_of(2017, 1));
  ASSERT_EQ(b.enrolled(allowance).size(), 20U);
  const auto received =
      static_cast<double>(b.enrolled(allowance)[0].amount) * 6.0;  // a head, yearly
  b.hand.frame.allowance_line = 6'000;                             // 4,800 here
  b.months(month_of(2018, 1), month_of(2018, 2));
  ASSERT_EQ(b.enrolled(allowance).size(), kAll);
  for (std::size_t i = 0; i < kAll; ++i) {
    // Measured income holds last year's allowance, which the review takes off.
    const double own = i < 180 ? 4'000.0 : 3'000.0 - received;
    EXPECT_NEAR(b.enrolled(allowance)[i].amount, 0.75 * (4'800 - own) / 6.0, 0.01) << i;
  }
}

TEST(Entitlement, CapacityIsTheShareOfTheEligibleThatItReaches) {
  PolicyBench b(2017, {"allowance"});
  b.settings("allowance").capacity = 0.4;
  for (int i = 0; i < 2'000; ++i) b.hand.add({.income = 1'000});
  b.month(month_of(2017, 1));
  const std::size_t first = b.enrolled(allowance).size();
  EXPECT_NEAR(static_cast<double>(first), 800.0, 4.5 * std::sqrt(480.0));
  b.months(month_of(2018, 1), month_of(2018, 2));
  EXPECT_EQ(b.enrolled(allowance).size(), first) << "the same households every year";
}

TEST(Allowance, MissesItsShare) {
  PolicyBench b(2017, {"allowance"});
  b.set("allowance", "missed", 0.25);
  for (int i = 0; i < 4'000; ++i) b.hand.add({.income = 1'000});
  b.month(month_of(2017, 1));
  EXPECT_NEAR(static_cast<double>(b.enrolled(allowance).size()), 3'000.0, 4.5 * std::sqrt(750.0));
}

TEST(Allowance, ErrorsAreLargerBefore2016) {
  const auto listed_above = [](int year) {
    PolicyBench b(year, {"allowance"});
    b.set("allowance", "sd_early", 0.6);
    b.set("allowance", "sd_late", 0.35);
    for (int i = 0; i < 4'000; ++i) b.hand.add({.income = 3'440 * std::exp(0.6)});
    b.month(month_of(year, 1));
    return static_cast<double>(b.enrolled(allowance).size()) / 4'000.0;
  };
  EXPECT_NEAR(listed_above(2015), 0.15866, 0.026);  // one standard deviation
  EXPECT_NEAR(listed_above(2016), 0.04323, 0.015);  // 0.6 / 0.35 of them
}

TEST(Allowance, WithoutEffectTheMoneyReachesNobody) {
  PolicyBench b(2017, {"allowance"});
  b.settings("allowance").effect = 0.0;
  b.hand.add({.income = 2'440});
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.delivered(allowance), 11 * 12'500);
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
}

}  // namespace
}  // namespace terrace::policies

// Verification, exit and its cap; and the statistics bureau's sample.
#include <cmath>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandHousehold;

RegistryParameters sharp(const HandCounty& hand, double pressure = 0.0) {
  RegistryParameters p = hand.registry;
  p.exit.income_verify_sd = 0.0;
  p.exit.notice_catch = 0.0;
  p.exit.exit_margin = 1.0;
  p.exit.target_pressure = pressure;
  p.exit.exit_over = 0.1;
  return p;
}

void november_and_december(HandCounty& hand, const RegistryParameters& p) {
  hand.begin(month_of(hand.frame.year, 11));
  verify(hand.work, p);
  hand.work.month = month_of(hand.frame.year, 12);
  let_go(hand.work, p);
}

TEST(Exit, IsCappedAtThePlanAndATenth) {
  for (const double pace : {0.05, 0.13, 0.3, 0.5, 1.0, 2.0}) {
    HandCounty hand(2017);
    hand.frame.exit_pace = pace;
    for (int i = 0; i < 47; ++i) hand.add({.income = 10'000.0 + i, .status = Status::registered});
    november_and_december(hand, sharp(hand));
    const double plan = std::min(47.0, std::floor(pace * 47 + 0.5));
    EXPECT_EQ(hand.work.exit_plan, plan);
    const double cap = std::min(47.0, std::ceil(1.1 * plan));
    EXPECT_EQ(static_cast<double>(hand.count(Status::exited)), cap) << "pace " << pace;
    EXPECT_EQ(hand.work.event(Sum::exits), cap);
    // The highest verified incomes go.
    for (std::size_t h = 0; h < 47; ++h) {
      EXPECT_EQ(hand.status(h) == Status::exited, static_cast<double>(46 - h) < cap) << h;
    }
  }
}

TEST(Exit, ATenthAboveAPlanOfFiftyIsFive) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 0.5;
  for (int i = 0; i < 100; ++i) hand.add({.income = 10'000, .status = Status::registered});
  november_and_december(hand, sharp(hand));
  ASSERT_EQ(hand.work.exit_plan, 50.0);
  EXPECT_EQ(hand.count(Status::exited), 55U);
}

TEST(Exit, NeedsVerifiedIncomeAtTheLine) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 1.0;
  const auto above = hand.add({.income = 3'336, .status = Status::registered});
  const auto below = hand.add({.income = 3'334, .status = Status::registered});
  const auto relapsed = hand.add({.income = 3'336, .status = Status::relapsed});
  const auto never_listed = hand.add({.income = 3'336});
  november_and_december(hand, sharp(hand));
  EXPECT_EQ(hand.status(above), Status::exited);
  EXPECT_EQ(hand.status(below), Status::registered);
  EXPECT_EQ(hand.status(relapsed), Status::exited);
  EXPECT_EQ(hand.status(never_listed), Status::no);
  EXPECT_NEAR(hand.county.households.verified[below], 3'334.0, 0.5);
}

void add_one_of_each_failure(HandCounty& hand) {
  HandHousehold good{.income = 10'000, .status = Status::registered};
  HandHousehold h = good;
  h.consumption = 1'000;
  hand.add(h);
  h = good;
  h.insured = false;
  hand.add(h);
  h = good;
  h.house = House::d;
  hand.add(h);
  h = good;
  h.water = false;
  hand.add(h);
  h = good;
  h.members = {{.age = 40}, {.age = 12, .school = School::dropped, .activity = Activity::child}};
  hand.add(h);
}

TEST(Exit, NobodyLeavesWithAFailedGuaranteeAtPressureZero) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 1.0;
  for (int i = 0; i < 40; ++i) add_one_of_each_failure(hand);
  november_and_december(hand, sharp(hand, 0.0));
  EXPECT_EQ(hand.count(Status::exited), 0U);
}

TEST(Exit, UnderPressureGuaranteesAreOverlookedAtItsRate) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 1.0;
  for (int i = 0; i < 400; ++i) add_one_of_each_failure(hand);
  november_and_december(hand, sharp(hand, 0.3));
  // Nobody passes honestly, so the shortfall is 1 and the chance 0.3.
  EXPECT_NEAR(static_cast<double>(hand.count(Status::exited)), 600.0, 4.5 * std::sqrt(420.0));
}

TEST(Exit, ThereIsNoPressureWhereThePlanIsMetHonestly) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 0.5;
  for (int i = 0; i < 100; ++i) hand.add({.income = 10'000, .status = Status::registered});
  for (int i = 0; i < 20; ++i) add_one_of_each_failure(hand);
  hand.begin(month_of(2017, 11));
  verify(hand.work, sharp(hand, 1.0));
  for (std::size_t h = 0; h < 200; ++h) EXPECT_EQ(hand.work.passes[h], h < 100 ? 1 : 0) << h;
}

TEST(Exit, PublicNoticeHoldsBackOnlyTheTrulyPoor) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 1.0;
  hand.frame.poverty_line = 20'000;  // all are poor, and all pass the exit line
  for (int i = 0; i < 2'000; ++i)
    hand.add({.income = 10'000, .consumption = 2e4, .status = Status::registered});
  RegistryParameters p = sharp(hand);
  p.exit.notice_catch = 0.2;
  november_and_december(hand, p);
  EXPECT_NEAR(static_cast<double>(hand.count(Status::registered)), 400.0, 4.5 * std::sqrt(320.0));

  HandCounty well(2017);
  well.frame.exit_pace = 1.0;
  for (int i = 0; i < 200; ++i) well.add({.income = 10'000, .status = Status::registered});
  november_and_december(well, p);
  EXPECT_EQ(well.count(Status::exited), 200U);
}

TEST(Exit, DataMatchingStrikesOffWhoWouldLeave) {
  // All are above the line; every other one has means that a match finds, whenever it looks.
  HandCounty hand(2017);
  hand.frame.exit_pace = 1.0;
  for (int i = 0; i < 100; ++i)
    hand.add({.income = 10'000, .wealth = i % 2 == 0 ? 1e6 : 0.0, .status = Status::registered});
  const auto rich_but_held =
      hand.add({.income = 1'000, .wealth = 1e6, .status = Status::registered});
  RegistryParameters p = sharp(hand);
  p.identification.veto_detect_first = p.identification.veto_detect_last = 1.0;
  november_and_december(hand, p);
  for (std::size_t h = 0; h < 100; ++h)
    EXPECT_EQ(hand.status(h), h % 2 == 0 ? Status::removed : Status::exited) << h;
  EXPECT_EQ(hand.status(rich_but_held), Status::registered) << "did not pass";
  EXPECT_EQ(hand.work.event(Sum::removed), 50.0);
  EXPECT_EQ(hand.work.event(Sum::vetoed), 50.0);
  EXPECT_EQ(hand.work.event(Sum::exits), 50.0);
  EXPECT_EQ(hand.county.households.left[0], 0);
}

TEST(Exit, RemembersTheYearAndWhetherItWasRight) {
  HandCounty hand(2017);
  hand.frame.exit_pace = 1.0;
  const auto rightly = hand.add({.income = 10'000, .status = Status::registered});
  const auto poor = hand.add({.income = 10'000, .status = Status::registered});
  const auto lacking = hand.add({.income = 10'000, .status = Status::registered});
  const auto both = hand.add({.income = 10'000, .status = Status::registered});
  const auto stays = hand.add({.income = 1'000, .status = Status::registered});
  HouseholdTable& t = hand.county.households;
  t.notes[rightly] = note::wrongful | note::listed;  // of an earlier exit
  hand.begin(month_of(2017, 11));
  verify(hand.work, sharp(hand));
  // The harvest of December, and a flood: what counts is how they are when they leave.
  hand.set_income(poor, 2'951);
  hand.set_income(both, 2'951);
  t.house[lacking] = t.house[both] = static_cast<std::uint8_t>(House::c);
  const auto passes = hand.work.passes;
  const double plan = hand.work.exit_plan;
  hand.begin(month_of(2017, 12));
  hand.work.passes = passes;
  hand.work.exit_plan = plan;
  let_go(hand.work, sharp(hand));
  EXPECT_EQ(t.left[rightly], 17);
  EXPECT_EQ(t.left[stays], 0);
  EXPECT_EQ(t.notes[rightly], note::listed);
  for (const std::size_t h : {poor, lacking, both}) EXPECT_EQ(t.notes[h], note::wrongful) << h;
  EXPECT_EQ(hand.work.of_year(YearSum::exits), 4.0);
  EXPECT_EQ(hand.work.of_year(YearSum::wrongful), 3.0);
  EXPECT_EQ(hand.work.of_year(YearSum::wrongful_income), 2.0);
  EXPECT_EQ(hand.work.of_year(YearSum::wrongful_guarantee), 2.0);
  EXPECT_EQ(hand.work.event(Sum::wrongful_exits), 3.0);
}

TEST(Exit, AnEmptyRegisterIsNoTrouble) {
  HandCounty hand(2017);
  hand.add({});
  november_and_december(hand, sharp(hand, 1.0));
  EXPECT_EQ(hand.work.exit_plan, 0.0);
  EXPECT_EQ(hand.count(Status::exited), 0U);
}

TEST(Survey, VisitsWhatThePlanSays) {
  HandCounty hand(2017);
  for (int i = 0; i < 100; ++i) hand.add({});
  for (const auto& [planned, visited] :
       {std::pair{30, 30.0}, {100, 100.0}, {900, 100.0}, {0, 1.0}}) {
    hand.begin(month_of(2017, 12));
    hand.plan.survey_households = planned;
    survey(hand.work, hand.registry);
    EXPECT_EQ(hand.report.survey_households, visited);
  }
}

TEST(Survey, WithoutErrorACompleteSurveyIsTheTruth) {
  HandCounty hand(2017);
  hand.add({.income = 1'476, .members = {{}, {}, {}}});  // half the line
  hand.add({.income = 5'904, .members = {{}}});
  hand.begin(month_of(2017, 12));
  hand.plan.survey_households = 2;
  RegistryParameters p = hand.registry;
  p.identification.survey_sd = 0.0;
  survey(hand.work, p);
  EXPECT_DOUBLE_EQ(hand.report.survey_poor, 0.75);
  EXPECT_DOUBLE_EQ(hand.report.survey_gap, 0.375);
  EXPECT_DOUBLE_EQ(hand.report.survey_income, (3 * 1'476 + 5'904) / 4.0);
}

TEST(Survey, ItsErrorIsRightOnTheMean) {
  HandCounty hand(2017);
  for (int i = 0; i < 20'000; ++i) hand.add({.income = 7'000, .members = {{}}});
  hand.plan.survey_households = 20'000;
  hand.begin(month_of(2017, 12));
  survey(hand.work, hand.registry);
  EXPECT_NEAR(hand.report.survey_income, 7'000.0, 4.5 * 7'000 * 0.15 / std::sqrt(20'000));
}

TEST(Survey, MeasuredIncomeAndSampleAreUnbiased) {
  double income = 0.0;
  double poor = 0.0;
  constexpr int kRuns = 400;
  HandCounty hand(2017);
  for (int i = 0; i < 300; ++i) hand.add({.income = i % 3 == 0 ? 1'000.0 : 10'000.0});
  hand.plan.survey_households = 60;
  for (std::uint32_t r = 0; r < kRuns; ++r) {
    hand.frame.key.replicate = r;
    hand.begin(month_of(2017, 12));
    survey(hand.work, hand.registry);
    income += hand.report.survey_income / kRuns;
    poor += hand.report.survey_poor / kRuns;
  }
  // Sampling errors of a survey: 0.054 of the share, 510 yuan of the mean.
  EXPECT_NEAR(poor, 1.0 / 3.0, 4.5 * 0.054 / std::sqrt(kRuns));
  EXPECT_NEAR(income, 7'000.0, 4.5 * 510.0 / std::sqrt(kRuns));
}

}  // namespace
}  // namespace terrace::registry

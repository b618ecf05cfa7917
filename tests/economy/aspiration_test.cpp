// Aspiration, effort and neighbours, by hand.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"
#include "support/small_world.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;

void set_figures(Social& p) {
  p.neighbours = 20;
  p.asp_quantile = 0.8;
  p.asp_start = 0.3;
  p.asp_learn = 0.15;
  p.asp_loss = 0.1;
  p.asp_gap_best = 0.5;
  p.asp_effort = 0.2;
  p.effort_mean = 0.0;
  p.dependence = 0.05;
  p.dependence_from = 0.5;
}

/// Effort of a household with this gap between aspiration and an income of 8,000.
double effort_with(double gap, double mean = 0.0) {
  HandCounty hand(2013);
  set_figures(hand.economy.social);
  hand.economy.social.effort_mean = mean;
  hand.add({.income = 8'000, .farm = 16'000});
  hand.begin(month_of(2013, 1));
  hand.county.households.aspiration[0] = static_cast<float>(std::log(8'000) + gap);
  open_effort(hand.work, hand.economy);
  return hand.work.effort[0];
}

TEST(Effort, IsAnInvertedUOverTheGap) {
  EXPECT_NEAR(effort_with(0.5), 1.2, 1e-6) << "greatest half a log point above";
  EXPECT_NEAR(effort_with(0.0), 1.0, 1e-6);
  EXPECT_NEAR(effort_with(1.0), 1.0, 1e-6);
  EXPECT_NEAR(effort_with(0.25), 1.0 + 0.2 * (1 - 0.25), 1e-6);
  EXPECT_NEAR(effort_with(2.0), 0.8, 1e-6) << "never below";
  EXPECT_NEAR(effort_with(-1.0), 0.8, 1e-6);
  EXPECT_NEAR(effort_with(0.5, 0.3), 1.0 + 0.2 * 0.7, 1e-6) << "the mean of the curve comes off";
}

TEST(Effort, LargeTransfersLowerIt) {
  HandCounty hand(2013);
  set_figures(hand.economy.social);
  // 16,000 of income each: 7,900 of transfers; 8,100; 8,100 of which 1,400 are a pension.
  for (const double transfer : {7'900.0, 8'100.0, 8'100.0}) {
    const std::size_t h = hand.add({.income = 8'000, .farm = 16'000 - transfer});
    hand.county.households.last_year[static_cast<std::size_t>(Component::transfer)][h] =
        static_cast<float>(transfer);
  }
  hand.begin(month_of(2013, 1));
  HouseholdTable& t = hand.county.households;
  t.elders[2] = 1;
  for (float& a : t.aspiration) a = static_cast<float>(std::log(8'000));
  open_effort(hand.work, hand.economy);
  EXPECT_NEAR(hand.work.effort[0], 1.0, 1e-6);
  EXPECT_NEAR(hand.work.effort[1], 0.95, 1e-6);
  EXPECT_NEAR(hand.work.effort[2], 1.0, 1e-6);
}

TEST(Aspiration, StartsAboveUsualIncome) {
  HandCounty hand(2013);
  set_figures(hand.economy.social);
  hand.add({.income = 8'000});
  hand.add({.income = 8'000});
  hand.add({.income = 0});
  hand.begin(month_of(2013, 1));
  HouseholdTable& t = hand.county.households;
  t.reference[1] = 5'000.0F;
  open_effort(hand.work, hand.economy);
  EXPECT_NEAR(t.aspiration[0], std::log(8'000) + 0.3, 1e-5);
  EXPECT_NEAR(t.aspiration[1], std::log(5'000) + 0.3, 1e-5);
  EXPECT_EQ(t.aspiration[2], 0.0F) << "none before any income is known";
  EXPECT_EQ(hand.work.effort[2], 1.0F);
}

/// One village; incomes 1,000, 2,000, ... and aspirations of log 1,000.
void fill_village(HandCounty& hand, int households) {
  for (int k = 0; k < households; ++k) hand.add({.income = 1'000.0 * (k + 1)});
  hand.begin(month_of(2013, 12));
  for (float& a : hand.county.households.aspiration) a = static_cast<float>(std::log(1'000));
}

TEST(Aspiration, RisesTowardsTheUpperQuantileOfNeighbours) {
  HandCounty hand(2013);
  set_figures(hand.economy.social);
  fill_village(hand, 20);
  HouseholdTable& t = hand.county.households;
  t.aspiration[3] = static_cast<float>(std::log(30'000));
  hand.work.failures[4] = 2;
  learn(hand.work, hand.economy);
  // The 16th of 20 incomes: rank 0.8 x 19, rounded, counted from 0.
  const double up = 0.15 * std::log(16.0);
  EXPECT_NEAR(t.aspiration[0], std::log(1'000) + up, 1e-5);
  EXPECT_NEAR(t.aspiration[3], std::log(30'000), 1e-5) << "never down to the others";
  EXPECT_NEAR(t.aspiration[4], std::log(1'000) + up - 0.2, 1e-5) << "but with every failure";
}

TEST(Aspiration, GroupsOfTwentyAndWhatIsLeftOver) {
  for (const int households : {45, 50}) {
    HandCounty hand(2013);
    set_figures(hand.economy.social);
    fill_village(hand, households);
    learn(hand.work, hand.economy);
    const HouseholdTable& t = hand.county.households;
    const auto looks_up_to = [&](std::size_t h) {
      return std::exp((static_cast<double>(t.aspiration[h]) - std::log(1'000)) / 0.15);
    };
    EXPECT_NEAR(looks_up_to(19), 16.0, 0.01);
    // 45: a second group of 25, rank 0.8 x 24 = 19.2 of it; 50: groups of 20 and 10.
    EXPECT_NEAR(looks_up_to(20), households == 45 ? 40.0 : 36.0, 0.02);
    EXPECT_NEAR(looks_up_to(44), households == 45 ? 40.0 : 48.0, 0.02);
  }
}

TEST(Bellwether, CountsNeighboursWhoLeftPovertyLastYear) {
  HandCounty hand(2013);
  set_figures(hand.economy.social);
  for (int k = 0; k < 20; ++k) hand.add({});
  hand.add_village({});
  hand.add({});
  hand.begin(month_of(2013, 1));
  HouseholdTable& t = hand.county.households;
  t.poor_years[2] = 0b110;  // poor in the Decembers before the last
  t.poor_years[5] = 0b010;
  t.poor_years[6] = 0b011;   // still poor
  t.poor_years[7] = 0b100;   // left the year before
  t.poor_years[20] = 0b010;  // another village
  open_effort(hand.work, hand.economy);
  EXPECT_EQ(hand.work.success[0], 2);
  EXPECT_EQ(hand.work.success[2], 1) << "others, not oneself";
  EXPECT_EQ(hand.work.success[20], 0);
}

TEST(Effort, SwitchedOffItIsOneForAll) {
  ScenarioSpec spec = test::small_scenario();
  for (const char* name : {"asp_effort", "asp_learn", "dependence", "bellwether_spill"})
    spec.parameters.at(std::string("social.") + name) = 0.0;
  test::SmallWorld w(spec);
  w.advance_to(2017);
  std::size_t households = 0;
  w.watch_year([&](CountyWork& work) {
    if (work.month_number() != 1) return;
    for (const float effort : work.effort) {
      ASSERT_EQ(effort, 1.0F);
      ++households;
    }
  });
  EXPECT_GT(households, 500U);
}

TEST(Effort, VariesAroundOne) {
  test::SmallWorld w(test::small_scenario());
  w.advance_to(2014);
  double least = 2.0;
  double most = 0.0;
  w.watch_year([&](CountyWork& work) {
    for (const float effort : work.effort) {
      least = std::min(least, static_cast<double>(effort));
      most = std::max(most, static_cast<double>(effort));
    }
  });
  const double a = w.model.economy.social.asp_effort;
  EXPECT_GE(least, (1.0 - a) * (1.0 - w.model.economy.social.dependence) - 1e-6);
  EXPECT_LE(most, 1.0 + a + 1e-6);
  EXPECT_LT(least, 0.95);
  EXPECT_GT(most, 1.05);
}

}  // namespace
}  // namespace terrace::economy

// How often disaster strikes, and what it does.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;

double tolerance(double p, double n) { return 4.5 * std::sqrt(p * (1 - p) / n); }

TEST(Disaster, StrikesProneVillagesTwiceAsOften) {
  HandCounty hand(2013);
  hand.add({});
  constexpr int kVillages = 8'000;
  for (int v = 1; v < kVillages; ++v) hand.add_village({.hazard = v % 2 == 1});
  hand.begin(month_of(2013, 1));
  draw_shocks(hand.work, hand.economy);
  double struck[2] = {0.0, 0.0};
  double log_yield = 0.0;
  double squares = 0.0;
  for (std::size_t v = 0; v < kVillages; ++v) {
    struck[v % 2] += hand.work.village_disaster_month[v] > 0 ? 1.0 : 0.0;
    EXPECT_LE(hand.work.village_disaster_month[v], 12);
    const double yield = std::log(static_cast<double>(hand.work.village_farm[v]));
    log_yield += yield / kVillages;
    squares += yield * yield / kVillages;
  }
  EXPECT_NEAR(struck[0] / (kVillages / 2), 0.05, tolerance(0.05, kVillages / 2));
  EXPECT_NEAR(struck[1] / (kVillages / 2), 0.10, tolerance(0.10, kVillages / 2));
  // Half of the variance of 0.04 is common to a village; the mean factor is 1.
  EXPECT_NEAR(log_yield, -0.01, 4.5 * 0.1414 / std::sqrt(kVillages));
  EXPECT_NEAR(squares - log_yield * log_yield, 0.02, 0.0015);
}

TEST(Disaster, TakesFarmOutputAndExposedAssetsOfItsVillageOnly) {
  HandCounty hand(2013);
  hand.add({.assets = 1'000});
  hand.add_village({});
  hand.add({.assets = 1'000});
  hand.add_village({});
  hand.add({.assets = 1'000});
  hand.begin(month_of(2013, 7));
  hand.work.village_disaster_month[1] = 7;
  hand.work.village_loss[1] = 0.3F;
  shocks(hand.work, hand.economy);
  const float kept[] = {1.0F, 0.91F, 1.0F};
  const float farm[] = {1.0F, 0.7F, 1.0F};
  for (std::size_t v = 0; v < 3; ++v) {
    EXPECT_FLOAT_EQ(hand.county.households.assets[v], 1'000.0F * kept[v]);
    EXPECT_FLOAT_EQ(hand.work.village_farm[v], farm[v]);
  }
  hand.work.month = month_of(2013, 8);
  shocks(hand.work, hand.economy);
  EXPECT_FLOAT_EQ(hand.county.households.assets[1], 910.0F) << "once";
}

TEST(Disaster, AndBadWeatherAreRememberedForTwoYears) {
  HandCounty hand(2013);
  hand.add({});
  hand.add_village({});
  hand.add({});
  hand.begin(month_of(2013, 12));
  hand.work.village_farm = {0.63F, 1.1F};  // a disaster in a bad year, a good year
  close_villages(hand.work);
  EXPECT_FLOAT_EQ(hand.county.villages.loss[0][0], 0.37F);
  EXPECT_EQ(hand.county.villages.loss[0][1], 0.0F);
  hand.work.village_farm = {1.0F, 0.9F};
  close_villages(hand.work);
  EXPECT_EQ(hand.county.villages.loss[0][0], 0.0F);
  EXPECT_FLOAT_EQ(hand.county.villages.loss[1][0], 0.37F);
  EXPECT_FLOAT_EQ(hand.county.villages.loss[0][1], 0.1F);
}

TEST(Persistence, MonthsKeepTheAnnualLaw) {
  HandCounty hand(2013);
  constexpr std::size_t kHouseholds = 20'000;
  for (std::size_t i = 0; i < kHouseholds; ++i) hand.add({.members = {{}}});
  hand.economy.var_pers = 0.02;
  hand.economy.risk.phi_pers = 0.9;
  auto& u = hand.county.households.u_pers;
  for (int m = 0; m < 240; ++m) {  // from zero into the stationary law
    hand.begin(month_of(2013, 1) + m);
    shocks(hand.work, hand.economy);
  }
  const std::vector<float> before = u;
  for (int m = 240; m < 252; ++m) {
    hand.begin(month_of(2013, 1) + m);
    shocks(hand.work, hand.economy);
  }
  double variance = 0.0;
  double covariance = 0.0;
  for (std::size_t i = 0; i < kHouseholds; ++i) {
    variance += static_cast<double>(u[i]) * u[i] / kHouseholds;
    covariance += static_cast<double>(u[i]) * before[i] / kHouseholds;
  }
  EXPECT_NEAR(variance, 0.02, 4.5 * 0.02 * std::sqrt(2.0 / kHouseholds));
  EXPECT_NEAR(covariance / variance, 0.9, 0.015);
}

}  // namespace
}  // namespace terrace::economy

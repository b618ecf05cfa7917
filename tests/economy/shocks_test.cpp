// How often illness and disaster strike, and what they do.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;

double tolerance(double p, double n) { return 4.5 * std::sqrt(p * (1 - p) / n); }

TEST(Illness, ComesMoreOftenWithAgeAndChronicDisease) {
  const struct {
    int age;
    bool chronic;
    double rate;
  } cases[] = {{10, false, 0.015},
               {30, false, 0.03},
               {50, false, 0.075},
               {70, false, 0.12},
               {70, true, 0.18}};
  for (const auto& c : cases) {
    HandCounty hand(2013);
    constexpr double kPersons = 20'000;
    for (int i = 0; i < kPersons; ++i)
      hand.add({.members = {{.age = c.age, .chronic = c.chronic}}});
    hand.begin(month_of(2013, 1));
    draw_shocks(hand.work, hand.economy);
    double ill = 0.0;
    double forgoes = 0.0;
    double log_cost = 0.0;
    for (const auto& month : hand.work.illnesses) {
      // Each month has its share.
      EXPECT_NEAR(static_cast<double>(month.size()), kPersons * c.rate / 12,
                  5 * std::sqrt(kPersons * c.rate / 12));
      for (const IllnessEvent& e : month) {
        ill += 1.0;
        forgoes += e.forgoes ? 1.0 : 0.0;
        log_cost += std::log(static_cast<double>(e.cost));
      }
    }
    EXPECT_NEAR(ill / kPersons, c.rate, tolerance(c.rate, kPersons)) << c.age;
    EXPECT_NEAR(forgoes / ill, 0.25, tolerance(0.25, ill));
    EXPECT_NEAR(log_cost / ill, std::log(6'000.0), 4.5 * 1.1 / std::sqrt(ill));
  }
}

TEST(Illness, CostsTheOwnShareAndMonthsOfWork) {
  HandCounty hand(2013);
  hand.add({.wealth = 50'000});
  hand.begin(month_of(2013, 3));
  hand.frame.reimbursement = 0.45;
  hand.work.normals.resize(1);
  hand.work.illnesses[2].push_back({0, 20'000.0F, true, false});
  shocks(hand.work, hand.economy);
  EXPECT_NEAR(hand.county.households.wealth[0], 50'000 - 11'000, 0.01);
  EXPECT_NEAR(hand.county.households.bills[0], 11'000, 0.01);
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[0]), Activity::ill);
  EXPECT_EQ(hand.county.persons.state_until[0], month_of(2013, 9));
  EXPECT_EQ(hand.county.households.labour[0], 16) << "one adult is left";
  EXPECT_EQ(hand.work.event(Sum::illnesses), 1.0);
  EXPECT_EQ(hand.work.due[8], std::vector<std::uint32_t>{0});
}

TEST(Illness, CostsTheUninsuredAll) {
  HandCounty hand(2013);
  hand.add({.wealth = 50'000, .insured = false});
  hand.begin(month_of(2013, 3));
  hand.work.normals.resize(1);
  hand.work.illnesses[2].push_back({0, 20'000.0F, false, false});
  shocks(hand.work, hand.economy);
  EXPECT_FLOAT_EQ(hand.county.households.wealth[0], 30'000.0F);
}

TEST(Illness, StaysUntreatedWhereHalfOfWealthIsTooLittle) {
  HandCounty hand(2013);
  hand.add({.wealth = 15'000});
  hand.begin(month_of(2013, 3));
  hand.work.normals.resize(1);
  hand.work.illnesses[2].push_back({0, 20'000.0F, true, true});
  shocks(hand.work, hand.economy);  // own payment 10,000
  EXPECT_EQ(hand.county.households.wealth[0], 15'000.0F);
  EXPECT_EQ(hand.county.persons.state_until[0], month_of(2014, 3)) << "twice as long";
  EXPECT_EQ(hand.county.persons.disability[0], 1);
}

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

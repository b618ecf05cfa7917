// Income and consumption of households made by hand, and the map of farm assets.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;
using test::HandHousehold;

/// What the farm function gives a year at these assets, land and labour, without shocks.
double farm_of(const FarmAssets& p, double assets, double land, double labour, double log_scale) {
  const double k = std::pow(assets + p.K_base, p.alpha_K);
  const double tech = std::max(p.theta_L * k, p.theta_L * p.theta_H_ratio * k - p.tau * p.F_fixed);
  return tech * std::exp(log_scale) * std::pow((land + 0.01) / p.land_unit, 0.3) *
         std::pow(labour / p.labour_unit, 0.3);
}

TEST(Income, FarmByHand) {
  HandCounty hand(2013);
  hand.add({.land_mu = 5, .assets = 8'000});
  hand.frame.growth_years = 1.0;
  hand.county.place = -0.2;
  double year = 0.0;
  for (int m = 1; m <= 12; ++m) {
    hand.begin(month_of(2013, m));
    hand.county.households.u_perm[0] = 0.1F;
    hand.work.flows.farm[0] = 1.2F;
    hand.work.village_farm[0] = 0.9F;
    income(hand.work, hand.economy);
    const double farm = hand.work.this_year[0][0];
    const double level = hand.economy.farm.A0 - 0.2 + hand.economy.farm.farm_growth + 0.1;
    const double expected = farm_of(hand.economy.farm, 8'000, 5, 2, level) * 1.2 * 0.9;
    EXPECT_NEAR((farm - year) / expected, static_cast<double>(kFarmMonth[m - 1]), 1e-5);
    year = farm;
  }
}

TEST(Income, MonthWeightsOfFarmIncomeAddUpToAYear) {
  double sum = 0.0;
  for (const float w : kFarmMonth) sum += static_cast<double>(w);
  EXPECT_NEAR(sum, 1.0, 1e-6);
}

TEST(Income, WagesTransfersAndPropertyByHand) {
  HandCounty hand(2013);
  hand.frame.price = 1.25;
  const HandHousehold of{.land_mu = 4,
                         .wealth = 20'000,
                         .members = {{.activity = Activity::local_wage},
                                     {.age = 30, .activity = Activity::migrant},
                                     {.age = 70, .activity = Activity::retired}}};
  hand.add(of);
  hand.add({.members = {{.age = 85, .activity = Activity::retired}}});
  hand.begin(month_of(2013, 5));
  hand.county.households.allowance[0] = 100.0F;
  hand.work.flows.transfer[0] = 7.0F;
  hand.work.flows.local_wage[0] = 11.0F;
  hand.work.flows.property[0] = 13.0F;
  hand.work.flows.wage[0] = 1.1F;
  income(hand.work, hand.economy);
  const WagesLabour& w = hand.economy.work;
  const auto relative = [&](double age) {
    const double x = age - 9 - 6;
    return std::exp(w.rho_edu * 3 + w.rho_exp * x + w.rho_exp2 * x * x - 0.2 * w.slope_health -
                    w.mincer_mean);
  };
  const auto& year = hand.work.this_year;
  EXPECT_NEAR(year[1][0], 2'000 / 1.25 * 11.0 / 12 * relative(40) * 1.1 + 11, 2.0);
  EXPECT_NEAR(
      year[2][0],
      w.remit * 3'400 / 1.25 * 10.0 / 12 * relative(30) * 1.1 / (1 + w.far_share * w.far_premium),
      1.0)
      << "within the province";
  const Transfers& t = hand.economy.transfers;
  const double other = t.other_transfers / 12.0;
  EXPECT_NEAR(year[3][0],
              other * (1 - t.other_land_share) * 3 + other * t.other_land_share / 2 * 4 +
                  1'400 / 1.25 / 12 + 100 / 1.25 + 7,
              0.01);
  EXPECT_NEAR(year[4][0], hand.economy.consumption.return_wealth / 12 * 20'000 + 13, 0.01)
      << "part-time labour still works the land";
  // An elder alone: kin send money, and the land is let.
  EXPECT_NEAR(year[3][1],
              other * (1 - t.other_land_share) + other * t.other_land_share / 2 * 7 +
                  1'400 / 1.25 / 12 + t.kin_elder * 3'400 / 1.25,
              0.01);
  EXPECT_NEAR(
      year[4][1],
      hand.economy.consumption.return_wealth / 12 * 5'000 + hand.economy.farm.rent_land / 12 * 7,
      0.01);
  EXPECT_EQ(year[0][1], 0.0F);
  double received = 0.0;
  for (const auto& component : year) received += static_cast<double>(component[0]);
  EXPECT_NEAR(hand.work.received[0], received, 0.01);
}

/// One household in a month of its own: what comes out of consumption().
/// What a household of two invests in a month: twelve-month income y a head, reference income x.
double invested(double y, double x) {
  const double rate = std::clamp(0.06 + 0.11 * (x / 2'736 - 1), 0.0, 0.25);
  return 0.105 * rate * 2 * std::max(0.0, y - 0.8 * 2'736) / 12;
}

struct Saved {
  double y, spend, reference, wealth, assets;
};

Saved save(double last_year, double reference, double wealth, double assets, double received,
           float theta = 0.1F, int month = 1) {
  HandCounty hand(2013);
  hand.frame.poverty_line = 2'736;
  hand.add({.assets = assets, .wealth = wealth});
  hand.county.households.last_year[3][0] = static_cast<float>(last_year);
  hand.county.households.reference[0] = static_cast<float>(reference);
  hand.begin(month_of(2013, month));
  hand.work.theta[0] = theta;
  hand.work.received[0] = static_cast<float>(received);
  consumption(hand.work, hand.economy);
  const HouseholdTable& t = hand.county.households;
  return {hand.work.income_2012[0], t.consumption[0], t.reference[0], t.wealth[0], t.assets[0]};
}

TEST(Consumption, SpendsSubsistenceAndAShareOfTheRest) {
  // Two persons; last year 12,000, of which eleven twelfths are left: y = 5,500.
  const Saved s = save(12'000, 6'000, 50'000, 0, 0);
  EXPECT_NEAR(s.y, 5'500, 0.01);
  const double w = 1.0 - std::pow(1.0 - 0.16, 1.0 / 12.0);
  const double x = 6'000 + w * (5'500 - 6'000);
  EXPECT_NEAR(s.reference, x, 0.01);
  const double rate = std::clamp(0.06 + 0.11 * (x / 2'736 - 1), 0.0, 0.25);
  const double floor = 0.8 * 2'736;
  const double spend = floor + (1 - rate) * (x - floor) + 0.1 * (5'500 - x);
  EXPECT_NEAR(s.spend, spend, 0.05);
  EXPECT_NEAR(s.wealth, 50'000 - spend * 2 / 12 - invested(5'500, x), 0.05);
}

TEST(Consumption, BelowSubsistenceEverythingIsSpent) {
  const Saved s = save(2 * 1'500 * 12.0 / 11.0, 1'500, 50'000, 0, 0);
  EXPECT_NEAR(s.spend, 1'500, 0.5);
  const Saved starving = save(10, 10, 50'000, 0, 0);
  EXPECT_NEAR(starving.spend, 0.3 * 0.8 * 2'736, 0.05) << "three tenths of subsistence at least";
}

TEST(Consumption, TightensWithoutCashAndMoreAtTheDebtLimit) {
  const double free = save(12'000, 5'500, 50'000, 0, 0).spend;
  EXPECT_NEAR(save(12'000, 5'500, 1'000, 0, 0).spend / free, 0.97, 1e-4);
  EXPECT_NEAR(save(12'000, 5'500, -5'900, 0, 0).spend / free, 0.85, 1e-4);
}

TEST(Consumption, BeyondTheDebtLimitAssetsAreSoldAtADiscount) {
  // The limit is 0.53 of 11,000 = 5,830.
  const Saved s = save(12'000, 5'500, -5'800, 9'000, 100);
  EXPECT_NEAR(s.wealth, -5'830, 0.5);
  const double put = invested(5'500, s.reference);
  const double cash = -5'800 + 100 - s.spend * 2 / 12 - put;
  EXPECT_NEAR(9'000 * std::pow(0.9, 1.0 / 12) + put - s.assets, (-5'830 - cash) / 0.7, 0.5);
  const Saved all = save(12'000, 5'500, -50'000, 9'000, 100);
  EXPECT_EQ(all.assets, 0.0) << "no more than there are";
}

TEST(Consumption, InvestsAShareOfTheSurplus) {
  const Saved s = save(24'000, 11'000, 50'000, 4'000, 3'000);
  const double invest = invested(s.y, s.reference);
  EXPECT_NEAR(s.assets, 4'000 * std::pow(0.9, 1.0 / 12) + invest, 0.05);
  EXPECT_NEAR(s.wealth, 50'000 + 3'000 - s.spend * 2 / 12 - invest, 0.05);
}

TEST(Consumption, PassesALittleOfAChangeOn) {
  for (const float theta : {0.04F, 0.16F}) {
    const Saved low = save(12'000, 5'500, 50'000, 0, 0, theta);
    const Saved high = save(12'000 + 240.0, 5'500, 50'000, 0, 0, theta);
    const double slope = (high.spend - low.spend) / (high.y - low.y);
    const double w = 1.0 - std::pow(0.84, 1.0 / 12.0);
    EXPECT_NEAR(slope, static_cast<double>(theta) * (1 - w) + w * 0.78, 0.01);
  }
}

TEST(Consumption, FollowsThisYearAsItBegan) {
  // A tenth of the harvest more by the end of June, when 0.36 of a year's farm income has come.
  const auto spend = [](double farm, double wage) {
    HandCounty hand(2013);
    hand.frame.poverty_line = 2'736;
    hand.add({.farm = 10'000, .wealth = 50'000});
    HouseholdTable& t = hand.county.households;
    t.last_year[1][0] = 4'000.0F;
    t.reference[0] = 7'000.0F;
    hand.begin(month_of(2013, 6));
    hand.work.this_year[0][0] = static_cast<float>(farm);
    hand.work.this_year[1][0] = static_cast<float>(wage);
    hand.work.theta[0] = 0.5F;
    consumption(hand.work, hand.economy);
    return static_cast<double>(t.consumption[0]);
  };
  const double w = 1.0 - std::pow(0.84, 1.0 / 12.0);
  const double rate = 0.06 + 0.11 * (7'000.0 / 2'736 - 1);
  const double of_reference = 1 - rate - 0.5;  // what reaches consumption through reference income
  EXPECT_NEAR(spend(3'960, 2'000) - spend(3'600, 2'000),
              0.5 * 1'000 / 2 + w * of_reference * 360 / 2, 1.0)
      << "the year's harvest will be 1,000 larger";
  EXPECT_NEAR(spend(3'600, 2'300) - spend(3'600, 2'000), 0.5 * 600 / 2 + w * of_reference * 150,
              1.0)
      << "six months of wages stand for twelve";
}

TEST(Consumption, DecemberKnowsTheCalendarYearOnly) {
  EXPECT_EQ(save(1e6, 5'000, 0, 0, 0, 0.1F, 12).y, 0.0);
  EXPECT_NEAR(save(12'000, 5'000, 0, 0, 0, 0.1F, 6).y, 3'000, 0.01);
}

double assets_after_40_years(double assets, double tau) {
  HandCounty hand(2013);
  FarmAssets& f = hand.economy.farm;
  // The map of the model's description: its first defaults, no shocks, 6,000 yuan from elsewhere
  // and 3.5 persons (here four at a line that is lower by as much).
  f.tau = tau;
  f.K_base = f.A0 = f.farm_growth = 0.0;
  f.kappa_inv = 0.6;
  f.delta_K = 0.08;
  f.s1 = 0.12;
  f.s_max = 0.35;
  hand.economy.transfers.other_transfers = 0.0;
  hand.economy.consumption.return_wealth = 0.0;
  hand.frame.poverty_line = 2'625 * 3.5 / 4.0;
  hand.add({.assets = assets,
            .wealth = 1e6,
            .members = {{},
                        {.activity = Activity::migrant},
                        {.age = 8, .activity = Activity::child},
                        {.age = 68, .activity = Activity::farm}}});
  HouseholdTable& t = hand.county.households;
  for (int m = 0; m < 492; ++m) {
    hand.begin(month_of(2013, 1 + m % 12));
    t.away[0] = 0;
    t.elders[0] = 0;
    t.labour[0] = 24;  // one adult and a half
    t.local_rate[0] = t.migrant_rate[0] = 0.0F;
    hand.work.flows.transfer[0] = 500.0F;
    income(hand.work, hand.economy);
    // The year before the first gives a year's income and changes nothing else.
    if (m >= 12) consumption(hand.work, hand.economy);
    if (m % 12 != 11) continue;
    for (std::size_t k = 0; k < kComponents; ++k) {
      t.last_year[k] = hand.work.this_year[k];
      hand.work.this_year[k][0] = 0.0F;
    }
  }
  return static_cast<double>(t.assets[0]);
}

TEST(AssetTrap, TwoStartsPartAtTauAHalf) {
  EXPECT_LT(assets_after_40_years(2'000, 0.5), 1'500);
  EXPECT_GT(assets_after_40_years(12'000, 0.5), 13'000);
}

TEST(AssetTrap, WithoutTauAllGrow) {
  for (const double start : {500.0, 2'000.0, 12'000.0}) {
    EXPECT_GT(assets_after_40_years(start, 0.0), 1.2 * start) << start;
  }
}

}  // namespace
}  // namespace terrace::economy

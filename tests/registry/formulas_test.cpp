// The formulas of the register against numbers worked out by hand.
#include <cmath>

#include <gtest/gtest.h>

#include <terrace/maths.hpp>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

RegistryParameters defaults() { return load_registry(test::default_values()); }

TEST(Score, WorkedExample) {
  Identification p = defaults().identification;
  p.sigma_score_2014 = 0.6;
  p.check_weight = 0.2;
  p.w_appraisal = 0.4;
  p.income_sd = 0.714;
  p.vote_income = 0.5;
  p.vote_sympathy = 0.5;
  // ln(2300 / 2736) - 0.6 * 0.2 - 0.2 * 0.8
  EXPECT_NEAR(score({2'300, -0.2, 0.8, 0.0}, 2'736, p), -0.4536, 5e-5);
  // and 0.4 * 0.714 * (0.5 * -0.8 - 0.5 * 1)
  EXPECT_NEAR(score({2'300, -0.2, 0.8, vote(-0.8, 1.0, false, p)}, 2'736, p), -0.7106, 5e-5);
}

TEST(Score, PoorerLowerAndWorseOffLower) {
  const Identification p = defaults().identification;
  EXPECT_LT(score({2'000, 0, 0, 0}, 2'736, p), score({3'000, 0, 0, 0}, 2'736, p));
  EXPECT_LT(score({2'000, 0, 2, 0}, 2'736, p), score({2'000, 0, 1, 0}, 2'736, p));
  EXPECT_LT(score({2'000, 0, 0, -1}, 2'736, p), score({2'000, 0, 0, 1}, 2'736, p));
  EXPECT_EQ(score({-500, 0, 0, 0}, 2'736, p), score({100, 0, 0, 0}, 2'736, p))
      << "floor of 100 yuan";
}

TEST(Vote, WealthSpeaksAgainstHardshipAndKinFor) {
  Identification p = defaults().identification;
  p.vote_income = 0.5;
  p.vote_sympathy = 0.5;
  p.elite_bias = 0.25;
  EXPECT_DOUBLE_EQ(vote(1.0, 0.0, false, p), 0.5);
  EXPECT_DOUBLE_EQ(vote(0.0, 1.0, false, p), -0.5);
  EXPECT_DOUBLE_EQ(vote(0.0, 0.0, true, p), -0.25);
  EXPECT_DOUBLE_EQ(vote(-0.8, 1.0, true, p), -1.15);
}

TEST(Standardise, MeanNoughtAndDeviationOne) {
  std::vector<double> values = {1.0, 3.0, 5.0, 7.0};  // mean 4, sd sqrt(5)
  standardise(values);
  EXPECT_NEAR(values[0], -3.0 / std::sqrt(5.0), 1e-12);
  EXPECT_NEAR(values[3], 3.0 / std::sqrt(5.0), 1e-12);
  std::vector<double> equal(3, 2.0);
  standardise(equal);
  EXPECT_EQ(equal, std::vector<double>(3, 0.0)) << "nothing to tell them apart by";
  std::vector<double> none;
  standardise(none);
  EXPECT_TRUE(none.empty());
}

TEST(VetoDetection, RisesInAStraightLineAndWithTheTeam) {
  Identification p = defaults().identification;
  p.veto_detect_first = 0.5;
  p.veto_detect_last = 0.95;
  p.veto_first_year = 2014;
  p.veto_last_year = 2018;
  EXPECT_DOUBLE_EQ(veto_detection(2014, 0.0, p), 0.5);
  EXPECT_DOUBLE_EQ(veto_detection(2016, 0.0, p), 0.725);
  EXPECT_DOUBLE_EQ(veto_detection(2018, 0.0, p), 0.95);
  EXPECT_DOUBLE_EQ(veto_detection(2020, 0.0, p), 0.95);
  EXPECT_DOUBLE_EQ(veto_detection(2013, 0.0, p), 0.5);
  EXPECT_DOUBLE_EQ(veto_detection(2014, 0.2, p), 0.6);
  EXPECT_DOUBLE_EQ(veto_detection(2018, 0.2, p), 1.0) << "capped";
  p.veto_last_year = 2014;  // no slope to speak of
  EXPECT_DOUBLE_EQ(veto_detection(2013, 0.0, p), 0.5);
  EXPECT_DOUBLE_EQ(veto_detection(2014, 0.0, p), 0.95);
}

TEST(Panel, BeginsEveryFifthYear) {
  Identification p = defaults().identification;
  p.survey_rotation = 5;
  p.panel_year = 2013;
  EXPECT_EQ(panel_start(2013, p), 2013);
  EXPECT_EQ(panel_start(2017, p), 2013);
  EXPECT_EQ(panel_start(2018, p), 2018);
  EXPECT_EQ(panel_start(2012, p), 2008) << "before the year given";
  p.survey_rotation = 1;
  EXPECT_EQ(panel_start(2016, p), 2016);
}

TEST(Pressure, WorkedExample) {
  ExitRules p = defaults().exit;
  p.exit_margin = 1.0;
  p.income_verify_sd = 0.15;
  const auto verified = [&](double pressure) {
    p.target_pressure = pressure;
    return std::exp(log_verified(2'900, 3'335, 0.4, 0.85, p));
  };
  EXPECT_NEAR(verified(0.0), 3'294.36, 0.005);
  EXPECT_NEAR(verified(0.3), 3'350.07, 0.005);
}

TEST(Pressure, ChanceOfPassingGrowsWithIt) {
  ExitRules p = defaults().exit;
  p.exit_margin = 1.0;
  p.income_verify_sd = 0.15;
  const double expected[3][2] = {{0.0, 0.1757}, {0.3, 0.2061}, {1.0, 0.2881}};
  for (const auto& [pressure, chance] : expected) {
    p.target_pressure = pressure;
    const double mean = log_verified(2'900, 3'335, 0.4, 0.0, p);
    const double passes = exact::normal_cdf((mean - std::log(3'335.0)) / p.income_verify_sd);
    EXPECT_NEAR(passes, chance, 5e-5) << pressure;
  }
}

TEST(Pressure, DoesNothingAboveTheLineOrWhenThePlanIsMet) {
  ExitRules p = defaults().exit;
  p.target_pressure = 1.0;
  EXPECT_EQ(log_verified(4'000, 3'335, 0.9, 0.3, p), log_verified(4'000, 3'335, 0.0, 0.3, p));
  EXPECT_NEAR(log_verified(2'900, 3'335, 0.0, 0.0, p), std::log(2'900.0), 1e-12);
}

TEST(Guarantees, EachFailsAlone) {
  test::HandCounty hand(2017);
  hand.add({});
  hand.add({.consumption = 0.8 * 2'952 - 1});
  hand.add({.members = {{.age = 40},
                        {.age = 12, .school = School::dropped, .activity = Activity::child}}});
  hand.add({.insured = false});
  hand.add({.house = House::c});
  hand.add({.water = false});
  hand.begin(month_of(2017, 11));
  const auto of = [&](std::size_t h) { return guarantees_of(hand.work, h, 0.8); };
  EXPECT_TRUE(of(0).all());
  EXPECT_FALSE(of(1).food);
  EXPECT_FALSE(of(2).schooling);
  EXPECT_FALSE(of(3).insurance);
  EXPECT_FALSE(of(4).housing);
  EXPECT_FALSE(of(5).water);
  for (std::size_t h = 1; h <= 5; ++h) {
    const Guarantees g = of(h);
    EXPECT_EQ(int(g.food) + g.schooling + g.insurance + g.housing + g.water, 4) << h;
  }
}

TEST(Guarantees, FoodIsThatOfTheEconomy) {
  ParameterValues values = test::default_values();
  values.at("farm_assets.c_sub") = 0.7;
  EXPECT_EQ(load_registry(values).c_sub, 0.7);
}

TEST(Guarantees, FoodIsComparedInPricesOfTheYear) {
  test::HandCounty hand(2017);
  hand.frame.price = 1.1;
  hand.add({.consumption = 0.8 * 2'952 / 1.1 + 1});  // yuan of 2012
  hand.add({.consumption = 0.8 * 2'952 / 1.1 - 1});
  hand.begin(month_of(2017, 11));
  EXPECT_TRUE(guarantees_of(hand.work, 0, 0.8).food);
  EXPECT_FALSE(guarantees_of(hand.work, 1, 0.8).food);
}

}  // namespace
}  // namespace terrace::registry

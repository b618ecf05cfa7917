// Who pays how much into a county's pool, worked on paper for the four counties of hand_nation.hpp.
#include <numeric>

#include <gtest/gtest.h>

#include "hand_nation.hpp"
#include "nation/split.hpp"

namespace terrace::nation {
namespace {

using test::HandNation;

constexpr double kCentral2015 = 43.3e9;
constexpr double kCentral2016 = 66.1e9;

double sum(const std::vector<CountyMoney>& money, double CountyMoney::* part) {
  return std::accumulate(money.begin(), money.end(), 0.0,
                         [&](double s, const CountyMoney& m) { return s + m.*part; });
}

TEST(Fund, WorkedSharesOfCentreProvincesAndCounties) {
  const HandNation n;
  const auto money = n.money(n.frame(2015));
  // Centre to provinces. Poor 400, 100, 40; depth 120, 20, 0; behind the mean only Hills:
  //   Hills 0.5 400/540 + 0.3 120/140 + 0.2 = 0.827513, Plain 0.135450, Coast 0.037037
  // Hills to its counties: A 0.5 0.75 + 0.3 100/120 + 0.2 500/(500 + 166.67) = 0.775
  const double hills = 0.5 * 400 / 540 + 0.3 * 120 / 140 + 0.2;
  EXPECT_NEAR(hills, 0.827513, 1e-6);
  EXPECT_NEAR(money[0].central / kCentral2015, hills * 0.775, 1e-9);
  EXPECT_NEAR(money[1].central / kCentral2015, hills * 0.225, 1e-9);
  EXPECT_NEAR(money[2].central / kCentral2015, 0.135450, 1e-6);
  EXPECT_NEAR(money[3].central / kCentral2015, 0.037037, 1e-6);
  // Provinces add 0.44 of 1.42 by income, 16 : 24 : 56 of 96; counties the rest, 6 : 10 : 24 : 56.
  EXPECT_NEAR(money[0].provincial / kCentral2015, 0.44 * 1.42 * 16 / 96 * 0.775, 1e-9);
  EXPECT_NEAR(money[3].provincial / kCentral2015, 0.44 * 1.42 * 56 / 96, 1e-9);
  EXPECT_NEAR(money[0].own / kCentral2015, 0.56 * 1.42 * 6 / 96, 1e-9);
  EXPECT_NEAR(money[1].own / kCentral2015, 0.56 * 1.42 * 10 / 96, 1e-9);
  EXPECT_GT(money[3].own, money[2].own) << "rich counties add more";
}

TEST(Fund, AllLevelsTogetherAreTheCentralFundTimesItsRatio) {
  const HandNation n;
  for (const int year : {2014, 2015, 2018}) {
    const auto money = n.money(n.frame(year));
    const double central = n.spec.series.at("fund_central").at(year) * 1e9;
    EXPECT_NEAR(sum(money, &CountyMoney::central) / central, 1.0, 1e-12);
    EXPECT_NEAR(sum(money, &CountyMoney::provincial) / central, 0.44 * 1.42, 1e-12);
    EXPECT_NEAR(sum(money, &CountyMoney::own) / central, 0.56 * 1.42, 1e-12);
  }
}

TEST(Fund, DesignatedCountiesIntegrateFrom2016) {
  const HandNation n;
  EXPECT_EQ(sum(n.money(n.frame(2015)), &CountyMoney::integrated), 0.0);
  const auto money = n.money(n.frame(2016));
  EXPECT_NEAR(money[0].integrated / money[0].special(), 0.88, 1e-12);
  for (const std::size_t i : {1U, 2U, 3U}) EXPECT_EQ(money[i].integrated, 0.0);
  EXPECT_NEAR(
      (money[0].central + money[1].central + money[2].central + money[3].central) / kCentral2016,
      1.0, 1e-12);
}

TEST(Fund, TheEastPaysForDesignatedCountiesElsewhereByTheirPoor) {
  HandNation n;
  n.counties[3].designated = true;            // in the East: pays, does not receive
  n.add(1, true, 1'000, 0.10, 0.02, 12'000);  // 100 poor beside A's 300
  auto money = n.money(n.frame(2015));
  EXPECT_NEAR(money[0].partner, 3e9, 1.0);
  EXPECT_NEAR(money[4].partner, 1e9, 1.0);
  EXPECT_NEAR(sum(money, &CountyMoney::partner), 4e9, 1.0);
  EXPECT_EQ(sum(n.money(n.frame(2014)), &CountyMoney::partner), 0.0) << "nothing before 2015";
  const auto plans = n.plans(2015);
  EXPECT_NEAR(to_yuan(plans[0].partner), 3e9, 1.0);
  EXPECT_NEAR(to_yuan(plans[0].pool - plans[0].partner), money[0].special(), 0.01);

  ScenarioSpec off = test::small_scenario();
  off.parameters.at("budget.east_west") = 0.0;
  const HandNation without(off);
  EXPECT_EQ(sum(without.money(without.frame(2018)), &CountyMoney::partner), 0.0);
  for (const CountyPlan& p : without.plans(2018)) EXPECT_EQ(p.partner, 0);
}

TEST(Fund, ASampledCountyGetsItsSimulatedShareAndOthersWhatTheyWould) {
  const HandNation whole;
  HandNation part;
  part.simulate(0, 0.05);
  part.simulate(3, 0.5);
  const auto full = whole.plans(2016);
  const auto got = part.plans(2016);
  const double share[] = {0.05, 1.0, 1.0, 0.5};
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_NEAR(static_cast<double>(got[i].pool), share[i] * static_cast<double>(full[i].pool),
                2.0);

  HandNation twins;  // B stands for a county like it that was not drawn
  twins.counties[1].weight = 2.0;
  HandNation both;
  both.add(0, false, 1'000, 0.10, 0.02, 10'000);
  EXPECT_NEAR(static_cast<double>(twins.plans(2016)[1].pool),
              static_cast<double>(both.plans(2016)[4].pool), 2.0);
}

TEST(Fund, OrderOfCountiesDoesNotMatter) {
  const HandNation n;
  HandNation turned;
  std::reverse(turned.counties.begin(), turned.counties.end());
  std::reverse(turned.reports.begin(), turned.reports.end());
  const auto a = n.plans(2017);
  const auto b = turned.plans(2017);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(static_cast<double>(a[i].pool), static_cast<double>(b[3 - i].pool), 1.0);
    EXPECT_NEAR(static_cast<double>(a[i].partner), static_cast<double>(b[3 - i].partner), 1.0);
    EXPECT_NEAR(a[i].quota_persons, b[3 - i].quota_persons, 1e-9);
  }
}

TEST(Fund, AFactorThatIsNoughtLeavesItsPartToTheOthers) {
  HandNation n;
  for (CountyReport& r : n.reports) {
    r.survey_gap = 0.0;
    r.survey_income = 9'000;
  }
  auto money = n.money(n.frame(2015));
  EXPECT_NEAR(money[0].central / kCentral2015, 300.0 / 540, 1e-9);
  n.poor.assign(4, 0.0);
  money = n.money(n.frame(2015));
  EXPECT_NEAR(money[0].central / kCentral2015, 1'000.0 / 8'000, 1e-9) << "nobody poor: by persons";
  EXPECT_NEAR(money[3].central / kCentral2015, 4'000.0 / 8'000, 1e-9);
}

TEST(Fund, WeightsOfTheFormulaAreParameters) {
  ScenarioSpec s = test::small_scenario();
  s.parameters.at("budget.weight_poor") = 0.0;
  s.parameters.at("budget.weight_depth") = 0.0;
  const HandNation n(s);
  const auto money = n.money(n.frame(2015));
  EXPECT_NEAR(money[0].central / kCentral2015, 0.75, 1e-9) << "only A and B are behind";
  EXPECT_NEAR(money[1].central / kCentral2015, 0.25, 1e-9);
}

TEST(Fund, TransitionScalesAllOfThePool) {
  const HandNation n;
  YearFrame f = n.frame(2018);
  const auto kept = n.money(f);
  f.support = 0.4;
  const auto less = n.money(f);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(less[i].special() + less[i].integrated + less[i].partner,
                0.4 * (kept[i].special() + kept[i].integrated + kept[i].partner), 1e-3);
  }
  ScenarioSpec stop = test::small_scenario();
  stop.series["transition_support"] = test::series_of({{2012, 1}, {2021, 0}});
  const HandNation stopped(stop);
  EXPECT_GT(stopped.plans(2020)[0].pool, 0);
  EXPECT_EQ(stopped.plans(2021)[0].pool, 0);
}

TEST(Fund, NothingWhileNoModuleDrawsOnThePool) {
  ScenarioSpec s = test::small_scenario();
  for (const char* module : {"industry", "infrastructure", "relief"}) s = test::without(s, module);
  for (const CountyPlan& p : HandNation(s).plans(2016)) EXPECT_EQ(p.pool, 0);
  const HandNation n;
  EXPECT_EQ(n.plans(2013)[0].pool, 0) << "no module is in force yet";
}

TEST(Fund, MoneyMovesBetweenModulesOnlyWhereItIsIntegrated) {
  const HandNation n;
  EXPECT_TRUE(n.plans(2015)[0].earmarked);
  EXPECT_FALSE(n.plans(2016)[0].earmarked);
  EXPECT_TRUE(n.plans(2016)[1].earmarked) << "not designated";
  ScenarioSpec never = test::small_scenario();
  never.parameters.at("budget.integration_year") = 2100;
  const HandNation m(never);
  EXPECT_TRUE(m.plans(2018)[0].earmarked);
  EXPECT_EQ(m.plans(2018)[0].pool, n.plans(2018)[0].pool) << "the amount does not depend on it";
}

TEST(Split, FillsUpToTheMostAndGivesTheRestToOthers) {
  std::vector<County> counties(3);
  counties[2].weight = 2.0;
  const std::vector<double> need{6.0, 1.0, 1.0};
  const std::vector<double> most{10.0, 50.0, 4.0};
  // 30 by 6 : 1 : 1 (twice): A would get 20, gets 10; the 20 left by 1 : 1 : 1 are 6.67 each, C
  // (twice) has room for 4, so B gets the 12 that remain.
  const auto got = split_up_to(30.0, counties, need, most);
  EXPECT_NEAR(got[0], 10.0, 1e-12);
  EXPECT_NEAR(got[1], 12.0, 1e-12);
  EXPECT_NEAR(got[2], 4.0, 1e-12);
  const auto all = split_up_to(1'000.0, counties, need, most);
  EXPECT_EQ(all, most);
  EXPECT_EQ(split_up_to(5.0, counties, {{0.0, 0.0, 0.0}}, most), (std::vector<double>(3, 0.0)));
}

}  // namespace
}  // namespace terrace::nation

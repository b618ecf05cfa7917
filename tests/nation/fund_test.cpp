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

TEST(Fund, PartnersPayByWayOfTheModuleAndItsCapacity) {
  ScenarioSpec half = test::small_scenario();
  half.policies.at("pairing").capacity = 0.5;
  const HandNation n(half);
  EXPECT_NEAR(sum(n.money(n.frame(2015)), &CountyMoney::partner), 2e9, 1.0);
  const HandNation none(test::without(test::small_scenario(), "pairing"));
  EXPECT_EQ(sum(none.money(none.frame(2018)), &CountyMoney::partner), 0.0);
  EXPECT_GT(sum(none.money(none.frame(2018)), &CountyMoney::central), 0.0) << "the rest stays";
  ScenarioSpec later = test::small_scenario();
  later.policies.at("pairing").from = month_of(2017, 1);
  const HandNation m(later);
  EXPECT_EQ(sum(m.money(m.frame(2016)), &CountyMoney::partner), 0.0);
  EXPECT_NEAR(sum(m.money(m.frame(2017)), &CountyMoney::partner), 10e9, 1.0);
}

/// National yuan of what counties get of a module's series.
double national_of(const HandNation& n, const std::vector<CountyPlan>& plans, std::size_t module) {
  std::vector<double> parts;
  for (const CountyPlan& p : plans) parts.push_back(p.county_money[module]);
  return national(n.counties, parts);
}

TEST(Fund, CountySeriesGoToDesignatedCountiesByTheirPoor) {
  HandNation n;
  n.counties[3].designated = true;            // Coast, 40 poor
  n.add(1, true, 1'000, 0.10, 0.02, 12'000);  // Plain, 100 poor beside A's 300
  const auto plans = n.plans(2015);
  // E-commerce, 3.5 billion: 300 : 40 : 100 of 440. Investment, 100 billion: not in the East.
  const std::size_t shops = n.module("e_commerce");
  EXPECT_NEAR(plans[0].county_money[shops], 3.5e9 * 300 / 440, 1.0);
  EXPECT_EQ(plans[1].county_money[shops], 0.0) << "not designated";
  EXPECT_NEAR(plans[3].county_money[shops], 3.5e9 * 40 / 440, 1.0);
  EXPECT_NEAR(plans[4].county_money[shops], 3.5e9 * 100 / 440, 1.0);
  const std::size_t firms = n.module("pairing");
  EXPECT_NEAR(plans[0].county_money[firms], 75e9, 1.0);
  EXPECT_EQ(plans[3].county_money[firms], 0.0);
  EXPECT_NEAR(plans[4].county_money[firms], 25e9, 1.0);
  EXPECT_EQ(n.plans(2014)[0].county_money[firms], 0.0) << "nothing before 2015";
  for (const double yuan : plans[0].county_money) EXPECT_GE(yuan, 0.0);
  EXPECT_EQ(plans[0].county_money[n.module("industry")], 0.0) << "has no series";
  // Money of counties is none of the pool's.
  ScenarioSpec off = test::without(test::without(test::small_scenario(), "e_commerce"), "pairing");
  off.policies.at("purchases").enabled = false;
  const HandNation without(off);
  EXPECT_EQ(without.plans(2014)[0].pool, HandNation().plans(2014)[0].pool);
}

TEST(Fund, CountySeriesFollowCapacitySupportAndDates) {
  ScenarioSpec s = test::small_scenario();
  s.policies.at("e_commerce").capacity = 0.25;
  s.series["transition_support"] = test::series_of({{2012, 1}, {2017, 0.4}});
  s.policies.at("e_commerce").from = month_of(2015, 1);
  const HandNation n(s);
  const std::size_t m = n.module("e_commerce");
  EXPECT_EQ(n.plans(2014)[0].county_money[m], 0.0);
  EXPECT_NEAR(n.plans(2015)[0].county_money[m], 0.25 * 3.5e9, 1.0) << "A alone is designated";
  EXPECT_NEAR(n.plans(2017)[0].county_money[m], 0.25 * 3.5e9 * 0.4, 1.0);
  const HandNation off(test::without(test::small_scenario(), "e_commerce"));
  EXPECT_EQ(off.plans(2015)[0].county_money[m], 0.0);
}

TEST(Fund, NationalTotalsAreRightWhateverIsSimulatedOrSampled) {
  HandNation n;
  n.counties[1].designated = true;
  n.counties[1].weight = 3.0;  // stands for two more
  n.simulate(0, 0.05);
  n.simulate(1, 0.4);
  const auto plans = n.plans(2015);
  for (const char* name : {"e_commerce", "pairing"}) {
    const std::size_t m = n.module(name);
    const double total = std::string_view(name) == "pairing" ? 100e9 : 3.5e9;
    EXPECT_NEAR(national_of(n, plans, m) / total, 1.0, 1e-12) << name;
    // A has 300 poor, the three like B 100 each: half of it is A's, of which a twentieth is here.
    EXPECT_NEAR(plans[0].county_money[m], 0.05 * total / 2, 1.0) << name;
    EXPECT_NEAR(plans[1].county_money[m], 0.4 * total / 6, 1.0) << name;
  }
}

TEST(Fund, APartOfTheWorldGetsItsShareOfThePoor) {
  HandNation n;
  nation::Boundary b = n.boundary();
  b.share_of_poor = 0.3;
  const auto plans = nation::plan(b, n.frame(2015), n.counties, n.reports);
  EXPECT_NEAR(plans[0].county_money[n.module("e_commerce")], 0.3 * 3.5e9, 1.0);
  EXPECT_NEAR(to_yuan(plans[0].partner), 0.3 * 4e9, 1.0);
}

/// A nation with these modules and no other, each with its capacity; earmarks are 0.6 of industry
/// and 0.2 of training, and none of labour service, times `earmarked`.
HandNation only(std::initializer_list<std::pair<const char*, double>> modules,
                double earmarked = 1.0) {
  ScenarioSpec s = test::small_scenario();
  s.parameters.at("policies.industry.earmark") = 0.6 * earmarked;
  s.parameters.at("policies.training.earmark") = 0.2 * earmarked;
  s.parameters.at("policies.labour_service.earmark") = 0.0;
  for (auto& [name, settings] : s.policies) settings.enabled = false;
  for (const auto& [name, capacity] : modules) {
    s.policies.at(name).enabled = true;
    s.policies.at(name).capacity = capacity;
  }
  return HandNation(s);
}

double central(const HandNation& n) {
  return sum(n.money(n.frame(2015)), &CountyMoney::central) / kCentral2015;
}

TEST(Fund, ThePoolIsAsLargeAsTheHouseholdProjectsOnItByEarmark) {
  const HandNation one = only({{"industry", 0.5}});
  EXPECT_NEAR(central(one), 0.5, 1e-12);
  EXPECT_NEAR(central(only({{"infrastructure", 0.5}})), 1.0, 1e-12) << "works take what there is";
  EXPECT_NEAR(central(only({{"industry", 0.5}, {"solar", 2.0}})), 0.5, 1e-12);
  // 0.6 x 0.5 + 0.2 x 1 of 0.8; without earmarks the mean of 0.5, 1 and 0.1.
  const std::initializer_list<std::pair<const char*, double>> three = {
      {"industry", 0.5}, {"training", 1.0}, {"labour_service", 0.1}};
  EXPECT_NEAR(central(only(three)), 0.625, 1e-12);
  EXPECT_NEAR(central(only(three, 0.0)), 1.6 / 3.0, 1e-12);
  EXPECT_EQ(central(only({{"pairing", 1.0}, {"e_commerce", 1.0}})), 0.0) << "on lines of their own";
  EXPECT_EQ(central(only({{"solar", 0.0}})), 0.0) << "capacity 0 is not in force";
  EXPECT_NEAR(central(only({{"industry", 0.0}, {"solar", 1.0}})), 1.0, 1e-12);
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
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) {
    if (entry.info.pot == Pot::pool) s = test::without(s, std::string(entry.info.name));
  }
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

// The yearly group of results: formulas by hand, and in a run what must agree with what.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include <terrace/targeting.hpp>

#include "engine/county_year.hpp"
#include "engine/model.hpp"
#include "engine/results.hpp"
#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace {
namespace {

using test::SmallRun;

engine::RegionSums region_of(std::initializer_list<std::pair<YearSum, double>> sums) {
  engine::RegionSums region;
  region.sums.assign(kYearSums, 0.0);
  for (const auto& [which, value] : sums) region.sums[sum_index(which)] = value;
  return region;
}

double value(const engine::RegionSums& region, const std::string& name) {
  for (const IndicatorInfo& i : targeting_indicators()) {
    if (i.name == name) return engine::value_of(i, region);
  }
  ADD_FAILURE() << name;
  return 0.0;
}

TEST(Targeting, HoldsARegisterOf60Against40PoorOf200) {
  const auto r = region_of({{YearSum::persons, 200},
                            {YearSum::registered, 60},
                            {YearSum::poor_permanent, 40},
                            {YearSum::registered_poor_permanent, 30}});
  EXPECT_DOUBLE_EQ(value(r, "inclusion_error_permanent"), 0.5);
  EXPECT_DOUBLE_EQ(value(r, "exclusion_error_permanent"), 0.25);
  EXPECT_DOUBLE_EQ(value(r, "targeting_differential_permanent"), 30.0 / 40 - 30.0 / 160);
  EXPECT_DOUBLE_EQ(value(r, "register_ratio_permanent"), 1.5);
  EXPECT_DOUBLE_EQ(value(r, "registered_share"), 0.3);
  EXPECT_TRUE(std::isnan(value(r, "exclusion_error_income"))) << "nobody is poor";
  EXPECT_TRUE(std::isnan(value(r, "targeting_differential_income")));
}

TEST(Targeting, WrongExitsOfEvaluatedCountiesAreAMean) {
  const auto r = region_of({{YearSum::evaluated_counties, 4}, {YearSum::true_wrongful, 0.5}});
  EXPECT_DOUBLE_EQ(value(r, "true_wrongful_share"), 0.125);
  EXPECT_TRUE(std::isnan(value(region_of({}), "true_wrongful_share")));
}

TEST(Targeting, AnEvaluatedCountyBringsWhatItsWrongExitsTrulyAre) {
  const engine::Model model = engine::make_model(test::small_scenario(), test::builtin_catalogue());
  for (const double visits : {0.0, 200.0}) {
    test::HandCounty hand(2017);
    hand.add({});
    hand.begin(month_of(2017, 12));
    hand.county.households.reference.assign(1, 8'000.0F);
    hand.county.fraction = 0.5;
    hand.report.evaluation.visits = visits;
    hand.report.evaluation.true_wrongful = 0.25;
    registry::keep_ledger(hand.work, model.registry);
    EXPECT_EQ(hand.work.of_year(YearSum::true_wrongful), visits > 0.0 ? 0.125 : 0.0);
  }
}

TEST(Targeting, WithoutARegisterThereIsNoError) {
  const auto r = region_of({{YearSum::persons, 200}, {YearSum::poor_income, 40}});
  EXPECT_TRUE(std::isnan(value(r, "exclusion_error_income")));
  EXPECT_TRUE(std::isnan(value(r, "inclusion_error_income")));
  EXPECT_TRUE(std::isnan(value(r, "targeting_differential_income")));
  EXPECT_EQ(value(r, "true_headcount"), 0.2);
}

TEST(Targeting, EveryoneBeingPoorThereIsNoDifferential) {
  const auto r = region_of({{YearSum::persons, 40},
                            {YearSum::registered, 30},
                            {YearSum::poor_income, 40},
                            {YearSum::registered_poor_income, 30}});
  EXPECT_TRUE(std::isnan(value(r, "targeting_differential_income")));
  EXPECT_EQ(value(r, "inclusion_error_income"), 0.0);
}

TEST(Targeting, TheilOfTwoCountiesByHand) {
  // Persons with 1,000 and 3,000 in one county, 8,000 and 8,000 in the other.
  const double a = 1'000 * std::log(1'000) + 3'000 * std::log(3'000);
  const double b = 16'000 * std::log(8'000);
  const auto r = region_of({{YearSum::persons, 4},
                            {YearSum::income, 20'000},
                            {YearSum::income_log, a + b},
                            {YearSum::income_log_county, 4'000 * std::log(2'000) + b}});
  const double between = 0.5 * (0.4 * std::log(0.4) + 1.6 * std::log(1.6));
  const double within = 0.2 * (0.5 * std::log(0.5) + 1.5 * std::log(1.5)) / 2.0;
  EXPECT_NEAR(value(r, "theil_between_counties"), between, 1e-9);
  EXPECT_NEAR(value(r, "theil_within_counties"), within, 1e-9);
  EXPECT_NEAR(value(r, "theil"), between + within, 1e-9);
}

TEST(Targeting, IndicatorsHaveNamesThatNoMonthlyOneHas) {
  std::set<std::string> names;
  for (const IndicatorInfo& i : indicators({"industry"})) names.insert(i.name);
  for (const IndicatorInfo& i : targeting_indicators()) {
    EXPECT_TRUE(names.insert(i.name).second) << i.name;
    EXPECT_GT(i.meaning.size(), 5U) << i.name;
    if (i.kind != IndicatorKind::total) {
      EXPECT_LT(i.denominator, kYearSums) << i.name;
    }
  }
}

TEST(Targeting, StartsAreThoseOfModulesThatChooseWhomTheyServe) {
  const engine::Model model = engine::make_model(test::small_scenario(), test::builtin_catalogue());
  test::HandCounty hand(2017);
  hand.add({});
  hand.begin(month_of(2017, 12));
  for (auto& month : hand.report.sums) {
    month.assign(kSums + model.policies.size() * kModuleSums, 0.0);
    for (std::size_t m = 0; m < model.policies.size(); ++m) {
      month[sum_index(m, ModuleSum::taken)] = 2.0;
      // The runner counts a household in one month of the year at most.
      month[sum_index(m, ModuleSum::unserved)] = &month == &hand.report.sums[5] ? 3.0 : 0.0;
      month[sum_index(m, ModuleSum::off_prescription)] = 1.0;
    }
  }
  double choosing = 0.0;
  for (std::size_t m = 0; m < model.policies.size(); ++m) {
    const Allocation how = model.policies.info(m).allocation;
    choosing += how == Allocation::walk || how == Allocation::places || how == Allocation::guarantee
                    ? 1.0
                    : 0.0;
  }
  ASSERT_GT(choosing, 0.0);
  ASSERT_LT(choosing, static_cast<double>(model.policies.size()));
  engine::add_starts(hand.work, model);
  EXPECT_EQ(hand.work.of_year(YearSum::starts), 24.0 * choosing);
  EXPECT_EQ(hand.work.of_year(YearSum::unserved), 3.0 * choosing);
  EXPECT_EQ(hand.work.of_year(YearSum::consenting), 27.0 * choosing);
  EXPECT_EQ(hand.work.of_year(YearSum::off_prescription), 12.0 * choosing);
}

class TargetingOfARun : public testing::Test {
 protected:
  static const SmallRun& run() {
    static const SmallRun it = test::run_small(test::small_scenario());
    return it;
  }
  static const RunInfo& info() { return run().results.info(); }
  static int first() { return year_of(info().start); }
  static int last() { return year_of(info().end); }
};

TEST_F(TargetingOfARun, AgreesWithDecembersMonthlyFigures) {
  for (int year = 2014; year <= last(); ++year) {
    const auto near = [&](const char* yearly, double monthly) {
      EXPECT_NEAR(run().targeting(yearly, year), monthly, 1e-9 * std::abs(monthly)) << yearly;
    };
    near("true_headcount", run().december("headcount_ratio", year));
    near("poor_true", run().december("poor_persons", year));
    near("poor_register", run().december("registered_persons", year));
    near("inclusion_error_income", run().december("inclusion_error", year));
    near("exclusion_error_income", run().december("exclusion_error", year));
  }
}

TEST_F(TargetingOfARun, CostIsWhatWasDeliveredLostAndKeptForOverhead) {
  const auto so_far = [](int year) {
    return run().december("public_delivered", year) + run().december("public_overhead", year) +
           run().december("public_lost", year);
  };
  double spent = 0.0;
  for (int year = first() + 1; year <= last(); ++year) {
    const double cost = run().targeting("programme_cost", year);
    EXPECT_NEAR(cost, so_far(year) - so_far(year - 1), 1e-6 * so_far(year) + 0.01) << year;
    spent += cost;
  }
  EXPECT_GT(spent, 0.0);
}

TEST_F(TargetingOfARun, SharesLieBetweenZeroAndOne) {
  const std::set<std::string> free = {"register_ratio_income", "register_ratio_permanent",
                                      "register_ratio_multidimensional"};
  std::size_t seen = 0;
  for (const IndicatorInfo& i : info().indicators_of(3)) {
    if (i.unit != "1" || free.count(i.name) != 0) continue;
    const double least = i.kind == IndicatorKind::differential ? -1.0 : -1e-9;
    for (int year = first(); year <= last(); ++year) {
      for (std::size_t r = 0; r < run().regions(3); ++r) {
        const double v = run().targeting(i.name, year, r);
        if (std::isnan(v)) continue;
        ++seen;
        ASSERT_TRUE(v >= least && v <= 1.0 + 1e-9) << i.name << ' ' << year << ' ' << v;
      }
    }
  }
  EXPECT_GT(seen, 1'000U);
}

TEST_F(TargetingOfARun, TotalsOfProvincesAndWeightedCountiesAddUp) {
  const std::size_t provinces = run().regions(1);
  ASSERT_EQ(run().regions(3), 1 + provinces + run().regions(2));
  for (const IndicatorInfo& i : info().indicators_of(3)) {
    if (i.kind != IndicatorKind::total) continue;
    for (int year = first(); year <= last(); ++year) {
      double by_province = 0.0;
      double by_county = 0.0;
      for (std::size_t r = 1; r < run().regions(3); ++r) {
        const double v = run().targeting(i.name, year, r);
        (r <= provinces ? by_province : by_county) += info().groups[3].regions[r].weight * v;
      }
      const double nation = run().targeting(i.name, year);
      ASSERT_NEAR(by_province, nation, 1e-9 * std::abs(nation)) << i.name;
      ASSERT_NEAR(by_county, nation, 1e-9 * std::abs(nation)) << i.name;
    }
  }
}

TEST_F(TargetingOfARun, InequalitySplitsBetweenAndWithinCounties) {
  for (int year = first() + 1; year <= last(); ++year) {
    for (std::size_t r = 0; r < run().regions(3); ++r) {
      const double between = run().targeting("theil_between_counties", year, r);
      const double within = run().targeting("theil_within_counties", year, r);
      ASSERT_NEAR(run().targeting("theil", year, r), between + within, 1e-9);
      if (info().groups[3].regions[r].level == RegionLevel::county) {
        ASSERT_NEAR(between, 0.0, 1e-9);
      }
      ASSERT_GT(within, 0.0);
    }
    EXPECT_GT(run().targeting("theil_between_counties", year), 1e-4);
  }
}

TEST_F(TargetingOfARun, CountiesCountForThemselves) {
  double designated = 0.0;
  for (const RegionInfo& r : info().groups[2].regions) designated += r.designated ? r.weight : 0.0;
  EXPECT_NEAR(run().targeting("poor_counties", 2014), designated, 1e-9);
  EXPECT_NEAR(run().targeting("designated_counties", last()), designated, 1e-9);
}

TEST_F(TargetingOfARun, RiskOfRelapseIsHigherWithoutPolicy) {
  int years = 0;
  int higher = 0;
  for (int year = 2015; year <= last(); ++year) {
    const double with = run().targeting("relapse_risk", year);
    if (std::isnan(with)) continue;
    ++years;
    const double without = run().targeting("relapse_risk_without_policy", year);
    EXPECT_GE(without, with);
    if (without > with) ++higher;
  }
  EXPECT_GT(years, 0);
  EXPECT_GT(higher, 0) << "cash from the programme makes no difference in any year";
}

TEST(TargetingChoice, OnlyWhatIsAskedForIsRecorded) {
  ScenarioSpec s = test::small_scenario();
  s.end = month_of(2014, 12);
  s.indicators = {"headcount_ratio", "leakage"};
  const SmallRun both = test::run_small(s);
  ASSERT_EQ(both.results.info().groups.size(), 4U);
  EXPECT_EQ(both.results.info().indicators.size(), 1U);
  ASSERT_EQ(both.results.info().indicators_of(3).size(), 1U);
  EXPECT_GT(both.targeting("leakage", 2014), 0.0);
  s.indicators = {"headcount_ratio"};
  EXPECT_EQ(test::run_small(s).results.info().groups.size(), 3U);
}

}  // namespace
}  // namespace terrace

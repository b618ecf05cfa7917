// Relations between runs: what must stay the same, and what must change, when one thing is changed.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "engine/results.hpp"
#include "population/synthesis.hpp"
#include "support/small_world.hpp"

namespace terrace {
namespace {

using test::run_small;
using test::small_scenario;
using test::SmallRun;
using test::without;

const SmallRun& full_run() {
  static const SmallRun run = run_small(small_scenario());
  return run;
}

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

/// Every common indicator of every region and month up to `last`, bit for bit. Indicators of
/// modules count too, unless they are named.
void expect_same_until(const SmallRun& a, const SmallRun& b, Month last) {
  for (const IndicatorInfo& i : a.results.info().indicators) {
    for (std::size_t g = 0; g < 3; ++g) {
      for (std::size_t r = 0; r < a.regions(g); ++r) {
        for (Month m = a.results.info().start; m <= last; ++m) {
          ASSERT_TRUE(same(a.at(i.name, m, g, r), b.at(i.name, m, g, r)))
              << i.name << " group " << g << " region " << r << " month " << m;
        }
      }
    }
  }
}

TEST(Arms, AgreeBitForBitUntilThePolicyStarts) {
  for (const char* module : {"relocation", "ecological_posts"}) {
    const SmallRun minus = run_small(without(small_scenario(), module));
    expect_same_until(full_run(), minus, month_of(2015, 12));
    EXPECT_NE(minus.outcome.digest, full_run().outcome.digest) << "and then it matters";
  }
  expect_same_until(full_run(), run_small(test::no_programme(small_scenario())),
                    month_of(2013, 12));
}

TEST(Arms, ShareBirthsAndIllnesses) {
  // Until people live or die by the policy (an illness ends work, and the ill die more often), both
  // arms see the very same events; afterwards nearly the same.
  const SmallRun minus = run_small(without(small_scenario(), "industry"));
  for (std::size_t c = 0; c < minus.regions(2); ++c) {
    for (Month m = month_of(2011, 1); m <= month_of(2014, 12); ++m) {
      ASSERT_EQ(minus.at("illnesses", m, 2, c), full_run().at("illnesses", m, 2, c)) << m;
      ASSERT_EQ(minus.at("births", m, 2, c), full_run().at("births", m, 2, c)) << m;
    }
  }
  EXPECT_NE(minus.december("mean_income", 2014), full_run().december("mean_income", 2014));
  for (int year = 2015; year <= 2018; ++year) {
    EXPECT_NEAR(minus.year_sum("illnesses", year) / full_run().year_sum("illnesses", year), 1.0,
                0.01);
    EXPECT_NEAR(minus.year_sum("births", year) / full_run().year_sum("births", year), 1.0, 0.02);
  }
}

TEST(Arms, ADisabledModuleIsAsGoodAsNone) {
  const char* common[] = {
      "headcount_ratio", "mean_income",      "gini",     "median_income", "registered_persons",
      "exits",           "public_delivered", "migrants", "local_workers", "mean_wealth"};
  for (const char* module : {"industry", "relocation", "ecological_posts", "education", "allowance",
                             "housing", "infrastructure", "relief", "cash"}) {
    ScenarioSpec off = without(small_scenario(), module);
    off.indicators.assign(std::begin(common), std::end(common));
    ScenarioSpec gone = off;
    gone.policies.erase(module);
    const SmallRun a = run_small(off);
    const SmallRun b = run_small(gone, test::builtin_catalogue(module));
    EXPECT_EQ(a.outcome.digest, b.outcome.digest) << module;
    EXPECT_EQ(a.outcome.group_digests, b.outcome.group_digests) << module;  // panel and events too
    EXPECT_EQ(a.outcome.group_digests.back().first, "events");
  }
}

TEST(Arms, AParameterOfADisabledModuleDoesNothing) {
  ScenarioSpec s = without(small_scenario(), "industry");
  const std::string digest = run_small(s).outcome.digest;
  s.parameters["policies.industry.income_gain"] = 0.3;
  s.parameters["policies.industry.failure"] = 0.0;
  EXPECT_EQ(run_small(s).outcome.digest, digest);
}

TEST(Budget, WithoutMoneyNobodyJoinsAProject) {
  ScenarioSpec s = small_scenario();
  s.series["fund_central"] = test::series_of({{2012, 0.0}});
  s.series["east_west_fund"] = test::series_of({{2012, 0.0}});
  const SmallRun run = run_small(s);
  for (Month m = s.start; m <= s.end; ++m) {
    ASSERT_EQ(run.at("participants_industry", m), 0.0);
    ASSERT_EQ(run.at("spending_industry", m), 0.0);
  }
  EXPECT_GT(run.december("participants_allowance", 2016), 0.0)
      << "entitlements do not need the pool";
  EXPECT_GT(full_run().december("participants_industry", 2016), 0.0);
}

TEST(Budget, WithoutPlacesAModuleIsAsGoodAsOff) {
  ScenarioSpec s = small_scenario();
  s.indicators = {"mean_income", "headcount_ratio", "registered_persons", "public_inflow"};
  ScenarioSpec off = without(without(s, "relocation"), "ecological_posts");
  for (const char* module : {"relocation", "ecological_posts"})
    s.policies.at(module).capacity = 0.0;
  EXPECT_EQ(run_small(s).outcome.digest, run_small(off).outcome.digest);
}

TEST(Budget, MoreMoneyServesMore) {
  double before = -1.0;
  for (const double factor : {0.005, 0.05, 10.0}) {
    ScenarioSpec s = small_scenario();  // alone: the pool's capacity is the mean of its modules
    for (auto& [name, settings] : s.policies) settings.enabled = name == "industry";
    s.policies.at("industry").capacity = factor;
    const double served = run_small(s).december("participants_industry", 2015);
    EXPECT_GT(served, before) << factor;
    before = served;
  }
}

TEST(Effect, AProjectWithoutEffectLeavesIncomesAlone) {
  // Alone: a project counts among the two starts that a household may have in a year, and what it
  // costs is not there for others.
  ScenarioSpec s = small_scenario();
  for (auto& [name, settings] : s.policies) settings.enabled = name == "industry";
  s.parameters.at("policies.industry.failure") = 0.0;  // a failure lowers what people aspire to
  s.parameters.at("policies.industry.jobs_per_project") = 0.0;  // a post keeps hands from others
  const SmallRun minus = run_small(without(s, "industry"));
  s.policies.at("industry").effect = 0.0;
  const SmallRun null = run_small(s);
  for (Month m = s.start; m <= s.end; ++m) {
    for (const char* i : {"mean_income", "headcount_ratio", "consumption", "registered_persons"}) {
      ASSERT_EQ(null.at(i, m), minus.at(i, m)) << i << " month " << m;
    }
  }
  EXPECT_GT(null.december("public_delivered", 2018), minus.december("public_delivered", 2018));
}

TEST(Register, WithoutItNobodyIsListedOrServedAsPoor) {
  ScenarioSpec s = small_scenario();
  s.registry = false;
  const SmallRun run = run_small(s);
  for (Month m = s.start; m <= s.end; ++m) {
    ASSERT_EQ(run.at("registered_persons", m), 0.0);
    ASSERT_EQ(run.at("participants_industry", m), 0.0);
    ASSERT_EQ(run.at("participants_relocation", m), 0.0);
    ASSERT_EQ(run.at("participants_ecological_posts", m), 0.0);
    ASSERT_EQ(run.at("participants_education", m), 0.0);
  }
}

TEST(Register, TheQuotaRatioSizesIt) {
  ScenarioSpec s = small_scenario();
  s.end = month_of(2014, 12);
  for (auto& [name, settings] : s.policies) settings.until = s.end;
  const auto registered = [&](double ratio) {
    s.parameters["identification.quota_ratio"] = ratio;
    return run_small(s).at("registered_persons", month_of(2014, 6));
  };
  EXPECT_NEAR(registered(1.3) / registered(1.0), 1.3, 0.05);
}

TEST(Indicators, ASubsetHasTheSameValues) {
  ScenarioSpec s = small_scenario();
  s.indicators = {"gini", "headcount_ratio"};
  const SmallRun few = run_small(s);
  ASSERT_EQ(few.results.info().indicators.size(), 2U);
  for (Month m = s.start; m <= s.end; ++m) {
    ASSERT_EQ(few.at("gini", m), full_run().at("gini", m));
    ASSERT_EQ(few.at("headcount_ratio", m), full_run().at("headcount_ratio", m));
  }
}

TEST(Sample, AHigherRateKeepsTheHouseholdsThatWereThere) {
  ScenarioSpec s = small_scenario();
  const test::SmallWorld few(s);
  s.population.sample_villages = 0.05;
  const test::SmallWorld many(s);
  ASSERT_EQ(few.counties.size(), many.counties.size());
  for (std::size_t i = 0; i < few.counties.size(); ++i) {
    ASSERT_EQ(few.counties[i].number, many.counties[i].number);
    const auto& ids = many.counties[i].households.id;
    const std::set<std::uint32_t> all(ids.begin(), ids.end());
    for (const std::uint32_t id : few.counties[i].households.id) ASSERT_EQ(all.count(id), 1U);
    EXPECT_GT(all.size(), few.counties[i].households.size());
    EXPECT_EQ(few.counties[i].weight, many.counties[i].weight);
  }
}

TEST(Sample, TotalsEstimateTheSameNation) {
  ScenarioSpec s = small_scenario();
  s.end = month_of(2012, 12);
  for (auto& [name, settings] : s.policies) settings.until = s.end;
  const SmallRun few = run_small(s);
  s.population.sample_counties = 0.3;
  const SmallRun many = run_small(s);
  EXPECT_NEAR(few.december("persons", 2012) / many.december("persons", 2012), 1.0, 0.25);
  EXPECT_NEAR(few.december("mean_income", 2012) / many.december("mean_income", 2012), 1.0, 0.15);
}

TEST(Sample, OneProvinceAloneHasTheCountiesItHasInTheNation) {
  ScenarioSpec s = small_scenario();
  s.population.provinces = {"Hills"};
  const test::SmallWorld alone(s);
  const test::SmallWorld nation(small_scenario());
  for (std::size_t i = 0; i < alone.counties.size(); ++i) {
    EXPECT_EQ(alone.counties[i].name, nation.counties[i].name);
    EXPECT_EQ(alone.counties[i].households.id, nation.counties[i].households.id);
    EXPECT_EQ(alone.counties[i].households.wealth, nation.counties[i].households.wealth);
  }
}

TEST(County, ItsYearDependsOnNothingOutsideIt) {
  // The same plan and frame give the same county, whichever county was worked on before.
  test::SmallWorld w(small_scenario());
  w.advance_to(2016);
  w.open();
  std::vector<County> forward = w.counties;
  std::vector<County> backward = w.counties;
  std::vector<CountyReport> a(forward.size());
  std::vector<CountyReport> b(forward.size());
  CountyWork one;
  for (std::size_t i = 0; i < forward.size(); ++i) {
    engine::run_county_year(forward[i], w.frame, w.plans[i], w.model, one, a[i]);
  }
  CountyWork two;
  for (std::size_t i = backward.size(); i-- > 0;) {
    engine::run_county_year(backward[i], w.frame, w.plans[i], w.model, two, b[i]);
  }
  for (std::size_t i = 0; i < forward.size(); ++i) {
    EXPECT_EQ(a[i].sums, b[i].sums);
    EXPECT_EQ(forward[i].households.wealth, backward[i].households.wealth);
    EXPECT_EQ(forward[i].persons.activity, backward[i].persons.activity);
  }
}

TEST(Prices, ANominalRescalingLeavesThePoorAsTheyAre) {
  // Every nominal figure and the price level a quarter higher: real quantities stay, up to
  // rounding.
  ScenarioSpec s = test::no_programme(small_scenario());
  s.start = month_of(2012, 1);
  s.programme = month_of(2013, 1);
  s.end = month_of(2016, 12);
  s.parameters["macro.cpi_rural"] = 0.0;
  const SmallRun flat = run_small(s);
  s.parameters["macro.cpi_rural"] = 0.03;
  for (const char* name :
       {"poverty_line", "exit_line", "migrant_wage", "pension", "allowance_standard"}) {
    Series& series = s.series.at(name);
    std::map<int, double> values;
    for (int year = 2012; year <= 2016; ++year) {
      values[year] = series.at(year) * std::pow(1.03, std::max(0, year - 2012));
    }
    series.values = values;
  }
  const SmallRun inflated = run_small(s);
  for (int year = 2012; year <= 2016; ++year) {
    EXPECT_NEAR(inflated.december("headcount_ratio", year), flat.december("headcount_ratio", year),
                2e-3);
    const double real = inflated.december("mean_income", year) / std::pow(1.03, year - 2012);
    EXPECT_NEAR(real / flat.december("mean_income", year), 1.0, 2e-3) << year;
  }
}

}  // namespace
}  // namespace terrace

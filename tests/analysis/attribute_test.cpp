// Attributions of a small world: against ordinary runs, and what must hold exactly.
#include "analysis/attribute.hpp"

#include <atomic>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/attribute_groups.hpp"
#include "parallel/thread_runner.hpp"
#include "support/small_scenario.hpp"

namespace terrace::attribution {
namespace {

using test::builtin_catalogue;
using test::small_scenario;

constexpr std::size_t kExits = 0;
constexpr std::size_t kGap = 1;

std::unique_ptr<ReplicateRuns> runs_of_small(const ScenarioSpec& scenario) {
  auto runs = std::make_unique<ReplicateRuns>(scenario);
  SerialRunner runner;
  run_replicate(*runs, scenario, builtin_catalogue(), runner, 0, {});
  return runs;
}

ScenarioSpec whole_scenario() {
  ScenarioSpec s = small_scenario();
  s.end = month_of(2016, 12);
  return s;
}

/// 32 runs of the small world, made once.
const ReplicateRuns& small_runs() {
  static const std::unique_ptr<ReplicateRuns> runs = runs_of_small(whole_scenario());
  return *runs;
}

double nation(const ReplicateRuns& runs, std::size_t outcome, unsigned coalition) {
  double sum = 0.0;
  for (std::size_t c = 0; c < runs.counties.size(); ++c) {
    sum += runs.counties[c].weight / runs.counties[c].fraction *
           static_cast<double>(runs.lines.counties()[c].worth[outcome][coalition]);
  }
  return sum / static_cast<double>(kUnits[outcome]);
}

std::int64_t total(const Parts& parts) {
  std::int64_t sum = 0;
  for (const std::int64_t p : parts) sum += p;
  return sum;
}

// The same digests: the branches are the runs that `terrace run` would make. The same figures: the
// lines take in every household of the nation.
TEST(AttributeSlow, RunsAreThoseOfTheScenarioWithBatchesOff) {
  const ReplicateRuns& runs = small_runs();
  ASSERT_TRUE(runs.finished);
  ASSERT_EQ(runs.digests.size(), kCoalitions);
  for (const unsigned coalition : {kEverybody, 0U, 10U}) {
    const ScenarioSpec scenario = scenario_of(whole_scenario(), coalition);
    const test::SmallRun run = test::run_small(scenario);
    const RunDigest& branch = runs.digests.at(coalition);
    EXPECT_EQ(branch.coalition, coalition);
    EXPECT_EQ(branch.digest, run.outcome.digest) << name_of_coalition(coalition);
    const double exits = run.december("exited_households", 2016);
    EXPECT_GT(exits, 0.0);
    EXPECT_NEAR(nation(runs, kExits, coalition), exits, 1e-9 * exits);
    double gap = 0.0;
    for (int year = 2013; year <= 2016; ++year) {
      gap += run.december("squared_poverty_gap", year) * run.december("persons", year);
    }
    EXPECT_GT(gap, 0.0);
    EXPECT_NEAR(nation(runs, kGap, coalition), gap, 1e-5 * gap);
  }
}

TEST(AttributeSlow, SharesAddUpToTheEffectExactly) {
  const ReplicateRuns& runs = small_runs();
  std::size_t touched = 0;
  for (const CountyLines& county : runs.lines.counties()) {
    Effect whole;
    for (const Line& line : county.lines) {
      for (std::size_t o = 0; o < kOutcomes; ++o) {
        const std::int64_t effect = line.effect.with_all[o] - line.effect.with_none[o];
        ASSERT_EQ(total(line.effect.shares[o]), kParts * effect);
        touched += effect != 0 ? 1U : 0U;
      }
      whole += line.effect;
    }
    Effect causes;
    for (const auto& [cause, effect] : by_cause(county)) causes += effect;
    for (std::size_t o = 0; o < kOutcomes; ++o) {
      // Of the county: by its lines, by causes, and from its own 32 worths.
      EXPECT_EQ(whole.shares[o], causes.shares[o]);
      EXPECT_EQ(whole.shares[o], shapley_parts(county.worth[o]));
      EXPECT_EQ(whole.with_all[o], county.worth[o][kEverybody]);
      EXPECT_EQ(whole.with_none[o], county.worth[o][0]);
    }
  }
  EXPECT_GT(touched, 100U);
}

/// Without the digests, which tell how many runs there were.
std::vector<std::string> figures(const Attribution& result) {
  std::vector<std::string> out;
  for (const Sharing& s : result.sharings) {
    for (const Share& share : s.batches) {
      out.push_back(s.group.name + ' ' + std::to_string(share.figure.mean));
    }
  }
  return out;
}

/// Three years with three batches: eight runs.
ScenarioSpec short_scenario() {
  ScenarioSpec s = small_scenario();
  s.end = month_of(2015, 12);
  for (const char* off : {"relocation", "ecological_posts"}) s.policies.at(off).enabled = false;
  for (auto& [name, settings] : s.policies) settings.from = month_of(2014, 1);
  return s;
}

// Education is switched off in one scenario, and in force only after the end in the other, which
// takes twice as many runs.
TEST(AttributeSlow, ABatchThatDoesNothingHasNoShare) {
  ScenarioSpec off = short_scenario();
  off.policies.at("education").enabled = false;
  ScenarioSpec late = short_scenario();
  late.policies.at("education").from = month_of(2030, 1);
  late.policies.at("education").until = month_of(2031, 12);
  SerialRunner runner;
  const Attribution without = attribute(off, builtin_catalogue(), runner, {});
  const Attribution all = attribute(late, builtin_catalogue(), runner, {});
  EXPECT_EQ(without.digests.size(), 4U);
  EXPECT_EQ(all.digests.size(), 8U);
  EXPECT_EQ(figures(without), figures(all));
  bool other = false;
  for (const Sharing& s : all.sharings) {
    EXPECT_EQ(s.batches[3].figure.mean, 0.0) << s.group.name;
    other = other || s.batches[4].figure.mean != 0.0;
  }
  EXPECT_TRUE(other);
}

TEST(AttributeSlow, ThreadsChangeNothing) {
  const ScenarioSpec scenario = short_scenario();
  SerialRunner alone;
  ThreadRunner three(3);
  const Attribution one = attribute(scenario, builtin_catalogue(), alone, {});
  const Attribution many = attribute(scenario, builtin_catalogue(), three, {});
  ASSERT_EQ(one.tables.size(), many.tables.size());
  for (std::size_t t = 0; t < one.tables.size(); ++t) {
    for (std::size_t c = 0; c < one.tables[t].columns.size(); ++c) {
      const TableColumn& a = one.tables[t].columns[c];
      const TableColumn& b = many.tables[t].columns[c];
      EXPECT_EQ(a.texts, b.texts) << a.name;
      ASSERT_EQ(a.numbers.size(), b.numbers.size());
      for (std::size_t r = 0; r < a.numbers.size(); ++r) {
        EXPECT_TRUE(a.numbers[r] == b.numbers[r] || std::isnan(a.numbers[r] + b.numbers[r]));
      }
    }
  }
}

TEST(AttributeSlow, WithoutBurnInRunsBranchAtTheStart) {
  ScenarioSpec scenario = short_scenario();
  scenario.start = scenario.programme;
  const auto held = runs_of_small(scenario);
  const ReplicateRuns& runs = *held;
  ASSERT_TRUE(runs.finished);
  const test::SmallRun none = test::run_small(scenario_of(scenario, 0));
  EXPECT_EQ(runs.digests.at(0).digest, none.outcome.digest);
  std::int64_t effect = 0;
  for (const CountyLines& county : runs.lines.counties()) {
    effect += county.worth[kGap][kEverybody] - county.worth[kGap][0];
  }
  EXPECT_NE(effect, 0);
}

TEST(AttributeSlow, ReplicatesGiveIntervals) {
  ScenarioSpec scenario = short_scenario();
  scenario.end = month_of(2014, 12);
  scenario.policies.at("industry").enabled = false;
  scenario.replicates = 3;
  SerialRunner runner;
  const Attribution result = attribute(scenario, builtin_catalogue(), runner, {});
  ASSERT_EQ(result.digests.size(), 12U);
  const Sharing& nation = result.sharings[kGap];
  ASSERT_EQ(nation.group.level, Level::nation);
  const Share& allowance = nation.batches[4];
  EXPECT_EQ(allowance.figure.n, 3U);
  EXPECT_LT(allowance.figure.low, allowance.figure.mean);
  EXPECT_GT(allowance.figure.high, allowance.figure.mean);
  // t of 0.975 at 2 degrees of freedom
  EXPECT_NEAR(allowance.figure.high - allowance.figure.mean, 4.302653 * allowance.figure.error,
              1e-5 * allowance.figure.error);
  double shares = 0.0;
  for (const Share& share : nation.batches) shares += share.figure.mean;
  EXPECT_NEAR(shares, nation.effect.figure.mean, 1e-9 * std::fabs(nation.effect.figure.mean));
}

TEST(Attribute, StopsAndGivesNothing) {
  const std::atomic<bool> stop{true};
  SerialRunner runner;
  Control control;
  control.stop = &stop;
  const Attribution result = attribute(short_scenario(), builtin_catalogue(), runner, control);
  EXPECT_FALSE(result.finished);
  EXPECT_TRUE(result.tables.empty());
}

}  // namespace
}  // namespace terrace::attribution

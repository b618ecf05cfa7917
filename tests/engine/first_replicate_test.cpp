// Replicates have numbers: one alone is, value by value, what it is among others, and goes on from
// a state that it left there.
#include <bit>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parallel/thread_runner.hpp"
#include "support/saved_states.hpp"
#include "support/small_scenario.hpp"

namespace terrace {
namespace {

using test::run_small;
using test::SavedStates;
using test::SmallRun;

constexpr std::uint32_t kAll = 3;

/// Replicates `first`, `first` + 1, ...
ScenarioSpec scenario(std::uint32_t first, std::uint32_t replicates) {
  ScenarioSpec s = test::small_scenario();
  s.end = month_of(2015, 12);
  s.first_replicate = first;
  s.replicates = replicates;
  return s;
}

std::vector<std::uint64_t> bits_of(std::span<const double> values) {
  std::vector<std::uint64_t> out;
  for (const double value : values) out.push_back(std::bit_cast<std::uint64_t>(value));
  return out;
}

/// The values of a group in one replicate.
std::vector<std::uint64_t> values_of(const SmallRun& run, std::size_t group, std::size_t place) {
  const std::span<const double> all = run.results.values(group);
  const std::size_t each = all.size() / run.results.info().replicates;
  return bits_of(all.subspan(place * each, each));
}

/// All that the panel and its diary hold of one replicate, in words.
std::string panel_of(const SmallRun& run, std::uint32_t place) {
  std::string out;
  for (std::size_t year = 0; year < run.results.years(); ++year) {
    const record::PanelYear& panel = run.results.panel(place, year);
    for (const PanelHousehold& h : panel.households) out += std::to_string(h.id) + ' ';
    for (const float value : panel.values) {
      out += std::to_string(std::bit_cast<std::uint32_t>(value)) + ' ';
    }
    for (const Event& e : run.results.events(place, year)) {
      out += std::to_string(e.household) + '/' + std::to_string(e.month) + '/' +
             std::to_string(static_cast<int>(e.kind)) + '/' + std::to_string(e.amount) + ' ';
    }
  }
  return out;
}

TEST(FirstReplicate, EachAloneIsWhatItIsAmongOthers) {
  const SmallRun all = run_small(scenario(0, kAll));
  ASSERT_TRUE(all.outcome.finished);
  for (std::uint32_t number = 0; number < kAll; ++number) {
    const SmallRun alone = run_small(scenario(number, 1));
    ASSERT_TRUE(alone.outcome.finished);
    EXPECT_EQ(alone.results.info().first_replicate, number);
    for (std::size_t g = 0; g < all.results.info().groups.size(); ++g) {
      EXPECT_EQ(values_of(alone, g, 0), values_of(all, g, number)) << number << " group " << g;
    }
    EXPECT_FALSE(panel_of(alone, 0).empty());
    EXPECT_EQ(panel_of(alone, 0), panel_of(all, number)) << number;
  }
}

TEST(FirstReplicate, TheNumberIsInTheDigestAndWorkersAreNot) {
  const std::string first = run_small(scenario(0, 1)).outcome.digest;
  const std::string fourth = run_small(scenario(3, 1)).outcome.digest;
  EXPECT_NE(first, fourth);
  EXPECT_NE(run_small(scenario(3, 2)).outcome.digest, fourth);
  ThreadRunner runner(3);
  EXPECT_EQ(run_small(scenario(3, 1), runner).outcome.digest, fourth);
  EXPECT_EQ(run_small(scenario(9'999'999, 1)).outcome.digest.size(), first.size());
}

TEST(FirstReplicate, TheFitReportIsOfTheFirstWhicheverItIs) {
  const std::string of_none = run_small(scenario(0, 1)).outcome.fit_report;
  const std::string of_one = run_small(scenario(1, 1)).outcome.fit_report;
  EXPECT_FALSE(of_one.empty());
  EXPECT_NE(of_one, of_none);
  EXPECT_EQ(run_small(scenario(1, 2)).outcome.fit_report, of_one);
}

/// Runs and keeps the states of January 2013.
void keep_states(const ScenarioSpec& s, SavedStates& states) {
  RunControl control;
  states.attach(control);
  control.wants_state = [](std::uint32_t, int year) { return year == 2013; };
  SerialRunner runner;
  record::MemoryRecorder results;
  EXPECT_TRUE(run_scenario(s, test::builtin_catalogue(), runner, results, control).finished);
  for (std::uint32_t r = 0; r < s.replicates; ++r) states.go_back(s.first_replicate + r, 2013);
}

RunOutcome go_on(const ScenarioSpec& s, const SavedStates& states) {
  RunControl control;
  states.give(control);
  SerialRunner runner;
  record::MemoryRecorder results;
  return run_scenario(s, test::builtin_catalogue(), runner, results, control);
}

TEST(FirstReplicate, OneGoesOnFromTheStateThatItLeftAmongOthers) {
  SavedStates states;
  keep_states(scenario(0, kAll), states);
  ASSERT_EQ(states.newest().at(2).standing.replicate, 2U);
  const RunOutcome alone = go_on(scenario(2, 1), states);
  EXPECT_EQ(alone.digest, run_small(scenario(2, 1)).outcome.digest);
  EXPECT_NE(alone.fit_report, "") << "says why there is none";
  EXPECT_EQ(go_on(scenario(1, 2), states).digest, run_small(scenario(1, 2)).outcome.digest);
}

TEST(FirstReplicate, AStateOfAnotherNumberDoesNotFit) {
  SavedStates states;
  keep_states(scenario(0, 1), states);
  RunControl control;
  control.resume = [&](std::uint32_t) { return test::next_of(states.newest().at(0).parts); };
  SerialRunner runner;
  record::MemoryRecorder results;
  const RunOutcome outcome =
      run_scenario(scenario(1, 1), test::builtin_catalogue(), runner, results, control);
  EXPECT_TRUE(outcome.bad_checkpoint);
  EXPECT_FALSE(outcome.finished);
}

TEST(FirstReplicate, CallbacksNameReplicatesByTheirNumbers) {
  const ScenarioSpec s = scenario(5, 2);
  std::vector<std::uint32_t> told;
  RunControl control;
  control.only_replicate = 6;
  control.progress = [&](std::uint32_t replicate, int, std::size_t, std::size_t) {
    told.push_back(replicate);
  };
  std::vector<std::uint32_t> observed;
  control.observe = [&](const CountyYear& at) { observed.push_back(at.replicate); };
  SerialRunner runner;
  SmallRun run;
  run.outcome = run_scenario(s, test::builtin_catalogue(), runner, run.results, control);
  ASSERT_TRUE(run.outcome.finished);
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told, std::vector<std::uint32_t>(told.size(), 6));
  EXPECT_EQ(observed, told);
  EXPECT_EQ(values_of(run, 0, 1), values_of(run_small(scenario(6, 1)), 0, 0));
}

}  // namespace
}  // namespace terrace

// A run that stops anywhere goes on to the same results: within a year, at an opening, when it is
// over, with another number of workers, with each replicate at a year of its own. And one that
// branches off. What is Slow repeats under sanitizers what the others show there.
#include <atomic>

#include <gtest/gtest.h>

#include "engine/world.hpp"
#include "parallel/thread_runner.hpp"
#include "support/saved_states.hpp"
#include "support/small_scenario.hpp"

namespace terrace {
namespace {

using test::SavedStates;

ScenarioSpec scenario(std::uint32_t replicates = 1) {
  ScenarioSpec s = test::small_scenario();
  s.replicates = replicates;
  return s;
}

RunOutcome run(const ScenarioSpec& s, unsigned workers, const RunControl& control = {}) {
  ThreadRunner runner(workers);
  record::MemoryRecorder results;
  return run_scenario(s, test::builtin_catalogue(), runner, results, control);
}

std::string whole(const ScenarioSpec& s) { return run(s, 1).digest; }

/// Stops after so many county-years, and keeps the states.
RunOutcome stop_after(const ScenarioSpec& s, std::size_t county_years, unsigned workers,
                      SavedStates& states, bool resumed = false) {
  std::atomic<bool> stop{false};
  std::atomic<std::size_t> done{0};
  RunControl control;
  control.stop = &stop;
  control.progress = [&](std::uint32_t, int, std::size_t, std::size_t) {
    if (done.fetch_add(1) + 1 == county_years) stop = true;
  };
  states.attach(control);
  if (resumed) states.give(control);
  return run(s, workers, control);
}

RunOutcome resume(const ScenarioSpec& s, const SavedStates& states, unsigned workers) {
  RunControl control;
  states.give(control);
  return run(s, workers, control);
}

std::size_t counties_of(const ScenarioSpec& s) {
  std::size_t counties = 0;
  RunControl control;
  std::atomic<bool> stop{false};
  control.stop = &stop;
  control.progress = [&](std::uint32_t, int, std::size_t, std::size_t all) {
    counties = all;
    stop = true;
  };
  run(s, 1, control);
  return counties;
}

TEST(CheckpointSlow, StoppedWithinAnyYearItGoesOnWithOtherWorkers) {
  const ScenarioSpec s = scenario();
  const std::string expected = whole(s);
  const std::size_t counties = counties_of(s);
  ASSERT_GT(counties, 3U);
  for (std::size_t year = 0; year < 8; ++year) {
    SavedStates states;
    const auto workers = static_cast<unsigned>(1 + year % 3);
    const RunOutcome first = stop_after(s, year * counties + 1 + year % 2, workers, states);
    ASSERT_FALSE(first.finished);
    ASSERT_EQ(states.newest().size(), 1U);
    const Standing& at = states.newest().at(0).standing;
    EXPECT_EQ(at.at, Standing::At::within);
    EXPECT_EQ(at.year, 2011 + static_cast<int>(year));
    EXPECT_EQ(resume(s, states, 4 - workers).digest, expected) << at.year;
  }
}

TEST(Checkpoint, StoppedAgainAndAgain) {
  const ScenarioSpec s = scenario(2);
  const std::string expected = whole(s);
  SavedStates states;
  RunOutcome out = stop_after(s, 3, 1, states);
  int rounds = 1;
  for (; !out.finished && rounds < 200; ++rounds) {
    out = stop_after(s, 23, static_cast<unsigned>(1 + rounds % 2), states, true);
  }
  EXPECT_EQ(out.digest, expected);
  EXPECT_GT(rounds, 3);
}

TEST(CheckpointSlow, EveryOpeningIsAStateToGoOnFrom) {
  const ScenarioSpec s = scenario();
  SavedStates states;
  RunControl control;
  std::vector<int> asked;
  control.wants_state = [&](std::uint32_t, int year) {
    asked.push_back(year);
    return true;
  };
  states.attach(control);
  const std::string expected = run(s, 2, control).digest;
  EXPECT_EQ(asked, (std::vector<int>{2012, 2013, 2014, 2015, 2016, 2017, 2018}))
      << "the first is not asked for";
  EXPECT_EQ(expected, whole(s)) << "saving changes nothing";
  for (const int year : asked) {
    states.go_back(0, year);
    ASSERT_EQ(states.newest().at(0).standing.at, Standing::At::opening);
    EXPECT_EQ(resume(s, states, 1).digest, expected) << year;
  }
}

TEST(Checkpoint, AFinishedReplicateIsSmallAndNotRepeated) {
  const ScenarioSpec s = scenario(2);
  SavedStates states;
  RunControl control;
  states.attach(control);
  const RunOutcome out = run(s, 1, control);
  ASSERT_EQ(states.newest().size(), 2U);
  EXPECT_EQ(states.newest().at(0).standing.at, Standing::At::finished);
  EXPECT_EQ(states.newest().at(0).standing.year, 2019);
  EXPECT_EQ(states.newest().at(0).parts.size(), 1U);
  EXPECT_LT(states.newest().at(0).parts[0].size(), 20'000U);
  RunControl again;
  states.give(again);
  again.progress = [](std::uint32_t, int, std::size_t, std::size_t) { FAIL() << "repeated"; };
  const RunOutcome second = run(s, 1, again);
  EXPECT_EQ(second.digest, out.digest);
  EXPECT_EQ(second.households, out.households);
  EXPECT_EQ(second.persons, out.persons);
  EXPECT_EQ(second.bytes, out.bytes);
  EXPECT_EQ(second.fit_report, out.fit_report);
}

TEST(CheckpointSlow, ReplicatesStandEachAtAYearOfItsOwn) {
  const ScenarioSpec s = scenario(4);
  SavedStates states;
  RunControl control;
  control.wants_state = [](std::uint32_t, int) { return true; };
  states.attach(control);
  const std::string expected = run(s, 1, control).digest;
  states.go_back(0, 2016);
  states.forget(1);
  states.go_back(2, 2013);  // the last one stays finished
  for (const unsigned workers : {1U, 2U, 5U}) {
    EXPECT_EQ(resume(s, states, workers).digest, expected) << workers;
  }
}

TEST(CheckpointSlow, ReplicatesAtOnceStopAndGoOn) {
  const ScenarioSpec s = scenario(5);
  const std::string expected = whole(s);
  const std::size_t counties = counties_of(s);
  ASSERT_GT(replicates_at_once(5, counties, 3), 1U) << "else this tests something else";
  SavedStates states;
  ASSERT_FALSE(stop_after(s, counties * 9, 3, states).finished);
  // Those that had not begun left nothing, and nobody spent time on their people.
  EXPECT_LE(states.newest().size(), 4U);
  EXPECT_GE(states.newest().size(), 1U);
  EXPECT_EQ(resume(s, states, 1).digest, expected);
  EXPECT_EQ(resume(s, states, 2).digest, expected);
}

TEST(Checkpoint, AskedToStopBeforeItBeginsItSavesNothing) {
  std::atomic<bool> stop{true};
  SavedStates states;
  RunControl control;
  control.stop = &stop;
  states.attach(control);
  EXPECT_FALSE(run(scenario(), 2, control).finished);
  EXPECT_TRUE(states.newest().empty());
}

TEST(Checkpoint, ABranchIsTheRunFromTheBeginningWherePoliciesDifferLater) {
  const ScenarioSpec base = scenario();
  SavedStates states;
  RunControl control;
  control.wants_state = [](std::uint32_t, int year) { return year == 2013; };
  states.attach(control);
  const std::string unchanged = run(base, 1, control).digest;
  states.go_back(0, 2013);
  const ScenarioSpec none = test::no_programme(base);
  const ScenarioSpec fewer = test::without(base, "relocation");
  EXPECT_EQ(resume(none, states, 1).digest, whole(none));
  EXPECT_EQ(resume(fewer, states, 2).digest, whole(fewer));
  EXPECT_NE(whole(none), unchanged);
}

TEST(Checkpoint, PartsThatDoNotFitAreRefused) {
  const ScenarioSpec s = scenario();
  SavedStates states;
  ASSERT_FALSE(stop_after(s, 20, 1, states).finished);
  const test::Parts good = states.newest().at(0).parts;
  const auto refused = [&](test::Parts parts) {
    states.newest().at(0).parts = std::move(parts);
    return resume(s, states, 1).bad_checkpoint;
  };
  EXPECT_FALSE(refused(good));
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(refused({good.begin(), good.end() - 1})) << "a county is missing";
  test::Parts parts = good;
  parts[1].pop_back();
  EXPECT_TRUE(refused(parts)) << "a part is cut off";
  parts = good;
  parts[0].push_back(std::byte{0});
  EXPECT_TRUE(refused(parts)) << "a part is too long";
  parts = good;
  parts[0][0] = std::byte{1};
  EXPECT_TRUE(refused(parts)) << "of another replicate";
}

TEST(Checkpoint, TheLayoutHasAName) {
  EXPECT_EQ(engine::state_layout().size(), 32U);
  EXPECT_EQ(engine::state_layout(), engine::state_layout());
}

TEST(Checkpoint, AnotherTypeOfColumnIsAnotherLayout) {
  const auto layout = [](auto... values) {
    Digest digest;
    engine::Bytes bytes;
    engine::StateWriter out(bytes, &digest);
    (out.put(values), ...);
    return digest.hex();
  };
  using Bytes8 = std::vector<std::uint8_t>;
  EXPECT_EQ(layout(Bytes8{1, 2}, 1.0), layout(Bytes8{}, 2.0)) << "whatever the values";
  EXPECT_NE(layout(Bytes8{}), layout(Bytes8{}, Bytes8{})) << "a column more";
  EXPECT_NE(layout(Bytes8{}), layout(std::vector<std::int8_t>{}));
  EXPECT_NE(layout(Bytes8{}), layout(std::vector<std::uint16_t>{}));
  EXPECT_NE(layout(1.0F), layout(std::int32_t{1}));
  EXPECT_NE(layout(Bytes8{}), layout(std::uint8_t{1}));
}

}  // namespace
}  // namespace terrace

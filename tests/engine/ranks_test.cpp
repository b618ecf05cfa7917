// A run over ranks is the run of one process, bit by bit: results, fit report, states.
#include "engine/ranks.hpp"

#include <atomic>
#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include <terrace/indicators.hpp>

#include "engine/run_info.hpp"
#include "parallel/thread_ranks.hpp"
#include "parallel/thread_runner.hpp"
#include "support/panel_run.hpp"
#include "support/saved_states.hpp"
#include "support/small_survey.hpp"

namespace terrace {
namespace {

using test::SavedStates;

/// Four counties of 1,000, 500, 500 and 200 households.
std::vector<County> four_counties() {
  std::vector<County> out(4);
  const double households[] = {500, 1000, 500, 200};
  for (std::size_t i = 0; i < 4; ++i) {
    out[i].true_households = 10 * households[i];
    out[i].fraction = 0.1;
  }
  return out;
}

TEST(Deal, TheLargestFirstToWhoHasLeast) {
  using Owners = std::vector<std::size_t>;
  const auto counties = four_counties();
  EXPECT_EQ(engine::deal_counties(counties, 1), (Owners{0, 0, 0, 0}));
  // 1,000 to rank 0, both of 500 to rank 1, then both have 1,000 and the last goes to rank 0.
  EXPECT_EQ(engine::deal_counties(counties, 2), (Owners{1, 0, 1, 0}));
  // 1,000 to 0, 500 to 1, 500 to 2, 200 to 1.
  EXPECT_EQ(engine::deal_counties(counties, 3), (Owners{1, 0, 2, 1}));
  EXPECT_EQ(engine::deal_counties(counties, 7), (Owners{1, 0, 2, 3})) << "three have nothing";
  EXPECT_TRUE(engine::deal_counties({}, 3).empty());
}

/// Everything a recorder is given of each replicate, as bytes. Replicates may come at once.
class Calls final : public Recorder {
 public:
  void begin(const RunInfo& info) override { of(0).put(info.groups.size()); }
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override {
    const std::lock_guard lock(*mutex_);
    engine::StateWriter out = of(replicate);
    out.put(first), out.put(months), out.put(group), out.put(values);
  }
  void record_panel(std::uint32_t replicate, Month first,
                    std::span<const PanelHousehold> households,
                    std::span<const float> values) override {
    const std::lock_guard lock(*mutex_);
    engine::StateWriter out = of(replicate);
    out.put(first), out.put(values);
    for (const PanelHousehold& h : households) out.put(h.id), out.put(h.weight);
  }
  void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) override {
    const std::lock_guard lock(*mutex_);
    engine::StateWriter out = of(replicate);
    out.put(first), engine::put_events(out, events);
  }
  void end_year(std::uint32_t replicate, int year) override {
    const std::lock_guard lock(*mutex_);
    of(replicate).put(year);
  }
  void end() override { of(0).put(std::uint8_t{1}); }

  std::map<std::uint32_t, engine::Bytes> bytes;

 private:
  engine::StateWriter of(std::uint32_t replicate) { return engine::StateWriter(bytes[replicate]); }
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
};

/// Counts what a rank gives to the others.
class CountedRanks final : public Ranks {
 public:
  explicit CountedRanks(Ranks& ranks) : ranks_(ranks) {}
  std::size_t rank() const override { return ranks_.rank(); }
  std::size_t count() const override { return ranks_.count(); }
  std::vector<std::vector<std::byte>> gather_all(std::span<const std::byte> own) override {
    gathered += own.size();
    return ranks_.gather_all(own);
  }
  std::vector<std::byte> pass(std::size_t from, std::size_t to,
                              std::span<const std::byte> bytes) override {
    if (rank() == from) passed += bytes.size();
    if (rank() == from) longest_pass = std::max(longest_pass, bytes.size());
    return ranks_.pass(from, to, bytes);
  }
  std::size_t gathered = 0, passed = 0, longest_pass = 0;

 private:
  Ranks& ranks_;
};

/// What became of a run on one rank.
struct Seat {
  RunOutcome outcome;
  Calls calls;
  std::size_t gathered = 0, passed = 0, longest_pass = 0;
};
using Seats = std::vector<Seat>;
using Control = std::function<void(RunControl&, std::size_t rank)>;

/// Every rank on a thread of its own, with so many workers.
Seats run_shared(const ScenarioSpec& s, std::size_t count, unsigned workers,
                 const Control& set = {}) {
  ThreadRanks ranks(count);
  Seats seats(count);
  std::vector<std::thread> threads;
  for (std::size_t r = 0; r < count; ++r) {
    threads.emplace_back([&, r] {
      CountedRanks here(ranks.rank(r));
      RunControl control;
      control.ranks = &here;
      if (set) set(control, r);
      ThreadRunner runner(workers);
      Seat& seat = seats[r];
      seat.outcome = run_scenario(s, test::builtin_catalogue(), runner, seat.calls, control);
      seat.gathered = here.gathered;
      seat.passed = here.passed;
      seat.longest_pass = here.longest_pass;
    });
  }
  for (std::thread& t : threads) t.join();
  return seats;
}

Seat run_alone(const ScenarioSpec& s, const RunControl& control = {}) {
  Seat seat;
  SerialRunner runner;
  seat.outcome = run_scenario(s, test::builtin_catalogue(), runner, seat.calls, control);
  return seat;
}

void expect_same(const RunOutcome& got, const RunOutcome& expected) {
  EXPECT_EQ(got.finished, expected.finished);
  EXPECT_EQ(got.digest, expected.digest);
  EXPECT_EQ(got.group_digests, expected.group_digests);
  EXPECT_EQ(got.fit_report, expected.fit_report);
  EXPECT_EQ(got.households, expected.households);
  EXPECT_EQ(got.persons, expected.persons);
}

void expect_same_on_ranks(const ScenarioSpec& s, std::initializer_list<std::size_t> counts,
                          unsigned most_workers = 2) {
  const Seat expected = run_alone(s);
  ASSERT_TRUE(expected.outcome.finished);
  ASSERT_FALSE(expected.outcome.fit_report.empty());
  for (const std::size_t count : counts) {
    for (unsigned workers = 1; workers <= most_workers; ++workers) {
      SCOPED_TRACE(std::to_string(count) + " ranks, " + std::to_string(workers) + " workers");
      const Seats seats = run_shared(s, count, workers);
      for (const Seat& seat : seats) expect_same(seat.outcome, expected.outcome);
      EXPECT_EQ(seats[0].calls.bytes, expected.calls.bytes);
      for (std::size_t r = 1; r < count; ++r) EXPECT_TRUE(seats[r].calls.bytes.empty());
    }
  }
}

/// Five years, the first registration among them; no panel.
ScenarioSpec scenario() {
  ScenarioSpec s = test::small_scenario();
  s.end = month_of(2015, 12);
  s.output.panel_households = 0;
  return s;
}

std::size_t counties_of(const ScenarioSpec& s) {
  return engine::info_of(s, test::builtin_catalogue()).groups[2].regions.size();
}

TEST(RanksSlow, GiveTheSameResults) {
  ScenarioSpec s = scenario();
  s.replicates = 2;
  ASSERT_EQ(counties_of(s), 6U) << "some of 7 and of 31 ranks have none";
  expect_same_on_ranks(s, {1, 2, 3, 4, 7, 31});
}

TEST(Ranks, GiveTheSamePanelAndDiary) {
  expect_same_on_ranks(test::with_panel(scenario(), 300), {2, 7}, 1);
}

TEST(RanksSlow, GiveTheSameResultsOfSurveyedPeople) {
  test::SmallSurvey survey;
  for (int k = 0; k < 40; ++k) {
    survey.add(1.0 + k % 3, 1 + static_cast<std::size_t>(k % 5));
    survey.set_incomes(5'000.0F + 200.0F * static_cast<float>(k));
  }
  ScenarioSpec s = scenario();
  s.population.survey = survey.make();
  expect_same_on_ranks(s, {2, 31}, 1);
}

/// The states at all openings and at the end.
std::map<int, test::Parts> states_of(const ScenarioSpec& s, std::size_t ranks) {
  std::map<int, test::Parts> out;
  run_shared(s, ranks, 1, [&](RunControl& control, std::size_t rank) {
    if (rank != 0) return;  // the others are not asked
    control.wants_state = [](std::uint32_t, int) { return true; };
    control.save = [&](const Standing& at, const auto& write) {
      write(test::put_into(out[at.year]));
    };
  });
  return out;
}

TEST(RanksStateSlow, IsTheSameBytes) {
  const ScenarioSpec s = test::with_panel(scenario(), 50);
  std::map<int, test::Parts> expected = states_of(s, 1);
  ASSERT_EQ(expected.size(), 5U);
  EXPECT_EQ(expected.at(2014).size(), 1 + counties_of(s));
  // But for the end, which says how much memory was held: that depends on who grew which column.
  EXPECT_EQ(expected.at(2016).size(), 1U);
  expected.erase(2016);
  for (const std::size_t ranks : {2U, 4U, 31U}) {
    std::map<int, test::Parts> got = states_of(s, ranks);
    got.erase(2016);
    ASSERT_EQ(got.size(), expected.size());
    for (const auto& [year, parts] : expected) {
      ASSERT_EQ(got.at(year).size(), parts.size());
      for (std::size_t i = 0; i < parts.size(); ++i) {
        EXPECT_TRUE(got.at(year)[i] == parts[i])
            << ranks << " ranks, " << year << ", part " << i << " differs";
      }
    }
  }
}

/// Asks rank `asked` to stop as it closes its first county of `year`, and keeps the state.
Seats stop_in(const ScenarioSpec& s, std::size_t ranks, std::size_t asked, int year,
              SavedStates& states) {
  std::atomic<bool> stop{false};
  return run_shared(s, ranks, 1, [&](RunControl& control, std::size_t rank) {
    if (rank == 0) states.attach(control);
    if (rank == 0) states.give(control);
    if (rank != asked) return;
    control.stop = &stop;
    control.observe = [&stop, year](const CountyYear& at) {
      if (at.frame.year == year) stop = true;
    };
  });
}

Seats go_on(const ScenarioSpec& s, std::size_t ranks, const SavedStates& states) {
  return run_shared(s, ranks, 2, [&](RunControl& control, std::size_t rank) {
    if (rank == 0) states.give(control);
  });
}

TEST(RanksStop, AnyRankStopsAllAndAnyNumberGoesOn) {
  const ScenarioSpec s = test::with_panel(scenario(), 50);
  const RunOutcome expected = run_alone(s).outcome;
  const std::size_t counts[] = {1, 2, 3, 4, 7};
  for (int year = 2011; year <= 2015; ++year) {
    const std::size_t ranks = counts[static_cast<std::size_t>(year - 2011)];
    const std::size_t asked = ranks - 1;
    SCOPED_TRACE(year);
    SavedStates states;
    const Seats stopped = stop_in(s, ranks, asked, year, states);
    // One with a single county has finished the year with it; then all have, and stop in the next.
    const bool finished = stopped[0].outcome.finished;
    for (const Seat& seat : stopped) {
      EXPECT_EQ(seat.outcome.finished, finished);
      EXPECT_FALSE(seat.outcome.bad_checkpoint);
    }
    if (finished) continue;
    ASSERT_EQ(states.newest().size(), 1U);
    EXPECT_EQ(states.newest().at(0).standing.at, Standing::At::within);
    for (const std::size_t next : {std::size_t{1}, 8 - ranks}) {
      for (const Seat& seat : go_on(s, next, states)) expect_same(seat.outcome, expected);
    }
  }
}

TEST(RanksStop, BeforeItBeginsOnARankWithoutCounties) {
  const std::atomic<bool> stop{true};
  SavedStates states;
  const Seats seats = run_shared(scenario(), 31, 1, [&](RunControl& control, std::size_t rank) {
    if (rank == 30) control.stop = &stop;
    if (rank == 0) states.attach(control);
  });
  for (const Seat& seat : seats) EXPECT_FALSE(seat.outcome.finished);
  EXPECT_TRUE(states.newest().empty());
}

TEST(RanksStopSlow, StoppedAgainAndAgain) {
  ScenarioSpec s = scenario();
  s.replicates = 2;
  const RunOutcome expected = run_alone(s).outcome;
  SavedStates states;
  const std::size_t counts[] = {4, 1, 3, 2};
  bool finished = false;
  for (int round = 0; round < 40 && !finished; ++round) {
    const std::size_t ranks = counts[round % 4];
    const Seats seats = stop_in(s, ranks, ranks - 1, 2011 + round % 5, states);
    finished = seats[0].outcome.finished;
    if (!finished) continue;
    EXPECT_GT(round, 5);
    for (const Seat& seat : seats) expect_same(seat.outcome, expected);
  }
  EXPECT_TRUE(finished);
}

TEST(RanksState, OneThatDoesNotFitEndsAllRanks) {
  const ScenarioSpec s = scenario();
  SavedStates states;
  ASSERT_FALSE(stop_in(s, 2, 0, 2013, states)[0].outcome.finished);
  const test::Parts good = states.newest().at(0).parts;
  const auto refused = [&](test::Parts parts) {
    states.newest().at(0).parts = std::move(parts);
    const Seats seats = go_on(s, 4, states);
    for (const Seat& seat : seats) {
      EXPECT_EQ(seat.outcome.bad_checkpoint, seats[0].outcome.bad_checkpoint);
      EXPECT_EQ(seat.outcome.finished, !seat.outcome.bad_checkpoint);
    }
    return seats[0].outcome.bad_checkpoint;
  };
  EXPECT_FALSE(refused(good));
  EXPECT_TRUE(refused({}));
  EXPECT_TRUE(refused({good.begin(), good.end() - 1})) << "the last county is missing";
  for (std::size_t i = 0; i < good.size(); ++i) {
    test::Parts parts = good;
    parts[i].pop_back();
    EXPECT_TRUE(refused(parts)) << "part " << i << " is cut off";
  }
}

TEST(RanksState, MayBeAskedForNeverTwiceOrByOneWhoGivesUp) {
  const ScenarioSpec s = scenario();
  const RunOutcome expected = run_alone(s).outcome;
  std::vector<test::Parts> twice(2);
  const Seats seats = run_shared(s, 3, 1, [&](RunControl& control, std::size_t rank) {
    if (rank != 0) return;
    control.wants_state = [](std::uint32_t, int) { return true; };
    control.save = [&](const Standing& at, const auto& write) {
      if (at.year == 2012) return;
      if (at.year == 2013) {
        for (test::Parts& parts : twice) write(test::put_into(parts));
        return;
      }
      for (std::size_t most = 0; most < 4; ++most) {
        std::size_t given = 0;
        try {
          write([&](std::span<const std::byte>) {
            if (given++ == most) throw std::runtime_error("disk full");
          });
        } catch (const std::runtime_error&) {
          EXPECT_EQ(given, most + 1);
        }
      }
    };
  });
  for (const Seat& seat : seats) expect_same(seat.outcome, expected);
  EXPECT_EQ(twice[0].size(), 1 + counties_of(s));
  EXPECT_EQ(twice[0], twice[1]);
}

/// Bytes of a county's report of a year: what a longer run tells more.
TEST(Ranks, TellEachOtherLittle) {
  for (const std::uint32_t panel : {0U, 300U}) {
    const auto told = [&](int last_year) {
      ScenarioSpec s = test::with_panel(scenario(), panel);
      s.end = month_of(last_year, 12);
      double sum = 0.0;
      for (const Seat& seat : run_shared(s, 4, 1)) sum += static_cast<double>(seat.gathered);
      return sum / static_cast<double>(counties_of(s));
    };
    const double report = told(2015) - told(2014);
    RecordProperty(panel > 0 ? "bytes_with_panel" : "bytes", std::to_string(report));
    EXPECT_GT(report, 12.0 * 8.0 * kSums) << "less than the sums of twelve months";
    EXPECT_LT(report, panel > 0 ? 450'000.0 : 50'000.0);
  }
}

}  // namespace
}  // namespace terrace

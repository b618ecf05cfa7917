// The same bits, whoever does the work and in whatever order; and nothing of a run that was
// stopped.
#include <algorithm>
#include <atomic>

#include <gtest/gtest.h>

#include "parallel/thread_runner.hpp"
#include "support/small_scenario.hpp"

namespace terrace {
namespace {

using test::run_small;
using test::small_scenario;
using test::SmallRun;

/// Jobs in an order of its own, on workers that change all the time.
class OddRunner final : public CountyRunner {
 public:
  enum class Order { reverse, odd_first };
  explicit OddRunner(Order order) : order_(order) {}
  std::size_t workers() const override { return 3; }
  void run(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) override {
    std::vector<std::size_t> jobs(count);
    for (std::size_t i = 0; i < count; ++i) jobs[i] = count - 1 - i;
    if (order_ == Order::odd_first) {
      std::stable_partition(jobs.begin(), jobs.end(), [](std::size_t i) { return i % 2 == 1; });
    }
    for (const std::size_t i : jobs) body(i, turn_++ % 3);
  }

 private:
  Order order_;
  std::size_t turn_ = 0;
};

ScenarioSpec two_replicates() {
  ScenarioSpec s = small_scenario();
  s.replicates = 2;
  return s;
}

TEST(Determinism, ThreadsDoNotMatter) {
  const ScenarioSpec s = two_replicates();
  const SmallRun serial = run_small(s);
  ASSERT_TRUE(serial.outcome.finished);
  for (const unsigned threads : {1U, 2U, 3U, 7U}) {
    ThreadRunner runner(threads);
    const SmallRun run = run_small(s, runner);
    EXPECT_EQ(run.outcome.digest, serial.outcome.digest) << threads << " threads";
    EXPECT_EQ(run.outcome.group_digests, serial.outcome.group_digests);
  }
}

TEST(Determinism, OrderOfCountiesAndScratchDoNotMatter) {
  const ScenarioSpec s = two_replicates();
  const std::string digest = run_small(s).outcome.digest;
  for (const auto order : {OddRunner::Order::reverse, OddRunner::Order::odd_first}) {
    OddRunner runner(order);
    EXPECT_EQ(run_small(s, runner).outcome.digest, digest);
  }
}

TEST(Determinism, TheSameTwiceAndAnotherSeedOrReplicateDiffers) {
  ScenarioSpec s = two_replicates();
  const SmallRun first = run_small(s);
  EXPECT_EQ(run_small(s).outcome.digest, first.outcome.digest);
  s.seed = 12;
  EXPECT_NE(run_small(s).outcome.digest, first.outcome.digest);
  const Month m = month_of(2016, 12);
  EXPECT_NE(first.at("mean_income", m, 0, 0, 0), first.at("mean_income", m, 0, 0, 1));
}

TEST(Determinism, AReplicateDoesNotDependOnHowManyThereAre) {
  const SmallRun both = run_small(two_replicates());
  const SmallRun one = run_small(small_scenario());
  const std::span<const double> a = one.results.values(2);
  const std::span<const double> b = both.results.values(2);
  ASSERT_EQ(2 * a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    ASSERT_TRUE(a[i] == b[i] || (a[i] != a[i] && b[i] != b[i])) << i;
  }
}

TEST(Determinism, ThePastDoesNotDependOnTheEnd) {
  ScenarioSpec shorter = small_scenario();
  shorter.end = month_of(2015, 12);
  const SmallRun early = run_small(shorter);
  const SmallRun whole = run_small(small_scenario());
  for (Month m = shorter.start; m <= shorter.end; ++m) {
    EXPECT_EQ(early.at("mean_income", m), whole.at("mean_income", m));
    EXPECT_EQ(early.at("registered_persons", m), whole.at("registered_persons", m));
  }
}

TEST(Stop, LeavesNoOutcome) {
  std::atomic<bool> stop{false};
  RunControl control;
  control.stop = &stop;
  std::size_t reported = 0;
  control.progress = [&](std::uint32_t, int year, std::size_t, std::size_t) {
    ++reported;
    if (year == 2013) stop = true;
  };
  SerialRunner runner;
  record::MemoryRecorder results;
  const RunOutcome outcome =
      run_scenario(small_scenario(), test::builtin_catalogue(), runner, results, control);
  EXPECT_FALSE(outcome.finished);
  EXPECT_TRUE(outcome.digest.empty());
  EXPECT_TRUE(outcome.group_digests.empty());
  EXPECT_GT(reported, 0U);
}

TEST(Stop, ProgressCountsEveryCountyOfEveryYear) {
  RunControl control;
  std::map<int, std::size_t> done;
  std::size_t all = 0;
  control.progress = [&](std::uint32_t, int year, std::size_t n, std::size_t counties) {
    done[year] = std::max(done[year], n);
    all = counties;
  };
  SerialRunner runner;
  record::MemoryRecorder results;
  const RunOutcome outcome =
      run_scenario(small_scenario(), test::builtin_catalogue(), runner, results, control);
  EXPECT_TRUE(outcome.finished);
  ASSERT_EQ(done.size(), 8U);
  for (const auto& [year, n] : done) EXPECT_EQ(n, all) << year;
}

}  // namespace
}  // namespace terrace

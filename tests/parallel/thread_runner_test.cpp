#include "parallel/thread_runner.hpp"

#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

TEST(ThreadRunner, DoesEveryJobOnce) {
  for (const unsigned threads : {0u, 1u, 2u, 3u, 7u, 16u}) {
    ThreadRunner runner(threads);
    EXPECT_EQ(runner.workers(), std::max(threads, 1u));
    for (const std::size_t jobs : {0u, 1u, 2u, 5u, 1000u}) {
      std::vector<int> done(jobs, 0);  // plain ints: a job done twice at a time is a race for TSan
      runner.run(jobs, [&](std::size_t job, std::size_t) { ++done[job]; });
      EXPECT_EQ(done, std::vector<int>(jobs, 1)) << threads << " threads";
    }
  }
}

TEST(ThreadRunner, NoTwoJobsShareAWorkerAtATime) {
  constexpr std::size_t threads = 4;
  ThreadRunner runner(threads);
  std::vector<std::size_t> scratch(threads, 0);  // plain, as the engine's scratch is
  for (int year = 0; year < 13; ++year) {
    runner.run(500, [&](std::size_t, std::size_t worker) { ++scratch.at(worker); });
  }
  std::size_t sum = 0;
  for (const std::size_t count : scratch) sum += count;
  EXPECT_EQ(sum, 13u * 500u);
}

TEST(ThreadRunner, RunsJobsAtTheSameTime) {
  ThreadRunner runner(2);
  std::atomic<int> here{0};
  // Each job waits for the other; one thread alone would never end.
  runner.run(2, [&](std::size_t, std::size_t) {
    ++here;
    while (here < 2) std::this_thread::yield();
  });
  EXPECT_EQ(here, 2);
}

TEST(ThreadRunner, WhatJobsWroteIsSeenAfterwards) {
  ThreadRunner runner(3);
  std::vector<double> reports(64, 0.0);
  for (int year = 1; year <= 20; ++year) {
    runner.run(reports.size(), [&](std::size_t job, std::size_t) { reports[job] += year; });
    for (double& report : reports) report += 0.0;  // the nation reads them
  }
  for (const double report : reports) EXPECT_EQ(report, 210.0);
}

}  // namespace
}  // namespace terrace

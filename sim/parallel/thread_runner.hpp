// Deals county-years out to threads.
#pragma once

#include <cstddef>
#include <functional>

#include <terrace/simulation.hpp>

namespace terrace {

/// Runs jobs on threads of its own and on the calling one. Threads live for one run() only: a run
/// of thirteen years starts them thirteen times, which costs less than a millisecond in all.
class ThreadRunner final : public CountyRunner {
 public:
  /// 0 counts as 1.
  explicit ThreadRunner(unsigned threads) : threads_(threads == 0 ? 1 : threads) {}

  std::size_t workers() const override { return threads_; }

  /// Returns when all jobs are done. `body` must not throw. The worker number of a job is below
  /// workers(), and no two jobs run at the same time under one number.
  void run(std::size_t count,
           const std::function<void(std::size_t job, std::size_t worker)>& body) override;

 private:
  std::size_t threads_;
};

}  // namespace terrace

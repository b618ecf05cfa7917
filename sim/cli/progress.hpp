// How far a run has come: one line that is rewritten on a terminal, a line a simulated year
// elsewhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include <terrace/scenario.hpp>

namespace terrace::cli {

class Progress {
 public:
  /// `done_before`: years of each replicate that an earlier process has done.
  Progress(const ScenarioSpec& spec, const std::vector<int>& done_before, bool quiet);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  /// `replicate`: its place in the run. May be called from any thread.
  void operator()(std::uint32_t replicate, int year, std::size_t done, std::size_t counties);

  /// Takes the line away, so that what is printed next stands alone.
  void clear();

  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  double fraction() const;

  int first_year_;
  int years_;
  std::vector<double> done_;  ///< years, by replicate; of the year at hand the part of counties
  double fraction_before_;
  bool quiet_;
  bool terminal_;
  bool line_shown_ = false;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_shown_{};
  std::mutex mutex_;
};

}  // namespace terrace::cli

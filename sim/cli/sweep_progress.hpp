// How far a process is with its runs of a sweep: one line that is rewritten on a terminal,
// elsewhere lines of text or JSON, at most one a second.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "sweep/execute.hpp"

namespace terrace::cli {

class SweepProgress {
 public:
  enum class Form : unsigned char { none, text, json };

  /// `done_before`: runs of these that had a result when the process began.
  SweepProgress(std::size_t runs, std::size_t done_before, Form form);
  ~SweepProgress() { clear(); }
  SweepProgress(const SweepProgress&) = delete;
  SweepProgress& operator=(const SweepProgress&) = delete;

  void operator()(const sweep::Counts& counts);

  /// Takes the line away, so that what is printed next stands alone.
  void clear();
  double seconds() const;

 private:
  using Clock = std::chrono::steady_clock;

  std::string text(const sweep::Counts& counts) const;
  std::string json(const sweep::Counts& counts) const;
  double seconds_left(const sweep::Counts& counts) const;

  std::size_t runs_;
  std::size_t done_before_;
  Form form_;
  bool terminal_;
  bool line_shown_ = false;
  std::size_t told_ = 0;  ///< runs that were over in the last line
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_shown_{};
};

}  // namespace terrace::cli

// Ctrl-C, SIGTERM and SIGUSR1 (a scheduler's warning that time is running out): the first asks the
// run to stop at the next county-year, the second ends at once.
#pragma once

#include <atomic>

namespace terrace::cli {

/// In force while it lives; one at a time.
class StopOnSignals {
 public:
  StopOnSignals();
  ~StopOnSignals();
  StopOnSignals(const StopOnSignals&) = delete;
  StopOnSignals& operator=(const StopOnSignals&) = delete;

  /// True once a signal has come, or ask() was called.
  static const std::atomic<bool>& asked();
  /// Asks the run to stop for another reason. A signal that comes later is still the first.
  static void ask();
};

}  // namespace terrace::cli

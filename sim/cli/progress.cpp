#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string>

#include <fmt/core.h>
#include <unistd.h>

#include "cli/estimate.hpp"
#include "cli/print.hpp"

namespace terrace::cli {

Progress::Progress(const ScenarioSpec& spec, const std::vector<int>& done_before, bool quiet)
    : first_year_(year_of(spec.start)),
      years_(year_of(spec.end) - year_of(spec.start) + 1),
      done_(done_before.begin(), done_before.end()),
      fraction_before_(0.0),
      quiet_(quiet),
      terminal_(::isatty(STDERR_FILENO) == 1) {
  fraction_before_ = fraction();
}

double Progress::fraction() const {
  const double all = static_cast<double>(years_) * static_cast<double>(done_.size());
  return std::clamp(std::accumulate(done_.begin(), done_.end(), 0.0) / all, 0.0, 1.0);
}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - started_).count();
}

void Progress::operator()(std::uint32_t replicate, int year, std::size_t done,
                          std::size_t counties) {
  constexpr auto kPause = std::chrono::milliseconds(100);
  if (quiet_) return;
  const std::lock_guard lock(mutex_);
  const bool year_done = done >= counties;
  const double part =
      counties == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(counties);
  // Calls of one replicate may come in another order than they were made.
  double& so_far = done_.at(replicate);
  so_far = std::max(so_far, year - first_year_ + part);
  if (terminal_ ? !year_done && Clock::now() - last_shown_ < kPause : !year_done) return;
  last_shown_ = Clock::now();
  const double left =
      seconds() * (1.0 - fraction()) / std::max(1e-9, fraction() - fraction_before_);
  std::string text = std::to_string(year);
  // Several may be on their way at once, each in a year of its own; the share is of all of them.
  if (done_.size() > 1)
    text = fmt::format("replicate {}/{}, {}", replicate + 1, done_.size(), text);
  text += fmt::format(": {:3.0f} %, {} so far, about {} left", 100.0 * fraction(),
                      seconds_text(seconds()), seconds_text(left));
  if (terminal_) {
    say("\r" + text + "\x1b[K");
    line_shown_ = true;
  } else {
    say(text + "\n");
  }
  std::fflush(stderr);
}

void Progress::clear() {
  const std::lock_guard lock(mutex_);
  if (line_shown_) say("\r\x1b[K");
  line_shown_ = false;
}

}  // namespace terrace::cli

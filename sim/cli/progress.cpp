#include "cli/progress.hpp"

#include <algorithm>
#include <cstdio>
#include <string>

#include <fmt/core.h>
#include <unistd.h>

#include "cli/estimate.hpp"
#include "cli/print.hpp"

namespace terrace::cli {

Progress::Progress(const ScenarioSpec& spec, bool quiet)
    : first_year_(year_of(spec.start)),
      years_(year_of(spec.end) - year_of(spec.start) + 1),
      replicates_(spec.replicates),
      quiet_(quiet),
      terminal_(::isatty(STDERR_FILENO) == 1) {}

double Progress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - started_).count();
}

void Progress::operator()(std::uint32_t replicate, int year, std::size_t done,
                          std::size_t counties) {
  constexpr auto kPause = std::chrono::milliseconds(100);
  if (quiet_) return;
  const std::lock_guard lock(mutex_);
  const bool year_done = done >= counties;
  if (terminal_ ? !year_done && Clock::now() - last_shown_ < kPause : !year_done) return;
  last_shown_ = Clock::now();
  const double part =
      counties == 0 ? 1.0 : static_cast<double>(done) / static_cast<double>(counties);
  const double all = static_cast<double>(years_) * replicates_;
  const double fraction = std::clamp(
      (static_cast<double>(years_) * replicate + (year - first_year_) + part) / all, 1e-9, 1.0);
  const double left = seconds() * (1.0 - fraction) / fraction;
  std::string text = std::to_string(year);
  if (replicates_ > 1) text = fmt::format("replicate {}/{}, {}", replicate + 1, replicates_, text);
  text += fmt::format(": {:3.0f} %, {} so far, about {} left", 100.0 * fraction,
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

#include "cli/sweep_progress.hpp"

#include <cmath>
#include <limits>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/estimate.hpp"
#include "cli/print.hpp"

namespace terrace::cli {

SweepProgress::SweepProgress(std::size_t runs, std::size_t done_before, Form form)
    : runs_(runs),
      done_before_(done_before),
      form_(form),
      terminal_(form == Form::text && ::isatty(STDERR_FILENO) == 1) {}

void SweepProgress::operator()(const sweep::Counts& counts) {
  if (form_ == Form::none) return;
  const std::size_t over = counts.done + counts.failed;
  const auto now = Clock::now();
  // The last run is told at once; before it, where nothing is rewritten, only news.
  const bool last = counts.running == 0 && counts.left == 0;
  if (!terminal_ && over == told_) return;
  if (!last && now - last_shown_ < std::chrono::milliseconds(terminal_ ? 200 : 1000)) return;
  last_shown_ = now;
  told_ = over;
  if (form_ == Form::json) {
    say(json(counts));
  } else {
    say(terminal_ ? "\r" + text(counts) + "\x1b[K" : text(counts) + "\n");
  }
  line_shown_ = terminal_;
}

void SweepProgress::clear() {
  if (line_shown_) say("\r\x1b[K");
  line_shown_ = false;
}

double SweepProgress::seconds() const {
  return std::chrono::duration<double>(Clock::now() - started_).count();
}

double SweepProgress::seconds_left(const sweep::Counts& counts) const {
  // A run that fails may take no time at all: those that are done say how long the others take.
  const auto done = static_cast<double>(counts.done);
  if (done == 0.0) return std::numeric_limits<double>::quiet_NaN();
  return seconds() * static_cast<double>(counts.running + counts.left) / done;
}

std::string SweepProgress::text(const sweep::Counts& counts) const {
  std::string out =
      fmt::format("{} of {} runs done, {} failed, {} running, {} left", done_before_ + counts.done,
                  runs_, counts.failed, counts.running, counts.left);
  const double left = seconds_left(counts);
  if (left > 0.0) out += fmt::format("; about {} left", seconds_text(left));
  return out;
}

std::string SweepProgress::json(const sweep::Counts& counts) const {
  const double left = seconds_left(counts);
  nlohmann::ordered_json out = {{"event", "progress"},
                                {"runs", runs_},
                                {"done", done_before_ + counts.done},
                                {"failed", counts.failed},
                                {"running", counts.running},
                                {"left", counts.left},
                                {"seconds", seconds()},
                                {"seconds_left", nullptr}};
  if (!std::isnan(left)) out["seconds_left"] = left;
  return out.dump() + '\n';
}

}  // namespace terrace::cli

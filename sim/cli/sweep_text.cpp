#include "cli/sweep_text.hpp"

#include <fmt/core.h>

#include "cli/estimate.hpp"
#include "scenario/diagnostic.hpp"
#include "sweep/job_array.hpp"
#include "sweep/shard.hpp"

namespace terrace::cli {

std::string runs_words(const std::vector<std::size_t>& runs) {
  constexpr std::size_t kMost = 100;  // characters of the list
  std::string list = sweep::runs_text(runs);
  if (list.size() > kMost) {
    list.erase(list.rfind(',', kMost));
    list += fmt::format(",... ({} in all)", count_text(static_cast<double>(runs.size())));
  }
  return (runs.size() == 1 ? "run " : "runs ") + list;
}

std::string why_text(const std::string& why) { return scenario::shown(why, why.size()); }

std::string reasons_text(const sweep::SweepStatus& status, std::size_t most) {
  const std::vector<sweep::Reason> reasons = sweep::reasons_of(status);
  std::string text;
  for (std::size_t i = 0; i < reasons.size() && i < most; ++i) {
    text += fmt::format("  {}: {}\n", runs_words(reasons[i].runs), why_text(reasons[i].why));
  }
  if (reasons.size() > most) {
    text += fmt::format("  and {} more reasons (-v or --json of `terrace sweep status`)\n",
                        reasons.size() - most);
  }
  return text;
}

std::string programs_text(const sweep::SweepStatus& status) {
  std::string text;
  for (const auto& [program, runs] : status.programs) {
    text += fmt::format("  terrace {}: {}\n", program, runs_words(runs));
  }
  return text;
}

std::string damage_text(const sweep::SweepStatus& status) {
  std::string text;
  for (const sweep::BadSegment& bad : status.bad) {
    text += fmt::format("{}: {}\n", bad.file.string(), bad.why);
  }
  return text;
}

std::string quoted(const std::string& word) { return sweep::shell_word(word); }

std::string sweep_command(const std::string& verb, const std::string& folder) {
  return "terrace sweep " + verb + ' ' + quoted(folder);
}

}  // namespace terrace::cli

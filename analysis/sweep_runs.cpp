#include "analysis/sweep_runs.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "analysis/sensitivity_outputs.hpp"

namespace terrace::analysis {
namespace {

constexpr std::size_t kMostNamed = 12;

}  // namespace

std::string runs_text(const std::vector<std::size_t>& runs) {
  std::string out = std::to_string(runs.size()) + (runs.size() == 1 ? " run: " : " runs: ");
  for (std::size_t i = 0; i < std::min(kMostNamed, runs.size()); ++i)
    out += (i == 0 ? "" : ", ") + std::to_string(runs[i]);
  if (runs.size() > kMostNamed) out += " and " + std::to_string(runs.size() - kMostNamed) + " more";
  return out;
}

void refuse_missing_runs(const SweepResults& sweep, const std::string& need,
                         const std::string& folder) {
  std::vector<std::size_t> failed;
  std::vector<std::size_t> missing;
  for (std::size_t run = 0; run < sweep.runs(); ++run) {
    if (sweep.status[run] == RunStatus::failed) failed.push_back(run);
    if (sweep.status[run] == RunStatus::missing) missing.push_back(run);
  }
  if (failed.empty() && missing.empty()) return;
  std::string text = need;
  if (!failed.empty()) text += "\n  failed: " + runs_text(failed);
  if (!missing.empty()) text += "\n  without result: " + runs_text(missing);
  throw NoAnswer(text + "\ndo them with\n  terrace sweep run " + folder +
                 "\n  terrace sweep merge --force " + folder);
}

bool runs_in_order(const SweepResults& sweep) {
  bool fits = sweep.replicates > 0 && sweep.runs() > 0 && sweep.status.size() == sweep.runs() &&
              sweep.replicate.size() == sweep.runs() &&
              sweep.coordinates.size() == sweep.dimensions.size();
  for (const std::vector<double>& column : sweep.coordinates)
    fits = fits && column.size() == sweep.runs();
  for (std::size_t run = 0; fits && run < sweep.runs(); ++run) {
    fits = sweep.point[run] == run / sweep.replicates &&
           sweep.replicate[run] == run % sweep.replicates;
  }
  return fits;
}

std::string level_text(const StudyDimension& dimension, double coordinate) {
  if (!dimension.choices.empty()) return dimension.choices.at(static_cast<std::size_t>(coordinate));
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), coordinate).ptr;
  return {text.data(), end};
}

}  // namespace terrace::analysis

#include "cli/branch.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>
#include <vector>

#include <fmt/core.h>

#include <terrace/series.hpp>

#include "cli/exit_codes.hpp"
#include "scenario/resolved_keys.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;
using scenario::KeyDifference;

/// The folder with the states: `from` itself, or the only one that a run's folder keeps.
fs::path states_folder(const std::string& from) {
  fs::path folder(from);
  std::error_code error;
  if (fs::exists(folder / record::checkpoint_name(0), error)) return folder;
  std::vector<fs::path> kept;
  for (const auto& entry : fs::directory_iterator(folder / record::kKept, error)) {
    if (fs::exists(entry.path() / record::checkpoint_name(0), error)) kept.push_back(entry.path());
  }
  std::ranges::sort(kept);
  if (kept.size() == 1) return kept.front();
  if (kept.empty()) {
    throw Failure(Exit::bad_scenario,
                  from +
                      " holds no checkpoint to branch off from; a run keeps them for the years in "
                      "output.checkpoints.keep");
  }
  std::string names;
  for (const fs::path& path : kept) names += ' ' + path.string();
  throw Failure(Exit::bad_scenario,
                from + " holds checkpoints of several years; name one:" + names);
}

/// Blocks of parameters whose part of the model is idle before the programme; tests/cli compares
/// branches with runs from the beginning.
constexpr std::array<std::string_view, 7> kProgrammeBlocks{
    "identification", "exit_monitoring", "diagnosis", "teams", "evaluation", "follow_up", "budget"};

/// Of those blocks, what acts all the same: the survey is held every year.
constexpr std::array<std::string_view, 5> kSurvey{"quota_shrink", "survey_n", "survey_sd",
                                                  "survey_rotation", "panel_year"};

bool is_idle_parameter(std::string_view key) {
  constexpr std::string_view kPrefix = "parameters.";
  if (!key.starts_with(kPrefix)) return false;
  key.remove_prefix(kPrefix.size());
  const std::size_t dot = key.find('.');
  if (dot == std::string_view::npos) return false;
  return std::ranges::find(kProgrammeBlocks, key.substr(0, dot)) != kProgrammeBlocks.end() &&
         std::ranges::find(kSurvey, key.substr(dot + 1)) == kSurvey.end();
}

/// The values that a resolved scenario writes as `{2012: 2625, 2013: 2736}`.
Series series_of(const std::string& text) {
  Series series;
  std::istringstream in(text);
  int year = 0;
  double value = 0.0;
  char between = 0;
  while (in >> between >> year >> between >> value) series.values[year] = value;
  return series;
}

constexpr std::string_view kLine = "series.poverty_line.values";

/// The last year whose value of a series acts before the branch.
int last_year_before(std::string_view series, int branch) {
  // The line of the year after goes into a year's risk of falling back.
  return series == kLine ? branch : branch - 1;
}

struct YearDifference {
  int year;
  double first;
  double second;
};

/// The first year up to `last` in which two series differ.
std::optional<YearDifference> differ_until(const Series& first, const Series& second, int last) {
  const int from = std::min(first.values.begin()->first, second.values.begin()->first);
  for (int year = std::min(from, last); year <= last; ++year) {
    const double a = first.at(year);
    const double b = second.at(year);
    if (a != b) return YearDifference{year, a, b};
  }
  return std::nullopt;
}

/// Whether a series is the same in all years that act before the branch.
bool same_until(const KeyDifference& d, int branch) {
  const Series first = series_of(d.first);
  const Series second = series_of(d.second);
  if (first.values.empty() || second.values.empty()) return false;
  return !differ_until(first, second, last_year_before(d.key, branch));
}

/// What differs, in words: of a series the first year that counts and differs.
std::string difference_text(const KeyDifference& d, int branch) {
  const Series first = series_of(d.first);
  const Series second = series_of(d.second);
  const bool series = d.key.starts_with("series.") && d.key.ends_with(".values") &&
                      !first.values.empty() && !second.values.empty();
  if (!series) return scenario::differences_text({d});
  const auto at = differ_until(first, second, last_year_before(d.key, branch));
  std::string out =
      fmt::format("{} is {} there and {} here in {}", d.key, at->first, at->second, at->year);
  if (at->year == branch) {
    out += fmt::format(" (the line of {} is in the risks of {})", branch, branch - 1);
  }
  return out;
}

std::string differences_text(const std::vector<KeyDifference>& differences, int branch) {
  constexpr std::size_t kMost = 8;
  std::string out;
  for (std::size_t i = 0; i < std::min(kMost, differences.size()); ++i) {
    out += (i == 0 ? "" : "; ") + difference_text(differences[i], branch);
  }
  if (differences.size() > kMost) {
    out += fmt::format("; and {} more", differences.size() - kMost);
  }
  return out;
}

/// Keys that act on nothing before the year of the branch, or on no result at all. What modules do
/// is the branch's own from its year on; the programme's other rules have acted once it has begun.
bool acts_later(const KeyDifference& d, int branch, int programme) {
  static constexpr std::array<std::string_view, 5> kFree{"name", "title", "time.end",
                                                         "run.replicates", "registry.enabled"};
  const std::string& key = d.key;
  if (std::ranges::find(kFree, key) != kFree.end()) return true;
  if (key.starts_with("policies.") || key.starts_with("output.checkpoints.")) return true;
  if (key.starts_with("series.")) {
    return key.ends_with(".source") || (key.ends_with(".values") && same_until(d, branch));
  }
  return branch <= programme && is_idle_parameter(key);
}

/// What a module offers by places, or as a grant, goes by what was asked for in the December
/// before. Where a module begins with the branch, or by other rules, that was not asked by its
/// rules. A branch at the programme's start must be the run from the beginning, so it is refused
/// there; later it is what happens when a policy changes.
std::vector<std::string> asked_otherwise(const std::vector<KeyDifference>& differences,
                                         const ScenarioSpec& spec, const PolicyCatalogue& catalogue,
                                         int branch) {
  std::vector<std::string> out;
  if (branch > year_of(spec.programme)) return out;
  for (const PolicyEntry& entry : catalogue.entries()) {
    const std::string name(entry.info.name);
    const std::string_view series =
        entry.info.places_series.empty() ? entry.info.grant_series : entry.info.places_series;
    const ModuleSettings& settings = spec.policies.at(name);
    const bool active =
        settings.enabled && year_of(settings.from) <= branch && branch <= year_of(settings.until);
    if (series.empty() || !active) continue;
    if (!(spec.series.find(series)->second.at(branch) > 0.0)) continue;  // nothing to divide
    for (const KeyDifference& d : differences) {
      if (!d.key.starts_with("policies." + name + ".")) continue;
      if (d.key.ends_with(".until") || d.key.ends_with(".cost")) continue;
      out.push_back(d.key + " (what " + name + " offers in " + std::to_string(branch) +
                    " goes by what was asked for in December " + std::to_string(branch - 1) + ")");
    }
  }
  return out;
}

}  // namespace

record::BranchSource open_branch(const std::string& from, const ScenarioSpec& spec,
                                 const PolicyCatalogue& catalogue, const record::JournalRun& run) {
  const fs::path folder = states_folder(from);
  record::BranchSource source(folder, run);
  const int year = source.year();
  if (year > year_of(spec.end)) {
    throw Failure(Exit::bad_scenario, fmt::format("{} opens {}, after the end of the run ({})",
                                                  folder.string(), year, year_of(spec.end)));
  }
  const auto differences = scenario::differing_keys(source.scenario(), run.scenario);
  std::vector<KeyDifference> before;
  for (const KeyDifference& d : differences) {
    if (!acts_later(d, year, year_of(spec.programme))) before.push_back(d);
  }
  std::string reasons = differences_text(before, year);
  for (const std::string& reason : asked_otherwise(differences, spec, catalogue, year)) {
    reasons += (reasons.empty() ? "" : "; ") + reason;
  }
  if (!reasons.empty()) {
    throw Failure(
        Exit::bad_scenario,
        fmt::format("{} cannot be branched off from: what acts before {} must be the same, but {}",
                    folder.string(), year, reasons));
  }
  return source;
}

}  // namespace terrace::cli

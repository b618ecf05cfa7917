#include "sweep/branch_rules.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>
#include <string_view>
#include <system_error>

#include <terrace/series.hpp>

#include "record/csv.hpp"
#include "record/frames.hpp"
#include "record/run_journal.hpp"
#include "scenario/resolved_keys.hpp"

namespace terrace::sweep {
namespace {

namespace fs = std::filesystem;
using scenario::KeyDifference;

/// Whether a folder holds the state of any replicate.
bool holds_states(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const fs::path name = entry.path().filename();
    const std::string number = name.stem().string();
    if (name.extension() == ".bin" && !number.empty() &&
        std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; })) {
      return true;
    }
  }
  return false;
}

/// Blocks of parameters whose part of the model is idle before the programme; tests/cli compares
/// branches with runs from the beginning.
constexpr std::array<std::string_view, 6> kProgrammeBlocks{
    "identification", "exit_monitoring", "diagnosis", "evaluation", "follow_up", "budget"};

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
  std::string out = d.key + " is ";
  record::append_number(out, at->first);
  out += " there and ";
  record::append_number(out, at->second);
  out += " here in " + std::to_string(at->year);
  if (at->year == branch) {
    out += " (the line of " + std::to_string(branch) + " is in the risks of " +
           std::to_string(branch - 1) + ")";
  }
  return out;
}

/// Keys that act on nothing before the year of the branch, or on no result at all. What modules do
/// is the branch's own from its year on; the programme's other rules have acted once it has begun.
bool acts_later(const KeyDifference& d, const Branch& branch, int programme) {
  static constexpr std::array<std::string_view, 5> kFree{"name", "title", "time.end",
                                                         "run.replicates", "run.first_replicate"};
  const bool rules_are_free = branch.year <= programme || branch.past == Past::others;
  const std::string& key = d.key;
  if (std::ranges::find(kFree, key) != kFree.end()) return true;
  if (key.starts_with("output.checkpoints.")) return true;
  if (key == "registry.enabled" || key.starts_with("policies.")) return rules_are_free;
  if (key.starts_with("series.")) {
    return key.ends_with(".source") || (key.ends_with(".values") && same_until(d, branch.year));
  }
  return branch.year <= programme && is_idle_parameter(key);
}

/// What a module offers by places, or as a grant, goes by what was asked for in the December
/// before. Where a module begins with the branch, or by other rules, that was not asked by its
/// rules. A branch at the programme's start must be the run from the beginning, so it is refused
/// there; later it is what happens when a policy changes.
void add_asked_otherwise(const std::vector<KeyDifference>& differences, const ScenarioSpec& spec,
                         const PolicyCatalogue& catalogue, int branch, std::vector<Obstacle>& out) {
  if (branch > year_of(spec.programme)) return;
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
      out.push_back({d.key, d.key + " (what " + name + " offers in " + std::to_string(branch) +
                                " goes by what was asked for in December " +
                                std::to_string(branch - 1) + ")"});
    }
  }
}

}  // namespace

fs::path states_folder(const fs::path& from) {
  if (holds_states(from)) return from;
  std::vector<fs::path> kept;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(from / record::kKept, error)) {
    if (holds_states(entry.path())) kept.push_back(entry.path());
  }
  std::ranges::sort(kept);
  if (kept.size() == 1) return kept.front();
  if (kept.empty()) {
    throw record::BadCheckpoint(from.string() +
                                " holds no checkpoint to branch off from; a run keeps them for the "
                                "years in output.checkpoints.keep");
  }
  std::string names;
  for (const fs::path& path : kept) names += ' ' + path.string();
  throw record::BadCheckpoint(from.string() +
                              " holds checkpoints of several years; name one:" + names);
}

std::vector<Obstacle> obstacles(const Branch& branch, const std::string& resolved,
                                const ScenarioSpec& spec, const PolicyCatalogue& catalogue) {
  const auto differences = scenario::differing_keys(branch.scenario, resolved);
  std::vector<Obstacle> out;
  for (const KeyDifference& d : differences) {
    if (acts_later(d, branch, year_of(spec.programme))) continue;
    out.push_back({d.key, difference_text(d, branch.year)});
  }
  add_asked_otherwise(differences, spec, catalogue, branch.year, out);
  return out;
}

std::string obstacles_text(const std::vector<Obstacle>& all) {
  constexpr std::size_t kMost = 8;
  std::string out;
  for (std::size_t i = 0; i < std::min(kMost, all.size()); ++i) {
    out += (i == 0 ? "" : "; ") + all[i].text;
  }
  if (all.size() > kMost) out += "; and " + std::to_string(all.size() - kMost) + " more";
  return out;
}

}  // namespace terrace::sweep

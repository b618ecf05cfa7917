#include "analysis/compare.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

std::string lines(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& line : all) out += (out.empty() ? "" : "\n") + line;
  return out;
}

std::string folder_name(const std::string& path) {
  std::filesystem::path folder = std::filesystem::path(path).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // "results/x/" means "results/x"
  return folder.filename().string();
}

std::string nation_of(const RunFacts& facts) {
  const std::string name = text_of(facts.settings, "population.layout.name");
  return name.empty() ? "nation" : name;
}

/// Provinces, and in which of them each county lies.
void place_counties(const std::vector<RegionInfo>& regions, WinnerRequest& request) {
  for (const RegionInfo& region : regions) {
    if (region.level == RegionLevel::province) request.provinces.push_back(region);
  }
  for (const RegionInfo& region : regions) {
    if (region.level != RegionLevel::county) continue;
    for (std::size_t p = 0; p < request.provinces.size(); ++p) {
      if (request.provinces[p].name != region.province) continue;
      request.province_of[static_cast<std::uint16_t>(region.id)] = p;
    }
  }
}

/// Columns of the panel that one of the two lacks.
std::vector<std::string> missing_columns(const DecemberPanel& base, const DecemberPanel& alt) {
  std::vector<std::string> out;
  if (base.poor.empty() || alt.poor.empty()) out.emplace_back(kPoor);
  if (base.status.empty()) out.emplace_back(kStatus);
  if (base.cause.empty()) out.emplace_back(kCause);
  return out;
}

}  // namespace

NotComparable::NotComparable(std::vector<std::string> all)
    : std::runtime_error(lines(all)), reasons(std::move(all)) {}

std::vector<RunName> run_names(const std::vector<std::string>& paths) {
  std::set<std::string> different;
  for (const std::string& path : paths) different.insert(folder_name(path));
  const std::set<std::string> folders(paths.begin(), paths.end());
  std::map<std::string, int> times;
  std::vector<RunName> out;
  for (const std::string& path : paths) {
    std::string label = different.size() == folders.size() ? folder_name(path) : path;
    if (const int n = ++times[label]; n > 1) label += " (" + std::to_string(n) + ")";
    out.push_back({path, label});
  }
  return out;
}

Comparer::Comparer(const RunName& name, RunReader base, CompareOptions options)
    : options_(std::move(options)), base_(std::move(base)) {
  out_.base = {facts_of(base_, name.path), name.label, {}};
  out_.differences = differences_table(options_.confidence);
  out_.winners = winners_table(options_.unchanged_share, options_.confidence);
}

void Comparer::note(const std::vector<std::string>& more) {
  for (const std::string& text : more) {
    if (std::find(out_.notes.begin(), out_.notes.end(), text) == out_.notes.end()) {
      out_.notes.push_back(text);
    }
  }
}

void Comparer::add(const RunName& name, const RunReader& alt) {
  ComparedRun run{facts_of(alt, name.path), name.label, {}};
  const RunFacts& base = out_.base.facts;
  PairingVerdict verdict = compare_facts(base, run.facts, options_.pairing);
  if (verdict.reasons.empty()) {
    const PairingVerdict more = compare_burn_in(base, base_, run.facts, alt);
    verdict.reasons = more.reasons;
    verdict.notes.insert(verdict.notes.end(), more.notes.begin(), more.notes.end());
  }
  reasons_.insert(reasons_.end(), verdict.reasons.begin(), verdict.reasons.end());
  if (!reasons_.empty()) return;  // nothing will be given: only more reasons are of interest
  note(verdict.notes);
  run.differs = what_differs(base, run.facts);
  const CommonReplicates replicates = common_replicates(base, run.facts);
  out_.years = compared_years(base, run.facts, options_.pairing);
  add_differences(alt, run, replicates);
  add_winners(alt, run, replicates);
  out_.alts.push_back(std::move(run));
}

void Comparer::add_differences(const RunReader& alt, const ComparedRun& run,
                               const CommonReplicates& replicates) {
  DifferenceRequest request;
  request.nation = nation_of(out_.base.facts);
  request.indicators = options_.indicators;
  request.levels = options_.levels;
  request.years = out_.years;
  request.programme_year = year_of(out_.base.facts.programme);
  request.replicates = replicates;
  request.confidence = options_.confidence;
  const std::size_t rows = out_.differences.rows() + difference_rows(base_, alt, request);
  if (rows > kMostRows) {
    reasons_.push_back("the table would have about " + std::to_string(rows) + " rows, more than " +
                       std::to_string(kMostRows) +
                       "; --indicators, --years or --level makes it smaller");
    return;
  }
  std::vector<std::string> notes;
  append_differences(base_, alt, run.label, request, out_.differences, notes);
  note(notes);
}

void Comparer::add_winners(const RunReader& alt, const ComparedRun& run,
                           const CommonReplicates& replicates) {
  const RunFacts& base = out_.base.facts;
  const auto left_out = [&](const std::string& why) {
    note({"winners and losers of " + run.label + " are left out: " + why});
  };
  if (!base.panel) return left_out(base.path + " has no panel");
  if (!run.facts.panel) return left_out(run.facts.path + " has no panel");
  const std::string size = "output.panel.households";
  if (text_of(base.settings, size) != text_of(run.facts.settings, size)) {
    return left_out("the panels follow other households (" + size + ")");
  }
  WinnerRequest request;
  request.poverty_line = series_of(base.settings, "poverty_line");
  if (request.poverty_line.values.empty()) return left_out("the scenario has no poverty_line");
  const DecemberPanel before = december_panel(base_, out_.years, replicates.base, replicates.count);
  const DecemberPanel after = december_panel(alt, out_.years, replicates.alt, replicates.count);
  if (before.income.empty() || after.income.empty()) {
    return left_out("the panel keeps no column " + std::string(kIncome));
  }
  request.nation = nation_of(base);
  place_counties(base.regions, request);
  request.unchanged_share = options_.unchanged_share;
  request.confidence = options_.confidence;
  if (const auto missing = missing_columns(before, after); !missing.empty()) {
    note({"winners and losers are not told apart by what the panels do not keep: " +
          shortened(missing)});
  }
  append_winners(before, after, run.label, request, out_.winners);
}

Comparison Comparer::finish() {
  std::vector<std::string> unknown;
  for (const std::string& name : options_.indicators) {
    const auto& all = column_of(out_.differences, "indicator").texts;
    if (std::find(all.begin(), all.end(), name) == all.end()) {
      unknown.push_back(name);
    }
  }
  if (!reasons_.empty()) throw NotComparable(std::move(reasons_));
  if (!unknown.empty()) {
    throw NotComparable({"no figures of " + shortened(unknown, unknown.size()) +
                         " in these runs at this level and in these years"});
  }
  if (out_.differences.rows() == 0) {
    throw NotComparable({"the runs share no figures at this level and in these years"});
  }
  return std::move(out_);
}

}  // namespace terrace::analysis

// `terrace compare`: what other policies change for the same people.
#include "analysis/compare.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <terrace/run_reader.hpp>
#include <terrace/version.hpp>

#include "cli/compare_text.hpp"
#include "cli/print.hpp"
#include "cli/table_json.hpp"
#include "cli/verbs.hpp"
#include "record/result_folder.hpp"
#include "record/table_file.hpp"

namespace terrace::cli {
namespace {

using analysis::Comparison;
using Json = nlohmann::ordered_json;

constexpr const char* kAbout = "comparison.json";  ///< marks a folder of a comparison

std::optional<int> year_in(std::string_view text) {
  int year = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), year);
  if (error != std::errc() || end != text.data() + text.size() || text.size() != 4) return {};
  return year;
}

std::optional<analysis::Years> years_in(const std::string& text) {
  if (text.empty()) return {};
  const std::size_t dash = text.find('-');
  const auto first = year_in(std::string_view(text).substr(0, dash));
  const auto last =
      dash == std::string::npos ? first : year_in(std::string_view(text).substr(dash + 1));
  if (!first || !last || *last < *first) {
    throw Failure(Exit::usage, "--years: '" + text + "' is not a year or a span such as 2013-2020");
  }
  return analysis::Years{*first, *last};
}

analysis::CompareOptions analysis_options(const CompareVerbOptions& options) {
  analysis::CompareOptions out;
  out.indicators = options.indicators;
  const bool files = !options.directory.empty();
  out.levels.national =
      options.level.empty() || options.level == "national" || options.level == "all";
  out.levels.province =
      options.level == "province" || options.level == "all" || (options.level.empty() && files);
  out.levels.county = options.level == "county" || options.level == "all";
  out.pairing = {years_in(options.years), options.replicates_in_common};
  out.confidence = options.confidence;
  out.unchanged_share = options.threshold;
  return out;
}

Comparison compare_runs(const CompareVerbOptions& options) {
  const std::vector<analysis::RunName> names = analysis::run_names(options.folders);
  analysis::Comparer comparer(names.front(), RunReader(names.front().path),
                              analysis_options(options));
  for (std::size_t i = 1; i < names.size(); ++i) comparer.add(names[i], RunReader(names[i].path));
  return comparer.finish();
}

Json json_of(const analysis::ComparedRun& run) {
  Json out = {{"label", run.label},
              {"folder", run.facts.path},
              {"scenario", run.facts.scenario},
              {"title", run.facts.title},
              {"results_digest", run.facts.digest},
              {"seed", run.facts.seed},
              {"replicates", run.facts.replicates},
              {"first_replicate", run.facts.first_replicate},
              {"terrace_version", run.facts.version},
              {"commit", run.facts.commit},
              {"replay", run.facts.replay},
              {"panel", run.facts.panel}};
  return out;
}

/// Everything but the rows.
Json json_of(const Comparison& found, const CompareVerbOptions& options) {
  Json out;
  out["terrace_comparison"] = 1;
  out["command"] = options.command;
  out["terrace_version"] = kVersion;
  out["commit"] = commit();
  out["confidence"] = options.confidence;
  out["threshold"] = options.threshold;
  out["years"] = {found.years.first, found.years.last};
  out["notes"] = found.notes;
  out["base"] = json_of(found.base);
  out["alts"] = Json::array();
  for (const analysis::ComparedRun& alt : found.alts) {
    Json entry = json_of(alt);
    entry["differs"] = Json::array();
    for (const analysis::SettingDifference& d : alt.differs) {
      entry["differs"].push_back({{"key", d.key}, {"base", d.base}, {"alt", d.alt}});
    }
    out["alts"].push_back(entry);
  }
  return out;
}

std::string screen_of(const Comparison& found, const CompareVerbOptions& options) {
  if (options.json) {
    Json out = json_of(found, options);
    out["differences"] = json_rows(found.differences);
    out["winners"] = json_rows(found.winners);
    return json_text(out);
  }
  const CompareView view{options.indicators, !options.level.empty() && options.level != "national"};
  return compare_text(found, view, options.confidence);
}

/// What a reader of comparison.h5 alone needs to know.
std::vector<std::pair<std::string, std::string>> attributes_of(const Comparison& found,
                                                               const Json& about) {
  return {{"title", "Paired comparison of runs, alt less base"},
          {"base", found.base.label},
          {"base_digest", found.base.facts.digest},
          {"terrace_version", std::string(kVersion)},
          {"comparison", json_text(about)}};
}

void write_files(Comparison found, const CompareVerbOptions& options,
                 record::ResultFolder& folder) {
  Json about = json_of(found, options);
  std::vector<ResultTable> tables;
  tables.push_back(std::move(found.differences));
  if (found.winners.rows() > 0) tables.push_back(std::move(found.winners));
  for (const ResultTable& table : tables) folder.add(table.name + ".csv", record::table_csv(table));
  folder.add("comparison.h5", record::tables_image(tables, attributes_of(found, about),
                                                   (folder.path() / "comparison.h5").string()));
  about["files"] = Json::object();
  for (const record::FileChecksum& file : folder.checksums()) {
    about["files"][file.name] = {{"bytes", file.bytes}, {"xxh3_128", file.xxh3_128}};
  }
  folder.add(kAbout, json_text(about));
  folder.publish();
}

}  // namespace

Exit compare(const CompareVerbOptions& options) {
  std::optional<record::ResultFolder> folder;
  if (!options.directory.empty()) folder.emplace(options.directory, kAbout, options.force);
  Comparison found = [&] {
    try {
      return compare_runs(options);
    } catch (const analysis::NotComparable& error) {
      std::string text = "these runs cannot be compared";
      for (const std::string& reason : error.reasons) text += "\n  " + reason;
      throw Failure(Exit::bad_scenario, text);
    }
  }();
  for (const std::string& note : found.notes) say("note: " + note + "\n");
  const std::string screen = screen_of(found, options);
  if (folder) {
    write_files(std::move(found), options, *folder);
    say("tables in " + folder->path().string() + "\n");
  }
  put(screen);
  return Exit::done;
}

}  // namespace terrace::cli

// `terrace sensitivity`: which dimensions of a study matter.
#include "analysis/sensitivity.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <terrace/sweep_results.hpp>
#include <terrace/version.hpp>

#include "cli/merged_sweep.hpp"
#include "cli/print.hpp"
#include "cli/sensitivity_figure.hpp"
#include "cli/sensitivity_text.hpp"
#include "cli/sweep_text.hpp"
#include "cli/table_json.hpp"
#include "cli/verbs.hpp"
#include "record/result_folder.hpp"
#include "record/table_file.hpp"

namespace terrace::cli {
namespace {

using analysis::Sensitivity;
using Json = nlohmann::ordered_json;

constexpr const char* kAbout = "sensitivity.json";  ///< marks a folder of an analysis
constexpr double kFigureSeconds = 20.0;

Json json_of(const SweepResults& sweep, const Sensitivity& found,
             const SensitivityOptions& options) {
  Json out;
  out["terrace_sensitivity"] = 1;
  out["command"] = options.command;
  out["terrace_version"] = kVersion;
  out["commit"] = commit();
  out["study"] = sweep.name;
  out["title"] = sweep.title;
  out["plan_digest"] = sweep.plan_digest;
  out["seed"] = std::to_string(sweep.seed);  // text: many readers keep 53 bits of a number
  out["design"] = found.morris ? "morris" : "saltelli";
  out["n"] = found.n;
  if (found.morris) out["levels"] = sweep.design.levels;
  out["points"] = found.points;
  out["replicates"] = sweep.replicates;
  out["resamples"] = options.resamples;
  out["confidence"] = options.confidence;
  out["intervals"] = intervals_text(options.resamples, options.confidence);
  out["notes"] = found.notes;
  out["dimensions"] = Json::array();
  for (const StudyDimension& d : sweep.dimensions) {
    out["dimensions"].push_back({{"name", d.name},
                                 {"key", d.key},
                                 {"unit", d.unit},
                                 {"meaning", d.meaning},
                                 {"low", d.low},
                                 {"high", d.high},
                                 {"choices", d.choices}});
  }
  return out;
}

std::string screen_of(const SweepResults& sweep, const Sensitivity& found,
                      const SensitivityOptions& options) {
  if (!options.json) return sensitivity_text(sweep, found, options.resamples, options.confidence);
  Json out = json_of(sweep, found, options);
  for (const ResultTable& table : found.tables()) out[table.name] = json_rows(table);
  return json_text(out);
}

void write_files(const SweepResults& sweep, const Sensitivity& found,
                 const SensitivityOptions& options, record::ResultFolder& folder) {
  Json about = json_of(sweep, found, options);
  const std::vector<ResultTable> tables = found.tables();
  for (const ResultTable& table : tables) folder.add(table.name + ".csv", record::table_csv(table));
  const std::string name = "sensitivity.h5";
  folder.add(name, record::tables_image(
                       tables,
                       {{"title", "Sensitivity of " + sweep.name},
                        {"study", sweep.name},
                        {"plan_digest", sweep.plan_digest},
                        {"design", design_text(sweep, found)},
                        {"intervals", intervals_text(options.resamples, options.confidence)},
                        {"terrace_version", std::string(kVersion)},
                        {"resolved_scenario", sweep.scenario},
                        {"analysis", json_text(about)}},
                       (folder.path() / name).string()));
  const std::string script = figure_script(sweep, found, options.resamples, options.confidence);
  folder.add(kFigureScript, script);
  const DrawnFigure figure = draw_figure(script, kFigureSeconds);
  if (figure.svg.empty()) {
    say("note: " + figure.note + "\n");
  } else {
    folder.add(kFigure, figure.svg);
  }
  about["files"] = Json::object();
  for (const record::FileChecksum& file : folder.checksums()) {
    about["files"][file.name] = {{"bytes", file.bytes}, {"xxh3_128", file.xxh3_128}};
  }
  folder.add(kAbout, json_text(about));
  folder.publish();
}

}  // namespace

Exit sensitivity(const SensitivityOptions& options) {
  const MergedSweep merged = merged_sweep(options.file);
  std::optional<record::ResultFolder> folder;
  if (!options.directory.empty()) folder.emplace(options.directory, kAbout, options.force);
  const SweepResults sweep = read_sweep(merged.file);
  const Sensitivity found = [&] {
    try {
      return analysis::sensitivity_of(sweep,
                                      {options.outputs, options.resamples, options.confidence},
                                      quoted(merged.folder.string()));
    } catch (const analysis::NoAnswer& error) {
      throw Failure(Exit::bad_scenario, merged.file.string() + ": " + error.what());
    }
  }();
  for (const std::string& note : found.notes) say("note: " + note + "\n");
  const std::string screen = screen_of(sweep, found, options);
  if (folder) {
    write_files(sweep, found, options, *folder);
    say("tables in " + folder->path().string() + "\n");
  }
  put(screen);
  return Exit::done;
}

}  // namespace terrace::cli

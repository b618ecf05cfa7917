// `terrace effects`: what each level of a study's dimension changes.
#include "analysis/effects.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <terrace/sweep_results.hpp>
#include <terrace/version.hpp>

#include "cli/effects_text.hpp"
#include "cli/merged_sweep.hpp"
#include "cli/print.hpp"
#include "cli/sweep_text.hpp"
#include "cli/table_json.hpp"
#include "cli/verbs.hpp"
#include "record/result_folder.hpp"
#include "record/table_file.hpp"

namespace terrace::cli {
namespace {

using analysis::Effects;
using Json = nlohmann::ordered_json;

constexpr const char* kAbout = "effects.json";  ///< marks a folder of effects

Json json_of(const SweepResults& sweep, const Effects& found, const EffectsOptions& options) {
  Json out;
  out["terrace_effects"] = 1;
  out["command"] = options.command;
  out["terrace_version"] = kVersion;
  out["commit"] = commit();
  out["study"] = sweep.name;
  out["title"] = sweep.title;
  out["plan_digest"] = sweep.plan_digest;
  out["seed"] = std::to_string(sweep.seed);  // text: many readers keep 53 bits of a number
  out["replicates"] = found.replicates;
  out["confidence"] = options.confidence;
  out["intervals"] = analysis::kOneSample;
  out["dimension"] = found.dimension;
  out["base"] = found.base;
  out["whole"] = found.whole;
  out["summed"] = found.summed;
  out["notes"] = found.notes;
  return out;
}

std::string screen_of(const SweepResults& sweep, const Effects& found,
                      const EffectsOptions& options) {
  if (!options.json) return effects_text(sweep, found, options.confidence);
  Json out = json_of(sweep, found, options);
  for (const ResultTable& table : found.tables()) out[table.name] = json_rows(table);
  return json_text(out);
}

void write_files(const SweepResults& sweep, const Effects& found, const EffectsOptions& options,
                 record::ResultFolder& folder) {
  Json about = json_of(sweep, found, options);
  const std::vector<ResultTable> tables = found.tables();
  for (const ResultTable& table : tables) folder.add(table.name + ".csv", record::table_csv(table));
  const std::string name = "effects.h5";
  folder.add(name, record::tables_image(tables,
                                        {{"title", "Effects in " + sweep.name},
                                         {"study", sweep.name},
                                         {"plan_digest", sweep.plan_digest},
                                         {"terrace_version", std::string(kVersion)},
                                         {"analysis", json_text(about)}},
                                        (folder.path() / name).string()));
  about["files"] = Json::object();
  for (const record::FileChecksum& file : folder.checksums()) {
    about["files"][file.name] = {{"bytes", file.bytes}, {"xxh3_128", file.xxh3_128}};
  }
  folder.add(kAbout, json_text(about));
  folder.publish();
}

}  // namespace

Exit effects(const EffectsOptions& options) {
  const MergedSweep merged = merged_sweep(options.file);
  std::optional<record::ResultFolder> folder;
  if (!options.directory.empty()) folder.emplace(options.directory, kAbout, options.force);
  const SweepResults sweep = read_sweep(merged.file);
  const Effects found = [&] {
    try {
      return analysis::effects_of(sweep,
                                  {options.dimension, options.base, options.summed, options.whole,
                                   options.outputs, options.confidence},
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

#include "cli/library.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include <terrace/targeting.hpp>

#include "cli/print.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;

bool holds_library(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "data" / "series.yaml", error) ||
         fs::is_regular_file(folder / "data" / "china.yaml", error);
}

fs::path program_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program.parent_path();
}

// Shown relative to where the user stands if that is shorter: messages name these files.
fs::path shortened(const fs::path& path) {
  std::error_code error;
  const fs::path relative = fs::relative(path, error);
  return error || relative.empty() || relative.string().size() >= path.string().size() ? path
                                                                                       : relative;
}

// A file as named, or else a shipped scenario of that name.
fs::path find_scenario(const std::string& name) {
  std::error_code error;
  if (fs::is_regular_file(name, error)) return name;
  const bool bare = name.find('/') == std::string::npos && !name.ends_with(".yaml");
  if (!bare) {
    if (fs::exists(name, error)) throw Failure(Exit::bad_scenario, name + ": is not a file");
    throw Failure(Exit::bad_scenario, name + ": there is no such file");
  }
  const fs::path shipped = scenario_folder() / (name + ".yaml");
  if (fs::is_regular_file(shipped, error)) return shipped;
  std::vector<std::string> names;
  for (const fs::path& file : shipped_scenarios()) names.push_back(file.stem().string());
  const std::string meant = scenario::closest(name, names);
  throw Failure(Exit::bad_scenario, name + ": neither a file nor a shipped scenario" +
                                        (meant.empty() ? "; `terrace list scenarios` names those"
                                                       : "; did you mean '" + meant + "'?"));
}

// --seed and --replicates are settings too; messages call them as they were typed.
void restore_option_name(scenario::Diagnostic& d, const ScenarioOptions& options) {
  const auto restore = [&d](const char* name, const std::optional<std::string>& value) {
    if (!value) return;
    const std::string setting = std::string("run.") + name + '=' + *value;
    if (d.file == "--set " + scenario::shown(setting)) {
      d.file = std::string("--") + name + ' ' + scenario::shown(*value);
    }
  };
  restore("seed", options.seed);
  restore("replicates", options.replicates);
}

}  // namespace

Model::Model() {
  register_builtin_policies(catalogue);
  vocabulary = scenario::vocabulary_of(catalogue, read_survey_hdf5);
  std::vector<std::string> names;
  for (const PolicyEntry& entry : catalogue.entries()) names.emplace_back(entry.info.name);
  indicators = terrace::indicators(names);
  targeting = targeting_indicators();
  modules = module_indicators();
}

fs::path scenario_folder() {
  if (const char* named = std::getenv("TERRACE_SCENARIOS"); named != nullptr && *named != '\0') {
    if (holds_library(named)) return named;
    throw Failure(
        Exit::bad_scenario,
        fmt::format("TERRACE_SCENARIOS names {}, which holds no data/series.yaml", named));
  }
  const fs::path program = program_folder();
  for (const char* relative : {"../../scenarios", "../share/terrace/scenarios"}) {
    const fs::path folder = (program / relative).lexically_normal();
    if (holds_library(folder)) return shortened(folder);
  }
  throw Failure(Exit::bad_scenario,
                "the folder of shipped scenarios was not found; name it in TERRACE_SCENARIOS");
}

std::vector<fs::path> shipped_scenarios() {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(scenario_folder(), error)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

scenario::Loaded load(const ScenarioOptions& options, const Model& model) {
  std::vector<std::string> sets = options.sets;
  if (options.seed) sets.push_back("run.seed=" + *options.seed);
  if (options.replicates) sets.push_back("run.replicates=" + *options.replicates);
  const fs::path file = find_scenario(options.scenario);
  scenario::Loaded loaded =
      scenario::load_scenario(file, sets, model.vocabulary, scenario_folder() / "data");
  if (loaded.errors.empty()) return loaded;
  for (scenario::Diagnostic& error : loaded.errors) {
    restore_option_name(error, options);
    say(scenario::to_string(error) + "\n");
  }
  const std::size_t count = loaded.errors.size();
  throw Failure(
      Exit::bad_scenario,
      fmt::format("{} {} in {}", count, count == 1 ? "mistake" : "mistakes", options.scenario));
}

}  // namespace terrace::cli

#include "cli/library.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include <terrace/targeting.hpp>

#include "cli/print.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;

bool holds_library(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / "data" / "series.yaml", error) ||
         fs::is_regular_file(folder / "data" / "china.yaml", error);
}

// Shown relative to where the user stands if that is shorter: messages name these files.
fs::path shortened(const fs::path& path) {
  std::error_code error;
  const fs::path relative = fs::relative(path, error);
  return error || relative.empty() || relative.string().size() >= path.string().size() ? path
                                                                                       : relative;
}

// Files of a folder that end in .yaml, by name.
std::vector<fs::path> yaml_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// What a name can mean beside a file.
struct Shelf {
  const char* kind;    // in words
  const char* folder;  // of the library; empty: itself
  const char* list;    // what to do where no name is close
};

// A file as named, or else a shipped one of that name.
fs::path find_on(const Shelf& shelf, const std::string& name) {
  std::error_code error;
  if (fs::is_regular_file(name, error)) return name;
  std::string bare = name;
  const std::string folder = shelf.folder + std::string("/");
  if (bare.starts_with(folder) && folder.size() > 1) bare.erase(0, folder.size());
  if (bare.find('/') != std::string::npos || bare.ends_with(".yaml")) {
    if (fs::exists(name, error)) throw Failure(Exit::bad_scenario, name + ": is not a file");
    throw Failure(Exit::bad_scenario, name + ": there is no such file");
  }
  const fs::path library = scenario_folder() / shelf.folder;
  const fs::path shipped = library / (bare + ".yaml");
  if (fs::is_regular_file(shipped, error)) return shipped;
  std::vector<std::string> names;
  for (const fs::path& file : yaml_files(library)) names.push_back(file.stem().string());
  const std::string meant = scenario::closest(bare, names);
  throw Failure(Exit::bad_scenario,
                name + ": neither a file nor a shipped " + shelf.kind + "; " +
                    (meant.empty() ? shelf.list : "did you mean '" + meant + "'?"));
}

fs::path find_scenario(const std::string& name) {
  return find_on({"scenario", "", "`terrace list scenarios` names those"}, name);
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

// What was loaded, or a failure that tells all mistakes.
scenario::Loaded in_order(scenario::Loaded loaded, const ScenarioOptions& options,
                          const fs::path& file) {
  if (loaded.errors.empty()) return loaded;
  for (scenario::Diagnostic& error : loaded.errors) {
    restore_option_name(error, options);
    say(scenario::to_string(error) + "\n");
  }
  say(hint_of_kind(file, false));
  const std::size_t count = loaded.errors.size();
  throw Failure(
      Exit::bad_scenario,
      fmt::format("{} {} in {}", count, count == 1 ? "mistake" : "mistakes", options.scenario));
}

}  // namespace

fs::path program_file() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : program;
}

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
  const fs::path program = program_file().parent_path();
  for (const char* relative : {"../../scenarios", "../share/terrace/scenarios"}) {
    const fs::path folder = (program / relative).lexically_normal();
    if (holds_library(folder)) return shortened(folder);
  }
  throw Failure(Exit::bad_scenario,
                "the folder of shipped scenarios was not found; name it in TERRACE_SCENARIOS");
}

std::vector<fs::path> shipped_scenarios() { return yaml_files(scenario_folder()); }

fs::path find_study(const std::string& name) {
  return find_on({"study", "studies", "the folder studies/ of the shipped scenarios holds those"},
                 name);
}

std::string hint_of_kind(const fs::path& file, bool as_study) {
  scenario::Problems ignored;
  const auto root = scenario::read_yaml_file(file, file.string(), ignored);
  if (!root || !root->is_map()) return {};
  const bool study = root->find("study") != nullptr;
  const bool scenario = root->find("terrace") != nullptr;
  if (study == scenario || study == as_study) return {};
  return study ? "hint: this is a study: terrace sweep plan " + file.string() + '\n'
               : "hint: this is a scenario: terrace run " + file.string() + '\n';
}

scenario::Loaded load(const ScenarioOptions& options, const Model& model) {
  std::vector<std::string> sets = options.sets;
  if (options.seed) sets.push_back("run.seed=" + *options.seed);
  if (options.replicates) sets.push_back("run.replicates=" + *options.replicates);
  const fs::path file = find_scenario(options.scenario);
  return in_order(scenario::load_scenario(file, sets, model.vocabulary, scenario_folder() / "data"),
                  options, file);
}

scenario::Loaded load_resolved(const fs::path& file, const Model& model) {
  ScenarioOptions options;
  options.scenario = file.string();
  return in_order(scenario::load_scenario(file, {}, model.vocabulary, file.parent_path()), options,
                  file);
}

}  // namespace terrace::cli

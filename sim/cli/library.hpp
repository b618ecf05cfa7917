// What the program knows before it reads anything: the model's parts and the shipped scenarios.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <terrace/indicators.hpp>
#include <terrace/policy.hpp>

#include "cli/verbs.hpp"
#include "scenario/load.hpp"

namespace terrace::cli {

/// The model as the scenario language sees it. Not copied: the vocabulary points into the
/// catalogue.
struct Model {
  Model();
  Model(const Model&) = delete;
  Model& operator=(const Model&) = delete;

  PolicyCatalogue catalogue;
  std::vector<IndicatorInfo> indicators;  ///< monthly
  std::vector<IndicatorInfo> targeting;   ///< yearly
  std::vector<IndicatorInfo> modules;     ///< yearly, of each module
  scenario::Vocabulary vocabulary;
};

/// This program's file; empty where the system does not say.
std::filesystem::path program_file();

/// The folder of shipped scenarios: TERRACE_SCENARIOS, or beside the program, in a checkout or as
/// installed. Throws Failure if there is none.
std::filesystem::path scenario_folder();

/// The shipped scenarios, by name.
std::vector<std::filesystem::path> shipped_scenarios();

/// The study of that name: a file as named, or else a shipped one (`tiny`, `studies/tiny`).
std::filesystem::path find_study(const std::string& name);

/// What a file is that was read as something else and has mistakes, with what to type; empty if it
/// is neither a study nor a scenario. `as_study`: it was read as one.
std::string hint_of_kind(const std::filesystem::path& file, bool as_study);

/// Reads the scenario that the options name, with their settings. Prints all mistakes to stderr and
/// throws Failure if there are any.
scenario::Loaded load(const ScenarioOptions& options, const Model& model);

/// The same of a resolved scenario, which names all that it needs: without the library.
scenario::Loaded load_resolved(const std::filesystem::path& file, const Model& model);

}  // namespace terrace::cli

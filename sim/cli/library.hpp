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

/// The folder of shipped scenarios: TERRACE_SCENARIOS, or beside the program, in a checkout or as
/// installed. Throws Failure if there is none.
std::filesystem::path scenario_folder();

/// The shipped scenarios, by name.
std::vector<std::filesystem::path> shipped_scenarios();

/// Reads the scenario that the options name, with their settings. Prints all mistakes to stderr and
/// throws Failure if there are any.
scenario::Loaded load(const ScenarioOptions& options, const Model& model);

}  // namespace terrace::cli

// Study files: which runs of which scenario a sweep makes. As strict as scenarios.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <terrace/scenario.hpp>
#include <terrace/study.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/load.hpp"

namespace terrace::scenario {

struct LoadedStudy {
  Study study;  ///< complete and valid only if there are no errors
  /// The base, or the choices of the dimension of scenarios in their order, with the study's `over`
  /// and output: what a point changes comes on top of these.
  std::vector<ScenarioSpec> scenarios;
  std::vector<Diagnostic> errors;  ///< of the study and of all scenarios, by file and line
  std::vector<std::string> notes;
};

/// Reads `file` and the scenarios that it names. Never throws for what files hold. `sets` are
/// settings of the scenario (`a.b.c=value`), over the study's own.
LoadedStudy load_study(const std::filesystem::path& file, const std::vector<std::string>& sets,
                       const Vocabulary& vocabulary, const std::filesystem::path& data_dir);

}  // namespace terrace::scenario

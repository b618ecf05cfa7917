// Reading a scenario from YAML in a program of one's own. `terrace run` reads it the same way.
//
//   PolicyCatalogue catalogue;
//   register_builtin_policies(catalogue);
//   const ScenarioFile file = read_scenario("scenarios/teach.yaml", {}, catalogue,
//   "scenarios/data"); if (file.errors.empty()) run_scenario(file.spec, catalogue, runner,
//   recorder);
#pragma once

#include <string>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>
#include <terrace/survey_sample.hpp>

namespace terrace {

struct ScenarioFile {
  ScenarioSpec spec;                ///< complete and valid only if there are no errors
  std::vector<std::string> errors;  ///< `file:line:column: key: what is wrong; a hint`, all of them
  std::vector<std::string> notes;   ///< what is no mistake but should be known
  std::string resolved;  ///< the whole scenario as one file that needs no other; empty with errors
};

/// Reads the file at `path` with all it extends, then applies `sets`, each `a.b.c=value`. The
/// policies that it may name, and their parameters and series, are those of the catalogue, which
/// need not outlive the call. `data_folder` holds what a scenario does not give itself: china.yaml
/// and series.yaml (scenarios/data here, share/terrace/scenarios/data where Terrace is installed).
/// A scenario whose people come from a survey in HDF5 needs `hdf5`, which is read_survey_hdf5
/// (terrace/survey_sample.hpp).
ScenarioFile read_scenario(const std::string& path, const std::vector<std::string>& sets,
                           const PolicyCatalogue& catalogue, const std::string& data_folder,
                           const SurveyReader& hdf5 = {});

}  // namespace terrace

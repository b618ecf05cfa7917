// A run of one's own program whose results `terrace compare`, `terrace verify` and RunReader open
// as they open those of `terrace run`.
//
//   const ScenarioFile file = read_scenario("pension.yaml", {}, catalogue, data_folder);
//   SerialRunner runner;
//   const RunOutcome run = run_to_folder(file, catalogue, runner, "results/pension");
#pragma once

#include <filesystem>
#include <string>

#include <terrace/errors.hpp>
#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>

namespace terrace {

struct RunFolderOptions {
  bool force = false;   ///< replaces the results of an earlier run there
  std::string command;  ///< as it was typed; stands in provenance.json
};

/// Runs a scenario that has no errors, with the catalogue by which it was read, and writes
/// scenario.resolved.yaml, trajectories.h5, summary.csv and provenance.json (sim/record/FORMAT.md)
/// into `folder`, which appears whole or not at all. Results are kept in memory until the run is
/// over, and a run that is stopped cannot be resumed. Throws IoError where the disk refuses, and
/// std::runtime_error where the folder's name is taken.
RunOutcome run_to_folder(const ScenarioFile& file, const PolicyCatalogue& catalogue,
                         CountyRunner& runner, const std::filesystem::path& folder,
                         const RunFolderOptions& options = {});

}  // namespace terrace

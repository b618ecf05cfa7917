// What every verb that works on a sweep begins with: its plan, its scenarios, and what is kept of
// each run.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <terrace/scenario.hpp>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "sweep/kept.hpp"
#include "sweep/plan.hpp"

namespace terrace::cli {

struct SweepFolder {
  std::filesystem::path path;
  sweep::Plan plan;
  std::vector<ScenarioSpec> scenarios;  ///< those of the plan, read
  sweep::KeptLayout layout;
};

/// Throws record::IoError, record::BadCheckpoint or Failure.
SweepFolder open_sweep(const std::string& folder, const Model& model);

/// One run, by the scenario that needs most memory. Only its state counts: a sweep keeps a few
/// figures of each run, not the results that `terrace run` writes.
struct RunNeed {
  Estimate estimate;
  const ScenarioSpec* scenario = nullptr;
};

/// A dimension that changes how many households there are would make this more; none does.
RunNeed largest_need(const std::vector<ScenarioSpec>& scenarios, const Model& model);

/// Memory that a run takes beside the program and the scenarios, which runs at once share.
double bytes_of_a_run(const RunNeed& need);

}  // namespace terrace::cli

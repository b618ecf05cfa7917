// A plan whose runs nobody did, and results for them: every value can be told from its place.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "sweep/kept.hpp"
#include "sweep/plan.hpp"
#include "sweep/plan_files.hpp"
#include "sweep/segments.hpp"

namespace terrace::sweep {

/// A grid of `levels` x 2 points.
inline Plan made_up_plan(std::size_t levels, std::uint32_t replicates) {
  Study study;
  study.name = "made-up";
  study.title = "Nobody did this";
  StudyDimension trap;
  trap.name = "trap";
  trap.key = "farm_assets.tau";
  trap.unit = "yuan";
  trap.meaning = "strength of the trap";
  for (std::size_t i = 0; i < levels; ++i) trap.levels.push_back(0.5 * static_cast<double>(i));
  trap.high = trap.levels.back();
  StudyDimension arm;
  arm.name = "arm";
  arm.kind = StudyDimension::Kind::policy;
  arm.key = "relocation.enabled";
  arm.unit = "1";
  arm.meaning = "whether households are relocated";
  arm.choices = {"true", "false"};
  arm.levels = {0.0, 1.0};
  study.dimensions = {trap, arm};
  study.replicates = replicates;
  study.output = {{"headcount_ratio", "offered"}, 2012, 2013, false};
  return make_plan(study, {"terrace: 1\n"}, 20131103);
}

/// Of the nation, or of it and two provinces: 2 years, 2 modules.
inline KeptLayout made_up_layout(bool provinces = false) {
  KeptLayout layout;
  layout.years = {2012, 2013};
  layout.modules = {"relocation", "industry"};
  layout.regions = {{0, "China", ""}};
  if (provinces) {
    layout.regions.push_back({7, "P7", "P7", Region::west, false, 1, 1, RegionLevel::province});
    layout.regions.push_back(
        {9, "East, far", "", Region::east, false, 1, 1, RegionLevel::province});
  }
  const std::size_t first = 2 * layout.regions.size();
  layout.variables = {{"headcount_ratio", "1", "share of the poor", "monthly", false, false, 0},
                      {"offered", "households", "offers made", "modules", true, true, first}};
  layout.values = 3 * first;
  return layout;
}

/// Values of a run: 100 run, 100 run + 1, ...
inline RunResult made_up_result(std::uint64_t run, std::size_t values) {
  RunResult result;
  result.run = run;
  std::string digits = std::to_string(run);
  result.digest = std::string(32 - digits.size(), '0') + digits;
  for (std::size_t i = 0; i < values; ++i) {
    result.values.push_back(100.0 * static_cast<double>(run) + static_cast<double>(i));
  }
  return result;
}

/// The folders of a sweep, without its plan.
inline void make_folders(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / kSegmentFolder);
  std::filesystem::create_directories(folder / kJournalFolder);
}

inline void write_results(const std::filesystem::path& folder, const Plan& plan, std::size_t values,
                          const std::vector<std::size_t>& runs) {
  std::vector<RunResult> results;
  for (const std::size_t run : runs) results.push_back(made_up_result(run, values));
  write_segment(folder / kSegmentFolder, plan.digest, values, results);
}

}  // namespace terrace::sweep

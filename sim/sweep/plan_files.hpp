// The folder of a sweep. What its files hold stands in README.md beside this.
//
//   plan.json              what the study is, with the plan's digest
//   plan.csv               the numbered runs
//   scenarios/0.yaml       the resolved scenarios, so that no other file is needed from here on
//   segments/              results of runs (segments.hpp)
//   journal/               what happened, one file for each process (journal.hpp)
//   jobs/                  scripts for clusters (job_script.hpp)
//   sweep.h5               the merged results
#pragma once

#include <filesystem>

#include "sweep/plan.hpp"

namespace terrace::sweep {

inline constexpr const char* kPlan = "plan.json";
inline constexpr const char* kTable = "plan.csv";
inline constexpr const char* kScenarios = "scenarios";
inline constexpr const char* kSegmentFolder = "segments";
inline constexpr const char* kJournalFolder = "journal";
inline constexpr const char* kJobFolder = "jobs";
inline constexpr const char* kMerged = "sweep.h5";

/// Makes the folder, by a rename, with all that a plan is; false where the folder holds the same
/// plan, which then stays as it is with its results. Throws record::DirectoryExists where there is
/// another folder of that name. With `force` the folder of a sweep, or an empty one, is replaced
/// with everything in it, but not while a process is at work there. Throws record::IoError.
bool write_plan(const std::filesystem::path& folder, const Plan& plan, bool force);

/// Reads a folder's plan and checks it against its digest. Throws record::IoError where it cannot
/// be read, record::BadCheckpoint where it is damaged or of another version.
Plan read_plan(const std::filesystem::path& folder);

/// Where scenario `index` of the plan stands in the folder.
std::filesystem::path scenario_path(const std::filesystem::path& folder, std::size_t index);

}  // namespace terrace::sweep

// The array of jobs that was written for a sweep: which task does which runs, and what to type to
// submit it, or some of it again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sweep/status.hpp"

namespace terrace::sweep {

enum class Scheduler : std::uint8_t { slurm, pbs };

/// What `jobs/array.json` says. Task t, from 0, does every `tasks`-th of the runs, from place t on.
struct JobArray {
  Scheduler scheduler = Scheduler::slurm;
  std::size_t tasks = 0;
  unsigned jobs = 1;              ///< runs at a time in each task
  std::vector<std::size_t> runs;  ///< ascending; empty: all of the plan

  bool operator==(const JobArray&) const = default;
};

/// Names of the files in the folder of jobs.
std::string array_file(Scheduler scheduler);
std::string merge_file(Scheduler scheduler);
inline constexpr const char* kArrayAbout = "array.json";

/// Two lines for a shell that submit both. `folder` is the sweep's as it was typed.
std::string submit_lines(Scheduler scheduler, const std::string& folder);

/// `jobs/array.json`.
std::string job_array_text(const JobArray& array, const std::string& plan_digest);

/// Of the array that was written for a sweep; nothing where none was, or what is there is none.
std::optional<JobArray> read_job_array(const std::filesystem::path& folder, const Plan& plan);

/// The tasks that have something to do again: of runs that failed or are left, except where a
/// process is at work on the task. Ascending.
std::vector<std::size_t> tasks_to_do(const SweepStatus& status, const JobArray& array);

/// A line for a shell that submits tasks again.
std::string again_line(const JobArray& array, const std::vector<std::size_t>& tasks,
                       const std::string& folder);

/// A word of a shell's command line.
std::string shell_word(std::string_view word);

}  // namespace terrace::sweep

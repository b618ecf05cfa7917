// Scripts that hand a sweep to the scheduler of a cluster: an array of jobs, each of which does its
// part of the runs, and a job that merges once they have ended.
//
// The number of parts stands in the script and not in the scheduler's variables, so some tasks of
// an array may be submitted again and still do the runs that were theirs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "sweep/job_array.hpp"

namespace terrace::sweep {

/// What a sweep needs of a machine.
struct JobNeeds {
  double seconds_a_run = 0.0;
  bool measured = false;     ///< by runs of this sweep; else estimated
  double base_bytes = 0.0;   ///< the program with the sweep it has read
  double bytes_a_run = 0.0;  ///< beside it
  double merge_bytes = 0.0;
};

struct JobRequest {
  JobArray array;
  JobNeeds needs;
  std::string study;  ///< its name
  std::string plan_digest;
  std::size_t plan_runs = 0;
  std::filesystem::path program;  ///< these two absolute: jobs begin anywhere
  std::filesystem::path folder;
  std::string time;     ///< limit of a task as it was given; empty: by how long runs take
  std::string options;  ///< for the scheduler

  std::size_t runs() const { return array.runs.empty() ? plan_runs : array.runs.size(); }
};

/// What cannot be asked of a scheduler; the message says why. Exit status 64.
struct BadJob : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How many tasks to deal `runs` to so that each takes about half an hour, or half of `limit`
/// seconds where that is less; never more than 500.
std::size_t tasks_for(std::size_t runs, const JobNeeds& needs, unsigned jobs,
                      std::optional<double> limit);

/// Seconds of a limit as the scheduler's users write it: Slurm's `90`, `1:30:00` and `2-12`, PBS's
/// `5400` and `1:30:00`. Throws BadJob.
double limit_seconds(std::string_view text, Scheduler scheduler);

/// Of the task with most runs, and what is asked for: twice as much and ten minutes, or `time`.
double task_seconds(const JobRequest& request);
double task_limit(const JobRequest& request);

/// What is asked for, in units of 2^20 bytes: a quarter more than the estimate and 64 of them.
std::uint64_t megabytes(double bytes);
double task_bytes(const JobRequest& request);

struct JobScripts {
  std::string array;
  std::string merge;
  std::string about;  ///< array.json
};

/// Throws BadJob.
JobScripts job_scripts(const JobRequest& request);

}  // namespace terrace::sweep

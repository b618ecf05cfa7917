// Does runs of a sweep and publishes their results as they come.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>
#include <terrace/simulation.hpp>

#include "sweep/journal.hpp"
#include "sweep/kept.hpp"
#include "sweep/plan.hpp"
#include "sweep/pool.hpp"
#include "sweep/segments.hpp"

namespace terrace::sweep {

/// What all runs of a sweep have in common.
struct Runs {
  const Plan& plan;
  std::span<const ScenarioSpec> scenarios;  ///< those of the plan, read
  const PolicyCatalogue& catalogue;
  const KeptLayout& layout;
  /// Where a run does not start afresh: hands over what was recorded before, and sets
  /// RunControl::resume. Called in the process that does the run, and may throw.
  std::function<void(const ScenarioSpec&, const RunInfo&, Recorder&, RunControl&)> go_on{};
};

/// Does a run, here. Nothing where it was asked to stop. Throws what a run can fail of.
std::optional<RunResult> do_run(const Runs& runs, std::size_t run, const std::atomic<bool>& stop);

/// A run to be done, and why.
struct Todo {
  std::size_t run = 0;
  std::string why;
};

struct FailedRun {
  std::size_t run = 0;
  std::string message;
};

/// How far a process is with its runs; they add up to the same number all the time.
struct Counts {
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t running = 0;
  std::size_t left = 0;
};

struct ExecuteOptions {
  std::filesystem::path folder;  ///< of the sweep
  unsigned at_once = 1;
  bool fail_fast = false;
  std::string shard;  ///< for the journal
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const Counts&)> progress;   ///< often; of these runs alone
  std::function<void(const std::string&)> warn;  ///< that the journal cannot be written, once
};

struct Executed {
  Counts counts;
  std::vector<FailedRun> failed;
  bool stopped = false;  ///< by `stop`; not by a failure
};

/// Does the runs, some at once, each in a process of its own. Throws record::IoError; what was done
/// until then is published if it can be, and else the message says how many results are lost.
Executed execute(const Runs& runs, const std::vector<Todo>& todo, const ExecuteOptions& options);

}  // namespace terrace::sweep

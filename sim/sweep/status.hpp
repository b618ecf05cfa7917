// How far a sweep is: results that are there, checked by content, and what journals tell of the
// others.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sweep/journal.hpp"
#include "sweep/plan.hpp"
#include "sweep/segments.hpp"

namespace terrace::sweep {

enum class RunState : std::uint8_t { left, running, done, failed };

struct RunStanding {
  RunState state = RunState::left;
  std::string why;     ///< why it would run again; empty if done
  std::string digest;  ///< of the results; empty unless done
};

/// A process that is alive: it holds the lock on its journal.
struct AtWork {
  std::int64_t pid = 0;
  std::string host;
  std::string shard;  ///< its part: `3/7`, `--runs ...`, or empty
  unsigned at_once = 1;
};

struct SweepStatus {
  std::vector<RunStanding> runs;
  std::size_t done = 0;
  std::size_t failed = 0;
  std::size_t running = 0;
  std::size_t left = 0;   ///< neither
  std::size_t twice = 0;  ///< results that are there more than once
  std::vector<BadSegment> bad;
  std::vector<std::size_t> disagreeing;  ///< runs with two results that differ: a bug; ascending
  std::map<std::string, std::vector<std::size_t>> programs{};  ///< and the runs that each has done
  double seconds_a_run = 0.0;                                  ///< mean; 0 where none is done
  unsigned at_once = 0;         ///< runs at a time of the processes alive
  std::vector<AtWork> at_work;  ///< by the name of its journal
  double seconds_left = 0.0;    ///< estimate; NaN where nothing is known
};

/// Called with the first whole result of each run.
using TakeResult = std::function<void(const RunResult&)>;

/// Reads all segments and journals of a sweep's folder. `values`: of a run. Throws record::IoError
/// where the folder cannot be read.
SweepStatus status_of(const std::filesystem::path& folder, const Plan& plan, std::size_t values,
                      const TakeResult& take = {});

/// Runs without a result, by why they have none, in the order of the first of each.
struct Reason {
  RunState state = RunState::left;
  std::string why;
  std::vector<std::size_t> runs;
};
std::vector<Reason> reasons_of(const SweepStatus& status);

/// Runs in a state, ascending.
std::vector<std::size_t> runs_in(const SweepStatus& status, RunState state);

}  // namespace terrace::sweep

// One function a verb. Each prints its data to stdout and all else to stderr; throws Failure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit_codes.hpp"

namespace terrace::cli {

/// What every verb that reads a scenario takes.
struct ScenarioOptions {
  std::string scenario;           ///< a file, or the name of a shipped one
  std::vector<std::string> sets;  ///< `a.b.c=value`
  std::optional<std::string> seed;
  std::optional<std::string> replicates;
};

struct RunOptions {
  ScenarioOptions input;
  std::string directory;  ///< empty: named after the scenario
  std::string from;       ///< folder of kept checkpoints to branch off from; empty: none
  unsigned threads = 0;   ///< 0: all there are
  bool force = false;
  bool quiet = false;
  bool verbose = false;
  std::string command;  ///< as it was typed
};

struct CheckOptions {
  ScenarioOptions input;
  bool quiet = false;          ///< say only whether it is in order
  unsigned threads = 0;        ///< of the run that is estimated; 0: all there are
  double pilot_seconds = 1.0;  ///< how long to measure how fast this machine is; 0: not at all
};

struct ListOptions {
  std::string what;
  bool json = false;
};

struct TargetsOptions {
  std::string directory;  ///< of the run
  bool strict = false;    ///< a figure that fails is an error
  bool json = false;
  bool verbose = false;  ///< name every figure without an answer
  bool modules = false;  ///< what modules reached and spent instead
  std::string output;    ///< folder for the tables; empty: none are written
  bool force = false;    ///< over an earlier one
  std::string command;   ///< as it was typed
};

struct CompareVerbOptions {
  std::vector<std::string> folders;     ///< the base's first
  std::string directory;                ///< empty: no files
  std::vector<std::string> indicators;  ///< empty: the headlines on the terminal, all in files
  std::string level;                    ///< national, province, county, all, or empty
  std::string years;                    ///< 2013-2020, 2016, or empty
  double confidence = 0.95;
  double threshold = 0.01;
  bool replicates_in_common = false;
  bool json = false;
  bool force = false;
  std::string command;  ///< as it was typed
};

struct ExplainOptions {
  std::string directory;
  std::string other;      ///< a second run, or empty
  std::string household;  ///< `county:id` or the number in the file; empty: list examples
  std::optional<std::uint32_t> replicate;  ///< its number; none: the run's first
  std::string from;                        ///< `2015-03`, or empty
  std::string to;
  bool all = false;  ///< quiet months too
  bool json = false;
};

struct AttributeOptions {
  ScenarioOptions input;
  std::string directory;  ///< empty: named after the scenario
  unsigned threads = 0;   ///< 0: all there are
  bool force = false;
  bool quiet = false;
  bool json = false;
  std::string command;  ///< as it was typed
};

struct VerifyOptions {
  std::string directory;
  bool json = false;
};

struct SweepPlanOptions {
  std::string study;
  std::vector<std::string> sets;  ///< `a.b.c=value`, over the study's own
  std::string directory;          ///< empty: named after the study
  bool force = false;
  bool quiet = false;
};

struct SweepRunOptions {
  std::string directory;
  unsigned jobs = 0;  ///< runs at a time; 0: as many as there are cores
  std::string shard;  ///< `3/7`, `auto`, or empty
  std::string runs;   ///< `3,17,40-60`, or empty
  std::string from;   ///< folder of kept checkpoints to branch off from; empty: none
  bool fail_fast = false;
  bool allow_mixed = false;  ///< go on after another program
  bool quiet = false;
  bool json = false;  ///< progress as lines of JSON
  std::string command;
};

struct SweepStatusOptions {
  std::string directory;
  bool json = false;
  bool verbose = false;  ///< every run that is not done, with its replay
};

struct SweepMergeOptions {
  std::string directory;
  std::string output;  ///< empty: sweep.h5 in the folder
  std::string csv;     ///< a table beside it; empty: none
  bool allow_missing = false;
  bool allow_mixed = false;  ///< runs of several programs
  bool force = false;
  bool quiet = false;
};

struct SweepReplayOptions {
  std::string directory;
  std::uint64_t run = 0;
  std::string output;  ///< empty: named after the run
  unsigned threads = 0;
  bool force = false;
  bool quiet = false;
  std::string command;
};

struct SweepScriptOptions {
  std::string directory;
  bool pbs = false;    ///< else Slurm
  unsigned tasks = 0;  ///< of the array; 0: by how long runs take
  unsigned jobs = 1;   ///< runs at a time in each task
  std::string time;  ///< limit of a task, as the scheduler writes it; empty: by how long runs take
  std::string options;  ///< more lines for the scheduler, such as `--partition=long`
  std::string runs;     ///< only these; empty: all
  bool force = false;
};

struct SensitivityOptions {
  std::string file;                  ///< of merged results, or the sweep's folder
  std::vector<std::string> outputs;  ///< `headcount_ratio@2020`; empty: every indicator, last year
  unsigned resamples = 1000;         ///< of the bootstrap
  double confidence = 0.95;
  std::string directory;  ///< for tables and the figure; empty: none
  bool json = false;
  bool force = false;
  std::string command;
};

struct EffectsOptions {
  std::string file;                  ///< of merged results, or the sweep's folder
  std::string dimension;             ///< empty: the only one there is
  std::string base;                  ///< a level of it
  std::vector<std::string> summed;   ///< levels, `only-*`; empty: nothing is added up
  std::string whole;                 ///< the level that the sum is held against
  std::vector<std::string> outputs;  ///< `headcount_ratio@2020`; empty: every indicator, last year
  double confidence = 0.95;
  std::string directory;  ///< for tables; empty: none
  bool json = false;
  bool force = false;
  std::string command;
};

Exit run(const RunOptions& options);
/// Goes on with the run in `options.directory`; its scenario is the one that lies there.
Exit resume(const RunOptions& options);
Exit check(const CheckOptions& options);
Exit list(const ListOptions& options);
/// Prints the JSON Schema of a scenario.
Exit schema();
/// And that of a study.
Exit schema_study();
/// Holds a run against the published figures of the library.
Exit targets(const TargetsOptions& options);
Exit compare(const CompareVerbOptions& options);
Exit explain(const ExplainOptions& options);
Exit attribute(const AttributeOptions& options);
/// Says whether the files of a run are as they were published; `not_met` if not.
Exit verify(const VerifyOptions& options);
/// Draws a study's design and makes the folder of the sweep.
Exit sweep_plan(const SweepPlanOptions& options);
/// Does the runs that have no valid result yet.
Exit sweep_run(const SweepRunOptions& options);
Exit sweep_status(const SweepStatusOptions& options);
/// Makes one file of all results.
Exit sweep_merge(const SweepMergeOptions& options);
/// Does one run again, with all that a run writes, and compares the digest.
Exit sweep_replay(const SweepReplayOptions& options);
/// Writes the scripts of an array of jobs and of the merge after it.
Exit sweep_script(const SweepScriptOptions& options);
/// Which dimensions of a study matter, from its merged results.
Exit sensitivity(const SensitivityOptions& options);
Exit effects(const EffectsOptions& options);

/// What may be listed.
const std::vector<std::string>& list_topics();

}  // namespace terrace::cli

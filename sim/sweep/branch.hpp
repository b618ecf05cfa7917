// `sweep run --from`: runs that go on from the states which a baseline kept at the opening of a
// year, so that the years which all of them share are run once for each replicate.
//
// A run that goes on from there must be the run from the start, to the last bit: its result stands
// in the same segments and can be replayed without the baseline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/recorder.hpp>
#include <terrace/scenario.hpp>
#include <terrace/simulation.hpp>

#include "record/checkpoint_file.hpp"
#include "scenario/load.hpp"
#include "sweep/plan.hpp"

namespace terrace::sweep {

class Baseline {
 public:
  /// `from` is a folder DIR/checkpoints/YEAR, or DIR where it kept the states of one year. Checks
  /// the heads of the states of all replicates that `runs` are of, and that every one of `runs` may
  /// go on from them. `folder` is the sweep's, `scenarios` those of the plan, read. Throws
  /// record::BadCheckpoint, which says why not and how to make a baseline that fits, or
  /// record::IoError.
  Baseline(const std::filesystem::path& from, const std::filesystem::path& folder, const Plan& plan,
           std::span<const ScenarioSpec> scenarios, std::span<const std::size_t> runs,
           const PolicyCatalogue& catalogue, const scenario::Vocabulary& vocabulary);

  /// Whose January is the first of the runs' own.
  int year() const { return year_; }

  /// Reads states into memory, as many as fit into so many bytes, for the processes that are forked
  /// from this one to share; gives the bytes taken. The others are read from disk by each run.
  std::uint64_t keep_in_memory(std::uint64_t most_bytes);

  /// In the process that does a run, before run_scenario(): hands the records of the years before
  /// to `to`, and has `control` go on from the state of the run's replicate. `spec` is the run's
  /// scenario, `info` what it records. Throws record::BadCheckpoint or record::IoError; a state
  /// that cannot be read after all shows as RunOutcome::bad_checkpoint.
  void go_on(const ScenarioSpec& spec, const RunInfo& info, Recorder& to,
             RunControl& control) const;

 private:
  using Parts = std::vector<std::vector<std::byte>>;

  struct State {
    std::string segment;                   ///< checksum of the records before it
    std::shared_ptr<const Parts> parts{};  ///< null: on disk
  };

  void open_states(std::span<const std::size_t> runs, const Plan& plan);
  void check_runs(std::span<const std::size_t> runs, const Plan& plan,
                  std::span<const ScenarioSpec> scenarios, const PolicyCatalogue& catalogue,
                  const scenario::Vocabulary& vocabulary) const;

  std::filesystem::path folder_;  ///< of the states
  record::CheckpointKind kind_;
  std::string scenario_;  ///< that they were written for, resolved
  int year_ = 0;
  std::map<std::uint32_t, State> states_;  ///< by number of the replicate
};

}  // namespace terrace::sweep

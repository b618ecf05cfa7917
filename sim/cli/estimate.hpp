// What a run will need, said before it begins.
#pragma once

#include <cstddef>
#include <string>

#include <terrace/scenario.hpp>

#include "cli/library.hpp"

namespace terrace::cli {

/// Bytes in memory and on disk. A run has two phases: while it runs, the state of as many
/// replicates as run at once is in memory, and records go to segments on disk; when it is over, the
/// state is gone and the results are in memory, with the image of the file that is made of them.
struct Estimate {
  std::size_t counties = 0;
  double households = 0.0;        ///< simulated, of one replicate
  double household_months = 0.0;  ///< of all replicates
  std::size_t worlds = 1;         ///< replicates in memory at once

  double base_bytes = 0.0;     ///< the program as it stands, with the scenario it has read
  double state_bytes = 0.0;    ///< one replicate: counties, their reports, the year's records
  double scratch_bytes = 0.0;  ///< of all workers
  double result_bytes = 0.0;   ///< results, as they are read back and as they are written

  double segment_bytes = 0.0;     ///< records on disk while it runs
  double checkpoint_bytes = 0.0;  ///< newest states and those that are kept, on disk
  double file_bytes = 0.0;        ///< trajectories.h5, which is compressed

  double running_bytes() const {
    return base_bytes + static_cast<double>(worlds) * state_bytes + scratch_bytes;
  }
  double writing_bytes() const { return base_bytes + result_bytes; }
  double bytes() const {
    return running_bytes() > writing_bytes() ? running_bytes() : writing_bytes();
  }
};

/// One of the processes that share a run.
struct RankOf {
  std::size_t rank = 0;
  std::size_t count = 1;
};

/// `threads`: 0 for as many as a run takes if nobody says. Of one of several ranks: memory is that
/// of this rank, households and files are the run's.
Estimate estimate(const ScenarioSpec& spec, const Model& model, unsigned threads = 0,
                  const RankOf& of = {});

/// How many threads a run takes if nobody says.
unsigned default_threads();

/// Memory that this machine, or the control group, has left for all its processes.
double machine_bytes();
/// What limits leave to this process alone; infinite where there are none.
double process_bytes();
/// The less of both.
double available_bytes();

/// `1.2 GB`
std::string bytes_text(double bytes);
/// `2,520,371`
std::string count_text(double count);
/// `1 min 20 s`
std::string seconds_text(double seconds);

}  // namespace terrace::cli

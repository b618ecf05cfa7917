// Ranks over MPI. In a build without it (TERRACE_MPI off) there are none to be had.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <terrace/ranks.hpp>

#include "parallel/launcher.hpp"

namespace terrace {

/// Whether this build can run over ranks.
bool built_with_mpi();

/// Ranks that can end all processes of the job at once. Destroyed on all ranks together.
class JobRanks : public Ranks {
 public:
  /// Ends all ranks, whatever they are doing. What this rank has to say has been said.
  [[noreturn]] virtual void abort(int exit_status) = 0;
};

/// No more than so many bytes go into one call: MPI counts them in `int`, and many versions fail
/// near 2 GB (open-mpi/ompi#7045).
inline constexpr std::size_t kLargestPiece = std::size_t{1} << 26;

/// Starts MPI and gives the ranks of the job, which may be one. Null where this build cannot. Once
/// in a process, from its main thread, which alone may call what is given.
std::unique_ptr<JobRanks> start_mpi(std::size_t largest_piece = kLargestPiece);

}  // namespace terrace

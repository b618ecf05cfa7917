// Whether a program such as mpirun or srun started several copies of this one.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>

namespace terrace {

/// The value of an environment variable, or nothing.
using Environment = std::function<std::optional<std::string>(const char*)>;

/// That of this process.
std::optional<std::string> environment_of_process(const char* name);

/// A variable of a launcher that makes no sense; to go on without it might do what others do too.
struct BadEnvironment : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The number in a variable; nothing where it is not set. Throws BadEnvironment where it is none.
std::optional<std::uint64_t> number_in(const Environment& environment, const char* name);

/// What the environment says of the program that started this one as one of several.
struct Launcher {
  std::string name;          ///< `Open MPI`, `srun`; empty: no launcher
  std::string variable{};    ///< that says so, with its value
  std::uint64_t ranks = 1;   ///< copies that it started; 0: the environment does not tell
  std::uint64_t number = 0;  ///< of this copy, from 0

  /// Whether there are, or may be, other copies.
  bool may_be_several() const { return ranks != 1; }
  /// Whether there are others for certain.
  bool several() const { return ranks > 1 || number > 0; }
};

/// The innermost launcher: of an mpirun inside a Slurm job that of mpirun. Job arrays are none,
/// nor is a Slurm job outside srun, whatever number of tasks it was given. Throws BadEnvironment.
Launcher launcher_of(const Environment& environment);

}  // namespace terrace

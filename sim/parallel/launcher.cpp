#include "parallel/launcher.hpp"

#include <array>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace terrace {
namespace {

struct Variables {
  const char* name;
  const char* ranks;  ///< null: this launcher does not tell
  const char* number;
};

// The first whose variables are there counts: a Slurm step may hold the daemons of an mpirun, whose
// ranks inherit the variables of the step, and with srun's PMIx those of both are there.
constexpr std::array kLaunchers{
    Variables{"Open MPI", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK"},
    Variables{"MVAPICH", "MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_RANK"},
    Variables{"PMI", "PMI_SIZE", "PMI_RANK"},
    Variables{"srun", "SLURM_STEP_NUM_TASKS", "SLURM_PROCID"},
    Variables{"PMIx", nullptr, "PMIX_RANK"},
};

}  // namespace

std::optional<std::string> environment_of_process(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

std::optional<std::uint64_t> number_in(const Environment& environment, const char* name) {
  const std::optional<std::string> text = environment(name);
  if (!text) return std::nullopt;
  std::uint64_t value = 0;
  const char* end = text->data() + text->size();
  const auto [read, error] = std::from_chars(text->data(), end, value);
  if (error == std::errc() && read == end) return value;
  throw BadEnvironment(std::string(name) + " is '" + *text + "', which is no number");
}

Launcher launcher_of(const Environment& environment) {
  const auto said = [](const char* name, std::uint64_t value) {
    return std::string(name) + '=' + std::to_string(value);
  };
  for (const Variables& variables : kLaunchers) {
    const auto number = number_in(environment, variables.number);
    if (!number) continue;
    const std::string own = said(variables.number, *number);
    if (variables.ranks == nullptr) return {variables.name, own, 0, *number};
    const auto ranks = number_in(environment, variables.ranks);
    if (!ranks) continue;
    const std::string all = said(variables.ranks, *ranks);
    if (*number >= *ranks) {
      throw BadEnvironment(
          std::string(own).append(" and ").append(all).append(" contradict each other"));
    }
    return {variables.name, all, *ranks, *number};
  }
  return {};
}

}  // namespace terrace

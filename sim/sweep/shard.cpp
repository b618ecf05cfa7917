#include "sweep/shard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <optional>
#include <utility>

namespace terrace::sweep {
namespace {

/// Unsigned digits alone.
std::optional<std::uint64_t> digits_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// What the environment says; where it makes no sense, no shard can be told.
template <class Ask>
auto asked(Ask ask) {
  try {
    return ask();
  } catch (const BadEnvironment& error) {
    throw BadShard(error.what());
  }
}

Launcher launcher_in(const Environment& environment) {
  return asked([&] { return launcher_of(environment); });
}

std::optional<std::uint64_t> variable(const Environment& environment, const char* name) {
  return asked([&] { return number_in(environment, name); });
}

/// Which of several processes this is, from 0.
struct Place {
  std::uint64_t index = 0;
  std::uint64_t count = 1;
  std::string who;  ///< the launcher; empty if there is none
};

Place place_in_step(const Environment& environment) {
  const Launcher launcher = launcher_in(environment);
  if (launcher.name.empty()) return {};
  if (launcher.ranks == 0) {
    throw BadShard(launcher.name + " (" + launcher.variable +
                   ") does not say how many processes it has started: use --shard i/n");
  }
  return {launcher.number, launcher.ranks, launcher.name};
}

Place place_in_array(const Environment& environment) {
  const auto id = variable(environment, "SLURM_ARRAY_TASK_ID");
  if (!id) return {};
  const auto least = variable(environment, "SLURM_ARRAY_TASK_MIN");
  const auto most = variable(environment, "SLURM_ARRAY_TASK_MAX");
  const auto count = variable(environment, "SLURM_ARRAY_TASK_COUNT");
  const std::uint64_t step = variable(environment, "SLURM_ARRAY_TASK_STEP").value_or(1);
  if (!least || !most || !count || step == 0) {
    throw BadShard(
        "SLURM_ARRAY_TASK_ID is set, but not what says how many tasks there are "
        "(SLURM_ARRAY_TASK_MIN, _MAX and _COUNT): use --shard i/n");
  }
  const bool whole = *least <= *id && *id <= *most && (*id - *least) % step == 0 &&
                     (*most - *least) / step + 1 == *count;
  if (!whole) {
    throw BadShard("the Slurm array leaves out numbers (task " + std::to_string(*id) + " of " +
                   std::to_string(*count) + " from " + std::to_string(*least) + " to " +
                   std::to_string(*most) +
                   "), so its parts cannot be told: use --shard i/n or "
                   "--runs");
  }
  if (*count == 1 && *id > 1) {  // as after `sbatch --array=3`, to do a part again
    throw BadShard("task " + std::to_string(*id) +
                   " is the only one of the Slurm array, so its part cannot be told: use "
                   "--shard i/n or --runs");
  }
  return {(*id - *least) / step, *count, "a Slurm array"};
}

constexpr std::array<const char*, 2> kPbsArray{"PBS_ARRAY_INDEX", "PBS_ARRAYID"};

Shard automatic_shard(const Environment& environment) {
  const Place task = place_in_array(environment);
  const Place rank = place_in_step(environment);
  if (!task.who.empty() || !rank.who.empty()) {
    if (task.count > std::numeric_limits<std::uint64_t>::max() / rank.count) {
      throw BadShard("the launcher's variables name more parts than there can be");
    }
    return {task.index * rank.count + rank.index + 1, task.count * rank.count};
  }
  for (const char* name : kPbsArray) {
    if (!environment(name)) continue;
    throw BadShard(std::string("PBS does not say how many tasks its array has: use --shard $") +
                   name + "/n (with an array from 1 to n)");
  }
  throw BadShard(
      "--shard auto finds no variables of a Slurm array, srun, Open MPI, MVAPICH or PMI; use "
      "--shard i/n");
}

[[noreturn]] void refuse_runs(std::string_view item, const std::string& why) {
  throw BadShard("--runs: '" + std::string(item) + "' " + why);
}

/// `17` or `40-60`: the first and the last.
std::pair<std::uint64_t, std::uint64_t> read_range(std::string_view item, std::size_t runs) {
  const std::size_t hyphen = item.find('-');
  const auto first = digits_in(item.substr(0, hyphen));
  const auto last = hyphen == std::string_view::npos ? first : digits_in(item.substr(hyphen + 1));
  if (!first || !last) refuse_runs(item, "is not a run or a range of runs, such as 3,17,40-60");
  if (*first > *last) refuse_runs(item, "ends before it begins");
  if (*last >= runs) {
    refuse_runs(item, "goes beyond the plan, whose runs are 0 to " + std::to_string(runs - 1));
  }
  return {*first, *last};
}

}  // namespace

Shard read_shard(std::string_view text, const Environment& environment) {
  if (text == "auto") return automatic_shard(environment);
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos) {
    const auto index = digits_in(text.substr(0, slash));
    const auto count = digits_in(text.substr(slash + 1));
    if (index && count && *index >= 1 && *index <= *count) return {*index, *count};
  }
  throw BadShard("--shard takes i/n with i from 1 to n, or auto, not '" + std::string(text) + "'");
}

std::string several_ranks(const Environment& environment) {
  const Launcher launcher = launcher_in(environment);
  if (launcher.several()) {
    return launcher.name + " has started " +
           (launcher.ranks == 0 ? "several" : std::to_string(launcher.ranks)) + " of it";
  }
  const auto tasks = variable(environment, "SLURM_ARRAY_TASK_COUNT");
  if (environment("SLURM_ARRAY_TASK_ID") && tasks.value_or(1) > 1) {
    return "it is one of " + std::to_string(*tasks) + " tasks of a Slurm array";
  }
  for (const char* name : kPbsArray) {
    if (environment(name)) return "it is a task of a PBS array";
  }
  return {};
}

bool may_have_ranks_beside(const Environment& environment) {
  return launcher_in(environment).may_be_several();
}

std::vector<std::size_t> read_runs(std::string_view text, std::size_t runs) {
  std::vector<bool> chosen(runs, false);
  // A comma at an end leaves an empty item, which is refused as one.
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    const auto [first, last] = read_range(text.substr(from, comma - from), runs);
    for (std::uint64_t run = first; run <= last; ++run) chosen[run] = true;
    from = comma + 1;
  }
  std::vector<std::size_t> out;
  for (std::size_t run = 0; run < runs; ++run) {
    if (chosen[run]) out.push_back(run);
  }
  return out;
}

std::string runs_text(const std::vector<std::size_t>& runs) {
  std::string out;
  for (std::size_t i = 0; i < runs.size();) {
    std::size_t end = i + 1;
    while (end < runs.size() && runs[end] == runs[end - 1] + 1) ++end;
    out += (out.empty() ? "" : ",") + std::to_string(runs[i]);
    // Two in a row are no shorter as a range.
    if (end - i > 2) out += '-' + std::to_string(runs[end - 1]);
    i = end - i > 2 ? end : i + 1;
  }
  return out;
}

std::vector<std::size_t> runs_of(const Shard& shard, std::size_t runs) {
  std::vector<std::size_t> out;
  for (std::size_t run = 0; run < runs; ++run) {
    if (run % shard.count == shard.index - 1) out.push_back(run);
  }
  return out;
}

std::vector<std::size_t> part_of(const Shard& shard, const std::vector<std::size_t>& runs) {
  std::vector<std::size_t> out;
  for (const std::size_t place : runs_of(shard, runs.size())) out.push_back(runs[place]);
  return out;
}

}  // namespace terrace::sweep

// The runs of an attribution: every subset of the five batches, from one state.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/simulation.hpp>

#include "analysis/attribute_lines.hpp"

namespace terrace::attribution {

/// The five batches, as players 0 to 4, by the names of their modules.
inline constexpr std::array<std::string_view, kPlayers> kBatches{
    "industry", "relocation", "ecological_posts", "education", "allowance"};

/// Names joined by `+`; `none` without any.
std::string name_of_coalition(unsigned coalition);

/// Of those batches the ones that the scenario has enabled.
unsigned batches_of(const ScenarioSpec& scenario);

/// The scenario with these batches on, of those it has, and everything else as it is.
ScenarioSpec scenario_of(const ScenarioSpec& scenario, unsigned coalition);

/// How many runs a replicate takes: subsets of the batches that are enabled.
std::size_t runs_of(const ScenarioSpec& scenario);

/// The year from whose opening the runs differ.
int branch_year(const ScenarioSpec& scenario);

struct Control {
  const std::atomic<bool>* stop = nullptr;  ///< asked before every county-year
  /// How far a replicate has come, 0 to 1, and how many of its runs are over. Called from several
  /// threads.
  std::function<void(std::uint32_t replicate, double part, std::size_t runs_done)> progress;
};

/// One run and what it recorded, by its digest.
struct RunDigest {
  std::uint32_t replicate = 0;
  unsigned coalition = 0;
  std::string digest;
};

/// What is left of a replicate when all its runs are over.
struct ReplicateRuns {
  explicit ReplicateRuns(const ScenarioSpec& scenario);

  bool finished = false;
  Lines lines;
  std::vector<RegionInfo> counties;
  std::vector<PanelHousehold> panel;  ///< those of the panel alive at the branch
  std::vector<RunDigest> digests;     ///< by coalition
};

/// Runs the burn-in and the full set of batches, keeps the state at the branch in memory, and runs
/// every other subset from there: one after the other with their counties side by side or, where
/// there are too few counties to keep the workers busy, several at once. Throws std::logic_error if
/// the runs turn out not to share their past.
void run_replicate(ReplicateRuns& out, const ScenarioSpec& scenario,
                   const PolicyCatalogue& catalogue, CountyRunner& runner, std::uint32_t replicate,
                   const Control& control);

}  // namespace terrace::attribution

// Which batch lifted whom: the effect of the five batches, shared out among them.
//
// The effect is what changes between two runs from one state, with all five batches from the
// programme's opening on and with none of them; everything else (register, money, places and the
// scenario's other modules, fifteen in tpa) stays as the scenario has it in every run. A batch's
// share is its Shapley value: what it adds to whoever is there already, over all orders of joining.
// It is computed household by household, and shares add up to the effect exactly (shapley.hpp). A
// batch that the scenario has not enabled adds nothing to anybody and takes no runs.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/result_table.hpp>
#include <terrace/simulation.hpp>

#include "analysis/attribute_runs.hpp"
#include "analysis/interval.hpp"

namespace terrace::attribution {

/// Groups of lines for which shares are told.
enum class Level : std::uint8_t { nation, designation, part, province, cause, county };
inline constexpr std::size_t kLevels = 6;
std::string_view name_of(Level level);
std::string_view name_of(Outcome outcome);
std::string_view unit_of(Outcome outcome);

struct Group {
  Level level = Level::nation;
  std::string name;
};

/// A figure over replicates.
struct Share {
  analysis::MeanInterval figure{};
  double of_effect = 0.0;  ///< the mean over the mean effect; NaN where that is 0
};

/// One outcome in one group, weighted to the nation (in a county, to the county).
struct Sharing {
  Group group;
  Outcome outcome = Outcome::exits;
  analysis::MeanInterval with_all{};
  analysis::MeanInterval with_none{};
  Share effect;  ///< with_all - with_none
  std::array<Share, kPlayers> batches{};
};

struct Attribution {
  bool finished = false;  ///< else it was asked to stop, and all below is empty
  int branch = 0;         ///< year from which the runs differ
  int end = 0;            ///< last year
  unsigned able = 0;      ///< batches that the scenario has
  std::uint32_t replicates = 0;
  std::vector<Sharing> sharings;   ///< by level, group and outcome
  std::vector<RunDigest> digests;  ///< by replicate and coalition
  /// `attribution`: `sharings` as rows; `coalitions`: the nation in every run; `households`: the
  /// panel's lines.
  std::vector<ResultTable> tables;
};

inline constexpr double kConfidence = 0.95;

/// Runs one replicate after the other (attribute_runs.hpp).
Attribution attribute(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue,
                      CountyRunner& runner, const Control& control);

}  // namespace terrace::attribution

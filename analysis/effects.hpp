// What each level of one dimension of a sweep changes against another, replicate by replicate; and
// whether such effects add up.
//
//   const SweepResults sweep = read_sweep("results/modules/sweep.h5");
//   const Effects found = effects_of(sweep, {"arm", "none", {"only-*"}, "tpa"}, "results/modules");
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <terrace/result_table.hpp>
#include <terrace/sweep_results.hpp>

#include "analysis/interval.hpp"
#include "analysis/sensitivity_outputs.hpp"

namespace terrace::analysis {

struct EffectsRequest {
  std::string dimension;             ///< empty: the only one that the study has
  std::string base;                  ///< the level that others are held against
  std::vector<std::string> summed;   ///< levels whose effects are added up, and then no other
                                     ///< but the whole is shown; `*` is any letters
  std::string whole;                 ///< the level that their sum is held against
  std::vector<std::string> outputs;  ///< names (sensitivity_outputs.hpp); empty: those of the
                                     ///< nation in the last year, modules' apart
  double confidence = 0.95;
};

/// A level against the base, in the runs whose other dimensions are as `at` says.
struct LevelEffect {
  std::string at;  ///< "herding = 0, trap = 0.5"; empty: there are no others
  std::string level;
  double base_mean =
      kNoNumber;  ///< over the pairs; without any, over the runs that have the figure
  double level_mean = kNoNumber;  ///< likewise
  MeanInterval difference;        ///< level less base, over replicates that have both
};

/// The effects of several levels added up in each replicate, and that of all at once.
struct EffectSum {
  std::string at;
  std::size_t levels = 0;
  MeanInterval sum;
  MeanInterval whole;
  MeanInterval surplus;  ///< sum less whole
};

struct OutputEffects {
  SweepOutput output;
  std::vector<LevelEffect> effects;  ///< by `at`, the largest first, whatever its sign
  std::vector<EffectSum> sums;       ///< by `at`; none if none was asked for
};

struct Effects {
  std::string dimension;
  std::string base;
  std::string whole;
  std::vector<std::string> summed;  ///< the levels, in the study's order
  std::size_t replicates = 0;
  std::vector<OutputEffects> outputs;
  std::vector<std::string> notes;

  /// `effects`, and `sums` if they were asked for.
  std::vector<ResultTable> tables() const;
};

/// Throws NoAnswer: levels, dimensions or outputs that are not there, runs without a result, no two
/// points that differ in this dimension alone. `folder` stands in commands that messages name.
Effects effects_of(const SweepResults& sweep, const EffectsRequest& request,
                   const std::string& folder);

}  // namespace terrace::analysis

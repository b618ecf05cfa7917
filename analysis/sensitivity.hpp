// Which dimensions of a study matter: Sobol or Morris indices of figures of a merged sweep.
//
//   const SweepResults sweep = read_sweep("results/trap-study/sweep.h5");
//   const Sensitivity found = sensitivity_of(sweep, {"headcount_ratio@2020"}, {});
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <terrace/result_table.hpp>
#include <terrace/sweep_results.hpp>

#include "analysis/morris.hpp"
#include "analysis/sensitivity_outputs.hpp"
#include "analysis/sobol.hpp"

namespace terrace::analysis {

/// What intervals of indices hold and do not hold; to be said wherever they are given.
inline constexpr const char* kIndexIntervals =
    "intervals are bootstrapped over the rows of the design: they hold the chance of which points "
    "were tried, not that of which counties and villages are in the sample, which all runs share, "
    "nor that a mean over few replicates is not the expected value";

/// What an effect upwards goes from and to: the ends of a range, the first choice and the last.
struct RangeEnds {
  std::string from;
  std::string to;
};

/// Of one output. According to the design one of the two is filled.
struct OutputSensitivity {
  SweepOutput output;
  OutputSpread spread;
  SobolIndices sobol;
  std::vector<MorrisEffects> morris;  ///< by dimension
  /// By dimension: the mean square of the steps along it, from which its total index or mu_star
  /// comes, less what noise of finite replicates adds. NaN: one replicate.
  std::vector<Estimated> beyond_noise;

  bool constant() const { return spread.low == spread.high; }
};

struct Sensitivity {
  bool morris = false;  ///< else Sobol
  bool second_order = false;
  std::size_t n = 0;       ///< rows of the design: trajectories, or points of A
  std::size_t points = 0;  ///< all of them
  std::vector<std::string> dimensions;
  std::vector<RangeEnds> ends;  ///< by dimension
  std::vector<OutputSensitivity> outputs;
  std::vector<std::string> notes;

  /// `outputs`, then `sobol` and perhaps `second_order`, or `morris`.
  std::vector<ResultTable> tables() const;
};

struct SensitivityRequest {
  std::vector<std::string> outputs;  ///< names (sensitivity_outputs.hpp); empty: all_outputs()
  unsigned resamples = 1000;
  double confidence = 0.95;
};

/// The bootstrap draws by the sweep's seed, so that the same file gives the same intervals. Throws
/// NoAnswer: another design, runs without a result or figure, names that mean nothing.
/// `folder` stands in messages, in commands that do runs again.
Sensitivity sensitivity_of(const SweepResults& sweep, const SensitivityRequest& request,
                           const std::string& folder);

}  // namespace terrace::analysis

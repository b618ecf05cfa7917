// The bootstrap of sensitivity indices: rows of a design are drawn again, with replacement.
//
// An index is a function of means of terms over rows, so a resample needs no more than how often
// each row came up.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "analysis/interval.hpp"

namespace terrace::analysis {

/// Resamples of a bootstrap. The same seed, rows and number give the same resamples everywhere.
struct Bootstrap {
  unsigned resamples = 1000;
  double confidence = 0.95;
  std::uint64_t seed = 1;
};

/// An estimate of all rows, with what resamples say of it. NaN: undefined.
struct Estimated {
  double value = kNoNumber;
  double error = kNoNumber;  ///< standard deviation over resamples
  double low = kNoNumber;    ///< percentiles of the resamples
  double high = kNoNumber;

  bool holds_zero() const { return low <= 0.0 && high >= 0.0; }

  /// Of what cannot be below zero, as a share of variance: whether it may be as small as `level`.
  /// An estimate of such a number may lie below zero with its whole interval, and says nothing
  /// then.
  bool reaches(double level) const { return low <= level; }
};

/// A term for every row: [term][row].
using Terms = std::vector<std::vector<double>>;

/// Estimates from the means of terms over rows.
using FromMeans = std::function<std::vector<double>(std::span<const double> means)>;

/// The estimates of all rows and, of the resamples in which they are numbers, their spread and
/// percentiles. Percentiles rather than normal intervals: indices are quotients of skewed sums,
/// and a total index or a mean of absolute values is never below zero, as percentiles are not.
/// Both kinds cover 0.89 to 0.96 where 0.95 is meant (Ishigami and g-function, 64 to 512 random
/// rows; tests/analysis/sobol_test.cpp holds to that).
std::vector<Estimated> bootstrap(const Terms& terms, const FromMeans& estimate,
                                 const Bootstrap& how);

/// The quantile at `share` of ascending values, between neighbours in proportion.
double quantile_of(std::span<const double> ascending, double share);

}  // namespace terrace::analysis

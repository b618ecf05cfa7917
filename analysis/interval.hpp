// What replicates say of a figure: their mean, and how far chance may have moved it.
#pragma once

#include <cstddef>
#include <limits>
#include <span>
#include <string>

namespace terrace::analysis {

inline constexpr double kNoNumber = std::numeric_limits<double>::quiet_NaN();

/// What an interval over replicates does not hold; to be said wherever one is given.
inline constexpr const char* kOneSample =
    "replicates draw households and shocks anew but share one sample of counties and villages, "
    "whose choice the intervals do not hold";

/// A mean with the interval of Student's t at n - 1 degrees of freedom. Fewer than two values give
/// no interval: NaN.
struct MeanInterval {
  std::size_t n = 0;  ///< values that were there
  double mean = kNoNumber;
  double error = kNoNumber;  ///< standard error of the mean
  double low = kNoNumber;
  double high = kNoNumber;

  bool too_small() const { return n < 2; }
  /// Whether the interval lies on one side of zero.
  bool excludes_zero() const { return low > 0.0 || high < 0.0; }
};

/// Of the values that are numbers. `confidence` is between 0 and 1. Values that are all the same
/// give exactly that mean and an interval of no width.
MeanInterval mean_interval(std::span<const double> values, double confidence);

/// By how many standard errors an interval of n values reaches from its mean; n is at least 2.
double t_quantile(std::size_t n, double confidence);

/// "95 %", "99.9 %".
std::string percent_text(double confidence);

}  // namespace terrace::analysis

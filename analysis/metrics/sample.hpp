// A weighted sample: values, and how much each counts for. The measures of this folder are
// functions of such samples alone; they know nothing of Terrace's columns or files.
#pragma once

#include <cstddef>
#include <span>

namespace terrace::metrics {

struct Sample {
  std::span<const double> values;
  std::span<const double> weights{};  ///< not negative; empty: each value counts for 1

  std::size_t size() const { return values.size(); }
  double weight(std::size_t i) const { return weights.empty() ? 1.0 : weights[i]; }
};

/// NaN if the sample has no weight, as with every measure here.
double mean(const Sample& sample);

/// The value below which a share `at` of the weight lies: the first whose running weight reaches
/// it.
double quantile(const Sample& sample, double at);

}  // namespace terrace::metrics

#include "analysis/metrics/sample.hpp"

#include <limits>

#include "analysis/metrics/sorted.hpp"

namespace terrace::metrics {

double mean(const Sample& sample) {
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    sum += sample.weight(i) * sample.values[i];
    weight += sample.weight(i);
  }
  return sum / weight;
}

double quantile(const Sample& sample, double at) {
  const auto sorted = sorted_pairs(sample);
  double total = 0.0;
  for (const auto& [value, weight] : sorted) total += weight;
  double below = 0.0;
  for (const auto& [value, weight] : sorted) {
    below += weight;
    if (total > 0.0 && below >= at * total) return value;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace terrace::metrics

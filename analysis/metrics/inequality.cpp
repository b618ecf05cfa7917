#include "analysis/metrics/inequality.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "analysis/metrics/sorted.hpp"

namespace terrace::metrics {

double gini(const Sample& sample) {
  // Twice the area under the Lorenz curve, by trapezes.
  double weight = 0.0;
  double sum = 0.0;
  double area = 0.0;
  for (const auto& [value, w] : sorted_pairs(sample)) {
    const double before = sum;
    sum += value * w;
    area += w * (before + sum);
    weight += w;
  }
  return 1.0 - area / (weight * sum);
}

double theil(const Sample& sample) {
  const double average = mean(sample);
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double relative = sample.values[i] / average;
    if (relative > 0.0) sum += sample.weight(i) * relative * std::log(relative);
    weight += sample.weight(i);
  }
  return average > 0.0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

Theil theil(const Sample& sample, std::span<const std::uint32_t> group) {
  std::uint32_t groups = 0;
  for (const std::uint32_t g : group) groups = std::max(groups, g + 1);
  std::vector<double> income(groups, 0.0);
  std::vector<double> weight(groups, 0.0);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    income[group[i]] += sample.weight(i) * sample.values[i];
    weight[group[i]] += sample.weight(i);
  }
  std::vector<double> means(groups, 0.0);
  for (std::size_t g = 0; g < groups; ++g) {
    means[g] = weight[g] > 0.0 ? income[g] / weight[g] : 0.0;
  }
  Theil out;
  out.total = theil(sample);
  out.between = theil({means, weight});
  // Each group's own T counts by its share of all income.
  const double average = mean(sample);
  double all = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double relative = sample.values[i] / means[group[i]];
    if (relative > 0.0) {
      out.within += sample.weight(i) * sample.values[i] / average * std::log(relative);
    }
    all += sample.weight(i);
  }
  out.within /= all;
  return out;
}

}  // namespace terrace::metrics

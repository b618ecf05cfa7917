#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis/metrics/sample.hpp"

namespace terrace::metrics {

/// Values with their weights, from the smallest up.
inline std::vector<std::pair<double, double>> sorted_pairs(const Sample& sample) {
  std::vector<std::pair<double, double>> out;
  out.reserve(sample.size());
  for (std::size_t i = 0; i < sample.size(); ++i) {
    out.emplace_back(sample.values[i], sample.weight(i));
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace terrace::metrics

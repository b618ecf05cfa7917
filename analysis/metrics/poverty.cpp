#include "analysis/metrics/poverty.hpp"

#include <algorithm>
#include <cmath>

namespace terrace::metrics {

namespace {

/// Weighted mean of `of` over all, where `of` is taken of the poor only.
template <class Of>
double mean_over_poor(const Sample& incomes, double line, Of of) {
  double sum = 0.0;
  double weight = 0.0;
  for (std::size_t i = 0; i < incomes.size(); ++i) {
    weight += incomes.weight(i);
    if (incomes.values[i] < line) sum += incomes.weight(i) * of(incomes.values[i]);
  }
  return sum / weight;
}

}  // namespace

double fgt(const Sample& incomes, double line, double alpha) {
  return mean_over_poor(incomes, line, [&](double y) {
    const double gap = 1.0 - std::max(y, 0.0) / line;
    if (alpha == 0.0) return 1.0;
    if (alpha == 1.0) return gap;
    return alpha == 2.0 ? gap * gap : std::pow(gap, alpha);
  });
}

double watts(const Sample& incomes, double line, double floor) {
  return mean_over_poor(
      incomes, line, [&](double y) { return std::max(0.0, std::log(line / std::max(y, floor))); });
}

}  // namespace terrace::metrics

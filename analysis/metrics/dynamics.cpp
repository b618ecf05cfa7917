#include "analysis/metrics/dynamics.hpp"

#include <algorithm>
#include <cmath>

namespace terrace::metrics {

namespace {

double power(double gap, double alpha) {
  if (alpha == 2.0) return gap * gap;
  return alpha == 1.0 ? gap : std::pow(gap, alpha);
}

double root(double value, double alpha) {
  if (alpha == 2.0) return std::sqrt(value);
  return alpha == 1.0 ? value : std::pow(value, 1.0 / alpha);
}

double gap_of(double relative) { return std::max(0.0, 1.0 - relative); }

}  // namespace

Components jalan_ravallion(const Window& window, double alpha) {
  const auto years = static_cast<double>(window.years);
  Components out;
  double weight = 0.0;
  for (std::size_t i = 0; i < window.households(); ++i) {
    double total = 0.0;
    double mean = 0.0;
    for (const double relative : window.relative_income.subspan(i * window.years, window.years)) {
      total += power(gap_of(relative), alpha) / years;
      mean += relative / years;
    }
    weight += window.weight(i);
    out.total += window.weight(i) * total;
    out.chronic += window.weight(i) * power(gap_of(mean), alpha);
  }
  out.total /= weight;
  out.chronic /= weight;
  out.transient = out.total - out.chronic;
  return out;
}

EquivalentGaps duclos_araar_giles(const Window& window, double alpha) {
  const auto years = static_cast<double>(window.years);
  double weight = 0.0;
  double powers = 0.0;  // of the households' own equivalent gaps, which is also that of all gaps
  double equivalents = 0.0;
  double gaps = 0.0;
  for (std::size_t i = 0; i < window.households(); ++i) {
    const double w = window.weight(i);
    double own = 0.0;
    double mean = 0.0;
    for (const double relative : window.relative_income.subspan(i * window.years, window.years)) {
      own += power(gap_of(relative), alpha) / years;
      mean += gap_of(relative) / years;
    }
    weight += w;
    powers += w * own;
    equivalents += w * root(own, alpha);
    gaps += w * mean;
  }
  EquivalentGaps out;
  out.total = root(powers / weight, alpha);
  out.mean_gap = gaps / weight;
  out.inequality = out.total - equivalents / weight;
  out.transient = equivalents / weight - out.mean_gap;
  return out;
}

}  // namespace terrace::metrics

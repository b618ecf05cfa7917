#include "analysis/metrics/multidimensional.hpp"

#include <limits>

namespace terrace::metrics {

AlkireFoster alkire_foster(std::span<const std::uint8_t> deprived,
                           std::span<const double> importance, double cutoff,
                           std::span<const double> weights) {
  constexpr double kNothing = 1e-12;  // weights such as 1/6 do not add up exactly
  const std::size_t indicators = importance.size();
  const std::size_t persons = deprived.size() / indicators;
  std::vector<double> censored(indicators, 0.0);  // weight of the poor deprived in each
  double poor = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < persons; ++i) {
    const auto row = deprived.subspan(i * indicators, indicators);
    const double w = weights.empty() ? 1.0 : weights[i];
    double share = 0.0;
    for (std::size_t k = 0; k < indicators; ++k) share += row[k] != 0 ? importance[k] : 0.0;
    all += w;
    if (share < cutoff - kNothing || share <= 0.0) continue;
    poor += w;
    for (std::size_t k = 0; k < indicators; ++k) censored[k] += row[k] != 0 ? w : 0.0;
  }
  AlkireFoster out;
  for (std::size_t k = 0; k < indicators; ++k) out.m0 += importance[k] * censored[k] / all;
  out.h = poor / all;
  out.a = poor > 0.0 ? out.m0 / out.h : std::numeric_limits<double>::quiet_NaN();
  for (std::size_t k = 0; k < indicators; ++k) {
    out.contributions.push_back(importance[k] * censored[k] / all / out.m0);
  }
  return out;
}

}  // namespace terrace::metrics

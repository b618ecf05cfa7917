// Alkire and Foster's measures: who is deprived of how much at once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace terrace::metrics {

struct AlkireFoster {
  double m0 = 0.0;  ///< adjusted headcount, H times A
  double h = 0.0;   ///< share of persons whose deprivations reach the cut-off
  double a = 0.0;   ///< their mean weighted share of deprivations; NaN if there are none
  std::vector<double> contributions;  ///< of each indicator to M0; they add up to 1, NaN if M0 is 0
};

/// `deprived`: persons x indicators, row-major, 0 or not. `importance`: of the indicators, adding
/// up to 1; within a dimension of weight 1/d with k indicators each has 1/(d k). `weights`: of the
/// persons, empty for equal ones. A share within 1e-12 of the cut-off reaches it.
AlkireFoster alkire_foster(std::span<const std::uint8_t> deprived,
                           std::span<const double> importance, double cutoff,
                           std::span<const double> weights = {});

}  // namespace terrace::metrics

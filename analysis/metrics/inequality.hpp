// Measures of inequality.
#pragma once

#include <cstdint>
#include <span>

#include "analysis/metrics/sample.hpp"

namespace terrace::metrics {

/// Twice the area between the Lorenz curve and the diagonal. Values must not be negative; NaN if
/// all are zero.
double gini(const Sample& sample);

struct Theil {
  double total = 0.0;
  double between = 0.0;  ///< if everybody had the mean of their group
  double within = 0.0;   ///< income-weighted mean of the groups' own T; the two make the total
};

/// Theil T: mean of y/mean ln(y/mean). A value of zero adds nothing; values must not be negative;
/// NaN if all are zero.
double theil(const Sample& sample);
/// The same split by groups; `group` numbers them from 0 without large gaps.
Theil theil(const Sample& sample, std::span<const std::uint32_t> group);

}  // namespace terrace::metrics

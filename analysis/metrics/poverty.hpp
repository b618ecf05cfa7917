// Measures of poverty against a line. Who is at the line is not poor.
#pragma once

#include "analysis/metrics/sample.hpp"

namespace terrace::metrics {

/// Foster, Greer and Thorbecke: mean of ((line - y) / line)^alpha over the poor, 0 for others.
/// alpha 0 is the headcount ratio, 1 the poverty gap, 2 the squared gap. Incomes below zero count
/// as zero.
double fgt(const Sample& incomes, double line, double alpha);

/// Watts: mean of ln(line / y) over the poor. Incomes under `floor`, which must be above zero,
/// count as `floor`.
double watts(const Sample& incomes, double line, double floor);

}  // namespace terrace::metrics

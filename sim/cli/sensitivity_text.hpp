// A sensitivity analysis on one screen.
#pragma once

#include <string>
#include <vector>

#include <terrace/sweep_results.hpp>

#include "analysis/sensitivity.hpp"

namespace terrace::cli {

/// "Sobol indices, saltelli n = 128 (5 dimensions, 896 points x 2 replicates), seed 20131103"
std::string design_text(const SweepResults& sweep, const analysis::Sensitivity& found);

/// "95 % intervals, 1000 resamples; " and what intervals do not hold.
std::string intervals_text(unsigned resamples, double confidence);

/// In lines of at most `width` characters.
std::vector<std::string> wrapped(const std::string& text, std::size_t width);

/// A unit that leaves numbers short, and what numbers are multiplied by. Numbers without a unit
/// (shares, indices) have an empty one.
struct UnitScale {
  std::string unit;
  double factor = 1.0;
};
UnitScale unit_scale(const std::string& unit, double largest);

std::string sensitivity_text(const SweepResults& sweep, const analysis::Sensitivity& found,
                             unsigned resamples, double confidence);

}  // namespace terrace::cli

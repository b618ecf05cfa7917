// Effects of a dimension's levels on one screen.
#pragma once

#include <string>

#include <terrace/sweep_results.hpp>

#include "analysis/effects.hpp"

namespace terrace::cli {

std::string effects_text(const SweepResults& sweep, const analysis::Effects& found,
                         double confidence);

}  // namespace terrace::cli

// The picture of a sensitivity analysis: a script with its data, and gnuplot where it is there.
#pragma once

#include <string>

#include <terrace/sweep_results.hpp>

#include "analysis/sensitivity.hpp"

namespace terrace::cli {

inline constexpr const char* kFigureScript = "sensitivity.gp";
inline constexpr const char* kFigure = "sensitivity.svg";
inline constexpr std::size_t kMostPanels = 12;  ///< outputs in the picture, the first ones

/// A script for gnuplot 5 that writes sensitivity.svg: a panel for each output, in it a line for
/// each dimension with first and total index, or mu* and sigma, and intervals. Words of the study
/// stand in it as quoted text only.
std::string figure_script(const SweepResults& sweep, const analysis::Sensitivity& found,
                          unsigned resamples, double confidence);

struct DrawnFigure {
  std::string svg;   ///< empty: none
  std::string note;  ///< why not
};

/// Runs `gnuplot`, as PATH has it, on a script; after `seconds` it is stopped.
DrawnFigure draw_figure(const std::string& script, double seconds);

}  // namespace terrace::cli

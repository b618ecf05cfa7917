// A comparison on one screen.
#pragma once

#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace terrace::cli {

/// What the screen shows: the headlines of the nation, or what was asked for.
struct CompareView {
  std::vector<std::string> indicators;  ///< empty: the headlines
  bool regions = false;                 ///< every region of the table, not only the nation
};

std::string compare_text(const analysis::Comparison& found, const CompareView& view,
                         double confidence);

}  // namespace terrace::cli

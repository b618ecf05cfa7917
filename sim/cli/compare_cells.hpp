// What the tables of a comparison on the screen are made of.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include <terrace/result_table.hpp>

#include "analysis/compare.hpp"
#include "cli/compare_text.hpp"
#include "cli/text_width.hpp"

namespace terrace::cli {

/// Where the cells of a table lie.
class Cells {
 public:
  explicit Cells(const ResultTable& table) : table_(table) {}
  double number(const char* column, std::size_t row) const;
  const std::string& text(const char* column, std::size_t row) const;

 private:
  const ResultTable& table_;
};

/// Decimals that a number of this size needs.
int decimals(double size);

/// With commas; "-" if there is none.
std::string number_text(double value, int digits);

/// A mean and how far its interval reaches, both times `factor`; signed where it is a difference,
/// with a star where the interval excludes zero.
std::string interval_text(double mean, double low, double high, double factor, bool difference);

/// A width that holds the names of all these lines.
template <class Lines>
std::size_t label_width(const Lines& lines) {
  std::size_t width = 24;
  for (const auto& line : lines) width = std::max(width, width_of(line.name) + 2);
  return width;
}

/// Winners and losers of the last year; empty without a panel.
std::string winners_text(const analysis::Comparison& found, const analysis::ComparedRun& alt,
                         const CompareView& view);

}  // namespace terrace::cli

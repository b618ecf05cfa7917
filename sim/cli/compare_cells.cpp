#include "cli/compare_cells.hpp"

#include <cmath>

#include "analysis/explain_words.hpp"
#include "analysis/table_rows.hpp"

namespace terrace::cli {
double Cells::number(const char* column, std::size_t row) const {
  return analysis::column_of(table_, column).numbers[row];
}

const std::string& Cells::text(const char* column, std::size_t row) const {
  return analysis::column_of(table_, column).texts[row];
}

int decimals(double size) {
  if (size >= 100.0) return 0;
  if (size >= 10.0) return 1;
  if (size >= 0.1 || size == 0.0) return 2;
  return size >= 0.001 ? 4 : 6;
}

std::string number_text(double value, int digits) {
  return std::isnan(value) ? "-" : explain::grouped(value, digits);
}

std::string interval_text(double mean, double low, double high, double factor, bool difference) {
  if (std::isnan(mean)) return "-";
  const double value = factor * mean;
  const double reach = std::isnan(low) ? 0.0 : factor * 0.5 * (high - low);
  const int digits = decimals(std::max(std::abs(value), reach));
  std::string out = (difference && value > 0.0 ? "+" : "") + number_text(value, digits);
  if (!std::isnan(low)) out += " ± " + number_text(reach, digits);
  if (difference) out += low > 0.0 || high < 0.0 ? "*" : " ";
  return out;
}

}  // namespace terrace::cli

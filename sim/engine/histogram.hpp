// Figures that counties cannot add up to (median, Gini) come from a histogram of log income.
//
// 256 bins from 50 to 500,000 yuan, each 3.7 % wide; the first holds everything below, the last
// everything above. Persons and income of a bin are integers, so their sums have no order. The
// median is interpolated within its bin, so it errs by less than the bin's width (in practice under
// 0.2 %); the Gini neglects inequality inside a bin, which lowers it by less than 0.001.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <terrace/maths.hpp>
#include <terrace/plan.hpp>

namespace terrace::engine {

inline constexpr float kBinLow = 50.0F;
inline constexpr float kBinLogStep = 0.03626118F;  // ln(10,000) / 254

TERRACE_ALWAYS_INLINE int income_bin(float income) {
  const float safe = income > kBinLow ? income : kBinLow;
  const float position = exact::log(safe * (1.0F / kBinLow)) * (1.0F / kBinLogStep);
  const int inner = 1 + static_cast<int>(position < 254.0F ? position : 254.0F);
  return income < kBinLow ? 0 : inner;
}

/// Lower edge of bin b, yuan; 0 for the first.
double bin_edge(std::size_t bin);

/// A weighted sum of counties' histograms, in county order.
struct WeightedHistogram {
  std::vector<double> persons = std::vector<double>(kIncomeBins, 0.0);
  std::vector<double> income = std::vector<double>(kIncomeBins, 0.0);  ///< yuan
  void add(const IncomeHistogram& h, double weight);
};

/// Median income a head; NaN without people.
double median_of(const WeightedHistogram& h);
/// Gini coefficient of income a head; NaN without income.
double gini_of(const WeightedHistogram& h);

/// economy's month weights of farm income, for the twelve-month sum.
float economy_farm_month(int month_from_0);

}  // namespace terrace::engine

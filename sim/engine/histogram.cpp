#include "engine/histogram.hpp"

#include <limits>

#include "economy/economy.hpp"

namespace terrace::engine {

double bin_edge(std::size_t bin) {
  if (bin == 0) return 0.0;
  return static_cast<double>(kBinLow) *
         exact::exp(static_cast<double>(kBinLogStep) * static_cast<double>(bin - 1));
}

void WeightedHistogram::add(const IncomeHistogram& h, double weight) {
  for (std::size_t b = 0; b < kIncomeBins; ++b) {
    persons[b] += weight * static_cast<double>(h.persons[b]);
    income[b] += weight * to_yuan(h.income[b]);
  }
}

double median_of(const WeightedHistogram& h) {
  double total = 0.0;
  for (const double p : h.persons) total += p;
  if (!(total > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  double below = 0.0;
  for (std::size_t b = 0; b < kIncomeBins; ++b) {
    if (below + h.persons[b] >= 0.5 * total && h.persons[b] > 0.0) {
      const double inside = (0.5 * total - below) / h.persons[b];
      const double low = bin_edge(b);
      const double high = b + 1 < kIncomeBins ? bin_edge(b + 1) : low;
      return low + inside * (high - low);
    }
    below += h.persons[b];
  }
  return bin_edge(kIncomeBins - 1);
}

double gini_of(const WeightedHistogram& h) {
  double people = 0.0;
  double income = 0.0;
  for (std::size_t b = 0; b < kIncomeBins; ++b) {
    people += h.persons[b];
    income += h.income[b];
  }
  if (!(people > 0.0) || !(income > 0.0)) return std::numeric_limits<double>::quiet_NaN();
  double area = 0.0;  // twice the area under the Lorenz curve
  double below = 0.0;
  for (std::size_t b = 0; b < kIncomeBins; ++b) {
    area += h.persons[b] / people * (2.0 * below + h.income[b]) / income;
    below += h.income[b];
  }
  return 1.0 - area;
}

float economy_farm_month(int month_from_0) { return economy::kFarmMonth[month_from_0]; }

}  // namespace terrace::engine

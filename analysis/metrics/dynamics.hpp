// Poverty that lasts and poverty that comes and goes, over a window of years.
#pragma once

#include <cstddef>
#include <span>

namespace terrace::metrics {

/// The same households year after year: incomes over the line of their year, households x years,
/// row-major. Whoever is not there in all years is left out by the caller.
struct Window {
  std::span<const double> relative_income;
  std::size_t years = 1;
  std::span<const double> weights{};  ///< of households; empty for equal ones

  std::size_t households() const { return relative_income.size() / years; }
  double weight(std::size_t i) const { return weights.empty() ? 1.0 : weights[i]; }
};

/// Jalan and Ravallion's components. Total: mean over households and years of the relative gap to
/// the power alpha. Chronic: that of the household's mean income. Transient: the rest.
struct Components {
  double total = 0.0;
  double chronic = 0.0;
  double transient = 0.0;
};
Components jalan_ravallion(const Window& window, double alpha = 2.0);

/// Duclos, Araar and Giles' components, in relative gaps: the gap which, if everybody had it every
/// year, would be as bad as the gaps there are (alpha above 1 says how bad unequal gaps are).
/// Chronic poverty is the mean gap and what inequality between households adds to it; transient
/// poverty what their variation over time adds. Without the correction for short windows.
struct EquivalentGaps {
  double total = 0.0;
  double mean_gap = 0.0;
  double inequality = 0.0;
  double transient = 0.0;
  double chronic() const { return mean_gap + inequality; }
};
EquivalentGaps duclos_araar_giles(const Window& window, double alpha = 2.0);

}  // namespace terrace::metrics

// Figures that are compared with what is known, from households followed over the years. Persons
// are weighted by all registered members and by what their household stands for in the nation.
#pragma once

#include <array>
#include <span>

#include "validation/panel.hpp"

namespace terrace::validation {

/// Share of persons below the line of the year.
double headcount(const Panel& panel, int year);
double gini_of_income(const Panel& panel, int year);
double median_assets(const Panel& panel, int year);
/// Shares of the nation's income, by Source.
std::array<double, kSources> income_shares(const Panel& panel, int year);

/// Of those poor in `year`, the share above the line a year later; of these, the share below it the
/// year after. Of households that are there in all three years, by members in the first.
struct Moves {
  double left = 0.0;
  double back = 0.0;
};
Moves moves(const Panel& panel, int year);
/// Means over the base years first..last.
Moves mean_moves(const Panel& panel, int first, int last);

/// Jalan and Ravallion's transient share of the squared poverty gap over years that follow each
/// other: total, the mean of squared relative gaps; chronic, that of the mean of income over line.
double transient_share(const Panel& panel, int first, int years);

/// Least squares slope of the yearly change of consumption on that of income, means of each village
/// and year taken off, over households from the quantile `low` to the quantile `high` of wealth a
/// member in the year before (quantiles over the nation's persons).
double pass_through(const Panel& panel, int first, int last, double low, double high);

/// Members away in `year` (person-years) of households that were poor at the end of the year
/// before.
double away_of_poor(const Panel& panel, int year);

/// The largest relative change of median productive assets from one of these years to the next.
double largest_move_of_assets(const Panel& panel, std::span<const int> years);

}  // namespace terrace::validation

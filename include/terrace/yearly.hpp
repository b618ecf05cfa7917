// How the rows of a result group make a year's figure: summary.csv and all that compare years go by
// this.
//
//   const int first = first_result_year(start, programme);
//   const double poor = year_figure(start, false, false, 2015, [&](std::size_t month) {
//     return indicator.at(0, month, 0);
//   });
#pragma once

#include <algorithm>
#include <cstddef>

#include <terrace/calendar.hpp>

namespace terrace {

/// The first year of tables: the last of burn-in, which is the programme's starting point, or the
/// first whole year of the results if that is later.
constexpr int first_result_year(Month start, Month programme) {
  return std::max(year_of(programme - 1), year_of(start + 11));
}

/// The last whole year of results that end with the month `end`.
constexpr int last_result_year(Month end) { return year_of(end + 1) - 1; }

/// The figure of a year that lies wholly in the results: the year's row of a `yearly` group, of a
/// monthly one December's value, or for a flow the sum of twelve months (NaN if one is missing).
/// `start` is the month of the group's first row, `value(row)` gives a row.
template <class Value>
double year_figure(Month start, bool yearly, bool flow, int year, Value value) {
  if (yearly) return value(static_cast<std::size_t>(year - year_of(start)));
  const auto january = static_cast<std::size_t>(month_of(year, 1) - start);
  if (!flow) return value(january + 11);
  double sum = 0.0;
  for (std::size_t month = january; month < january + 12; ++month) sum += value(month);
  return sum;
}

static_assert(first_result_year(month_of(2008, 1), month_of(2013, 1)) == 2012);
static_assert(first_result_year(month_of(2013, 1), month_of(2013, 1)) == 2013);
static_assert(last_result_year(month_of(2020, 12)) == 2020);
static_assert(last_result_year(month_of(2020, 11)) == 2019);

}  // namespace terrace

// Months and years of the simulated calendar.
#pragma once

#include <cstdint>

namespace terrace {

/// A month, counted from January 2000 (= 0). Births before that are negative. Every date inside the
/// engine is one of these; years and month numbers appear only at its edges.
using Month = std::int32_t;

constexpr Month month_of(int year, int month_1_to_12) {
  return (year - 2000) * 12 + month_1_to_12 - 1;
}

constexpr int year_of(Month m) {
  const int q = m / 12;
  return 2000 + (m % 12 < 0 ? q - 1 : q);
}

/// 1 = January ... 12 = December.
constexpr int month_in_year(Month m) { return ((m % 12) + 12) % 12 + 1; }

static_assert(year_of(month_of(1999, 12)) == 1999 && month_in_year(month_of(1999, 12)) == 12);
static_assert(year_of(month_of(2008, 1)) == 2008 && month_in_year(month_of(2008, 1)) == 1);

}  // namespace terrace

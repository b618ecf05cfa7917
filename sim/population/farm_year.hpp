// When in the year a farm earns, for whoever makes twelve-month figures out of two calendar years.
#pragma once

namespace terrace {

/// Share of a year's farm income that comes in each month (January first): autumn harvest,
/// livestock and vegetables through the year. Assumption; sums to 1.
inline constexpr float kFarmMonth[12] = {0.05F, 0.04F, 0.05F, 0.06F, 0.07F, 0.09F,
                                         0.10F, 0.09F, 0.11F, 0.18F, 0.10F, 0.06F};

/// Share of last year's farm income in the twelve months that end with this one (1-12).
inline float farm_left(int month) {
  if (month == 12) return 0.0F;  // exactly: December is the calendar year
  float left = 1.0F;
  for (int i = 0; i < month; ++i) left -= kFarmMonth[i];
  return left;
}

/// The same of everything that comes evenly through the year.
constexpr double even_left(int month) { return (12 - month) / 12.0; }

}  // namespace terrace

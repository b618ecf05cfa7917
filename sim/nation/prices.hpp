// Prices of market crops. A crop has one market in each province, whose price of a year is made by
// the harvest of the year before: what moves between provinces is `supply_elsewhere`.
#pragma once

#include <array>
#include <span>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/plan.hpp>

#include "economy/village_parameters.hpp"

namespace terrace::nation {

/// One province's markets, by Crop. Prices are relative to the usual one.
struct CropMarket {
  std::array<double, kCrops> usual{};  ///< output of the first year with any; 0 before it
  std::array<double, kCrops> since{};  ///< growth_years of the frame when it was set
  std::array<double, kCrops> price{1.0, 1.0, 1.0, 1.0};
  std::array<double, kCrops> before{1.0, 1.0, 1.0, 1.0};  ///< last year's price
  double year = 0.0;                                      ///< for which they were set
};

/// By province of the layout; carried from year to year. A province that has no entry yet has
/// usual prices.
using CropMarkets = std::vector<CropMarket>;

/// Sets this year's prices from the reports of the year just closed (none: prices stay). The same
/// reports give the same prices however often it is called.
void set_crop_prices(CropMarkets& markets, const SpecialtyMarket& rules, const YearFrame& frame,
                     std::span<const County> counties, std::span<const CountyReport> reports);

/// A price without its shock, from output and demand relative to the usual.
double crop_price(double output, double demand, const SpecialtyMarket& rules);

}  // namespace terrace::nation

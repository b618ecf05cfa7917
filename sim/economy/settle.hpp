// The first January: a population at rest, so that the burn-in has only to mix it.
#pragma once

#include <array>
#include <vector>

#include "economy/parameters.hpp"
#include "population/county_work.hpp"

namespace terrace::economy {

/// A usual month of every household, as it stands: no weather, no harvest season.
struct ExpectedMonth {
  std::array<std::vector<float>, kComponents> components;  ///< yuan of 2012
  std::vector<float> received;                             ///< their sum
};

/// Fills it through the month's own kernel.
void expect_month(CountyWork& work, const EconomyParameters& p, ExpectedMonth& to);

/// Deals out posts and work away as they lie after a long time without change, brings productive
/// assets to where saving and wear are equal, writes a usual year as last year's, and lets
/// `still_years` pass in which only work, weather, bills, saving and debt go on. A surveyed county
/// keeps what it has; only what the survey does not tell of last year is filled in.
void settle(CountyWork& work, const EconomyParameters& p);

}  // namespace terrace::economy

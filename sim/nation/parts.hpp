// The parts that make up a county's plan; boundary.cpp puts them together.
#pragma once

#include <span>
#include <vector>

#include "nation/nation.hpp"

namespace terrace::nation {

/// Yuan of a year for a county's pool, by who pays.
struct CountyMoney {
  double central = 0.0;
  double provincial = 0.0;
  double own = 0.0;         ///< of the county itself
  double integrated = 0.0;  ///< agricultural money of all levels
  double partner = 0.0;     ///< of eastern provinces
  double special() const { return central + provincial + own; }
};

/// Households that the statistics survey visits (estimates.cpp).
void plan_survey(const Boundary& b, std::span<const County> counties,
                 std::vector<CountyPlan>& plans);

/// What every county's pool gets (fund.cpp); nothing while no module draws on the pool.
std::vector<CountyMoney> county_money(const Boundary& b, const YearFrame& frame,
                                      std::span<const County> counties,
                                      std::span<const CountyReport> reports,
                                      std::span<const double> poor);

/// Each county's part of sums that modules spend or use in whole counties (fund.cpp).
void plan_county_money(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                       std::span<const CountyReport> reports, std::span<const double> poor,
                       std::vector<CountyPlan>& plans);

/// Places of every module that has them, and the parts of grants (places.cpp). `poor` may be empty:
/// before the first year.
void plan_places(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::span<const double> poor,
                 std::vector<CountyPlan>& plans);

/// Register quotas, villages to designate, teams and cadres (quotas.cpp).
void plan_quotas(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::span<const double> poor,
                 std::vector<CountyPlan>& plans);

/// Where each county stands on the way to be delisted (delisting.cpp).
void plan_delisting(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                    std::vector<CountyPlan>& plans);

}  // namespace terrace::nation

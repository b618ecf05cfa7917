// What markets for crops, cooperatives, solar plants and village services assume. Names, units,
// ranges and sources: village_parameters.cpp.
#pragma once

#include <span>

#include <terrace/parameters.hpp>

namespace terrace {

struct SpecialtyMarket {
  double eps_demand, price_sd, price_cap, demand_growth, supply_elsewhere;
  double lag_perennial, lag_annual, herding;
  double value_perennial, value_annual, running_cost, establish;
  double plant_rate, max_area, uproot_rate, retire_rate;
  double adoption_rate, start_area, least_area;
  static std::span<const Parameter<SpecialtyMarket>> table();
};

struct Cooperatives {
  double coop_rate, coop_migrants, coop_again, coop_area, coop_least_area, coop_lease_most,
      coop_jobs_per_mu;
  double yield_value, upkeep, capital, capital_gain, coop_share_poor, fund_share;
  static std::span<const Parameter<Cooperatives>> table();
};

struct Solar {
  double solar_yield, solar_wages, solar_pay, solar_dividend, solar_failure;
  static std::span<const Parameter<Solar>> table();
};

struct Access {
  double road_gain, power_gain, network_gain, clinic_gain, teaching_gain, school_gain;
  double road_cost;
  double power_join, network_join, toilet_join, join_income;
  static std::span<const Parameter<Access>> table();
};

}  // namespace terrace

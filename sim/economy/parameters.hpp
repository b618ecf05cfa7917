// What the economy assumes, one struct a block. Names, units, ranges and sources: parameters.cpp.
#pragma once

#include <span>
#include <vector>

#include <terrace/parameters.hpp>

#include "economy/people_parameters.hpp"
#include "economy/social_parameters.hpp"
#include "economy/village_parameters.hpp"

namespace terrace {

struct IncomeRisk {
  double phi_pers, var_trans, sigma_yield;
  static std::span<const Parameter<IncomeRisk>> table();
};

struct FarmAssets {
  double alpha_K, theta_L, theta_H_ratio, F_fixed, tau, delta_K, kappa_inv, s0, s1, s_max, c_sub;
  double K_base, A0, farm_growth, land_unit, labour_unit, rent_land, part_time, still_years;
  static std::span<const Parameter<FarmAssets>> table();
};

struct WagesLabour {
  double w_local_ratio, local_place, rho_edu, rho_exp, rho_exp2, gap_female, gap_language,
      slope_health;
  double mincer_mean, lam_w, remit, months_local, months_migrant;
  double far_share, far_premium, coop_wage, displacement;
  double h_match, h_sep, posts_per_adult, posts_growth, match_edu, match_perm, match_taste;
  double mig_b0, mig_beta_gap, mig_beta_net, mig_beta_care, mig_beta_cash, mig_cost, mig_place,
      mig_beta_age, mig_road;
  double mig_taste, mig_return;
  static std::span<const Parameter<WagesLabour>> table();
};

struct Health {
  double ill_rate_20_40, ill_rate_60, ill_cost_median, ill_cost_sigma, forgone_care,
      disable_given_ill;
  double chronic_given_ill, chronic_rate, no_clinic, health_loss, health_untreated, health_ageing;
  double ill_labour_loss, insurance_join, moral_hazard, least_own;
  static std::span<const Parameter<Health>> table();
};

struct Disaster {
  double disaster_rate, hazard_ratio, disaster_loss, exposed_assets;
  static std::span<const Parameter<Disaster>> table();
};

/// The epidemic of 2020. All factors 1 and losses 0 where `epidemic` is 0.
struct Covid {
  double epidemic, year, at_work_feb, at_work_mar, at_work_apr, at_work_may, at_work_jun,
      at_work_jul, at_work_aug;
  double normal_gap, local_share, wage_loss, openings;
  static std::span<const Parameter<Covid>> table();
};

struct Consumption {
  double w_exp, theta_low, theta_high, debt_limit, squeeze_poor, squeeze_limit, asset_discount;
  double return_wealth, c_least;
  static std::span<const Parameter<Consumption>> table();
};

struct Transfers {
  double other_transfers, other_growth, other_land_share, kin_elder, graduate_remit;
  double allowance_favour;
  double allowance_share, allowance_sd, allowance_line, allowance_floor, allowance_gap;
  static std::span<const Parameter<Transfers>> table();
};

struct Dwelling {
  double repair_rate, repair_income, repair_lines;
  static std::span<const Parameter<Dwelling>> table();
};

struct EconomyParameters {
  IncomeRisk risk;
  FarmAssets farm;
  WagesLabour work;
  Health health;
  Disaster disaster;
  Covid covid;
  Consumption consumption;
  DemographySchool people;
  Transfers transfers;
  Dwelling dwelling;
  Social social;
  Credit credit;
  SpecialtyMarket market;
  Cooperatives coop;
  Solar solar;
  Access access;
  double var_pers = 0.02;  ///< of the population block: stationary variance of u_pers
};

EconomyParameters load_economy(const ParameterValues& values);
std::vector<ParameterBlock> economy_blocks();

}  // namespace terrace

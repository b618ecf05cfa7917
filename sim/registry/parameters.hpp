// What the register assumes. Names, units, ranges and sources: parameters.cpp.
#pragma once

#include <span>
#include <vector>

#include <terrace/parameters.hpp>

namespace terrace {

struct Identification {
  double first_year, sigma_score_2014, sigma_score_2016, check_weight, w_appraisal,
      appraisal_leniency, income_sd;
  double vote_income, vote_sympathy, vote_noise, elite_bias;
  double veto_wealth, salaried_schooling, veto_detect_first, veto_detect_last, veto_first_year,
      veto_last_year;
  double quota_ratio, quota_shrink, survey_n, survey_sd, village_report_sd, poor_villages;
  double survey_rotation, panel_year;
  double look_back_year, lb_remove, lb_reach, adj_reach;
  static std::span<const Parameter<Identification>> table();
};

struct ExitRules {
  double exit_margin, income_verify_sd, target_pressure, plan_margin, exit_over, notice_catch;
  static std::span<const Parameter<ExitRules>> table();
};

/// Causes, plans and what a wrong plan costs: diagnosis_parameters.cpp.
struct Diagnosis {
  double diag_error, mismatch_effect, plan_max, at_random;
  double weight_illness, weight_disability, weight_schooling, weight_disaster, weight_land,
      weight_water, weight_skills, weight_funds, weight_labour, weight_transport, weight_motivation,
      weight_other;
  static std::span<const Parameter<Diagnosis>> table();
};

/// What the economy's blocks say of a household's living, by which its troubles are weighed.
struct Livelihood {
  double rho_edu = 0.0;      ///< log wage a year of schooling
  double local_place = 0.0;  ///< local pay and the county's place
  double mig_cost = 0.0;     ///< yuan, to go and look for work away
  double alpha_K = 0.0, K_base = 0.0;
  double fee_preschool = 0.0, fee_senior = 0.0, fee_vocational = 0.0, fee_tertiary = 0.0;
};
Livelihood load_livelihood(const ParameterValues& values);

/// Delisting, visitors from outside, the general survey: evaluation_parameters.cpp.
struct EvaluationRules {
  double first_year, tp_n, tp_villages, tp_sens, approval_base, approval_loss, approval_min;
  double wrong_max, share_west, share_other, village_fund_min, village_water;
  double gs_year, gs_sd, gs_seen;
  static std::span<const Parameter<EvaluationRules>> table();
};

/// The monitoring list: follow_up_parameters.cpp.
struct FollowUp {
  double first_year, watch_lines, mon_sens, mon_cap, bills_share, income_drop;
  static std::span<const Parameter<FollowUp>> table();
};

/// How the results measure: measures_parameters.cpp.
struct Measurement {
  double mpi_cutoff, risk_sd;
  static std::span<const Parameter<Measurement>> table();
};

struct RegistryParameters {
  Identification identification;
  ExitRules exit;
  Diagnosis diagnosis;
  EvaluationRules evaluation;
  FollowUp follow_up;
  Measurement measurement;
  Livelihood livelihood;
  double c_sub = 0.8;  ///< of block farm_assets: subsistence consumption over the line
};

RegistryParameters load_registry(const ParameterValues& values);
std::vector<ParameterBlock> registry_blocks();

}  // namespace terrace

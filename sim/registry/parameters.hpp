// What the register assumes. Names, units, ranges and sources: parameters.cpp.
#pragma once

#include <span>
#include <vector>

#include <terrace/parameters.hpp>

namespace terrace {

struct Identification {
  double first_year, sigma_score_2014, sigma_score_2016, check_weight, w_appraisal,
      appraisal_leniency, income_sd;
  double quota_ratio, quota_shrink, survey_n, survey_sd, village_report_sd;
  double look_back_year, lb_remove, lb_reach, adj_reach;
  static std::span<const Parameter<Identification>> table();
};

struct ExitRules {
  double exit_margin, income_verify_sd, target_pressure, plan_margin, exit_over, notice_catch;
  static std::span<const Parameter<ExitRules>> table();
};

struct RegistryParameters {
  Identification identification;
  ExitRules exit;
  double c_sub = 0.8;  ///< of block farm_assets: subsistence consumption over the line
};

RegistryParameters load_registry(const ParameterValues& values);
std::vector<ParameterBlock> registry_blocks();

}  // namespace terrace

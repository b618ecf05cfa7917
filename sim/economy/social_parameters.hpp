// What kin, aspiration and credit assume. Names, units, ranges and sources: social_parameters.cpp.
#pragma once

#include <span>

#include <terrace/parameters.hpp>

namespace terrace {

struct Social {
  double kin_degree, kin_share, crowd_out;
  double neighbours, asp_quantile, asp_start, asp_learn, asp_loss;
  double asp_gap_best, asp_effort, effort_mean;
  double dependence, dependence_from;
  double consent_effort, bellwether_spill;
  static std::span<const Parameter<Social>> table();
};

struct Credit {
  double loan_rate, loan_labour, loan_cap, loan_share, loan_interest, loan_months;
  double loan_default, loan_extension;
  double durable_share, durable_decay;
  static std::span<const Parameter<Credit>> table();
};

}  // namespace terrace

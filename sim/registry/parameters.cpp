#include "registry/parameters.hpp"

namespace terrace {

std::span<const Parameter<Identification>> Identification::table() {
  using S = Identification;
  static constexpr Parameter<S> rows[] = {
      {&S::first_year,
       {"first_year", "year", 2014, 2013, 2020, "year of the first registration, in May",
        "the register of 2014"}},
      {&S::sigma_score_2014,
       {"sigma_score_2014", "log", 0.6, 0.0, 0.9,
        "sd of the error of a household's score in the first registration",
        "about one registered in ten above twice the line, as in the look-back"}},
      {&S::sigma_score_2016,
       {"sigma_score_2016", "log", 0.35, 0.0, 0.6, "the same from the look-back on", "assumption"}},
      {&S::check_weight,
       {"check_weight", "log", 0.2, 0, 0.4, "points of score per failed check of the four",
        "assumption"}},
      {&S::w_appraisal,
       {"w_appraisal", "1", 0.4, 0, 0.8,
        "weight of the village appraisal; here only through leniency",
        "assumption; Alatas et al. 2012"}},
      {&S::appraisal_leniency,
       {"appraisal_leniency", "sd", 0.1, 0, 0.3, "leniency of appraisal where there is no quota",
        "sign from a survey of 69 villages in 9 provinces"}},
      {&S::income_sd,
       {"income_sd", "log", 0.714, 0.5, 0.9,
        "sd of log income a head, in which leniency is expressed",
        "a lognormal through the mean, line and headcount ratio of 2012"}},
      {&S::quota_ratio,
       {"quota_ratio", "1", 1.086, 1.0, 1.3, "register over survey poor",
        "89.62 over 82.49 million persons"}},
      {&S::quota_shrink,
       {"quota_shrink", "households", 100, 0, 400,
        "weight of the province mean in a county's estimate",
        "assumption; about 56 sample households a county"}},
      {&S::survey_n,
       {"survey_n", "households", 160000, 50000, 400000, "national statistical sample, yearly",
        "the sample of the statistics bureau (memory)"}},
      {&S::survey_sd,
       {"survey_sd", "log", 0.15, 0, 0.3, "sd of log survey income error", "assumption"}},
      {&S::village_report_sd,
       {"village_report_sd", "log", 0.25, 0, 0.5, "sd of the error of village-reported incidence",
        "assumption"}},
      {&S::look_back_year,
       {"look_back_year", "year", 2016, 2015, 2017, "year of the look-back, in May",
        "the look-back of 2015-16"}},
      {&S::lb_remove,
       {"lb_remove", "lines", 2.5, 1.5, 3.0,
        "re-scored income above which a registered household is struck off",
        "fitted here to 9.29 million persons removed"}},
      {&S::lb_reach,
       {"lb_reach", "1", 0.24, 0, 0.4,
        "share of unregistered households looked at again in the look-back",
        "fitted here to 8.07 million persons added"}},
      {&S::adj_reach,
       {"adj_reach", "1", 0.3, 0, 0.6, "the same each May after it, exited households included",
        "assumption"}},
  };
  return rows;
}

std::span<const Parameter<ExitRules>> ExitRules::table() {
  using S = ExitRules;
  static constexpr Parameter<S> rows[] = {
      {&S::exit_margin,
       {"exit_margin", "exit lines", 1.0, 1.0, 1.3, "verified income needed to leave",
        "assumption"}},
      {&S::income_verify_sd,
       {"income_verify_sd", "log", 0.15, 0.05, 0.4, "error of income as cadres verify it",
        "assumption"}},
      {&S::target_pressure,
       {"target_pressure", "1", 0.3, 0, 1,
        "share of the shortfall below the exit line that is overlooked when exits are behind plan; "
        "one value in all arms compared",
        "assumption; false exits are officially admitted, size unknown"}},
      {&S::plan_margin,
       {"plan_margin", "1", 0.13, 0, 0.5, "yearly exit plan above an even spread to 2020",
        "falls of the survey count 2014-2016 over stock and years left"}},
      {&S::exit_over, {"exit_over", "1", 0.1, 0, 0.5, "exits allowed above plan", "assumption"}},
      {&S::notice_catch,
       {"notice_catch", "1", 0.2, 0, 0.6,
        "chance that public notice holds back a truly poor household", "assumption"}},
  };
  return rows;
}

RegistryParameters load_registry(const ParameterValues& values) {
  RegistryParameters p{};
  p.identification = load_parameters("identification", Identification::table(), values);
  p.exit = load_parameters("exit_monitoring", ExitRules::table(), values);
  return p;
}

std::vector<ParameterBlock> registry_blocks() {
  return {block_of("identification", Identification::table()),
          block_of("exit_monitoring", ExitRules::table())};
}

}  // namespace terrace

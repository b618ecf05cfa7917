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
       {"sigma_score_2016", "log", 0.35, 0.0, 0.9, "the same from the look-back on", "assumption"}},
      {&S::check_weight,
       {"check_weight", "log", 0.2, 0, 0.4,
        "points of score per failed check of the four (house, food, labour, school); 0: no checks",
        "assumption"}},
      {&S::w_appraisal,
       {"w_appraisal", "1", 0.4, 0, 0.8,
        "weight of the village appraisal in the score, in sd of log income; 0 also ends its "
        "leniency",
        "assumption; Alatas et al. 2012: a community targets another concept of poverty, at little "
        "cost in income"}},
      {&S::vote_income,
       {"vote_income", "1", 0.5, 0, 1,
        "weight in the vote of how well neighbours think the household does in the long run; 0: "
        "none",
        "assumption"}},
      {&S::vote_sympathy,
       {"vote_sympathy", "1", 0.5, 0, 1,
        "weight in the vote of hardship: all old, a member ill for good or disabled, one adult "
        "alone; 0: none",
        "assumption"}},
      {&S::vote_noise,
       {"vote_noise", "1", 0.7, 0, 1.5, "noise over signal in neighbours' view of lasting income",
        "assumption"}},
      {&S::elite_bias,
       {"elite_bias", "1", 0.25, 0, 0.8, "the vote's favour for kin of cadres; 0: none",
        "assumption; kin of cadres on registers are reported from Pingshan"}},
      {&S::appraisal_leniency,
       {"appraisal_leniency", "sd", 0.1, 0, 0.3, "leniency of appraisal where there is no quota",
        "sign from a survey of 69 villages in 9 provinces"}},
      {&S::income_sd,
       {"income_sd", "log", 0.714, 0.5, 0.9,
        "sd of log income a head, in which leniency is expressed; also scales every vote",
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
      {&S::poor_villages,
       {"poor_villages", "villages", 128000, 0, 200000,
        "villages designated poor with the first registration, those of highest reported incidence",
        "the count published with the register of 2014"}},
      {&S::survey_rotation,
       {"survey_rotation", "years", 5, 1, 20,
        "Decembers in which the statistics survey visits the same households; 1: a new sample "
        "every year",
        "assumption; the bureau's samples of 2013 and 2018"}},
      {&S::panel_year,
       {"panel_year", "year", 2013, 2008, 2020, "a year in which a new panel of the survey begins",
        "the integrated household survey began then (memory)"}},
      {&S::veto_wealth,
       {"veto_wealth", "lines", 8, 4, 15,
        "liquid wealth and durables a head over the line that count as a car, shop or flat",
        "assumption"}},
      {&S::salaried_schooling,
       {"salaried_schooling", "years", 12, 9, 20,
        "schooling with which an enterprise's post in the county counts as a formal salaried job; "
        "20: none does",
        "assumption; the tables hold no posts of government"}},
      {&S::veto_detect_first,
       {"veto_detect_first", "1", 0.5, 0, 1,
        "share of the wealthy and salaried that data matching finds, up to veto_first_year; 0 with "
        "veto_detect_last 0: no veto",
        "assumption"}},
      {&S::veto_detect_last,
       {"veto_detect_last", "1", 0.95, 0, 1, "the same from veto_last_year on; linear in between",
        "assumption"}},
      {&S::veto_first_year,
       {"veto_first_year", "year", 2014, 2013, 2020, "until when matching finds the first share",
        "assumption"}},
      {&S::veto_last_year,
       {"veto_last_year", "year", 2018, 2013, 2025, "from when it finds the last", "assumption"}},
      {&S::look_back_year,
       {"look_back_year", "year", 2016, 2015, 2100,
        "year of the look-back, in May; adjustments follow it, so that a year after the run ends "
        "both",
        "the look-back of 2015-16"}},
      {&S::lb_remove,
       {"lb_remove", "lines", 2.4, 1.5, 99,
        "re-scored income above which the look-back strikes a registered household off; 99: nobody",
        "fitted here to 9.29 million persons removed"}},
      {&S::lb_reach,
       {"lb_reach", "1", 0.17, 0, 0.4,
        "share of unregistered households looked at again in the look-back, times 1 + the team's "
        "effect; 0: none",
        "fitted here to 8.07 million persons added"}},
      {&S::adj_reach,
       {"adj_reach", "1", 0.3, 0, 0.6,
        "the same each May after it, exited households included; 0: none comes in or back",
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
  p.diagnosis = load_parameters("diagnosis", Diagnosis::table(), values);
  p.evaluation = load_parameters("evaluation", EvaluationRules::table(), values);
  p.follow_up = load_parameters("follow_up", FollowUp::table(), values);
  p.measurement = load_parameters("measurement", Measurement::table(), values);
  p.livelihood = load_livelihood(values);
  p.c_sub = values.at("farm_assets.c_sub");
  return p;
}

std::vector<ParameterBlock> registry_blocks() {
  return {block_of("identification", Identification::table()),
          block_of("exit_monitoring", ExitRules::table()),
          block_of("diagnosis", Diagnosis::table()),
          block_of("evaluation", EvaluationRules::table()),
          block_of("follow_up", FollowUp::table()),
          block_of("measurement", Measurement::table())};
}

}  // namespace terrace

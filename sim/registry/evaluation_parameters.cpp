#include "registry/parameters.hpp"

namespace terrace {

std::span<const Parameter<EvaluationRules>> EvaluationRules::table() {
  using S = EvaluationRules;
  static constexpr Parameter<S> rows[] = {
      {&S::first_year,
       {"first_year", "year", 2016, 2015, 2020,
        "first year in which counties may apply to be delisted", "first counties left in 2016"}},
      {&S::tp_n,
       {"tp_n", "households", 218, 0, 1000, "households visited in a county; 0: nobody comes",
        "116,000 households in 531 counties"}},
      {&S::tp_villages,
       {"tp_villages", "villages", 6, 1, 20, "villages visited in a county",
        "3,200 villages in 531 counties"}},
      {&S::tp_sens,
       {"tp_sens", "1", 0.7, 0.4, 1,
        "chance that a wrong exit or a missed household is recognised on a visit", "assumption"}},
      {&S::approval_base,
       {"approval_base", "1", 0.97, 0.9, 1, "chance that a household without grievance approves",
        "assumption"}},
      {&S::approval_loss,
       {"approval_loss", "1", 0.3, 0, 0.6,
        "the same lost by a household that queued in vain, and by one poor and unregistered",
        "assumption"}},
      {&S::approval_min, {"approval_min", "1", 0.9, 0.8, 1, "approval needed", "published rule"}},
      {&S::wrong_max,
       {"wrong_max", "1", 0.02, 0.01, 0.05,
        "share of wrong exits, and of missed households, below which a county passes",
        "published rule"}},
      {&S::share_west,
       {"share_west", "1", 0.03, 0.01, 0.05,
        "register over persons below which a village or county of the west may leave",
        "published rule"}},
      {&S::share_other,
       {"share_other", "1", 0.02, 0.01, 0.05, "the same elsewhere", "published rule"}},
      {&S::village_fund_min,
       {"village_fund_min", "yuan", 20000, 0, 100000,
        "collective fund needed for a village to leave, prices of 2012", "assumption"}},
      {&S::village_water,
       {"village_water", "1", 0.9, 0, 1,
        "share of households with safe water needed for a village to leave", "assumption"}},
      {&S::gs_year,
       {"gs_year", "year", 2020, 2020, 2100,
        "year in whose December the general survey visits; 2100: never",
        "general survey of 2020-21"}},
      {&S::gs_sd,
       {"gs_sd", "log", 0.1, 0, 0.2, "error of income in the general survey of 2020-21; 0: none",
        "assumption"}},
      {&S::gs_seen,
       {"gs_seen", "1", 0.95, 0.8, 1, "chance that it sees a guarantee that is missing",
        "assumption"}},
  };
  return rows;
}

}  // namespace terrace

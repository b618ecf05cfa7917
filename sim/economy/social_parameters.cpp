#include "economy/social_parameters.hpp"

namespace terrace {

namespace {
constexpr std::string_view kAssumed = "assumption";
}  // namespace

std::span<const Parameter<Social>> Social::table() {
  using S = Social;
  static constexpr Parameter<S> rows[] = {
      {&S::kin_degree,
       {"kin_degree", "links/household", 4, 0, 4, "related households that are asked for help",
        kAssumed}},
      {&S::kin_share,
       {"kin_share", "1", 0.1, 0, 0.3, "share of a month's surplus given to one relative in need",
        kAssumed}},
      {&S::crowd_out,
       {"crowd_out", "yuan/yuan", 0.1, 0, 0.5,
        "help of kin lost per yuan of public money received in the month",
        "assumption; a discontinuity study of the rural pension finds none (Ning et al.)"}},
      {&S::neighbours,
       {"neighbours", "households", 20, 5, 40, "households whose incomes and successes one sees",
        kAssumed}},
      {&S::asp_quantile,
       {"asp_quantile", "1", 0.8, 0.5, 1, "quantile of neighbours' income that one looks up to",
        kAssumed}},
      {&S::asp_start,
       {"asp_start", "log", 0.3, 0, 1, "aspiration above income at the start of the run",
        kAssumed}},
      {&S::asp_learn,
       {"asp_learn", "1/yr", 0.15, 0, 0.4,
        "share of the distance to such neighbours by which aspiration rises",
        "assumption; Genicot & Ray 2017; Dalton, Ghosal & Mani 2016"}},
      {&S::asp_loss,
       {"asp_loss", "log", 0.1, 0, 0.5, "fall of aspiration with a failed project", kAssumed}},
      {&S::asp_gap_best,
       {"asp_gap_best", "log", 0.5, 0.2, 1, "aspiration over income at which effort is greatest",
        kAssumed}},
      {&S::asp_effort,
       {"asp_effort", "1", 0.2, 0, 0.5, "largest proportional change of effort", kAssumed}},
      {&S::effort_mean,
       {"effort_mean", "1", 0.3, -1, 1,
        "mean of the effort curve before the programme, taken off so that effort is 1 on average",
        "fitted here: December 2012"}},
      {&S::dependence,
       {"dependence", "1", 0.05, 0, 0.3, "fall of effort while on large transfers",
        "contested: less work at the allowance's threshold (Tan-Soo et al. 2025), more in another "
        "study"}},
      {&S::dependence_from,
       {"dependence_from", "1", 0.5, 0.2, 1,
        "share of last year's income above which transfers other than pensions are large",
        kAssumed}},
      {&S::consent_effort,
       {"consent_effort", "logit", 1.0, 0, 2, "log-odds of consent per unit of effort above 1",
        kAssumed}},
      {&S::bellwether_spill,
       {"bellwether_spill", "1", 0.03, 0, 0.1,
        "added chance of consent per neighbour who left poverty last year", kAssumed}},
  };
  return rows;
}

std::span<const Parameter<Credit>> Credit::table() {
  using S = Credit;
  static constexpr Parameter<S> rows[] = {
      {&S::loan_rate,
       {"loan_rate", "1/yr", 0.04, 0, 0.2, "chance that an eligible household takes a loan",
        kAssumed}},
      {&S::loan_labour,
       {"loan_labour", "adults", 1, 0, 2, "farm labour that a borrower must have", kAssumed}},
      {&S::loan_cap,
       {"loan_cap", "yuan(2012)", 10000, 1000, 50000, "largest loan without collateral", kAssumed}},
      {&S::loan_share,
       {"loan_share", "years of income", 0.3, 0, 1, "largest loan over yearly income", kAssumed}},
      {&S::loan_interest,
       {"loan_interest", "1/yr", 0.06, 0, 0.15, "interest of the credit cooperative, nominal",
        kAssumed}},
      {&S::loan_months, {"loan_months", "months", 24, 6, 60, "term of a loan", kAssumed}},
      {&S::loan_default,
       {"loan_default", "1", 0.2, 0, 1,
        "chance that a loan is written off when it is due and out of reach", kAssumed}},
      {&S::loan_extension,
       {"loan_extension", "months", 12, 1, 36, "by how much it is otherwise extended", kAssumed}},
      {&S::durable_share,
       {"durable_share", "1", 0.06, 0, 0.15, "share of consumption that buys durable goods",
        kAssumed}},
      {&S::durable_decay,
       {"durable_decay", "1/yr", 0.1, 0.05, 0.3, "yearly loss of value of durable goods",
        kAssumed}},
  };
  return rows;
}

}  // namespace terrace

// The tables of a sensitivity analysis.
#include <cmath>
#include <string>

#include "analysis/sensitivity.hpp"
#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

constexpr const char* kEffectUnit = "the output's unit";

ResultTable outputs_table(const Sensitivity& found) {
  ResultTable table{
      "outputs",
      "What was looked at, and how it spreads over points and replicates",
      {words("output", "name of the output"), words("indicator", "as in terrace list indicators"),
       words("module", "of the policy, if any"), words("region", "the nation or a province"),
       numbers("from_year", "1", "first year"),
       numbers("to_year", "1", "last year; of a span the mean over years is taken"),
       words("unit", "of the output"), numbers("mean", kEffectUnit, "mean over all runs"),
       numbers("low", kEffectUnit, "smallest mean over the replicates of a point"),
       numbers("high", kEffectUnit, "largest mean over the replicates of a point"),
       numbers("variance_of_runs", "the output's unit, squared", "variance over all runs"),
       numbers("variance_of_points", "the output's unit, squared",
               "variance over points of means over replicates"),
       numbers("replicate_share", "1",
               "share of the variance of runs that is between replicates of one "
               "point; none with one replicate"),
       numbers("noise_share", "1",
               "noise of finite replicates, which counts as effects, over the variance of "
               "points; above 1 where points differ less than it; none with one replicate"),
       numbers("constant", "1", "1: the same in all points, without indices")}};
  RowWriter row(table);
  for (const OutputSensitivity& one : found.outputs) {
    const SweepOutput& o = one.output;
    const OutputSpread& s = one.spread;
    row << o.name << o.indicator << o.module << o.region << static_cast<double>(o.first_year)
        << static_cast<double>(o.last_year) << o.unit << s.mean << s.low << s.high
        << s.variance_of_runs << s.variance_of_points << s.replicate_share << s.noise_share
        << (one.constant() ? 1.0 : 0.0);
  }
  return table;
}

/// What an estimate may be, and so what marks it.
enum class Form {
  change,  ///< of either sign
  share,   ///< of variance: an estimate below zero is no effect either
  size     ///< never below zero, and of noise alone above it
};

void add_estimate_columns(ResultTable& table, const std::string& name, const std::string& meaning,
                          const std::string& unit, Form form) {
  table.columns.push_back(numbers(name, unit, meaning));
  table.columns.push_back(
      numbers(name + "_error", unit, "standard deviation over resamples of " + name));
  table.columns.push_back(numbers(name + "_low", unit, "lower end of the interval of " + name));
  table.columns.push_back(numbers(name + "_high", unit, "upper end of the interval of " + name));
  const std::string where = form == Form::share ? "holds zero or lies below it, " : "holds zero, ";
  table.columns.push_back(numbers(
      name + "_holds_zero", "1",
      "1: the interval " + where + name + " is not distinguishable from 0; none: undefined"));
  if (form != Form::size) return;
  table.columns.push_back(
      numbers(name + "_within_noise", "1",
              "1: " + name +
                  " is not distinguishable from what noise of finite replicates alone would give; "
                  "none: undefined, or one replicate"));
}

double mark(bool known, bool set) { return !known ? kNoNumber : set ? 1.0 : 0.0; }

/// `beyond`: of an estimate of size what is left of it beyond noise.
void add(RowWriter& row, const Estimated& estimate, Form form, const Estimated& beyond = {}) {
  const bool known = !std::isnan(estimate.low);
  row << estimate.value << estimate.error << estimate.low << estimate.high
      << mark(known, form == Form::share ? estimate.reaches(0.0) : estimate.holds_zero());
  if (form == Form::size) row << mark(known && !std::isnan(beyond.low), beyond.reaches(0.0));
}

ResultTable sobol_table(const Sensitivity& found) {
  ResultTable table{
      "sobol",
      "Sobol indices: shares of the variance of an output over points",
      {words("output", "name of the output"),
       words("dimension", "of the study; `sum of first`: all first orders together")}};
  add_estimate_columns(table, "first", "share explained by the dimension alone", "1", Form::share);
  add_estimate_columns(table, "total", "share explained with all interactions", "1", Form::size);
  RowWriter row(table);
  for (const OutputSensitivity& one : found.outputs) {
    for (std::size_t d = 0; d < found.dimensions.size(); ++d) {
      row << one.output.name << found.dimensions[d];
      add(row, one.sobol.first[d], Form::share);
      add(row, one.sobol.total[d], Form::size, one.beyond_noise[d]);
    }
    row << one.output.name << "sum of first";
    add(row, one.sobol.first_sum, Form::share);
    add(row, Estimated{}, Form::size);
  }
  return table;
}

ResultTable second_order_table(const Sensitivity& found) {
  ResultTable table{"second_order",
                    "Sobol indices of second order: shares of the variance that two dimensions "
                    "explain beyond each alone",
                    {words("output", "name of the output"), words("dimension_a", "of the study"),
                     words("dimension_b", "of the study")}};
  add_estimate_columns(table, "second", "share explained by the two together beyond each alone",
                       "1", Form::share);
  RowWriter row(table);
  for (const OutputSensitivity& one : found.outputs) {
    for (std::size_t i = 0; i < one.sobol.second.size(); ++i) {
      for (std::size_t m = 0; m < one.sobol.second[i].size(); ++m) {
        row << one.output.name << found.dimensions[i] << found.dimensions[i + 1 + m];
        add(row, one.sobol.second[i][m], Form::share);
      }
    }
  }
  return table;
}

ResultTable morris_table(const Sensitivity& found) {
  ResultTable table{
      "morris",
      "Elementary effects of Morris: change of the output for a dimension's whole "
      "range",
      {words("output", "name of the output"), words("dimension", "of the study"),
       words("unit", "of the output"), words("from", "low end of the range or first choice"),
       words("to",
             "high end or last choice: where mu is above zero, the output is "
             "larger here")}};
  add_estimate_columns(table, "mu_star", "mean size of effects", kEffectUnit, Form::size);
  add_estimate_columns(table, "mu", "mean effect from `from` to `to`", kEffectUnit, Form::change);
  table.columns.push_back(
      numbers("sigma", kEffectUnit, "standard deviation of effects: curvature and interactions"));
  RowWriter row(table);
  for (const OutputSensitivity& one : found.outputs) {
    for (std::size_t d = 0; d < found.dimensions.size(); ++d) {
      const MorrisEffects& effects = one.morris[d];
      row << one.output.name << found.dimensions[d] << one.output.unit << found.ends[d].from
          << found.ends[d].to;
      add(row, effects.mu_star, Form::size, one.beyond_noise[d]);
      add(row, effects.mu, Form::change);
      row << effects.sigma;
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> Sensitivity::tables() const {
  std::vector<ResultTable> out{outputs_table(*this)};
  if (morris) {
    out.push_back(morris_table(*this));
  } else {
    out.push_back(sobol_table(*this));
    if (second_order && dimensions.size() > 1) out.push_back(second_order_table(*this));
  }
  return out;
}

}  // namespace terrace::analysis

// What all counties know of a year.
#include <algorithm>

#include <terrace/maths.hpp>

#include "nation/nation.hpp"

namespace terrace::nation {

YearFrame frame_of(const Boundary& b, int year, const NationalState& last,
                   const NationalState& before) {
  const SeriesSet& series = b.scenario.series;
  YearFrame f;
  f.year = year;
  f.key = b.key;
  f.lasting = b.key;
  f.first_year = year == year_of(b.scenario.start);
  f.burn_in = month_of(year, 1) < b.scenario.programme;
  // Burn-in holds the level of the year before the programme.
  const int level = f.burn_in ? year_of(b.scenario.programme) - 1 : year;
  f.growth_years = std::max(0, level - 2012);
  f.price = exact::pow(1.0 + b.parameters.macro.cpi_rural, f.growth_years);
  f.inflation = f.burn_in ? 0.0 : b.parameters.macro.cpi_rural;
  f.poverty_line = series.at("poverty_line").at(level);
  f.exit_line = series.at("exit_line").at(level);
  f.migrant_wage = series.at("migrant_wage").at(level);
  f.local_wage = f.migrant_wage * b.scenario.parameters.at("wages_labour.w_local_ratio");
  f.pension = series.at("pension").at(level);
  f.reimbursement = series.at("reimbursement").at(level);
  f.coverage_gain = f.reimbursement - series.at("reimbursement").at(2012);
  f.allowance_line = series.at("allowance_standard").at(level);
  const double had = series.at("safe_water").at(level - 1);
  const double has = series.at("safe_water").at(level);
  f.next_line = series.at("poverty_line").at(f.burn_in ? level : level + 1);
  f.support = f.burn_in ? 1.0 : series.at("transition_support").at(year);
  f.safe_water_gain = f.burn_in || had >= 1.0 ? 0.0 : std::max(0.0, (has - had) / (1.0 - had));
  if (!f.burn_in && before.mean_income_2012 > 0.0) {
    f.reference_growth = last.mean_income_2012 / before.mean_income_2012 - 1.0;
  }
  f.registry = b.scenario.registry && !f.burn_in;
  f.exit_pace = (1.0 + b.registry.exit.plan_margin) / std::max(1, 2021 - year);
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const bool active = b.policies.active_in(m, year);
    f.module_active.push_back(active);
    // What is planned in May may begin next January.
    if ((active || b.policies.active_in(m, year + 1)))
      f.measures = static_cast<Measures>(f.measures | b.policies.info(m).measures);
    // The year in which a module takes over still begins with the ordinary list.
    const ModuleSettings& settings = b.policies.settings(m);
    const bool since = settings.enabled && settings.capacity > 0.0 &&
                       settings.from < month_of(year, 1) && month_of(year, 1) <= settings.until;
    if (since && b.policies.info(m).replaces_ordinary_allowance) f.ordinary_allowance = false;
  }
  return f;
}

}  // namespace terrace::nation

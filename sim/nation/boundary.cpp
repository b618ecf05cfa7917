#include <algorithm>
#include <map>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>

#include "nation/nation.hpp"

namespace terrace::nation {

namespace {

/// What one county's figures count for in the nation: its own weight, and its simulated share.
double scale_of(const County& c) { return c.weight / c.fraction; }

/// Splits a national total by `need` (of simulated people). The whole world's need is the weighted
/// sum, so that a county of a sample gets what it would get in full, times its simulated share.
std::vector<double> split(double total, std::span<const County> counties,
                          const std::vector<double>& need) {
  double whole = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) whole += scale_of(counties[i]) * need[i];
  std::vector<double> out(counties.size(), 0.0);
  if (whole <= 0.0) return out;
  for (std::size_t i = 0; i < counties.size(); ++i) out[i] = total * need[i] / whole;
  return out;
}

std::vector<std::int64_t> whole_places(const std::vector<double>& share) {
  const double total = lane_sum(share);
  return largest_remainder(static_cast<std::int64_t>(total + 0.5), share);
}

/// Half by poor people, three tenths by depth, a fifth by how far mean income is behind the
/// nation's.
std::vector<double> fund_need(std::span<const County> counties,
                              std::span<const CountyReport> reports,
                              const std::vector<double>& poor_share, int year,
                              const Budget& budget) {
  double income = 0.0;
  double persons = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    income += scale_of(counties[i]) * reports[i].persons * reports[i].survey_income;
    persons += scale_of(counties[i]) * reports[i].persons;
  }
  const double mean = persons > 0.0 ? income / persons : 1.0;
  std::vector<double> poor;
  std::vector<double> depth;
  std::vector<double> fiscal;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    poor.push_back(poor_share[i] * reports[i].persons);
    depth.push_back(reports[i].survey_gap * reports[i].persons);
    fiscal.push_back(reports[i].persons *
                     std::max(0.0, 1.0 - reports[i].survey_income / std::max(1.0, mean)));
  }
  const auto a = split(0.5, counties, poor);
  const auto b = split(0.3, counties, depth);
  const auto c = split(0.2, counties, fiscal);
  std::vector<double> out;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const double more =
        counties[i].designated && year >= 2016 ? 1.0 + budget.integrated_ratio : 1.0;
    out.push_back((a[i] + b[i] + c[i]) * more);
  }
  return out;
}

/// National money for households' projects this year, yuan; none while no module draws on the pool.
double pool_money(const Boundary& b, const YearFrame& frame) {
  double capacity = 0.0;
  int users = 0;
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    if (!frame.module_active[m] || b.policies.info(m).pot != Pot::pool) continue;
    capacity += b.policies.settings(m).capacity;
    ++users;
  }
  if (users == 0) return 0.0;
  const double fund = b.scenario.series.at("fund_central").at(frame.year) * 1e9;
  const Budget& budget = b.parameters.budget;
  return capacity / users * fund * (1.0 + budget.fund_local_ratio) * (1.0 - budget.village_share) *
         b.share_of_poor;
}

void plan_places(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::vector<CountyPlan>& plans) {
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const ModuleInfo& info = b.policies.info(m);
    if (info.places_series.empty()) continue;
    for (CountyPlan& p : plans) p.places[m] = 0;
    if (!frame.module_active[m] || reports.empty()) continue;
    const double national = b.scenario.series.find(info.places_series)->second.at(frame.year);
    std::vector<double> demand;
    for (std::size_t i = 0; i < reports.size(); ++i) {
      const bool open = counties[i].signatory || !info.places_for_signatories;
      demand.push_back(open && m < reports[i].demand.size() ? reports[i].demand[m] : 0.0);
    }
    const double total = national * b.policies.settings(m).capacity * b.share_of_poor;
    const auto places = whole_places(split(total, counties, demand));
    for (std::size_t i = 0; i < plans.size(); ++i) plans[i].places[m] = places[i];
  }
}

void plan_labour(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::vector<CountyPlan>& plans) {
  double households = 0.0;
  std::vector<double> need;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    households += counties[i].weight * counties[i].true_households;
    need.push_back(reports.empty() ? counties[i].true_households * counties[i].fraction
                                   : reports[i].applicants);
  }
  const Macro& macro = b.parameters.macro;
  double growth = exact::pow(1.0 + macro.openings_growth, frame.growth_years);
  const ParameterValues& p = b.scenario.parameters;
  if (frame.year == static_cast<int>(p.at("covid.year")) && !frame.burn_in)
    growth *= 1.0 - p.at("covid.epidemic") * (1.0 - p.at("covid.openings"));
  const double total =
      macro.openings_2012 * growth * households / b.scenario.population.layout.national_households;
  const auto openings = split(total, counties, need);
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].migrant_openings = openings[i];
}

void plan_prices(const Boundary& b, std::span<const County> counties,
                 std::vector<CountyPlan>& plans) {
  if (b.crops == nullptr) return;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    if (counties[i].province < b.crops->size())
      plans[i].crop_price = (*b.crops)[counties[i].province].price;
  }
}

void plan_survey(const Boundary& b, std::span<const County> counties,
                 std::vector<CountyPlan>& plans) {
  const double rate =
      b.registry.identification.survey_n / b.scenario.population.layout.national_households;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    // A county is visited as often as in the full nation, or everybody it has.
    const double visits = std::max(1.0, rate * counties[i].true_households);
    const auto all = static_cast<std::int64_t>(counties[i].households.size());
    plans[i].survey_households = std::min(all, static_cast<std::int64_t>(visits + 0.5));
  }
}

}  // namespace

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
  f.safe_water_gain = f.burn_in || had >= 1.0 ? 0.0 : std::max(0.0, (has - had) / (1.0 - had));
  if (!f.burn_in && before.mean_income_2012 > 0.0) {
    f.reference_growth = last.mean_income_2012 / before.mean_income_2012 - 1.0;
  }
  f.registry = b.scenario.registry && !f.burn_in;
  f.exit_pace = (1.0 + b.registry.exit.plan_margin) / std::max(1, 2021 - year);
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const bool active = b.policies.active_in(m, year);
    f.module_active.push_back(active);
    // The year in which a module takes over still begins with the ordinary list.
    const ModuleSettings& settings = b.policies.settings(m);
    const bool since = settings.enabled && settings.from < month_of(year, 1) &&
                       month_of(year, 1) <= settings.until;
    if (since && b.policies.info(m).replaces_ordinary_allowance) f.ordinary_allowance = false;
  }
  return f;
}

std::vector<double> survey_estimates(const Boundary& b, std::span<const County> counties,
                                     std::span<const CountyReport> reports) {
  struct Kind {
    double poor = 0.0;
    double persons = 0.0;
    double visits = 0.0;
  };
  std::map<std::pair<std::uint16_t, bool>, Kind> kinds;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    Kind& kind = kinds[{counties[i].province, counties[i].designated}];
    const double n = scale_of(counties[i]) * reports[i].persons;
    kind.poor += n * reports[i].survey_poor;
    kind.persons += n;
    kind.visits += counties[i].weight * reports[i].survey_households;
  }
  const double k = b.registry.identification.quota_shrink;
  std::vector<double> out;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const Kind& kind = kinds[{counties[i].province, counties[i].designated}];
    const double sampled = kind.persons > 0.0 ? kind.poor / kind.persons : 0.0;
    // Where a world is so small that the survey visits fewer households than it takes to shrink a
    // county's estimate, the province's published incidence stands in for those that are missing.
    const double published =
        b.scenario.population.layout.provinces[counties[i].province].incidence_2013;
    const double missing = std::max(0.0, k - kind.visits);
    const double mean =
        (kind.visits * sampled + missing * published) / std::max(1.0, kind.visits + missing);
    const double n = reports[i].survey_households;
    out.push_back((n * reports[i].survey_poor + k * mean) / std::max(1.0, n + k));
  }
  return out;
}

std::vector<CountyPlan> plan(const Boundary& b, const YearFrame& frame,
                             std::span<const County> counties,
                             std::span<const CountyReport> reports) {
  std::vector<CountyPlan> plans(counties.size());
  for (CountyPlan& p : plans) {
    p.places.assign(b.policies.size(), -1);
    p.allowance_share = b.ordinary_allowance;
    p.irregular = b.scenario.series.at("irregular_share").at(frame.year);
  }
  plan_prices(b, counties, plans);
  plan_survey(b, counties, plans);
  plan_labour(b, frame, counties, reports, plans);
  plan_places(b, frame, counties, reports, plans);
  if (reports.empty()) return plans;

  const std::vector<double> poor = survey_estimates(b, counties, reports);
  double poor_persons = 0.0;
  double persons = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    poor_persons += scale_of(counties[i]) * reports[i].persons * poor[i];
    persons += scale_of(counties[i]) * reports[i].persons;
  }
  const double national = persons > 0.0 ? poor_persons / persons : 0.0;
  const auto money = fund_need(counties, reports, poor, frame.year, b.parameters.budget);
  const double total = pool_money(b, frame);
  for (std::size_t i = 0; i < counties.size(); ++i) {
    plans[i].quota_persons = b.registry.identification.quota_ratio * poor[i] * reports[i].persons;
    if (national > 0.0)
      plans[i].allowance_share = std::min(0.4, b.ordinary_allowance * poor[i] / national);
    plans[i].pool = to_fen(total * money[i]);
  }
  return plans;
}

}  // namespace terrace::nation

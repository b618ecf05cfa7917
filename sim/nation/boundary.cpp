// Puts a year's plans together.
#include <algorithm>

#include <terrace/maths.hpp>

#include "nation/parts.hpp"
#include "nation/split.hpp"

namespace terrace::nation {

namespace {

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
    if (counties[i].province >= b.crops->size()) continue;
    const CropMarket& market = (*b.crops)[counties[i].province];
    plans[i].crop_price = market.price;
    for (std::size_t k = 0; k < kCrops; ++k)
      plans[i].crop_change[k] = market.price[k] / market.before[k];
  }
}

bool village_works(const Boundary& b, const YearFrame& frame) {
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const ModuleInfo& info = b.policies.info(m);
    if (frame.module_active[m] && info.allocation == Allocation::works && info.pot == Pot::pool)
      return true;
  }
  return false;
}

void plan_money(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                std::span<const CountyReport> reports, std::span<const double> poor,
                std::vector<CountyPlan>& plans) {
  const auto money = county_money(b, frame, counties, reports, poor);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].partner = to_fen(money[i].partner);
    plans[i].pool = to_fen(money[i].special() + money[i].integrated) + plans[i].partner;
  }
}

/// The ordinary allowance follows the survey's poor.
void plan_allowance(const Boundary& b, std::span<const County> counties,
                    std::span<const CountyReport> reports, std::span<const double> poor,
                    std::vector<CountyPlan>& plans) {
  double poor_persons = 0.0;
  double persons = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    poor_persons += scale_of(counties[i]) * reports[i].persons * poor[i];
    persons += scale_of(counties[i]) * reports[i].persons;
  }
  if (poor_persons <= 0.0) return;
  const double mean = poor_persons / persons;
  for (std::size_t i = 0; i < counties.size(); ++i)
    plans[i].allowance_share = std::min(0.4, b.ordinary_allowance * poor[i] / mean);
}

}  // namespace

std::vector<CountyPlan> plan(const Boundary& b, const YearFrame& frame,
                             std::span<const County> counties,
                             std::span<const CountyReport> reports) {
  std::vector<CountyPlan> plans(counties.size());
  const bool works = village_works(b, frame);
  const bool integration = frame.year >= static_cast<int>(b.parameters.budget.integration_year);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    CountyPlan& p = plans[i];
    p.places.assign(b.policies.size(), -1);
    p.grant.assign(b.policies.size(), 0);
    p.county_money.assign(b.policies.size(), 0.0);
    p.allowance_share = b.ordinary_allowance;
    p.irregular = b.scenario.series.at("irregular_share").at(frame.year);
    p.village_works = works;
    p.earmarked = !integration || !counties[i].designated;
  }
  plan_prices(b, counties, plans);
  plan_survey(b, counties, plans);
  plan_labour(b, frame, counties, reports, plans);
  plan_delisting(b, frame, counties, plans);
  std::vector<double> poor;
  if (!reports.empty()) poor = survey_estimates(b, counties, reports);
  plan_places(b, frame, counties, reports, poor, plans);
  if (reports.empty()) return plans;
  plan_allowance(b, counties, reports, poor, plans);
  plan_quotas(b, frame, counties, reports, poor, plans);
  plan_money(b, frame, counties, reports, poor, plans);
  plan_county_money(b, frame, counties, reports, poor, plans);
  return plans;
}

}  // namespace terrace::nation

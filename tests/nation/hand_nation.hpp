// Four counties in three provinces by hand, with what they report: sums that can be done on paper.
//
//            province, region   persons  poor   gap   income   designated
//   A        Hills, west          1,000  0.30  0.10    6,000   yes
//   B        Hills, west          1,000  0.10  0.02   10,000   no
//   C        Plain, central       2,000  0.05  0.01   12,000   no
//   D        Coast, east          4,000  0.01  0.00   14,000   no
//
// Mean income 12,000, 540 poor.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

#include "engine/model.hpp"
#include "nation/parts.hpp"
#include "support/small_scenario.hpp"

namespace terrace::test {

class HandNation {
 public:
  explicit HandNation(ScenarioSpec scenario = small_scenario())
      : spec(for_ever(std::move(scenario))), model(engine::make_model(spec, builtin_catalogue())) {
    add(0, true, 1'000, 0.30, 0.10, 6'000);
    add(0, false, 1'000, 0.10, 0.02, 10'000);
    add(1, false, 2'000, 0.05, 0.01, 12'000);
    add(2, false, 4'000, 0.01, 0.00, 14'000);
  }

  void add(std::uint16_t province, bool designated, double persons, double poor_share, double gap,
           double income) {
    County c;
    c.number = static_cast<std::uint16_t>(counties.size() + 1);
    c.province = province;
    c.designated = designated;
    c.signatory = spec.population.layout.provinces[province].signatory;
    c.true_households = persons / 4.0;
    villages.push_back(10);
    counties.push_back(std::move(c));
    CountyReport r;
    r.county = counties.back().number;
    r.persons = persons;
    r.survey_households = 1e12;  // so many that no estimate is shrunk
    r.survey_poor = poor_share;
    r.survey_gap = gap;
    r.survey_income = income;
    r.demand.assign(model.policies.size(), 0.0);
    r.year.assign(kYearSums, 0.0);
    reports.push_back(r);
    poor.push_back(poor_share);
  }

  nation::Boundary boundary() const {
    return {spec, model.nation, model.registry, model.policies, 0.06,
            1.0,  {1, 0},       nullptr,        &records,       villages};
  }
  YearFrame frame(int year) const { return nation::frame_of(boundary(), year, {}, {}); }
  std::vector<CountyPlan> plans(int year) const {
    return nation::plan(boundary(), frame(year), counties, reports);
  }
  std::vector<nation::CountyMoney> money(const YearFrame& f) const {
    return nation::county_money(boundary(), f, counties, reports, poor);
  }
  void close(int year, const std::vector<CountyPlan>& given) {
    nation::keep_records(records, boundary(), frame(year), counties, given, reports);
  }
  std::size_t module(std::string_view name) const {
    const auto names = model.policies.names();
    return static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
  }
  /// The reports of a county of which only this share is simulated.
  void simulate(std::size_t i, double fraction) {
    counties[i].fraction = fraction;
    reports[i].persons *= fraction;
    reports[i].registered_households *= fraction;
    for (double& d : reports[i].demand) d *= fraction;
  }

  static ScenarioSpec for_ever(ScenarioSpec s) {
    for (auto& [name, settings] : s.policies) settings.until = month_of(2100, 12);
    return s;
  }

  ScenarioSpec spec;
  engine::Model model;
  std::vector<County> counties;
  std::vector<std::uint32_t> villages;  ///< by county
  std::vector<CountyReport> reports;
  std::vector<double> poor;
  nation::Records records;
};

}  // namespace terrace::test

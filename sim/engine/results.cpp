#include "engine/results.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <terrace/targeting.hpp>

#include "engine/panel.hpp"

namespace terrace::engine {

namespace {

bool wanted(const ScenarioSpec& s, const std::string& name) {
  return s.indicators.empty() ||
         std::find(s.indicators.begin(), s.indicators.end(), name) != s.indicators.end();
}

void keep_wanted(const ScenarioSpec& s, std::vector<IndicatorInfo> all,
                 std::vector<IndicatorInfo>& out) {
  for (IndicatorInfo& i : all) {
    if (wanted(s, i.name)) out.push_back(std::move(i));
  }
}

}  // namespace

RunInfo describe_run(const ScenarioSpec& scenario, std::span<const County> counties,
                     const std::vector<std::string>& modules) {
  RunInfo info;
  info.start = scenario.start;
  info.programme = scenario.programme;
  info.end = scenario.end;
  info.replicates = scenario.replicates;
  info.first_replicate = scenario.first_replicate;
  keep_wanted(scenario, indicators(modules), info.indicators);
  const auto& provinces = scenario.population.layout.provinces;
  GroupInfo national{"national",
                     {{0, scenario.population.layout.name, "", Region::east, false, 1.0, 1.0,
                       RegionLevel::national}}};
  GroupInfo province{"province", {}};
  GroupInfo county{"county", {}};
  GroupInfo targeting{"targeting", {}, true};
  std::set<std::uint16_t> seen;
  for (const County& c : counties) {
    const ProvinceLayout& p = provinces[c.province];
    if (seen.insert(c.province).second)
      province.regions.push_back(
          {c.province + 1U, p.name, p.name, p.region, false, 1.0, 1.0, RegionLevel::province});
    county.regions.push_back({c.number, c.name, p.name, p.region, c.designated, c.weight,
                              c.fraction, RegionLevel::county});
  }
  for (const GroupInfo* group : {&national, &province, &county}) {
    targeting.regions.insert(targeting.regions.end(), group->regions.begin(), group->regions.end());
  }
  GroupInfo by_module{"modules", targeting.regions, true, {}, modules};
  keep_wanted(scenario, targeting_indicators(), targeting.indicators);
  keep_wanted(scenario, module_indicators(), by_module.indicators);
  info.groups = {national, province, county};
  if (!targeting.indicators.empty()) info.groups.push_back(targeting);
  if (!by_module.indicators.empty() && !modules.empty()) info.groups.push_back(by_module);
  info.modules = modules;
  const std::vector<PanelColumn> columns = panel_columns();
  for (const std::size_t c : panel_columns_of(scenario)) info.panel.push_back(columns[c]);
  return info;
}

namespace {

/// For each county the place of its province among these regions.
std::vector<std::size_t> provinces_of(std::span<const County> counties,
                                      std::span<const RegionInfo> provinces) {
  std::vector<std::size_t> out;
  for (const County& c : counties) {
    std::size_t p = 0;
    while (provinces[p].id != c.province + 1U) ++p;
    out.push_back(p);
  }
  return out;
}

/// The nation, the provinces and the counties, each added up in county order by `add`.
template <class Add>
std::array<std::vector<RegionSums>, 3> add_up(std::span<const County> counties,
                                              std::span<const std::size_t> province_of,
                                              std::size_t provinces, Add add) {
  std::array<std::vector<RegionSums>, 3> out{std::vector<RegionSums>(1),
                                             std::vector<RegionSums>(provinces),
                                             std::vector<RegionSums>(counties.size())};
  for (std::size_t c = 0; c < counties.size(); ++c) {
    const double inside = 1.0 / counties[c].fraction;
    const double scale = counties[c].weight * inside;
    add(out[0][0], c, scale);
    add(out[1][province_of[c]], c, scale);
    add(out[2][c], c, inside);
  }
  return out;
}

void append_values(std::span<const IndicatorInfo> indicators, std::span<const RegionSums> regions,
                   std::vector<double>& out) {
  for (const RegionSums& r : regions) {
    for (const IndicatorInfo& i : indicators) out.push_back(value_of(i, r));
  }
}

}  // namespace

void record_year(const RunInfo& info, std::uint32_t replicate, int year,
                 std::span<const County> counties, std::span<const CountyReport> reports,
                 Recorder& recorder) {
  const std::vector<std::size_t> province_of = provinces_of(counties, info.groups[1].regions);
  const std::size_t provinces = info.groups[1].regions.size();
  std::vector<std::vector<double>> values(info.groups.size());
  for (std::size_t month = 0; month < 12; ++month) {
    const auto levels = add_up(counties, province_of, provinces,
                               [&](RegionSums& region, std::size_t c, double scale) {
                                 region.add(reports[c], month, scale);
                               });
    for (std::size_t g = 0; g < 3; ++g) append_values(info.indicators, levels[g], values[g]);
  }
  for (std::size_t g = 3; g < info.groups.size(); ++g) {
    // A table of regions for each module; the group without modules has one.
    const GroupInfo& group = info.groups[g];
    for (std::size_t m = 0; m < std::max<std::size_t>(1, group.modules.size()); ++m) {
      const auto levels = add_up(counties, province_of, provinces,
                                 [&](RegionSums& region, std::size_t c, double scale) {
                                   if (group.modules.empty()) {
                                     region.add_year(reports[c], scale);
                                   } else {
                                     region.add_module(reports[c], m, scale);
                                   }
                                 });
      for (const auto& level : levels) append_values(group.indicators, level, values[g]);
    }
  }
  for (std::size_t g = 0; g < values.size(); ++g)
    recorder.record(replicate, month_of(year, 1), 12, g, values[g]);
}

}  // namespace terrace::engine

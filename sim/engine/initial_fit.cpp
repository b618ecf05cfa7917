#include "engine/initial_fit.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

#include <terrace/calendar.hpp>

#include "engine/results.hpp"

namespace terrace::engine {

namespace {

RegionSums december(std::span<const County> counties, std::span<const CountyReport> reports,
                    bool designated_only) {
  RegionSums sums;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    if (designated_only && !counties[i].designated) continue;
    sums.add(reports[i], 11, counties[i].weight / counties[i].fraction);
  }
  return sums;
}

double got(const InitialTarget& target, const RegionSums& all, const RegionSums& designated) {
  const auto infos = indicators({});
  const auto info = std::find_if(infos.begin(), infos.end(), [&](const IndicatorInfo& i) {
    return i.name == target.indicator;
  });
  if (info == infos.end()) return 0.0;
  switch (target.scope) {
    case InitialTarget::Scope::designated:
      return value_of(*info, designated);
    case InitialTarget::Scope::ratio:
      return value_of(*info, designated) / value_of(*info, all);
    case InitialTarget::Scope::all:
      break;
  }
  return value_of(*info, all);
}

/// Headcount of each province beside the published one, which is of a year later: the order of
/// provinces and their distances are what can be compared.
std::string provinces(const ScenarioSpec& scenario, std::span<const County> counties,
                      std::span<const CountyReport> reports) {
  const auto& all = scenario.population.layout.provinces;
  std::vector<RegionSums> sums(all.size());
  for (std::size_t i = 0; i < counties.size(); ++i) {
    sums[counties[i].province].add(reports[i], 11, counties[i].weight / counties[i].fraction);
  }
  const auto infos = indicators({});
  const auto headcount = std::find_if(infos.begin(), infos.end(), [](const IndicatorInfo& i) {
    return i.name == "headcount_ratio";
  });
  std::array<char, 200> line{};
  std::string out = "Headcount ratio by province, beside the published one of 2013\n";
  for (std::size_t p = 0; p < all.size(); ++p) {
    if (sums[p].sums.empty()) continue;
    std::snprintf(line.data(), line.size(), "  %-38s %13.4f %13.4f\n", all[p].name.c_str(),
                  all[p].incidence_2013, value_of(*headcount, sums[p]));
    out += line.data();
  }
  return out;
}

}  // namespace

std::string initial_fit(const ScenarioSpec& scenario, std::span<const County> counties,
                        std::span<const CountyReport> reports) {
  const PopulationSpec& p = scenario.population;
  if (p.layout.initial.empty() || !p.provinces.empty() ||
      p.counties != PopulationSpec::Counties::all) {
    return {};
  }
  static constexpr std::array<const char*, 3> kScopes = {"", ", designated counties",
                                                         ", designated over all"};
  const RegionSums all = december(counties, reports, false);
  const RegionSums designated = december(counties, reports, true);
  const bool any = !designated.sums.empty();
  std::array<char, 200> line{};
  std::string out = "December " + std::to_string(year_of(scenario.programme) - 1) +
                    ", after a spin-up at constant levels\n";
  for (const InitialTarget& t : p.layout.initial) {
    if (!any && t.scope != InitialTarget::Scope::all) continue;
    const double value = got(t, all, designated);
    const std::string what = t.indicator + kScopes[static_cast<std::size_t>(t.scope)];
    std::snprintf(line.data(), line.size(), "  %-38s %13.6g %13.6g %+9.1f%%\n", what.c_str(),
                  t.value, value, 100.0 * (value / t.value - 1.0));
    out += line.data();
  }
  return out + provinces(scenario, counties, reports);
}

}  // namespace terrace::engine

// A run of two provinces and three counties whose numbers can be worked out by hand.
//
//   persons (monthly total)   nation 100, Hill 60, Plain 40; counties 1, 4 and 20 by weight 10, 5,
//   2 income (monthly mean)     100 x (year - 2010) + 10 x replicate + place of the region in its
//   group served (monthly flow)     1 in each month, 2 in December poor (yearly total)       nation
//   16, 8, 4, 2 from 2011 to 2014, half of it in Hill; + replicate visits, passed (yearly)   0 and
//   nothing in 2013; 10 and 0.4 in 2014; designated county alone
#pragma once

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "record/made_up_run.hpp"
#include "record/memory_recorder.hpp"
#include "record/run_directory.hpp"

namespace terrace::analysis {

inline double figure_of_month(const GroupInfo& group, std::size_t region, std::size_t indicator,
                              Month month, std::uint32_t replicate) {
  static const std::vector<double> kCounties = {1, 4, 20};
  static const std::vector<double> kProvinces = {60, 40};
  if (indicator == 0) {
    if (group.name == "county") return kCounties[region];
    return group.name == "province" ? kProvinces[region] : 100.0;
  }
  if (indicator == 2) return month_in_year(month) == 12 ? 2.0 : 1.0;
  return 100.0 * (year_of(month) - 2010) + 10.0 * replicate + static_cast<double>(region);
}

inline double figure_of_year(const RegionInfo& region, std::size_t indicator, int year,
                             std::uint32_t replicate) {
  if (indicator == 0) {
    const double nation = std::ldexp(16.0, 2011 - year) + replicate;
    return region.level == RegionLevel::national ? nation : 0.5 * nation;
  }
  const bool visited = year == 2014 && (region.designated || region.id == 0);
  if (indicator == 1) return visited ? 10.0 : 0.0;
  return visited ? 0.4 : std::numeric_limits<double>::quiet_NaN();
}

inline RunInfo figures_info(std::uint32_t replicates) {
  RunInfo info;
  info.start = month_of(2011, 1);
  info.programme = month_of(2013, 1);
  info.end = month_of(2014, 12);
  info.replicates = replicates;
  using K = IndicatorKind;
  info.indicators = {{"persons", "persons", "m", K::total},
                     {"income", "yuan/person/year", "m"},
                     {"served", "households", "m", K::total, 0, 0, true}};
  info.groups = {{"national", {{}}}, {"province", {}}, {"county", {}}};
  info.groups[0].regions[0].name = "China";
  info.groups[1].regions = {{1, "Hill", "", Region::west, false, 1.0, 1.0, RegionLevel::province},
                            {2, "Plain", "", Region::east, false, 1.0, 1.0, RegionLevel::province}};
  info.groups[2].regions = {{1, "A", "Hill", Region::west, true, 10.0, 1.0, RegionLevel::county},
                            {2, "B", "Hill", Region::west, true, 5.0, 1.0, RegionLevel::county},
                            {3, "C", "Plain", Region::east, false, 2.0, 1.0, RegionLevel::county}};
  GroupInfo targeting{"targeting", {}, true};
  for (const GroupInfo& group : info.groups) {
    targeting.regions.insert(targeting.regions.end(), group.regions.begin(), group.regions.end());
  }
  targeting.indicators = {{"poor", "persons", "m", K::total},
                          {"visits", "counties", "m", K::total, 0, 0, true},
                          {"passed", "1", "m"}};
  info.groups.push_back(targeting);
  return info;
}

/// Writes it as the folder of a run.
inline void write_figures_run(const std::filesystem::path& folder, std::uint32_t replicates) {
  record::MemoryRecorder recorder;
  const RunInfo info = figures_info(replicates);
  recorder.begin(info);
  for (std::uint32_t replicate = 0; replicate < replicates; ++replicate) {
    for (Month first = info.start; first <= info.end; first += 12) {
      for (std::size_t g = 0; g < info.groups.size(); ++g) {
        const GroupInfo& group = info.groups[g];
        std::vector<double> values;
        for (Month month = first; month < first + (group.yearly ? 1 : 12); ++month) {
          for (std::size_t region = 0; region < group.regions.size(); ++region) {
            for (std::size_t i = 0; i < 3; ++i) {
              values.push_back(
                  group.yearly ? figure_of_year(group.regions[region], i, year_of(month), replicate)
                               : figure_of_month(group, region, i, month, replicate));
            }
          }
        }
        recorder.record(replicate, first, 12, g, values);
      }
      recorder.end_year(replicate, year_of(first));
    }
  }
  recorder.end();
  record::RunDirectory directory(folder, record::kMadeUpScenario, false);
  directory.publish(recorder, record::made_up_provenance(recorder));
}

}  // namespace terrace::analysis

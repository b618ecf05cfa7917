// From county reports to the rows that a Recorder receives.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/indicators.hpp>
#include <terrace/plan.hpp>
#include <terrace/recorder.hpp>
#include <terrace/scenario.hpp>

#include "engine/histogram.hpp"

namespace terrace::engine {

/// Weighted sums of a region's counties in one month.
struct RegionSums {
  std::vector<double> sums;
  WeightedHistogram histogram;
  void add(const CountyReport& report, std::size_t month, double weight);
  void add_year(const CountyReport& report, double weight);  ///< the sums of group `targeting`
  /// Those of one module in group `modules`.
  void add_module(const CountyReport& report, std::size_t module, double weight);
};

double value_of(const IndicatorInfo& info, const RegionSums& region);

/// Groups, regions, months and indicators of a run.
RunInfo describe_run(const ScenarioSpec& scenario, std::span<const County> counties,
                     const std::vector<std::string>& modules);

/// Hands one year of all groups to the recorder, counties added up in county order.
void record_year(const RunInfo& info, std::uint32_t replicate, int year,
                 std::span<const County> counties, std::span<const CountyReport> reports,
                 Recorder& recorder);

}  // namespace terrace::engine

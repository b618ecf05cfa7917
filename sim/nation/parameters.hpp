// What the year boundary assumes. Names, units, ranges and sources: parameters.cpp.
#pragma once

#include <span>
#include <vector>

#include <terrace/parameters.hpp>
#include <terrace/series.hpp>

namespace terrace {

struct Macro {
  double cpi_rural, openings_2012, openings_growth;
  static std::span<const Parameter<Macro>> table();
};

struct Budget {
  double fund_local_ratio, prov_local_share, weight_poor, weight_depth, integrated_ratio,
      integrated_from, east_west;
  double village_share, overhead, stolen_of_irregular, audit_recover;
  double integration_year, depth_weight;
  static std::span<const Parameter<Budget>> table();
};

struct NationParameters {
  Macro macro;
  Budget budget;
};

NationParameters load_nation(const ParameterValues& values);
std::vector<ParameterBlock> nation_blocks();
std::vector<SeriesInfo> nation_series();

}  // namespace terrace

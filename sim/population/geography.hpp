// Where people live: all counties of a layout and the villages of a county, sampled or not.
//
// Everything here depends on the seed, the layout and the parameters, never on the sample.
#pragma once

#include <cstdint>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/random.hpp>
#include <terrace/scenario.hpp>

#include "population/population_parameters.hpp"

namespace terrace {

/// A county as the layout has it.
struct CountySite {
  std::uint16_t number = 0;  ///< 1, 2, ... over the provinces in order, designated ones first
  std::uint16_t province = 0;
  std::uint16_t rank = 0;  ///< 1, 2, ... among those of its province and kind
  bool designated = false;
  std::uint32_t households = 0;
  double place = 0.0;
};

/// Every county of the layout, in the order of numbers. The households of a province are its rural
/// persons over `mean_size`, dealt out exactly.
std::vector<CountySite> all_counties(const Layout& layout, const PopulationParameters& parameters,
                                     double mean_size, std::uint64_t seed);

/// Households of each village of a county, in the order of village numbers 0, 1, ...
std::vector<std::uint32_t> village_sizes(std::uint16_t county, std::uint32_t households,
                                         const PopulationParameters& parameters,
                                         std::uint64_t seed);

/// The numbers of the villages that are in a sample, ascending: all villages in a random order, and
/// the first of these. A larger share holds the villages of a smaller one.
std::vector<std::uint32_t> sampled_villages(std::uint16_t county, std::size_t villages,
                                            double share, std::uint64_t seed);

/// Fills a county's village columns, but for the rows of first households.
void place_villages(County& county, const std::vector<std::uint32_t>& villages, Region region,
                    const PopulationParameters& parameters, std::uint64_t seed);

/// Expected headcount ratio of 2013 at a place effect (before `place_gain`).
double expected_incidence(double place, const PopulationParameters& parameters);

/// Takes ceil- or floor-rounded whole parts of `total`, in proportion to `weights`, that add up to
/// it.
std::vector<std::uint32_t> deal_out(std::uint32_t total, const std::vector<double>& weights);

/// The first round(share x things), at least one where there are any: the rule of both stages.
std::size_t sample_size(std::size_t things, double share);

/// Streams that geography.cpp and sample.cpp draw from.
namespace synthesis_stream {
inline constexpr StreamId county_size = stream("synthesis.county_size");
inline constexpr StreamId county_place = stream("synthesis.county_place");
inline constexpr StreamId county_sample = stream("synthesis.county_sample");
inline constexpr StreamId village_size = stream("synthesis.village_size");
inline constexpr StreamId village_sample = stream("synthesis.village_sample");
inline constexpr StreamId remoteness = stream("synthesis.remoteness");
inline constexpr StreamId productivity = stream("synthesis.productivity");
inline constexpr StreamId hazard = stream("synthesis.hazard");
inline constexpr StreamId uninhabitable = stream("synthesis.uninhabitable");
inline constexpr StreamId fragile = stream("synthesis.fragile");
inline constexpr StreamId water = stream("synthesis.village_water");
inline constexpr StreamId crop = stream("synthesis.crop");
inline constexpr StreamId solar = stream("synthesis.solar");
inline constexpr StreamId access = stream("synthesis.access");
inline constexpr StreamId school = stream("synthesis.village_school");
}  // namespace synthesis_stream

}  // namespace terrace

// The first stage of the sample: counties within province and kind.
#include <algorithm>
#include <utility>

#include "population/from_survey.hpp"
#include "population/geography.hpp"
#include "population/synthesis.hpp"

namespace terrace {

namespace {

std::string padded(unsigned number) {
  return number < 10 ? "0" + std::to_string(number) : std::to_string(number);
}

/// Indices in `all` of the counties that are drawn from [first, last), in the order of numbers.
std::vector<std::size_t> draw_counties(const std::vector<CountySite>& all, std::size_t first,
                                       std::size_t last, double share, std::uint64_t seed) {
  std::vector<std::pair<std::uint64_t, std::size_t>> order;
  for (std::size_t i = first; i < last; ++i) {
    const std::uint16_t number = all[i].number;
    order.emplace_back(key64({seed, 0}, synthesis_stream::county_sample, {number, number}, 0), i);
  }
  std::sort(order.begin(), order.end());
  order.resize(sample_size(order.size(), share));
  std::vector<std::size_t> chosen;
  for (const auto& [key, index] : order) chosen.push_back(index);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

County describe(const CountySite& site, const PopulationSpec& spec, const PopulationParameters& p,
                double weight, std::uint64_t seed) {
  const ProvinceLayout& province = spec.layout.provinces[site.province];
  County county;
  county.number = site.number;
  county.province = site.province;
  county.designated = site.designated;
  county.signatory = province.signatory;
  county.name = province.name + (site.designated ? "-d" : "-o") + padded(site.rank);
  county.weight = weight;
  county.true_households = site.households;
  county.place = site.place;
  const auto sizes = village_sizes(site.number, site.households, p, seed);
  double simulated = 0.0;
  for (const std::uint32_t v :
       sampled_villages(site.number, sizes.size(), spec.sample_villages, seed)) {
    simulated += sizes[v];
  }
  county.fraction = simulated / county.true_households;
  return county;
}

bool wanted(const PopulationSpec& spec, const CountySite& site) {
  if (spec.counties == PopulationSpec::Counties::designated && !site.designated) return false;
  const std::string& name = spec.layout.provinces[site.province].name;
  return spec.provinces.empty() ||
         std::find(spec.provinces.begin(), spec.provinces.end(), name) != spec.provinces.end();
}

}  // namespace

std::vector<County> lay_out_counties(const PopulationSpec& spec, const PopulationParameters& p,
                                     std::uint64_t seed) {
  const double mean_size = mean_household_size(spec);
  const std::vector<CountySite> all = all_counties(spec.layout, p, mean_size, seed);
  std::vector<County> counties;
  for (std::size_t first = 0, last = 0; first < all.size(); first = last) {
    while (last < all.size() && all[last].province == all[first].province &&
           all[last].designated == all[first].designated) {
      ++last;
    }
    if (!wanted(spec, all[first])) continue;
    const auto chosen = draw_counties(all, first, last, spec.sample_counties, seed);
    const double weight = static_cast<double>(last - first) / static_cast<double>(chosen.size());
    for (const std::size_t i : chosen) {
      counties.push_back(describe(all[i], spec, p, weight, seed));
    }
  }
  return counties;
}

double share_of_national_poor(const PopulationSpec& spec, const PopulationParameters& p,
                              std::uint64_t seed) {
  const double mean_size = mean_household_size(spec);
  double published = 0.0;
  for (const ProvinceLayout& province : spec.layout.provinces) published += province.poor_2013;
  double all = 0.0;
  double covered = 0.0;
  for (const CountySite& site : all_counties(spec.layout, p, mean_size, seed)) {
    const double raw = p.place_gain > 0.0 ? site.place / p.place_gain : 0.0;
    const double poor = site.households * expected_incidence(raw + p.place_centre, p);
    all += poor;
    if (wanted(spec, site)) covered += poor;
  }
  return all > 0.0 ? covered / all * published / spec.layout.national_poor_2013 : 0.0;
}

}  // namespace terrace

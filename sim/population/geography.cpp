#include "population/geography.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <terrace/check.hpp>
#include <terrace/maths.hpp>

#include "population/columns.hpp"

namespace terrace {

namespace {

namespace streams = synthesis_stream;

/// The geography of a seed is the same in all replicates.
constexpr RunKey geography_key(std::uint64_t seed) { return {seed, 0}; }

// Counties and villages stay within this many standard deviations of their mean size: a household's
// number has 20 bits of its id, and China's largest rural counties are no giants.
constexpr double kSizeBound = 2.5;

double size_factor(double sd, double z) {
  return exact::exp(sd * std::clamp(z, -kSizeBound, kSizeBound));
}

/// Expected headcount ratio over counties whose place effects scatter around `place`.
double mean_incidence(double place, const PopulationParameters& p) {
  const double scatter = p.county_sd / p.log_income_sd;
  const double z = exact::normal_quantile(p.national_incidence) - place / p.log_income_sd;
  return exact::normal_cdf(z / std::sqrt(1.0 + scatter * scatter));
}

/// The shift of a whole province at which its two kinds of counties have its incidence.
double province_place(double incidence, double designated_share, const PopulationParameters& p) {
  double low = -8.0;
  double high = 8.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    const double got = designated_share * mean_incidence(middle + p.designated_shift, p) +
                       (1.0 - designated_share) * mean_incidence(middle, p);
    (got > incidence ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

std::vector<double> county_weights(const std::vector<CountySite>& sites,
                                   const PopulationParameters& p, std::uint64_t seed) {
  std::vector<double> weights;
  for (const CountySite& site : sites) {
    const double z =
        normal(geography_key(seed), streams::county_size, {site.number, site.number}, 0);
    weights.push_back((site.designated ? p.designated_size : 1.0) *
                      size_factor(p.county_size_sd, z));
  }
  return weights;
}

void settle_province(std::vector<CountySite>& sites, const ProvinceLayout& province,
                     const PopulationParameters& p, double mean_size, std::uint64_t seed) {
  const double persons = province.poor_2013 / province.incidence_2013;
  const auto households = static_cast<std::uint32_t>(persons / mean_size + 0.5);
  const std::vector<std::uint32_t> dealt = deal_out(households, county_weights(sites, p, seed));
  double designated = 0.0;
  for (std::size_t i = 0; i < sites.size(); ++i) {
    sites[i].households = std::max<std::uint32_t>(dealt[i], 1);
    require(sites[i].households < (1u << 20), "a county has more than a million households");
    if (sites[i].designated) designated += dealt[i];
  }
  const double share = households > 0 ? designated / households : 0.0;
  const double shift = province_place(province.incidence_2013, share, p);
  for (CountySite& site : sites) {
    const double noise = p.county_sd * normal(geography_key(seed), streams::county_place,
                                              {site.number, site.number}, 0);
    const double raw = shift + (site.designated ? p.designated_shift : 0.0) + noise;
    site.place = p.place_gain * (raw - p.place_centre);
  }
}

/// What a village grows for the market, how much of it bears and how much is young, at rest.
void plant_village(VillageTable& table, std::size_t row, Entity village,
                   const PopulationParameters& p, RunKey key) {
  const Block b = draw_block(key, streams::crop, village, 0);
  if (uniform24(b[0]) >= p.crop_villages) return;
  const double orchards =
      table.ecological[row] != 0 ? p.crop_orchard_fragile : p.crop_orchard_other;
  const double vegetables =
      p.crop_vegetable_way / (p.crop_vegetable_way + static_cast<double>(table.remoteness[row]));
  const double u = uniform24(b[1]);
  const Crop crop = u < orchards                                   ? Crop::orchard
                    : u < orchards + (1.0 - orchards) * vegetables ? Crop::vegetables
                                                                   : Crop::livestock;
  const double area = p.crop_area * (1.0 + p.crop_spread * (2.0 * uniform24(b[2]) - 1.0));
  table.crop[row] = static_cast<std::uint8_t>(crop);
  table.bearing[row] = static_cast<float>(area);
  const std::size_t cohorts = crop == Crop::orchard ? kYoung : 1;
  for (std::size_t k = 0; k < cohorts; ++k)
    table.young[k][row] = static_cast<float>(p.crop_young * area);
}

/// Which public services reach a village, and how good its school is: fewer and worse far away.
void reach_village(VillageTable& table, std::size_t row, Entity village, bool poor,
                   const PopulationParameters& p, RunKey key) {
  struct Service {
    std::uint8_t bit;
    double share;
  };
  const std::array<Service, 5> all = {
      {{access::road, poor ? p.road_designated : p.road_other},
       {access::power, poor ? p.village_power_designated : p.village_power_other},
       {access::network, poor ? p.village_network_designated : p.village_network_other},
       {access::clinic, poor ? p.clinic_designated : p.clinic_other},
       {access::teaching_point, poor ? p.teaching_designated : p.teaching_other}}};
  const double way = exact::log(static_cast<double>(table.remoteness[row])) -
                     exact::log(poor ? p.remoteness_designated : p.remoteness_other);
  std::uint8_t bits = 0;
  for (std::size_t k = 0; k < all.size(); ++k) {
    const double share = all[k].share;
    const double chance = share < 1.0 && share > 0.0
                              ? exact::logistic(exact::logit(share) - p.access_remoteness * way)
                              : share;
    if (bernoulli(key, streams::access, village, 0, chance, static_cast<std::uint8_t>(k)))
      bits = static_cast<std::uint8_t>(bits | all[k].bit);
  }
  table.access[row] = bits;
  const double quality = (poor ? p.quality_designated : p.quality_other) -
                         p.quality_remoteness * way +
                         p.quality_sd * normal(key, streams::school, village, 0);
  table.school_quality[row] =
      static_cast<std::uint8_t>(255.0 * std::clamp(quality, 0.05, 0.95) + 0.5);
}

float village_water(double mean, double sd, double z) {
  return static_cast<float>(std::clamp(mean + sd * z, 0.02, 0.98));
}

}  // namespace

double expected_incidence(double place, const PopulationParameters& p) {
  return exact::normal_cdf(exact::normal_quantile(p.national_incidence) - place / p.log_income_sd);
}

std::vector<std::uint32_t> deal_out(std::uint32_t total, const std::vector<double>& weights) {
  double sum = 0.0;
  for (const double w : weights) sum += w;
  std::vector<std::uint32_t> parts;
  double upto = 0.0;
  std::uint32_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    upto += weights[i];
    const double exact_part = i + 1 == weights.size() ? total : total * (upto / sum);
    const auto next = static_cast<std::uint32_t>(exact_part + 0.5);
    parts.push_back(next - given);
    given = next;
  }
  return parts;
}

std::size_t sample_size(std::size_t things, double share) {
  const auto wanted = static_cast<std::size_t>(share * static_cast<double>(things) + 0.5);
  return std::min(things, std::max<std::size_t>(wanted, 1));
}

std::vector<CountySite> all_counties(const Layout& layout, const PopulationParameters& p,
                                     double mean_size, std::uint64_t seed) {
  std::vector<CountySite> all;
  for (std::size_t i = 0; i < layout.provinces.size(); ++i) {
    const ProvinceLayout& province = layout.provinces[i];
    std::vector<CountySite> sites;
    for (int c = 0; c < province.designated + province.other; ++c) {
      CountySite site;
      site.designated = c < province.designated;
      site.rank = static_cast<std::uint16_t>(site.designated ? c + 1 : c + 1 - province.designated);
      site.province = static_cast<std::uint16_t>(i);
      site.number = static_cast<std::uint16_t>(all.size() + sites.size() + 1);
      sites.push_back(site);
    }
    if (sites.empty()) continue;
    settle_province(sites, province, p, mean_size, seed);
    all.insert(all.end(), sites.begin(), sites.end());
  }
  require(all.size() < 0xffff, "a layout has more than 65,534 counties");
  return all;
}

std::vector<std::uint32_t> village_sizes(std::uint16_t county, std::uint32_t households,
                                         const PopulationParameters& p, std::uint64_t seed) {
  const auto villages = static_cast<std::uint32_t>(households / p.village_households + 0.5);
  std::vector<double> weights;
  for (std::uint32_t v = 0; v < std::max<std::uint32_t>(villages, 1); ++v) {
    const double z = normal(geography_key(seed), streams::village_size, {v, county}, 0);
    weights.push_back(size_factor(p.village_size_sd, z));
  }
  return deal_out(households, weights);
}

std::vector<std::uint32_t> sampled_villages(std::uint16_t county, std::size_t villages,
                                            double share, std::uint64_t seed) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (std::uint32_t v = 0; v < villages; ++v) {
    order.emplace_back(key64(geography_key(seed), streams::village_sample, {v, county}, 0), v);
  }
  std::sort(order.begin(), order.end());
  order.resize(sample_size(villages, share));
  std::vector<std::uint32_t> chosen;
  for (const auto& [key, village] : order) chosen.push_back(village);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

void place_villages(County& county, const std::vector<std::uint32_t>& villages, Region region,
                    const PopulationParameters& p, std::uint64_t seed) {
  const RunKey key = geography_key(seed);
  const bool poor = county.designated;
  const double terrain = region == Region::east ? p.east_terrain : 1.0;
  const double hazard = terrain * (poor ? p.hazard_designated : p.hazard_other);
  const double barren = terrain * (poor ? p.uninhabitable_designated : p.uninhabitable_other);
  const double log_way = exact::log(poor ? p.remoteness_designated : p.remoteness_other);
  const Entity whole{county.number, county.number};
  const bool fragile =
      uniform(key, streams::fragile, whole, 0) < (poor ? p.fragile_designated : p.fragile_other);
  VillageTable& table = county.villages;
  resize_table(table, villages.size());
  for (std::size_t row = 0; row < villages.size(); ++row) {
    const Entity village{villages[row], county.number};
    const double way = log_way + p.remoteness_sd * normal(key, streams::remoteness, village, 0);
    const double ground = p.productivity_sd * normal(key, streams::productivity, village, 0);
    table.id[row] = villages[row];
    table.remoteness[row] = static_cast<float>(exact::exp(way));
    table.productivity[row] = static_cast<float>(ground - p.remoteness_slope * way);
    table.water_share[row] = village_water(poor ? p.water_designated : p.water_other, p.water_sd,
                                           normal(key, streams::water, village, 0));
    table.hazard[row] = uniform(key, streams::hazard, village, 0) < hazard;
    table.uninhabitable[row] = uniform(key, streams::uninhabitable, village, 0) < barren;
    table.ecological[row] = fragile;
    plant_village(table, row, village, p, key);
    reach_village(table, row, village, poor, p, key);
    if (bernoulli(key, streams::solar, village, 0, p.solar_start))
      table.solar[row] = static_cast<float>(p.solar_size);
  }
}

}  // namespace terrace

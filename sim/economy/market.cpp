// Crops for the market. A village gives a share of its farm land to one crop; a year's harvest of
// all villages makes the province's price of the next year (sim/nation/prices.cpp), and villages
// plant and uproot by what they expect of it.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/village_business.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kAdopt = stream("market.adopt");

/// By definition of the diary: a price that is this much above or below last year's is news.
constexpr double kNews = 0.1;

double lag_of(Crop crop, const SpecialtyMarket& m) {
  return crop == Crop::orchard ? m.lag_perennial : m.lag_annual;
}

double value_of(Crop crop, const SpecialtyMarket& m) {
  return crop == Crop::orchard ? m.value_perennial : m.value_annual;
}

/// Share of a village's land that counts as bearing this year, and share that the crop takes up.
struct CropLand {
  double bears = 0.0;
  double taken = 0.0;
};

CropLand crop_land(const VillageTable& t, std::size_t v, const SpecialtyMarket& m) {
  const auto crop = static_cast<Crop>(t.crop[v]);
  const double old = t.bearing[v];
  CropLand land{old, old};
  for (std::size_t k = 0; k < kYoung; ++k) {
    const double young = t.young[k][v];
    land.bears += young * crop_share(crop, k, m);
    land.taken += young;
  }
  return land;
}

double farm_mu(const County& c, std::size_t v) {
  double hundredths = 0.0;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h)
    hundredths += c.households.land[h];
  return 0.01 * hundredths;
}

/// Mu of the crop that projects of the programme have in a village now: as many as bring at the
/// usual price what the projects earn.
double project_mu(const CountyWork& work, std::size_t v, const SpecialtyMarket& m) {
  double mu = 0.0;
  for (std::size_t h = work.county->villages.first[v]; h < village_end(*work.county, v); ++h)
    mu += static_cast<double>(work.flows.market_land[h]);
  return mu / value_of(static_cast<Crop>(work.county->villages.crop[v]), m);
}

double expected_price(const CountyWork& work, Crop crop, const SpecialtyMarket& m) {
  const double now = work.plan->crop_price[static_cast<std::size_t>(crop)];
  return m.herding * now + (1.0 - m.herding);
}

/// A year passes: cohorts move up, and what will bear in full next year is young no more.
void grow(VillageTable& t, std::size_t v, const SpecialtyMarket& m) {
  const auto crop = static_cast<Crop>(t.crop[v]);
  for (std::size_t k = kYoung; k-- > 0;) {
    const float cohort = t.young[k][v];
    t.young[k][v] = 0.0F;
    if (k + 1 == kYoung || crop_share(crop, k + 1, m) >= 1.0) {
      t.bearing[v] += cohort;
    } else {
      t.young[k + 1][v] = cohort;
    }
  }
}

/// Next year's area: old land goes out of use, more where it is expected to earn less than staples;
/// new land is planted where that pays over its life. Who gives up keeps the youngest.
void choose_area(const CountyWork& work, VillageTable& t, std::size_t v, const SpecialtyMarket& m) {
  const auto crop = static_cast<Crop>(t.crop[v]);
  const double price = expected_price(work, crop, m);
  const double loss = std::max(0.0, -return_of_keeping(crop, price, m));
  const double gone = std::min(1.0, m.retire_rate + m.uproot_rate * loss);
  t.bearing[v] *= static_cast<float>(1.0 - gone);
  const double gain = return_of_planting(crop, price, m);
  if (gain > 0.0) {
    const double free = std::max(0.0, m.max_area - crop_land(t, v, m).taken);
    t.young[0][v] += static_cast<float>(std::min(1.0, m.plant_rate * gain) * free);
  }
  if (crop_land(t, v, m).taken >= m.least_area) return;
  t.crop[v] = static_cast<std::uint8_t>(Crop::none);
  t.bearing[v] = 0.0F;
  for (auto& cohort : t.young) cohort[v] = 0.0F;
}

/// A village without a crop looks at one that some village of the county grows (at any, where none
/// does) and takes it up with a chance that rises with what it promises.
void adopt(CountyWork& work, std::size_t v, const std::vector<std::uint8_t>& grown,
           const SpecialtyMarket& m) {
  County& c = *work.county;
  const Entity village{c.villages.id[v], c.number};
  const Block b = draw_block(work.key(), kAdopt, village, work.month);
  const double pick = uniform24(b[2]);
  Crop crop = static_cast<Crop>(1 + static_cast<int>(pick * (kCrops - 1)));
  if (!grown.empty())
    crop = static_cast<Crop>(
        grown[static_cast<std::size_t>(pick * static_cast<double>(grown.size()))]);
  const double usual = return_of_planting(crop, 1.0, m);
  const double now = return_of_planting(crop, expected_price(work, crop, m), m);
  if (usual <= 0.0 || now <= 0.0) return;
  if (uniform53(b[0], b[1]) < m.adoption_rate * now / usual)
    plant_crop(c, v, crop, m.start_area, m);
}

}  // namespace

double crop_share(Crop crop, std::size_t cohort, const SpecialtyMarket& m) {
  const double age = 12.0 * static_cast<double>(cohort + 1);  // months, at the end of the year
  return std::clamp((age - lag_of(crop, m)) / 12.0, 0.0, 1.0);
}

double return_of_planting(Crop crop, double price, const SpecialtyMarket& m) {
  const double lag = lag_of(crop, m) / 12.0;
  const double bearing = 1.0 / m.retire_rate;
  const double life = lag + bearing;
  const double crops = bearing * (value_of(crop, m) * price - m.running_cost);
  return (crops - m.establish) / life - 1.0;
}

double return_of_keeping(Crop crop, double price, const SpecialtyMarket& m) {
  return value_of(crop, m) * price - m.running_cost - 1.0;
}

double plant_crop(County& county, std::size_t v, Crop crop, double share,
                  const SpecialtyMarket& m) {
  VillageTable& t = county.villages;
  const auto grows = static_cast<Crop>(t.crop[v]);
  if (crop == Crop::none || (grows != Crop::none && grows != crop)) return 0.0;
  const double room = std::max(0.0, m.max_area - crop_land(t, v, m).taken);
  const double planted = std::clamp(share, 0.0, room);
  if (planted <= 0.0) return 0.0;
  t.crop[v] = static_cast<std::uint8_t>(crop);
  t.young[0][v] += static_cast<float>(planted);
  return planted;
}

void note_crop_prices(CountyWork& work) {
  const County& c = *work.county;
  for (const std::uint32_t h : work.panel_rows) {
    const double change = work.plan->crop_change[c.villages.crop[c.households.village[h]]];
    if (change < 1.0 - kNews || change > 1.0 + kNews)
      work.note(h, EventKind::crop_price, static_cast<float>(change));
  }
}

void crop_month(CountyWork& work, const EconomyParameters& p) {
  const SpecialtyMarket& m = p.market;
  const VillageTable& t = work.county->villages;
  const double no_road = exact::exp(-p.access.road_cost);
  work.village_crop.resize(t.size());
  for (std::size_t v = 0; v < t.size(); ++v) {
    double factor = 1.0;
    if (static_cast<Crop>(t.crop[v]) != Crop::none) {
      const auto crop = static_cast<Crop>(t.crop[v]);
      const CropLand land = crop_land(t, v, m);
      const double price = work.plan->crop_price[t.crop[v]];
      const double earned = land.bears * (value_of(crop, m) * price - m.running_cost);
      factor += earned - land.taken - m.establish * static_cast<double>(t.young[0][v]);
    }
    if ((t.access[v] & access::road) == 0) factor *= no_road;
    work.village_crop[v] = static_cast<float>(std::max(0.0, factor));
  }
}

void close_crops(CountyWork& work, const EconomyParameters& p) {
  const SpecialtyMarket& m = p.market;
  County& c = *work.county;
  VillageTable& t = c.villages;
  std::vector<std::uint8_t> grown;
  for (const std::uint8_t crop : t.crop) {
    if (static_cast<Crop>(crop) != Crop::none) grown.push_back(crop);
  }
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (static_cast<Crop>(t.crop[v]) == Crop::none) {
      adopt(work, v, grown, m);
      continue;
    }
    const double bearing = crop_land(t, v, m).bears * farm_mu(c, v);
    work.report->crop_bearing[t.crop[v]] += bearing;
    work.report->crop_output[t.crop[v]] +=
        (bearing + project_mu(work, v, m)) * static_cast<double>(work.village_farm[v]);
    grow(t, v, m);
    choose_area(work, t, v, m);
  }
}

}  // namespace terrace::economy

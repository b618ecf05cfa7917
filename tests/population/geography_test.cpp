#include "population/geography.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "population/synthesis.hpp"
#include "support/small_layout.hpp"

namespace terrace {
namespace {

using test::small_layout;

const PopulationParameters kDefaults = default_population_parameters();

RC_GTEST_PROP(DealOut, AddsUpAndStaysWithinOne, ()) {
  const auto total = *rc::gen::inRange<std::uint32_t>(0, 1'000'000);
  const auto raw =
      *rc::gen::nonEmpty(rc::gen::container<std::vector<int>>(rc::gen::inRange(1, 999)));
  std::vector<double> weights(raw.begin(), raw.end());
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  const std::vector<std::uint32_t> parts = deal_out(total, weights);
  std::uint32_t given = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    given += parts[i];
    RC_ASSERT(std::abs(parts[i] - total * weights[i] / sum) <= 1.0 + 1e-6);
  }
  RC_ASSERT(given == total);
}

TEST(SampleSize, RoundsAndTakesAtLeastOne) {
  EXPECT_EQ(sample_size(45, 0.1), 5u);
  EXPECT_EQ(sample_size(44, 0.1), 4u);
  EXPECT_EQ(sample_size(2, 0.1), 1u);
  EXPECT_EQ(sample_size(0, 0.1), 0u);
  EXPECT_EQ(sample_size(7, 1.0), 7u);
}

std::vector<double> mean_by_province(double PopulationParameters::* member, double value) {
  PopulationParameters p = kDefaults;
  p.*member = value;
  const Layout layout = small_layout();
  std::vector<double> sum(3, 0.0);
  std::vector<double> weight(3, 0.0);
  for (const CountySite& site : all_counties(layout, p, 3.5, 11)) {
    sum[site.province] += site.place * site.households;
    weight[site.province] += site.households;
  }
  for (std::size_t i = 0; i < 3; ++i) sum[i] /= weight[i];
  return sum;
}

TEST(Place, PoorerProvincesLieLower) {
  const auto place = mean_by_province(&PopulationParameters::place_gain, 1.0);
  EXPECT_LT(place[0], place[1]);
  EXPECT_LT(place[1], place[2]);
  const auto twice = mean_by_province(&PopulationParameters::place_gain, 2.0);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(twice[i], 2.0 * place[i], 1e-12);
}

TEST(Place, GivesEachProvinceItsIncidence) {
  PopulationParameters p = kDefaults;
  p.county_sd = 0.0;
  const Layout layout = small_layout();
  std::vector<double> poor(3, 0.0);
  std::vector<double> all(3, 0.0);
  for (const CountySite& site : all_counties(layout, p, 3.5, 11)) {
    poor[site.province] +=
        site.households * expected_incidence(site.place / p.place_gain + p.place_centre, p);
    all[site.province] += site.households;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(poor[i] / all[i], layout.provinces[i].incidence_2013, 1e-9);
  }
}

TEST(Place, DesignatedCountiesLieLowerByTheShift) {
  PopulationParameters p = kDefaults;
  p.county_sd = 0.0;
  const auto all = all_counties(small_layout(), p, 3.5, 11);
  EXPECT_TRUE(all[0].designated && !all[12].designated);
  EXPECT_NEAR(all[0].place - all[12].place, p.place_gain * p.designated_shift, 1e-12);
}

TEST(Villages, DesignatedCountiesAreMoreRemoteAndHarsher) {
  PopulationSpec spec = test::small_population(1.0, 1.0);
  PopulationParameters p = kDefaults;
  p.water_sd = 0.05;  // so that hardly any village's share is cut at 1
  struct Sum {
    double villages = 0, remote = 0, barren = 0, hazard = 0, water = 0, fragile = 0;
  } sums[2];
  for (County& county : lay_out_counties(spec, p, 2)) {
    if (county.province == 2) continue;  // the east has gentler ground
    const auto sizes =
        village_sizes(county.number, static_cast<std::uint32_t>(county.true_households), p, 2);
    std::vector<std::uint32_t> all(sizes.size());
    std::iota(all.begin(), all.end(), 0u);
    place_villages(county, all, spec.layout.provinces[county.province].region, p, 2);
    Sum& s = sums[county.designated];
    for (std::size_t v = 0; v < all.size(); ++v) {
      s.villages += 1.0;
      s.remote += county.villages.remoteness[v] > 3.0F;
      s.barren += county.villages.uninhabitable[v];
      s.hazard += county.villages.hazard[v];
      s.water += static_cast<double>(county.villages.water_share[v]);
      s.fragile += county.villages.ecological[v];
    }
  }
  EXPECT_NEAR(sums[1].barren / sums[1].villages, kDefaults.uninhabitable_designated, 0.04);
  EXPECT_NEAR(sums[0].barren / sums[0].villages, kDefaults.uninhabitable_other, 0.02);
  EXPECT_NEAR(sums[1].hazard / sums[1].villages, kDefaults.hazard_designated, 0.03);
  EXPECT_NEAR(sums[1].water / sums[1].villages, kDefaults.water_designated, 0.02);
  EXPECT_NEAR(sums[0].water / sums[0].villages, kDefaults.water_other, 0.03);
  EXPECT_GT(sums[1].remote / sums[1].villages, 2.0 * sums[0].remote / sums[0].villages);
  EXPECT_GT(sums[1].fragile / sums[1].villages, sums[0].fragile / sums[0].villages);
}

/// A county of 3,000 villages with these parameters.
County many_villages(bool designated, const PopulationParameters& p) {
  County c;
  c.number = 3;
  c.designated = designated;
  std::vector<std::uint32_t> all(3'000);
  std::iota(all.begin(), all.end(), 0u);
  place_villages(c, all, Region::west, p, 4);
  return c;
}

TEST(Villages, GrowCropsAsTheirPlaceSuggests) {
  const County c = many_villages(false, kDefaults);
  const VillageTable& t = c.villages;
  double grown = 0.0;
  double area = 0.0;
  double near[2] = {};  // vegetables, livestock within the way of equal chances, and beyond it
  double far[2] = {};
  double orchards = 0.0;
  for (std::size_t v = 0; v < t.size(); ++v) {
    const auto crop = static_cast<Crop>(t.crop[v]);
    if (crop == Crop::none) {
      EXPECT_EQ(t.bearing[v], 0.0F);
      continue;
    }
    grown += 1.0;
    area += static_cast<double>(t.bearing[v]);
    const auto young = static_cast<float>(kDefaults.crop_young) * t.bearing[v];
    EXPECT_NEAR(t.young[0][v], young, 1e-6);
    EXPECT_NEAR(t.young[2][v], crop == Crop::orchard ? young : 0.0F, 1e-6);
    if (crop == Crop::orchard) orchards += 1.0;
    double* const by_way =
        static_cast<double>(t.remoteness[v]) < kDefaults.crop_vegetable_way ? near : far;
    if (crop == Crop::vegetables) by_way[0] += 1.0;
    if (crop == Crop::livestock) by_way[1] += 1.0;
  }
  const double n = static_cast<double>(t.size());
  const double expected =
      t.ecological[0] != 0 ? kDefaults.crop_orchard_fragile : kDefaults.crop_orchard_other;
  EXPECT_NEAR(grown / n, kDefaults.crop_villages, 0.038);  // 4.5 sd
  EXPECT_NEAR(orchards / grown, expected, 0.08);
  EXPECT_NEAR(area / grown, kDefaults.crop_area, 0.015);
  EXPECT_GT(near[0], near[1]);
  EXPECT_LT(far[0], far[1]);
}

TEST(Villages, HaveFewerServicesFarAway) {
  const County poor = many_villages(true, kDefaults);
  const County other = many_villages(false, kDefaults);
  auto share = [](const County& c, std::uint8_t bit, int side) {
    double has = 0.0;
    double all = 0.0;
    for (std::size_t v = 0; v < c.villages.size(); ++v) {
      const bool far = c.villages.remoteness[v] > 1.0F;
      if (side != 0 && far != (side > 0)) continue;
      all += 1.0;
      has += (c.villages.access[v] & bit) != 0 ? 1.0 : 0.0;
    }
    return has / all;
  };
  EXPECT_NEAR(share(poor, access::road, 0), kDefaults.road_designated, 0.04);
  EXPECT_NEAR(share(other, access::road, 0), kDefaults.road_other, 0.025);
  EXPECT_NEAR(share(poor, access::network, 0), kDefaults.village_network_designated, 0.04);
  EXPECT_NEAR(share(other, access::clinic, 0), kDefaults.clinic_other, 0.025);
  EXPECT_NEAR(share(poor, access::teaching_point, 0), kDefaults.teaching_designated, 0.045);
  EXPECT_GT(share(poor, access::road, -1), share(poor, access::road, 1) + 0.02);
  double quality[2] = {};
  for (std::size_t v = 0; v < poor.villages.size(); ++v) {
    quality[1] += poor.villages.school_quality[v] / 255.0 / 3'000.0;
    quality[0] += other.villages.school_quality[v] / 255.0 / 3'000.0;
  }
  EXPECT_NEAR(quality[0], kDefaults.quality_other, 0.012);
  EXPECT_NEAR(quality[1], kDefaults.quality_designated, 0.012);
}

TEST(Villages, OwnSolarPlantsOnlyWhereTheScenarioSaysSo) {
  PopulationParameters p = kDefaults;
  for (const float kw : many_villages(true, p).villages.solar) ASSERT_EQ(kw, 0.0F);
  p.solar_start = 0.25;
  double plants = 0.0;
  for (const float kw : many_villages(true, p).villages.solar) {
    if (kw == 0.0F) continue;
    EXPECT_EQ(kw, static_cast<float>(p.solar_size));
    plants += 1.0;
  }
  EXPECT_NEAR(plants / 3'000, 0.25, 0.036);
}

TEST(Parameters, DefaultsLieInTheirRangesAndNamesDiffer) {
  std::vector<std::string_view> names;
  for (const auto& row : population_table()) {
    EXPECT_GE(row.info.value, row.info.low) << row.info.name;
    EXPECT_LE(row.info.value, row.info.high) << row.info.name;
    EXPECT_FALSE(row.info.unit.empty() || row.info.meaning.empty() || row.info.source.empty());
    names.push_back(row.info.name);
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

TEST(Streams, AreNamedAndDoNotCollide) {
  const auto names = population_streams();
  EXPECT_EQ(find_stream_collision(names), std::nullopt);
  for (const std::string_view name : names) EXPECT_EQ(name.substr(0, 10), "synthesis.");
}

}  // namespace
}  // namespace terrace

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "population/geography.hpp"
#include "population/synthesis.hpp"
#include "support/small_layout.hpp"

namespace terrace {
namespace {

using test::small_layout;
using test::small_population;

const PopulationParameters kDefaults = default_population_parameters();

TEST(Sample, WeightsAddUpToTheTrueNumberOfCounties) {
  const PopulationSpec spec = small_population(0.1);
  std::map<std::pair<int, bool>, double> weight;
  for (const County& c : lay_out_counties(spec, kDefaults, 7)) {
    weight[{c.province, c.designated}] += c.weight;
  }
  EXPECT_EQ(weight.size(), 5u);  // Coast has no designated county
  for (const auto& [stratum, total] : weight) {
    const ProvinceLayout& province = spec.layout.provinces[static_cast<std::size_t>(stratum.first)];
    EXPECT_NEAR(total, stratum.second ? province.designated : province.other, 1e-9);
  }
}

TEST(Sample, NumbersRunOverProvincesDesignatedFirst) {
  const auto counties = lay_out_counties(small_population(1.0), kDefaults, 7);
  ASSERT_EQ(counties.size(), 60u);
  for (std::size_t i = 0; i < counties.size(); ++i) EXPECT_EQ(counties[i].number, i + 1);
  EXPECT_EQ(counties[0].name, "Hills-d01");
  EXPECT_EQ(counties[12].name, "Hills-o01");
  EXPECT_EQ(counties[20].name, "Plain-d01");
  EXPECT_TRUE(counties[20].designated && counties[20].signatory);
  EXPECT_EQ(counties[59].name, "Coast-o20");
  EXPECT_FALSE(counties[59].designated || counties[59].signatory);
}

TEST(Sample, HouseholdsOfAProvinceAreItsRuralPersonsOverTheMeanSize) {
  const Layout layout = small_layout();
  const double size = fit_household_mix(layout).mean_size;
  std::vector<double> households(3, 0.0);
  for (const CountySite& site : all_counties(layout, kDefaults, size, 3)) {
    households[site.province] += site.households;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    const double persons = layout.provinces[i].poor_2013 / layout.provinces[i].incidence_2013;
    EXPECT_NEAR(households[i], persons / size, 0.51);
  }
}

TEST(Sample, ACountyIsTheSameInEverySample) {
  const auto all = lay_out_counties(small_population(1.0, 1.0), kDefaults, 7);
  PopulationSpec few = small_population(0.3, 0.1);
  few.provinces = {"Plain"};
  few.counties = PopulationSpec::Counties::designated;
  const auto counties = lay_out_counties(few, kDefaults, 7);
  ASSERT_EQ(counties.size(), 2u);
  for (const County& c : counties) {
    const County& same = all[c.number - 1u];
    EXPECT_EQ(c.name, same.name);
    EXPECT_EQ(c.true_households, same.true_households);
    EXPECT_EQ(c.place, same.place);
    EXPECT_EQ(same.fraction, 1.0);
    EXPECT_LT(c.fraction, 0.3);
  }
}

TEST(Sample, ALargerSampleHoldsTheSmaller) {
  const auto small = sampled_villages(9, 58, 0.1, 5);
  const auto large = sampled_villages(9, 58, 0.4, 5);
  EXPECT_EQ(small.size(), 6u);
  EXPECT_TRUE(std::includes(large.begin(), large.end(), small.begin(), small.end()));
  EXPECT_EQ(sampled_villages(9, 3, 0.01, 5).size(), 1u);
  EXPECT_EQ(sampled_villages(9, 3, 1.0, 5), (std::vector<std::uint32_t>{0, 1, 2}));
}

// Over many seeds every county is drawn as often as its weight says, and the weighted households
// are on average the true ones: the sample is unbiased through both stages.
TEST(Sample, InclusionFollowsTheWeights) {
  constexpr int kSeeds = 600;
  const PopulationSpec spec = small_population(0.2, 0.1);
  std::vector<double> drawn(60, 0.0);
  std::vector<double> chance(60, 0.0);
  double sum = 0.0;
  double square = 0.0;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    double estimate = 0.0;
    for (const County& c : lay_out_counties(spec, kDefaults, static_cast<std::uint64_t>(seed))) {
      drawn[c.number - 1u] += 1.0;
      chance[c.number - 1u] = 1.0 / c.weight;
      const auto sizes = village_sizes(c.number, static_cast<std::uint32_t>(c.true_households),
                                       kDefaults, static_cast<std::uint64_t>(seed));
      const auto chosen = sample_size(sizes.size(), spec.sample_villages);
      // The second stage by inverse probability, not by the county's known total.
      estimate += c.weight * c.fraction * c.true_households * static_cast<double>(sizes.size()) /
                  static_cast<double>(chosen);
    }
    sum += estimate;
    square += estimate * estimate;
  }
  for (std::size_t i = 0; i < 60; ++i) {
    const double error = std::sqrt(chance[i] * (1.0 - chance[i]) / kSeeds);
    EXPECT_NEAR(drawn[i] / kSeeds, chance[i], 4.5 * error) << "county " << i + 1;
  }
  const double mean = sum / kSeeds;
  const double error = std::sqrt((square / kSeeds - mean * mean) / kSeeds);
  const double truth = 5.5e6 / fit_household_mix(spec.layout).mean_size;
  EXPECT_NEAR(mean, truth, 4.0 * error);
  EXPECT_LT(error / truth, 0.01);
}

}  // namespace
}  // namespace terrace

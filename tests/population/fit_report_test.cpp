#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "population/fit_tally.hpp"
#include "population/geography.hpp"
#include "population/synthesis.hpp"
#include "scenario/layout_reader.hpp"
#include "support/small_layout.hpp"

namespace terrace {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const PopulationParameters kDefaults = default_population_parameters();

std::vector<County> populate(const PopulationSpec& spec, const PopulationParameters& p,
                             std::uint64_t seed) {
  const HouseholdMix mix = fit_household_mix(spec.layout);
  auto counties = lay_out_counties(spec, p, seed);
  for (County& county : counties) synthesise_county(county, spec, p, mix, {seed, 0});
  return counties;
}

Layout shipped(const std::string& name) {
  scenario::Problems problems;
  const auto layout = scenario::read_layout_file(
      std::string(TERRACE_SOURCE_DIR) + "/scenarios/data/" + name, name, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_TRUE(layout.has_value());
  return layout.value_or(Layout{});
}

TEST(FitReport, NamesEveryMarginWithTargetAndResult) {
  const PopulationSpec spec = test::small_population(0.2, 0.2);
  const auto counties = populate(spec, kDefaults, 7);
  const std::string report = fit_report(spec, fit_household_mix(spec.layout), counties);
  EXPECT_THAT(report,
              AllOf(HasSubstr("households of 6+"), HasSubstr("persons of 25-44"),
                    HasSubstr("Hills"), HasSubstr("Coast"), HasSubstr("assets, wealth"),
                    HasSubstr("share in designated counties"), HasSubstr("contracted land")));
  EXPECT_THAT(fit_report(spec, fit_household_mix(spec.layout), std::vector<County>{}),
              HasSubstr("No county"));
}

TEST(FitReport, TallyWeighsTheSampleUpToTheNation) {
  const PopulationSpec spec = test::small_population(1.0, 0.2);
  const auto counties = populate(spec, kDefaults, 7);
  const FitTally tally = tally_population(spec, counties, kDefaults, month_of(2008, 1));
  EXPECT_NEAR(tally.persons / 5.5e6, 1.0, 0.002);
  EXPECT_NEAR(tally.province_persons[0] / 1.5e6, 1.0, 0.005);
  EXPECT_NEAR(tally.expected_poor / 520'000, 1.0, 0.1);
  EXPECT_NEAR(tally.assets.median() / kDefaults.assets_median, 1.0, 0.05);
  EXPECT_NEAR(tally.traits.correlation(0, 1), 0.5, 0.02);
  EXPECT_NEAR(tally.traits.correlation(1, 1), 1.0, 1e-12);
}

TEST(FitReport, HistogramFindsTheMedian) {
  LogHistogram values;
  for (int i = 0; i < 1001; ++i) values.add(std::log(100.0 + i), 1.0);
  EXPECT_NEAR(values.median(), 600.0, 2.0);
  EXPECT_EQ(LogHistogram().median(), 0.0);
}

TEST(ShippedLayouts, ChinaHasTheOfficialTotals) {
  const Layout china = shipped("china.yaml");
  EXPECT_EQ(layout_problem(china), std::nullopt);
  double poor = 0.0;
  double persons = 0.0;
  int designated = 0;
  for (const ProvinceLayout& p : china.provinces) {
    poor += p.poor_2013;
    persons += p.poor_2013 / p.incidence_2013;
    designated += p.designated;
  }
  EXPECT_EQ(china.provinces.size(), 28u);
  EXPECT_NEAR(poor, china.national_poor_2013, 1.0);
  EXPECT_EQ(designated, 832);
  EXPECT_NEAR(persons, 954.5e6, 0.1e6);
  const HouseholdMix mix = fit_household_mix(china);
  EXPECT_LT(mix.worst, 1e-8);
  EXPECT_NEAR(mix.mean_size, 3.5, 1e-6);
  EXPECT_NEAR(china.national_households, persons / mix.mean_size, 1e5);
}

TEST(ShippedLayouts, PlaceEffectsOfChinaAverageToZero) {
  const Layout china = shipped("china.yaml");
  double sum = 0.0;
  double all = 0.0;
  double poor = 0.0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    for (const CountySite& site : all_counties(china, kDefaults, 3.5, seed)) {
      sum += site.households * site.place;
      poor +=
          site.households *
          expected_incidence(site.place / kDefaults.place_gain + kDefaults.place_centre, kDefaults);
      all += site.households;
    }
  }
  EXPECT_NEAR(sum / all, 0.0, 0.003);
  EXPECT_NEAR(poor / all, 82.49 / 954.5, 0.0005);
}

TEST(ShippedLayouts, DanyangIsOneVillageOf825Households) {
  PopulationSpec spec;
  spec.layout = shipped("danyang.yaml");
  spec.sample_counties = spec.sample_villages = 1.0;
  PopulationParameters p = kDefaults;
  p.village_households = 825;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto counties = populate(spec, p, seed);
    ASSERT_EQ(counties.size(), 1u);
    EXPECT_EQ(counties[0].villages.size(), 1u);
    EXPECT_EQ(counties[0].households.size(), 825u);
    EXPECT_NEAR(static_cast<double>(counties[0].persons.size()), 2850.0, 15.0);
  }
}

TEST(ShippedLayouts, TeachHas300HouseholdsInTwoCounties) {
  PopulationSpec spec;
  spec.layout = shipped("teach.yaml");
  spec.sample_counties = spec.sample_villages = 1.0;
  const auto counties = populate(spec, kDefaults, 1);
  ASSERT_EQ(counties.size(), 2u);
  EXPECT_TRUE(counties[0].designated && !counties[1].designated);
  EXPECT_EQ(counties[0].households.size() + counties[1].households.size(), 300u);
}

}  // namespace
}  // namespace terrace

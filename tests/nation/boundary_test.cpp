// The year boundary: what of the nation's money and places a sampled county gets.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace terrace::nation {
namespace {

using test::SmallWorld;

double share_of_poor(const ScenarioSpec& s) {
  double poor = 0.0;
  for (const ProvinceLayout& p : s.population.layout.provinces) poor += p.poor_2013;
  return poor / s.population.layout.national_poor_2013;
}

/// A world at the boundary before this year, with the plans made.
SmallWorld world_before(int year, ScenarioSpec s = test::small_scenario()) {
  SmallWorld w(std::move(s));
  w.advance_to(year);
  w.open();
  return w;
}

TEST(Plan, WeightedPoolsAddUpToTheNationalMoney) {
  const SmallWorld w = world_before(2015);
  const Budget& b = w.model.nation.budget;
  const double national = w.spec.series.at("fund_central").at(2015) * 1e9 *
                          (1 + b.fund_local_ratio) * (1 - b.village_share) * share_of_poor(w.spec);
  double sum = 0.0;
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    sum += w.counties[i].weight / w.counties[i].fraction * to_yuan(w.plans[i].pool);
  }
  EXPECT_NEAR(sum / national, 1.0, 1e-6);
}

TEST(Plan, DesignatedCountiesGetIntegratedMoneyFrom2016) {
  const SmallWorld before = world_before(2015);
  const SmallWorld after = world_before(2016);
  const double ratio = 1.0 + before.model.nation.budget.integrated_ratio;
  // Shares by need, with the extra taken out again, add up to one.
  double sum = 0.0;
  for (std::size_t i = 0; i < after.counties.size(); ++i) {
    const County& c = after.counties[i];
    sum += c.weight / c.fraction * to_yuan(after.plans[i].pool) / (c.designated ? ratio : 1.0);
  }
  const Budget& b = after.model.nation.budget;
  const double national = after.spec.series.at("fund_central").at(2016) * 1e9 *
                          (1 + b.fund_local_ratio) * (1 - b.village_share) *
                          share_of_poor(after.spec);
  EXPECT_NEAR(sum / national, 1.0, 1e-6);
}

TEST(Plan, CapacityOfAModuleScalesItsMoneyAndPlaces) {
  ScenarioSpec s = test::small_scenario();
  s.policies.at("industry").capacity = 0.5;
  s.policies.at("relocation").capacity = 2.0;
  const SmallWorld half = world_before(2016, s);
  const SmallWorld full = world_before(2016);
  const auto total = [](const SmallWorld& w, std::size_t module) {
    double sum = 0.0;
    for (const CountyPlan& p : w.plans) sum += static_cast<double>(p.places[module]);
    return sum;
  };
  double money[2] = {0.0, 0.0};
  for (std::size_t i = 0; i < full.counties.size(); ++i) {
    money[0] += static_cast<double>(half.plans[i].pool);
    money[1] += static_cast<double>(full.plans[i].pool);
  }
  EXPECT_NEAR(money[0] / money[1], 0.5, 0.05);
  EXPECT_NEAR(total(half, 1) / total(full, 1), 2.0, 0.2);
}

TEST(Plan, PlacesFollowDemandByLargestRemainder) {
  SmallWorld w = world_before(2016);
  for (const std::size_t m : {std::size_t{1}, std::size_t{2}}) {
    for (std::size_t i = 0; i < w.counties.size(); ++i) {
      w.reports[i].demand.assign(5, 0.0);
      w.reports[i].demand[m] = w.counties[i].signatory ? 100.0 * static_cast<double>(i) : 0.0;
    }
    w.open();
    const std::string series = m == 1 ? "relocation_places" : "ecological_posts";
    const double national = w.spec.series.at(series).at(2016) * share_of_poor(w.spec);
    double need = 0.0;
    for (std::size_t i = 0; i < w.counties.size(); ++i) {
      need += w.counties[i].weight / w.counties[i].fraction * w.reports[i].demand[m];
    }
    double exact_sum = 0.0;
    std::int64_t places = 0;
    for (std::size_t i = 0; i < w.counties.size(); ++i) {
      const double exact = national * w.reports[i].demand[m] / need;
      EXPECT_LT(std::abs(static_cast<double>(w.plans[i].places[m]) - exact), 1.0) << i;
      exact_sum += exact;
      places += w.plans[i].places[m];
    }
    EXPECT_EQ(places, static_cast<std::int64_t>(exact_sum + 0.5));
    EXPECT_EQ(w.plans[0].places[m], 0) << "no demand, no places";
  }
}

TEST(Plan, NoPlacesBeforeAModuleStartsAndNoLimitWithoutASeries) {
  const SmallWorld w = world_before(2015);
  for (const CountyPlan& p : w.plans) {
    EXPECT_EQ(p.places[1], 0);
    EXPECT_EQ(p.places[2], 0);
    EXPECT_EQ(p.places[0], -1);
    EXPECT_EQ(p.places[3], -1);
  }
}

TEST(Plan, NoPoolWhileNoModuleDrawsOnIt) {
  const SmallWorld w = world_before(2016, test::without(test::small_scenario(), "industry"));
  for (const CountyPlan& p : w.plans) EXPECT_EQ(p.pool, 0);
}

TEST(Plan, WeightedOpeningsAddUpAndFollowApplicants) {
  SmallWorld w = world_before(2013);
  double households = 0.0;
  double openings = 0.0;
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    households += w.counties[i].weight * w.counties[i].true_households;
    openings += w.counties[i].weight / w.counties[i].fraction * w.plans[i].migrant_openings;
    EXPECT_NEAR(w.plans[i].migrant_openings / w.reports[i].applicants,
                w.plans[0].migrant_openings / w.reports[0].applicants, 1e-9);
  }
  const Macro& m = w.model.nation.macro;
  EXPECT_NEAR(openings / (m.openings_2012 * (1 + m.openings_growth) * households / 1.9e8), 1.0,
              1e-9);
}

TEST(Survey, EstimatesShrinkToTheMeanOfProvinceAndKind) {
  SmallWorld w = world_before(2013);
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    w.reports[i].survey_households = i % 2 == 0 ? 0.0 : 50.0;
    w.reports[i].survey_poor = i % 2 == 0 ? 0.0 : 0.2;
    w.reports[i].persons = 1'000;
  }
  const auto estimates = survey_estimates(w.boundary(), w.counties, w.reports);
  const double k = w.model.registry.identification.quota_shrink;
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    double poor = 0.0;
    double persons = 0.0;
    double visits = 0.0;
    for (std::size_t j = 0; j < w.counties.size(); ++j) {
      if (w.counties[j].province != w.counties[i].province) continue;
      if (w.counties[j].designated != w.counties[i].designated) continue;
      const double scale = w.counties[j].weight / w.counties[j].fraction;
      poor += scale * w.reports[j].survey_poor;
      persons += scale;
      visits += w.counties[j].weight * w.reports[j].survey_households;
    }
    // Where there are fewer visits than it takes, the published incidence stands in for them.
    const double published =
        w.spec.population.layout.provinces[w.counties[i].province].incidence_2013;
    const double missing = std::max(0.0, k - visits);
    const double mean = (visits * poor / persons + missing * published) / (visits + missing);
    const double n = w.reports[i].survey_households;
    EXPECT_NEAR(estimates[i], (n * w.reports[i].survey_poor + k * mean) / (n + k), 1e-12);
  }
}

TEST(Frame, BurnInHoldsTheLevelsOf2012) {
  const SmallWorld w(test::small_scenario());
  const YearFrame early = frame_of(w.boundary(), 2011, {}, {});
  const YearFrame late = frame_of(w.boundary(), 2012, {9'000}, {8'000});
  EXPECT_TRUE(early.first_year && early.burn_in && late.burn_in);
  EXPECT_FALSE(late.first_year);
  for (const YearFrame& f : {early, late}) {
    EXPECT_EQ(f.price, 1.0);
    EXPECT_EQ(f.poverty_line, 2'625);
    EXPECT_EQ(f.growth_years, 0.0);
    EXPECT_EQ(f.reference_growth, 0.0);
    EXPECT_FALSE(f.registry);
    EXPECT_TRUE(f.ordinary_allowance);
  }
}

TEST(Frame, WorkedPriceLevelAndPaceOfExits) {
  const SmallWorld w(test::small_scenario());
  const YearFrame f = frame_of(w.boundary(), 2017, {9'270}, {9'000});
  EXPECT_NEAR(f.price, 1.1040808032, 1e-10);
  EXPECT_NEAR(f.exit_pace, 1.13 / 4, 1e-12);
  EXPECT_NEAR(f.reference_growth, 0.03, 1e-12);
  EXPECT_NEAR(f.local_wage / f.migrant_wage, w.spec.parameters.at("wages_labour.w_local_ratio"),
              1e-12);
  EXPECT_FALSE(f.ordinary_allowance) << "the programme's allowance has replaced it";
  EXPECT_TRUE(frame_of(w.boundary(), 2014, {}, {}).ordinary_allowance) << "the year begins with it";
  EXPECT_NEAR(frame_of(w.boundary(), 2020, {}, {}).exit_pace, 1.13, 1e-12);
  const SmallWorld none(test::without(test::small_scenario(), "allowance"));
  EXPECT_TRUE(frame_of(none.boundary(), 2017, {}, {}).ordinary_allowance);
}

}  // namespace
}  // namespace terrace::nation

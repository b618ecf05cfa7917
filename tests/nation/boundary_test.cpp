// The year boundary: what of the nation's money and places a sampled county gets.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "nation/parts.hpp"
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

/// All counties' pools, weighted, without what is integrated: special fund and partner money.
double special_and_partner(const SmallWorld& w, int year) {
  const bool integrated = year >= static_cast<int>(w.model.nation.budget.integrated_from);
  const double more = integrated ? 1.0 + w.model.nation.budget.integrated_ratio : 1.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    const CountyPlan& p = w.plans[i];
    const double special = to_yuan(p.pool - p.partner) / (w.counties[i].designated ? more : 1.0);
    sum += w.counties[i].weight / w.counties[i].fraction * (special + to_yuan(p.partner));
  }
  return sum;
}

TEST(Plan, WeightedPoolsOfASampleAddUpToTheNationalMoney) {
  for (const int year : {2015, 2016}) {
    const SmallWorld w = world_before(year);
    const double central = w.spec.series.at("fund_central").at(year);
    const double national = (central * (1.0 + w.model.nation.budget.fund_local_ratio) +
                             w.spec.series.at("east_west_fund").at(year)) *
                            1e9 * share_of_poor(w.spec);
    EXPECT_NEAR(special_and_partner(w, year) / national, 1.0, 1e-6) << year;
  }
}

std::size_t module_of(const SmallWorld& w, std::string_view name) {
  std::size_t m = 0;
  while (w.model.policies.info(m).name != name) ++m;
  return m;
}

TEST(Plan, CapacityOfAModuleScalesItsMoneyAndPlaces) {
  ScenarioSpec s = test::small_scenario();
  // All that draws on the pool alike.
  for (const char* other : {"workshops", "training", "labour_service", "micro_loans"})
    s.policies.at(other).capacity = 0.5;
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
  EXPECT_NEAR(money[0] / money[1], 0.5, 0.01);
  const std::size_t m = module_of(full, "relocation");
  EXPECT_NEAR(total(half, m) / total(full, m), 2.0, 0.2);
}

TEST(Plan, PlacesFollowDemandByLargestRemainder) {
  SmallWorld w = world_before(2016);
  const std::size_t m = module_of(w, "relocation");
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    w.reports[i].demand.assign(w.model.policies.size(), 0.0);
    w.reports[i].demand[m] = 100.0 * static_cast<double>(i);
  }
  w.open();
  const double national = w.spec.series.at("relocation_places").at(2016) * share_of_poor(w.spec);
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

TEST(Plan, NoPlacesBeforeAModuleStartsAndNoLimitWithoutASeries) {
  const SmallWorld w = world_before(2015);
  for (const CountyPlan& p : w.plans) {
    EXPECT_EQ(p.places[module_of(w, "relocation")], 0);
    EXPECT_EQ(p.places[module_of(w, "ecological_posts")], 0);
    EXPECT_EQ(p.places[module_of(w, "industry")], -1);
    EXPECT_EQ(p.places[module_of(w, "education")], -1);
  }
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
  double seen = 0.0;
  double before = 0.0;
  for (std::size_t i = 1; i < w.counties.size(); i += 2) {
    const double scale = w.counties[i].weight / w.counties[i].fraction;
    seen += scale * 0.2;
    before += scale * w.spec.population.layout.provinces[w.counties[i].province].incidence_2013;
  }
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
    // Where there are fewer visits than it takes, the published incidence stands in for them, as
    // much changed as the world's.
    const double published =
        seen / before * w.spec.population.layout.provinces[w.counties[i].province].incidence_2013;
    const double missing = std::max(0.0, k - visits);
    const double mean = (visits * poor / persons + missing * published) / (visits + missing);
    const double n = w.reports[i].survey_households;
    EXPECT_NEAR(estimates[i], (n * w.reports[i].survey_poor + k * mean) / (n + k), 1e-12);
  }
}

TEST(Survey, AVillageAloneIsVisitedMoreOftenThanItsShareOfTheSample) {
  // 160,000 households of 190 million are 0.84 in a thousand: 0.69 of a village of 825 is one
  // visit, of which 100 (`quota_shrink`) make one that stands beside the published incidence. Two
  // such villages, one of them for three, share the visits: 25 each, the second counted three
  // times.
  SmallWorld w(test::small_scenario());
  const auto visits = [&w](double households, std::vector<double> weights) {
    std::vector<County> counties(weights.size());
    std::vector<CountyPlan> plans(weights.size());
    for (std::size_t i = 0; i < weights.size(); ++i) {
      counties[i].true_households = households;
      counties[i].weight = weights[i];
    }
    plan_survey(w.boundary(), counties, plans);
    std::vector<std::int64_t> out;
    for (const CountyPlan& p : plans) out.push_back(p.survey_households);
    return out;
  };
  EXPECT_EQ(visits(825, {1.0}), std::vector<std::int64_t>{100});
  EXPECT_EQ(visits(825, {1.0, 3.0}), (std::vector<std::int64_t>{25, 25}));
  // 150,000 households have 126 visits, more than enough.
  EXPECT_EQ(visits(150'000, {1.0}), std::vector<std::int64_t>{126});
}

TEST(Survey, SmallWorldsDoNotStayAtThePublishedIncidence) {
  const auto estimates = [](double poor) {
    SmallWorld w = world_before(2013);
    for (CountyReport& r : w.reports) {
      r.survey_households = 1.0;
      r.survey_poor = poor;
    }
    return survey_estimates(w.boundary(), w.counties, w.reports);
  };
  const auto then = estimates(0.08);
  const auto now = estimates(0.02);
  ASSERT_FALSE(then.empty());
  for (std::size_t i = 0; i < then.size(); ++i) EXPECT_NEAR(now[i], then[i] / 4.0, 1e-12);
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

TEST(Frame, KnowsNextYearsLineAndTheSupportOfTransition) {
  ScenarioSpec s = test::small_scenario();
  s.series["transition_support"] = test::series_of({{2012, 1}, {2021, 0.8}, {2022, 0.6}});
  const SmallWorld w(s);
  EXPECT_EQ(frame_of(w.boundary(), 2015, {}, {}).next_line, 2'952);
  EXPECT_EQ(frame_of(w.boundary(), 2015, {}, {}).poverty_line, 2'800);
  EXPECT_EQ(frame_of(w.boundary(), 2011, {}, {}).next_line, 2'625) << "burn-in stands still";
  EXPECT_EQ(frame_of(w.boundary(), 2020, {}, {}).support, 1.0);
  EXPECT_EQ(frame_of(w.boundary(), 2021, {}, {}).support, 0.8);
  EXPECT_EQ(frame_of(w.boundary(), 2025, {}, {}).support, 0.6);
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

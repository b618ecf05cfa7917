// The first January: does the population begin at rest?
#include "economy/settle.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace terrace {
namespace {

double median_assets(const std::vector<County>& counties) {
  std::vector<float> all;
  for (const County& c : counties)
    all.insert(all.end(), c.households.assets.begin(), c.households.assets.end());
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2),
                   all.end());
  return all[all.size() / 2];
}

TEST(Settle, FillsPostsAndOpeningsAndRemembersAYear) {
  test::SmallWorld world(test::small_scenario());
  world.open();
  for (std::size_t i = 0; i < world.counties.size(); ++i) {
    CountyWork w;
    CountyReport report;
    w.county = &world.counties[i];
    w.frame = &world.frame;
    w.plan = &world.plans[i];
    w.report = &report;
    w.month = month_of(world.year, 1);
    w.module_posts = 1e6;  // what modules brought to another county does not count here
    economy::open_year(w, world.model.economy);
    EXPECT_NEAR(w.employed, w.posts, 0.02 * w.posts + 2);
    double away = 0.0;
    const HouseholdTable& t = w.county->households;
    for (std::size_t h = 0; h < t.size(); ++h) {
      away += t.away[h];
      EXPECT_GT(t.reference[h], 0.0F);
      EXPECT_GT(w.income_2012[h], 0.0F);
    }
    // As in any January: some have come home since the last Spring Festival.
    EXPECT_LE(away, w.plan->migrant_openings);
    EXPECT_GT(away, 0.85 * w.plan->migrant_openings - 3);
  }
}

TEST(Settle, AssetsHardlyMoveAfterwards) {
  auto drift = [](double still_years) {
    auto scenario = test::small_scenario();
    scenario.parameters.at("farm_assets.still_years") = still_years;
    scenario.end = month_of(2012, 12);
    test::SmallWorld world(scenario);
    world.advance();
    const double first = median_assets(world.counties);
    world.advance_to(2012);
    return std::log(median_assets(world.counties) / first) / 3.0;
  };
  const double rested = std::fabs(drift(12));
  EXPECT_LT(rested, 0.025) << "of a few thousand households; the large run is in tests/validation";
  EXPECT_LT(rested, std::fabs(drift(0)) + 0.01);
}

TEST(Settle, LeavesASurveyedCountyAsItIs) {
  test::SmallWorld world(test::small_scenario());
  for (County& c : world.counties) {
    c.surveyed = true;
    std::fill(c.households.assets.begin(), c.households.assets.end(), 1'234.0F);
  }
  world.open();
  CountyWork w;
  CountyReport report;
  w.county = world.counties.data();
  w.frame = &world.frame;
  w.plan = world.plans.data();
  w.report = &report;
  w.month = month_of(world.year, 1);
  w.flows.reset(w.county->households.size());
  economy::open_year(w, world.model.economy);
  for (const float k : w.county->households.assets) EXPECT_EQ(k, 1'234.0F);
  for (const float x : w.county->households.reference) EXPECT_GT(x, 0.0F);
}

}  // namespace
}  // namespace terrace

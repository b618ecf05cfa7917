// The statistics on made-up panels whose figures can be worked out by hand.
#include "validation/statistics.hpp"

#include <gtest/gtest.h>

namespace terrace::validation {
namespace {

/// A household of `members` with these yearly incomes over a line of 1,000 yuan, from 2010 on.
void household(Panel& panel, std::uint64_t key, float members, std::initializer_list<float> incomes,
               double scale = 1.0) {
  int year = 2010;
  for (const float income : incomes) {
    panel[year].line = 1'000.0;
    Record r;
    r.key = key;
    r.members = members;
    r.scale = scale;
    r.income = income;
    panel[year++].records.push_back(r);
  }
  sort(panel);
}

TEST(Statistics, HeadcountCountsMembersAndWhatTheyStandFor) {
  Panel panel;
  household(panel, 1, 4, {900});
  household(panel, 2, 2, {1'000});
  household(panel, 3, 1, {100}, 2.0);
  EXPECT_NEAR(headcount(panel, 2010), (4 + 2.0 * 1) / (4 + 2 + 2.0 * 1), 1e-15);
}

TEST(Statistics, MovesFollowTheSamePeopleForThreeYears) {
  Panel panel;
  household(panel, 1, 4, {900, 1'100, 900});    // leaves and is back
  household(panel, 2, 2, {900, 1'100, 1'100});  // leaves and stays out
  household(panel, 3, 6, {900, 900, 1'100});    // leaves too late
  household(panel, 4, 9, {1'100, 900, 900});    // was not poor
  household(panel, 5, 9, {900, 1'100});         // gone in the third year: not counted
  const Moves m = moves(panel, 2010);
  EXPECT_NEAR(m.left, 6.0 / 12.0, 1e-15);
  EXPECT_NEAR(m.back, 4.0 / 6.0, 1e-15);
}

TEST(Statistics, MeanMovesAreMeansOfYears) {
  Panel panel;
  household(panel, 1, 1, {900, 1'100, 900, 900});
  household(panel, 2, 1, {900, 900, 1'100, 1'100});
  // 2010: one of two leaves, and is back. 2011: of one poor one leaves, and stays out.
  const Moves m = mean_moves(panel, 2010, 2011);
  EXPECT_NEAR(m.left, (0.5 + 1.0) / 2.0, 1e-15);
  EXPECT_NEAR(m.back, (1.0 + 0.0) / 2.0, 1e-15);
}

TEST(Statistics, TransientShareOfTheSquaredGap) {
  Panel chronic;
  household(chronic, 1, 3, {500, 500});
  EXPECT_NEAR(transient_share(chronic, 2010, 2), 0.0, 1e-15) << "always equally poor";
  Panel transient;
  household(transient, 1, 3, {500, 1'700});
  EXPECT_NEAR(transient_share(transient, 2010, 2), 1.0, 1e-15) << "not poor on average";
  Panel both;
  household(both, 1, 3, {400, 800});    // total (0.36 + 0.04)/2 = 0.2, chronic 0.4^2 = 0.16
  household(both, 2, 1, {500, 1'700});  // total 0.125, chronic 0
  EXPECT_NEAR(transient_share(both, 2010, 2), (3 * 0.04 + 0.125) / (3 * 0.2 + 0.125), 1e-7);
  both.at(2011).line = 2'000.0;  // relative incomes 0.4, 0.4 and 0.5, 0.85
  const double total = 3 * 0.36 + (0.25 + 0.0225) / 2;
  EXPECT_NEAR(transient_share(both, 2010, 2),
              (total - 3 * 0.36 - (1 - 0.675) * (1 - 0.675)) / total, 1e-7);
}

/// Consumption follows income by a slope that differs by wealth; villages have shocks of their own.
Panel made_up_villages() {
  Panel panel;
  std::uint64_t key = 0;
  for (std::uint64_t village = 0; village < 5; ++village) {
    for (int i = 0; i < 20; ++i, ++key) {
      const bool rich = i >= 10;
      const float change = static_cast<float>((i * 7) % 20) * 10.0F;
      const float slope = rich ? 0.125F : 0.5F;
      const float common = static_cast<float>(village) * 1'000.0F;
      Record r;
      r.key = key;
      r.village = village;
      r.members = 1;
      r.wealth = static_cast<float>(i);
      r.income = 5'000.0F;
      r.consumption = 4'000.0F;
      panel[2010].records.push_back(r);
      r.income += change + common;
      r.consumption += slope * change + common;  // the village's own part passes through whole
      r.wealth = 0.0F;                           // last year's wealth counts
      panel[2011].records.push_back(r);
    }
  }
  return panel;
}

TEST(Statistics, PassThroughTakesVillageMeansOffAndSplitsByWealth) {
  const Panel panel = made_up_villages();
  EXPECT_NEAR(pass_through(panel, 2011, 2011, 0.0, 0.5), 0.5, 1e-9);
  EXPECT_NEAR(pass_through(panel, 2011, 2011, 0.5, 1.0), 0.125, 1e-9);
  const double all = pass_through(panel, 2011, 2011, 0.0, 1.0);
  EXPECT_GT(all, 0.125);
  EXPECT_LT(all, 0.5);
}

TEST(Statistics, AwayOfThePoorIsInPersonYears) {
  Panel panel;
  household(panel, 1, 4, {900, 5'000}, 10.0);
  household(panel, 2, 4, {1'100, 900}, 10.0);
  for (Record& r : panel.at(2011).records) r.months_away = 18.0F;
  EXPECT_NEAR(away_of_poor(panel, 2011), 10.0 * 1.5, 1e-12) << "only the first was poor in 2010";
}

TEST(Statistics, LargestMoveOfMedianAssets) {
  Panel panel;
  household(panel, 1, 1, {1, 1, 1});
  panel.at(2010).records[0].assets = 100.0F;
  panel.at(2011).records[0].assets = 98.0F;
  panel.at(2012).records[0].assets = 99.0F;
  const std::vector<int> years{2010, 2011, 2012};
  EXPECT_NEAR(largest_move_of_assets(panel, years), 0.02, 1e-6);
}

TEST(Statistics, FollowDropsWhoeverIsMissingInAYear) {
  Panel panel;
  household(panel, 7, 1, {1, 2, 3});
  household(panel, 5, 1, {1, 2});
  household(panel, 9, 1, {1, 2, 3});
  const auto paths = follow(panel, 2010, 3);
  ASSERT_EQ(paths.size(), 2U);
  EXPECT_EQ(paths[0][2]->key, 7U);
  EXPECT_EQ(paths[1][2]->income, 3.0F);
}

}  // namespace
}  // namespace terrace::validation

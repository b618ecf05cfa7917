// The village appraisal: what neighbours go by, and that it is a view within the village.
#include <numeric>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

Identification clear_sight(const HandCounty& hand) {
  Identification p = hand.registry.identification;
  p.vote_noise = 0.0;
  p.vote_income = p.vote_sympathy = 0.5;
  p.elite_bias = 0.25;
  return p;
}

TEST(Appraisal, HardshipIsCountedAndSetAgainstTheVillage) {
  HandCounty hand(2014);
  hand.add({.members = {{.age = 40}, {.age = 38}}});                              // none
  hand.add({.members = {{.age = 70}, {.age = 66}}});                              // all old
  hand.add({.members = {{.age = 40, .chronic = true}, {.age = 38}}});             // ill for good
  hand.add({.members = {{.age = 40}, {.age = 38, .disability = 1}}});             // disabled
  hand.add({.members = {{.age = 35}, {.age = 8, .activity = Activity::pupil}}});  // one adult
  hand.add({.members = {{.age = 75, .chronic = true}}});                          // all three
  hand.begin(month_of(2014, 5));
  const std::vector<double> votes = appraise(hand.work, 0, clear_sight(hand));
  // Counts 0 1 1 1 1 3: mean 7/6, mean square 13/6, variance 29/36.
  const double sd = std::sqrt(29.0) / 6.0;
  const double expected[] = {0, 1, 1, 1, 1, 3};
  ASSERT_EQ(votes.size(), 6U);
  for (std::size_t h = 0; h < 6; ++h)
    EXPECT_NEAR(votes[h], -0.5 * (expected[h] - 7.0 / 6.0) / sd, 1e-12) << h;
}

TEST(Appraisal, KnowsTheLastingPartOfIncomeOfItsOwnVillageAlone) {
  HandCounty hand(2014);
  for (int v = 0; v < 2; ++v) {
    if (v > 0) hand.add_village({});
    for (int i = 0; i < 4; ++i) {
      const auto h = hand.add({.income = 1'000.0 + 5'000.0 * v});
      // -3, -1, 1, 3 tenths, on another level in the second village
      hand.county.households.u_perm[h] = static_cast<float>(0.1 * (2 * i - 3) + v);
      hand.county.households.u_pers[h] = static_cast<float>(0.1 * (2 * i - 3));
    }
  }
  hand.county.households.origin[3] = origin::cadre_kin;
  hand.begin(month_of(2014, 5));
  const Identification p = clear_sight(hand);
  const std::vector<double> first = appraise(hand.work, 0, p);
  const std::vector<double> second = appraise(hand.work, 1, p);
  for (std::size_t i = 0; i < 4; ++i) {
    const double lasting = 0.5 * (2.0 * static_cast<double>(i) - 3.0) / std::sqrt(5.0);
    EXPECT_NEAR(second[i], lasting, 1e-6);
    EXPECT_NEAR(first[i], lasting - (i == 3 ? 0.25 : 0.0), 1e-6);
  }
}

TEST(Appraisal, NoiseBlursItsViewButNotTheScale) {
  HandCounty hand(2014);
  const std::size_t n = 10'000;
  for (std::size_t h = 0; h < n; ++h) {
    hand.add({});
    hand.county.households.u_perm[h] = h % 2 == 0 ? -1.0F : 1.0F;  // already of mean 0 and sd 1
  }
  hand.begin(month_of(2014, 5));
  Identification p = clear_sight(hand);
  p.vote_income = 1.0;
  p.vote_noise = 0.7;
  const std::vector<double> votes = appraise(hand.work, 0, p);
  double mean = 0.0;
  double square = 0.0;
  double with = 0.0;
  for (std::size_t h = 0; h < n; ++h) {
    mean += votes[h] / n;
    square += votes[h] * votes[h] / n;
    with += votes[h] * (h % 2 == 0 ? -1.0 : 1.0) / n;
  }
  // Standard errors 0.0057, 0.011 and 0.0057: bounds of 4.5 of them.
  EXPECT_NEAR(mean, 0.0, 0.026);
  EXPECT_NEAR(square, 1.0, 0.05);
  EXPECT_NEAR(with, 1.0 / std::sqrt(1.49), 0.026);
}

}  // namespace
}  // namespace terrace::registry

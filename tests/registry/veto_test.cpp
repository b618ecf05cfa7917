// Data matching: whom it can find, whom it does find, and that it says so all year.
#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandPerson;

RegistryParameters all_found(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.identification.veto_detect_first = p.identification.veto_detect_last = 1.0;
  p.identification.veto_wealth = 8;
  p.identification.salaried_schooling = 12;
  return p;
}

TEST(Veto, WealthIsCountedAHeadWithDurablesInPricesOfTheYear) {
  HandCounty hand(2018);
  hand.frame.price = 1.2;
  // Eight lines of 2952 / 1.2 yuan of 2012 for two persons: 39,360.
  const auto below = hand.add({.wealth = 39'350});
  const auto above = hand.add({.wealth = 39'370});
  const auto goods = hand.add({.wealth = 29'370});
  hand.county.households.durables[goods] = 1'000;  // 10,000 yuan
  const auto in_debt = hand.add({.wealth = -20'000});
  hand.county.households.durables[in_debt] = 3'940;  // debt does not hide a car
  const auto large = hand.add({.wealth = 39'370, .members = std::vector<HandPerson>(3)});
  hand.begin(month_of(2018, 5));
  const RegistryParameters p = all_found(hand);
  EXPECT_FALSE(vetoed(hand.work, below, p));
  EXPECT_TRUE(vetoed(hand.work, above, p));
  EXPECT_TRUE(vetoed(hand.work, goods, p));
  EXPECT_TRUE(vetoed(hand.work, in_debt, p));
  EXPECT_FALSE(vetoed(hand.work, large, p));
}

TEST(Veto, ASalariedJobIsAnEnterprisesPostWithSeniorSchooling) {
  HandCounty hand(2018);
  const auto office = hand.add({.members = {{.schooling = 12, .activity = Activity::local_wage}}});
  const auto hand_work =
      hand.add({.members = {{.schooling = 9, .activity = Activity::local_wage}}});
  const auto away = hand.add({.members = {{.schooling = 12, .activity = Activity::migrant}}});
  const auto ranger = hand.add({.members = {{.schooling = 12, .activity = Activity::public_post}}});
  const auto farmer = hand.add({.members = {{.schooling = 12}}});
  const auto second = hand.add(
      {.members = {{.schooling = 6}, {.schooling = 15, .activity = Activity::local_wage}}});
  hand.begin(month_of(2018, 5));
  RegistryParameters p = all_found(hand);
  EXPECT_TRUE(vetoed(hand.work, office, p));
  EXPECT_FALSE(vetoed(hand.work, hand_work, p));
  EXPECT_FALSE(vetoed(hand.work, away, p));
  EXPECT_FALSE(vetoed(hand.work, ranger, p));
  EXPECT_FALSE(vetoed(hand.work, farmer, p));
  EXPECT_TRUE(vetoed(hand.work, second, p));
  hand.begin(month_of(2018, 5));
  p.identification.salaried_schooling = 20;
  EXPECT_FALSE(vetoed(hand.work, office, p)) << "the end of the range switches it off";
}

TEST(Veto, FindsItsShareOfTheWealthyOnly) {
  HandCounty hand(2016);
  for (int i = 0; i < 4'000; ++i) hand.add({.wealth = 1e6});
  hand.add_village({});
  for (int i = 0; i < 4'000; ++i) hand.add({.wealth = 1e6});
  hand.begin(month_of(2016, 5));
  hand.work.team = {0.0F, 0.2F};
  RegistryParameters p = hand.registry;
  p.identification.veto_detect_first = 0.5;
  p.identification.veto_detect_last = 0.7;  // 0.6 in 2016, 0.72 with the team
  double found[2] = {0.0, 0.0};
  for (std::size_t h = 0; h < 8'000; ++h) found[h / 4'000] += vetoed(hand.work, h, p) ? 1 : 0;
  EXPECT_NEAR(found[0], 2'400.0, 4.5 * 31.0);
  EXPECT_NEAR(found[1], 2'880.0, 4.5 * 28.4);
}

TEST(Veto, OneAnswerAYear) {
  HandCounty hand(2016);
  for (int i = 0; i < 400; ++i) hand.add({.wealth = i < 200 ? 1e6 : 0.0});
  hand.begin(month_of(2016, 5));
  const RegistryParameters p = hand.registry;
  std::vector<bool> may;
  for (std::size_t h = 0; h < 400; ++h) may.push_back(vetoed(hand.work, h, p));
  hand.work.month = month_of(2016, 11);
  hand.work.team = {1.0F};
  int found = 0;
  for (std::size_t h = 0; h < 400; ++h) {
    hand.county.households.wealth[h] = h < 200 ? 0.0F : 1e6F;  // spent, or come into since
    EXPECT_EQ(vetoed(hand.work, h, p), may[h]) << h;
    found += may[h] ? 1 : 0;
  }
  EXPECT_GT(found, 100);
  EXPECT_LT(found, 200) << "some slip through";
}

TEST(Veto, AnotherYearIsAnotherDraw) {
  HandCounty hand(2018);
  for (int i = 0; i < 400; ++i) hand.add({.wealth = 1e6});
  RegistryParameters p = hand.registry;
  p.identification.veto_detect_first = p.identification.veto_detect_last = 0.5;
  std::vector<bool> found[2];
  for (int k = 0; k < 2; ++k) {
    hand.frame.year = 2018 + k;
    hand.begin(month_of(hand.frame.year, 5));
    for (std::size_t h = 0; h < 400; ++h) found[k].push_back(vetoed(hand.work, h, p));
  }
  int changed = 0;
  for (std::size_t h = 0; h < 400; ++h) changed += found[0][h] != found[1][h] ? 1 : 0;
  EXPECT_NEAR(changed, 200, 4.5 * 10.0);
}

}  // namespace
}  // namespace terrace::registry

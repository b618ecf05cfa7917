// Look-back, yearly adjustment and relapse: thresholds, no quota.
#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

/// Everybody is looked at, without error.
RegistryParameters sharp(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.identification.sigma_score_2016 = 0.0;
  p.identification.lb_reach = 1.0;
  p.identification.adj_reach = 1.0;
  p.identification.appraisal_leniency = 0.0;
  p.identification.lb_remove = 1.8;
  return p;
}

TEST(LookBack, StrikesOffAboveTheThresholdAndTakesInBelowTheLine) {
  HandCounty hand(2016);
  const auto rich = hand.add({.income = 1.8 * 2'952 + 2, .status = Status::registered});
  const auto middling = hand.add({.income = 1.8 * 2'952 - 2, .status = Status::registered});
  const auto missed = hand.add({.income = 2'952 - 2});
  const auto rightly_out = hand.add({.income = 2'952 + 2});
  hand.begin(month_of(2016, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(rich), Status::removed);
  EXPECT_EQ(hand.status(middling), Status::registered);
  EXPECT_EQ(hand.status(missed), Status::registered);
  EXPECT_EQ(hand.status(rightly_out), Status::no);
  EXPECT_EQ(hand.work.event(Sum::removed), 1.0);
  EXPECT_EQ(hand.work.event(Sum::added), 1.0);
  EXPECT_FLOAT_EQ(hand.county.households.verified[missed], 2'950.0F);
}

TEST(LookBack, LeniencyLiftsTheThresholdOfEntry) {
  HandCounty hand(2016);
  // 0.1 sd of leniency at weight 0.4: exp(0.1 * 0.4 * 0.714) = 1.029.
  const auto just = hand.add({.income = 2'952 * 1.028});
  const auto not_quite = hand.add({.income = 2'952 * 1.030});
  hand.begin(month_of(2016, 5));
  RegistryParameters p = sharp(hand);
  p.identification.appraisal_leniency = 0.1;
  p.identification.w_appraisal = 0.4;
  adjust(hand.work, p);
  EXPECT_EQ(hand.status(just), Status::registered);
  EXPECT_EQ(hand.status(not_quite), Status::no);
}

TEST(LookBack, ReachesItsShareOnly) {
  HandCounty hand(2016);
  for (int i = 0; i < 4'000; ++i) hand.add({.income = 1'000});
  hand.begin(month_of(2016, 5));
  RegistryParameters p = sharp(hand);
  p.identification.lb_reach = 0.14;
  adjust(hand.work, p);
  EXPECT_NEAR(static_cast<double>(hand.count(Status::registered)), 560.0, 4.5 * 22.0);
}

TEST(Adjustment, LaterYearsStrikeNobodyOff) {
  HandCounty hand(2017);
  const auto rich = hand.add({.income = 50'000, .status = Status::registered});
  hand.begin(month_of(2017, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(rich), Status::registered);
}

TEST(Adjustment, ExitedHouseholdsBelowTheExitLineRelapse) {
  HandCounty hand(2017);
  const auto fallen = hand.add({.income = 3'335 - 2, .status = Status::exited});
  const auto well = hand.add({.income = 3'335 + 2, .status = Status::exited});
  const auto again = hand.add({.income = 1'000, .status = Status::relapsed});
  const auto struck_off = hand.add({.income = 2'952 - 2, .status = Status::removed});
  hand.begin(month_of(2017, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(fallen), Status::relapsed);
  EXPECT_EQ(hand.status(well), Status::exited);
  EXPECT_EQ(hand.status(again), Status::relapsed);
  EXPECT_EQ(hand.status(struck_off), Status::registered) << "who was struck off may come back";
  EXPECT_EQ(hand.work.event(Sum::relapses), 1.0);
  EXPECT_TRUE(on_register(Status::relapsed));
}

TEST(Adjustment, NobodyOutOfReachIsTakenIn) {
  HandCounty hand(2018);
  hand.add({.income = 100});
  hand.add({.income = 100, .status = Status::exited});
  hand.begin(month_of(2018, 5));
  RegistryParameters p = sharp(hand);
  p.identification.adj_reach = 0.0;
  adjust(hand.work, p);
  EXPECT_EQ(hand.status(0), Status::no);
  EXPECT_EQ(hand.status(1), Status::exited);
}

TEST(Adjustment, NoneBetweenTheFirstRegisterAndTheLookBack) {
  HandCounty hand(2015);
  hand.add({.income = 100});
  hand.begin(month_of(2015, 5));
  month(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(0), Status::no);
}

}  // namespace
}  // namespace terrace::registry

// Plans in the county's walk: what is named comes first, the rest goes to those whom their plan
// could not serve, and is counted.
#include <gtest/gtest.h>

#include "policies/made_up.hpp"

namespace terrace::policies {
namespace {

using test::MadeUpBench;
using test::Terms;

constexpr Measures kIndustry = bit(Measure::industry);
constexpr Measures kTraining = bit(Measure::training);
constexpr Measures kAllowance = bit(Measure::allowance);

/// The first is by far the better bargain.
const Terms kGood{.name = "good", .measures = kIndustry, .gain = 800};
const Terms kPoor{.name = "poor", .measures = kTraining, .gain = 100};

TEST(Prescription, ThePlanComesBeforeTheBargain) {
  MadeUpBench b(2017, {kGood, kPoor});
  const std::size_t farmer = b.add_registered(Cause::land, kIndustry);
  const std::size_t learner = b.add_registered(Cause::skills, kTraining);
  b.fund(Pot::pool, to_fen(1e6));
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(0, farmer));
  EXPECT_TRUE(b.has(1, learner));
  EXPECT_FALSE(b.has(1, farmer));
  EXPECT_FALSE(b.has(0, learner)) << "money is plenty, but the plan names something else";
  EXPECT_EQ(b.of(0, ModuleSum::off_prescription) + b.of(1, ModuleSum::off_prescription), 0.0);
  b.month(month_of(2017, 6));
  EXPECT_FALSE(b.has(0, learner)) << "served by its plan, it is not offered more in June";
}

TEST(Prescription, PlannedHouseholdsAreServedBeforeBetterBargainsOffPlan) {
  MadeUpBench b(2017, {kGood});
  const std::size_t off = b.add_registered(Cause::illness, kAllowance, 3'300);
  const std::size_t named = b.add_registered(Cause::land, kIndustry, 1'500);
  EXPECT_GT(walk_value(3'300, 800, 1'000, 3'335, b.rules),
            walk_value(1'500, 800, 1'000, 3'335, b.rules));
  b.fund(Pot::pool, to_fen(1'000));
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(0, named));
  EXPECT_FALSE(b.has(0, off));
  EXPECT_EQ(b.of(0, ModuleSum::off_prescription), 0.0);
}

TEST(Prescription, AShortPlanGoesToTheNextOfThePlanThenToAnything) {
  MadeUpBench b(2017, {kGood, kPoor});
  b.hand.plan.places[0] = 1;
  const std::size_t first = b.add_registered(Cause::land, kIndustry, 3'000);
  const std::size_t both = b.add_registered(Cause::motivation, kIndustry | kTraining, 2'000);
  const std::size_t only = b.add_registered(Cause::land, kIndustry, 2'000);
  b.fund(Pot::pool, to_fen(1e6));
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(0, first));
  EXPECT_FALSE(b.has(1, first));
  EXPECT_TRUE(b.has(1, both)) << "the next of its plan";
  EXPECT_TRUE(b.has(1, only)) << "out of its plan";
  EXPECT_EQ(b.of(1, ModuleSum::taken), 2.0);
  EXPECT_EQ(b.of(1, ModuleSum::off_prescription), 1.0);
}

TEST(Prescription, WhoSaidNoToItsPlanIsNotOfferedTheRest) {
  Terms refused = kGood;
  refused.logit = -40;
  MadeUpBench b(2017, {refused, kPoor});
  const std::size_t h = b.add_registered(Cause::land, kIndustry);
  b.fund(Pot::pool, to_fen(1e6));
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.of(0, ModuleSum::refused), 1.0);
  EXPECT_FALSE(b.has(1, h));
}

TEST(Prescription, APlanWithoutProjectsIsOfferedWhatIsLeft) {
  MadeUpBench b(2017, {kGood});
  const std::size_t h = b.add_registered(Cause::illness, kAllowance);
  b.fund(Pot::pool, to_fen(1e6));
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(0, h));
  EXPECT_EQ(b.of(0, ModuleSum::off_prescription), 1.0);
}

TEST(Prescription, UndiagnosedHouseholdsAndModulesOutsideAreNeverOffPlan) {
  MadeUpBench b(2017, {kGood, {.name = "outside", .gain = 100}});
  b.hand.add({.verified = 2'600, .status = Status::registered});
  b.add_registered(Cause::skills, kTraining);
  b.fund(Pot::pool, to_fen(1e6));
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(0, 0));
  EXPECT_TRUE(b.has(1, 0));
  EXPECT_TRUE(b.has(1, 1));
  EXPECT_FALSE(b.has(0, 1));
  EXPECT_EQ(b.of(0, ModuleSum::off_prescription) + b.of(1, ModuleSum::off_prescription), 0.0);
}

TEST(Prescription, BetweenTheRoundsAPostWaitsForThoseWhosePlanNamesIt) {
  const Terms post{.name = "post",
                   .pot = Pot::line,
                   .measures = bit(Measure::ecological_post),
                   .gain = 2'000,
                   .months = 0xfff,
                   .stock = true};
  MadeUpBench b(2017, {kGood, post});
  const std::size_t farmer = b.add_registered(Cause::land, kIndustry);
  const std::size_t ill = b.add_registered(Cause::illness, kAllowance);
  b.hand.plan.places[1] = 5;
  b.month(month_of(2017, 2));
  EXPECT_FALSE(b.has(1, farmer)) << "its project is on offer in June";
  EXPECT_TRUE(b.has(1, ill)) << "no round of this year will serve its plan";
}

TEST(Prescription, PlacesGoToThoseWhosePlanNamesThemFirst) {
  const Measures moves = bit(Measure::relocation);
  MadeUpBench b(2017, {{.name = "site",
                        .allocation = Allocation::places,
                        .pot = Pot::line,
                        .measures = moves,
                        .months = 1}});
  HouseholdTable& t = b.hand.county.households;
  const std::size_t urgent_off = b.add_registered(Cause::land, kIndustry);
  const std::size_t off = b.add_registered(Cause::land, kIndustry);
  const std::size_t named = b.add_registered(Cause::disaster, moves);
  t.land[urgent_off] = 900;
  t.land[off] = 800;
  t.land[named] = 100;
  b.hand.plan.places[0] = 2;
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(0, named));
  EXPECT_TRUE(b.has(0, urgent_off));
  EXPECT_FALSE(b.has(0, off));
  EXPECT_EQ(b.of(0, ModuleSum::off_prescription), 1.0);
  EXPECT_EQ(b.of(0, ModuleSum::unserved), 0.0) << "nobody planned it for the third";
}

TEST(Queue, RemembersWhoWasWillingAndLeftWithout) {
  Terms shy = kGood;
  shy.logit = -40;
  for (const bool willing : {true, false}) {
    MadeUpBench b(2017, {willing ? kGood : shy});
    b.add_registered(Cause::land, kIndustry, 2'000);
    b.month(month_of(2017, 1));  // no money at all
    EXPECT_EQ(b.hand.work.queued[0], willing ? 1 : 0);
    EXPECT_EQ(b.of(0, ModuleSum::taken), 0.0);
  }
}

TEST(Queue, IsLeftByWhoIsServedOtherwise) {
  MadeUpBench b(2017, {kGood, kPoor});
  b.hand.plan.places[0] = 0;
  b.add_registered(Cause::land, kIndustry);
  b.fund(Pot::pool, to_fen(1e6));
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.has(1, 0));
  EXPECT_EQ(b.hand.work.queued[0], 0);
}

TEST(Earmarks, SplitThePoolAndMoveNothingBetweenModules) {
  Terms good = kGood;
  Terms poor = kPoor;
  good.earmark = 0.45;  // of 0.45 + 0.1: nine elevenths and two elevenths
  poor.earmark = 0.1;
  for (const bool earmarked : {true, false}) {
    MadeUpBench b(2015, {good, poor});
    b.hand.plan.earmarked = earmarked;
    for (int k = 0; k < 30; ++k) b.add_registered(Cause::other, kIndustry | kTraining);
    b.fund(Pot::pool, to_fen(11'000));
    b.month(month_of(2015, 1));
    EXPECT_EQ(b.of(0, ModuleSum::taken), earmarked ? 9.0 : 11.0);
    EXPECT_EQ(b.of(1, ModuleSum::taken), earmarked ? 2.0 : 0.0);
    // More comes in, 11,000 for the year to date become 22,000.
    b.fund(Pot::pool, to_fen(11'000));
    b.month(month_of(2015, 6));
    EXPECT_EQ(b.delivered(static_cast<test::ModuleIndex>(0)), to_fen(earmarked ? 18'000 : 22'000));
  }
}

TEST(Earmarks, WhatAModuleCannotSpendStaysItsOwn) {
  Terms good = kGood;
  Terms poor = kPoor;
  good.earmark = 0.5;
  poor.earmark = 0.5;
  MadeUpBench b(2015, {good, poor});
  b.hand.plan.earmarked = true;
  for (int k = 0; k < 30; ++k) b.add_registered(Cause::land, kIndustry);
  b.hand.plan.places[1] = 0;
  b.fund(Pot::pool, to_fen(20'000));
  b.month(month_of(2015, 1));
  b.month(month_of(2015, 6));
  EXPECT_EQ(b.delivered(static_cast<test::ModuleIndex>(0)), to_fen(10'000));
  EXPECT_EQ(b.hand.county.ledger.free_pool(), to_fen(10'000));
}

TEST(Earmarks, WithoutAnyThePoolIsOne) {
  MadeUpBench b(2015, {kGood});
  b.hand.plan.earmarked = true;
  b.add_registered(Cause::land, kIndustry);
  b.fund(Pot::pool, to_fen(1'000));
  b.month(month_of(2015, 1));
  EXPECT_TRUE(b.has(0, 0));
}

}  // namespace
}  // namespace terrace::policies

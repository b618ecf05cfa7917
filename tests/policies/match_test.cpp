// What a measure is worth to a household whose poverty has other causes, and what a resident team
// adds to consent and reach.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

void diagnose(PolicyBench& b, std::size_t h, Cause first, Cause second) {
  HouseholdTable& t = b.hand.county.households;
  t.diagnosed[h] = static_cast<std::uint8_t>(first);
  t.causes[h] = pack_causes(first, second);
  t.plan[h] = 0xffff;
}

/// Log of the farm factor a year and a half after the start of an own project.
double farm_gain(Cause first, Cause second, double mismatch) {
  PolicyBench b(2017, {"industry"});
  b.set("industry", "failure", 0.0);
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, mismatch);
  diagnose(b, b.hand.add({.verified = 2'600, .status = Status::registered}), first, second);
  b.fund(Pot::pool, to_fen(8'000));
  b.month(month_of(2017, 1));
  b.month(b.enrolled(industry)[0].start + 17);
  return std::log(static_cast<double>(b.hand.work.flows.farm[0]));
}

TEST(Match, AnIndustryProjectIsWorthLessToOtherCauses) {
  const double full = 0.15 * (1.0 - std::exp(-3.0));
  EXPECT_NEAR(farm_gain(Cause::land, Cause::illness, 0.4), full, 1e-6);
  EXPECT_NEAR(farm_gain(Cause::illness, Cause::funds, 0.4), full, 1e-6)
      << "the second cause counts";
  EXPECT_NEAR(farm_gain(Cause::illness, Cause::schooling, 0.4), 0.4 * full, 1e-6);
  EXPECT_NEAR(farm_gain(Cause::illness, Cause::schooling, 0.5), 0.5 * full, 1e-6);
  EXPECT_NEAR(farm_gain(Cause::illness, Cause::schooling, 1.0), full, 1e-6);
}

/// Factors on wages and farm of a mover.
std::pair<double, double> moved(Cause cause) {
  PolicyBench b(2017, {"relocation"});
  b.set("relocation", "return_rate", 0.0);
  b.hand.set_village(0, {.uninhabitable = true});
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, 0.4);
  diagnose(b, b.hand.add({.wealth = 30'000, .status = Status::registered}), cause, cause);
  b.hand.plan.places[relocation] = 2;
  b.fund(Pot::relocation, 2 * 6'250'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  return {static_cast<double>(b.hand.work.flows.wage[0]),
          static_cast<double>(b.hand.work.flows.farm[0])};
}

TEST(Match, OnlyTheWageGainOfAMoveDependsOnIt) {
  EXPECT_NEAR(moved(Cause::land).first, std::exp(0.1), 1e-6);
  EXPECT_NEAR(moved(Cause::illness).first, std::exp(0.04), 1e-6);
  EXPECT_NEAR(moved(Cause::illness).second, 0.4, 1e-6);
}

TEST(Match, TheCountyExpectsFullEffects) {
  // The project does nothing for the one near the line, which the county cannot know.
  PolicyBench b(2017, {"industry"});
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, 0.0);
  const std::size_t wrong =
      b.hand.add({.farm = 3'000, .verified = 3'000, .status = Status::registered});
  const std::size_t right =
      b.hand.add({.farm = 3'000, .verified = 2'000, .status = Status::registered});
  diagnose(b, wrong, Cause::illness, Cause::schooling);
  diagnose(b, right, Cause::land, Cause::funds);
  b.fund(Pot::pool, to_fen(8'000));
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(industry, wrong), nullptr);
  EXPECT_EQ(b.enrolment(industry, right), nullptr);
}

/// Share of 4,000 that take a project where the team is worth so much.
double taken(double team, Status status = Status::registered) {
  PolicyBench b(2017, {"education"});
  b.set("education", "consent", 0.5);
  for (int k = 0; k < 4'000; ++k) {
    b.hand.add(
        {.status = status,
         .members = {{}, {.age = 12, .school = School::pupil, .activity = Activity::pupil}}});
  }
  b.hand.begin(month_of(2017, 3));
  const Runner runner(b.catalogue, b.spec, b.rules);
  b.hand.work.team[0] = static_cast<float>(team);
  runner.admit(b.hand.work);
  return static_cast<double>(b.enrolled(education).size()) / 4'000;
}

TEST(Team, RaisesTheOddsOfConsent) {
  // Standard deviation 0.008; odds of 1 become odds of 1 + T.
  EXPECT_NEAR(taken(0.0), 0.5, 0.036);
  EXPECT_NEAR(taken(0.6), 1.6 / 2.6, 0.035);
  EXPECT_NEAR(taken(0.6, Status::exited), 1.6 / 2.6, 0.035);
  EXPECT_GT(taken(0.6), taken(0.0));
}

TEST(Team, ReachesMoreOfThoseWhomTheAllowanceMisses) {
  for (const double team : {0.0, 0.3, 1.0}) {
    PolicyBench b(2017, {"allowance"});
    b.set("allowance", "missed", 0.4);
    for (int k = 0; k < 4'000; ++k) b.hand.add({.income = 1'000, .status = Status::registered});
    b.hand.begin(month_of(2017, 1));
    const Runner runner(b.catalogue, b.spec, b.rules);
    b.hand.work.team[0] = static_cast<float>(team);
    runner.admit(b.hand.work);
    const double share = static_cast<double>(b.enrolled(allowance).size()) / 4'000;
    EXPECT_NEAR(share, std::min(1.0, 0.6 * (1.0 + team)), 0.035);
  }
}

TEST(Monitored, AreServedAsTheRegisteredAre) {
  PolicyBench b(2017, {"industry", "education"});
  const std::size_t h = b.hand.add(
      {.verified = 2'600,
       .members = {{}, {.age = 12, .school = School::pupil, .activity = Activity::pupil}}});
  b.fund(Pot::pool, to_fen(8'000));
  b.month(month_of(2017, 1));
  b.month(month_of(2017, 3));
  EXPECT_TRUE(b.enrolled(industry).empty());
  EXPECT_TRUE(b.enrolled(education).empty());
  b.hand.county.households.watch[h] = static_cast<std::uint8_t>(Watch::marginal);
  b.month(month_of(2017, 6));
  b.month(month_of(2017, 9));
  EXPECT_NE(b.enrolment(industry, h), nullptr);
  EXPECT_NE(b.enrolment(education, h), nullptr);
}

TEST(Industry, WithoutLandNeedsACooperative) {
  for (const Cooperative coop : {Cooperative::none, Cooperative::running, Cooperative::failed}) {
    PolicyBench b(2017, {"industry"});
    b.hand.add({.land_mu = 0.4, .verified = 2'600, .status = Status::registered});
    b.hand.add({.land_mu = 9, .verified = 2'600, .status = Status::registered});
    b.hand.county.villages.coop[0] = static_cast<std::uint8_t>(coop);
    b.fund(Pot::pool, to_fen(16'000));
    b.month(month_of(2017, 1));
    EXPECT_EQ(b.enrolment(industry, 0) != nullptr, coop == Cooperative::running);
    EXPECT_NE(b.enrolment(industry, 1), nullptr);
  }
}

}  // namespace
}  // namespace terrace::policies

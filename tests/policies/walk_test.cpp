// The county's walk: what it compares, in which order, within which limits; consent; the ramp.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const WalkRules kRules{1.0, 0.15, 0.0};

TEST(WalkValue, WorkedExample) {
  EXPECT_NEAR(walk_value(2'600, 2'250, 9'000, 3'335, kRules), 1.0503e-4, 5e-9);
  EXPECT_NEAR(walk_value(2'600, 94.62, 8'832.65, 3'335, kRules), 3.296e-6, 5e-10);
  EXPECT_NEAR(chance_to_pass(2'600, 3'335, kRules), 0.04848, 5e-6);
  EXPECT_NEAR(chance_to_pass(4'850, 3'335, kRules), 0.99373, 5e-6);
  EXPECT_NEAR(chance_to_pass(2'694.62, 3'335, kRules), 0.07759, 5e-6);
  EXPECT_NEAR(1'000 * (std::exp(0.15 * first_year_ramp(18)) - 1.0), 94.62, 5e-3);
  EXPECT_EQ(chance_to_pass(1, 3'335, kRules), chance_to_pass(100, 3'335, kRules));
  // A gain without end is a sure exit, so this is 1 - p.
  EXPECT_NEAR(walk_value(2'600, 1e9, 1, 3'335, kRules), 1.0 - 0.04848, 5e-6);
}

TEST(WalkValue, DepthCountsAsMuchAsItsWeight) {
  WalkRules rules = kRules;
  rules.depth_weight = 0.5;
  EXPECT_NEAR(walk_value(2'001, 0, 10, 3'335, rules), 0.5 * 0.4 / 10, 1e-12);
  EXPECT_EQ(walk_value(5'000, 0, 10, 3'335, rules), 0.0) << "no depth above the line";
}

TEST(Ramp, RisesTo95PercentAtItsEnd) {
  EXPECT_NEAR(ramp(12, 18), 0.86466, 5e-6);
  EXPECT_NEAR(ramp(18, 18), 0.95021, 5e-6);
  EXPECT_EQ(ramp(0, 18), 0.0);
  EXPECT_EQ(ramp(0, 0), 1.0) << "no ramp: at once";
  for (int age = 1; age < 60; ++age) EXPECT_GT(ramp(age, 18), ramp(age - 1, 18));
}

TEST(Ramp, OfTheFirstYearIsItsMeanOverTwelveMonths) {
  // r = exp(-3/18): 1 - r (1 - r^12) / (1 - r) / 12 = 1 - 4.76766 / 12; so with exp(-3/12).
  EXPECT_NEAR(first_year_ramp(18), 0.60270, 5e-6);
  EXPECT_NEAR(first_year_ramp(12), 0.72121, 5e-6);
  EXPECT_EQ(first_year_ramp(0), 1.0);
}

/// The worked household of 2017: four persons, 2,600 yuan a head, 1,000 of it from the farm.
HandHousehold household_2017(const PolicyBench& b) {
  return {.income = 2'600,
          .farm = 4'000 / b.hand.frame.price,
          .verified = 2'600,
          .status = Status::registered,
          .members = {{.age = 45},
                      {.age = 43},
                      {.age = 15, .activity = Activity::pupil},
                      {.age = 9, .activity = Activity::pupil}}};
}

TEST(Walk, WorkedHouseholdGetsThePostBeforeTheProject) {
  for (const int places : {0, 1}) {
    PolicyBench b(2017, {"industry", "ecological_posts"});
    b.hand.frame.price = std::pow(1.02, 5);
    b.hand.set_village(0, {.ecological = true});
    b.hand.add(household_2017(b));
    b.hand.plan.places[ecological_posts] = places;
    b.fund(Pot::pool, 883'265);
    b.month(month_of(2017, 1));
    EXPECT_EQ(b.enrolled(ecological_posts).size(), static_cast<std::size_t>(places));
    EXPECT_EQ(b.enrolled(industry).size(), 1U);
    EXPECT_EQ(b.delivered(industry), 883'265);
    EXPECT_EQ(b.hand.county.ledger.of(Pot::pool).balance, 0);
  }
}

TEST(Walk, PoolIsNeverOverdrawn) {
  for (const Fen missing : {0, 1}) {
    PolicyBench b(2017, {"industry"});
    for (int i = 0; i < 20; ++i) b.hand.add({.verified = 2'600, .status = Status::registered});
    b.fund(Pot::pool, 7 * 800'000 - missing);
    b.month(month_of(2017, 1));
    const std::size_t starts = missing == 0 ? 7 : 6;
    EXPECT_EQ(b.enrolled(industry).size(), starts);
    EXPECT_EQ(b.delivered(industry), static_cast<Fen>(starts) * 800'000);
    EXPECT_EQ(b.event(industry, ModuleSum::taken), static_cast<double>(starts));
    EXPECT_DOUBLE_EQ(b.event(industry, ModuleSum::spending), 8'000.0 * static_cast<double>(starts));
  }
}

TEST(Walk, CountsTheUnservedOnceAYear) {
  PolicyBench b(2017, {"industry"});
  for (int i = 0; i < 20; ++i) b.hand.add({.verified = 2'600, .status = Status::registered});
  b.fund(Pot::pool, 7 * 800'000);
  double unserved = 0.0;
  for (int m = 1; m <= 12; ++m) {
    b.month(month_of(2017, m));
    unserved += b.event(industry, ModuleSum::unserved);
  }
  EXPECT_EQ(unserved, 13.0);
}

TEST(Walk, StartsAreSpreadOverTheYear) {
  PolicyBench b(2017, {"industry"});
  for (int i = 0; i < 24; ++i) b.hand.add({.verified = 2'600, .status = Status::registered});
  b.fund(Pot::pool, 1'000'000'000);
  b.month(month_of(2017, 1));
  std::map<int, int> starts;
  for (const Enrolment& e : b.enrolled(industry)) ++starts[e.start];
  for (Month m = month_of(2017, 2); m <= month_of(2018, 1); ++m) EXPECT_EQ(starts[m], 2) << m;
}

TEST(Walk, JuneStartsComeBeforeTheYearIsOut) {
  PolicyBench b(2017, {"industry"});
  for (int i = 0; i < 70; ++i) b.hand.add({.verified = 2'600, .status = Status::registered});
  b.fund(Pot::pool, 1'000'000'000);
  b.month(month_of(2017, 6));
  ASSERT_EQ(b.enrolled(industry).size(), 70U);
  for (const Enrolment& e : b.enrolled(industry)) {
    EXPECT_GE(e.start, month_of(2017, 7));
    EXPECT_LE(e.start, month_of(2018, 1));
  }
}

TEST(Walk, CreamsUnlessDepthIsWeighed) {
  for (const double weight : {0.0, 2.0}) {
    PolicyBench b(2017, {"industry"});
    b.rules.depth_weight = weight;
    const auto poorest =
        b.hand.add({.farm = 3'000, .verified = 1'300, .status = Status::registered});
    const auto near_line =
        b.hand.add({.farm = 3'000, .verified = 3'200, .status = Status::registered});
    b.fund(Pot::pool, 800'000);
    b.month(month_of(2017, 1));
    EXPECT_EQ(b.enrolment(industry, poorest) != nullptr, weight > 0.0);
    EXPECT_EQ(b.enrolment(industry, near_line) != nullptr, weight == 0.0);
  }
}

TEST(Consent, IsTheSameAnswerWheneverAsked) {
  PolicyBench b(2017, {"industry"});
  b.set("industry", "consent", 0.6);
  constexpr int kHouseholds = 2'000;
  for (int i = 0; i < kHouseholds; ++i) {
    b.hand.add({.verified = 2'600, .status = Status::registered, .members = {{}}});
  }
  b.fund(Pot::pool, 1'000'000'000'000);
  b.month(month_of(2017, 1));
  const auto accepted = static_cast<double>(b.enrolled(industry).size());
  EXPECT_NEAR(accepted, 0.6 * kHouseholds, 4.5 * std::sqrt(0.24 * kHouseholds));
  EXPECT_EQ(b.event(industry, ModuleSum::refused), kHouseholds - accepted);
  for (const Month m : {month_of(2017, 6), month_of(2018, 1), month_of(2019, 6)}) {
    b.hand.begin(m);
    b.hand.frame.year = year_of(m);
    b.runner->admit(b.hand.work);
    EXPECT_EQ(b.event(industry, ModuleSum::offered), kHouseholds - accepted);
    EXPECT_EQ(b.event(industry, ModuleSum::taken), 0.0) << "those who refused refuse again";
  }
}

TEST(Consent, DiffersBetweenModulesAndReplicates) {
  const auto answers = [](std::uint32_t replicate, const char* module, ModuleIndex index) {
    PolicyBench b(2017, {module});
    b.hand.frame.key.replicate = replicate;
    b.set(module, "consent", 0.5);
    b.hand.set_village(0, {.ecological = true});
    b.hand.plan.places[ecological_posts] = 1'000;
    for (int i = 0; i < 300; ++i) {
      b.hand.add({.verified = 2'600, .status = Status::registered, .members = {{}}});
    }
    b.fund(Pot::pool, 1'000'000'000'000);
    b.month(month_of(2017, 1));
    std::set<std::uint32_t> yes;
    for (const Enrolment& e : b.enrolled(index)) yes.insert(e.household);
    return yes;
  };
  const auto first = answers(0, "industry", industry);
  EXPECT_EQ(first, answers(0, "industry", industry));
  EXPECT_NE(first, answers(1, "industry", industry));
  EXPECT_NE(first, answers(0, "ecological_posts", ecological_posts));
}

TEST(Runner, NothingHappensOutsideTheDates) {
  PolicyBench b(2017, {"industry"});
  b.settings("industry").from = month_of(2017, 6);
  b.settings("industry").until = month_of(2017, 12);
  b.hand.add({.verified = 2'600, .status = Status::registered});
  b.fund(Pot::pool, 1'000'000'000);
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.enrolled(industry).empty());
  EXPECT_FALSE(b.runner->active_in(industry, 2016));
  EXPECT_TRUE(b.runner->active_in(industry, 2017));
  EXPECT_FALSE(b.runner->active_in(industry, 2018));
  b.month(month_of(2018, 1));
  EXPECT_TRUE(b.enrolled(industry).empty());
  b.month(month_of(2017, 6));
  EXPECT_EQ(b.enrolled(industry).size(), 1U);
}

TEST(Runner, NoModuleStartsBeforeTheProgramme) {
  ScenarioSpec spec = small_scenario();
  spec.programme = month_of(2015, 1);
  for (auto& [name, settings] : spec.policies) settings.from = month_of(2011, 1);
  const Runner runner(builtin_catalogue(), spec, kRules);
  for (std::size_t m = 0; m < runner.size(); ++m) {
    EXPECT_EQ(runner.settings(m).from, month_of(2015, 1));
    EXPECT_FALSE(runner.active_in(m, 2014));
  }
}

}  // namespace
}  // namespace terrace::policies

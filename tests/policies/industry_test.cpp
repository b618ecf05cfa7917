#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kRegistered{.verified = 2'600, .status = Status::registered};

/// A county with money for everybody.
struct RichBench : PolicyBench {
  explicit RichBench(double failure = 0.0) : PolicyBench(2017, {"industry"}) {
    set("industry", "failure", failure);
    fund(Pot::pool, 1'000'000'000'000);
  }
  void cooperative(Cooperative state) {
    hand.county.villages.coop[0] = static_cast<std::uint8_t>(state);
  }
  std::size_t at_posts() const {
    std::size_t n = 0;
    for (const std::uint8_t a : hand.county.persons.activity)
      n += static_cast<Activity>(a) == Activity::public_post ? 1 : 0;
    return n;
  }
  std::size_t jobs(Month started_by) const {
    std::size_t n = 0;
    for (const Enrolment& e : enrolled(industry)) n += e.kind == 2 && e.start <= started_by ? 1 : 0;
    return n;
  }
  /// So many who run projects themselves, and so many with too little land for one. Rows of the
  /// latter come last.
  void add_both(int with_land, int without) {
    for (int i = 0; i < with_land; ++i) hand.add(kRegistered);
    HandHousehold little = kRegistered;
    little.land_mu = 3;
    for (int i = 0; i < without; ++i) hand.add(little);
  }
};

TEST(Industry, ServesTheRegisteredWithLabourAndLand) {
  RichBench b;
  const auto yes = b.hand.add(kRegistered);
  HandHousehold h = kRegistered;
  h.status = Status::relapsed;
  const auto relapsed = b.hand.add(h);
  h.status = Status::exited;
  const auto exited = b.hand.add(h);
  h = kRegistered;
  h.land_mu = 0.49;
  const auto landless = b.hand.add(h);
  h = kRegistered;
  h.members = {{.age = 74}};  // 0.15 adults of labour
  const auto old = b.hand.add(h);
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(industry, yes), nullptr);
  EXPECT_NE(b.enrolment(industry, relapsed), nullptr);
  EXPECT_EQ(b.enrolment(industry, exited), nullptr);
  EXPECT_EQ(b.enrolment(industry, landless), nullptr);
  EXPECT_EQ(b.enrolment(industry, old), nullptr);
}

TEST(Industry, OwnProjectNeedsMedianLandAndAnAdult) {
  RichBench b;
  b.cooperative(Cooperative::running);
  const auto own = b.hand.add(kRegistered);
  HandHousehold h = kRegistered;
  h.land_mu = 3;
  const auto little_land = b.hand.add(h);
  h = kRegistered;
  h.members = {{.age = 62}, {.age = 62}};  // 0.45 of an adult each
  const auto little_labour = b.hand.add(h);
  b.month(month_of(2017, 1));
  ASSERT_NE(b.enrolment(industry, own), nullptr);
  EXPECT_EQ(b.enrolment(industry, own)->kind, 0);
  EXPECT_EQ(b.enrolment(industry, little_land)->kind, 1);
  EXPECT_EQ(b.enrolment(industry, little_labour)->kind, 1);
}

TEST(Industry, OwnProjectRaisesFarmIncomeAlongTheRamp) {
  RichBench b;
  b.settings("industry").ramp = 2.0;
  b.settings("industry").effect = 0.5;
  b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  const Month start = b.enrolled(industry)[0].start;
  for (Month m = month_of(2017, 2); m < start; ++m) {
    b.month(m);
    EXPECT_EQ(b.hand.work.flows.farm[0], 1.0F) << "no effect before it starts";
  }
  for (int age = 1; age <= 40; ++age) {
    b.month(start + age - 1);
    const double share = 1.0 - std::exp(-3.0 * age / 36.0);
    ASSERT_NEAR(b.hand.work.flows.farm[0], std::exp(0.5 * 0.15 * share), 1e-6) << age;
    EXPECT_EQ(b.event(industry, ModuleSum::participants), 1.0);
  }
  EXPECT_EQ(b.delivered(industry), 800'000) << "paid once";
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F) << "to a supplier";
}

TEST(Industry, AProjectSellsAtThePriceOfTheVillagesCrop) {
  RichBench b;
  b.hand.add(kRegistered);
  b.hand.county.villages.crop[0] = static_cast<std::uint8_t>(Crop::orchard);
  b.hand.plan.crop_price.fill(1.0);
  b.hand.plan.crop_price[static_cast<std::size_t>(Crop::orchard)] = 0.25;  // a glut
  b.month(month_of(2017, 1));
  const Month start = b.enrolled(industry)[0].start;
  b.months(month_of(2017, 2), start + 17);
  // After the ramp of 18 months 95.02 % are there: exp(0.15 x 0.9502) - 1 = 0.15319 of the harvest.
  EXPECT_NEAR(b.hand.work.flows.farm[0], 1.0 + 0.25 * 0.15319, 2e-5);
  EXPECT_NEAR(b.hand.work.flows.market_land[0], 7.0 * 0.15319, 2e-4) << "of its seven mu";
}

TEST(Industry, AShareBringsADividendFromTheTwelfthMonth) {
  RichBench b;
  b.hand.frame.price = 1.1;
  b.cooperative(Cooperative::running);
  HandHousehold small = kRegistered;
  small.land_mu = 2;
  b.hand.add(small);
  b.hand.add(kRegistered);
  b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  const Month start = b.enrolment(industry, 0)->start;
  b.months(month_of(2017, 2), start + 10);
  EXPECT_EQ(b.hand.work.flows.property[0], 0.0F);
  const Fen before = b.delivered(industry);
  b.month(start + 11);
  EXPECT_NEAR(b.hand.work.flows.property[0], 100.0 / 12.0 / 1.1, 1e-5);
  EXPECT_EQ(b.hand.work.flows.farm[0], 1.0F);
  EXPECT_EQ(b.delivered(industry), before) << "a firm pays it, not the state";
  b.cooperative(Cooperative::failed);
  b.month(start + 12);
  EXPECT_EQ(b.hand.work.flows.property[0], 0.0F) << "nobody is there to pay it";
  EXPECT_EQ(b.enrolment(industry, 0), nullptr);
  EXPECT_EQ(b.event(industry, ModuleSum::failed), 1.0);
}

TEST(Industry, WithoutACooperativeThereAreAFewPosts) {
  RichBench b;
  b.set("industry", "jobs_per_project", 0.1);
  b.hand.frame.price = 1.25;
  b.add_both(25, 10);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.enrolled(industry).size(), 25U) << "the first firms come with the first projects";
  b.months(month_of(2017, 2), month_of(2017, 6));
  EXPECT_EQ(b.jobs(month_of(2018, 1)), 2U) << "25 projects keep 2.5 posts";
  b.months(month_of(2017, 7), month_of(2018, 3));
  EXPECT_EQ(b.jobs(month_of(2018, 3)), 2U) << "and no more the year after";
  EXPECT_EQ(b.at_posts(), 2U);
  const Fen before = b.delivered(industry);
  b.month(month_of(2018, 4));
  for (const Enrolment& e : b.enrolled(industry)) {
    if (e.kind != 2) continue;
    EXPECT_GE(e.household, 25U) << "nobody who could run a project";
    // Six tenths of 2,000 yuan, in prices of 2012; 0.7 of the labour of two adults given up.
    EXPECT_NEAR(b.hand.work.flows.local_wage[e.household], 960.0, 1e-3);
    EXPECT_EQ(b.hand.work.public_money[e.household], 0.0F) << "a wage, no cash of the programme";
    EXPECT_NEAR(b.hand.work.flows.farm_labour[e.household], 0.65, 1e-6);
    EXPECT_EQ(b.hand.work.flows.farm[e.household], 1.0F);
  }
  EXPECT_EQ(b.delivered(industry), before) << "a firm pays it, not the state";
}

TEST(Industry, APostEndsWithItsHolder) {
  RichBench b;
  b.set("industry", "jobs_per_project", 0.5);
  b.add_both(2, 1);
  b.months(month_of(2017, 1), month_of(2018, 2));
  const Enrolment* job = b.enrolment(industry, 2);
  ASSERT_NE(job, nullptr);
  const std::size_t holder = b.hand.county.households.first[2] + job->person;
  b.hand.county.persons.disability[holder] = 2;
  b.month(month_of(2018, 3));
  EXPECT_EQ(b.enrolment(industry, 2), nullptr);
  EXPECT_EQ(b.event(industry, ModuleSum::failed), 0.0) << "an end is no failure";
  EXPECT_EQ(b.at_posts(), 0U);
}

TEST(Industry, PostsOfFailedProjectsAreGone) {
  RichBench b(0.9);
  b.set("industry", "jobs_per_project", 0.5);
  b.add_both(60, 20);
  std::size_t most = 0;
  std::size_t last = 0;
  bool vanished = false;
  for (Month m = month_of(2017, 1); m <= month_of(2019, 12); ++m) {
    b.month(m);
    const std::size_t posts = b.jobs(m);
    ASSERT_EQ(b.at_posts(), posts) << m;
    vanished = vanished || posts < last;
    last = posts;
    most = std::max(most, posts);
  }
  EXPECT_GT(most, 3U);
  EXPECT_TRUE(vanished);
}

TEST(Industry, AQuarterFailsInFiveYears) {
  RichBench b(0.25);
  constexpr int kHouseholds = 2'000;
  for (int i = 0; i < kHouseholds; ++i) b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  double failed = 0.0;
  for (Month m = month_of(2017, 2); m < month_of(2023, 2); ++m) {
    b.hand.begin(m);
    b.hand.frame.year = year_of(m);
    b.runner->effects(b.hand.work);
    failed += b.event(industry, ModuleSum::failed);
    EXPECT_EQ(b.enrolled(industry).size(), kHouseholds - static_cast<std::size_t>(failed));
  }
  // Starts are spread over twelve months, so 60 to 72 months have passed: 66 on average.
  const double expected = 1.0 - std::pow(0.75, 66.5 / 60.0);
  EXPECT_NEAR(failed / kHouseholds, expected, 4.5 * std::sqrt(0.2 / kHouseholds));
  for (std::size_t h = 0; h < kHouseholds; ++h) {
    EXPECT_EQ(b.hand.work.flows.farm[h] > 1.0F, b.enrolment(industry, h) != nullptr);
  }
}

TEST(Industry, WithoutEffectOnlyMoneyIsSpent) {
  RichBench b;
  b.settings("industry").effect = 0.0;
  b.settings("industry").cost = 0.5;
  b.cooperative(Cooperative::running);
  for (int i = 0; i < 10; ++i) {
    HandHousehold h = kRegistered;
    h.land_mu = 5.0 + i;
    b.hand.add(h);
  }
  b.months(month_of(2017, 1), month_of(2018, 12));
  EXPECT_EQ(b.delivered(industry), 10 * 400'000);
  for (std::size_t h = 0; h < 10; ++h) {
    EXPECT_EQ(b.hand.work.flows.farm[h], 1.0F);
    EXPECT_EQ(b.hand.work.flows.property[h], 0.0F);
  }
}

TEST(Industry, WhatTheCountyHopesForIsOfTheFirstTwelveMonths) {
  // Two residents, 10,000 yuan of farm income. Own: 5,000 (exp(0.15 x 0.602695) - 1) = 473.08.
  // Share: one twelfth of 120 yuan, in the twelfth month, 5 a head.
  RichBench b;
  for (const auto& [name, value] :
       {std::pair{"income_gain", 0.15}, {"ramp_months", 18.0}, {"dividend", 120.0}})
    b.set("industry", name, value);
  HandHousehold h = kRegistered;
  h.farm = 10'000;
  b.hand.add(h);
  b.hand.add(h);
  h.land_mu = 3;
  b.hand.add(h);
  b.cooperative(Cooperative::running);
  b.hand.begin(month_of(2017, 1));
  const PolicyEntry& entry = b.catalogue.entries()[industry];
  const auto module = entry.make(b.spec.parameters, b.settings("industry"), b.spec.series);
  PolicyMonth now;
  now.county = &b.hand.county;
  now.frame = &b.hand.frame;
  now.month = month_of(2017, 1);
  now.residents = b.hand.work.residents;
  std::vector<Candidate> out;
  module->candidates(now, out);
  ASSERT_EQ(out.size(), 3U);
  EXPECT_NEAR(out[0].gain, 473.08, 0.01);
  EXPECT_NEAR(out[2].gain, 5.0, 1e-9);
}

}  // namespace
}  // namespace terrace::policies

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

TEST(Industry, AShareBringsADividendFromTheTwelfthMonth) {
  RichBench b;
  b.hand.frame.price = 1.1;
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

}  // namespace
}  // namespace terrace::policies

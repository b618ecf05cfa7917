// Whose bills and premiums the programme pays, what that costs, and when it ends.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

/// Premium 180 yuan, cover a quarter; the scheme pays half of a bill (HandCounty).
struct Insurance : PolicyBench {
  explicit Insurance(std::vector<std::string> with = {"health_insurance"})
      : PolicyBench(2017, std::move(with)) {
    set("health_insurance", "premium", 180);
    set("health_insurance", "cover", 0.25);
    hand.economy.health.least_own = 0.1;
  }
  ModuleSettings& terms() { return settings("health_insurance"); }
  bool insured(std::size_t h) const {
    return (hand.county.households.services[h] & service::insured) != 0;
  }
  int cover(std::size_t h) const { return hand.county.households.cover[h]; }
  std::size_t served() const { return enrolled(health_insurance).size(); }

  /// A month in which a member of household 0 gets this bill before modules act.
  Fen paid_after_bill(Month m, double bill) {
    const Fen before = delivered(health_insurance);
    hand.begin(m);
    hand.work.illnesses[static_cast<std::size_t>(month_in_year(m) - 1)].push_back(
        {0, static_cast<float>(bill), false, false, true});
    economy::health(hand.work, hand.economy);
    runner->effects(hand.work);
    return delivered(health_insurance) - before;
  }
};

TEST(HealthInsurance, ServesTheListedThoseWhoLeftAndTheOrdinaryAllowance) {
  Insurance b;
  for (const Status s :
       {Status::registered, Status::relapsed, Status::exited, Status::no, Status::removed})
    b.hand.add({.status = s});
  b.hand.add({});
  b.hand.add({.status = Status::removed});
  HouseholdTable& t = b.hand.county.households;
  t.watch[5] = static_cast<std::uint8_t>(Watch::marginal);
  t.allowance[6] = 80.0F;
  b.month(month_of(2017, 2));
  EXPECT_EQ(b.served(), 0U) << "claims come in January and June";
  b.month(month_of(2017, 6));
  std::vector<std::uint32_t> who;
  for (const Enrolment& e : b.enrolled(health_insurance)) who.push_back(e.household);
  EXPECT_EQ(who, (std::vector<std::uint32_t>{0, 1, 2, 5, 6}));
}

TEST(HealthInsurance, ServesWhomTheProgrammesAllowanceLists) {
  Insurance b({"allowance", "health_insurance"});
  b.hand.add({.income = 2'440});
  b.hand.add({.income = 20'000});
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(health_insurance, 0), nullptr);
  EXPECT_EQ(b.enrolment(health_insurance, 1), nullptr);
}

TEST(HealthInsurance, PaysThePremiumOfEachMemberAndInsures) {
  Insurance b;
  b.hand.add({.insured = false, .status = Status::registered});
  b.month(month_of(2017, 1));
  EXPECT_FALSE(b.insured(0)) << "from the next month";
  EXPECT_EQ(b.delivered(health_insurance), 0);
  b.month(month_of(2017, 2));
  EXPECT_TRUE(b.insured(0));
  EXPECT_EQ(b.cover(0), 25);
  // Two members at 180 a year: 30 yuan a month.
  EXPECT_EQ(b.delivered(health_insurance), 3'000);
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
  b.terms().cost = 2.0;
  b.runner.reset();
  b.month(month_of(2017, 3));
  EXPECT_EQ(b.delivered(health_insurance), 3'000 + 6'000);
}

TEST(HealthInsurance, PaysAQuarterOfTheBillFromTheMonthAfterTheStart) {
  Insurance b;
  b.hand.add({.wealth = 50'000, .status = Status::registered});
  b.hand.frame.price = 1.1;
  b.month(month_of(2017, 1));
  // The scheme pays half. No cover in February, whose bills come before the module acts.
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 2), 8'000), 3'000);
  EXPECT_FLOAT_EQ(b.hand.county.households.bills[0], 4'000.0F);
  // A quarter of 8,000 yuan of 2012 at 1.1, and the premium.
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 3), 8'000), 220'000 + 3'000);
  EXPECT_FLOAT_EQ(b.hand.county.households.bills[0], 6'000.0F);
  EXPECT_TRUE(b.hand.county.ledger.balances());
  b.terms().cost = 1.5;
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules);
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 4), 8'000), 330'000 + 4'500);
  EXPECT_FLOAT_EQ(b.hand.county.households.bills[0], 8'000.0F);
}

TEST(HealthInsurance, EndsForTheStruckOffAndPaysTheLastBill) {
  Insurance b;
  b.hand.add({.wealth = 50'000, .status = Status::registered});
  b.hand.add({.status = Status::registered});
  b.months(month_of(2017, 1), month_of(2017, 3));
  b.hand.county.households.status[0] = static_cast<std::uint8_t>(Status::removed);
  b.hand.county.households.status[1] = static_cast<std::uint8_t>(Status::exited);
  // The bill of April met a cover; the second household's premium is 30 yuan.
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 4), 8'000), 200'000 + 3'000);
  EXPECT_EQ(b.cover(0), 0);
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 5), 8'000), 3'000);
  EXPECT_EQ(b.enrolment(health_insurance, 0), nullptr);
  EXPECT_EQ(b.cover(1), 25) << "support goes on after an exit";
  EXPECT_TRUE(b.insured(0)) << "who is insured stays so";
}

TEST(HealthInsurance, CoversNoBillAfterItsLastMonth) {
  Insurance b;
  b.hand.add({.wealth = 50'000, .status = Status::registered});
  b.terms().until = month_of(2017, 4);
  b.months(month_of(2017, 1), month_of(2017, 3));
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 4), 8'000), 200'000 + 3'000);
  EXPECT_EQ(b.cover(0), 0);
  EXPECT_EQ(b.paid_after_bill(month_of(2017, 5), 8'000), 0);
  EXPECT_EQ(b.served(), 0U);
}

TEST(HealthInsurance, IsTaperedAfter2020ButNotForTheAllowance) {
  Insurance b;
  b.hand.add({.status = Status::exited});
  b.hand.add({.status = Status::exited});
  b.hand.county.households.allowance[1] = 80.0F;
  b.months(month_of(2017, 1), month_of(2017, 2));
  b.hand.frame.support = 0.4;
  b.month(month_of(2020, 12));
  EXPECT_EQ(b.cover(0), 25);
  const Fen before = b.delivered(health_insurance);
  b.month(month_of(2021, 1));
  EXPECT_EQ(b.cover(0), 10);
  EXPECT_EQ(b.cover(1), 25);
  EXPECT_EQ(b.delivered(health_insurance) - before, 1'200 + 3'000);
  b.hand.frame.support = 0.0;
  b.months(month_of(2021, 2), month_of(2021, 3));
  EXPECT_EQ(b.cover(0), 0);
  EXPECT_EQ(b.enrolment(health_insurance, 0), nullptr);
  EXPECT_NE(b.enrolment(health_insurance, 1), nullptr);
}

TEST(HealthInsurance, WithHalfItsEffectInsuresHalfAndPaysHalf) {
  Insurance b;
  b.terms().effect = 0.5;
  constexpr int kHouseholds = 2'000;
  for (int i = 0; i < kHouseholds; ++i)
    b.hand.add({.insured = false, .status = Status::registered});
  b.months(month_of(2017, 1), month_of(2017, 2));
  int insured = 0;
  for (std::size_t h = 0; h < kHouseholds; ++h) insured += b.insured(h) ? 1 : 0;
  EXPECT_NEAR(insured / static_cast<double>(kHouseholds), 0.5, 4.5 * std::sqrt(0.25 / kHouseholds));
  EXPECT_EQ(b.cover(0), 13) << "12.5 points, rounded";
  b.terms().effect = 0.0;
  b.runner.reset();
  b.month(month_of(2017, 3));
  EXPECT_EQ(b.cover(0), 0);
}

TEST(HealthInsurance, MissesWhomOfficesCannotHandleOrWhoDoNotClaim) {
  const auto share = [](double capacity, double consent) {
    Insurance b;
    b.terms().capacity = capacity;
    b.set("health_insurance", "consent", consent);
    for (int i = 0; i < 2'000; ++i) b.hand.add({.status = Status::registered});
    b.month(month_of(2017, 1));
    return static_cast<double>(b.served()) / 2'000;
  };
  const double near = 4.5 * std::sqrt(0.25 / 2'000);
  EXPECT_NEAR(share(0.6, 1.0 - 1e-12), 0.6, near);
  EXPECT_NEAR(share(1.0, 0.7), 0.7, near);
}

}  // namespace
}  // namespace terrace::policies

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::HandHousehold;
using test::relief;

// 0.8 x (3,335 - 2,000) x 2 persons / 12 = 178 yuan a month.
constexpr Fen kMonthly = 17'800;

class ReliefBench : public test::PolicyBench {
 public:
  explicit ReliefBench(Fen pool = 100'000'000) : PolicyBench(2020, {"relief"}) {
    set("relief", "lag", 3);
    set("relief", "share", 0.8);
    fund(Pot::pool, pool);
  }
  /// A household of two; `since` in months after January 2020.
  void add_watched(double income, int since) {
    const std::size_t h = hand.add({.income = income, .status = Status::exited});
    hand.county.households.watch[h] = static_cast<std::uint8_t>(Watch::unstable);
    hand.county.households.watch_since[h] = static_cast<std::uint8_t>(since);
  }
};

TEST(Relief, WatchedHouseholdsBelowTheLineAreServedAfterTheLag) {
  ReliefBench b;
  b.add_watched(2'000, 2);                                      // 0
  b.add_watched(3'400, 2);                                      // 1: above the exit line
  b.hand.add({.income = 2'000, .status = Status::registered});  // 2: not watched
  b.months(month_of(2020, 1), month_of(2020, 5));
  EXPECT_TRUE(b.enrolled(relief).empty()) << "listed in March, so decided in June";
  b.month(month_of(2020, 6));
  ASSERT_EQ(b.enrolled(relief).size(), 1U);
  EXPECT_EQ(b.enrolled(relief)[0].household, 0U);
  EXPECT_EQ(b.delivered(relief), 0);
  b.month(month_of(2020, 7));
  EXPECT_EQ(b.delivered(relief), kMonthly);
  EXPECT_NEAR(b.hand.work.flows.transfer[0], 178.0, 0.01);
}

TEST(Relief, CapacityIsTheShareThatOfficesServe) {
  ReliefBench b(100'000'000'000);
  b.settings("relief").capacity = 0.3;
  for (int i = 0; i < 1'000; ++i) b.add_watched(2'000, 0);
  b.month(month_of(2020, 4));
  const std::size_t served = b.enrolled(relief).size();
  EXPECT_NEAR(static_cast<double>(served), 300.0, 4.5 * 14.5);  // sqrt(1,000 x 0.3 x 0.7)
  EXPECT_EQ(b.event(relief, ModuleSum::unserved), 1'000.0 - static_cast<double>(served));
  b.month(month_of(2020, 5));
  EXPECT_EQ(b.enrolled(relief).size(), served) << "always the same ones";
}

TEST(Relief, TwelveMonthsAndAgainOnIncomeWithoutRelief) {
  ReliefBench b;
  b.add_watched(2'000, 0);
  b.months(month_of(2020, 4), month_of(2021, 3));
  EXPECT_EQ(b.delivered(relief), 11 * kMonthly) << "May to March";
  // By now its income holds a year of relief, 1,068 a head; what it lacks without is the same.
  b.hand.set_income(0, 3'068);
  b.month(month_of(2021, 4));
  EXPECT_EQ(b.delivered(relief), 12 * kMonthly);
  b.months(month_of(2021, 5), month_of(2021, 7));
  EXPECT_EQ(b.delivered(relief), 15 * kMonthly) << "renewed without a gap, at the same amount";
  ASSERT_EQ(b.enrolled(relief).size(), 1U);
  EXPECT_NEAR(b.enrolled(relief)[0].amount, 178.0, 0.01);
}

TEST(Relief, NotRenewedForWhoeverIsAboveTheLineWithout) {
  ReliefBench b;
  b.add_watched(2'000, 0);
  b.months(month_of(2020, 4), month_of(2021, 3));
  b.hand.set_income(0, 3'335 + 1'068);
  b.months(month_of(2021, 4), month_of(2021, 8));
  EXPECT_EQ(b.delivered(relief), 12 * kMonthly);
  EXPECT_TRUE(b.enrolled(relief).empty());
}

TEST(Relief, EndsWhenWatchingEnds) {
  ReliefBench b;
  b.add_watched(2'000, 0);
  b.months(month_of(2020, 4), month_of(2020, 6));
  EXPECT_EQ(b.delivered(relief), 2 * kMonthly);
  b.hand.county.households.watch[0] = 0;
  b.months(month_of(2020, 7), month_of(2020, 9));
  EXPECT_EQ(b.delivered(relief), 2 * kMonthly);
  EXPECT_TRUE(b.enrolled(relief).empty());
}

TEST(Relief, ThePoolIsTheLimit) {
  ReliefBench b(12 * kMonthly - 1);  // a fen short of a year's relief
  b.add_watched(2'000, 0);
  b.month(month_of(2020, 4));
  EXPECT_TRUE(b.enrolled(relief).empty());
  EXPECT_EQ(b.event(relief, ModuleSum::unserved), 1.0);
  b.fund(Pot::pool, 1);
  b.months(month_of(2020, 5), month_of(2020, 6));
  EXPECT_EQ(b.delivered(relief), kMonthly);
  // What is set aside for villages is not for relief.
  Ledger& ledger = b.hand.county.ledger;
  ledger.works = ledger.of(Pot::pool).balance;
  b.month(month_of(2020, 7));
  EXPECT_EQ(b.delivered(relief), kMonthly);
  ledger.works = 0;
  b.month(month_of(2020, 8));
  EXPECT_EQ(b.delivered(relief), 2 * kMonthly) << "a month that went unpaid is not made up for";
}

TEST(Relief, MoneyForOneServesOneOfThree) {
  ReliefBench b(12 * kMonthly);
  for (int i = 0; i < 3; ++i) b.add_watched(2'000, 0);
  b.month(month_of(2020, 4));
  EXPECT_EQ(b.enrolled(relief).size(), 1U);
  EXPECT_EQ(b.event(relief, ModuleSum::unserved), 2.0);
  b.months(month_of(2020, 5), month_of(2021, 4));
  EXPECT_EQ(b.delivered(relief), 12 * kMonthly) << "and its year is paid to the end";
}

TEST(Relief, MultipliersAndNull) {
  ReliefBench half;
  half.settings("relief").effect = 0.5;
  half.add_watched(2'000, 0);
  half.months(month_of(2020, 4), month_of(2020, 5));
  EXPECT_EQ(half.delivered(relief), kMonthly);
  EXPECT_NEAR(half.hand.work.flows.transfer[0], 89.0, 0.01);
  ReliefBench none;
  none.set("relief", "share", 0.0);
  none.add_watched(2'000, 0);
  none.months(month_of(2020, 4), month_of(2020, 12));
  EXPECT_TRUE(none.enrolled(relief).empty());
  EXPECT_EQ(none.delivered(relief), 0);
}

}  // namespace
}  // namespace terrace::policies

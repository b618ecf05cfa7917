#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::cash;

class CashBench : public test::PolicyBench {
 public:
  explicit CashBench(int target) : PolicyBench(2017, {"cash"}) {
    set("cash", "target", target);
    hand.plan.grant[cash] = 13'200;  // 132 yuan a person and year
    for (const Status s :
         {Status::no, Status::registered, Status::exited, Status::relapsed, Status::removed}) {
      hand.add({.status = s, .members = {{.age = 40}, {.age = 38}, {.age = 8}}});
    }
  }
  std::vector<std::uint32_t> served() const {
    std::vector<std::uint32_t> rows;
    for (const Enrolment& e : enrolled(cash)) rows.push_back(e.household);
    return rows;
  }
};

TEST(Cash, EverybodyOrACountyOrARegister) {
  CashBench everybody(0);
  everybody.month(month_of(2017, 1));
  EXPECT_EQ(everybody.served().size(), 5U);
  CashBench county(1);
  county.month(month_of(2017, 1));
  EXPECT_EQ(county.served().size(), 5U);
  CashBench elsewhere(1);
  elsewhere.hand.county.designated = false;
  elsewhere.month(month_of(2017, 1));
  EXPECT_TRUE(elsewhere.served().empty());
  CashBench listed(2);
  listed.month(month_of(2017, 1));
  EXPECT_EQ(listed.served(), (std::vector<std::uint32_t>{1, 2, 3})) << "not who was struck off";
}

TEST(Cash, TwelfthsOfTheYearsMoney) {
  CashBench b(2);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(cash), 0);
  b.month(month_of(2017, 2));
  // Three households of three persons at 12 yuan a month: the first year has eleven.
  EXPECT_EQ(b.delivered(cash), 10'800);
  EXPECT_NEAR(b.hand.work.flows.transfer[1], 36.0, 1e-4);
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
  b.months(month_of(2017, 3), month_of(2017, 12));
  EXPECT_EQ(b.delivered(cash), 9 * 13'200) << "the whole of it";
  b.hand.plan.grant[cash] = 24'000;
  b.months(month_of(2018, 1), month_of(2018, 12));
  EXPECT_EQ(b.delivered(cash), 9 * 13'200 + 12 * 18'000) << "the new year's money, without a gap";
  EXPECT_EQ(b.hand.county.ledger.of(Pot::line).inflow, b.delivered(cash));
}

TEST(Cash, ANewYearsListIsANewOne) {
  CashBench b(2);
  b.months(month_of(2017, 1), month_of(2017, 12));
  b.hand.county.households.status[0] = static_cast<std::uint8_t>(Status::registered);
  b.hand.county.households.status[1] = static_cast<std::uint8_t>(Status::removed);
  b.months(month_of(2018, 1), month_of(2018, 2));
  EXPECT_EQ(b.served(), (std::vector<std::uint32_t>{0, 2, 3}));
}

TEST(Cash, NextYearsMoneyIsForWhoeverIsEligibleThen) {
  CashBench b(2);
  b.months(month_of(2017, 1), month_of(2017, 12));
  b.hand.county.households.status[0] = static_cast<std::uint8_t>(Status::registered);
  b.hand.county.households.status[1] = static_cast<std::uint8_t>(Status::removed);
  b.hand.county.households.status[2] = static_cast<std::uint8_t>(Status::removed);
  b.runner->measure_demand(b.hand.work);
  EXPECT_EQ(b.hand.report.demand[cash], 6.0) << "the new one and who stays, three persons each";
}

TEST(Cash, NoMoneyNoList) {
  CashBench b(0);
  b.hand.plan.grant[cash] = 0;
  b.months(month_of(2017, 1), month_of(2017, 6));
  EXPECT_EQ(b.delivered(cash), 0);
}

TEST(Cash, WhatDoesNotArriveIsPaidAllTheSame) {
  CashBench b(2);
  b.settings("cash").effect = 0.5;
  b.months(month_of(2017, 1), month_of(2017, 2));
  EXPECT_EQ(b.delivered(cash), 10'800);
  EXPECT_NEAR(b.hand.work.flows.transfer[1], 18.0, 1e-4);
}

}  // namespace
}  // namespace terrace::policies

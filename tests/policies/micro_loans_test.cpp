#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"
#include "population/farm_year.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kRegistered{
    .income = 6'000, .farm = 10'000, .verified = 2'600, .status = Status::registered};

/// Loans of 48,000 yuan for 36 months at 5% a year; nothing by chance unless a test wants it.
struct LoanBench : PolicyBench {
  explicit LoanBench(double firm_use = 0.0) : PolicyBench(2017, {"micro_loans"}) {
    for (const auto& [name, value] :
         std::initializer_list<std::pair<const char*, double>>{{"amount", 48'000},
                                                               {"incomes", 5},
                                                               {"term", 36},
                                                               {"rate", 0.05},
                                                               {"debt_limit", 0.5},
                                                               {"firm_use", firm_use},
                                                               {"firm_interest", 0.06},
                                                               {"project_return", 0.1},
                                                               {"spread", 0.0},
                                                               {"ramp_months", 0},
                                                               {"failure", 0.0},
                                                               {"risk_share", 0.8}})
      set("micro_loans", name, value);
    fund(Pot::pool, 1'000'000'000'000);
  }
  void until_start() {
    month(month_of(2017, 1));
    for (Month m = month_of(2017, 2); m <= enrolled(micro_loans)[0].start; ++m) month(m);
  }
  double wealth(std::size_t h) const { return hand.county.households.wealth[h]; }
};

TEST(MicroLoans, NeedLabourTheRegisterAndACleanRecord) {
  LoanBench b;
  HouseholdTable& t = b.hand.county.households;
  const auto yes = b.hand.add(kRegistered);
  HandHousehold h = kRegistered;
  h.status = Status::exited;
  const auto exited = b.hand.add(h);
  h.status = Status::no;
  const auto never = b.hand.add(h);
  h = kRegistered;
  h.members = {{.age = 74}};  // 0.15 adults of labour
  const auto old = b.hand.add(h);
  h = kRegistered;
  h.wealth = -5'990;  // two heads of 6,000 yuan: half a year's income is 6,000
  const auto in_debt = b.hand.add(h);
  h.wealth = -6'010;
  const auto too_deep = b.hand.add(h);
  h.wealth = 0;
  const auto cooperative = b.hand.add(h);
  const auto failed = b.hand.add(kRegistered);
  t.loan[cooperative] = 601;  // tens of yuan
  t.notes[failed] = note::defaulted;
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(micro_loans, yes), nullptr);
  EXPECT_NE(b.enrolment(micro_loans, exited), nullptr) << "support goes on after the exit";
  EXPECT_EQ(b.enrolment(micro_loans, never), nullptr);
  EXPECT_EQ(b.enrolment(micro_loans, old), nullptr);
  EXPECT_NE(b.enrolment(micro_loans, in_debt), nullptr);
  EXPECT_EQ(b.enrolment(micro_loans, too_deep), nullptr);
  EXPECT_EQ(b.enrolment(micro_loans, cooperative), nullptr);
  EXPECT_EQ(b.enrolment(micro_loans, failed), nullptr);
}

TEST(MicroLoans, AreFiveYearsOfIncomeAtMost) {
  LoanBench b;
  b.hand.add(kRegistered);
  HandHousehold h = kRegistered;
  h.income = 3'000;  // of two heads: 30,000 in five years
  b.hand.add(h);
  b.month(month_of(2017, 1));
  EXPECT_FLOAT_EQ(b.enrolment(micro_loans, 0)->amount, 48'000.0F);
  EXPECT_FLOAT_EQ(b.enrolment(micro_loans, 1)->amount, 30'000.0F);
}

TEST(MicroLoans, ConsentIsAsSet) {
  LoanBench b;
  b.set("micro_loans", "consent", 0.3);
  constexpr int kHouseholds = 2'000;
  for (int i = 0; i < kHouseholds; ++i) b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  // 4.5 sd of 2,000 draws at 0.3: 0.046; seven false alarms in a million.
  EXPECT_NEAR(static_cast<double>(b.enrolled(micro_loans).size()) / kHouseholds, 0.3, 0.046);
}

TEST(MicroLoans, ThePoolMustHoldAYearOfThemAndPaysOnlyInterest) {
  LoanBench b;
  b.set("micro_loans", "failure", 0.03);
  b.hand.county.ledger = Ledger{};
  b.hand.county.ledger.delivered_by_module.assign(b.catalogue.entries().size(), 0);
  // A year: 48,000 x (0.05 + 0.8 x 0.03 / 3) = 2,784 yuan. Three do not fit into 8,000.
  b.fund(Pot::pool, 800'000);
  for (int i = 0; i < 5; ++i) {
    HandHousehold h = kRegistered;
    h.verified = 2'600 + 100 * i;  // 2,400 yuan a head lift any of them: the poorest gain most
    b.hand.add(h);
  }
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.enrolled(micro_loans).size(), 2U);
  EXPECT_NE(b.enrolment(micro_loans, 0), nullptr);
  EXPECT_NE(b.enrolment(micro_loans, 1), nullptr);
  EXPECT_EQ(b.delivered(micro_loans), 0) << "the bank's money is not public";
}

TEST(MicroLoans, AnOwnProjectEarnsAndTheCountyPaysTheInterest) {
  LoanBench b;
  b.hand.frame.price = 1.2;
  b.set("micro_loans", "ramp_months", 12);
  b.settings("micro_loans").ramp = 2.0;
  b.settings("micro_loans").effect = 0.5;
  b.settings("micro_loans").cost = 1.5;
  b.hand.add(kRegistered);
  b.until_start();
  const Month start = b.enrolled(micro_loans)[0].start;
  for (int age = 1; age <= 36; ++age) {
    if (age > 1) b.month(start + age - 1);
    // Half of 10% of 48,000 yuan a year, in yuan of 2012, with 95% of it after 24 months.
    const double share = 1.0 - std::exp(-3.0 * age / 24.0);
    // It comes in with the harvest: 5% of the year in January, 18% in October.
    const double harvest = static_cast<double>(kFarmMonth[month_in_year(start + age - 1) - 1]);
    ASSERT_NEAR(b.hand.work.flows.farm_cash[0], share * 2'400.0 / 1.2 * harvest, 1e-3) << age;
    // 48,000 x 0.05 / 12 x 1.5 = 300 yuan a month
    ASSERT_EQ(b.delivered(micro_loans), age * 30'000);
  }
  b.month(start + 36);
  EXPECT_TRUE(b.enrolled(micro_loans).empty());
  EXPECT_EQ(b.hand.work.flows.farm_cash[0], 0.0F);
  EXPECT_EQ(b.delivered(micro_loans), 36 * 30'000);
  EXPECT_EQ(b.wealth(0), 5'000.0) << "the loan went into the project and came back from it";
  EXPECT_EQ(b.event(micro_loans, ModuleSum::failed), 0.0);
}

TEST(MicroLoans, AMismatchedProjectEarnsLess) {
  LoanBench b;
  b.hand.add(kRegistered);
  b.hand.county.households.diagnosed[0] = static_cast<std::uint8_t>(Cause::funds);
  b.hand.county.households.plan[0] = bit(Measure::loan);
  b.hand.county.households.causes[0] = pack_causes(Cause::illness, Cause::labour);
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, 0.4);
  b.until_start();
  EXPECT_NEAR(b.hand.work.flows.farm_cash[0], 0.4 * 4'800.0 * 0.09, 1e-3) << "August";
}

TEST(MicroLoans, AProjectThatLosesEarnsNothingAndLeavesADebt) {
  LoanBench b;
  b.set("micro_loans", "project_return", -0.05);
  b.hand.frame.price = 1.2;
  b.hand.add(kRegistered);
  b.until_start();
  const Month start = b.enrolled(micro_loans)[0].start;
  for (Month m = start + 1; m <= start + 36; ++m) {
    EXPECT_EQ(b.hand.work.flows.farm_cash[0], 0.0F);
    b.month(m);
  }
  // 5% of 48,000 a year for three years: 7,200 yuan, 6,000 of 2012.
  EXPECT_NEAR(b.wealth(0), 5'000 - 6'000, 0.01);
  EXPECT_EQ(b.hand.county.households.notes[0] & note::defaulted, 0) << "it has paid";
}

TEST(MicroLoans, ProjectsDifferByLuckThatIsDrawnOnce) {
  LoanBench b;
  b.set("micro_loans", "spread", 0.1);
  constexpr int kHouseholds = 3'000;
  for (int i = 0; i < kHouseholds; ++i) b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2018, 1));
  const std::vector<float> first = b.hand.work.flows.farm_cash;
  double losing = 0.0;
  for (const float cash : first) losing += cash == 0.0F ? 1.0 : 0.0;
  // P(N < -1) = 0.1587; 4.5 sd of 3,000 draws: 0.030.
  EXPECT_NEAR(losing / kHouseholds, 0.1587, 0.030);
  b.months(month_of(2018, 2), month_of(2018, 3));  // March earns as much as January
  EXPECT_EQ(b.hand.work.flows.farm_cash, first);
}

TEST(MicroLoans, AFirmPaysAFixedShareThatIsNotPublicMoney) {
  LoanBench b(1.0);
  b.hand.frame.price = 1.2;
  b.set("micro_loans", "spread", 0.3);
  b.set("micro_loans", "project_return", -0.05);  // of own projects: not the household's risk here
  b.hand.add(kRegistered);
  b.until_start();
  const Month start = b.enrolled(micro_loans)[0].start;
  EXPECT_EQ(b.enrolled(micro_loans)[0].kind, 1);
  // 6% of 48,000: 240 yuan a month.
  EXPECT_NEAR(b.hand.work.flows.property[0], 240.0 / 1.2, 1e-3);
  EXPECT_NEAR(b.hand.work.public_money[0], 240.0 / 1.2, 1e-3);
  EXPECT_EQ(b.hand.work.flows.farm_cash[0], 0.0F);
  EXPECT_EQ(b.delivered(micro_loans), 20'000) << "200 yuan of interest";
  b.months(start + 1, start + 36);
  EXPECT_EQ(b.wealth(0), 5'000.0) << "no risk of its own";
}

TEST(MicroLoans, AFailedLoanCostsTheRiskFundAndTheHousehold) {
  LoanBench b;
  b.set("micro_loans", "failure", 0.5);
  b.hand.frame.price = 1.2;
  constexpr std::size_t kHouseholds = 1'000;
  for (std::size_t i = 0; i < kHouseholds; ++i) b.hand.add(kRegistered);
  double failed = 0.0;
  Fen interest = 0;
  b.month(month_of(2017, 1));
  for (Month m = month_of(2017, 2); m < month_of(2017, 12); ++m) {
    b.hand.begin(m);
    b.runner->effects(b.hand.work);
    failed += b.event(micro_loans, ModuleSum::failed);
    interest += static_cast<Fen>(b.event(micro_loans, ModuleSum::participants)) * 20'000;
  }
  ASSERT_GT(failed, 0.0);
  // Of each 38,400 yuan from the pool; 9,600, or 8,000 of 2012, are left to the household.
  EXPECT_EQ(b.delivered(micro_loans), interest + static_cast<Fen>(failed) * 3'840'000);
  double barred = 0.0;
  for (std::size_t h = 0; h < kHouseholds; ++h) {
    const bool bad = (b.hand.county.households.notes[h] & note::defaulted) != 0;
    barred += bad ? 1.0 : 0.0;
    EXPECT_NEAR(b.wealth(h), bad ? -3'000.0 : 5'000.0, 0.01);
    EXPECT_EQ(b.enrolment(micro_loans, h) == nullptr, bad);
  }
  EXPECT_EQ(barred, failed);
  // Starts are spread: a twelfth each has run 10, 9, ... 1, 0 and 0 months. 1 - 0.5^(k/36), over
  // those, is 0.0826; 4.5 sd of 1,000 draws: 0.039.
  EXPECT_NEAR(failed / kHouseholds, 0.0826, 0.039);
  for (Month m = month_of(2018, 1); m <= month_of(2018, 6); ++m) b.month(m);
  for (std::size_t h = 0; h < kHouseholds; ++h) {
    if ((b.hand.county.households.notes[h] & note::defaulted) != 0) {
      EXPECT_EQ(b.enrolment(micro_loans, h), nullptr) << "nobody lends to it again";
    }
  }
}

TEST(MicroLoans, ThePoolPaysNoMoreThanItHolds) {
  LoanBench b;
  b.hand.add(kRegistered);
  b.until_start();
  PotAccount& pool = b.hand.county.ledger.of(Pot::pool);
  pool.inflow -= pool.balance - 15'000;  // 150 yuan are left
  pool.balance = 15'000;
  const Month next = b.enrolled(micro_loans)[0].start + 1;
  const Fen before = b.delivered(micro_loans);
  b.month(next);
  EXPECT_EQ(b.delivered(micro_loans) - before, 15'000);
  b.month(next + 1);
  EXPECT_EQ(b.delivered(micro_loans) - before, 15'000);
  EXPECT_NEAR(b.hand.work.flows.farm_cash[0], 4'800.0 * 0.18, 1e-3) << "the project goes on";
}

TEST(MicroLoans, InterestOfLoansThatHaveYetToBeginIsKeptBack) {
  LoanBench b;
  b.hand.county.ledger = Ledger{};
  b.hand.county.ledger.delivered_by_module.assign(b.catalogue.entries().size(), 0);
  b.fund(Pot::pool, 100'000'000);
  for (int i = 0; i < 12; ++i) b.hand.add(kRegistered);
  // 48,000 x 0.05 / 12 = 200 yuan a month. One loan begins in each month from February to next
  // January, so that this year costs 11 + 10 + ... + 1 = 66 months of interest.
  Fen due = 66 * 20'000;
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.hand.work.pool_due, due);
  for (int m = 2; m <= 12; ++m) {
    const Fen before = b.delivered(micro_loans);
    b.month(month_of(2017, m));
    due -= b.delivered(micro_loans) - before;
    EXPECT_EQ(b.delivered(micro_loans) - before, (m - 1) * 20'000);
    EXPECT_EQ(b.hand.work.pool_due, due) << m;
  }
  EXPECT_EQ(due, 0);
}

TEST(MicroLoans, WhatAFailedOneCostIsNotDueAgain) {
  LoanBench b;
  b.set("micro_loans", "failure", 0.5);
  for (int i = 0; i < 200; ++i) b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2018, 1));  // all have begun; who failed gets no other
  const Fen before = b.delivered(micro_loans);
  b.month(month_of(2018, 2));
  const double running = b.event(micro_loans, ModuleSum::participants);
  ASSERT_GT(b.delivered(micro_loans) - before, to_fen(200.0 * running + 38'000)) << "some fail";
  // Those that run pay 200 yuan a month until December; a failed one took 38,400 at once.
  EXPECT_EQ(b.hand.work.pool_due, to_fen(200.0 * running * 10));
}

TEST(MicroLoans, RunOutWhenTheModuleDoes) {
  LoanBench b;
  b.settings("micro_loans").until = month_of(2017, 12);
  b.hand.add(kRegistered);
  b.until_start();
  const Month start = b.enrolled(micro_loans)[0].start;
  b.months(start + 1, start + 35);
  EXPECT_EQ(b.enrolled(micro_loans).size(), 1U);
  EXPECT_EQ(b.delivered(micro_loans), 36 * 20'000) << "the county has promised the interest";
  b.months(start + 36, start + 60);
  EXPECT_TRUE(b.enrolled(micro_loans).empty());
}

TEST(MicroLoans, WhatAProjectAddsIsInTheVillagesHarvest) {
  LoanBench b;
  b.hand.add(kRegistered);  // 10,000 yuan from 7 mu last year
  b.until_start();
  EXPECT_NEAR(b.hand.work.flows.market_land[0], 4'800.0 / 10'000.0 * 7.0, 1e-4);
}

TEST(MicroLoans, WithoutEffectOnlyMoneyIsSpent) {
  for (const double firm_use : {0.0, 1.0}) {
    LoanBench b(firm_use);
    b.set("micro_loans", "spread", 0.3);
    b.set("micro_loans", "failure", 0.5);
    b.settings("micro_loans").effect = 0.0;
    for (int i = 0; i < 20; ++i) b.hand.add(kRegistered);
    for (Month m = month_of(2017, 1); m <= month_of(2020, 12); ++m) {
      b.month(m);
      for (std::size_t h = 0; h < 20; ++h) {
        ASSERT_EQ(b.hand.work.flows.farm_cash[h], 0.0F);
        ASSERT_EQ(b.hand.work.flows.property[h], 0.0F);
        ASSERT_EQ(b.wealth(h), 5'000.0);
      }
    }
    EXPECT_GT(b.delivered(micro_loans), 0);
  }
}

}  // namespace
}  // namespace terrace::policies

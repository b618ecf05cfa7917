// The county's pots, to the fen.
#include <cmath>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "nation/nation.hpp"
#include "support/small_scenario.hpp"

namespace terrace::nation {
namespace {

Budget budget() { return load_nation(test::default_values()).budget; }

struct Books {
  Books() {
    county.ledger.delivered_by_module.assign(5, 0);
    plan.village_works = true;
  }
  void month(Month m) { month_accounts(county, plan, m, rules, 0); }
  const PotAccount& pool() const { return county.ledger.of(Pot::pool); }

  County county;
  CountyPlan plan;
  Budget rules = budget();
};

TEST(Accounts, WorkedCountyPoolOf2017) {
  Books b;
  b.rules.overhead = 0.05;
  b.rules.stolen_of_irregular = 0.1;
  b.rules.audit_recover = 0.3;
  PotAccount& pool = b.county.ledger.of(Pot::pool);
  pool.inflow = pool.balance = 400'000'000;
  b.plan.pool = 36'920'000'000;
  b.plan.irregular = 0.1;
  b.month(month_of(2017, 1));
  EXPECT_EQ(pool.overhead, 1'846'000'000);
  EXPECT_EQ(pool.lost, 369'200'000);
  EXPECT_EQ(pool.delayed, 3'322'800'000);
  EXPECT_EQ(pool.balance, 31'782'000'000);
  ASSERT_EQ(b.county.ledger.tranches.size(), 19U);
  for (std::size_t k = 0; k < 19; ++k) {
    EXPECT_EQ(b.county.ledger.tranches[k].amount, 174'884'210 + (k < 10 ? 1 : 0)) << k;
    EXPECT_EQ(b.county.ledger.tranches[k].due, month_of(2017, 7) + static_cast<Month>(k));
  }
  Ledger& books = b.county.ledger;
  EXPECT_EQ(books.works, 12'712'800'000);
  EXPECT_EQ(books.free_pool(), 19'069'200'000);
  // Projects, training, loan interest and loan risk of the walk; works as planned.
  for (const Fen spent :
       {Fen{7'949'385'000}, Fen{1'104'080'000}, Fen{2'850'000'000}, Fen{480'000'000}})
    books.deliver(Pot::pool, 0, spent);
  EXPECT_EQ(books.free_pool(), 6'685'735'000) << "unplaced";
  books.deliver_works(1, 12'712'800'000);
  for (int m = 2; m <= 10; ++m) b.month(month_of(2017, m));
  // October: what is unplaced goes to village works, up to the 19,000,000,000 they can use.
  books.works += 6'287'200'000;
  books.deliver_works(1, 6'287'200'000);
  for (int m = 11; m <= 12; ++m) b.month(month_of(2017, m));
  EXPECT_EQ(pool.delayed, 2'273'494'734) << "tranches of July to December came: 1,049,305,266";
  EXPECT_EQ(pool.lost, 258'440'000) << "110,760,000 recovered";
  EXPECT_EQ(pool.delivered, 31'383'465'000);
  EXPECT_EQ(pool.balance, 1'558'600'266);
  EXPECT_EQ(pool.delivered + pool.overhead + pool.lost + pool.delayed + pool.balance,
            37'320'000'000);
}

TEST(Accounts, NothingIsSetAsideWithoutAModuleForVillageWorks) {
  Books b;
  b.plan.pool = 1'000'000'000;
  b.plan.village_works = false;
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.county.ledger.works, 0);
  EXPECT_EQ(b.county.ledger.free_pool(), b.pool().balance);
}

TEST(Accounts, WorksOfLastYearThatWereNotBuiltArePlannedAnew) {
  Books b;
  b.plan.pool = 1'000'000'000;
  b.month(month_of(2017, 1));
  const Fen before = b.county.ledger.works;
  EXPECT_GT(before, 0);
  b.plan.pool = 0;
  const Fen left = b.pool().balance;
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.county.ledger.works, static_cast<Fen>(0.4 * static_cast<double>(left)))
      << "a share of all there is, before January's tranche";
  b.plan.village_works = false;
  b.month(month_of(2019, 1));
  EXPECT_EQ(b.county.ledger.works, 0) << "nobody builds any more";
}

TEST(Accounts, AllOfItComesWithinTwoYears) {
  Books b;
  b.plan.pool = 1'000'000'007;
  b.plan.irregular = 0.258;
  b.month(month_of(2016, 1));
  b.plan.pool = 0;
  EXPECT_GT(b.pool().delayed, 0);
  for (Month m = month_of(2016, 2); m < month_of(2018, 1); ++m) b.month(m);
  EXPECT_GT(b.pool().delayed, 0);
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.pool().delayed, 0);
  EXPECT_TRUE(b.county.ledger.tranches.empty());
}

TEST(Accounts, RelocationMoneyComesInJanuaryOnly) {
  Books b;
  for (int m = 1; m <= 12; ++m) month_accounts(b.county, b.plan, month_of(2016, m), b.rules, 777);
  EXPECT_EQ(b.county.ledger.of(Pot::relocation).inflow, 777);
  EXPECT_EQ(b.county.ledger.of(Pot::relocation).balance, 777);
}

TEST(Ledger, EntitlementLinesAreFilledAsTheyPay) {
  Books b;
  b.county.ledger.deliver(Pot::line, 3, 12'345);
  EXPECT_EQ(b.county.ledger.of(Pot::line).inflow, 12'345);
  EXPECT_EQ(b.county.ledger.of(Pot::line).balance, 0);
  EXPECT_EQ(b.county.ledger.delivered_by_module[3], 12'345);
  EXPECT_TRUE(b.county.ledger.balances());
}

TEST(Ledger, SeesAFenThatIsMissing) {
  Books b;
  b.plan.pool = 1'000'000;
  b.plan.irregular = 0.2;
  b.month(month_of(2016, 1));
  ASSERT_TRUE(b.county.ledger.balances());
  b.county.ledger.of(Pot::pool).balance -= 1;
  EXPECT_FALSE(b.county.ledger.balances());
  b.county.ledger.of(Pot::pool).balance += 1;
  b.county.ledger.tranches[0].amount -= 1;
  EXPECT_FALSE(b.county.ledger.balances());
}

TEST(LedgerDeathTest, RefusesToPayWhatThePotDoesNotHold) {
  Ledger ledger;
  ledger.delivered_by_module.assign(1, 0);
  ledger.of(Pot::pool).inflow = ledger.of(Pot::pool).balance = 100;
  ledger.deliver(Pot::pool, 0, 100);
  EXPECT_EXIT(ledger.deliver(Pot::pool, 0, 1), testing::ExitedWithCode(70), "balance");
}

RC_GTEST_PROP(Accounts, BalanceWhateverComesAndGoes, ()) {
  Books b;
  b.rules.overhead = *rc::gen::inRange(0, 120) / 1000.0;
  b.rules.stolen_of_irregular = *rc::gen::inRange(0, 400) / 1000.0;
  b.rules.audit_recover = *rc::gen::inRange(0, 800) / 1000.0;
  Fen given = 0;
  for (Month m = month_of(2014, 1); m <= month_of(2018, 12); ++m) {
    if (month_in_year(m) == 1) {
      b.plan.pool = *rc::gen::inRange<Fen>(0, 4'000'000'000'000);
      b.plan.village_works = *rc::gen::arbitrary<bool>();
      b.plan.irregular =
          *rc::gen::inRange(0, 881) / 1000.0;  // with overhead no more than all of it
      given += b.plan.pool;
    }
    b.month(m);  // checks the identity itself
    const PotAccount& p = b.pool();
    RC_ASSERT(b.county.ledger.balances());
    RC_ASSERT(p.inflow == given);
    RC_ASSERT(p.balance >= 0 && p.lost >= 0 && p.delayed >= 0 && p.overhead >= 0);
    Ledger& books = b.county.ledger;
    if (books.free_pool() > 0)
      books.deliver(Pot::pool, 0, *rc::gen::inRange<Fen>(0, books.free_pool()));
    if (month_in_year(m) == 10) books.works += *rc::gen::inRange<Fen>(0, books.free_pool() + 1);
    if (books.works > 0) books.deliver_works(1, *rc::gen::inRange<Fen>(0, books.works + 1));
    RC_ASSERT(b.county.ledger.balances());
  }
}

}  // namespace
}  // namespace terrace::nation

// Guarantees, grants and village works: who is served first, what each gets, what money is moved.
#include <gtest/gtest.h>

#include "policies/made_up.hpp"

namespace terrace::policies {
namespace {

using test::MadeUpBench;
using test::Terms;

constexpr auto kFirst = static_cast<test::ModuleIndex>(0);

const Terms kHouses{.name = "houses",
                    .allocation = Allocation::guarantee,
                    .pot = Pot::line,
                    .measures = bit(Measure::housing),
                    .cost = 14'000,
                    .months = 0b000000000100};

TEST(Guarantee, ServesThoseNearestToExitFirst) {
  MadeUpBench b(2017, {kHouses});
  const Measures other = bit(Measure::industry);
  const std::size_t far = b.add_registered(Cause::land, other, 1'500);
  const std::size_t near = b.add_registered(Cause::land, other, 3'200);
  const std::size_t middle = b.add_registered(Cause::land, other, 2'500);
  b.hand.plan.places[0] = 2;
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.enrolled(kFirst).empty()) << "offered in March";
  b.month(month_of(2017, 3));
  EXPECT_TRUE(b.has(0, near));
  EXPECT_TRUE(b.has(0, middle));
  EXPECT_FALSE(b.has(0, far));
  EXPECT_EQ(b.of(0, ModuleSum::unserved), 1.0);
  EXPECT_EQ(b.hand.work.queued[far], 1);
  EXPECT_EQ(b.hand.work.queued[near], 0);
  EXPECT_EQ(b.of(0, ModuleSum::off_prescription), 0.0) << "nobody's second choice";
  EXPECT_EQ(b.of(0, ModuleSum::taken), 2.0);
  EXPECT_EQ(b.hand.work.starts[near], 0) << "no project of the walk";
  EXPECT_EQ(b.delivered(kFirst), 2 * 1'400'000);
}

TEST(Guarantee, UnverifiedHouseholdsStandAtTheLine) {
  MadeUpBench b(2017, {kHouses});
  const std::size_t unknown = b.add_registered(Cause::land, 0, std::nan(""));
  const std::size_t above = b.add_registered(Cause::land, 0, 3'400);
  const std::size_t below = b.add_registered(Cause::land, 0, 3'300);
  for (const std::int64_t places : {1, 2}) {
    b.hand.county.enrolments[0].clear();
    b.hand.plan.places[0] = places;
    b.month(month_of(2017, 3));
    EXPECT_TRUE(b.has(0, above));
    EXPECT_EQ(b.has(0, unknown), places == 2);
    EXPECT_FALSE(b.has(0, below));
  }
}

TEST(Guarantee, FromThePoolNeverOverdrawsIt) {
  Terms terms = kHouses;
  terms.pot = Pot::pool;
  MadeUpBench b(2017, {terms});
  for (int k = 0; k < 5; ++k) b.add_registered(Cause::land, 0);
  b.fund(Pot::pool, 3 * 1'400'000 + 1'399'999);
  b.hand.county.ledger.works = 1'399'999;
  b.month(month_of(2017, 3));
  EXPECT_EQ(b.enrolled(kFirst).size(), 3U);
}

const Terms kSchools{
    .name = "schools", .allocation = Allocation::grant, .pot = Pot::line, .months = 0b000000000001};

TEST(Grant, GivesEachUnitItsPartEveryYear) {
  MadeUpBench b(2017, {kSchools});
  const std::size_t two = b.hand.add({.status = Status::registered});
  const std::size_t three = b.hand.add({.status = Status::registered, .members = {{}, {}, {}}});
  b.hand.add({.status = Status::no});
  b.hand.plan.grant[0] = to_fen(600);
  b.month(month_of(2017, 1));
  ASSERT_EQ(b.enrolled(kFirst).size(), 2U);
  EXPECT_EQ(b.delivered(kFirst), 0);
  b.month(month_of(2017, 2));
  EXPECT_EQ(b.delivered(kFirst), to_fen(50 * 5));
  EXPECT_EQ(b.hand.work.flows.transfer[two], 100.0F);
  EXPECT_EQ(b.hand.work.flows.transfer[three], 150.0F);
  b.months(month_of(2017, 3), month_of(2018, 1));
  b.hand.plan.grant[0] = to_fen(1'200);
  b.month(month_of(2018, 2));
  EXPECT_EQ(b.hand.work.flows.transfer[three], 300.0F) << "next year's part";
}

TEST(Grant, DemandCountsUnitsOfOldAndNew) {
  MadeUpBench b(2017, {kSchools});
  b.hand.add({.status = Status::registered});
  b.hand.plan.grant[0] = to_fen(600);
  b.month(month_of(2017, 1));
  b.hand.add({.status = Status::registered, .members = {{}, {}, {}}});
  b.hand.begin(month_of(2017, 12));
  b.runner->measure_demand(b.hand.work);
  EXPECT_EQ(b.hand.report.demand[0], 5.0);
}

TEST(Grant, NoMoneyNobodyEnrols) {
  MadeUpBench b(2017, {kSchools});
  b.hand.add({.status = Status::registered});
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.enrolled(kFirst).empty());
}

TEST(Unserved, AHouseholdCountsOnceAYearAndModule) {
  Terms monthly = kHouses;
  monthly.months = 0b111111111111;
  MadeUpBench b(2017, {monthly});
  for (int k = 0; k < 4; ++k) b.add_registered(Cause::land, bit(Measure::industry));
  b.hand.plan.places[0] = 1;
  for (const int year : {2017, 2018}) {
    double unserved = 0.0;
    for (int m = 1; m <= 12; ++m) {
      b.month(month_of(year, m));
      unserved += b.of(0, ModuleSum::unserved);
    }
    EXPECT_EQ(unserved, year == 2017 ? 3.0 : 2.0);
  }
}

TEST(Unserved, NobodyWhereTheYearHasNoPlaces) {
  MadeUpBench b(2017, {kHouses, {.name = "project", .months = 0b000000100100}});
  b.add_registered(Cause::land, bit(Measure::industry));
  b.hand.plan.places[0] = 0;
  b.hand.plan.places[1] = 0;
  for (int m = 1; m <= 6; ++m) {
    b.month(month_of(2017, m));
    EXPECT_EQ(b.of(0, ModuleSum::unserved), 0.0);
    EXPECT_EQ(b.of(1, ModuleSum::unserved), 0.0);
  }
}

Terms works(double need, std::string_view name = "works") {
  return {.name = name, .allocation = Allocation::works, .need = need};
}

TEST(Works, JanuarySpendsWhatIsSetAsideAndNothingElse) {
  MadeUpBench b(2017, {works(50'000)});
  b.fund(Pot::pool, to_fen(100'000));
  b.hand.county.ledger.works = to_fen(40'000);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(kFirst), to_fen(40'000));
  EXPECT_EQ(b.of(0, ModuleSum::spending), 40'000.0);
  EXPECT_EQ(b.hand.county.ledger.works, 0);
  EXPECT_EQ(b.hand.county.ledger.free_pool(), to_fen(60'000));
  b.months(month_of(2017, 2), month_of(2017, 9));
  EXPECT_EQ(b.delivered(kFirst), to_fen(40'000)) << "asked in January and October only";
}

TEST(Works, OctoberTakesUnplacedMoneyUpToTheNeed) {
  for (const double need : {50'000.0, 500'000.0}) {
    MadeUpBench b(2017, {works(need)});
    b.fund(Pot::pool, to_fen(100'000));
    b.hand.county.ledger.works = to_fen(40'000);
    b.months(month_of(2017, 1), month_of(2017, 10));
    const double spent = std::min(need, 100'000.0);
    EXPECT_EQ(b.delivered(kFirst), to_fen(spent));
    EXPECT_EQ(b.hand.county.ledger.free_pool(), to_fen(100'000 - spent));
    EXPECT_EQ(b.of(0, ModuleSum::spending), spent - 40'000);
  }
}

TEST(Works, OctoberGivesBackWhatVillagesCannotUse) {
  for (const double need : {0.0, 10'000.0}) {
    MadeUpBench b(2017, {works(need)});
    b.fund(Pot::pool, to_fen(100'000));
    b.hand.county.ledger.works = to_fen(40'000);
    b.months(month_of(2017, 1), month_of(2017, 9));
    EXPECT_EQ(b.hand.county.ledger.works, to_fen(40'000 - need));
    EXPECT_EQ(b.hand.county.ledger.free_pool(), to_fen(60'000));
    b.month(month_of(2017, 10));
    EXPECT_EQ(b.hand.county.ledger.works, 0);
    EXPECT_EQ(b.hand.county.ledger.free_pool(), to_fen(100'000 - need));
    EXPECT_EQ(b.delivered(kFirst), to_fen(need));
    EXPECT_TRUE(b.hand.county.ledger.balances());
  }
}

TEST(Works, OctoberLeavesWhatRunsUntilDecember) {
  MadeUpBench b(2017, {works(500'000),
                       {.name = "relief",
                        .allocation = Allocation::entitlement,
                        .cost = 0,
                        .months = 0b000010000000,
                        .monthly = 300}});
  b.hand.add({.status = Status::registered});
  b.fund(Pot::pool, to_fen(10'000));
  b.months(month_of(2017, 8), month_of(2017, 12));
  // September to December: four payments; October's works left the last two.
  EXPECT_EQ(b.delivered(static_cast<test::ModuleIndex>(1)), to_fen(1'200));
  EXPECT_EQ(b.delivered(kFirst), to_fen(8'800));
  EXPECT_EQ(b.hand.county.ledger.free_pool(), 0);
}

TEST(Works, WithoutAModuleNothingIsMoved) {
  MadeUpBench b(2017, {kHouses});
  b.fund(Pot::pool, to_fen(100'000));
  b.month(month_of(2017, 10));
  EXPECT_EQ(b.hand.county.ledger.works, 0);
  EXPECT_EQ(b.hand.county.ledger.free_pool(), to_fen(100'000));
}

TEST(Works, ProjectsOfHouseholdsLeaveTheSetAsideAlone) {
  MadeUpBench b(2017, {{.name = "project", .cost = 1'000}, works(0)});
  for (int k = 0; k < 5; ++k) b.add_registered(Cause::land, bit(Measure::industry));
  b.fund(Pot::pool, to_fen(5'000));
  b.hand.county.ledger.works = to_fen(3'000);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.of(0, ModuleSum::taken), 2.0);
  EXPECT_EQ(b.hand.county.ledger.works, to_fen(3'000));
}

}  // namespace
}  // namespace terrace::policies

// The targeting ledger of a county made by hand.
#include <cmath>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandPerson;

std::vector<HandPerson> people(std::size_t n) { return std::vector<HandPerson>(n); }

class TargetingLedger : public testing::Test {
 protected:
  void begin() {
    hand.begin(month_of(2017, 12));
    t.reference.assign(t.size(), 8'000.0F);
    for (auto& services : t.services) services |= service::power;
  }
  double keep(YearSum which) {
    keep_ledger(hand.work, hand.registry);
    return hand.report.year[sum_index(which)];
  }
  double kept(YearSum which) const { return hand.report.year[sum_index(which)]; }
  HandCounty hand{2017};
  HouseholdTable& t = hand.county.households;
};

TEST_F(TargetingLedger, HoldsTheRegisterAgainstThoseBelowTheLine) {
  hand.add({.income = 2'000, .status = Status::registered, .members = people(1)});
  hand.add({.income = 2'000, .members = people(2)});                              // missed
  hand.add({.income = 4'000, .status = Status::relapsed, .members = people(4)});  // not poor
  hand.add({.income = 4'000, .status = Status::exited, .members = people(8)});
  begin();
  EXPECT_EQ(keep(YearSum::persons), 15.0);
  EXPECT_EQ(kept(YearSum::registered), 5.0);
  EXPECT_EQ(kept(YearSum::ever_registered), 13.0);
  EXPECT_EQ(kept(YearSum::poor_income), 3.0);
  EXPECT_EQ(kept(YearSum::registered_poor_income), 1.0);
  EXPECT_EQ(kept(YearSum::lacking), 3.0) << "below the exit line; nobody lacks a guarantee";
  EXPECT_EQ(kept(YearSum::poor_permanent), 0.0);
}

TEST_F(TargetingLedger, TakesReferenceIncomeInPricesOf2012ForPermanentIncome) {
  hand.add({.status = Status::registered, .members = people(1)});
  hand.add({.members = people(2)});
  hand.add({.members = people(4)});
  begin();
  hand.frame.price = 1.2;  // 2,952 / 1.2 = 2,460
  t.reference = {2'459.0F, 2'459.0F, 2'461.0F};
  EXPECT_EQ(keep(YearSum::poor_permanent), 3.0);
  EXPECT_EQ(kept(YearSum::registered_poor_permanent), 1.0);
  EXPECT_EQ(kept(YearSum::poor_income), 0.0);
}

TEST_F(TargetingLedger, CountsTheMultidimensionallyPoorFromTheCutoffOn) {
  // Income and house are four tenths; house and water three.
  hand.add(
      {.income = 2'000, .house = House::d, .status = Status::registered, .members = people(1)});
  hand.add({.house = House::d, .water = false, .members = people(2)});
  begin();
  hand.registry.measurement.mpi_cutoff = 0.333;
  EXPECT_EQ(keep(YearSum::poor_multidimensional), 1.0);
  EXPECT_EQ(kept(YearSum::registered_poor_multidimensional), 1.0);
  EXPECT_DOUBLE_EQ(kept(YearSum::deprivations), 0.4);
  EXPECT_EQ(kept(YearSum::lacking), 3.0);
  hand.begin(month_of(2017, 12));
  hand.registry.measurement.mpi_cutoff = 0.3;
  EXPECT_EQ(keep(YearSum::poor_multidimensional), 3.0);
  EXPECT_DOUBLE_EQ(kept(YearSum::deprivations), 0.4 + 2 * 0.3);
}

TEST_F(TargetingLedger, LateIsListedWithoutBeingPoorInTwoDecembers) {
  const auto late = hand.add({.income = 4'000, .status = Status::registered, .members = people(1)});
  const auto new_out = hand.add({.income = 4'000, .status = Status::registered});
  hand.add({.income = 2'000, .status = Status::registered});
  hand.add({.income = 4'000, .status = Status::exited});
  begin();
  t.poor_years[new_out] = 1;
  t.poor_years[late] = 2;  // two Decembers ago
  EXPECT_EQ(keep(YearSum::late), 1.0);
}

TEST_F(TargetingLedger, CountsRecordedCausesOfTheListedAndWhereTheyAreNotTheHeaviest) {
  for (int i = 0; i < 3; ++i) hand.add({.status = Status::registered});
  hand.add({.status = Status::exited});
  hand.add({.status = Status::registered});  // not diagnosed yet
  begin();
  for (std::size_t h = 0; h < 4; ++h) {
    t.causes[h] = pack_causes(Cause::skills, Cause::funds);
    t.diagnosed[h] = static_cast<std::uint8_t>(h == 0 ? Cause::funds : Cause::skills);
  }
  EXPECT_EQ(keep(YearSum::diagnosed), 3.0);
  EXPECT_EQ(kept(YearSum::misdiagnosed), 1.0);
  EXPECT_EQ(kept(YearSum::cause_funds), 1.0);
  EXPECT_EQ(kept(YearSum::cause_skills), 2.0);
  EXPECT_EQ(kept(YearSum::cause_other), 0.0);
}

TEST_F(TargetingLedger, SpendingIsThatOfTheYearFromAllPots) {
  hand.add({});
  Ledger& ledger = hand.county.ledger;
  ledger.of(Pot::pool) = {.inflow = 1'000'000,
                          .delivered = 600'000,
                          .overhead = 50'000,
                          .lost = 40'000,
                          .delayed = 0,
                          .balance = 310'000};
  ledger.captured = 20'000;
  begin();
  hand.work.spent_before = spent_so_far(ledger);
  ledger.of(Pot::pool).delivered += 100'000;
  ledger.of(Pot::line).delivered += 30'000;
  ledger.of(Pot::pool).overhead += 5'000;
  ledger.of(Pot::pool).lost -= 10'000;  // an audit recovered more than was lost
  ledger.captured += 7'000;
  EXPECT_DOUBLE_EQ(keep(YearSum::delivered), 1'300.0);
  EXPECT_DOUBLE_EQ(kept(YearSum::spent), 1'300.0 + 50.0 - 100.0);
  EXPECT_DOUBLE_EQ(kept(YearSum::captured), 70.0);
  EXPECT_DOUBLE_EQ(kept(YearSum::leaked), 70.0) << "nobody got anything; capture leaks";
}

TEST_F(TargetingLedger, MoneyLeaksToThoseNotPoorWithoutIt) {
  hand.frame.price = 1.1;
  hand.add({.income = 3'200});  // 1,000 of 2012 in cash, 550 a head: 2,650 without it
  hand.add({.income = 3'600});  // 3,050 without it
  hand.add({.income = 9'000});  // got nothing
  hand.add({.income = 2'000});  // served in kind
  begin();
  hand.work.public_money = {1'000.0F, 1'000.0F, 0.0F, 0.0F};
  hand.work.delivered_to = {1'100.0F, 1'500.0F, 0.0F, 800.0F};
  hand.county.ledger.of(Pot::line).delivered += 340'000;
  EXPECT_DOUBLE_EQ(keep(YearSum::leaked), 1'500.0);
}

TEST_F(TargetingLedger, LogsOfIncomeMakeTheilsIndex) {
  hand.add({.income = 1'000, .members = people(1)});
  hand.add({.income = 3'000, .members = people(1)});
  hand.add({.income = -500, .members = people(2)});  // counts as 100
  begin();
  const double sum = 1'000 + 3'000 + 2 * 100;
  EXPECT_DOUBLE_EQ(keep(YearSum::income), sum);
  EXPECT_NEAR(kept(YearSum::income_log),
              1'000 * std::log(1'000) + 3'000 * std::log(3'000) + 200 * std::log(100), 1e-6);
  EXPECT_NEAR(kept(YearSum::income_log_county), sum * std::log(sum / 4), 1e-6);
}

TEST_F(TargetingLedger, ACountyCountsForItselfHoweverFewAreSimulated) {
  hand.add({});
  hand.county.fraction = 0.25;
  begin();
  hand.report.evaluation = {.visits = 218, .wrongful = 1, .missed = 0};
  EXPECT_EQ(keep(YearSum::designated_counties), 0.25);
  EXPECT_EQ(kept(YearSum::poor_counties), 0.25);
  EXPECT_EQ(kept(YearSum::evaluated_counties), 0.25);
  EXPECT_EQ(kept(YearSum::visits), 0.25 * 218);
  EXPECT_EQ(kept(YearSum::found_wrongful), 0.25);
  EXPECT_EQ(kept(YearSum::clean_counties), 0.0);
  hand.begin(month_of(2017, 12));
  hand.plan.delisted = true;
  hand.report.evaluation = {};
  EXPECT_EQ(keep(YearSum::poor_counties), 0.0);
  EXPECT_EQ(kept(YearSum::evaluated_counties), 0.0);
}

TEST_F(TargetingLedger, CountsVillagesTeamsAndTheWatched) {
  hand.add({.members = people(3)});
  hand.add_village({});
  hand.add({.members = people(5)});
  VillageTable& v = hand.county.villages;
  v.standing[0] = static_cast<std::uint8_t>(VillageStanding::poor);
  v.standing[1] = static_cast<std::uint8_t>(VillageStanding::delisted);
  v.team_since[0] = pack_month(month_of(2017, 12));
  v.team_since[1] = pack_month(month_of(2018, 1));
  begin();
  t.watch[1] = static_cast<std::uint8_t>(Watch::marginal);
  EXPECT_EQ(keep(YearSum::poor_villages), 1.0);
  EXPECT_EQ(kept(YearSum::delisted_villages), 1.0);
  EXPECT_EQ(kept(YearSum::teams), 1.0) << "the second comes in January";
  EXPECT_EQ(kept(YearSum::watched), 5.0);
}

TEST_F(TargetingLedger, KeepsWhatTheYearsEventsHaveCounted) {
  hand.add({});
  begin();
  hand.work.of_year(YearSum::exits) = 7.0;
  hand.work.of_year(YearSum::wrongful) = 2.0;
  EXPECT_EQ(keep(YearSum::exits), 7.0);
  EXPECT_EQ(kept(YearSum::wrongful), 2.0);
}

}  // namespace
}  // namespace terrace::registry

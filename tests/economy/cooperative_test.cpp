// Cooperatives, in a village made by hand.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "economy/village_hand.hpp"

namespace terrace::economy {
namespace {

using test::begin_village;
using test::go_to;
using test::HandCounty;
using test::HandPerson;

constexpr HandPerson kAdult{.age = 40};
constexpr HandPerson kOld{.age = 82, .activity = Activity::retired};
constexpr HandPerson kSearcher{.age = 30, .activity = Activity::searching};

double total(const std::vector<float>& column) {
  return std::accumulate(column.begin(), column.end(), 0.0);
}

std::size_t in_posts(const HandCounty& hand) {
  std::size_t n = 0;
  const PersonTable& t = hand.county.persons;
  for (std::size_t i = 0; i < t.size(); ++i) {
    n += static_cast<Post>(t.post[i]) == Post::cooperative &&
                 static_cast<Activity>(t.activity[i]) == Activity::local_wage
             ? 1
             : 0;
  }
  return n;
}

/// 30 old people with 4 mu each let it; 12 searchers and 20 on the farm may be hired.
void settle(HandCounty& hand) {
  for (int i = 0; i < 30; ++i)
    hand.add({.land_mu = 4, .status = i < 10 ? Status::registered : Status::no, .members = {kOld}});
  for (int i = 0; i < 12; ++i) hand.add({.land_mu = 3, .members = {kSearcher}});
  for (int i = 0; i < 20; ++i) hand.add({.land_mu = 3, .members = {kAdult}});
  hand.economy.coop.coop_area = 100;
  hand.economy.coop.coop_lease_most = 4;
  hand.economy.coop.coop_jobs_per_mu = 0.15;
  hand.economy.coop.coop_rate = 0.0;
  begin_village(hand, month_of(hand.frame.year, 1));
  ASSERT_TRUE(found_cooperative(hand.work, 0, hand.economy));
}

TEST(Cooperative, LeasesWhatHandsCannotWorkLeastHandsFirst) {
  HandCounty hand(2015);
  hand.economy.farm.land_unit = 6;
  hand.economy.farm.labour_unit = 1.5;  // four mu an adult
  hand.economy.coop.coop_area = 15;
  hand.economy.coop.coop_lease_most = 50;
  hand.economy.coop.coop_least_area = 20;
  hand.add({.land_mu = 10, .members = {kAdult, kAdult}});  // 2 idle, 0.2 adults a mu
  hand.add({.land_mu = 20, .members = {kAdult}});          // 16 idle, 0.05 adults a mu
  hand.add({.land_mu = 3, .members = {kAdult}});           // none idle
  hand.add({.land_mu = 6, .members = {kOld}});             // 6 idle, nobody works
  begin_village(hand, month_of(2015, 12));
  ASSERT_TRUE(found_cooperative(hand.work, 0, hand.economy));
  EXPECT_EQ(hand.county.households.leased, (std::vector<std::uint16_t>{0, 900, 0, 600}));
  EXPECT_EQ(hand.county.villages.coop_area[0], 15.0F);
  EXPECT_NEAR(hand.county.villages.coop_capital[0], 15 * hand.economy.coop.capital, 1e-3);

  HandCounty pieces(2015);  // where nobody lets more than two mu, all three do
  pieces.economy = hand.economy;
  pieces.economy.coop.coop_lease_most = 2;
  pieces.economy.coop.coop_least_area = 5;
  pieces.add({.land_mu = 10, .members = {kAdult, kAdult}});
  pieces.add({.land_mu = 20, .members = {kAdult}});
  pieces.add({.land_mu = 6, .members = {kOld}});
  begin_village(pieces, month_of(2015, 12));
  ASSERT_TRUE(found_cooperative(pieces.work, 0, pieces.economy));
  EXPECT_EQ(pieces.county.households.leased, (std::vector<std::uint16_t>{200, 200, 200}));

  HandCounty small(2015);
  small.economy.coop.coop_lease_most = 50;
  small.add({.land_mu = 19, .members = {kOld}});
  begin_village(small, month_of(2015, 12));
  small.economy.coop.coop_least_area = 20;
  EXPECT_FALSE(found_cooperative(small.work, 0, small.economy));
  EXPECT_EQ(small.county.households.leased[0], 0);
}

TEST(Cooperative, HiresInMarchThoseInSearchFirst) {
  HandCounty hand(2015);
  settle(hand);
  hand.work.searching = 12;
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(in_posts(hand), 0U);
  go_to(hand, 3);
  cooperative_month(hand.work, hand.economy);
  // 100 mu offer 15 posts: all 12 in search and three from the farm.
  EXPECT_EQ(in_posts(hand), 15U);
  EXPECT_EQ(hand.work.searching, 0.0);
  EXPECT_EQ(hand.work.coop_workers, 15.0);
  EXPECT_EQ(hand.work.employed, 0.0) << "on top of others: nobody else's place is taken";
  for (std::size_t i = 30; i < 42; ++i)
    EXPECT_EQ(static_cast<Post>(hand.county.persons.post[i]), Post::cooperative);
  for (std::size_t i = 0; i < hand.county.persons.size(); ++i) {
    if (static_cast<Post>(hand.county.persons.post[i]) != Post::cooperative) continue;
    EXPECT_GT(hand.county.persons.state_until[i], month_of(2015, 3));
  }
}

TEST(Cooperative, WhatItPaysIsInItsBooks) {
  HandCounty hand(2015);
  settle(hand);
  hand.frame.growth_years = 0.0;
  hand.frame.registry = true;
  hand.work.village_farm[0] = 1.2F;
  hand.economy.coop.yield_value = 5'000;  // so that there is something to share
  VillageTable& v = hand.county.villages;
  const double capital = v.coop_capital[0];
  double property = 0.0;
  double dividends = 0.0;
  double share = 0.0;
  for (int m = 1; m <= 12; ++m) {
    go_to(hand, m);
    cooperative_month(hand.work, hand.economy);
    property += total(hand.work.flows.property);
    dividends += hand.work.event(Sum::coop_dividends);
    share += static_cast<double>(kFarmMonth[m - 1]);
    income(hand.work, hand.economy);
  }
  const double wages = total(hand.work.this_year[1]);
  const Cooperatives& p = hand.economy.coop;
  const double sales = 5'000.0 * 100 * 1.2F * share;
  const double upkeep = 5'000.0 * 100 * p.upkeep;
  const double rent = hand.economy.farm.rent_land * 100;
  EXPECT_GT(wages, 10'000.0);
  EXPECT_GT(dividends, 10'000.0);
  EXPECT_NEAR(property, rent + dividends, 1.0);
  EXPECT_NEAR(sales - upkeep - rent - wages - dividends - v.fund[0], v.coop_capital[0] - capital,
              2.0);
  // All above the founders' capital went out, a tenth of it to the fund.
  EXPECT_NEAR(v.coop_capital[0], capital, 1.0);
  EXPECT_NEAR(v.fund[0], dividends * p.fund_share / (1 - p.fund_share), 1.0);
}

/// Runs December of a cooperative with 10,000 yuan to share, with so much public money on top of
/// 100,000 yuan of its founders.
struct Shared {
  std::vector<float> property, public_money;
  double fund = 0.0;
};
Shared shared_out(float equity, bool registered = true) {
  HandCounty hand(2015);
  settle(hand);
  if (!registered) hand.county.households.status.assign(hand.county.households.size(), 0);
  hand.county.households.status[0] =
      static_cast<std::uint8_t>(registered ? Status::exited : Status::no);
  hand.economy.farm.rent_land = 0;
  hand.economy.coop.capital = 1'000;
  hand.economy.coop.coop_share_poor = 0.6;
  hand.economy.coop.fund_share = 0.1;
  hand.economy.coop.upkeep = 0;
  hand.work.village_farm[0] = 0.0F;
  hand.county.villages.coop_equity[0] = equity;
  hand.county.villages.coop_capital[0] = 110'000.0F + equity;
  go_to(hand, 12);
  cooperative_month(hand.work, hand.economy);
  EXPECT_NEAR(hand.county.villages.coop_capital[0], 100'000.0F + equity, 0.1);
  EXPECT_NEAR(hand.work.event(Sum::coop_dividends), total(hand.work.flows.property), 0.1);
  return {hand.work.flows.property, hand.work.public_money, hand.county.villages.fund[0]};
}

TEST(Cooperative, DividendsGoToLessorsByArea) {
  // 25 of the 30 old let 4 mu each; that some are registered makes no difference.
  const Shared s = shared_out(0.0F);
  EXPECT_NEAR(total(s.property), 9'000, 0.1);
  EXPECT_NEAR(s.fund, 1'000, 0.1);
  for (std::size_t h = 0; h < 30; ++h)
    EXPECT_TRUE(s.property[h] == 0.0F || std::abs(s.property[h] - 360.0F) < 0.01F);
  EXPECT_EQ(total(s.public_money), 0.0);
}

TEST(Cooperative, WhatPublicMoneyEarnsGoesToTheRegisteredAndTheFund) {
  // 50,000 yuan are a third of what was paid in: a third of 9,000 yuan of dividends. 1,800 of these
  // 3,000 yuan go to ten households, one of which has left the register, and 1,200 to the fund.
  const Shared before = shared_out(0.0F);
  const Shared s = shared_out(50'000.0F);
  for (std::size_t h = 0; h < 30; ++h) {
    const double let = before.property[h] > 0 ? 1.0 : 0.0;
    EXPECT_NEAR(s.property[h], let * 6'000 / 25 + (h < 10 ? 180.0 : 0.0), 0.01);
    EXPECT_NEAR(s.public_money[h], h < 10 ? 180.0 : 0.0, 0.01);
  }
  EXPECT_NEAR(total(s.property), 7'800, 0.1);
  EXPECT_NEAR(s.fund, 2'200, 0.1);
  const Shared nobody = shared_out(50'000.0F, false);
  EXPECT_NEAR(total(nobody.property), 6'000, 0.1);
  EXPECT_NEAR(nobody.fund, 4'000, 0.1);
}

TEST(Cooperative, PublicMoneyMakesLandMoreProductive) {
  std::vector<double> sales;
  for (const float equity : {0.0F, 300'000.0F}) {
    HandCounty hand(2015);
    settle(hand);
    hand.economy.farm.rent_land = 0;
    hand.economy.coop.capital = 1'000;
    hand.economy.coop.capital_gain = 0.1;
    hand.economy.coop.upkeep = 0;
    hand.county.villages.coop_equity[0] = equity;
    hand.county.villages.coop_capital[0] = 0.0F;
    go_to(hand, 2);
    cooperative_month(hand.work, hand.economy);
    sales.push_back(static_cast<double>(hand.county.villages.coop_capital[0]));
  }
  EXPECT_GT(sales[0], 0.0);
  EXPECT_NEAR(sales[1] / sales[0], std::pow(4.0, 0.1), 1e-6);  // 400,000 yuan for 100,000
}

TEST(Cooperative, IsFoundedForSureWherePublicMoneyWaits) {
  HandCounty hand(2015);
  hand.economy.coop.coop_rate = 0.0;
  hand.economy.coop.capital = 1'000;
  hand.economy.coop.coop_lease_most = 4;
  hand.economy.coop.coop_least_area = 20;
  for (int i = 0; i < 10; ++i) hand.add({.land_mu = 4, .members = {kOld}});
  hand.add_village({});
  for (int i = 0; i < 10; ++i) hand.add({.land_mu = 4, .members = {kOld}});
  hand.add_village({});
  hand.add({.land_mu = 4, .members = {kOld}});
  begin_village(hand, month_of(2015, 12));
  VillageTable& t = hand.county.villages;
  t.coop_equity[0] = 70'000.0F;
  t.coop_equity[2] = 70'000.0F;
  close_cooperatives(hand.work, hand.economy);
  EXPECT_EQ(static_cast<Cooperative>(t.coop[0]), Cooperative::running);
  EXPECT_NEAR(t.coop_capital[0], 40 * 1'000 + 70'000, 1e-2);
  EXPECT_EQ(static_cast<Cooperative>(t.coop[1]), Cooperative::none);
  EXPECT_EQ(static_cast<Cooperative>(t.coop[2]), Cooperative::none) << "too little land";
  EXPECT_EQ(t.coop_equity[2], 70'000.0F) << "and the money waits";
}

TEST(Cooperative, PublicMoneyIsLostWithItButNotWhereItOnlyEnds) {
  HandCounty failing(2015);
  settle(failing);
  failing.county.villages.coop_equity[0] = 70'000.0F;
  failing.county.villages.coop_capital[0] = -1.0F;
  close_cooperatives(failing.work, failing.economy);
  EXPECT_EQ(static_cast<Cooperative>(failing.county.villages.coop[0]), Cooperative::failed);
  EXPECT_EQ(failing.county.villages.coop_equity[0], 0.0F);
  EXPECT_EQ(failing.county.villages.fund[0], 0.0F);

  HandCounty ending(2015);
  settle(ending);
  ending.county.villages.coop_equity[0] = 70'000.0F;
  ending.county.villages.coop_capital[0] = 60'000.0F;
  ending.county.villages.coop_area[0] = 0.0F;
  close_cooperatives(ending.work, ending.economy);
  EXPECT_EQ(static_cast<Cooperative>(ending.county.villages.coop[0]), Cooperative::none);
  EXPECT_EQ(ending.county.villages.coop_equity[0], 0.0F);
  EXPECT_EQ(ending.county.villages.fund[0], 60'000.0F) << "what is left of it is the village's";
}

TEST(Cooperative, WithoutCapitalItFails) {
  HandCounty hand(2015);
  settle(hand);
  hand.work.village_farm[0] = 0.0F;  // nothing to sell all year
  for (int m = 1; m <= 12; ++m) {
    go_to(hand, m);
    cooperative_month(hand.work, hand.economy);
    EXPECT_EQ(hand.work.event(Sum::coop_dividends), 0.0);
  }
  EXPECT_EQ(in_posts(hand), 15U);
  const std::vector<std::uint16_t> leased = hand.county.households.leased;
  close_cooperatives(hand.work, hand.economy);
  EXPECT_EQ(static_cast<Cooperative>(hand.county.villages.coop[0]), Cooperative::failed);
  EXPECT_EQ(hand.work.event(Sum::coop_failures), 1.0);
  EXPECT_EQ(in_posts(hand), 0U);
  EXPECT_EQ(hand.work.coop_workers, 0.0);
  for (std::size_t h = 0; h < leased.size(); ++h) {
    EXPECT_EQ(hand.county.households.leased[h], 0);
    EXPECT_EQ(hand.work.failures[h], leased[h] > 0 ? 1 : 0);
  }
  EXPECT_EQ(hand.work.searching, 15.0 - 12.0);  // 12 had been taken off a count of none
}

TEST(Cooperative, ALossInOneYearIsMadeGoodBeforeDividends) {
  HandCounty hand(2015);
  settle(hand);
  hand.economy.farm.rent_land = 0;
  hand.economy.coop.upkeep = 0;
  hand.work.village_farm[0] = 0.0F;
  hand.county.villages.coop_capital[0] -= 500;
  go_to(hand, 12);
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::coop_dividends), 0.0);
  hand.county.villages.coop_capital[0] += 700;
  go_to(hand, 12);
  cooperative_month(hand.work, hand.economy);
  EXPECT_NEAR(hand.work.event(Sum::coop_dividends), 200 * 0.9, 0.1);
}

TEST(Cooperative, AWorkerWhoLeavesIsPaidNoMore) {
  HandCounty hand(2015);
  settle(hand);
  go_to(hand, 1);
  cooperative_month(hand.work, hand.economy);
  go_to(hand, 3);
  cooperative_month(hand.work, hand.economy);
  ASSERT_EQ(hand.work.coop_staff.size(), 15U);
  const std::uint32_t gone = hand.work.coop_staff.front();
  leave_work(hand.work, gone);
  hand.county.persons.activity[gone] = static_cast<std::uint8_t>(Activity::ill);
  go_to(hand, 4);
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(hand.work.coop_staff.size(), 14U);
  EXPECT_EQ(static_cast<Post>(hand.county.persons.post[gone]), Post::none);
  // Next March the post is filled again, on top of those who go on.
  hand.frame.year = 2016;
  go_to(hand, 1);
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(hand.work.coop_staff.size(), 14U);
  go_to(hand, 3);
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(in_posts(hand), 15U);
}

TEST(Cooperative, LeasesEndWithTheirHouseholds) {
  HandCounty hand(2015);
  settle(hand);
  std::size_t lessor = 0;
  while (hand.county.households.leased[lessor] == 0) ++lessor;
  hand.county.households.land[lessor] = 100;  // three of its four mu went to a new household
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(hand.county.households.leased[lessor], 100);
  EXPECT_NEAR(hand.county.villages.coop_area[0], 97.0, 1e-4);
  EXPECT_EQ(hand.county.villages.coop_jobs[0], 15);  // 14.55
}

TEST(Cooperative, WithoutLandItEndsButDoesNotFail) {
  HandCounty hand(2015);
  settle(hand);
  for (std::uint16_t& mu : hand.county.households.land) mu = 0;
  cooperative_month(hand.work, hand.economy);
  EXPECT_EQ(hand.county.villages.coop_area[0], 0.0F);
  go_to(hand, 12);
  cooperative_month(hand.work, hand.economy);
  close_cooperatives(hand.work, hand.economy);
  EXPECT_EQ(static_cast<Cooperative>(hand.county.villages.coop[0]), Cooperative::none);
  EXPECT_EQ(hand.work.event(Sum::coop_failures), 0.0);
  for (const std::uint8_t failures : hand.work.failures) EXPECT_EQ(failures, 0);
}

TEST(Cooperative, IsFoundedMoreOftenWherePeopleAreAwayAndLessAfterAFailure) {
  HandCounty hand(2015);
  constexpr std::size_t kVillages = 6'000;
  hand.add({.land_mu = 50, .members = {kOld}});
  for (std::size_t v = 1; v < kVillages; ++v) {
    hand.add_village({});
    hand.add({.land_mu = 50, .members = {kOld}});
  }
  hand.economy.coop.coop_rate = 0.1;
  hand.economy.coop.coop_lease_most = 50;
  hand.economy.coop.coop_migrants = 3;
  hand.economy.coop.coop_again = 0.5;
  VillageTable& t = hand.county.villages;
  for (std::size_t v = 0; v < kVillages; ++v) {
    if (v % 3 == 1) t.migrant_share[v] = 0.4F;
    if (v % 3 == 2) t.coop[v] = static_cast<std::uint8_t>(Cooperative::failed);
  }
  begin_village(hand, month_of(2015, 12));
  close_cooperatives(hand.work, hand.economy);
  double founded[3] = {};
  for (std::size_t v = 0; v < kVillages; ++v)
    founded[v % 3] += static_cast<Cooperative>(t.coop[v]) == Cooperative::running ? 1 : 0;
  // 2,000 villages each at 0.1, 0.1 x 2.2 and 0.05; 4.5 sd: three false alarms in 150,000.
  EXPECT_NEAR(founded[0] / 2'000, 0.10, 0.030);
  EXPECT_NEAR(founded[1] / 2'000, 0.22, 0.042);
  EXPECT_NEAR(founded[2] / 2'000, 0.05, 0.022);
}

}  // namespace
}  // namespace terrace::economy

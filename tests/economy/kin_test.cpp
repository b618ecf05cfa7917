// Help among kin: by hand, and what must hold whoever helps whom.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"
#include "support/small_world.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;

constexpr std::size_t kTransfer = static_cast<std::size_t>(Component::transfer);

/// A household that lacks 93.6 yuan a month: two persons, 1,800 a head planned, subsistence 0.8 of
/// a line of 2,952.
constexpr double kLacks = (0.8 * 2'952 - 1'800) * 2 / 12;

struct Village {
  HandCounty hand{2013};
  std::size_t needy = 0;

  /// The needy household first, then givers with these surpluses this month.
  explicit Village(std::initializer_list<double> surpluses) {
    hand.economy.social.kin_degree = 4;
    hand.economy.social.kin_share = 0.1;
    hand.economy.social.crowd_out = 0.1;
    hand.add_village({});  // so that rows of the county and of the village differ
    hand.county.villages.first[1] = 1;
    hand.county.villages.first[0] = 0;
    hand.add({});
    hand.county.households.village[0] = 0;
    needy = hand.add({.wealth = 100});
    std::size_t k = 0;
    for (std::size_t i = 0; i < surpluses.size(); ++i) hand.add({});
    hand.begin(month_of(2013, 3));
    plan(0, 9'000, 0);
    plan(needy, 1'800, -300);
    for (const double surplus : surpluses) {
      plan(2 + k, 6'000, surplus);
      if (k < kKin) link(needy, k, 1 + k);
      ++k;
    }
  }
  void plan(std::size_t h, double spend, double surplus) {
    hand.work.planned[h] = static_cast<float>(spend);
    hand.work.received[h] = static_cast<float>(spend * 2 / 12 + surplus);
  }
  void link(std::size_t h, std::size_t k, std::size_t row_in_village) {
    hand.county.households.kin[k][h] = static_cast<std::uint16_t>(row_in_village);
  }
  double booked(std::size_t h) const { return hand.work.this_year[kTransfer][h]; }
  void run() { kin_transfers(hand.work, hand.economy); }
};

TEST(Kin, FirstLinkFirstUpToTheNeed) {
  Village v({500.0, 400.0, 900.0});
  const double before = v.hand.work.income_2012[v.needy];
  const double giver = v.hand.work.income_2012[2];
  v.run();
  EXPECT_NEAR(v.booked(2), -50.0, 1e-3) << "a tenth of its surplus";
  EXPECT_NEAR(v.booked(3), -40.0, 1e-3);
  EXPECT_NEAR(v.booked(4), -(kLacks - 90.0), 1e-3) << "what is still lacking";
  EXPECT_NEAR(v.booked(v.needy), kLacks, 1e-3);
  EXPECT_NEAR(v.hand.work.kin[v.needy], kLacks, 1e-3);
  EXPECT_NEAR(v.hand.work.received[v.needy], 300.0 - 300.0 + kLacks, 1e-3);
  EXPECT_NEAR(v.hand.work.income_2012[v.needy] - before, kLacks / 2, 1e-3) << "two persons";
  EXPECT_NEAR(v.hand.work.income_2012[2] - giver, -25.0, 1e-3);
  EXPECT_NEAR(v.hand.work.event(Sum::kin_received), kLacks, 1e-3);
  EXPECT_EQ(v.booked(0), 0.0) << "another village";
}

TEST(Kin, PublicMoneyDisplacesATenthOfItself) {
  Village v({2'000.0});
  v.hand.frame.price = 1.25;
  v.hand.frame.poverty_line = 2'952 * 1.25;
  v.hand.work.flows.transfer[v.needy] = 100.0F;
  v.hand.county.households.allowance[v.needy] = 50.0F;  // nominal: 40 yuan of 2012
  v.run();
  EXPECT_NEAR(v.booked(v.needy), kLacks - 0.1 * 140.0, 1e-3);
  Village scarce({200.0});
  scarce.hand.work.flows.transfer[scarce.needy] = 100.0F;
  scarce.run();
  EXPECT_NEAR(scarce.booked(scarce.needy), 20.0 - 10.0, 1e-3) << "also where kin have too little";
  Village enough({200.0});
  enough.hand.work.flows.transfer[enough.needy] = 1'000.0F;
  enough.run();
  EXPECT_EQ(enough.booked(enough.needy), 0.0);
}

TEST(Kin, WhoGivesNothing) {
  Village v({500.0, 500.0, 500.0, 500.0});
  v.hand.county.households.wealth[2] = 0.0F;  // no money of its own
  v.plan(3, 2'000, 500);                      // in need itself
  v.plan(4, 6'000, -10);                      // nothing left this month
  v.run();
  EXPECT_EQ(v.booked(2), 0.0);
  EXPECT_EQ(v.booked(3), 0.0);
  EXPECT_EQ(v.booked(4), 0.0);
  EXPECT_NEAR(v.booked(5), -50.0, 1e-3);
}

TEST(Kin, OneRelativeIsAskedOnceAndLinksBeyondTheDegreeNever) {
  Village v({500.0, 500.0, 500.0});
  v.link(v.needy, 1, 1);  // the first giver again
  v.hand.economy.social.kin_degree = 2;
  v.run();
  EXPECT_NEAR(v.booked(v.needy), 50.0, 1e-3);
  EXPECT_EQ(v.booked(4), 0.0);
}

TEST(Kin, AGiverIsNeverAskedForMoreThanItsSurplus) {
  HandCounty hand(2013);
  hand.economy.social.kin_share = 0.3;
  constexpr std::size_t kAsking = 12;
  for (std::size_t h = 0; h <= kAsking; ++h) hand.add({});
  hand.begin(month_of(2013, 3));
  for (std::size_t h = 0; h <= kAsking; ++h) {
    hand.county.households.kin[0][h] = h == kAsking ? kNoKin : static_cast<std::uint16_t>(kAsking);
    hand.work.planned[h] = h == kAsking ? 6'000.0F : 1'000.0F;
    hand.work.received[h] = h == kAsking ? 1'100.0F : 100.0F;
  }
  kin_transfers(hand.work, hand.economy);
  for (std::size_t h = 0; h < kAsking; ++h)
    EXPECT_NEAR(hand.work.kin[h], h < 3 ? 30.0 : h == 3 ? 10.0 : 0.0, 1e-3) << h;
  EXPECT_NEAR(hand.work.kin[kAsking], -100.0, 1e-3);
  EXPECT_NEAR(hand.work.received[kAsking], 1'000.0, 1e-3) << "what it plans to spend is left";
}

TEST(Kin, HelpIsEatenAndPaid) {
  HandCounty hand(2013);
  hand.add({.assets = 0, .wealth = 50'000});
  hand.add({.assets = 0, .wealth = 50'000});
  HouseholdTable& t = hand.county.households;
  t.kin[0][0] = 1;
  for (std::size_t h = 0; h < 2; ++h) {
    t.last_year[kTransfer][h] = h == 0 ? 3'600.0F : 40'000.0F;
    t.reference[h] = h == 0 ? 1'650.0F : 18'333.0F;
  }
  hand.begin(month_of(2013, 1));
  hand.work.received = {200.0F, 5'000.0F};
  hand.work.flows.need[0] = 1.1F;
  hand.economy.farm.kappa_inv = 0.0;
  consumption(hand.work, hand.economy);
  const double help = hand.work.kin[0];
  const double planned = hand.work.planned[0];
  ASSERT_GT(help, 10.0);
  EXPECT_EQ(hand.work.kin[1], -hand.work.kin[0]);
  EXPECT_NEAR(t.consumption[0], 0.8 * 2'952, 0.01) << "subsistence, at the dearer cost of living";
  EXPECT_NEAR(help, (0.8 * 2'952 - planned) * 2 * 1.1 / 12, 0.01);
  EXPECT_NEAR(t.wealth[0], 50'000 + 200 - planned * 2 * 1.1 / 12, 0.02) << "help is not saved";
  EXPECT_NEAR(t.wealth[1], 50'000 + 5'000 - help - static_cast<double>(t.consumption[1]) * 2 / 12,
              0.02);
}

TEST(Kin, SwitchedOffNothingMoves) {
  Village v({500.0});
  v.hand.economy.social.kin_share = 0.0;
  v.run();
  EXPECT_EQ(v.booked(v.needy), 0.0);
  EXPECT_EQ(v.hand.work.event(Sum::kin_received), 0.0);
}

TEST(Kin, OverACountyWhatIsGivenIsWhatIsGot) {
  test::SmallWorld w(test::small_scenario());
  w.advance_to(2013);
  double moved = 0.0;
  w.watch_year(
      [&](CountyWork& work) {
        double sum = 0.0;
        double got = 0.0;
        for (const float yuan : work.kin) {
          sum += static_cast<double>(yuan);
          got += std::max(0.0, static_cast<double>(yuan));
        }
        ASSERT_NEAR(sum, 0.0, 1e-5 * got + 1e-6) << work.month_number();
        ASSERT_NEAR(got, work.event(Sum::kin_received), 1e-5 * got + 1e-6);
        moved += got;
      },
      false);
  EXPECT_GT(moved, 100.0);
}

}  // namespace
}  // namespace terrace::economy

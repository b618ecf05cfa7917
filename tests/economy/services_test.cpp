// Solar plants, public services of villages, and what households connect themselves to.
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "economy/village_hand.hpp"

namespace terrace::economy {
namespace {

using test::begin_village;
using test::go_to;
using test::HandCounty;

TEST(Solar, TheSunShinesOnceAYear) {
  double sum = 0.0;
  for (const double share : kSunMonth) sum += share;
  EXPECT_NEAR(sum, 1.0, 1e-12);
}

TEST(Solar, PaysThePoorestWhoCanWorkAndLeavesTheRestToTheFund) {
  HandCounty hand(2018);
  hand.economy.solar.solar_yield = 1'000;
  hand.economy.solar.solar_wages = 0.5;
  hand.economy.solar.solar_pay = 400;
  hand.economy.solar.solar_dividend = 0.4;
  for (int i = 0; i < 20; ++i) hand.add({.income = 9'000.0 - 100.0 * i});
  const std::size_t old =
      hand.add({.income = 500, .members = {{.age = 82, .activity = Activity::retired}}});
  hand.add_village({});
  const std::size_t other = hand.add({.income = 100});
  hand.county.villages.solar[0] = 50.0F;
  begin_village(hand, month_of(2018, 7));
  solar_month(hand.work, hand.economy);
  // 50 kW x 1,000 x 0.105 = 5,250 yuan; half of it pays six at 400; 2,850 stay.
  EXPECT_NEAR(hand.work.event(Sum::solar_income), 5'250, 1e-6);
  EXPECT_NEAR(hand.county.villages.fund[0], 2'850, 1e-3);
  for (std::size_t h = 0; h < 20; ++h)
    EXPECT_EQ(hand.work.flows.local_wage[h], h >= 14 ? 400.0F : 0.0F) << h;
  EXPECT_EQ(hand.work.flows.local_wage[old], 0.0F);
  EXPECT_EQ(hand.work.flows.local_wage[other], 0.0F);
  EXPECT_EQ(hand.work.flows.property[old], 0.0F) << "never registered";
  EXPECT_EQ(hand.work.public_money[19], 400.0F) << "of the programme's making";
  EXPECT_EQ(hand.county.villages.fund[1], 0.0F);
}

TEST(Solar, DividendsGoToRegisteredHouseholdsWithoutLabourByMembers) {
  HandCounty hand(2018);
  hand.economy.solar.solar_yield = 1'000;
  hand.economy.solar.solar_wages = 0.6;
  hand.economy.solar.solar_pay = 400;
  hand.economy.solar.solar_dividend = 0.5;
  const test::HandPerson aged{.age = 82, .activity = Activity::retired};
  const std::size_t one = hand.add({.status = Status::registered, .members = {aged}});
  const std::size_t three = hand.add({.status = Status::exited, .members = {aged, aged, aged}});
  const std::size_t removed = hand.add({.status = Status::removed, .members = {aged}});
  const std::size_t never = hand.add({.members = {aged}});
  const std::size_t able = hand.add({.status = Status::registered});
  hand.add_village({});
  const std::size_t other = hand.add({.status = Status::registered, .members = {aged}});
  hand.county.villages.solar[0] = 100.0F;
  begin_village(hand, month_of(2018, 7));
  solar_month(hand.work, hand.economy);
  // 100 kW x 1,000 x 0.105 = 10,500 yuan. Small works could take 6,300 but there is one household
  // to hire, 400. Of the 4,200 beside them half is shared by four persons, 525 each.
  EXPECT_NEAR(hand.work.flows.property[one], 525, 1e-3);
  EXPECT_NEAR(hand.work.flows.property[three], 1'575, 1e-3);
  for (const std::size_t h : {removed, never, able, other})
    EXPECT_EQ(hand.work.flows.property[h], 0.0F) << h;
  EXPECT_EQ(hand.work.flows.local_wage[able], 400.0F);
  EXPECT_NEAR(hand.work.public_money[three], 1'575, 1e-3);
  EXPECT_NEAR(hand.county.villages.fund[0], 10'500 - 400 - 2'100, 1e-2);

  hand.economy.solar.solar_dividend = 0.0;
  begin_village(hand, month_of(2018, 8));
  solar_month(hand.work, hand.economy);
  EXPECT_EQ(hand.work.flows.property[one], 0.0F);
}

TEST(Solar, PlantsFail) {
  HandCounty hand(2018);
  constexpr std::size_t kVillages = 5'000;
  for (std::size_t v = 1; v < kVillages; ++v) hand.add_village({});
  for (float& kw : hand.county.villages.solar) kw = 100.0F;
  begin_village(hand, month_of(2018, 12));
  close_solar(hand.work, hand.economy);
  double failed = 0.0;
  for (const float kw : hand.county.villages.solar) failed += kw == 0.0F ? 1.0 : 0.0;
  // 3 %: sd 0.24 points; 4.5 sd.
  EXPECT_NEAR(failed / kVillages, 0.03, 0.011);
}

TEST(Access, ComesByOrdinaryWorksAfterTheBurnIn) {
  HandCounty hand(2015);
  constexpr std::size_t kVillages = 4'000;
  for (std::size_t v = 1; v < kVillages; ++v) hand.add_village({});
  for (std::uint8_t& bits : hand.county.villages.access) bits = 0;
  for (std::uint8_t& q : hand.county.villages.school_quality) q = 155;
  begin_village(hand, month_of(2015, 12));
  hand.frame.burn_in = true;
  close_access(hand.work, hand.economy);
  for (const std::uint8_t bits : hand.county.villages.access) ASSERT_EQ(bits, 0);
  ASSERT_EQ(hand.county.villages.school_quality[0], 155);
  hand.frame.burn_in = false;
  const Access& p = hand.economy.access;
  close_access(hand.work, hand.economy);
  double roads = 0.0;
  double networks = 0.0;
  double both = 0.0;
  for (const std::uint8_t bits : hand.county.villages.access) {
    roads += (bits & access::road) != 0 ? 1.0 : 0.0;
    networks += (bits & access::network) != 0 ? 1.0 : 0.0;
    both += (bits & (access::road | access::network)) == (access::road | access::network);
  }
  // 4.5 sd of a share of 4,000; the two do not depend on each other.
  EXPECT_NEAR(roads / kVillages, p.road_gain, 0.017);
  EXPECT_NEAR(networks / kVillages, p.network_gain, 0.029);
  EXPECT_NEAR(both / kVillages, p.road_gain * p.network_gain, 0.008);
  EXPECT_EQ(hand.county.villages.school_quality[0], 158);  // 3 % of the 100 that it lacked
}

/// Shares of households that got electricity, network and toilet in a year.
struct Connected {
  double power = 0.0, network = 0.0, toilet = 0.0;
};

Connected connected(std::uint8_t bits, double income, bool burn_in = false) {
  HandCounty hand(2015);
  constexpr std::size_t kHouseholds = 4'000;
  for (std::size_t h = 0; h < kHouseholds; ++h) hand.add({.income = income});
  hand.county.villages.access[0] = bits;
  hand.economy.dwelling.repair_lines = 3;
  hand.economy.access.power_join = 0.4;
  hand.economy.access.network_join = 0.1;
  hand.economy.access.toilet_join = 0.2;
  hand.economy.access.join_income = 0.5;
  begin_village(hand, month_of(2015, 12));
  hand.frame.burn_in = burn_in;
  dwelling(hand.work, hand.economy);
  Connected c;
  for (const std::uint8_t s : hand.county.households.services) {
    c.power += (s & service::power) != 0 ? 1.0 / kHouseholds : 0.0;
    c.network += (s & service::network) != 0 ? 1.0 / kHouseholds : 0.0;
    c.toilet += (s & service::toilet) != 0 ? 1.0 / kHouseholds : 0.0;
  }
  return c;
}

TEST(Services, NeedTheVillagesAndCostMoney) {
  const double usual = 3 * 2'952.0;
  const Connected all = connected(access::power | access::network, usual);
  EXPECT_NEAR(all.power, 0.4, 0.035);
  EXPECT_NEAR(all.network, 0.1, 0.022);
  EXPECT_NEAR(all.toilet, 0.2, 0.029);
  const Connected poor = connected(access::power | access::network, usual / 4);
  EXPECT_NEAR(poor.power, 0.2, 0.029);  // the root of a quarter
  EXPECT_NEAR(poor.network, 0.05, 0.016);
  EXPECT_NEAR(poor.toilet, 0.1, 0.022);
  const Connected cut_off = connected(0, usual);
  EXPECT_EQ(cut_off.power, 0.0);
  EXPECT_EQ(cut_off.network, 0.0);
  EXPECT_NEAR(cut_off.toilet, 0.2, 0.029);
  const Connected before = connected(access::power | access::network, usual, true);
  EXPECT_EQ(before.power + before.network + before.toilet, 0.0);
}

}  // namespace
}  // namespace terrace::economy

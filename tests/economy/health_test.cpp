// How often illness comes, what it costs and what it leaves behind.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;

double tolerance(double p, double n) { return 4.5 * std::sqrt(p * (1 - p) / n); }

TEST(Illness, ComesMoreOftenWithAgeAndChronicDisease) {
  const struct {
    int age;
    bool chronic;
    double rate;
  } cases[] = {{10, false, 0.015},
               {30, false, 0.03},
               {50, false, 0.075},
               {70, false, 0.12},
               {70, true, 0.18}};
  for (const auto& c : cases) {
    HandCounty hand(2013);
    constexpr double kPersons = 20'000;
    for (int i = 0; i < kPersons; ++i)
      hand.add({.members = {{.age = c.age, .chronic = c.chronic}}});
    hand.begin(month_of(2013, 1));
    draw_illnesses(hand.work, hand.economy.health);
    double ill = 0.0;
    double forgoes = 0.0;
    double log_cost = 0.0;
    for (const auto& month : hand.work.illnesses) {
      // Each month has its share.
      EXPECT_NEAR(static_cast<double>(month.size()), kPersons * c.rate / 12,
                  5 * std::sqrt(kPersons * c.rate / 12));
      for (const IllnessEvent& e : month) {
        ill += 1.0;
        forgoes += e.forgoes ? 1.0 : 0.0;
        log_cost += std::log(static_cast<double>(e.cost));
      }
    }
    EXPECT_NEAR(ill / kPersons, c.rate, tolerance(c.rate, kPersons)) << c.age;
    EXPECT_NEAR(forgoes / ill, 0.25, tolerance(0.25, ill));
    EXPECT_NEAR(log_cost / ill, std::log(6'000.0), 4.5 * 1.1 / std::sqrt(ill));
  }
}

TEST(Illness, CostsTheOwnShareAndMonthsOfWork) {
  HandCounty hand(2013);
  hand.add({.wealth = 50'000});
  hand.begin(month_of(2013, 3));
  hand.frame.reimbursement = 0.45;
  hand.work.illnesses[2].push_back({0, 20'000.0F, true, false});
  health(hand.work, hand.economy);
  EXPECT_NEAR(hand.county.households.wealth[0], 50'000 - 11'000, 0.01);
  EXPECT_NEAR(hand.county.households.bills[0], 11'000, 0.01);
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[0]), Activity::ill);
  EXPECT_EQ(hand.county.persons.state_until[0], month_of(2013, 9));
  EXPECT_EQ(hand.county.households.labour[0], 16) << "one adult is left";
  EXPECT_EQ(hand.work.event(Sum::illnesses), 1.0);
  EXPECT_EQ(hand.work.due[8], std::vector<std::uint32_t>{0});
}

TEST(Illness, MonthsWithoutWorkAreCountedInTheirYears) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 40}, {.age = 70, .activity = Activity::retired}}});
  hand.begin(month_of(2013, 10));
  open_labour(hand.work, hand.economy);
  hand.work.illnesses[9].push_back({0, 100.0F, false, false});
  hand.work.illnesses[9].push_back({1, 100.0F, false, false});
  health(hand.work, hand.economy);  // six months, to March
  EXPECT_EQ(hand.work.ill_months[0], 3) << "October to December; who does not work loses no work";
  hand.frame.year = 2014;
  hand.begin(month_of(2014, 1));
  open_labour(hand.work, hand.economy);
  EXPECT_EQ(hand.work.ill_months[0], 3) << "January to March";
}

TEST(Illness, CostsTheUninsuredAll) {
  HandCounty hand(2013);
  hand.add({.wealth = 50'000, .insured = false});
  hand.begin(month_of(2013, 3));
  hand.work.illnesses[2].push_back({0, 20'000.0F, false, false});
  health(hand.work, hand.economy);
  EXPECT_FLOAT_EQ(hand.county.households.wealth[0], 30'000.0F);
}

TEST(Illness, StaysUntreatedWhereHalfOfWealthIsTooLittle) {
  HandCounty hand(2013);
  hand.add({.wealth = 15'000});
  hand.begin(month_of(2013, 3));
  hand.work.illnesses[2].push_back({0, 20'000.0F, true, true});
  health(hand.work, hand.economy);  // own payment 10,000
  EXPECT_EQ(hand.county.households.wealth[0], 15'000.0F);
  EXPECT_EQ(hand.county.persons.state_until[0], month_of(2014, 3)) << "twice as long";
  EXPECT_EQ(hand.county.persons.disability[0], 1);
}

TEST(Illness, IsForgoneMoreOftenWithoutAClinic) {
  double forgoes[2] = {0.0, 0.0};
  double ill[2] = {0.0, 0.0};
  for (int clinic = 0; clinic < 2; ++clinic) {
    HandCounty hand(2013);
    hand.set_village(0, {.access = clinic == 1 ? access::clinic : std::uint8_t{0}});
    for (int i = 0; i < 20'000; ++i) hand.add({.members = {{.age = 70}}});
    hand.begin(month_of(2013, 1));
    draw_illnesses(hand.work, hand.economy.health);
    for (const auto& month : hand.work.illnesses) {
      for (const IllnessEvent& e : month) {
        ill[clinic] += 1.0;
        forgoes[clinic] += e.forgoes ? 1.0 : 0.0;
      }
    }
  }
  EXPECT_NEAR(forgoes[1] / ill[1], 0.25, tolerance(0.25, ill[1]));
  EXPECT_NEAR(forgoes[0] / ill[0], 0.375, tolerance(0.375, ill[0]));
}

TEST(Illness, BetterCoverageBringsStaysThatCostNoWork) {
  HandCounty hand(2013);
  constexpr double kHouseholds = 20'000;
  for (int i = 0; i < kHouseholds; ++i) hand.add({.members = {{.age = 30}, {.age = 30}}});
  hand.begin(month_of(2013, 1));
  hand.frame.coverage_gain = 0.25;
  draw_illnesses(hand.work, hand.economy.health);
  double stays = 0.0;
  for (const auto& month : hand.work.illnesses)
    for (const IllnessEvent& e : month) stays += e.stay_only ? 1.0 : 0.0;
  EXPECT_NEAR(stays / kHouseholds, 0.035, tolerance(0.035, kHouseholds));

  for (auto& month : hand.work.illnesses) month.clear();
  hand.work.illnesses[0].push_back({0, 1'000.0F, true, false, true});
  health(hand.work, hand.economy);
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[0]), Activity::farm);
  EXPECT_FLOAT_EQ(hand.county.households.bills[0], 500.0F);
  EXPECT_EQ(hand.work.event(Sum::illnesses), 0.0);
}

TEST(Illness, CoverOfAProgrammeTakesFromTheOwnShareDownToALeastPart) {
  // The scheme pays half; the household at least a tenth, so that 40 points of cover are the most.
  const struct {
    bool insured;
    int cover;
    double own, covered;
  } cases[] = {{true, 0, 10'000, 0},
               {true, 25, 5'000, 5'000},
               {true, 45, 2'000, 8'000},
               {false, 25, 20'000, 0}};
  for (const auto& c : cases) {
    HandCounty hand(2017);
    hand.economy.health.least_own = 0.1;
    hand.add({.wealth = 50'000, .insured = c.insured});
    hand.county.households.cover[0] = static_cast<std::uint8_t>(c.cover);
    hand.begin(month_of(2017, 3));
    hand.work.illnesses[2].push_back({0, 20'000.0F, false, false});
    health(hand.work, hand.economy);
    EXPECT_NEAR(hand.county.households.bills[0], c.own, 0.01) << c.cover;
    EXPECT_NEAR(hand.county.households.wealth[0], 50'000 - c.own, 0.01);
    EXPECT_NEAR(hand.work.covered[0], c.covered, 0.01);
    hand.begin(month_of(2017, 4));
    health(hand.work, hand.economy);
    EXPECT_EQ(hand.work.covered[0], 0.0F) << "of this month's bills only";
  }
}

TEST(Illness, IsTreatedWhereCoverBringsItsBillWithinReach) {
  HandCounty hand(2017);
  hand.economy.health.least_own = 0.1;
  hand.add({.wealth = 15'000});
  hand.add({.wealth = 15'000});
  hand.county.households.cover[1] = 25;
  hand.begin(month_of(2017, 3));
  hand.work.illnesses[2].push_back({0, 20'000.0F, true, false});  // 10,000 of its own
  hand.work.illnesses[2].push_back({2, 20'000.0F, true, false});  // 5,000
  health(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::care_forgone), 1.0);
  EXPECT_EQ(hand.work.covered[0], 0.0F);
  EXPECT_NEAR(hand.work.covered[1], 5'000, 0.01);
  EXPECT_EQ(hand.county.persons.state_until[2], month_of(2017, 9)) << "half as long";
}

TEST(Illness, CoverOfAProgrammeBringsFurtherStaysToItsHouseholdsAlone) {
  HandCounty hand(2017);
  hand.economy.health.moral_hazard = 0.035;
  hand.economy.health.least_own = 0.1;
  constexpr double kEach = 10'000;
  for (int i = 0; i < 2 * kEach; ++i) hand.add({.members = {{.age = 30}, {.age = 30}}});
  for (std::size_t h = 0; h < static_cast<std::size_t>(kEach); ++h)
    hand.county.households.cover[h] = 25;
  hand.begin(month_of(2017, 1));
  draw_illnesses(hand.work, hand.economy.health);
  double stays[2] = {0.0, 0.0};
  for (const auto& month : hand.work.illnesses) {
    for (const IllnessEvent& e : month)
      stays[e.person < 2 * kEach ? 0 : 1] += e.stay_only ? 1.0 : 0.0;
  }
  EXPECT_NEAR(stays[0] / kEach, 0.035, tolerance(0.035, kEach));
  EXPECT_EQ(stays[1], 0.0);
}

TEST(Illness, LowersHealthMoreWhenUntreatedAndMayStay) {
  HandCounty hand(2013);
  constexpr int kEach = 4'000;
  for (int i = 0; i < 2 * kEach; ++i)
    hand.add({.wealth = i < kEach ? 1e6 : 0.0, .members = {{.age = 40}}});
  hand.begin(month_of(2013, 3));
  for (std::uint32_t i = 0; i < 2 * kEach; ++i)
    hand.work.illnesses[2].push_back({i, 10'000.0F, true, false, false});
  health(hand.work, hand.economy);
  double chronic = 0.0;
  for (std::size_t i = 0; i < 2 * kEach; ++i) {
    chronic += (hand.county.persons.flags[i] & flag::chronic) != 0 ? 1.0 : 0.0;
    EXPECT_NEAR(hand.county.persons.health[i], 255 * (i < kEach ? 0.78 : 0.70), 1.01);
  }
  EXPECT_NEAR(chronic / (2 * kEach), 0.1, tolerance(0.1, 2 * kEach));
  EXPECT_EQ(hand.work.event(Sum::care_forgone), kEach);
}

TEST(Illness, AgeTakesHealthAtItsYearlyRate) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 25, .health = 0.9}}});
  hand.add({.members = {{.age = 31, .health = 0.9}}});
  for (int year = 0; year < 20; ++year) {
    hand.begin(month_of(2013 + year, 12));
    grow_frail(hand.work, hand.economy);
  }
  const auto& health = hand.county.persons.health;
  EXPECT_NEAR(health[1] / 255.0, 0.9 - 20 * 0.006, 0.008);
  EXPECT_NEAR(health[0] / 255.0, 0.9 - 14 * 0.006, 0.008) << "nothing is lost up to 30";
}

}  // namespace
}  // namespace terrace::economy

// Where teams live from when, what they are worth, and what that does to a search for work.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"
#include "support/small_world.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandPerson;

/// So many villages, the first `poor` of them designated; one household each.
void settle(HandCounty& hand, std::size_t villages, std::size_t poor) {
  for (std::size_t v = 0; v < villages; ++v) {
    if (v > 0) hand.add_village({});
    hand.add({.status = Status::registered});
  }
  for (std::size_t v = 0; v < poor; ++v)
    hand.county.villages.standing[v] = static_cast<std::uint8_t>(VillageStanding::poor);
  hand.plan.cadres = 1e9;
}

void at(HandCounty& hand, int year, int month) {
  hand.frame.year = year;
  hand.begin(month_of(year, month));
  place_teams(hand.work, hand.registry);
}

std::size_t with_team(const HandCounty& hand) {
  std::size_t n = 0;
  for (const std::uint16_t since : hand.county.villages.team_since) n += since != kNoMonth ? 1 : 0;
  return n;
}

TEST(Teams, AreNowhereWithoutARegister) {
  HandCounty hand(2015);
  settle(hand, 3, 3);
  hand.frame.registry = false;
  at(hand, 2015, 12);
  EXPECT_EQ(with_team(hand), 0U);
  EXPECT_EQ(hand.work.team, std::vector<float>(3, 0.0F));
  hand.frame.registry = true;
  at(hand, 2013, 12);  // before the first registration
  EXPECT_EQ(hand.work.team, std::vector<float>(3, 0.0F));
  at(hand, 2015, 12);
  EXPECT_EQ(with_team(hand), 3U);
  for (const float t : hand.work.team) EXPECT_GT(t, 0.0F);
}

TEST(Teams, ReachPoorVillagesOverThirtyFourMonthsButNotBeforeTheyAreDesignated) {
  HandCounty hand(2014);
  constexpr std::size_t kPoor = 2'000;
  settle(hand, kPoor + 20, kPoor);
  at(hand, 2014, 6);  // eighteen of the months are over
  const double first = static_cast<double>(with_team(hand));
  EXPECT_NEAR(first / kPoor, 18.0 / 34, 4.5 * std::sqrt(0.25 / kPoor));
  at(hand, 2014, 7);
  EXPECT_NEAR(static_cast<double>(with_team(hand)) - first, kPoor / 34.0,
              4.5 * std::sqrt(kPoor / 34.0));
  for (int m = 8; m <= 12; ++m) at(hand, 2014, m);
  for (int m = 1; m <= 9; ++m) at(hand, 2015, m);
  EXPECT_LT(with_team(hand), kPoor);
  at(hand, 2015, 10);
  EXPECT_EQ(with_team(hand), kPoor) << "all poor villages, and no other";
  at(hand, 2015, 11);
  EXPECT_EQ(with_team(hand), kPoor) << "the county has no further teams";
  int before = 0;
  for (std::size_t v = 0; v < kPoor; ++v) {
    EXPECT_GE(hand.county.villages.team_since[v], month_of(2014, 6));
    EXPECT_LE(hand.county.villages.team_since[v], month_of(2015, 10));
    before += hand.county.villages.team_since[v] == month_of(2014, 6) ? 1 : 0;
  }
  EXPECT_EQ(before, static_cast<int>(first));
}

TEST(Teams, FurtherOnesGoWhereMostAreRegisteredAndStay) {
  HandCounty hand(2015);
  hand.plan.cadres = 1e9;
  // Registered households by village: 0, 1, 2, 3, 4, and a poor village without any.
  for (int v = 0; v < 6; ++v) {
    if (v > 0) hand.add_village({});
    hand.add({});
    for (int k = 0; k < v % 5; ++k) hand.add({.status = Status::registered});
  }
  hand.county.villages.standing[5] = static_cast<std::uint8_t>(VillageStanding::delisted);
  hand.plan.teams = 3;
  at(hand, 2015, 11);
  const auto& since = hand.county.villages.team_since;
  EXPECT_EQ(with_team(hand), 3U);
  EXPECT_EQ(since[5], month_of(2015, 11)) << "designated once, first in any case";
  EXPECT_EQ(since[4], month_of(2015, 11));
  EXPECT_EQ(since[3], month_of(2015, 11));
  // The ranking turns; who has a team keeps it, and an additional one follows the new ranking.
  for (auto& status : hand.county.households.status) status = 0;
  hand.county.households.status[1] = static_cast<std::uint8_t>(Status::registered);  // village 1
  hand.plan.teams = 9;
  at(hand, 2016, 1);
  EXPECT_EQ(since[4], month_of(2015, 11));
  EXPECT_EQ(since[1], month_of(2016, 1));
  EXPECT_EQ(with_team(hand), 4U) << "none where nobody is registered";
}

TEST(Teams, AreOfOneQualityATermAndNeedThreeMonthsToSettleIn) {
  HandCounty hand(2014);
  settle(hand, 1, 0);
  hand.county.villages.team_since[0] = pack_month(month_of(2014, 1));
  hand.registry.teams.team_rotation = 24;
  hand.registry.teams.team_effect = 0.3;
  std::vector<float> t;
  for (int m = 0; m < 30; ++m) {
    at(hand, 2014 + m / 12, m % 12 + 1);
    t.push_back(hand.work.team[0]);
  }
  for (std::size_t m = 3; m < 24; ++m) EXPECT_EQ(t[m], t[3]) << m;
  for (std::size_t m = 0; m < 3; ++m) EXPECT_FLOAT_EQ(t[m], 0.5F * t[3]);
  for (std::size_t m = 24; m < 27; ++m) EXPECT_FLOAT_EQ(t[m], 0.5F * t[27]);
  EXPECT_EQ(t[29], t[27]);
  EXPECT_NE(t[27], t[3]) << "others came";
  hand.registry.teams.team_quality_sd = 0.0;
  at(hand, 2015, 1);
  EXPECT_FLOAT_EQ(hand.work.team[0], 0.3F);
}

TEST(Teams, HaveQualitiesOfMeanOne) {
  HandCounty hand(2015);
  constexpr std::size_t kVillages = 2'000;
  settle(hand, kVillages, kVillages);
  for (auto& since : hand.county.villages.team_since) since = pack_month(month_of(2014, 6));
  hand.registry.teams.team_effect = 0.3;
  hand.registry.teams.team_quality_sd = 0.3;
  at(hand, 2015, 6);
  double sum = 0.0;
  double squares = 0.0;
  for (const float t : hand.work.team) {
    const double q = static_cast<double>(t) / 0.3;
    EXPECT_GE(q, 0.0);
    EXPECT_LE(q, 2.0 + 1e-6);
    sum += q;
    squares += q * q;
  }
  const double mean = sum / kVillages;
  EXPECT_NEAR(mean, 1.0, 4.5 * 0.3 / std::sqrt(kVillages));
  EXPECT_NEAR(std::sqrt(squares / kVillages - mean * mean), 0.3,
              4.5 * 0.3 / std::sqrt(2.0 * kVillages));
}

TEST(Teams, AreWorthLessWhereACadreHasTooMany) {
  HandCounty hand(2017);
  hand.add_village({});
  for (int i = 0; i < 100; ++i) hand.add({.status = Status::registered});
  hand.registry.teams.team_effect = 0.4;
  hand.registry.teams.team_quality_sd = 0.0;
  hand.registry.teams.quality_without = 0.3;
  hand.registry.teams.cadre_load = 5;
  hand.county.villages.team_since[0] = pack_month(month_of(2015, 1));
  const auto team = [&](double cadres) {
    hand.plan.cadres = cadres;
    at(hand, 2017, 6);
    return hand.work.team;
  };
  EXPECT_FLOAT_EQ(team(20)[0], 0.4F) << "five each";
  EXPECT_FLOAT_EQ(team(20)[1], 0.12F) << "contact cadres alone";
  EXPECT_FLOAT_EQ(team(10)[0], 0.2F) << "ten each";
  EXPECT_FLOAT_EQ(team(10)[1], 0.06F);
  EXPECT_FLOAT_EQ(team(1'000)[0], 0.4F);
  EXPECT_FLOAT_EQ(team(0)[0], 0.0F) << "no cadres";
  for (auto& status : hand.county.households.status)
    status = static_cast<std::uint8_t>(Status::exited);
  EXPECT_FLOAT_EQ(team(1)[0], 0.4F) << "nobody is left on the register";
  hand.registry.teams.team_effect = 0.0;
  EXPECT_EQ(team(20), std::vector<float>(2, 0.0F)) << "switched off";
}

TEST(Teams, SpeedUpTheSearchOfTheRegisteredAndOfThoseWhoLeft) {
  const auto monthly_chance = [](Status status, double team) {
    constexpr int kSearchers = 20'000;
    HandCounty hand(2017);
    for (int i = 0; i < kSearchers; ++i)
      hand.add({.status = status, .members = {{.age = 30, .activity = Activity::searching}}});
    hand.begin(month_of(2017, 1));
    hand.work.team[0] = static_cast<float>(team);
    economy::open_labour(hand.work, hand.economy);
    return static_cast<double>(hand.work.due[1].size()) / kSearchers;
  };
  const auto near = [](double rate) { return 4.5 * std::sqrt(rate * (1 - rate) / 20'000); };
  EXPECT_NEAR(monthly_chance(Status::registered, 0.0), 0.12, near(0.12));
  EXPECT_NEAR(monthly_chance(Status::registered, 0.5), 0.18, near(0.18));
  EXPECT_NEAR(monthly_chance(Status::exited, 0.5), 0.18, near(0.18));
  EXPECT_NEAR(monthly_chance(Status::relapsed, 0.5), 0.18, near(0.18));
  EXPECT_NEAR(monthly_chance(Status::no, 0.5), 0.12, near(0.12));
  EXPECT_NEAR(monthly_chance(Status::removed, 0.5), 0.12, near(0.12));
}

/// Of those who look for work in January and are on the register, the share that is to hear of a
/// post in February.
double heard_by_february(double team_effect) {
  test::SmallWorld world(test::small_scenario());
  world.advance_to(2014);
  world.open();
  engine::Model& model = world.model;
  model.registry.teams.team_effect = team_effect;
  model.registry.teams.quality_without = 1.0;
  County& c = world.counties[0];
  for (auto& status : c.households.status) status = static_cast<std::uint8_t>(Status::registered);
  world.plans[0].cadres = 1e6;
  std::set<std::uint32_t> searching;
  for (std::size_t i = 0; i < c.persons.size(); ++i) {
    if (static_cast<Activity>(c.persons.activity[i]) != Activity::searching) continue;
    c.persons.state_until[i] = kNoMonth;
    searching.insert(static_cast<std::uint32_t>(i));
  }
  CountyReport report;
  engine::run_county_year(c, world.frame, world.plans[0], model, world.work, report);
  std::set<std::uint32_t> heard;
  for (const std::uint32_t i : world.work.due[1]) {
    if (searching.count(i) == 1) heard.insert(i);
  }
  EXPECT_GT(searching.size(), 50U);
  return static_cast<double>(heard.size()) / static_cast<double>(searching.size());
}

TEST(Teams, SpeedUpSearchesThatBeginWithTheYear) {
  EXPECT_GT(heard_by_february(4.0), 2.0 * heard_by_february(0.0));
}

}  // namespace
}  // namespace terrace::registry

// Where teams live from when, what they are worth, and what that does to a search for work.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"
#include "support/small_world.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

/// A county with teams, and nothing but T looked at.
struct Teams : PolicyBench {
  explicit Teams(int year) : PolicyBench(year, {"resident_teams"}) { hand.plan.cadres = 1e9; }

  void set_to(const std::string& parameter, double value) {
    set("resident_teams", parameter, value);
    runner.reset();
  }
  ModuleSettings& terms() {
    runner.reset();
    return settings("resident_teams");
  }

  /// So many villages, the first `poor` of them designated; one household each.
  void settle(std::size_t villages, std::size_t poor) {
    for (std::size_t v = 0; v < villages; ++v) {
      if (v > 0) hand.add_village({});
      hand.add({.status = Status::registered});
    }
    for (std::size_t v = 0; v < poor; ++v)
      hand.county.villages.standing[v] = static_cast<std::uint8_t>(VillageStanding::poor);
  }

  /// T of the villages in this month.
  const std::vector<float>& at(int year, int month) {
    if (!runner) runner = std::make_unique<Runner>(catalogue, spec, rules);
    hand.frame.year = year;
    hand.begin(month_of(year, month));
    runner->look_after(hand.work);
    return hand.work.team;
  }
  std::size_t with_team() const {
    std::size_t n = 0;
    for (const std::uint16_t since : hand.county.villages.team_since) n += since != kNoMonth;
    return n;
  }
};

TEST(ResidentTeams, AreNowhereWithoutARegister) {
  Teams b(2015);
  b.settle(3, 3);
  const std::vector<float> none(3, 0.0F);
  b.hand.frame.registry = false;
  EXPECT_EQ(b.at(2015, 12), none);
  EXPECT_EQ(b.with_team(), 0U);
  b.hand.frame.registry = true;
  EXPECT_EQ(b.at(2013, 12), none) << "before the first registration";
  for (const float t : b.at(2015, 12)) EXPECT_GT(t, 0.0F);
  EXPECT_EQ(b.with_team(), 3U);
}

TEST(ResidentTeams, GoHomeWithTheModule) {
  Teams b(2015);
  b.settle(2, 1);
  b.terms().until = month_of(2020, 12);
  EXPECT_GT(b.at(2020, 12)[0], 0.0F);
  EXPECT_EQ(b.with_team(), 1U);
  EXPECT_EQ(b.at(2021, 1), std::vector<float>(2, 0.0F)) << "nor do cadres come by";
  EXPECT_EQ(b.with_team(), 0U);
}

TEST(ResidentTeams, ReachPoorVillagesOverThirtyFourMonthsButNotBeforeTheyAreDesignated) {
  Teams b(2014);
  constexpr std::size_t kPoor = 2'000;
  b.settle(kPoor + 20, kPoor);
  b.at(2014, 6);  // eighteen of the months are over
  const double first = static_cast<double>(b.with_team());
  EXPECT_NEAR(first / kPoor, 18.0 / 34, 4.5 * std::sqrt(0.25 / kPoor));
  b.at(2014, 7);
  EXPECT_NEAR(static_cast<double>(b.with_team()) - first, kPoor / 34.0,
              4.5 * std::sqrt(kPoor / 34.0));
  for (int m = 8; m <= 12; ++m) b.at(2014, m);
  for (int m = 1; m <= 9; ++m) b.at(2015, m);
  EXPECT_LT(b.with_team(), kPoor);
  b.at(2015, 10);
  EXPECT_EQ(b.with_team(), kPoor) << "all poor villages, and no other";
  b.at(2015, 11);
  EXPECT_EQ(b.with_team(), kPoor) << "the county has no further teams";
  int before = 0;
  for (std::size_t v = 0; v < kPoor; ++v) {
    EXPECT_GE(b.hand.county.villages.team_since[v], month_of(2014, 6));
    EXPECT_LE(b.hand.county.villages.team_since[v], month_of(2015, 10));
    before += b.hand.county.villages.team_since[v] == month_of(2014, 6) ? 1 : 0;
  }
  EXPECT_EQ(before, static_cast<int>(first));
}

TEST(ResidentTeams, WithHalfTheCapacityLeaveHalfOfThePoorVillagesOut) {
  constexpr std::size_t kPoor = 2'000;
  std::vector<std::uint16_t> without;
  for (const double capacity : {0.5, 0.75}) {
    Teams b(2015);
    b.settle(kPoor, kPoor);
    b.terms().capacity = capacity;
    b.at(2015, 10);
    EXPECT_NEAR(static_cast<double>(b.with_team()) / kPoor, capacity,
                4.5 * std::sqrt(0.25 / kPoor));
    const auto& since = b.hand.county.villages.team_since;
    for (std::size_t v = 0; !without.empty() && v < kPoor; ++v) {
      if (without[v] != kNoMonth) {
        EXPECT_EQ(since[v], without[v]) << "more teams leave nobody out";
      }
    }
    without = since;
  }
}

TEST(ResidentTeams, FurtherOnesGoWhereMostAreRegisteredAndStay) {
  Teams b(2015);
  HandCounty& hand = b.hand;
  // Registered households by village: 0, 1, 2, 3, 4, and a poor village without any.
  for (int v = 0; v < 6; ++v) {
    if (v > 0) hand.add_village({});
    hand.add({});
    for (int k = 0; k < v % 5; ++k) hand.add({.status = Status::registered});
  }
  hand.county.villages.standing[5] = static_cast<std::uint8_t>(VillageStanding::delisted);
  hand.plan.teams = 3;
  b.at(2015, 11);
  const auto& since = hand.county.villages.team_since;
  EXPECT_EQ(b.with_team(), 3U);
  EXPECT_EQ(since[5], month_of(2015, 11)) << "designated once, first in any case";
  EXPECT_EQ(since[4], month_of(2015, 11));
  EXPECT_EQ(since[3], month_of(2015, 11));
  // The ranking turns; who has a team keeps it, and an additional one follows the new ranking.
  for (auto& status : hand.county.households.status) status = 0;
  hand.county.households.status[1] = static_cast<std::uint8_t>(Status::registered);  // village 1
  hand.plan.teams = 9;
  b.at(2016, 1);
  EXPECT_EQ(since[4], month_of(2015, 11));
  EXPECT_EQ(since[1], month_of(2016, 1));
  EXPECT_EQ(b.with_team(), 4U) << "none where nobody is registered";
}

TEST(ResidentTeams, FurtherOnesAreNotForPoorVillagesThatGoWithout) {
  constexpr std::size_t kPoor = 40;
  Teams b(2015);
  b.settle(2 * kPoor, kPoor);
  b.terms().capacity = 0.5;
  b.hand.plan.teams = 1'000;
  const auto poor_with = [&] {
    std::size_t n = 0;
    for (std::size_t v = 0; v < kPoor; ++v)
      n += b.hand.county.villages.team_since[v] != kNoMonth ? 1 : 0;
    return n;
  };
  b.at(2015, 10);
  const std::size_t sent = poor_with();
  EXPECT_LT(sent, kPoor);
  b.at(2015, 12);
  EXPECT_EQ(poor_with(), sent);
  EXPECT_EQ(b.with_team(), sent + kPoor) << "all other villages";
}

TEST(ResidentTeams, AreOfOneQualityATermAndNeedThreeMonthsToSettleIn) {
  Teams b(2014);
  b.settle(1, 0);
  b.hand.county.villages.team_since[0] = pack_month(month_of(2014, 1));
  b.set_to("team_rotation", 24);
  b.set_to("team_effect", 0.3);
  std::vector<float> t;
  for (int m = 0; m < 30; ++m) t.push_back(b.at(2014 + m / 12, m % 12 + 1)[0]);
  for (std::size_t m = 3; m < 24; ++m) EXPECT_EQ(t[m], t[3]) << m;
  for (std::size_t m = 0; m < 3; ++m) EXPECT_FLOAT_EQ(t[m], 0.5F * t[3]);
  for (std::size_t m = 24; m < 27; ++m) EXPECT_FLOAT_EQ(t[m], 0.5F * t[27]);
  EXPECT_EQ(t[29], t[27]);
  EXPECT_NE(t[27], t[3]) << "others came";
  b.set_to("team_quality_sd", 0.0);
  EXPECT_FLOAT_EQ(b.at(2015, 1)[0], 0.3F);
}

TEST(ResidentTeams, HaveQualitiesOfMeanOne) {
  Teams b(2015);
  constexpr std::size_t kVillages = 2'000;
  b.settle(kVillages, kVillages);
  for (auto& since : b.hand.county.villages.team_since) since = pack_month(month_of(2014, 6));
  b.set_to("team_effect", 0.3);
  b.set_to("team_quality_sd", 0.3);
  double sum = 0.0;
  double squares = 0.0;
  for (const float t : b.at(2015, 6)) {
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

TEST(ResidentTeams, AreWorthLessWhereACadreHasTooMany) {
  Teams b(2017);
  b.hand.add_village({});
  for (int i = 0; i < 100; ++i) b.hand.add({.status = Status::registered});
  b.set_to("team_effect", 0.4);
  b.set_to("team_quality_sd", 0.0);
  b.set_to("quality_without", 0.3);
  b.set_to("cadre_load", 5);
  b.hand.county.villages.team_since[0] = pack_month(month_of(2015, 1));
  const auto team = [&](double cadres) {
    b.hand.plan.cadres = cadres;
    return b.at(2017, 6);
  };
  EXPECT_FLOAT_EQ(team(20)[0], 0.4F) << "five each";
  EXPECT_FLOAT_EQ(team(20)[1], 0.12F) << "contact cadres alone";
  EXPECT_FLOAT_EQ(team(10)[0], 0.2F) << "ten each";
  EXPECT_FLOAT_EQ(team(10)[1], 0.06F);
  EXPECT_FLOAT_EQ(team(1'000)[0], 0.4F);
  EXPECT_FLOAT_EQ(team(0)[0], 0.0F) << "no cadres";
  b.terms().effect = 0.5;
  EXPECT_FLOAT_EQ(team(20)[0], 0.2F) << "half the effect";
  for (auto& status : b.hand.county.households.status)
    status = static_cast<std::uint8_t>(Status::exited);
  EXPECT_FLOAT_EQ(team(1)[0], 0.2F) << "nobody is left on the register";
  b.terms().effect = 0.0;
  EXPECT_EQ(team(20), std::vector<float>(2, 0.0F)) << "switched off";
}

TEST(ResidentTeams, AreInKindUnlessTheirMembersAreChargedFor) {
  Teams b(2017);
  b.settle(3, 2);
  b.hand.frame.price = 1.1;
  b.at(2017, 1);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(resident_teams), 0);
  EXPECT_EQ(b.event(resident_teams, ModuleSum::taken), 0.0) << "no household enrols";
  b.set_to("team_size", 3);
  b.set_to("member_cost", 36'000);
  b.terms().cost = 0.5;
  b.month(month_of(2017, 2));
  // Two teams of three at 36,000 x 1.1 / 12 = 3,300 yuan a month, half of it: 9,900 yuan.
  EXPECT_EQ(b.delivered(resident_teams), 990'000);
  EXPECT_EQ(b.hand.work.flows.transfer, std::vector<float>(3, 0.0F));
}

TEST(ResidentTeams, SpeedUpTheSearchOfTheRegisteredAndOfThoseWhoLeft) {
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
  ScenarioSpec scenario = small_scenario();
  scenario.parameters.at("policies.resident_teams.team_effect") = team_effect;
  scenario.parameters.at("policies.resident_teams.quality_without") = 1.0;
  SmallWorld world(scenario);
  world.advance_to(2014);
  world.open();
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
  engine::run_county_year(c, world.frame, world.plans[0], world.model, world.work, report);
  std::set<std::uint32_t> heard;
  for (const std::uint32_t i : world.work.due[1]) {
    if (searching.count(i) == 1) heard.insert(i);
  }
  EXPECT_GT(searching.size(), 50U);
  return static_cast<double>(heard.size()) / static_cast<double>(searching.size());
}

TEST(ResidentTeams, SpeedUpSearchesThatBeginWithTheYear) {
  EXPECT_GT(heard_by_february(4.0), 2.0 * heard_by_february(0.0));
}

}  // namespace
}  // namespace terrace::policies

#include <tuple>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::HandVillage;
using test::infrastructure;

constexpr std::uint8_t kAll = 31;
constexpr Fen kYuan = 100;

/// Villages of ten households, two registered unless said, all with water unless said.
class VillageBench : public test::PolicyBench {
 public:
  VillageBench() : PolicyBench(2017, {"infrastructure"}) {
    for (const auto& [name, value] :
         std::initializer_list<std::pair<const char*, double>>{{"road_cost", 2.5e6},
                                                               {"power_cost", 4e5},
                                                               {"network_cost", 2e5},
                                                               {"clinic_cost", 1.5e5},
                                                               {"teaching_cost", 3e5},
                                                               {"water_cost", 2'000},
                                                               {"water_goal", 0.95},
                                                               {"water_reach", 0.9},
                                                               {"fund_grant", 1e5},
                                                               {"fund_cap", 2.5e5},
                                                               {"works_per_year", 2},
                                                               {"build_months", 6},
                                                               {"capture", 0.1}}) {
      set("infrastructure", name, value);
    }
  }
  std::size_t add_village(std::uint8_t has, bool poor, int registered = 2, int without_water = 0) {
    VillageTable& t = hand.county.villages;
    if (count_++ == 0) {
      hand.set_village(0, {.access = has});
    } else {
      hand.add_village({.access = has});
    }
    const std::size_t v = t.size() - 1;
    t.standing[v] =
        static_cast<std::uint8_t>(poor ? VillageStanding::poor : VillageStanding::ordinary);
    for (int i = 0; i < 10; ++i) {
      hand.add({.water = i >= without_water,
                .status = i < registered ? Status::registered : Status::no});
    }
    return v;
  }
  /// Into the pool, all of it set aside for villages.
  void set_aside(Fen yuan) {
    fund(Pot::pool, yuan * kYuan);
    hand.county.ledger.works += yuan * kYuan;
  }
  Fen left() const { return hand.county.ledger.works; }
  std::uint8_t has(std::size_t v) const { return hand.county.villages.access[v]; }
  int with_water(std::size_t first, std::size_t end) const {
    int n = 0;
    for (std::size_t h = first; h < end; ++h)
      n += (hand.county.households.services[h] & service::water) != 0 ? 1 : 0;
    return n;
  }

 private:
  int count_ = 0;
};

TEST(Infrastructure, WhatIsLackingIsBuiltInTurnAndInTime) {
  VillageBench b;
  b.hand.frame.price = 1.1;
  const std::size_t v = b.add_village(kAll & ~(access::road | access::network), true, 2, 4);
  b.set_aside(5'000'000);
  b.month(month_of(2017, 1));
  // A road and water for 0.9 of four households, rounded up; the network must wait a year.
  const Fen first = (2'750'000 + 4 * 2'200) * kYuan;
  EXPECT_EQ(b.delivered(infrastructure), first);
  EXPECT_EQ(b.hand.county.ledger.captured, first / 10);
  EXPECT_EQ(b.left(), 5'000'000 * kYuan - first);
  b.months(month_of(2017, 2), month_of(2017, 6));
  EXPECT_EQ(b.has(v) & access::road, 0);
  EXPECT_EQ(b.with_water(0, 10), 6);
  b.month(month_of(2017, 7));
  EXPECT_NE(b.has(v) & access::road, 0);
  EXPECT_EQ(b.with_water(0, 10), 10);
  EXPECT_FLOAT_EQ(b.hand.county.villages.water_share[v], 1.0F);
  b.months(month_of(2017, 8), month_of(2017, 12));
  EXPECT_EQ(b.delivered(infrastructure), first) << "two kinds a year, October included";
  EXPECT_TRUE(b.enrolled(infrastructure).empty());
  EXPECT_EQ(b.left(), 0) << "given back in October, to be set aside anew";
  b.set_aside(220'000);
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.delivered(infrastructure), first + 220'000 * kYuan);
}

TEST(Infrastructure, PoorVillagesFirstThenByRegisteredHouseholds) {
  VillageBench b;
  const std::uint8_t no_road = kAll & ~access::road;
  const std::size_t many = b.add_village(no_road, false, 8);
  const std::size_t poor = b.add_village(no_road, true, 1);
  const std::size_t few = b.add_village(no_road, false, 3);
  const std::size_t none = b.add_village(no_road, false, 0);
  b.set_aside(5'000'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.has(poor), kAll);
  EXPECT_EQ(b.has(many), kAll);
  EXPECT_EQ(b.has(few), no_road) << "no money";
  b.set_aside(5'000'000);
  b.months(month_of(2018, 1), month_of(2018, 12));
  EXPECT_EQ(b.has(few), kAll);
  EXPECT_EQ(b.has(none), no_road) << "nobody registered, not a poor village";
}

TEST(Infrastructure, ADearWorkIsNotSkippedForCheapOnes) {
  VillageBench b;
  const std::size_t first = b.add_village(kAll & ~access::road, true, 5);
  const std::size_t second = b.add_village(kAll & ~access::clinic, true, 2);
  b.set_aside(2'000'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.delivered(infrastructure), 0);
  EXPECT_EQ(b.left(), 2'000'000 * kYuan) << "saved up";
  b.set_aside(700'000);
  b.months(month_of(2018, 1), month_of(2018, 12));
  EXPECT_EQ(b.has(first), kAll);
  EXPECT_EQ(b.has(second), kAll);
  EXPECT_EQ(b.hand.county.ledger.free_pool(), 50'000 * kYuan);
}

TEST(Infrastructure, OfWorksWithLessEffectSoManyServe) {
  const auto served = [](double effect) {
    VillageBench b;
    b.settings("infrastructure").effect = effect;
    for (int v = 0; v < 400; ++v) b.add_village(kAll & ~access::clinic, true);
    b.set_aside(400 * 150'000);
    b.months(month_of(2017, 1), month_of(2017, 12));
    EXPECT_EQ(b.delivered(infrastructure), 400 * 150'000 * kYuan) << "all are paid";
    int n = 0;
    for (std::size_t v = 0; v < 400; ++v) n += b.has(v) == kAll ? 1 : 0;
    return n;
  };
  EXPECT_EQ(served(1.0), 400);
  EXPECT_EQ(served(0.0), 0);
  EXPECT_NEAR(served(0.25), 100, 4.5 * 8.7);  // sqrt(400 x 0.25 x 0.75) = 8.7
}

TEST(Infrastructure, OctoberTakesWhatHouseholdsLeaveUpToTheNeed) {
  VillageBench b;
  const std::size_t v = b.add_village(kAll & ~(access::road | access::clinic), true);
  b.fund(Pot::pool, 10'000'000 * kYuan);  // nothing set aside in January
  b.months(month_of(2017, 1), month_of(2017, 9));
  EXPECT_EQ(b.delivered(infrastructure), 0);
  b.month(month_of(2017, 10));
  EXPECT_EQ(b.delivered(infrastructure), 2'650'000 * kYuan);
  EXPECT_EQ(b.hand.county.ledger.free_pool(), 7'350'000 * kYuan) << "no more than can be used";
  b.month(month_of(2017, 11));
  EXPECT_EQ(b.has(v), kAll & ~(access::road | access::clinic));
  b.month(month_of(2017, 12));
  EXPECT_EQ(b.has(v), kAll) << "done in December at the latest";
}

TEST(Infrastructure, TwoRoundsOfAMonthAreOneWork) {
  VillageBench b;
  b.add_village(kAll & ~(access::road | access::clinic), true);
  b.fund(Pot::pool, 10'000'000 * kYuan);
  b.hand.county.ledger.works = 2'600'000 * kYuan;  // for the road, not for the clinic
  b.month(month_of(2017, 10));
  ASSERT_EQ(b.enrolled(infrastructure).size(), 1U);
  EXPECT_EQ(b.enrolled(infrastructure)[0].kind, access::road | access::clinic);
  EXPECT_EQ(b.enrolled(infrastructure)[0].count, 2);
  EXPECT_EQ(b.delivered(infrastructure), 2'650'000 * kYuan);
}

TEST(Infrastructure, CapturedConnectionsGoToOthersFirst) {
  for (const double capture : {0.0, 0.5}) {
    VillageBench b;
    b.set("infrastructure", "water_reach", 0.4);
    b.set("infrastructure", "capture", capture);
    b.add_village(kAll, true, 5, 10);
    b.set_aside(1'000'000);
    b.months(month_of(2017, 1), month_of(2017, 7));
    EXPECT_EQ(b.delivered(infrastructure), 4 * 2'000 * kYuan);
    EXPECT_EQ(b.with_water(0, 5), capture == 0.0 ? 4 : 2) << "registered";
    EXPECT_EQ(b.with_water(5, 10), capture == 0.0 ? 0 : 2);
    EXPECT_EQ(b.hand.county.ledger.captured, capture == 0.0 ? 0 : 4'000 * kYuan);
  }
}

TEST(Infrastructure, ConnectionsLeftByTheOneSideGoToTheOther) {
  VillageBench b;
  b.set("infrastructure", "capture", 0.5);
  b.add_village(kAll, true, 2, 2);  // both without water are registered
  b.set_aside(1'000'000);
  b.months(month_of(2017, 1), month_of(2017, 7));
  EXPECT_EQ(b.with_water(0, 10), 10);
}

TEST(Infrastructure, FundOfAPoorVillageThatLacksNothing) {
  VillageBench b;
  const std::size_t v = b.add_village(kAll, true);
  const std::size_t other = b.add_village(kAll, false);
  b.hand.frame.price = 1.25;
  b.set_aside(1'000'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.delivered(infrastructure), 125'000 * kYuan) << "once a year";
  EXPECT_EQ(b.hand.county.ledger.captured, 12'500 * kYuan);
  EXPECT_NEAR(b.hand.county.villages.fund[v], 90'000, 0.1) << "less what is captured";
  b.months(month_of(2018, 1), month_of(2020, 12));
  EXPECT_NEAR(b.hand.county.villages.fund[v], 250'000, 0.1) << "up to the cap";
  EXPECT_NEAR(to_yuan(b.delivered(infrastructure)), 250'000 / 0.9 * 1.25, 0.1);
  EXPECT_EQ(b.hand.county.villages.fund[other], 0.0F);
}

TEST(Infrastructure, NoFundGetsMoreThanIsPaid) {
  // 100,000 yuan, a tenth of it captured; at half the cost and half the effect half of both.
  for (const auto& [effect, cost, paid] :
       {std::tuple{2.0, 1.0, 1.0}, {1.0, 0.5, 1.0}, {0.5, 0.5, 0.5}}) {
    VillageBench b;
    b.settings("infrastructure").effect = effect;
    b.settings("infrastructure").cost = cost;
    const std::size_t v = b.add_village(kAll, true);
    b.set_aside(1'000'000);
    b.months(month_of(2017, 1), month_of(2017, 12));
    EXPECT_NEAR(to_yuan(b.delivered(infrastructure)), 100'000 * paid, 0.1) << effect;
    EXPECT_NEAR(b.hand.county.villages.fund[v], 90'000 * paid, 0.1) << effect;
  }
}

TEST(Infrastructure, SwitchedOffByCapacityAndByGoals) {
  for (const char* off : {"works_per_year", "water_goal", "water_reach"}) {
    VillageBench b;
    b.set("infrastructure", off, 0.0);
    b.set("infrastructure", "fund_grant", 0.0);
    b.add_village(kAll, true, 2, 10);
    b.set_aside(1'000'000);
    b.months(month_of(2017, 1), month_of(2017, 12));
    EXPECT_EQ(b.delivered(infrastructure), 0) << off;
    EXPECT_EQ(b.left(), 0) << off;
    EXPECT_EQ(b.hand.county.ledger.free_pool(), 1'000'000 * kYuan) << off << ": given back";
  }
}

TEST(Infrastructure, MultipliersReachNumberConnectionsAndPrice) {
  VillageBench b;
  b.settings("infrastructure").capacity = 0.5;  // one kind a year
  b.settings("infrastructure").effect = 0.5;
  b.settings("infrastructure").cost = 2.0;
  b.add_village(kAll & ~access::clinic, true, 2, 10);
  b.set_aside(1'000'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.delivered(infrastructure), 9 * 4'000 * kYuan);
  // Half of nine, rounded up, are connected.
  EXPECT_EQ(b.with_water(0, 10), 5);
}

}  // namespace
}  // namespace terrace::policies

#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"
#include "population/reach.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kRegistered{.wealth = 30'000, .status = Status::registered};

constexpr HandVillage kBarren{.uninhabitable = true};

/// A county with so many places, and their money.
struct SiteBench : PolicyBench {
  explicit SiteBench(std::int64_t places, const HandVillage& village = kBarren)
      : PolicyBench(2017, {"relocation"}) {
    hand.set_village(0, village);
    hand.plan.places[relocation] = places;
    fund(Pot::relocation, places * 6'250'000);
  }
};

TEST(Relocation, ServesTheRegisteredOfBadPlaces) {
  const auto moves = [](const HandVillage& village, Status status) {
    SiteBench b(10, village);
    HandHousehold h = kRegistered;
    h.status = status;
    b.hand.add(h);
    b.month(month_of(2017, 1));
    return b.enrolled(relocation).size() == 1;
  };
  EXPECT_TRUE(moves({.uninhabitable = true}, Status::registered));
  EXPECT_TRUE(moves({.hazard = true}, Status::relapsed));
  EXPECT_TRUE(moves({.remoteness = 3.1}, Status::registered));
  EXPECT_FALSE(moves({.remoteness = 2.9}, Status::registered));
  EXPECT_FALSE(moves({.uninhabitable = true}, Status::no));
  EXPECT_FALSE(moves({.uninhabitable = true}, Status::exited));
}

TEST(Relocation, PlacesAreCountedInPersonsAndNeverExceeded) {
  for (const std::int64_t places : {0, 1, 7, 24, 60, 1'000}) {
    SiteBench b(places);
    int persons = 0;
    for (int i = 0; i < 20; ++i) {
      HandHousehold h = kRegistered;
      h.members.assign(static_cast<std::size_t>(1 + i % 5), {});
      persons += 1 + i % 5;
      b.hand.add(h);
    }
    b.month(month_of(2017, 1));
    int moving = 0;
    for (const Enrolment& e : b.enrolled(relocation)) moving += e.count;
    EXPECT_LE(moving, places);
    EXPECT_GT(moving, std::min<std::int64_t>(places, persons) - 5) << "less than a household";
    EXPECT_EQ(b.event(relocation, ModuleSum::taken) + b.event(relocation, ModuleSum::unserved),
              places > 0 ? 20.0 : 0.0)
        << "a year without places turns nobody away";
  }
}

TEST(Relocation, TheMostUrgentGoFirst) {
  SiteBench b(4, {.remoteness = 4});
  const auto remote = b.hand.add(kRegistered);
  b.hand.add_village({.hazard = true});
  const auto hazard = b.hand.add(kRegistered);
  b.hand.add_village({.uninhabitable = true});
  const auto barren = b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(relocation, barren), nullptr);
  EXPECT_NE(b.enrolment(relocation, hazard), nullptr);
  EXPECT_EQ(b.enrolment(relocation, remote), nullptr);
}

TEST(Relocation, MoneyIsExactAndAllSpentOnceAllHaveMoved) {
  SiteBench b(30);
  b.set("relocation", "return_rate", 0.0);
  b.hand.frame.price = 1.1;
  for (int i = 0; i < 10; ++i) {
    HandHousehold h = kRegistered;
    h.members.assign(3, {});
    b.hand.add(h);
  }
  b.month(month_of(2017, 1));
  ASSERT_EQ(b.enrolled(relocation).size(), 10U);
  Fen grants = 0;
  for (const Enrolment& e : b.enrolled(relocation)) {
    grants += (e.kind == 1 ? 450'000 : 150'000) * 3;
    EXPECT_GE(e.start, month_of(2017, 7));
    EXPECT_LE(e.start, month_of(2017, 12));
  }
  EXPECT_EQ(b.delivered(relocation), 30 * 6'250'000 - grants) << "builders at once";
  double received = 0.0;
  for (Month m = month_of(2017, 2); m <= month_of(2017, 12); ++m) {
    b.month(m);
    for (std::size_t h = 0; h < 10; ++h)
      received += static_cast<double>(b.hand.work.flows.transfer[h]);
  }
  EXPECT_NEAR(received * 1.1, to_yuan(grants), 0.01);
  EXPECT_EQ(b.delivered(relocation), 30 * 6'250'000);
  EXPECT_EQ(b.hand.county.ledger.of(Pot::relocation).balance, 0);
}

TEST(Relocation, MoveChangesHouseWaterWealthAndFlows) {
  SiteBench b(2);
  b.set("relocation", "return_rate", 0.0);
  b.hand.frame.price = 1.1;
  HandHousehold h = kRegistered;
  h.house = House::d;
  h.water = false;
  b.hand.add(h);
  b.month(month_of(2017, 1));
  const Month start = b.enrolled(relocation)[0].start;
  b.months(month_of(2017, 2), start - 1);
  EXPECT_EQ(b.hand.county.households.house[0], static_cast<std::uint8_t>(House::d));
  EXPECT_EQ(b.hand.work.flows.farm[0], 1.0F);
  b.month(start);
  const HouseholdTable& t = b.hand.county.households;
  EXPECT_EQ(t.house[0], static_cast<std::uint8_t>(House::a));
  EXPECT_NE(t.services[0] & service::water, 0);
  EXPECT_NE(t.services[0] & service::moved, 0);
  EXPECT_NEAR(t.wealth[0], 30'000 - 2 * 2'267 / 1.1, 0.01);
  EXPECT_NEAR(b.hand.work.flows.farm[0], 0.4, 1e-6);
  EXPECT_NEAR(b.hand.work.flows.wage[0], std::exp(0.1), 1e-6);
  EXPECT_NEAR(b.hand.work.flows.need[0], 1.1, 1e-6);
  b.month(start + 1);
  EXPECT_NEAR(t.wealth[0], 30'000 - 2 * 2'267 / 1.1, 0.01) << "paid once";
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
  EXPECT_NEAR(b.hand.work.flows.farm[0], 0.4, 1e-6) << "for good";
}

TEST(Relocation, AfterSomeMonthsAdultsLookForWork) {
  SiteBench b(3'000);
  b.set("relocation", "return_rate", 0.0);
  b.set("relocation", "search_lag", 4.0);
  b.set("relocation", "seek_work", 0.75);
  b.settings("relocation").effect = 0.8;
  HandHousehold h = kRegistered;
  h.members = {{.age = 40}, {.age = 62}, {.age = 30, .disability = 2}};
  for (int i = 0; i < 1'000; ++i) b.hand.add(h);
  b.month(month_of(2017, 1));
  double search = 0.0;
  const PersonTable& persons = b.hand.county.persons;
  const auto seeks = [&](std::size_t i) {
    return static_cast<Activity>(persons.activity[i]) == Activity::searching;
  };
  for (Month m = month_of(2017, 7); m <= month_of(2018, 4); ++m) {
    b.month(m);
    for (const Enrolment& e : b.enrolled(relocation)) {
      const std::size_t first = b.hand.county.households.first[e.household];
      ASSERT_FALSE(seeks(first) && m < e.start + 4) << "too early";
      if (m == e.start + 4) search += seeks(first) ? 1.0 : 0.0;
      ASSERT_FALSE(seeks(first + 1) || seeks(first + 2)) << "too old, or disabled";
    }
  }
  // 0.8 of 0.75 of the adults who farm.
  EXPECT_NEAR(search / 1'000.0, 0.6, 4.5 * std::sqrt(0.24 / 1'000.0));
}

TEST(Relocation, ASiteHasWhatTheVillageLacksUntilTheHouseholdGoesBack) {
  SiteBench b(2, {.uninhabitable = true, .access = access::network});
  b.set("relocation", "demolition_share", 0.0);
  b.set("relocation", "return_rate", 1.0 - 1e-12);  // within a year or two
  b.hand.add(kRegistered);
  const County& c = b.hand.county;
  EXPECT_EQ(reach_of(c, 0), access::network);
  b.month(month_of(2017, 1));
  const Month start = b.enrolled(relocation)[0].start;
  Month m = month_of(2017, 2);
  for (; !b.enrolled(relocation).empty() && m < month_of(2029, 1); ++m) {
    b.month(m);
    if (m < start) {
      ASSERT_FALSE(lives_at_site(c.households, 0));
    } else if (!b.enrolled(relocation).empty()) {
      ASSERT_EQ(reach_of(c, 0), 31) << "road, power, network, clinic, teaching point";
    }
  }
  ASSERT_TRUE(b.enrolled(relocation).empty());
  EXPECT_EQ(reach_of(c, 0), access::network);
  // Of what the site gave only what the village has is left.
  EXPECT_EQ(c.households.services[0] & (service::water | service::power | service::toilet), 0);
  EXPECT_NE(c.households.services[0] & service::network, 0);
  EXPECT_NE(c.households.services[0] & service::moved, 0);
  b.months(m, m + 24);
  EXPECT_TRUE(b.enrolled(relocation).empty()) << "nobody moves twice";
}

TEST(Relocation, WithoutEffectIncomesStay) {
  SiteBench b(2);
  b.settings("relocation").effect = 0.0;
  b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2018, 6));
  EXPECT_EQ(b.hand.work.flows.farm[0], 1.0F);
  EXPECT_EQ(b.hand.work.flows.wage[0], 1.0F);
  EXPECT_EQ(b.hand.work.flows.need[0], 1.0F);
  EXPECT_TRUE(lives_at_site(b.hand.county.households, 0)) << "but it has moved";
}

TEST(Relocation, NobodyMovesTwice) {
  SiteBench b(100);
  b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2018, 12));
  EXPECT_EQ(b.enrolled(relocation).size(), 1U);
  EXPECT_EQ(b.event(relocation, ModuleSum::offered), 0.0);
}

TEST(Relocation, SomeReturnUnlessTheOldHouseIsGone) {
  SiteBench b(4'000);
  b.set("relocation", "demolition_share", 0.5);
  b.set("relocation", "return_rate", 0.3);
  for (int i = 0; i < 2'000; ++i) b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  double standing = 0.0;
  for (const Enrolment& e : b.enrolled(relocation)) standing += e.kind == 0 ? 1 : 0;
  EXPECT_NEAR(standing, 1'000.0, 4.5 * std::sqrt(500.0));
  double failed = 0.0;
  for (Month m = month_of(2017, 7); m < month_of(2022, 7); ++m) {
    b.hand.begin(m);
    b.hand.frame.year = year_of(m);
    b.runner->effects(b.hand.work);
    failed += b.event(relocation, ModuleSum::failed);
  }
  // Moves fall into July to December: 57.5 months on average.
  EXPECT_NEAR(failed / standing, 1.0 - std::pow(0.7, 57.5 / 60.0),
              4.5 * std::sqrt(0.21 / standing));
  double demolished = 0.0;
  for (const Enrolment& e : b.enrolled(relocation)) demolished += e.kind == 1 ? 1 : 0;
  EXPECT_EQ(demolished, 2'000.0 - standing) << "none of these went back";
}

TEST(Relocation, ConsentFallsWithLandAndAge) {
  SiteBench b(1'000'000);
  b.set("relocation", "consent", 0.75);
  HandHousehold h = kRegistered;
  for (int i = 0; i < 6'000; ++i) {
    h.land_mu = i % 3 == 0 ? 21 : 7;
    h.members.assign(2, {.age = i % 3 == 1 ? 70 : 40});
    b.hand.add(h);
  }
  b.month(month_of(2017, 1));
  double moving[3] = {0, 0, 0};
  for (const Enrolment& e : b.enrolled(relocation)) moving[e.household % 3] += 1.0 / 2'000;
  const auto chance = [](double logit) { return 1.0 / (1.0 + std::exp(-logit)); };
  const double p0 = std::log(3.0);
  EXPECT_NEAR(moving[0], chance(p0 - 0.6), 0.049) << "three times the median land";
  EXPECT_NEAR(moving[1], chance(p0 - 0.4), 0.048) << "all over sixty";
  EXPECT_NEAR(moving[2], 0.75, 0.044);
}

}  // namespace
}  // namespace terrace::policies

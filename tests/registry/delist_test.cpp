// Villages leave the list of poor villages when few are registered, services are there and the
// village has some money of its own.
#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

/// A hundred households of two in one poor village with everything, one of them registered.
struct PoorVillage {
  PoorVillage() : hand(2018) {
    for (int i = 0; i < 100; ++i)
      hand.add({.water = i >= 5, .status = i < 1 ? Status::registered : Status::no});
    hand.county.villages.standing[0] = static_cast<std::uint8_t>(VillageStanding::poor);
    hand.county.villages.fund[0] = 20'000.0F;
    hand.plan.delist_share = 0.02;
  }
  VillageStanding december() {
    hand.begin(month_of(2018, 12));
    delist_villages(hand.work, hand.registry);
    return static_cast<VillageStanding>(hand.county.villages.standing[0]);
  }
  HandCounty hand;
};

TEST(DelistVillages, WhenAllIsThere) {
  PoorVillage v;
  EXPECT_EQ(v.december(), VillageStanding::delisted);
}

TEST(DelistVillages, RegisteredPersonsBelowTheCountysShare) {
  PoorVillage v;  // two of 200 persons are registered
  v.hand.plan.delist_share = 0.01;
  EXPECT_EQ(v.december(), VillageStanding::poor) << "1 % is not below 1 %";
  v.hand.plan.delist_share = 0.03;
  for (std::size_t h = 1; h < 3; ++h)
    v.hand.county.households.status[h] = static_cast<std::uint8_t>(Status::relapsed);
  EXPECT_EQ(v.december(), VillageStanding::poor) << "the relapsed count";
  v.hand.county.households.status[2] = static_cast<std::uint8_t>(Status::exited);
  EXPECT_EQ(v.december(), VillageStanding::delisted) << "the exited do not";
}

TEST(DelistVillages, EachServiceIsNeeded) {
  for (const std::uint8_t missing :
       {access::road, access::power, access::network, access::clinic, access::teaching_point}) {
    PoorVillage v;
    v.hand.county.villages.access[0] =
        static_cast<std::uint8_t>(v.hand.county.villages.access[0] & ~missing);
    EXPECT_EQ(v.december(), VillageStanding::poor) << int{missing};
  }
}

TEST(DelistVillages, NineTenthsNeedSafeWater) {
  PoorVillage v;
  for (std::size_t h = 0; h < 10; ++h) v.hand.county.households.services[h] = service::insured;
  EXPECT_EQ(v.december(), VillageStanding::delisted) << "90 of 100 households have it";
  PoorVillage w;
  for (std::size_t h = 0; h < 11; ++h) w.hand.county.households.services[h] = service::insured;
  EXPECT_EQ(w.december(), VillageStanding::poor);
}

TEST(DelistVillages, TheFundIsNeeded) {
  PoorVillage v;
  v.hand.county.villages.fund[0] = 19'999.0F;
  EXPECT_EQ(v.december(), VillageStanding::poor);
}

TEST(DelistVillages, OnlyPoorOnesAndEachByItself) {
  PoorVillage v;
  v.hand.add_village({});
  v.hand.add({});
  v.hand.add_village({});
  v.hand.add({.status = Status::registered});
  auto& standing = v.hand.county.villages.standing;
  standing[2] = static_cast<std::uint8_t>(VillageStanding::poor);
  v.hand.county.villages.fund[1] = v.hand.county.villages.fund[2] = 1e6F;
  EXPECT_EQ(v.december(), VillageStanding::delisted);
  EXPECT_EQ(static_cast<VillageStanding>(standing[1]), VillageStanding::ordinary);
  EXPECT_EQ(static_cast<VillageStanding>(standing[2]), VillageStanding::poor);
}

}  // namespace
}  // namespace terrace::registry

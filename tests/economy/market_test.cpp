// Crops for the market, in villages made by hand. What prices make of them: tests/nation.
#include <cmath>

#include <gtest/gtest.h>

#include "economy/village_hand.hpp"

namespace terrace::economy {
namespace {

using test::begin_village;
using test::grow_crop;
using test::HandCounty;

constexpr std::size_t kOrchard = static_cast<std::size_t>(Crop::orchard);
constexpr std::size_t kVegetables = static_cast<std::size_t>(Crop::vegetables);

/// Round figures, so that the numbers below can be worked out by hand.
SpecialtyMarket round_figures(SpecialtyMarket m) {
  m.lag_perennial = 36;
  m.lag_annual = 6;
  m.herding = 0.5;
  m.value_perennial = 2.0;
  m.value_annual = 2.0;
  m.running_cost = 0.5;
  m.establish = 0.4;
  m.plant_rate = 0.2;
  m.max_area = 0.6;
  m.uproot_rate = 2.0;
  m.retire_rate = 0.1;
  m.adoption_rate = 0.0;
  m.least_area = 0.01;
  return m;
}

HandCounty& one_village(HandCounty& hand) {
  hand.economy.market = round_figures(hand.economy.market);
  hand.county.villages.access[0] = access::road;
  hand.add({.land_mu = 10});
  hand.add({.land_mu = 30});
  begin_village(hand, month_of(hand.frame.year, 12));
  return hand;
}

TEST(Crops, BearAfterTheirLag) {
  SpecialtyMarket m = round_figures({});
  for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(crop_share(Crop::orchard, k, m), 0.0);
  EXPECT_EQ(crop_share(Crop::vegetables, 0, m), 0.5);  // six months of the first twelve
  EXPECT_EQ(crop_share(Crop::vegetables, 1, m), 1.0);
  m.lag_perennial = 30;
  EXPECT_EQ(crop_share(Crop::orchard, 2, m), 0.5);
  m.lag_perennial = 24;
  EXPECT_EQ(crop_share(Crop::orchard, 1, m), 0.0);
  EXPECT_EQ(crop_share(Crop::orchard, 2, m), 1.0);
}

TEST(Crops, ReturnCountsTheYearsWithoutACropAndThePlanting) {
  const SpecialtyMarket m = round_figures({});
  // Ten bearing years of 2 - 0.5, thirteen years of land, 0.4 for planting.
  EXPECT_NEAR(return_of_planting(Crop::orchard, 1.0, m), (10 * 1.5 - 0.4) / 13 - 1, 1e-12);
  EXPECT_NEAR(return_of_planting(Crop::vegetables, 1.0, m), (10 * 1.5 - 0.4) / 10.5 - 1, 1e-12);
  EXPECT_NEAR(return_of_keeping(Crop::orchard, 0.6, m), 1.2 - 0.5 - 1, 1e-12);
}

TEST(Crops, ChangeFarmIncomeByWhatBearsAndWhatIsYoung) {
  HandCounty hand(2015);
  one_village(hand);
  VillageTable& t = hand.county.villages;
  t.crop[0] = kOrchard;
  t.bearing[0] = 0.2F;
  t.young[0][0] = 0.1F;
  t.young[2][0] = 0.05F;
  hand.plan.crop_price[kOrchard] = 0.8;
  crop_month(hand.work, hand.economy);
  // 0.2 (2 x 0.8 - 0.5) - 0.35 - 0.4 x 0.1 = 0.22 - 0.39
  EXPECT_NEAR(hand.work.village_crop[0], 1 + 0.22 - 0.39, 1e-6);

  t.crop[0] = kVegetables;  // half of what is new this year sells
  hand.plan.crop_price[kVegetables] = 1.0;
  t.young[2][0] = 0.0F;
  crop_month(hand.work, hand.economy);
  EXPECT_NEAR(hand.work.village_crop[0], 1 + 0.25 * 1.5 - 0.3 - 0.04, 1e-6);

  t.crop[0] = 0;
  t.bearing[0] = t.young[0][0] = 0.0F;
  crop_month(hand.work, hand.economy);
  EXPECT_EQ(hand.work.village_crop[0], 1.0F);
  t.access[0] = 0;
  crop_month(hand.work, hand.economy);
  EXPECT_NEAR(hand.work.village_crop[0], std::exp(-hand.economy.access.road_cost), 1e-6);
}

TEST(Crops, ReportWhatBoreTimesTheHarvest) {
  HandCounty hand(2015);
  one_village(hand);
  grow_crop(hand, 0, Crop::orchard, 0.25, 3);
  hand.work.village_farm[0] = 0.9F;
  close_crops(hand.work, hand.economy);
  EXPECT_NEAR(hand.report.crop_output[kOrchard], 0.25 * 40 * 0.9, 1e-5);
  EXPECT_EQ(hand.report.crop_output[kVegetables], 0.0);
}

TEST(Crops, ProjectsOfTheProgrammeCountInTheHarvestOfTheVillagesCrop) {
  HandCounty hand(2015);
  one_village(hand);
  hand.add_village({});
  hand.add({.land_mu = 20});
  begin_village(hand, month_of(2015, 12));
  grow_crop(hand, 0, Crop::orchard, 0.25, 3);
  hand.economy.market.adoption_rate = 0.0;
  // Projects that add a fifth of what 30 mu earn: three mu of a crop of twice the value of staples.
  hand.work.flows.market_land[1] = 6.0F;
  hand.work.flows.market_land[2] = 50.0F;  // no market crop there: nothing that could glut
  hand.work.village_farm[0] = 0.9F;
  close_crops(hand.work, hand.economy);
  EXPECT_NEAR(hand.report.crop_output[kOrchard], (0.25 * 40 + 6.0 / 2.0) * 0.9, 1e-5);
  EXPECT_NEAR(hand.report.crop_bearing[kOrchard], 0.25 * 40, 1e-5) << "what is usual has none";
  EXPECT_EQ(hand.report.crop_output[0], 0.0);
}

TEST(Crops, OrchardsWaitThreeYearsAndVegetablesOne) {
  for (const Crop crop : {Crop::orchard, Crop::vegetables}) {
    HandCounty hand(2015);
    one_village(hand);
    hand.economy.market.retire_rate = 1e-9;
    hand.economy.market.plant_rate = 0.0;
    EXPECT_NEAR(plant_crop(hand.county, 0, crop, 0.3, hand.economy.market), 0.3, 1e-12);
    int years = 0;
    while (hand.county.villages.bearing[0] < 0.29F && years < 10) {
      close_crops(hand.work, hand.economy);
      ++years;
    }
    EXPECT_EQ(years, crop == Crop::orchard ? 3 : 1);
  }
}

TEST(Crops, AreaFollowsWhatIsExpected) {
  HandCounty hand(2015);
  one_village(hand);
  VillageTable& t = hand.county.villages;
  grow_crop(hand, 0, Crop::orchard, 0.2, 0);
  hand.plan.crop_price[kOrchard] = 1.4;  // expected: 1.2
  close_crops(hand.work, hand.economy);
  // A tenth is too old; of the 0.42 that is free, 0.2 x ((10 x 1.9 - 0.4) / 13 - 1) is planted.
  EXPECT_NEAR(t.bearing[0], 0.18, 1e-6);
  EXPECT_NEAR(t.young[0][0], 0.42 * 0.2 * (18.6 / 13 - 1), 1e-6);

  t.young[0][0] = 0.1F;
  hand.plan.crop_price[kOrchard] = 0.2;  // expected: 0.6, so keeping loses 0.3
  close_crops(hand.work, hand.economy);
  EXPECT_NEAR(t.bearing[0], 0.18 * (1 - 0.1 - 2 * 0.3), 1e-6);
  EXPECT_EQ(t.young[0][0], 0.0F);  // nothing new
  EXPECT_EQ(t.young[1][0], 0.1F);  // the youngest are kept
}

TEST(Crops, AVillageGivesUpWhatIsHardlyThere) {
  HandCounty hand(2015);
  one_village(hand);
  grow_crop(hand, 0, Crop::vegetables, 0.0105, 0);
  hand.plan.crop_price[kVegetables] = 0.5;  // no planting, a tenth goes
  close_crops(hand.work, hand.economy);
  EXPECT_EQ(hand.county.villages.crop[0], static_cast<std::uint8_t>(Crop::none));
  EXPECT_EQ(hand.county.villages.bearing[0], 0.0F);
}

TEST(Crops, ACampaignPlantsUpToTheLimitAndOneCropOnly) {
  HandCounty hand(2015);
  one_village(hand);
  const SpecialtyMarket& m = hand.economy.market;
  EXPECT_EQ(plant_crop(hand.county, 0, Crop::none, 0.2, m), 0.0);
  EXPECT_EQ(plant_crop(hand.county, 0, Crop::orchard, 0.0, m), 0.0);
  EXPECT_EQ(hand.county.villages.crop[0], 0);
  EXPECT_NEAR(plant_crop(hand.county, 0, Crop::orchard, 0.4, m), 0.4, 1e-12);
  EXPECT_NEAR(plant_crop(hand.county, 0, Crop::orchard, 0.4, m), 0.2, 1e-6);
  EXPECT_EQ(plant_crop(hand.county, 0, Crop::livestock, 0.1, m), 0.0);
}

/// A county of villages, some with orchards; how many of the others take a crop up in one year.
std::size_t adopters(double price, std::size_t villages, bool any_grown) {
  HandCounty hand(2015);
  hand.add({});
  for (std::size_t v = 1; v < villages; ++v) {
    hand.add_village({});
    hand.add({});
  }
  hand.economy.market = round_figures(hand.economy.market);
  hand.economy.market.adoption_rate = 0.1;
  hand.plan.crop_price[kOrchard] = price;
  begin_village(hand, month_of(2015, 12));
  if (any_grown) grow_crop(hand, 0, Crop::orchard, 0.2, 3);
  close_crops(hand.work, hand.economy);
  std::size_t n = 0;
  for (std::size_t v = 1; v < villages; ++v) {
    const auto crop = static_cast<Crop>(hand.county.villages.crop[v]);
    if (crop == Crop::none) continue;
    ++n;
    if (any_grown) {
      EXPECT_EQ(crop, Crop::orchard);
    }
  }
  return n;
}

TEST(Crops, AreTakenUpWhereTheyPay) {
  // 4,000 villages at 0.1: 400, sd 19; 4.5 sd are one false alarm in 150,000.
  EXPECT_NEAR(static_cast<double>(adopters(1.0, 4'001, true)), 400.0, 85.0);
  EXPECT_NEAR(static_cast<double>(adopters(1.0, 4'001, false)), 400.0, 85.0);
  // At a price of 1.2, expected 1.1: the return is (10 x 1.7 - 0.4) / 13 - 1 = 0.277 over 0.123.
  EXPECT_NEAR(static_cast<double>(adopters(1.2, 4'001, true)), 400.0 * 0.27692 / 0.12308, 123.0);
  EXPECT_EQ(adopters(0.6, 4'001, true), 0U);  // expected 0.8: a loss
}

}  // namespace
}  // namespace terrace::economy

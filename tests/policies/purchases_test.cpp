#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kSeller{.farm = 10'000, .status = Status::registered};

/// A county with orders of so many yuan a year.
struct OrderBench : PolicyBench {
  explicit OrderBench(double orders) : PolicyBench(2019, {"purchases"}) {
    for (const auto& [name, value] :
         std::initializer_list<std::pair<const char*, double>>{{"consent", 1.0 - 1e-12},
                                                               {"poor_share", 0.2},
                                                               {"margin", 0.1},
                                                               {"logistics", 0.02},
                                                               {"failure", 0.0}})
      set("purchases", name, value);
    hand.plan.county_money.assign(hand.county.enrolments.size(), 0.0);
    hand.plan.county_money[purchases] = orders;
  }
};

TEST(Purchases, BuyFromThoseOnceRegisteredWhoGrowSomething) {
  OrderBench b(100'000);
  HandHousehold h = kSeller;
  std::vector<std::size_t> yes = {b.hand.add(kSeller)};
  h.status = Status::exited;
  yes.push_back(b.hand.add(h));
  h.status = Status::no;
  const auto other = b.hand.add(h);
  h = kSeller;
  h.farm = 0;
  const auto nothing = b.hand.add(h);
  b.month(month_of(2019, 1));
  for (const std::size_t seller : yes) EXPECT_NE(b.enrolment(purchases, seller), nullptr);
  EXPECT_EQ(b.enrolment(purchases, other), nullptr);
  EXPECT_EQ(b.enrolment(purchases, nothing), nullptr);
}

TEST(Purchases, WithoutOrdersNobodySells) {
  OrderBench b(0);
  b.hand.add(kSeller);
  b.months(month_of(2019, 1), month_of(2019, 12));
  EXPECT_TRUE(b.enrolled(purchases).empty());
  EXPECT_EQ(b.delivered(purchases), 0);
}

TEST(Purchases, OnlyAPartOfThePriceIsExtraIncome) {
  OrderBench b(30'000);
  b.hand.frame.price = 1.25;
  b.settings("purchases").effect = 2.0;
  b.settings("purchases").cost = 3.0;
  b.hand.add(kSeller);
  HandHousehold h = kSeller;
  h.farm = 20'000;
  b.hand.add(h);
  b.months(month_of(2019, 1), month_of(2019, 2));
  // A fifth of 30,000 yuan is bought from the two: 2,000 and 4,000 a year. A tenth, twice over;
  // February has 4% of the year's harvest.
  EXPECT_NEAR(b.hand.work.flows.farm_cash[0], 400.0 / 1.25 * 0.04, 1e-3);
  EXPECT_NEAR(b.hand.work.flows.farm_cash[1], 800.0 / 1.25 * 0.04, 1e-3);
  EXPECT_NEAR(b.hand.work.public_money[1], 800.0 / 1.25 * 0.04, 1e-3);
  // Two hundredths of 240 yuan this month, three times over: 14.40 yuan of public money.
  EXPECT_EQ(b.delivered(purchases), 1'440);
  b.months(month_of(2019, 3), month_of(2019, 10));
  EXPECT_NEAR(b.hand.work.flows.farm_cash[0], 400.0 / 1.25 * 0.18, 1e-3) << "October has 18%";
}

TEST(Purchases, BuyNoMoreThanThereIs) {
  OrderBench b(1'000'000);
  b.hand.add(kSeller);
  b.months(month_of(2019, 1), month_of(2019, 2));
  // 200,000 yuan ask for the 10,000 that it grows.
  EXPECT_NEAR(b.hand.work.flows.farm_cash[0], 0.1 * 10'000 * 0.04, 1e-3);
  EXPECT_EQ(b.delivered(purchases), to_fen(0.02 * 10'000 * 0.04));
}

TEST(Purchases, HelpMoreWhereTheVillagesCropIsCheap) {
  OrderBench b(50'000);
  b.hand.county.villages.crop[0] = static_cast<std::uint8_t>(Crop::orchard);
  b.hand.plan.crop_price[static_cast<std::size_t>(Crop::orchard)] = 0.6;
  b.hand.add(kSeller);
  b.hand.add_village({});
  b.hand.county.villages.crop[1] = static_cast<std::uint8_t>(Crop::vegetables);
  b.hand.plan.crop_price[static_cast<std::size_t>(Crop::vegetables)] = 1.3;
  b.hand.add(kSeller);
  b.months(month_of(2019, 1), month_of(2019, 2));
  // 5,000 yuan from each. What fetches 0.6 elsewhere is paid with 1: four tenths on top of the
  // tenth.
  EXPECT_NEAR(b.hand.work.flows.farm_cash[0], 0.5 * 5'000 * 0.04, 1e-3);
  EXPECT_NEAR(b.hand.work.flows.farm_cash[1], 0.1 * 5'000 * 0.04, 1e-3);
}

TEST(Purchases, ConsentIsAsSet) {
  OrderBench b(100'000);
  b.set("purchases", "consent", 0.5);
  constexpr int kHouseholds = 2'000;
  for (int i = 0; i < kHouseholds; ++i) b.hand.add(kSeller);
  b.month(month_of(2019, 1));
  // 4.5 sd of 2,000 draws at 0.5: 0.050; seven false alarms in a million.
  EXPECT_NEAR(static_cast<double>(b.enrolled(purchases).size()) / kHouseholds, 0.5, 0.050);
}

TEST(Purchases, ARejectedSellerLosesTheOrderUntilNextJanuary) {
  OrderBench b(1e9);
  b.set("purchases", "failure", 0.5);
  constexpr int kHouseholds = 1'000;
  for (int i = 0; i < kHouseholds; ++i) b.hand.add(kSeller);
  b.month(month_of(2019, 1));
  double failed = 0.0;
  for (Month m = month_of(2019, 2); m <= month_of(2019, 12); ++m) {
    b.month(m);
    failed += b.event(purchases, ModuleSum::failed);
  }
  EXPECT_EQ(b.enrolled(purchases).size(), kHouseholds - static_cast<std::size_t>(failed));
  // Eleven months: 1 - 0.5^(11/12) = 0.470; 4.5 sd of 1,000 draws: 0.071.
  EXPECT_NEAR(failed / kHouseholds, 0.470, 0.071);
  for (std::size_t h = 0; h < kHouseholds; ++h)
    EXPECT_EQ(b.hand.work.flows.farm_cash[h] > 0.0F,
              b.enrolment(purchases, h) != nullptr || b.hand.work.failures[h] > 0);
  b.month(month_of(2020, 1));
  EXPECT_GT(b.enrolled(purchases).size(), 950U) << "all are asked again";
}

TEST(Purchases, EndWithTheRegisterTheHarvestAndTheModule) {
  OrderBench b(100'000);
  b.settings("purchases").until = month_of(2019, 6);
  for (int i = 0; i < 3; ++i) b.hand.add(kSeller);
  b.months(month_of(2019, 1), month_of(2019, 2));
  b.hand.county.households.status[0] = static_cast<std::uint8_t>(Status::no);
  b.hand.county.households.last_year[0][1] = 0.0F;
  b.month(month_of(2019, 3));
  EXPECT_EQ(b.enrolment(purchases, 0), nullptr);
  EXPECT_EQ(b.enrolment(purchases, 1), nullptr);
  EXPECT_EQ(b.hand.work.flows.farm_cash[0], 0.0F);
  EXPECT_GT(b.hand.work.flows.farm_cash[2], 0.0F);
  b.months(month_of(2019, 4), month_of(2019, 7));
  EXPECT_TRUE(b.enrolled(purchases).empty());
  EXPECT_EQ(b.hand.work.flows.farm_cash[2], 0.0F);
}

TEST(Purchases, WithoutEffectOnlyLogisticsArePaid) {
  OrderBench b(100'000);
  b.settings("purchases").effect = 0.0;
  b.hand.add(kSeller);
  b.months(month_of(2019, 1), month_of(2019, 12));
  EXPECT_EQ(b.hand.work.flows.farm_cash[0], 0.0F);
  // 10,000 yuan, the whole farm income, of which 95% come in from February on.
  EXPECT_EQ(b.delivered(purchases), 19'000);
}

}  // namespace
}  // namespace terrace::policies

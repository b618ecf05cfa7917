#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

constexpr Fen kYuan = 100;
constexpr HandPerson kOld{.age = 82, .activity = Activity::retired};

/// Villages of ten households; 100,000 yuan of equity each, a tenth of it captured. A cooperative
/// needs 20 mu; an adult works four and nobody lets more than three.
struct CoopBench : PolicyBench {
  CoopBench() : PolicyBench(2017, {"cooperatives"}) {
    set("cooperatives", "consent", 1.0);
    set("cooperatives", "equity", 100'000);
    set("cooperatives", "capture", 0.1);
    spec.parameters.at("farm_assets.land_unit") = 6;
    spec.parameters.at("farm_assets.labour_unit") = 1.5;
    spec.parameters.at("cooperative.coop_least_area") = 20;
    spec.parameters.at("cooperative.coop_lease_most") = 3;
  }
  /// Ten households, so many registered, so many with nobody to work their five mu.
  std::size_t add_village(int registered, int idle = 10) {
    if (villages_++ > 0) hand.add_village({});
    for (int i = 0; i < 10; ++i) {
      hand.add({.land_mu = 5,
                .status = i < registered ? Status::registered : Status::no,
                .members = {i < idle ? kOld : HandPerson{}, i < idle ? kOld : HandPerson{}}});
    }
    return hand.county.villages.size() - 1;
  }
  void set_aside(Fen yuan) {
    fund(Pot::pool, yuan * kYuan);
    hand.county.ledger.works += yuan * kYuan;
  }
  void run_from_now(std::size_t v, float capital) {
    hand.county.villages.coop[v] = static_cast<std::uint8_t>(Cooperative::running);
    hand.county.villages.coop_capital[v] = capital;
  }
  float equity(std::size_t v) const { return hand.county.villages.coop_equity[v]; }

 private:
  int villages_ = 0;
};

TEST(CooperativesModule, GoToVillagesWithRegisteredHouseholdsAndIdleLand) {
  CoopBench b;
  const std::size_t yes = b.add_village(2);
  const std::size_t nobody_poor = b.add_village(0);
  const std::size_t six_let = b.add_village(2, 6);  // 18 mu
  const std::size_t seven_let = b.add_village(2, 7);
  const std::size_t runs = b.add_village(2, 0);
  const std::size_t failed = b.add_village(2);
  b.run_from_now(runs, 40'000.0F);
  b.hand.county.villages.coop[failed] = static_cast<std::uint8_t>(Cooperative::failed);
  b.set_aside(10'000'000);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.equity(yes), 90'000.0F);
  EXPECT_EQ(b.hand.county.villages.coop_capital[yes], 0.0F) << "the economy founds it";
  EXPECT_EQ(b.equity(nobody_poor), 0.0F);
  EXPECT_EQ(b.equity(six_let), 0.0F);
  EXPECT_EQ(b.equity(seven_let), 90'000.0F);
  EXPECT_EQ(b.equity(runs), 90'000.0F);
  EXPECT_EQ(b.hand.county.villages.coop_capital[runs], 130'000.0F);
  EXPECT_EQ(b.equity(failed), 0.0F) << "not a second time";
  EXPECT_EQ(b.delivered(cooperatives), 3 * 100'000 * kYuan);
  EXPECT_EQ(b.hand.county.ledger.captured, 3 * 10'000 * kYuan);
  b.set_aside(10'000'000);
  b.months(month_of(2017, 2), month_of(2018, 1));
  EXPECT_EQ(b.delivered(cooperatives), 3 * 100'000 * kYuan) << "one share a village";
}

TEST(CooperativesModule, MoneyGoesFirstWhereMostAreRegistered) {
  CoopBench b;
  b.hand.frame.price = 1.1;
  const std::size_t few = b.add_village(2);
  const std::size_t many = b.add_village(6);
  const std::size_t some = b.add_village(4);
  b.set_aside(219'999);  // two cost 220,000 yuan
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.equity(many), 90'000.0F) << "in yuan of 2012";
  EXPECT_EQ(b.equity(some), 0.0F);
  EXPECT_EQ(b.delivered(cooperatives), 110'000 * kYuan);
  b.set_aside(110'001);
  b.months(month_of(2017, 2), month_of(2017, 12));
  EXPECT_EQ(b.equity(some), 0.0F) << "January only";
  b.set_aside(220'000);  // October gave the rest back
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.equity(some), 90'000.0F);
  EXPECT_EQ(b.equity(few), 90'000.0F);
}

TEST(CooperativesModule, VillagesAgreeAtTheirPaceAndCapacityMultipliesIt) {
  for (const double capacity : {1.0, 2.0}) {
    CoopBench b;
    b.set("cooperatives", "consent", 0.2);
    b.settings("cooperatives").capacity = capacity;
    constexpr int kVillages = 600;
    for (int v = 0; v < kVillages; ++v) b.add_village(1);
    b.set_aside(1'000'000'000);
    b.month(month_of(2017, 1));
    double served = 0.0;
    for (int v = 0; v < kVillages; ++v)
      served += b.equity(static_cast<std::size_t>(v)) > 0.0F ? 1.0 : 0.0;
    // 4.5 sd of 600 draws at 0.2 or 0.4: at most 0.090; seven false alarms in a million.
    EXPECT_NEAR(served / kVillages, 0.2 * capacity, 0.090);
  }
}

TEST(CooperativesModule, MultipliersOfCostAndEffect) {
  CoopBench b;
  b.settings("cooperatives").cost = 2.0;
  b.settings("cooperatives").effect = 0.5;
  const std::size_t v = b.add_village(1);
  b.set_aside(1'000'000);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(cooperatives), 200'000 * kYuan);
  EXPECT_EQ(b.equity(v), 45'000.0F);

  CoopBench more;
  more.settings("cooperatives").effect = 3.0;
  more.add_village(1);
  more.set_aside(1'000'000);
  more.month(month_of(2017, 1));
  EXPECT_EQ(more.delivered(cooperatives), 300'000 * kYuan) << "all equity is paid for";
  EXPECT_EQ(more.equity(0), 270'000.0F);

  CoopBench none;
  none.settings("cooperatives").effect = 0.0;
  none.add_village(1);
  none.run_from_now(0, 5'000.0F);
  none.set_aside(1'000'000);
  none.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(none.delivered(cooperatives), 100'000 * kYuan);
  EXPECT_EQ(none.equity(0), 0.0F);
  EXPECT_EQ(none.hand.county.villages.coop_capital[0], 5'000.0F);
}

TEST(CooperativesModule, ListsWhoHoldsSharesOfOneThatRuns) {
  CoopBench b;
  b.settings("cooperatives").until = month_of(2019, 6);
  const std::size_t v = b.add_village(3);
  b.hand.county.households.status[1] = static_cast<std::uint8_t>(Status::exited);
  b.set_aside(100'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.event(cooperatives, ModuleSum::participants), 0.0) << "not founded yet";
  b.run_from_now(v, 190'000.0F);
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.event(cooperatives, ModuleSum::participants), 3.0) << "those who left keep theirs";
  b.hand.county.households.status[2] = static_cast<std::uint8_t>(Status::removed);
  b.months(month_of(2018, 2), month_of(2019, 1));
  EXPECT_EQ(b.event(cooperatives, ModuleSum::participants), 2.0);
  b.hand.county.villages.coop[v] = static_cast<std::uint8_t>(Cooperative::failed);
  b.hand.county.villages.coop_equity[v] = 0.0F;
  b.months(month_of(2019, 2), month_of(2019, 7));
  EXPECT_TRUE(b.enrolled(cooperatives).empty()) << "no longer in force";
}

}  // namespace
}  // namespace terrace::policies

// Which villages get a solar plant, when, and what it costs. What a plant earns:
// tests/economy/services_test.cpp.
#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::solar;

constexpr std::uint8_t kAll = 31;
constexpr Fen kYuan = 100;

/// Villages of five households; a plant of 100 kW costs a million, takes six months, and the sun
/// shines everywhere.
class SolarBench : public test::PolicyBench {
 public:
  explicit SolarBench(std::vector<std::string> enabled = {"solar"})
      : PolicyBench(2017, std::move(enabled)) {
    set("solar", "unit_cost", 1e6);
    set("solar", "size", 100);
    set("solar", "sunny", 1);
    set("solar", "build_months", 6);
    hand.plan.places[solar] = 100;
  }
  std::uint32_t add_village(bool poor = true, int registered = 2, std::uint8_t has = kAll) {
    if (count_++ == 0) {
      hand.set_village(0, {.access = has});
    } else {
      hand.add_village({.access = has});
    }
    VillageTable& t = hand.county.villages;
    t.standing.back() =
        static_cast<std::uint8_t>(poor ? VillageStanding::poor : VillageStanding::ordinary);
    for (int i = 0; i < 5; ++i)
      hand.add({.status = i < registered ? Status::registered : Status::no});
    return static_cast<std::uint32_t>(t.size() - 1);
  }
  void set_aside(Fen yuan) {
    fund(Pot::pool, yuan * kYuan);
    hand.county.ledger.works += yuan * kYuan;
  }
  float kw(std::size_t v) const { return hand.county.villages.solar[v]; }
  bool begun(std::size_t v) const {
    return enrolment(solar, hand.county.villages.first[v]) != nullptr;
  }
  double demand() {
    if (!runner) month(month_of(2017, 12));
    runner->measure_demand(hand.work);
    return hand.report.demand[solar];
  }

 private:
  int count_ = 0;
};

TEST(Solar, PoorVillagesWithPowerAndWithoutAPlant) {
  SolarBench b;
  const auto poor = b.add_village();
  const auto ordinary = b.add_village(false);
  const auto dark = b.add_village(true, 2, kAll & ~access::power);
  const auto has = b.add_village();
  const auto delisted = b.add_village();
  b.hand.county.villages.solar[has] = 80.0F;
  b.hand.county.villages.standing[delisted] = static_cast<std::uint8_t>(VillageStanding::delisted);
  b.set_aside(10'000'000);
  b.month(month_of(2017, 1));
  EXPECT_TRUE(b.begun(poor));
  EXPECT_TRUE(b.begun(delisted)) << "support goes on";
  for (const auto v : {ordinary, dark, has}) EXPECT_FALSE(b.begun(v)) << v;
  EXPECT_EQ(b.delivered(solar), 2'000'000 * kYuan);
  EXPECT_EQ(b.event(solar, ModuleSum::offered), 0.0) << "nobody is asked";
}

TEST(Solar, TheSunShinesWhereItShinesInEveryReplicate) {
  SolarBench b;
  b.set("solar", "sunny", 0.7);
  for (int v = 0; v < 2'000; ++v) b.add_village();
  const double sunny = b.demand();
  // 0.7 of 2,000: sd 20.5; 4.5 sd.
  EXPECT_NEAR(sunny, 1'400, 92);
  b.hand.frame.key = {5, 1};
  EXPECT_EQ(b.demand(), sunny);
}

TEST(Solar, DemandIsEveryVillageThatCouldTakeOneWhateverItsHouseholdsSay) {
  SolarBench b;
  for (int v = 0; v < 6; ++v) b.add_village();
  b.add_village(false);
  EXPECT_EQ(b.demand(), 6.0);
}

TEST(Solar, PlacesRunOutAndMostRegisteredComeFirst) {
  SolarBench b;
  b.hand.plan.places[solar] = 2;
  const auto two = b.add_village(true, 2);
  const auto five = b.add_village(true, 5);
  const auto three = b.add_village(true, 3);
  b.set_aside(10'000'000);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.kw(two), 0.0F) << "October gives no more places";
  EXPECT_EQ(b.kw(five), 100.0F);
  EXPECT_EQ(b.kw(three), 100.0F);
  EXPECT_EQ(b.delivered(solar), 2'000'000 * kYuan);
  b.hand.county.ledger.works = b.hand.county.ledger.of(Pot::pool).balance;
  b.months(month_of(2018, 1), month_of(2018, 7));
  EXPECT_EQ(b.kw(two), 100.0F) << "its turn comes next year";
}

TEST(Solar, MoneyRunsOutAndOctoberBringsWhatIsLeft) {
  SolarBench b;
  for (int v = 0; v < 3; ++v) b.add_village();
  // 1.5 million are set aside: one plant; 0.5 are left and two million are missing. In October 1.4
  // of the pool go the same way: 1.9, one more.
  b.set_aside(1'500'000);
  b.fund(Pot::pool, 1'400'000 * kYuan);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.enrolled(solar).size(), 1U);
  b.months(month_of(2017, 2), month_of(2017, 9));
  EXPECT_EQ(b.delivered(solar), 1'000'000 * kYuan);
  b.month(month_of(2017, 10));
  EXPECT_EQ(b.delivered(solar), 2'000'000 * kYuan);
  EXPECT_EQ(b.hand.county.ledger.works, 900'000 * kYuan) << "kept for the third";
  EXPECT_EQ(b.hand.county.ledger.captured, 0);
}

TEST(Solar, ComesFirstAndLeavesRoadsWhatIsMissingForThem) {
  SolarBench b({"solar", "infrastructure"});
  b.set("infrastructure", "road_cost", 2.5e6);
  b.set("infrastructure", "fund_grant", 0);
  b.add_village(true, 2, kAll & ~access::road);
  // Both wait in January. In October 1 + 2.5 million are missing, of which 0.5 are set aside: 3.0
  // are moved, not less.
  b.set_aside(500'000);
  b.fund(Pot::pool, 10'000'000 * kYuan);
  b.months(month_of(2017, 1), month_of(2017, 9));
  EXPECT_EQ(b.delivered(solar) + b.delivered(test::infrastructure), 0);
  b.month(month_of(2017, 10));
  EXPECT_EQ(b.delivered(solar), 1'000'000 * kYuan);
  EXPECT_EQ(b.delivered(test::infrastructure), 2'500'000 * kYuan);
  EXPECT_EQ(b.hand.county.ledger.works, 0);
  EXPECT_EQ(b.hand.county.ledger.free_pool(), 7'000'000 * kYuan);
}

TEST(Solar, EarnsFromTheSixthMonthAndInDecemberAtTheLatest) {
  SolarBench b;
  const auto v = b.add_village();
  b.set_aside(1'000'000);
  b.months(month_of(2017, 1), month_of(2017, 6));
  EXPECT_EQ(b.kw(v), 0.0F);
  b.month(month_of(2017, 7));
  EXPECT_EQ(b.kw(v), 100.0F);
  b.months(month_of(2017, 8), month_of(2017, 12));
  EXPECT_TRUE(b.enrolled(solar).empty());
  EXPECT_EQ(b.delivered(solar), 1'000'000 * kYuan) << "one plant a village";

  SolarBench late;
  const auto w = late.add_village();
  late.fund(Pot::pool, 1'000'000 * kYuan);
  late.months(month_of(2017, 10), month_of(2017, 11));
  EXPECT_TRUE(late.begun(w));
  EXPECT_EQ(late.kw(w), 0.0F);
  late.month(month_of(2017, 12));
  EXPECT_EQ(late.kw(w), 100.0F);
}

TEST(Solar, StaysAfterTheEndAndMayBeReplacedWhenItHasStopped) {
  SolarBench b;
  b.settings("solar").until = month_of(2017, 6);
  const auto v = b.add_village();
  b.set_aside(3'000'000);
  b.months(month_of(2017, 1), month_of(2018, 1));
  EXPECT_EQ(b.kw(v), 100.0F) << "what was paid is built";
  EXPECT_EQ(b.delivered(solar), 1'000'000 * kYuan);

  SolarBench again;
  const auto w = again.add_village();
  again.set_aside(3'000'000);
  again.months(month_of(2017, 1), month_of(2017, 12));
  again.hand.county.villages.solar[w] = 0.0F;  // as the economy's failures leave it
  again.hand.county.ledger.works = again.hand.county.ledger.of(Pot::pool).balance;
  again.months(month_of(2018, 1), month_of(2018, 7));
  EXPECT_EQ(again.kw(w), 100.0F);
  EXPECT_EQ(again.delivered(solar), 2'000'000 * kYuan);
}

TEST(Solar, EffectIsSizeAndCostIsPrice) {
  SolarBench b;
  b.settings("solar").effect = 0.5;
  b.settings("solar").cost = 2.0;
  b.hand.frame.price = 1.25;
  const auto v = b.add_village();
  b.set_aside(2'600'000);
  b.months(month_of(2017, 1), month_of(2017, 7));
  EXPECT_EQ(b.kw(v), 50.0F);
  EXPECT_EQ(b.delivered(solar), 2'500'000 * kYuan);
}

}  // namespace
}  // namespace terrace::policies

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::HandHousehold;
using test::housing;

class HousingBench : public test::PolicyBench {
 public:
  explicit HousingBench(int year, std::int64_t places = -1) : PolicyBench(year, {"housing"}) {
    set("housing", "subsidy_early", 8'500);
    set("housing", "subsidy", 14'000);
    set("housing", "own_share", 0.3);
    set("housing", "build_months", 6);
    hand.plan.places[housing] = places;
  }
  House house(std::size_t h) const { return static_cast<House>(hand.county.households.house[h]); }
};

const HandHousehold kPoor = {.house = House::c, .status = Status::registered};

TEST(Housing, RegisteredAndWatchedInDilapidatedHousesMayApply) {
  HousingBench b(2017);
  HandHousehold h = kPoor;
  b.hand.add(h);  // 0: registered, C
  h.house = House::d;
  b.hand.add(h);  // 1: registered, D
  h.status = Status::relapsed;
  b.hand.add(h);  // 2: relapsed counts as registered
  h.status = Status::exited;
  b.hand.add(h);  // 3: has left, and is not watched
  b.hand.add(h);  // 4: has left and is watched
  b.hand.county.households.watch[4] = static_cast<std::uint8_t>(Watch::unstable);
  h.status = Status::no;
  b.hand.add(h);  // 5: never registered
  h = kPoor;
  h.house = House::b;
  b.hand.add(h);  // 6: registered, a safe house
  b.month(month_of(2017, 1));
  std::vector<std::uint32_t> served;
  for (const Enrolment& e : b.enrolled(housing)) served.push_back(e.household);
  EXPECT_EQ(served, (std::vector<std::uint32_t>{0, 1, 2, 4}));
}

TEST(Housing, StateAndHouseholdShareTheCost) {
  HousingBench b(2017);
  b.hand.frame.price = 1.1;
  b.hand.add(kPoor);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(housing), 1'400'000);
  EXPECT_EQ(b.hand.county.ledger.of(Pot::line).inflow, 1'400'000);
  // 14,000 are 0.7 of the cost: 20,000 in all, 6,000 of its own, more than the 5,000 it has.
  EXPECT_NEAR(b.hand.county.households.wealth[0], 5'000 - 6'000 / 1.1, 0.01);
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F) << "the builder is paid, not the household";
  b.months(month_of(2017, 2), month_of(2017, 12));
  EXPECT_EQ(b.delivered(housing), 1'400'000) << "paid once";
}

TEST(Housing, SubsidyRoseIn2017) {
  HousingBench b(2016);
  b.hand.add(kPoor);
  b.month(month_of(2016, 1));
  EXPECT_EQ(b.delivered(housing), 850'000);
  EXPECT_NEAR(b.hand.county.households.wealth[0], 5'000 - 8'500 * 3.0 / 7.0, 0.01);
}

TEST(Housing, HouseIsSafeAfterTheBuildingTime) {
  HousingBench b(2017);
  HandHousehold h = kPoor;
  b.hand.add(h);
  h.house = House::d;
  b.hand.add(h);
  b.months(month_of(2017, 1), month_of(2017, 7));
  EXPECT_EQ(b.house(0), House::c);
  EXPECT_EQ(b.house(1), House::d);
  EXPECT_EQ(b.enrolled(housing).size(), 2U);
  b.month(month_of(2017, 8));  // begun in February
  EXPECT_EQ(b.house(0), House::b) << "repaired";
  EXPECT_EQ(b.house(1), House::a) << "rebuilt";
  EXPECT_TRUE(b.enrolled(housing).empty());
  b.months(month_of(2017, 9), month_of(2018, 12));
  EXPECT_EQ(b.delivered(housing), 2 * 1'400'000) << "a safe house is not built again";
}

TEST(Housing, AHouseIsSubsidisedOnce) {
  for (const int build : {5, 6, 11, 12}) {
    HousingBench b(2017);
    b.set("housing", "build_months", build);
    b.hand.add(kPoor);
    b.months(month_of(2017, 1), month_of(2017, 12));
    b.runner->measure_demand(b.hand.work);
    EXPECT_EQ(b.hand.report.demand[housing], 0.0) << "under construction or done: " << build;
    b.months(month_of(2018, 1), month_of(2018, 12));
    EXPECT_EQ(b.delivered(housing), 1'400'000) << build;
    EXPECT_EQ(b.house(0), House::b) << build;
    EXPECT_TRUE(b.enrolled(housing).empty()) << build;
  }
}

TEST(Housing, ABetterHouseIsKept) {
  HousingBench b(2017);
  b.hand.add(kPoor);
  b.month(month_of(2017, 1));
  b.hand.county.households.house[0] = static_cast<std::uint8_t>(House::a);  // has moved
  b.months(month_of(2017, 2), month_of(2017, 8));
  EXPECT_EQ(b.house(0), House::a);
}

TEST(Housing, PlacesOfTheYearGoToThoseNearestToExit) {
  HousingBench b(2017, 3);
  HandHousehold h = kPoor;
  for (const double verified : {2'000.0, 3'200.0, 2'600.0, 1'500.0, 3'000.0}) {
    h.verified = verified;
    b.hand.add(h);
  }
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(housing, 1), nullptr);
  EXPECT_NE(b.enrolment(housing, 4), nullptr);
  EXPECT_NE(b.enrolment(housing, 2), nullptr);
  EXPECT_EQ(b.enrolled(housing).size(), 3U);
  EXPECT_EQ(b.event(housing, ModuleSum::unserved), 2.0);
  b.months(month_of(2017, 2), month_of(2017, 12));
  EXPECT_EQ(b.delivered(housing), 3 * 1'400'000) << "June has only what January left";
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.delivered(housing), 5 * 1'400'000);
}

TEST(Housing, MultipliersReachSubsidyAndPrice) {
  HousingBench b(2017);
  b.settings("housing").effect = 0.5;
  b.settings("housing").cost = 2.0;
  HandHousehold h = kPoor;
  h.wealth = 30'000;
  b.hand.add(h);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(housing), 2'800'000);
  EXPECT_NEAR(b.hand.county.households.wealth[0], 30'000 - (20'000 - 7'000), 0.01);
}

TEST(Housing, ThePublicPaysWhatArrives) {
  HousingBench b(2017);
  b.settings("housing").effect = 1.2;
  b.hand.add(kPoor);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(housing), 1'680'000);
  EXPECT_NEAR(b.hand.county.households.wealth[0], 5'000 - (20'000 - 16'800), 0.01);
}

TEST(Housing, WithoutOwnShareNobodyPays) {
  HousingBench b(2017);
  b.set("housing", "own_share", 0.0);
  b.hand.add(kPoor);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.hand.county.households.wealth[0], 5'000.0F);
}

}  // namespace
}  // namespace terrace::policies

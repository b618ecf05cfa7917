// Which deprivations count how much, household by household.
#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandHousehold;

/// Tenths of one household that has electricity.
int tenths_of(const HandHousehold& household, std::uint8_t more_services = service::power) {
  HandCounty hand(2017);
  hand.add(household);
  hand.county.households.services[0] |= more_services;
  hand.begin(month_of(2017, 12));
  return deprivations(hand.work)[0];
}

TEST(Multidimensional, NothingIsLackingByItself) { EXPECT_EQ(tenths_of({}), 0); }

TEST(Multidimensional, EveryIndicatorHasItsWeight) {
  EXPECT_EQ(tenths_of({.income = 2'951}), 2) << "income: the line is 2,952";
  EXPECT_EQ(tenths_of({.income = 2'953}), 0);
  EXPECT_EQ(tenths_of({.house = House::c}), 2);
  EXPECT_EQ(tenths_of({.water = false}), 1);
  EXPECT_EQ(tenths_of({.insured = false}), 1);
  EXPECT_EQ(tenths_of({}, 0), 1) << "no electricity";
  EXPECT_EQ(tenths_of({.members = {{.schooling = 5}, {.schooling = 3}}}), 1);
  EXPECT_EQ(tenths_of({.members = {{.schooling = 5}, {.schooling = 6}}}), 0);
  EXPECT_EQ(tenths_of({.members = {{.schooling = 9, .disability = 2}}}), 1);
  EXPECT_EQ(tenths_of({.members = {{.schooling = 9, .disability = 1}}}), 0);
  EXPECT_EQ(tenths_of({.members = {{}, {.activity = Activity::ill}}}), 1);
  EXPECT_EQ(tenths_of({.members = {{},
                                   {.age = 12,
                                    .schooling = 4,
                                    .school = School::dropped,
                                    .activity = Activity::child}}}),
            1);
}

TEST(Multidimensional, YearsOfSchoolAreCountedFromSixteen) {
  EXPECT_EQ(tenths_of({.members = {{.age = 40, .schooling = 2}, {.age = 15, .schooling = 8}}}), 1);
  EXPECT_EQ(tenths_of({.members = {{.age = 40, .schooling = 2}, {.age = 16, .schooling = 8}}}), 0);
}

TEST(Multidimensional, AllWeightsMakeAWhole) {
  EXPECT_EQ(tenths_of({.income = 100,
                       .house = House::d,
                       .water = false,
                       .insured = false,
                       .members = {{.schooling = 0, .disability = 2},
                                   {.age = 12,
                                    .schooling = 0,
                                    .school = School::dropped,
                                    .activity = Activity::child}}},
                      0),
            10);
}

}  // namespace
}  // namespace terrace::registry

// Who is diagnosed when, how often the record is wrong, and the plans that follow.
#include <bit>
#include <cmath>

#include <gtest/gtest.h>

#include "registry/prescribe.hpp"
#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandPerson;
using M = Measure;

constexpr Measures kAll = 0xffff;

constexpr Measures set_of(std::initializer_list<M> list) {
  Measures out = 0;
  for (const M m : list) out = static_cast<Measures>(out | bit(m));
  return out;
}

RegistryParameters sure(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.diagnosis.diag_error = 0.0;
  return p;
}

Cause first_of(const HandCounty& hand, std::size_t h) {
  return unpack_causes(hand.county.households.causes[h])[0];
}
Cause on_record(const HandCounty& hand, std::size_t h) {
  return static_cast<Cause>(hand.county.households.diagnosed[h]);
}

TEST(Diagnose, FindsTheHeaviestCause) {
  HandCounty hand(2014);
  const auto ill =
      hand.add({.status = Status::registered,
                .members = {{.age = 40, .chronic = true}, {.age = 40, .chronic = true}}});
  hand.county.households.bills_last_year[ill] = 20'000;
  const auto well = hand.add({.status = Status::no});
  hand.begin(month_of(2014, 5));
  hand.frame.measures = kAll;
  diagnose(hand.work, sure(hand));
  EXPECT_EQ(first_of(hand, ill), Cause::illness);
  EXPECT_EQ(on_record(hand, ill), Cause::illness);
  EXPECT_EQ(hand.county.households.plan[ill], set_of({M::health, M::allowance, M::labour_service}));
  EXPECT_EQ(hand.county.households.diagnosed[well], kNoCause) << "not on the register";
  EXPECT_EQ(hand.county.households.plan[well], 0);
}

TEST(Diagnose, StandsUntilTheLookBack) {
  for (const int year : {2015, 2016}) {
    HandCounty hand(year);
    const auto old = hand.add({.status = Status::registered});
    const auto back = hand.add({.status = Status::relapsed});
    const auto gone = hand.add({.status = Status::exited});
    const auto watched = hand.add({.status = Status::exited});
    const auto entered = hand.add({.status = Status::registered});
    HouseholdTable& t = hand.county.households;
    t.watch[watched] = static_cast<std::uint8_t>(Watch::unstable);
    for (const auto h : {old, back, gone, watched}) {
      t.diagnosed[h] = static_cast<std::uint8_t>(Cause::disaster);
      t.causes[h] = pack_causes(Cause::disaster, Cause::water);
      t.plan[h] = bit(M::solar);
      t.bills_last_year[h] = 30'000;
    }
    hand.begin(month_of(year, 5));
    hand.frame.measures = kAll;
    diagnose(hand.work, sure(hand));
    EXPECT_EQ(on_record(hand, old), year == 2016 ? Cause::illness : Cause::disaster);
    EXPECT_EQ(on_record(hand, back), on_record(hand, old)) << "came back some time ago";
    EXPECT_EQ(on_record(hand, watched), Cause::disaster);
    EXPECT_EQ(t.plan[watched], set_of({M::infrastructure, M::industry}));
    EXPECT_EQ(on_record(hand, gone), Cause::disaster);
    EXPECT_EQ(t.plan[gone], bit(M::solar)) << "who left keeps the plan";
    EXPECT_NE(t.diagnosed[entered], kNoCause);
    if (year == 2015) {
      EXPECT_EQ(t.plan[old], set_of({M::infrastructure, M::industry}))
          << "a new plan on the old record";
    }
  }
}

TEST(Diagnose, WhoComesInOrBackIsDiagnosedAnewOnce) {
  HandCounty hand(2018);
  const auto back = hand.add({.income = 1'000, .status = Status::exited});
  const auto in_again = hand.add({.income = 1'000, .status = Status::removed});
  HouseholdTable& t = hand.county.households;
  RegistryParameters p = sure(hand);
  p.identification.sigma_score_2016 = 0.0;
  p.identification.adj_reach = 1.0;
  for (const auto h : {back, in_again}) {
    t.diagnosed[h] = static_cast<std::uint8_t>(Cause::disaster);
    t.causes[h] = pack_causes(Cause::disaster, Cause::water);
    t.bills_last_year[h] = 30'000;
  }
  hand.begin(month_of(2018, 5));
  adjust(hand.work, p);
  diagnose(hand.work, p);
  ASSERT_EQ(hand.status(back), Status::relapsed);
  ASSERT_EQ(hand.status(in_again), Status::registered);
  for (const auto h : {back, in_again}) EXPECT_EQ(on_record(hand, h), Cause::illness);
  hand.frame.year = 2019;
  t.bills_last_year = {0, 0};
  hand.begin(month_of(2019, 5));
  adjust(hand.work, p);
  diagnose(hand.work, p);
  for (const auto h : {back, in_again}) EXPECT_EQ(on_record(hand, h), Cause::illness) << "stands";
  diagnose_one(hand.work, back, p);
  EXPECT_NE(on_record(hand, back), Cause::illness) << "which it would no longer be";
}

TEST(Diagnose, OneHouseholdThatIsWatched) {
  HandCounty hand(2021);
  const auto h = hand.add({.status = Status::exited});
  hand.county.households.bills_last_year[h] = 30'000;
  hand.begin(month_of(2021, 3));
  hand.frame.measures = kAll;
  diagnose_one(hand.work, h, sure(hand));
  EXPECT_EQ(on_record(hand, h), Cause::illness);
  EXPECT_NE(hand.county.households.plan[h] & bit(M::health), 0);
}

TEST(Diagnose, IsWrongAsOftenAsItsErrorAndLessWithATeam) {
  constexpr int kHouseholds = 6'000;
  for (const double team : {0.0, 0.5, 1.2}) {
    HandCounty hand(2014);
    for (int i = 0; i < kHouseholds; ++i) {
      hand.add({.status = Status::registered, .members = {{.age = 40, .disability = 1}}});
    }
    for (auto& bills : hand.county.households.bills_last_year) bills = 30'000;
    hand.begin(month_of(2014, 5));
    hand.work.team[0] = static_cast<float>(team);
    RegistryParameters p = hand.registry;
    p.diagnosis.diag_error = 0.2;
    diagnose(hand.work, p);
    double wrong = 0.0;
    double second = 0.0;
    for (std::size_t h = 0; h < kHouseholds; ++h) {
      const auto truth = unpack_causes(hand.county.households.causes[h]);
      wrong += on_record(hand, h) != truth[0] ? 1.0 : 0.0;
      second += on_record(hand, h) == truth[1] ? 1.0 : 0.0;
    }
    // Chance of a false alarm below 1e-5 each.
    const double rate = team > 1.0 ? 0.0 : 0.2 * (1.0 - team);
    EXPECT_NEAR(wrong / kHouseholds, rate, 4.5 * std::sqrt(rate * (1 - rate) / kHouseholds));
    EXPECT_NEAR(second, 0.5 * wrong, 4.5 * std::sqrt(0.25 * wrong));
  }
}

TEST(Plan, TakesTheFirstApplicableOfTheRow) {
  const Measures can =
      set_of({M::industry, M::labour_service, M::allowance, M::infrastructure, M::solar, M::care});
  EXPECT_EQ(by_cause(Cause::labour, can, 4),
            set_of({M::allowance, M::solar, M::industry, M::care}));
  EXPECT_EQ(by_cause(Cause::labour, can, 3), set_of({M::allowance, M::solar, M::industry}));
  EXPECT_EQ(by_cause(Cause::disaster, can, 4), set_of({M::infrastructure, M::industry}));
}

TEST(Plan, FallsBackOnTheRowOfOtherForASecondMeasure) {
  const Measures can = set_of({M::labour_service, M::allowance, M::loan});
  EXPECT_EQ(by_cause(Cause::funds, can, 4), set_of({M::loan, M::labour_service}));
  EXPECT_EQ(by_cause(Cause::transport, can, 4), set_of({M::labour_service, M::allowance}));
  EXPECT_EQ(by_cause(Cause::funds, bit(M::loan), 4), bit(M::loan)) << "nothing else there is";
  EXPECT_EQ(by_cause(Cause::funds, 0, 4), 0);
}

TEST(Plan, AppliesOnlyWhatCouldDoSomething) {
  HandCounty hand(2014);
  const auto able = hand.add({.members = {{.age = 40}, {.age = 38}}});
  const auto old = hand.add({.house = House::d, .water = false, .members = {{.age = 79}}});
  const auto pupil =
      hand.add({.members = {{.age = 40},
                            {.age = 12, .school = School::pupil, .activity = Activity::pupil}}});
  hand.add_village({.hazard = true, .ecological = true});
  const auto there = hand.add({});
  const auto moved = hand.add({});
  hand.county.households.services[moved] |= service::moved;
  hand.begin(month_of(2014, 5));
  hand.frame.measures = kAll;

  const Measures anybody = set_of({M::allowance, M::health, M::infrastructure});
  const Measures work = set_of({M::industry, M::loan, M::workshop, M::training, M::labour_service});
  EXPECT_EQ(applicable(hand.work, able), anybody | work);
  EXPECT_EQ(applicable(hand.work, old), anybody | set_of({M::care, M::housing, M::water}));
  EXPECT_EQ(applicable(hand.work, pupil), anybody | work | bit(M::education));
  EXPECT_EQ(applicable(hand.work, there),
            anybody | work | set_of({M::relocation, M::ecological_post}));
  EXPECT_EQ(applicable(hand.work, moved), anybody | work | bit(M::ecological_post));

  hand.frame.measures = set_of({M::industry, M::relocation});
  EXPECT_EQ(applicable(hand.work, able), bit(M::industry)) << "nobody carries out the rest";
}

TEST(Plan, NamesPlantsAndShopsWhereThereCanBeSome) {
  HandCounty hand(2016);
  const auto plain = hand.add({});
  const auto online = hand.add({});
  hand.county.households.services[online] |= service::network;
  hand.add_village({});
  const auto poor = hand.add({});
  hand.add_village({});
  const auto sunny = hand.add({});
  hand.county.villages.standing[1] = static_cast<std::uint8_t>(VillageStanding::poor);
  hand.county.villages.solar[2] = 50.0F;
  hand.begin(month_of(2016, 5));
  hand.frame.measures = set_of({M::solar, M::commerce});
  EXPECT_EQ(applicable(hand.work, plain), 0);
  EXPECT_EQ(applicable(hand.work, online), bit(M::commerce));
  EXPECT_EQ(applicable(hand.work, poor), bit(M::solar));
  EXPECT_EQ(applicable(hand.work, sunny), bit(M::solar));
  hand.county.designated = false;
  EXPECT_EQ(applicable(hand.work, online), 0);
}

TEST(Plan, AddsWhatAnswersAFailedGuarantee) {
  HandCounty hand(2014);
  const auto all = hand.add({});
  const auto none = hand.add({.house = House::c,
                              .water = false,
                              .insured = false,
                              .members = {{.age = 40}, {.age = 12, .school = School::dropped}}});
  hand.begin(month_of(2014, 5));
  hand.frame.measures = kAll;
  EXPECT_EQ(for_guarantees(hand.work, all), 0);
  EXPECT_EQ(for_guarantees(hand.work, none),
            set_of({M::health, M::education, M::housing, M::water}));
  // On top of a plan that is full.
  hand.county.households.diagnosed[none] = static_cast<std::uint8_t>(Cause::funds);
  Diagnosis p = hand.registry.diagnosis;
  p.plan_max = 2;
  EXPECT_EQ(plan_for(hand.work, none, p),
            set_of({M::loan, M::industry, M::health, M::education, M::housing, M::water}));
  hand.frame.measures = set_of({M::loan, M::industry, M::housing});
  EXPECT_EQ(plan_for(hand.work, none, p), set_of({M::loan, M::industry, M::housing}));
}

TEST(Plan, DrawnAtRandomIsAsLongLastsAndIgnoresTheCause) {
  HandCounty hand(2014);
  constexpr std::size_t kHouseholds = 2'000;
  for (std::size_t i = 0; i < kHouseholds; ++i) hand.add({});
  for (auto& d : hand.county.households.diagnosed) d = static_cast<std::uint8_t>(Cause::skills);
  for (auto& has : hand.county.households.services) has |= service::network;
  hand.county.villages.standing[0] = static_cast<std::uint8_t>(VillageStanding::poor);
  hand.begin(month_of(2014, 5));
  hand.frame.measures = kAll;  // ten of them apply here
  Diagnosis p = hand.registry.diagnosis;
  p.at_random = 1.0;
  std::vector<Measures> plans;
  double training = 0.0;
  for (std::size_t h = 0; h < kHouseholds; ++h) {
    plans.push_back(plan_for(hand.work, h, p));
    EXPECT_EQ(std::popcount(plans[h]), 3);
    EXPECT_EQ(plans[h] & ~applicable(hand.work, h), 0);
    training += (plans[h] & bit(M::training)) != 0 ? 1.0 : 0.0;
  }
  EXPECT_NEAR(training / kHouseholds, 0.3, 4.5 * std::sqrt(0.3 * 0.7 / kHouseholds));
  hand.work.month = month_of(2015, 5);
  for (std::size_t h = 0; h < 50; ++h) EXPECT_EQ(plan_for(hand.work, h, p), plans[h]) << h;

  p.at_random = 0.25;
  double drawn = 0.0;
  for (std::size_t h = 0; h < kHouseholds; ++h)
    drawn += plan_for(hand.work, h, p) == plans[h] ? 1.0 : 0.0;
  // A household in 120 would draw the row of its cause.
  const double rate = 0.25 + 0.75 / 120;
  EXPECT_NEAR(drawn / kHouseholds, rate, 4.5 * std::sqrt(rate * (1 - rate) / kHouseholds));
}

}  // namespace
}  // namespace terrace::registry

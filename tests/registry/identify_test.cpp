// The first registration: quota in persons, village shares, the rule of the half.
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandHousehold;
using test::HandPerson;

/// Scores without error or checks: the register is simply the poorest.
RegistryParameters exact_scores(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.identification.sigma_score_2014 = 0.0;
  p.identification.check_weight = 0.0;
  p.identification.village_report_sd = 0.0;
  return p;
}

double registered_persons(const HandCounty& hand) {
  double persons = 0.0;
  for (std::size_t h = 0; h < hand.county.households.size(); ++h) {
    if (on_register(hand.county.households.status[h])) persons += hand.county.households.members[h];
  }
  return persons;
}

std::vector<HandPerson> family(std::size_t persons) { return std::vector<HandPerson>(persons); }

TEST(Identify, TakesThePoorestWithinTheQuota) {
  HandCounty hand(2014);
  for (int i = 0; i < 10; ++i) hand.add({.income = 1'000.0 + 100.0 * ((i * 7) % 10)});
  hand.plan.quota_persons = 8;
  hand.begin(month_of(2014, 5));
  identify(hand.work, exact_scores(hand));
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(hand.status(static_cast<std::size_t>(i)) == Status::registered, (i * 7) % 10 < 4)
        << i;
  }
  EXPECT_EQ(hand.work.event(Sum::added), 4.0);
}

TEST(Identify, TheHouseholdThatCrossesEntersIfHalfOfItFits) {
  const auto register_of = [](double quota) {
    HandCounty hand(2014);
    hand.add({.income = 1'000, .members = family(3)});
    hand.add({.income = 1'100, .members = family(4)});
    hand.add({.income = 9'000, .members = family(1)});
    hand.plan.quota_persons = quota;
    hand.begin(month_of(2014, 5));
    identify(hand.work, exact_scores(hand));
    return registered_persons(hand);
  };
  EXPECT_EQ(register_of(3), 3);
  EXPECT_EQ(register_of(4), 3) << "a quarter of the second fits";
  EXPECT_EQ(register_of(5), 7) << "half of it fits";
  EXPECT_EQ(register_of(7), 7);
  EXPECT_EQ(register_of(0), 0);
  EXPECT_EQ(register_of(1), 0) << "a third of the first";
}

TEST(Identify, VillagesShareByReportedIncidence) {
  HandCounty hand(2014);
  // 20 poor persons in the first village and 10 in the second; all others far above the line.
  for (int i = 0; i < 30; ++i) hand.add({.income = i < 10 ? 1'500.0 + i : 30'000.0});
  hand.add_village({});
  for (int i = 0; i < 30; ++i) hand.add({.income = i < 5 ? 500.0 + i : 30'000.0});
  hand.plan.quota_persons = 12;
  hand.begin(month_of(2014, 5));
  identify(hand.work, exact_scores(hand));
  double in_first = 0.0;
  for (std::size_t h = 0; h < 30; ++h)
    in_first += on_register(hand.county.households.status[h]) ? 2 : 0;
  EXPECT_EQ(in_first, 8.0) << "two thirds, although the second village is poorer";
  EXPECT_EQ(registered_persons(hand), 12.0);
}

TEST(Identify, UnfilledPlacesGoCountyWide) {
  HandCounty hand(2014);
  // The first village's one poor household of five uses up all it has; the places that it
  // is given beyond that serve the county.
  hand.add({.income = 1'000, .members = family(5)});
  hand.add_village({});
  for (int i = 0; i < 5; ++i) hand.add({.income = 2'000.0 + i, .members = family(1)});
  hand.plan.quota_persons = 14;  // 7 a village: 2 left over, and 2 more than the second has
  hand.begin(month_of(2014, 5));
  identify(hand.work, exact_scores(hand));
  EXPECT_EQ(registered_persons(hand), 10.0) << "everybody";
}

TEST(Identify, RegisterIsNearTheQuotaInEveryCounty) {
  for (const std::uint32_t replicate : {0U, 1U, 2U}) {
    HandCounty hand(2014);
    hand.frame.key.replicate = replicate;
    for (int v = 0; v < 6; ++v) {
      if (v > 0) hand.add_village({});
      for (int i = 0; i < 100; ++i) {
        hand.add({.income = 1'500.0 + 97.0 * ((i * 37 + v * 11) % 100),
                  .members = family(static_cast<std::size_t>(1 + (i + v) % 6))});
      }
    }
    hand.plan.quota_persons = 400;
    hand.begin(month_of(2014, 5));
    identify(hand.work, hand.registry);
    // Each of six villages, and the county, may miss by half a household of at most six.
    EXPECT_NEAR(registered_persons(hand), 400.0, 7 * 3.0);
  }
}

TEST(Identify, ErrorsOfTheScoreMakeErrorsOfTargeting) {
  const auto wrongly_in = [](double sigma) {
    HandCounty hand(2014);
    for (int i = 0; i < 1'000; ++i) hand.add({.income = i < 200 ? 2'000.0 : 4'500.0});
    hand.plan.quota_persons = 400;
    hand.begin(month_of(2014, 5));
    RegistryParameters p = exact_scores(hand);
    p.identification.sigma_score_2014 = sigma;
    identify(hand.work, p);
    int wrong = 0;
    for (std::size_t h = 200; h < 1'000; ++h) wrong += hand.status(h) == Status::registered ? 1 : 0;
    return wrong;
  };
  EXPECT_EQ(wrongly_in(0.0), 0);
  EXPECT_GT(wrongly_in(0.35), 10);
  EXPECT_GT(wrongly_in(0.6), wrongly_in(0.35) + 20);
}

TEST(Identify, TheFourChecksBringAHouseholdForward) {
  HandCounty hand(2014);
  const auto bad = hand.add({.income = 2'000, .house = House::d});
  const auto hungry = hand.add({.income = 2'000, .consumption = 500});
  const auto frail = hand.add({.income = 2'000, .members = {{.age = 70}, {.age = 68}}});
  const auto plain = hand.add({.income = 2'000});
  for (int i = 0; i < 6; ++i) hand.add({.income = 2'000});
  hand.plan.quota_persons = 6;
  hand.begin(month_of(2014, 5));
  RegistryParameters p = exact_scores(hand);
  p.identification.check_weight = 0.2;
  identify(hand.work, p);
  EXPECT_EQ(hand.status(bad), Status::registered);
  EXPECT_EQ(hand.status(hungry), Status::registered);
  EXPECT_EQ(hand.status(frail), Status::registered);
  EXPECT_EQ(hand.status(plain), Status::no);
}

TEST(Month, RegistrationComesOnceInMayOfItsYear) {
  HandCounty hand(2014);
  for (int i = 0; i < 10; ++i) hand.add({.income = 1'000});
  hand.plan.quota_persons = 6;
  for (const int m : {1, 4, 6, 10}) {
    hand.begin(month_of(2014, m));
    month(hand.work, hand.registry);
    EXPECT_EQ(hand.count(Status::registered), 0U) << "month " << m;
  }
  hand.begin(month_of(2014, 5));
  hand.frame.registry = false;
  month(hand.work, hand.registry);
  EXPECT_EQ(hand.count(Status::registered), 0U) << "the register is switched off";
  hand.frame.registry = true;
  month(hand.work, hand.registry);
  EXPECT_EQ(hand.count(Status::registered), 3U);
}

}  // namespace
}  // namespace terrace::registry

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

/// Scores without error, checks or votes: the register is simply the poorest.
RegistryParameters exact_scores(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.identification.sigma_score_2014 = 0.0;
  p.identification.check_weight = 0.0;
  p.identification.w_appraisal = 0.0;
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

TEST(Identify, WhatAVillageTakesTooMuchIsTakenFromTheCounty) {
  // Three places a village. The first fills them with four persons; in the second a household of
  // four does not fit into the one that is left, so the county has none for the single.
  HandCounty hand(2014);
  hand.add({.income = 1'000, .members = family(2)});
  hand.add({.income = 2'000, .members = family(2)});
  const auto single = hand.add({.income = 2'940, .members = family(1)});
  hand.add_village({});
  hand.add({.income = 1'000, .members = family(2)});
  const auto large = hand.add({.income = 2'950, .members = family(4)});
  hand.frame.poverty_line = 1'500;
  hand.plan.quota_persons = 6;
  hand.begin(month_of(2014, 5));
  identify(hand.work, exact_scores(hand));
  EXPECT_EQ(hand.status(single), Status::no);
  EXPECT_EQ(hand.status(large), Status::no);
  EXPECT_EQ(registered_persons(hand), 6.0);
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
    // Each of six villages may take half a household of at most six too much; what is left over
    // the county fills.
    EXPECT_GE(registered_persons(hand), 400.0 - 3.0);
    EXPECT_LE(registered_persons(hand), 400.0 + 6 * 3.0);
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
  const auto senior =
      hand.add({.income = 2'000,
                .members = {{.age = 40},
                            {.age = 17, .school = School::senior, .activity = Activity::pupil}}});
  const auto dropout =
      hand.add({.income = 2'000,
                .members = {{.age = 40},
                            {.age = 12, .school = School::dropped, .activity = Activity::child}}});
  const auto plain = hand.add({.income = 2'000});
  for (int i = 0; i < 6; ++i) hand.add({.income = 2'000});
  hand.plan.quota_persons = 10;
  hand.begin(month_of(2014, 5));
  RegistryParameters p = exact_scores(hand);
  p.identification.check_weight = 0.2;
  identify(hand.work, p);
  EXPECT_EQ(hand.status(bad), Status::registered);
  EXPECT_EQ(hand.status(hungry), Status::registered);
  EXPECT_EQ(hand.status(frail), Status::registered);
  EXPECT_EQ(hand.status(senior), Status::registered);
  EXPECT_EQ(hand.status(dropout), Status::registered);
  EXPECT_EQ(hand.status(plain), Status::no);
}

TEST(Identify, TheVoteMovesPlacesWithinAVillage) {
  HandCounty hand(2014);
  for (int i = 0; i < 10; ++i) hand.add({.income = 2'000});
  HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < 10; ++h) t.u_perm[h] = h < 4 ? -0.5F : 0.5F;
  t.origin[9] = origin::cadre_kin;
  hand.plan.quota_persons = 8;
  hand.begin(month_of(2014, 5));
  RegistryParameters p = exact_scores(hand);
  p.identification.w_appraisal = 0.4;
  p.identification.vote_noise = 0.0;
  p.identification.elite_bias = 0.25;
  identify(hand.work, p);
  for (std::size_t h = 0; h < 10; ++h) {
    EXPECT_EQ(hand.status(h) == Status::registered, h < 4) << h;
    t.status[h] = static_cast<std::uint8_t>(Status::no);
  }
  p.identification.elite_bias = 0.8;
  p.identification.vote_income = 0.0;
  hand.plan.quota_persons = 2;
  identify(hand.work, p);
  EXPECT_EQ(hand.status(9), Status::registered) << "kin of a cadre, and nothing else to go by";
}

TEST(Identify, WhomDataMatchingGivesAwayMakesRoomForTheNext) {
  HandCounty hand(2014);
  const auto hidden = hand.add({.income = 1'000, .wealth = 100'000});
  const auto second = hand.add({.income = 1'100});
  const auto third = hand.add({.income = 1'200});
  const auto fourth = hand.add({.income = 1'300});
  hand.plan.quota_persons = 4;
  hand.begin(month_of(2014, 5));
  RegistryParameters p = exact_scores(hand);
  p.identification.veto_detect_first = 1.0;
  identify(hand.work, p);
  EXPECT_EQ(hand.status(hidden), Status::no) << "was never listed, so is not struck off";
  EXPECT_EQ(hand.status(second), Status::registered);
  EXPECT_EQ(hand.status(third), Status::registered);
  EXPECT_EQ(hand.status(fourth), Status::no);
  EXPECT_EQ(hand.work.event(Sum::added), 2.0);
  EXPECT_EQ(hand.work.event(Sum::vetoed), 0.0);
  EXPECT_NE(hand.county.households.notes[second] & note::listed, 0);
  EXPECT_EQ(hand.county.households.notes[hidden] & note::listed, 0);
}

TEST(Identify, TheVillagesThatReportMostBecomePoorVillages) {
  HandCounty hand(2014);
  // 2, 6, 4 and 0 of ten households are poor.
  const int poor[] = {2, 6, 4, 0};
  for (int v = 0; v < 4; ++v) {
    if (v > 0) hand.add_village({});
    for (int i = 0; i < 10; ++i) hand.add({.income = i < poor[v] ? 1'000.0 : 30'000.0});
  }
  hand.plan.quota_persons = 10;
  hand.plan.poor_villages = 2;
  hand.begin(month_of(2014, 5));
  identify(hand.work, exact_scores(hand));
  const auto standing = [&](std::size_t v) {
    return static_cast<VillageStanding>(hand.county.villages.standing[v]);
  };
  EXPECT_EQ(standing(0), VillageStanding::ordinary);
  EXPECT_EQ(standing(1), VillageStanding::poor);
  EXPECT_EQ(standing(2), VillageStanding::poor);
  EXPECT_EQ(standing(3), VillageStanding::ordinary);
}

TEST(Identify, IncomeAsSeenStaysOnFileWithoutChecksAndVotes) {
  HandCounty hand(2014);
  const auto h = hand.add({.income = 2'000, .house = House::d});
  hand.add({.income = 4'000});
  hand.begin(month_of(2014, 5));
  RegistryParameters p = hand.registry;
  p.identification.sigma_score_2014 = 0.0;
  identify(hand.work, p);
  EXPECT_NEAR(hand.county.households.verified[h], 2'000.0, 0.01);
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

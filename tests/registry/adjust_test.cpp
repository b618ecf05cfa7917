// Look-back, yearly adjustment and relapse: thresholds, no quota.
#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

/// Everybody is looked at, without error.
RegistryParameters sharp(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.identification.sigma_score_2016 = 0.0;
  p.identification.lb_reach = 1.0;
  p.identification.adj_reach = 1.0;
  p.identification.appraisal_leniency = 0.0;
  p.identification.lb_remove = 1.8;
  return p;
}

TEST(LookBack, StrikesOffAboveTheThresholdAndTakesInBelowTheLine) {
  HandCounty hand(2016);
  const auto rich = hand.add({.income = 1.8 * 2'952 + 2, .status = Status::registered});
  const auto middling = hand.add({.income = 1.8 * 2'952 - 2, .status = Status::registered});
  const auto missed = hand.add({.income = 2'952 - 2});
  const auto rightly_out = hand.add({.income = 2'952 + 2});
  hand.begin(month_of(2016, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(rich), Status::removed);
  EXPECT_EQ(hand.status(middling), Status::registered);
  EXPECT_EQ(hand.status(missed), Status::registered);
  EXPECT_EQ(hand.status(rightly_out), Status::no);
  EXPECT_EQ(hand.work.event(Sum::removed), 1.0);
  EXPECT_EQ(hand.work.event(Sum::added), 1.0);
  EXPECT_FLOAT_EQ(hand.county.households.verified[missed], 2'950.0F);
}

TEST(LookBack, StrikesOffNobodyAt99LinesAndNeverComesAfterTheRun) {
  HandCounty hand(2016);
  const auto rich = hand.add({.income = 1e6, .status = Status::registered});
  const auto poor = hand.add({.income = 1'000});
  RegistryParameters p = sharp(hand);
  p.identification.veto_detect_first = p.identification.veto_detect_last = 0.0;
  p.identification.lb_remove = 99;
  p.identification.look_back_year = 2100;
  for (const int year : {2015, 2016, 2020}) {
    hand.frame.year = year;
    hand.begin(month_of(year, 5));
    month(hand.work, p);
    EXPECT_EQ(hand.status(poor), Status::no) << "neither look-back nor adjustment";
  }
  p.identification.look_back_year = 2016;
  hand.frame.year = 2016;
  hand.begin(month_of(2016, 5));
  month(hand.work, p);
  EXPECT_EQ(hand.status(poor), Status::registered);
  EXPECT_EQ(hand.status(rich), Status::registered);
}

TEST(LookBack, RemembersWhomDataMatchingStruckOffUntilTheyAreListedAgain) {
  HandCounty hand(2016);
  const auto matched = hand.add({.income = 1'000, .wealth = 200'000, .status = Status::registered});
  const auto rich = hand.add({.income = 9'000, .status = Status::registered});
  HouseholdTable& t = hand.county.households;
  hand.begin(month_of(2016, 5));
  RegistryParameters p = sharp(hand);
  p.identification.veto_detect_first = p.identification.veto_detect_last = 1.0;
  adjust(hand.work, p);
  ASSERT_EQ(hand.status(matched), Status::removed);
  ASSERT_EQ(hand.status(rich), Status::removed);
  EXPECT_EQ(t.notes[matched], note::matched);
  EXPECT_EQ(t.notes[rich], 0);
  t.wealth[matched] = 0.0F;
  hand.frame.year = 2017;
  hand.begin(month_of(2017, 5));
  adjust(hand.work, p);
  ASSERT_EQ(hand.status(matched), Status::registered);
  EXPECT_EQ(t.notes[matched], note::listed);
}

TEST(LookBack, LeniencyLiftsTheThresholdOfEntry) {
  HandCounty hand(2016);
  // 0.1 sd of leniency at weight 0.4: exp(0.1 * 0.4 * 0.714) = 1.029.
  const auto just = hand.add({.income = 2'952 * 1.028});
  const auto not_quite = hand.add({.income = 2'952 * 1.030});
  hand.begin(month_of(2016, 5));
  RegistryParameters p = sharp(hand);
  p.identification.appraisal_leniency = 0.1;
  p.identification.w_appraisal = 0.4;
  adjust(hand.work, p);
  EXPECT_EQ(hand.status(just), Status::registered);
  EXPECT_EQ(hand.status(not_quite), Status::no);
}

TEST(LookBack, ReachesItsShareOnly) {
  HandCounty hand(2016);
  for (int i = 0; i < 4'000; ++i) hand.add({.income = 1'000});
  hand.begin(month_of(2016, 5));
  RegistryParameters p = sharp(hand);
  p.identification.lb_reach = 0.14;
  adjust(hand.work, p);
  EXPECT_NEAR(static_cast<double>(hand.count(Status::registered)), 560.0, 4.5 * 22.0);
}

TEST(Adjustment, LaterYearsStrikeNobodyOff) {
  HandCounty hand(2017);
  const auto rich = hand.add({.income = 50'000, .status = Status::registered});
  hand.begin(month_of(2017, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(rich), Status::registered);
}

TEST(Adjustment, ExitedHouseholdsBelowTheExitLineRelapse) {
  HandCounty hand(2017);
  const auto fallen = hand.add({.income = 3'335 - 2, .status = Status::exited});
  const auto well = hand.add({.income = 3'335 + 2, .status = Status::exited});
  const auto again = hand.add({.income = 1'000, .status = Status::relapsed});
  const auto struck_off = hand.add({.income = 2'952 - 2, .status = Status::removed});
  hand.begin(month_of(2017, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(fallen), Status::relapsed);
  EXPECT_EQ(hand.status(well), Status::exited);
  EXPECT_EQ(hand.status(again), Status::relapsed);
  EXPECT_EQ(hand.status(struck_off), Status::registered) << "who was struck off may come back";
  EXPECT_EQ(hand.work.event(Sum::relapses), 1.0);
  EXPECT_TRUE(on_register(Status::relapsed));
}

TEST(Adjustment, NobodyOutOfReachIsTakenIn) {
  HandCounty hand(2018);
  hand.add({.income = 100});
  hand.add({.income = 100, .status = Status::exited});
  hand.begin(month_of(2018, 5));
  RegistryParameters p = sharp(hand);
  p.identification.adj_reach = 0.0;
  adjust(hand.work, p);
  EXPECT_EQ(hand.status(0), Status::no);
  EXPECT_EQ(hand.status(1), Status::exited);
}

TEST(LookBack, StrikesOffWhomDataMatchingGivesAway) {
  for (const int year : {2016, 2017, 2019}) {
    HandCounty hand(year);
    const auto hidden =
        hand.add({.income = 1'000, .wealth = 200'000, .status = Status::registered});
    const auto plain = hand.add({.income = 1'000, .status = Status::registered});
    const auto applicant = hand.add({.income = 1'000, .wealth = 200'000});
    const auto had_left = hand.add({.income = 1'000, .wealth = 200'000, .status = Status::exited});
    hand.begin(month_of(year, 5));
    RegistryParameters p = sharp(hand);
    p.identification.veto_detect_first = p.identification.veto_detect_last = 1.0;
    adjust(hand.work, p);
    EXPECT_EQ(hand.status(hidden), Status::removed) << year;
    EXPECT_EQ(hand.status(plain), Status::registered);
    EXPECT_EQ(hand.status(applicant), Status::no) << "and is not taken in either";
    EXPECT_EQ(hand.status(had_left), Status::exited);
    EXPECT_EQ(hand.work.event(Sum::removed), 1.0);
    EXPECT_EQ(hand.work.event(Sum::vetoed), 1.0);
  }
}

TEST(LookBack, TheTeamReachesMore) {
  HandCounty hand(2016);
  for (int i = 0; i < 4'000; ++i) hand.add({.income = 1'000});
  hand.add_village({});
  for (int i = 0; i < 4'000; ++i) hand.add({.income = 1'000});
  hand.begin(month_of(2016, 5));
  hand.work.team = {0.0F, 0.5F};
  RegistryParameters p = sharp(hand);
  p.identification.lb_reach = 0.2;
  adjust(hand.work, p);
  double in[2] = {0.0, 0.0};
  for (std::size_t h = 0; h < 8'000; ++h)
    in[h / 4'000] += on_register(hand.county.households.status[h]) ? 1 : 0;
  EXPECT_NEAR(in[0], 800.0, 4.5 * 25.3);  // 4.5 sd of a binomial: one false alarm in 150,000
  EXPECT_NEAR(in[1], 1'200.0, 4.5 * 29.0);
}

TEST(Adjustment, OnlyEarlierExitsCountAsRelapses) {
  HandCounty hand(2018);
  const auto before = hand.add({.income = 1'000, .status = Status::exited});
  const auto undated = hand.add({.income = 1'000, .status = Status::exited});
  hand.county.households.left[before] = 17;
  hand.begin(month_of(2018, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(undated), Status::relapsed);
  EXPECT_EQ(hand.work.event(Sum::relapses), 2.0);
  EXPECT_EQ(hand.work.of_year(YearSum::relapse_register), 2.0) << "two persons";
}

TEST(Adjustment, EntryIsRemembered) {
  HandCounty hand(2018);
  const auto in = hand.add({.income = 1'000});
  const auto out = hand.add({.income = 9'000});
  hand.begin(month_of(2018, 5));
  adjust(hand.work, sharp(hand));
  EXPECT_NE(hand.county.households.notes[in] & note::listed, 0);
  EXPECT_EQ(hand.county.households.notes[out] & note::listed, 0);
}

TEST(Adjustment, NoneBetweenTheFirstRegisterAndTheLookBack) {
  HandCounty hand(2015);
  hand.add({.income = 100});
  hand.begin(month_of(2015, 5));
  month(hand.work, sharp(hand));
  EXPECT_EQ(hand.status(0), Status::no);
}

}  // namespace
}  // namespace terrace::registry

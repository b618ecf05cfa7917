// The monitoring list: who is at risk, how soon that is noticed, who fits, who is taken off; and
// the general survey, which adds to it.
#include <cmath>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandHousehold;

constexpr double kLine = 4'000;  // the exit line of these tests: watched below 6,000

struct Watched {
  Watched() : hand(2020), p(hand.registry) {
    hand.frame.exit_line = kLine;
    hand.frame.poverty_line = 3'300;
    p.follow_up.mon_sens = 1.0;  // whoever is at risk is noticed at once
    p.follow_up.mon_cap = 1.0;
  }
  void month(Month m) {
    hand.begin(m);
    watch(hand.work, p);
  }
  Watch of(std::size_t h) const { return static_cast<Watch>(hand.county.households.watch[h]); }
  std::size_t count() const {
    std::size_t n = 0;
    for (const std::uint8_t w : hand.county.households.watch) n += w != 0 ? 1U : 0U;
    return n;
  }
  HandCounty hand;
  RegistryParameters p;
};

TEST(Watch, SaysWhy) {
  Watched w;
  const auto left = w.hand.add({.income = 5'999, .status = Status::exited});
  const auto never = w.hand.add({.income = 5'999});
  const auto removed = w.hand.add({.income = 5'999, .status = Status::removed});
  const auto fine = w.hand.add({.income = 6'001, .status = Status::exited});
  const auto listed = w.hand.add({.income = 1'000, .status = Status::registered});
  const auto relapsed = w.hand.add({.income = 1'000, .status = Status::relapsed});
  w.month(month_of(2020, 3));
  EXPECT_EQ(w.of(left), Watch::unstable);
  EXPECT_EQ(w.of(never), Watch::marginal);
  EXPECT_EQ(w.of(removed), Watch::marginal);
  EXPECT_EQ(w.of(fine), Watch::none);
  EXPECT_EQ(w.of(listed), Watch::none);
  EXPECT_EQ(w.of(relapsed), Watch::none);
  EXPECT_EQ(w.hand.county.households.watch_since[left], 2);
  EXPECT_EQ(w.hand.work.of_year(YearSum::newly_watched_households), 3.0);
}

TEST(Watch, WhoIsListedHasACauseAndAPlan) {
  Watched w;
  const auto left = w.hand.add({.income = 3'000, .status = Status::exited});
  const auto fine = w.hand.add({.income = 9'000, .status = Status::exited});
  w.hand.frame.measures = 0xffff;  // a module for everything
  w.month(month_of(2020, 3));
  const HouseholdTable& t = w.hand.county.households;
  EXPECT_LT(t.diagnosed[left], kCauses);
  EXPECT_NE(t.plan[left], 0);
  EXPECT_EQ(t.diagnosed[fine], kNoCause);
  EXPECT_EQ(t.plan[fine], 0);
}

TEST(Watch, ASuddenLossIsEnough) {
  Watched w;
  w.hand.frame.price = 1.25;
  // 10,000 nominal are 8,000 yuan of 2012 a head, 16,000 a household of two. In June half of last
  // year's bills count.
  const auto bills = w.hand.add({.income = 10'000, .status = Status::exited});
  const auto fewer = w.hand.add({.income = 10'000, .status = Status::exited});
  const auto fallen = w.hand.add({.income = 10'000, .status = Status::exited});
  const auto slipped = w.hand.add({.income = 10'000, .status = Status::exited});
  for (int i = 0; i < 10; ++i) w.hand.add({.income = 50'000, .status = Status::exited});
  HouseholdTable& t = w.hand.county.households;
  t.bills[bills] = t.bills[fewer] = 5'000.0F;
  t.bills_last_year[bills] = 2'802;  // 5,000 + 1,401 > 0.4 x 16,000
  t.bills_last_year[fewer] = 2'798;
  // Last December's income: 0.7 x 11,430 is just above 8,000, 0.7 x 11,420 below.
  t.last_year[0][fallen] = 11'430.0F;
  t.last_year[2][fallen] = 11'430.0F;
  t.last_year[1][slipped] = 22'840.0F;
  w.month(month_of(2020, 6));
  EXPECT_EQ(w.of(bills), Watch::sudden);
  EXPECT_EQ(w.of(fewer), Watch::none);
  EXPECT_EQ(w.of(fallen), Watch::sudden);
  EXPECT_EQ(w.of(slipped), Watch::none);
}

TEST(Watch, LastDecembersIncomeIsThatOfThoseAtHome) {
  // Three months away leave three quarters of a resident: 8,600 yuan were 11,467 a head, and
  // 8,000 are less than seven tenths of that. Of two thirds the rule makes a whole one.
  Watched w;
  const auto away = w.hand.add({.income = 8'000, .status = Status::exited, .members = {{}}});
  const auto gone = w.hand.add({.income = 8'000, .status = Status::exited, .members = {{}}});
  for (int i = 0; i < 10; ++i) w.hand.add({.income = 50'000, .status = Status::exited});
  HouseholdTable& t = w.hand.county.households;
  t.last_year[2][away] = t.last_year[2][gone] = 8'600.0F;
  t.away_last_year[away] = 3;
  t.away_last_year[gone] = 4;
  w.month(month_of(2020, 6));
  EXPECT_EQ(w.of(away), Watch::sudden);
  EXPECT_EQ(w.of(gone), Watch::none);
}

TEST(Watch, SuddenLossesCanBeLeftOut) {
  Watched w;
  const auto bills = w.hand.add({.income = 10'000, .status = Status::exited});
  const auto fallen = w.hand.add({.income = 10'000, .status = Status::exited});
  w.hand.county.households.bills[bills] = 5e6F;
  w.hand.county.households.last_year[0][fallen] = 5e6F;
  w.p.follow_up.bills_share = 99;
  w.p.follow_up.income_drop = 1;
  w.month(month_of(2020, 6));
  EXPECT_EQ(w.count(), 0U);
}

TEST(Watch, BeginsInMarchOfItsFirstYear) {
  Watched w;
  const auto h = w.hand.add({.income = 1'000, .status = Status::exited});
  w.month(month_of(2020, 2));
  EXPECT_EQ(w.of(h), Watch::none);
  w.p.follow_up.mon_sens = 0.0;
  w.month(month_of(2020, 3));
  EXPECT_EQ(w.of(h), Watch::none) << "no follow-up";
  w.p.follow_up.mon_sens = 1.0;
  w.p.follow_up.first_year = 2021;
  w.month(month_of(2020, 12));
  EXPECT_EQ(w.of(h), Watch::none);
  w.p.follow_up.first_year = 2020;
  w.hand.frame.registry = false;
  w.month(month_of(2020, 12));
  EXPECT_EQ(w.of(h), Watch::none) << "no register";
  w.hand.frame.registry = true;
  w.month(month_of(2020, 12));
  EXPECT_EQ(w.of(h), Watch::unstable);
}

TEST(Watch, TheListIsShortAndThePoorestComeFirst) {
  Watched w;
  w.p.follow_up.mon_cap = 0.05;
  for (int i = 0; i < 80; ++i) w.hand.add({.income = 3'000.0 + i, .status = Status::exited});
  for (int i = 0; i < 20; ++i) w.hand.add({.income = 9'000, .status = Status::registered});
  const auto poorest = w.hand.add({.income = 2'000});  // never listed: no part of the 100
  w.month(month_of(2020, 3));
  EXPECT_EQ(w.count(), 5U);
  EXPECT_EQ(w.of(poorest), Watch::marginal);
  for (std::size_t h = 0; h < 80; ++h) EXPECT_EQ(w.of(h) != Watch::none, h < 4) << h;
  w.month(month_of(2020, 4));
  EXPECT_EQ(w.count(), 5U) << "full";
}

TEST(Watch, IsNoticedWithinAYearAtItsSensitivityAndSoonerWithTeams) {
  // Of 4,000 at risk 0.6 are noticed in twelve months; with the hazard half as high again
  // 1 - (1 - 1.5 h)^12 = 0.7571, h = 1 - 0.4^(1/12).
  for (const auto& [team, share] : {std::pair{0.0F, 0.6}, {0.5F, 0.7571}}) {
    Watched w;
    w.p.follow_up.mon_sens = 0.6;
    for (int i = 0; i < 4'000; ++i) w.hand.add({.income = 5'000, .status = Status::exited});
    for (int m = 0; m < 12; ++m) {
      w.hand.begin(month_of(2020, 3) + m);
      w.hand.work.team.assign(1, team);
      watch(w.hand.work, w.p);
    }
    EXPECT_NEAR(static_cast<double>(w.count()), 4'000 * share, 4.5 * std::sqrt(4'000 * 0.24));
  }
}

TEST(Watch, WhoRecoversIsTakenOffAfterAYear) {
  Watched w;
  const auto recovers = w.hand.add({.income = 5'000, .status = Status::exited});
  const auto stays = w.hand.add({.income = 5'000, .status = Status::exited});
  const auto lives_on_cash = w.hand.add({.income = 5'000, .status = Status::exited});
  const auto returns = w.hand.add({.income = 5'000, .status = Status::exited});
  w.month(month_of(2020, 3));
  ASSERT_EQ(w.count(), 4U);
  w.hand.set_income(recovers, 7'000);
  w.hand.set_income(lives_on_cash, 7'000);
  w.hand.county.households.status[returns] = static_cast<std::uint8_t>(Status::relapsed);
  // Of last year's cash nine twelfths count in March: 900. With 1,102 of this year two members have
  // 1,001 each, and 5,999 of their own; with 1,098 they have 6,001.
  w.hand.county.households.public_last_year[lives_on_cash] = 1'200;
  w.month(month_of(2021, 2));
  EXPECT_EQ(w.of(recovers), Watch::unstable) << "eleven months";
  EXPECT_EQ(w.of(returns), Watch::none) << "registered again";
  w.hand.begin(month_of(2021, 3));
  w.hand.work.public_money[lives_on_cash] = 1'102.0F;
  watch(w.hand.work, w.p);
  EXPECT_EQ(w.of(recovers), Watch::none);
  EXPECT_EQ(w.of(stays), Watch::unstable);
  EXPECT_EQ(w.of(lives_on_cash), Watch::unstable);
  w.hand.begin(month_of(2021, 3));
  w.hand.work.public_money[lives_on_cash] = 1'098.0F;
  watch(w.hand.work, w.p);
  EXPECT_EQ(w.of(lives_on_cash), Watch::none);
}

/// A signatory county in the December of the general survey, seen without error.
struct Surveyed : Watched {
  Surveyed() {
    hand.county.signatory = true;
    p.evaluation.gs_sd = 0.0;
    p.evaluation.gs_seen = 1.0;
  }
  void december(int year = 2020) {
    hand.frame.year = year;
    hand.begin(month_of(year, 12));
    general_survey(hand.work, p);
  }
  double year(YearSum s) { return hand.work.of_year(s); }
};

TEST(GeneralSurvey, VisitsAllWhoWereEverListedAndChangesNothingElse) {
  Surveyed s;
  s.p.follow_up.mon_cap = 0.0;  // cases need no place on the list
  const auto poor = s.hand.add({.income = kLine - 1, .status = Status::exited});
  const auto fine = s.hand.add({.income = kLine + 1, .status = Status::exited});
  const auto dry = s.hand.add({.income = 9'000, .water = false, .status = Status::removed});
  const auto listed = s.hand.add({.income = 1'000, .status = Status::registered});
  const auto never = s.hand.add({.income = 1'000});
  s.december();
  EXPECT_EQ(s.year(YearSum::general_survey), 4.0);
  EXPECT_EQ(s.year(YearSum::general_survey_cases), 3.0);
  EXPECT_EQ(s.of(poor), Watch::unstable);
  EXPECT_EQ(s.of(fine), Watch::none);
  EXPECT_EQ(s.of(dry), Watch::marginal);
  EXPECT_EQ(s.of(listed), Watch::none);
  EXPECT_EQ(s.of(never), Watch::none);
  EXPECT_EQ(s.hand.status(poor), Status::exited);
  EXPECT_EQ(s.hand.status(listed), Status::registered);
  EXPECT_EQ(s.year(YearSum::newly_watched_households), 2.0);
}

TEST(GeneralSurvey, ItsCasesTakeNoPlaceOnTheList) {
  Surveyed s;
  s.p.follow_up.mon_cap = 0.1;
  for (int i = 0; i < 10; ++i)
    s.hand.add({.income = i < 5 ? 3'000.0 : 5'000.0, .status = Status::exited});
  s.december();
  EXPECT_EQ(s.count(), 5U);
  s.month(month_of(2021, 1));
  EXPECT_EQ(s.count(), 6U);
}

TEST(GeneralSurvey, IsHeldOnceInProvincesThatSignedThePledge) {
  const auto visited = [](auto&& change, int year) {
    Surveyed s;
    s.hand.add({.income = 1'000, .status = Status::exited});
    change(s);
    s.december(year);
    return s.year(YearSum::general_survey);
  };
  EXPECT_EQ(visited([](Surveyed&) {}, 2020), 1.0);
  EXPECT_EQ(visited([](Surveyed&) {}, 2019), 0.0);
  EXPECT_EQ(visited([](Surveyed&) {}, 2021), 0.0);
  EXPECT_EQ(visited([](Surveyed& s) { s.hand.county.signatory = false; }, 2020), 0.0);
  EXPECT_EQ(visited([](Surveyed& s) { s.hand.frame.registry = false; }, 2020), 0.0);
}

TEST(GeneralSurvey, WithoutFollowUpCasesAreOnlyCounted) {
  Surveyed s;
  s.p.follow_up.mon_sens = 0.0;
  s.hand.add({.income = 1'000, .status = Status::exited});
  s.december();
  EXPECT_EQ(s.year(YearSum::general_survey_cases), 1.0);
  EXPECT_EQ(s.count(), 0U);
}

TEST(GeneralSurvey, BeforeFollowUpBeginsCasesAreOnlyCounted) {
  Surveyed s;
  s.p.follow_up.first_year = 2021;
  s.hand.add({.income = 1'000, .status = Status::exited});
  s.december();
  EXPECT_EQ(s.year(YearSum::general_survey_cases), 1.0);
  EXPECT_EQ(s.count(), 0U);
}

TEST(GeneralSurvey, SeesWithItsErrors) {
  // At the line half are seen below it; a missing guarantee is seen by 0.95.
  Surveyed s;
  s.p.evaluation.gs_sd = 0.1;
  s.p.evaluation.gs_seen = 0.95;
  for (int i = 0; i < 4'000; ++i) s.hand.add({.income = kLine, .status = Status::exited});
  s.december();
  EXPECT_NEAR(s.year(YearSum::general_survey_cases), 2'000.0, 4.5 * std::sqrt(1'000.0));
  Surveyed g;
  g.p.evaluation.gs_seen = 0.95;
  for (int i = 0; i < 4'000; ++i)
    g.hand.add({.income = 20'000, .house = House::d, .status = Status::exited});
  g.december();
  EXPECT_NEAR(g.year(YearSum::general_survey_cases), 3'800.0, 4.5 * std::sqrt(190.0));
}

}  // namespace
}  // namespace terrace::registry

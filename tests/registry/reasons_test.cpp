// What the diary says of the register's decisions, by hand: the reason is the one that applied.
#include <vector>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

struct Entry {
  std::uint32_t row;
  EventKind kind;
  Reason reason;
  friend bool operator==(const Entry&, const Entry&) = default;
};

/// Everybody is of the panel, from now on.
void follow(HandCounty& hand) {
  hand.work.in_panel.assign(hand.county.households.size(), 1);
  hand.work.panel_rows.clear();
  for (std::uint32_t h = 0; h < hand.county.households.size(); ++h)
    hand.work.panel_rows.push_back(h);
}

std::vector<Entry> diary(const HandCounty& hand) {
  std::vector<Entry> out;
  for (const Event& e : hand.report.panel.events)
    out.push_back({(id_in_county(e.household) >> 12U) - 1, e.kind, e.reason});
  return out;
}

RegistryParameters sharp(const HandCounty& hand) {
  RegistryParameters p = hand.registry;
  p.exit.income_verify_sd = 0.0;
  p.exit.notice_catch = 0.0;
  p.exit.exit_margin = 1.0;
  p.exit.exit_over = 0.0;
  p.exit.target_pressure = 0.0;
  p.identification.veto_detect_first = p.identification.veto_detect_last = 0.0;
  return p;
}

TEST(Reasons, OfThoseWhoAreKept) {
  HandCounty hand(2017);  // exit line 3,335
  const Status on = Status::registered;
  hand.add({.income = 9'000, .status = on});
  hand.add({.income = 8'000, .status = on});
  hand.add({.income = 3'000, .water = false, .status = on});
  hand.add({.income = 9'000, .consumption = 10, .house = House::d, .status = on});
  hand.add({.income = 9'000, .house = House::d, .water = false, .insured = false, .status = on});
  hand.add({.income = 9'000, .house = House::c, .water = false, .status = on});
  hand.add({.income = 9'000, .water = false, .status = on});
  hand.add({.income = 9'000,
            .status = on,
            .members = {{.age = 40}, {.age = 12, .school = School::dropped}}});
  hand.frame.exit_pace = 0.125;  // one of eight
  hand.begin(month_of(2017, 11));
  follow(hand);
  const RegistryParameters p = sharp(hand);
  verify(hand.work, p);
  const EventKind k = EventKind::kept;
  std::vector<Entry> expected = {{2, k, Reason::income_too_low}, {3, k, Reason::food_or_clothes},
                                 {4, k, Reason::insurance},      {5, k, Reason::housing},
                                 {6, k, Reason::water},          {7, k, Reason::schooling}};
  EXPECT_EQ(diary(hand), expected);
  hand.work.month = month_of(2017, 12);
  let_go(hand.work, p);
  expected.push_back({0, EventKind::exited, Reason::none});
  expected.push_back({1, k, Reason::not_in_plan});
  EXPECT_EQ(diary(hand), expected);
}

TEST(Reasons, NeighboursHoldBackThePoorBelowTheStatisticalLine) {
  HandCounty hand(2017);
  hand.frame.poverty_line = 9'500;
  hand.frame.exit_pace = 1.0;
  hand.add({.income = 9'000, .consumption = 50'000, .status = Status::registered});
  hand.begin(month_of(2017, 11));
  follow(hand);
  RegistryParameters p = sharp(hand);
  p.exit.notice_catch = 1.0;
  verify(hand.work, p);
  hand.work.month = month_of(2017, 12);
  let_go(hand.work, p);
  EXPECT_EQ(diary(hand), (std::vector<Entry>{{0, EventKind::kept, Reason::public_notice}}));
}

TEST(Reasons, OfTheYearlyAdjustment) {
  HandCounty hand(2018);
  RegistryParameters p = sharp(hand);
  p.identification.sigma_score_2016 = 0.0;
  p.identification.adj_reach = 1.0;
  p.identification.appraisal_leniency = 0.0;
  p.identification.veto_detect_first = p.identification.veto_detect_last = 1.0;
  p.identification.veto_wealth = 10.0;
  const double rich = 10'000'000;
  hand.add({.income = 9'000});
  hand.add({.income = 1'000, .wealth = rich});
  hand.add({.income = 1'000, .wealth = 0});
  hand.add({.income = 1'000, .wealth = 0, .status = Status::exited});
  hand.add({.income = 9'000, .wealth = 0, .status = Status::exited});
  hand.add({.income = 1'000, .wealth = rich, .status = Status::registered});
  hand.add({.income = 90'000, .wealth = 0, .status = Status::registered});
  hand.begin(month_of(2018, 5));
  follow(hand);
  adjust(hand.work, p);
  EXPECT_EQ(diary(hand), (std::vector<Entry>{{0, EventKind::passed_over, Reason::above_line},
                                             {1, EventKind::passed_over, Reason::data_matched},
                                             {2, EventKind::registered, Reason::none},
                                             {3, EventKind::relapsed, Reason::none},
                                             {4, EventKind::passed_over, Reason::above_line},
                                             {5, EventKind::struck_off, Reason::data_matched}}));
  EXPECT_EQ(hand.status(6), Status::registered) << "only the look-back strikes off for income";
}

TEST(Reasons, OfTheFirstRegistration) {
  HandCounty hand(2014);
  RegistryParameters p = sharp(hand);
  p.identification.sigma_score_2014 = 0.0;
  p.identification.village_report_sd = 0.0;
  p.identification.veto_detect_first = p.identification.veto_detect_last = 1.0;
  p.identification.veto_wealth = 10.0;
  hand.add({.income = 500, .wealth = 10'000'000});  // first in rank, and found out
  hand.add({.income = 600, .wealth = 0});
  hand.add({.income = 2'500, .wealth = 0});
  hand.add({.income = 9'000, .wealth = 0});
  hand.plan.quota_persons = 2;  // one household
  hand.begin(month_of(2014, 5));
  follow(hand);
  identify(hand.work, p);
  EXPECT_EQ(diary(hand), (std::vector<Entry>{{1, EventKind::registered, Reason::none},
                                             {0, EventKind::passed_over, Reason::data_matched},
                                             {2, EventKind::passed_over, Reason::list_full}}));
}

TEST(Reasons, OnlyThoseOfThePanelHaveADiary) {
  HandCounty hand(2017);
  for (int i = 0; i < 3; ++i) hand.add({.income = 1'000, .status = Status::registered});
  hand.begin(month_of(2017, 11));
  hand.work.in_panel = {0, 1, 0};
  verify(hand.work, sharp(hand));
  EXPECT_EQ(diary(hand), (std::vector<Entry>{{1, EventKind::kept, Reason::income_too_low}}));
}

}  // namespace
}  // namespace terrace::registry

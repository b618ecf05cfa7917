// What the diary says of modules, by hand: who is left without and why, what is paid first, why a
// measure ends.
#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "policies/made_up.hpp"

namespace terrace::policies {
namespace {

using test::MadeUpBench;
using test::PolicyBench;
using test::Terms;

const Terms kProjects{.name = "projects",
                      .allocation = Allocation::places,
                      .pot = Pot::pool,
                      .cost = 1'000,
                      .months = 0b111111111111};

void follow(PolicyBench& b) {
  b.hand.work.in_panel.assign(b.hand.county.households.size(), 1);
  b.hand.work.panel_rows.clear();
  for (std::uint32_t h = 0; h < b.hand.county.households.size(); ++h)
    b.hand.work.panel_rows.push_back(h);
}

std::vector<Event> of_kind(const PolicyBench& b, EventKind kind) {
  std::vector<Event> out;
  for (const Event& e : b.hand.report.panel.events) {
    if (e.kind == kind) out.push_back(e);
  }
  return out;
}

TEST(Reasons, OfThoseLeftWithoutAreToldOnceAYear) {
  for (const bool places : {true, false}) {
    MadeUpBench b(2017, {kProjects});
    for (int i = 0; i < 3; ++i) b.add_registered(Cause::land, 0);
    b.hand.plan.places[0] = places ? 1 : -1;
    b.fund(Pot::pool, to_fen(places ? 9'000.0 : 1'500.0));
    follow(b);
    b.months(month_of(2017, 1), month_of(2017, 12));
    const auto unserved = of_kind(b, EventKind::unserved);
    ASSERT_EQ(unserved.size(), 2U);
    for (const Event& e : unserved) {
      EXPECT_EQ(e.reason, places ? Reason::no_place : Reason::no_money);
      EXPECT_EQ(e.month, month_of(2017, 1));
      EXPECT_EQ(e.module, 0);
    }
    EXPECT_EQ(of_kind(b, EventKind::offered).size(), 1U);
    EXPECT_EQ(of_kind(b, EventKind::taken).size(), 1U);
    const auto paid = of_kind(b, EventKind::paid);
    ASSERT_EQ(paid.size(), 1U);
    EXPECT_EQ(paid[0].amount, 1'000.0F);
    b.month(month_of(2018, 1));
    EXPECT_EQ(of_kind(b, EventKind::unserved).size(), places ? 3U : 4U)
        << "another year, with another place or without money";
  }
}

TEST(Reasons, ARefusalIsToldOnceAYear) {
  Terms terms = kProjects;
  terms.logit = -40;
  MadeUpBench b(2017, {terms});
  b.add_registered(Cause::land, 0);
  b.fund(Pot::pool, to_fen(9'000.0));
  follow(b);
  b.months(month_of(2017, 1), month_of(2018, 3));
  const auto refused = of_kind(b, EventKind::refused);
  ASSERT_EQ(refused.size(), 2U);
  EXPECT_EQ(refused[0].reason, Reason::own_choice);
  EXPECT_EQ(refused[1].month, month_of(2018, 1));
  EXPECT_EQ(of_kind(b, EventKind::offered).size(), 2U);
}

TEST(Reasons, ClaimsBeyondCapacity) {
  Terms terms = kProjects;
  terms.allocation = Allocation::entitlement;
  terms.pot = Pot::line;
  MadeUpBench b(2017, {terms});
  b.spec.policies.at("projects").capacity = 1e-6;  // with 0 it would not be in force
  b.add_registered(Cause::land, 0);
  follow(b);
  b.month(month_of(2017, 1));
  const auto unserved = of_kind(b, EventKind::unserved);
  ASSERT_EQ(unserved.size(), 1U);
  EXPECT_EQ(unserved[0].reason, Reason::no_capacity);
}

TEST(Reasons, MonthlyPayIsToldWhenItBegins) {
  Terms terms = kProjects;
  terms.cost = 0;
  terms.monthly = 50;
  MadeUpBench b(2017, {terms});
  b.add_registered(Cause::land, 0);
  b.fund(Pot::pool, to_fen(9'000.0));
  follow(b);
  b.months(month_of(2017, 11), month_of(2018, 6));
  const auto paid = of_kind(b, EventKind::paid);
  ASSERT_EQ(paid.size(), 1U);
  EXPECT_EQ(paid[0].month, month_of(2017, 12));
  EXPECT_EQ(paid[0].amount, 50.0F);
}

TEST(Reasons, OfAHouseThatIsDoneAndASchoolThatIsLeft) {
  PolicyBench b(2017, {"housing", "education"});
  b.hand.add({.house = House::d, .status = Status::registered});
  const std::size_t family =
      b.hand.add({.status = Status::registered,
                  .members = {{.age = 40},
                              {.age = 12, .school = School::pupil, .activity = Activity::pupil}}});
  follow(b);
  b.months(month_of(2017, 1), month_of(2017, 8));
  const auto housed = of_kind(b, EventKind::housed);
  ASSERT_EQ(housed.size(), 1U);
  EXPECT_EQ(housed[0].module, test::housing);
  EXPECT_EQ(housed[0].amount, static_cast<float>(House::a));
  b.hand.county.households.status[family] = static_cast<std::uint8_t>(Status::removed);
  b.months(month_of(2017, 9), month_of(2017, 12));
  const auto ended = of_kind(b, EventKind::ended);
  ASSERT_EQ(ended.size(), 2U);
  EXPECT_EQ(ended[0].module, test::housing);
  EXPECT_EQ(ended[0].reason, Reason::done);
  EXPECT_EQ(ended[0].month, housed[0].month);
  EXPECT_EQ(ended[1].module, test::education);
  EXPECT_EQ(ended[1].reason, Reason::lost_eligibility);
  EXPECT_EQ(ended[1].month, month_of(2017, 10));
}

TEST(Fates, AreCountedInFenByWhoseHandsMoneyReaches) {
  PolicyBench b(2017, {"education"});
  b.hand.add({.status = Status::registered,
              .members = {{.age = 40},
                          {.age = 12, .school = School::pupil, .activity = Activity::pupil}}});
  b.months(month_of(2017, 1), month_of(2017, 6));
  // 1,250 yuan a year, three fifths of it cash; from April to June.
  const auto& fates = b.hand.work.fates[test::education];
  EXPECT_EQ(fates[static_cast<std::size_t>(Fate::cash)], 18'750);
  EXPECT_EQ(fates[static_cast<std::size_t>(Fate::supplies)], 3 * 4'167);
  EXPECT_EQ(
      fates[static_cast<std::size_t>(Fate::cash)] + fates[static_cast<std::size_t>(Fate::supplies)],
      b.delivered(test::education));
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.hand.work.fates[test::education][static_cast<std::size_t>(Fate::cash)], 6'250);
}

double reach(const PolicyBench& b, Served s) {
  return b.hand.work.served[test::education][static_cast<std::size_t>(s)];
}

TEST(Reach, CountsMembersAtEachAcceptanceAndHouseholdsOnce) {
  PolicyBench b(2017, {"education"});
  const test::HandPerson pupil{.age = 11, .school = School::pupil, .activity = Activity::pupil};
  b.hand.add({.status = Status::registered, .members = {{.age = 40}, pupil, pupil}});
  b.hand.add({.status = Status::registered, .members = {{.age = 40}, pupil}});
  b.months(month_of(2017, 1), month_of(2017, 8));
  EXPECT_EQ(reach(b, Served::taken_persons), 3 + 2);
  EXPECT_EQ(reach(b, Served::first_taken), 2);
  EXPECT_EQ(reach(b, Served::persons), 0) << "counted in December";
  // The second household's pupil leaves school, and comes back after the offers of September.
  auto& activity = b.hand.county.persons.activity;
  activity[4] = static_cast<std::uint8_t>(Activity::farm);
  b.months(month_of(2017, 9), month_of(2017, 12));
  EXPECT_EQ(reach(b, Served::persons), 3);
  EXPECT_EQ(reach(b, Served::units), 2) << "pupils";
  activity[4] = static_cast<std::uint8_t>(Activity::pupil);
  b.months(month_of(2018, 1), month_of(2018, 12));
  EXPECT_EQ(reach(b, Served::taken_persons), 2) << "this year's";
  EXPECT_EQ(reach(b, Served::first_taken), 0) << "it had accepted before";
  EXPECT_EQ(reach(b, Served::persons), 5);
  EXPECT_EQ(reach(b, Served::units), 3);
  EXPECT_EQ(reach(b, Served::lent), 0) << "no loan";
}

}  // namespace
}  // namespace terrace::policies

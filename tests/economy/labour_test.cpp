// Local posts and work away, on searchers made by hand.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;
using test::HandPerson;

constexpr HandPerson kSearcher{.age = 30, .activity = Activity::searching};

std::size_t doing(const HandCounty& hand, Activity a) {
  std::size_t n = 0;
  for (const std::uint8_t x : hand.county.persons.activity)
    n += static_cast<Activity>(x) == a ? 1 : 0;
  return n;
}

void january(HandCounty& hand) {
  hand.begin(month_of(hand.frame.year, 1));
  open_labour(hand.work, hand.economy);
}

TEST(Search, EndsEachMonthWithTheChanceOfAMatch) {
  HandCounty hand(2013);
  constexpr std::size_t kSearchers = 20'000;
  for (std::size_t i = 0; i < kSearchers; ++i) hand.add({.members = {kSearcher}});
  january(hand);
  EXPECT_EQ(hand.work.searching, kSearchers);
  double left = kSearchers;
  for (int m = 2; m <= 6; ++m) {
    const double due = static_cast<double>(hand.work.due[static_cast<std::size_t>(m - 1)].size());
    EXPECT_NEAR(due / left, 0.12, 4.5 * std::sqrt(0.12 * 0.88 / left)) << m;
    left -= due;
  }
}

TEST(Posts, AreFilledUpToTheirNumberAndNotBeyond) {
  HandCounty hand(2013);
  for (int i = 0; i < 1'000; ++i) hand.add({.members = {kSearcher}});
  hand.economy.work.h_match = 1.0;
  hand.economy.work.posts_per_adult = 0.2501;
  january(hand);
  EXPECT_NEAR(hand.work.posts, 250.1, 1e-9);
  hand.work.month = month_of(2013, 2);
  labour(hand.work, hand.economy);
  EXPECT_EQ(doing(hand, Activity::local_wage), 250U);
  EXPECT_EQ(hand.work.employed, 250.0);
  EXPECT_EQ(hand.work.searching, static_cast<double>(doing(hand, Activity::searching)));
}

TEST(Posts, LastAGeometricTime) {
  HandCounty hand(2013);
  constexpr std::size_t kSearchers = 10'000;
  for (std::size_t i = 0; i < kSearchers; ++i) hand.add({.members = {kSearcher}});
  hand.economy.work.h_match = 1.0;
  hand.economy.work.posts_per_adult = 2.0;
  hand.plan.migrant_openings = 0.0;
  january(hand);
  hand.work.month = month_of(2013, 2);
  labour(hand.work, hand.economy);
  ASSERT_EQ(doing(hand, Activity::local_wage), kSearchers);
  double mean = 0.0;
  double within_a_year = 0.0;
  for (const std::uint16_t until : hand.county.persons.state_until) {
    const int months = until - month_of(2013, 2);
    ASSERT_GE(months, 1);
    mean += static_cast<double>(months) / kSearchers;
    within_a_year += months <= 12 ? 1.0 / kSearchers : 0.0;
  }
  const double h = hand.economy.work.h_sep;
  EXPECT_NEAR(mean, 1.0 / h, 4.5 / h / std::sqrt(kSearchers));
  EXPECT_NEAR(within_a_year, 1.0 - std::pow(1.0 - h, 12), 0.017);
}

TEST(Posts, GoToTheSchooledMoreOften) {
  HandCounty hand(2013);
  for (int i = 0; i < 4'000; ++i) {
    HandPerson p = kSearcher;
    p.schooling = i % 2 == 0 ? 4 : 12;
    hand.add({.members = {p}});
  }
  hand.economy.work.h_match = 1.0;
  hand.economy.work.posts_per_adult = 0.3;
  january(hand);
  hand.work.month = month_of(2013, 2);
  labour(hand.work, hand.economy);
  int hired[2] = {0, 0};
  for (std::size_t i = 0; i < 4'000; ++i) {
    if (static_cast<Activity>(hand.county.persons.activity[i]) == Activity::local_wage)
      ++hired[i % 2];
  }
  EXPECT_EQ(hired[0] + hired[1], 1'200);
  EXPECT_GT(hired[1], hired[0] * 3 / 2);
}

TEST(Posts, ASearchThatIsDueTwiceFillsOnePost) {
  HandCounty hand(2013);
  hand.add({.members = {kSearcher}});
  january(hand);
  hand.work.posts = 10.0;
  hand.county.persons.state_until[0] = pack_month(month_of(2013, 8));
  hand.work.due[7] = {0, 0};  // broken off by an illness, begun again, and due in the old month
  hand.work.month = month_of(2013, 8);
  labour(hand.work, hand.economy);
  EXPECT_EQ(hand.work.employed, 1.0);
  EXPECT_EQ(hand.work.searching, 0.0);
}

TEST(Migration, StopsAtTheOpeningsAndCostsThePassage) {
  for (const double openings : {0.0, 37.6, 1e6}) {
    HandCounty hand(2013);
    for (int i = 0; i < 500; ++i)
      hand.add({.members = {kSearcher, {.age = 70, .activity = Activity::farm}}});
    for (int i = 0; i < 10; ++i)
      hand.add({.members = {{.age = 30, .activity = Activity::migrant}}});
    january(hand);
    hand.plan.migrant_openings = openings;
    hand.work.month = month_of(2013, 2);
    labour(hand.work, hand.economy);
    const double away = static_cast<double>(doing(hand, Activity::migrant));
    EXPECT_LE(away, std::max(10.0, openings));
    if (openings == 37.6) {
      EXPECT_EQ(away, 37.0);
    }
    EXPECT_GE(hand.report.applicants, away);
    for (std::size_t h = 0; h < 500; ++h) {
      const bool left = hand.county.households.away[h] > 0;
      EXPECT_EQ(hand.county.households.wealth[h], left ? 3'500.0F : 5'000.0F);
      EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[2 * h + 1]), Activity::farm)
          << "nobody of sixty and more leaves";
    }
  }
}

TEST(Migration, IsDecidedInFebruaryOnly) {
  for (int m = 1; m <= 12; ++m) {
    HandCounty hand(2013);
    for (int i = 0; i < 200; ++i) hand.add({.members = {kSearcher}});
    january(hand);
    hand.plan.migrant_openings = 1e6;
    hand.work.month = month_of(2013, m);
    labour(hand.work, hand.economy);
    EXPECT_EQ(doing(hand, Activity::migrant) > 0, m == 2) << m;
  }
}

TEST(Spells, EndInTheirMonthAndLeadBackToSearch) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 30, .activity = Activity::local_wage}}});
  hand.add({.members = {{.age = 30, .activity = Activity::migrant}}});
  hand.add({.members = {{.age = 30, .activity = Activity::ill}}});
  hand.add({.members = {{.age = 62, .activity = Activity::local_wage}}});
  for (auto& until : hand.county.persons.state_until) until = pack_month(month_of(2013, 8));
  january(hand);
  EXPECT_EQ(hand.work.employed, 2.0);
  hand.work.posts = 0.0;
  for (const int m : {7, 8}) {
    hand.work.month = month_of(2013, m);
    labour(hand.work, hand.economy);
    EXPECT_EQ(doing(hand, Activity::searching), m == 8 ? 3U : 0U);
  }
  EXPECT_EQ(static_cast<Activity>(hand.county.persons.activity[3]), Activity::farm);
  EXPECT_EQ(hand.work.employed, 0.0);
  EXPECT_EQ(hand.county.households.away[1], 0);
  EXPECT_EQ(hand.county.households.local_rate[0], 0.0F);
}

}  // namespace
}  // namespace terrace::economy

// Local posts and work away, on searchers made by hand.
#include <array>
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

TEST(Posts, SubsidisedOnesDisplaceOthers) {
  HandCounty hand(2013);
  for (int i = 0; i < 1'000; ++i) hand.add({.members = {kSearcher}});
  for (int i = 0; i < 100; ++i)
    hand.add({.members = {{.age = 30, .activity = Activity::public_post}}});
  hand.economy.work.h_match = 1.0;
  hand.economy.work.posts_per_adult = 200.5 / 1'100;
  hand.economy.work.displacement = 0.3;
  january(hand);
  EXPECT_EQ(hand.work.public_posts, 100.0);
  hand.work.month = month_of(2013, 2);
  labour(hand.work, hand.economy);
  EXPECT_EQ(doing(hand, Activity::local_wage), 170U) << "30 of 200 are gone";
}

TEST(Posts, EffortShortensTheSearch) {
  double due[2] = {0.0, 0.0};
  for (int hard = 0; hard < 2; ++hard) {
    HandCounty hand(2013);
    constexpr std::size_t kSearchers = 10'000;
    for (std::size_t i = 0; i < kSearchers; ++i) hand.add({.members = {kSearcher}});
    hand.begin(month_of(2013, 1));
    hand.work.effort.assign(kSearchers, hard == 1 ? 1.2F : 0.8F);
    open_labour(hand.work, hand.economy);
    due[hard] = static_cast<double>(hand.work.due[1].size()) / kSearchers;
    const double p = 0.12 * (hard == 1 ? 1.2 : 0.8);
    EXPECT_NEAR(due[hard], p, 4.5 * std::sqrt(p * (1 - p) / kSearchers));
  }
  EXPECT_GT(due[1], due[0]);
}

TEST(Posts, HelpInSearchingShortensIt) {
  HandCounty hand(2013);
  constexpr std::size_t kSearchers = 20'000;
  for (std::size_t i = 0; i < kSearchers; ++i) hand.add({.members = {kSearcher}});
  hand.begin(month_of(2013, 1));
  for (std::size_t h = 1; h < kSearchers; h += 2) hand.work.flows.search[h] = 1.5F;
  open_labour(hand.work, hand.economy);
  double due[2] = {0.0, 0.0};
  for (const std::uint32_t i : hand.work.due[1]) due[i % 2] += 1.0;
  const double n = kSearchers / 2.0;
  EXPECT_NEAR(due[0] / n, 0.12, 4.5 * std::sqrt(0.12 * 0.88 / n));
  EXPECT_NEAR(due[1] / n, 0.18, 4.5 * std::sqrt(0.18 * 0.82 / n));
}

/// Of households whose pull to leave differs by 0.3 and by nothing else, how many leave.
std::array<double, 2> leavers(double openings) {
  HandCounty hand(2013);
  constexpr std::size_t kPeople = 40'000;
  for (std::size_t i = 0; i < kPeople; ++i) hand.add({.members = {kSearcher}});
  hand.economy.work.mig_taste = 0.0;
  hand.economy.work.posts_per_adult = 0.0;
  january(hand);
  for (std::size_t h = 1; h < kPeople; h += 2) hand.work.flows.migrate[h] = 0.3F;
  hand.plan.migrant_openings = openings;
  hand.work.month = month_of(2013, 2);
  labour(hand.work, hand.economy);
  std::array<double, 2> left{0.0, 0.0};
  for (std::size_t i = 0; i < kPeople; ++i) {
    if (static_cast<Activity>(hand.county.persons.activity[i]) == Activity::migrant)
      left[i % 2] += 1.0;
  }
  return left;
}

TEST(Migration, HelpRaisesTheOddsOfApplying) {
  const auto left = leavers(1e6);
  const double n = 20'000;
  const auto logit = [&](double k) { return std::log(k / (n - k)); };
  const auto variance = [&](double k) { return 1.0 / k + 1.0 / (n - k); };
  EXPECT_NEAR(logit(left[1]) - logit(left[0]), 0.3,
              4.5 * std::sqrt(variance(left[0]) + variance(left[1])));
}

TEST(Migration, HelpOpensNoPlaceItOnlyChangesWhoGoes) {
  const auto left = leavers(2'000);
  EXPECT_EQ(left[0] + left[1], 2'000.0);
  EXPECT_GT(left[1], left[0] + 4.5 * std::sqrt(2'000.0)) << "the same number, fewer of the others";
}

TEST(Migration, TheFarComeHomeAtTheSpringFestival) {
  HandCounty hand(2013);
  constexpr std::size_t kPeople = 4'000;
  for (std::size_t i = 0; i < kPeople; ++i) hand.add({.members = {kSearcher}});
  january(hand);
  hand.work.month = month_of(2013, 2);
  double far = 0.0;
  bool near_in_summer = false;
  for (std::size_t i = 0; i < kPeople; ++i) {
    go_away(hand.work, i, hand.economy.work);
    const Month until = hand.county.persons.state_until[i];
    EXPECT_GT(until, hand.work.month);
    if (static_cast<Post>(hand.county.persons.post[i]) == Post::far) {
      far += 1.0;
      EXPECT_EQ(month_in_year(until), 1);
    } else {
      near_in_summer = near_in_summer || month_in_year(until) == 7;
    }
  }
  EXPECT_NEAR(far / kPeople, 0.53, 4.5 * std::sqrt(0.53 * 0.47 / kPeople));
  EXPECT_TRUE(near_in_summer);
}

TEST(Migration, FarAndNearTogetherPayTheSeriesMean) {
  HandCounty hand(2013);
  hand.add({.members = {kSearcher, kSearcher}});
  january(hand);
  PersonTable& persons = hand.county.persons;
  const WagesLabour& w = hand.economy.work;
  persons.post[0] = static_cast<std::uint8_t>(Post::far);
  persons.post[1] = static_cast<std::uint8_t>(Post::near);
  const double far = wage_rate(persons, 0, hand.work.month, w);
  const double near = wage_rate(persons, 1, hand.work.month, w);
  persons.post[0] = static_cast<std::uint8_t>(Post::enterprise);
  const double usual = wage_rate(persons, 0, hand.work.month, w);
  EXPECT_NEAR(far / near, 1.0 + w.far_premium, 1e-12);
  EXPECT_NEAR(w.far_share * far + (1.0 - w.far_share) * near, usual, 1e-12);
  persons.skill[0] = 10;
  EXPECT_NEAR(wage_rate(persons, 0, hand.work.month, w) / usual, std::exp(0.1), 1e-9);
}

TEST(Migration, CountsWhomNoOpeningWasLeftFor) {
  HandCounty hand(2013);
  for (int i = 0; i < 500; ++i) hand.add({.members = {kSearcher}});
  hand.economy.work.mig_b0 = 20.0;  // everybody applies
  hand.economy.work.posts_per_adult = 0.0;
  january(hand);
  hand.plan.migrant_openings = 100.0;
  hand.work.month = month_of(2013, 2);
  labour(hand.work, hand.economy);
  EXPECT_EQ(hand.work.event(Sum::applicants), 500.0);
  EXPECT_EQ(hand.work.event(Sum::refused), 400.0);
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

TEST(Spells, AnIllPupilGoesBackToSchoolAndAnIllChildHome) {
  HandCounty hand(2013);
  hand.add({.members = {{.age = 12, .school = School::pupil, .activity = Activity::ill}}});
  hand.add({.members = {{.age = 13, .school = School::dropped, .activity = Activity::ill}}});
  hand.add({.members = {{.age = 17, .school = School::senior, .activity = Activity::ill}}});
  for (auto& until : hand.county.persons.state_until) until = pack_month(month_of(2013, 8));
  january(hand);
  hand.work.month = month_of(2013, 8);
  labour(hand.work, hand.economy);
  EXPECT_EQ(doing(hand, Activity::pupil), 2U);
  EXPECT_EQ(doing(hand, Activity::child), 1U);
  EXPECT_EQ(hand.work.pupils, 2.0);
  EXPECT_EQ(hand.work.searching, 0.0);
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
  for (const std::uint8_t post : hand.county.persons.post)
    EXPECT_EQ(static_cast<Post>(post), Post::none);
  EXPECT_EQ(hand.county.households.away[1], 0);
  EXPECT_EQ(hand.county.households.local_rate[0], 0.0F);
}

}  // namespace
}  // namespace terrace::economy

// Posts of eastern firms. The money that partners send: tests/nation/fund_test.cpp.
#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::pairing;

/// 100 billion yuan are invested in 2015, 2016 and 2017, 200 in 2018; a post costs half a million,
/// a fifth of them would have come anyway and a tenth closes in a year.
class PairedBench : public test::PolicyBench {
 public:
  PairedBench() : PolicyBench(2015, {"pairing"}) {
    set("pairing", "job_cost", 500'000);
    set("pairing", "crowding", 0.2);
    set("pairing", "closing", 0.1);
    spec.series["pairing_investment"] =
        test::series_of({{2012, 0}, {2015, 100}, {2018, 200}, {2019, 0}});
    hand.add({});
    hand.plan.county_money.assign(hand.county.enrolments.size(), 0.0);
  }
  /// The month's posts where the county gets so much of the year's investment.
  double posts(Month m, double yuan) {
    hand.plan.county_money[pairing] = yuan;
    month(m);
    return hand.work.module_posts;
  }
};

TEST(Pairing, PostsOfAllThatHasBeenInvestedAndNotClosed) {
  PairedBench b;
  // 10 million of 100 billion: 20 posts, of which 16 are more than there would have been.
  EXPECT_NEAR(b.posts(month_of(2015, 1), 1e7), 16.0, 1e-9);
  EXPECT_NEAR(b.posts(month_of(2015, 12), 1e7), 16.0, 1e-9) << "the same all year";
  // 2016: 0.9 + 1 = 1.9 years; 2017: 2.71; 2018, in years of twice as much: 2.71 x 0.9 / 2 + 1.
  EXPECT_NEAR(b.posts(month_of(2016, 3), 1e7), 1.9 * 16, 1e-9);
  EXPECT_NEAR(b.posts(month_of(2017, 3), 1e7), 2.71 * 16, 1e-9);
  EXPECT_NEAR(b.posts(month_of(2018, 3), 2e7), (2.71 * 0.45 + 1.0) * 32, 1e-9);
}

TEST(Pairing, FollowsThePartnersBudget) {
  PairedBench b;
  EXPECT_NEAR(b.posts(month_of(2017, 3), 4e6), 0.4 * 2.71 * 16, 1e-9);
  EXPECT_EQ(b.posts(month_of(2017, 3), 0.0), 0.0) << "no partner";
  EXPECT_EQ(b.posts(month_of(2019, 3), 0.0), 0.0) << "a year without";
}

TEST(Pairing, MultipliersReachPosts) {
  PairedBench b;
  b.settings("pairing").effect = 0.5;
  b.settings("pairing").cost = 2.0;
  EXPECT_NEAR(b.posts(month_of(2015, 1), 1e7), 4.0, 1e-9);
  PairedBench none;
  none.settings("pairing").effect = 0.0;
  EXPECT_EQ(none.posts(month_of(2017, 1), 1e7), 0.0);
  PairedBench anyway;
  anyway.set("pairing", "crowding", 1.0);
  EXPECT_EQ(anyway.posts(month_of(2017, 1), 1e7), 0.0);
}

TEST(Pairing, BeginsAndEndsWithTheModule) {
  PairedBench b;
  b.settings("pairing").from = month_of(2016, 1);
  b.settings("pairing").until = month_of(2018, 6);
  EXPECT_EQ(b.posts(month_of(2015, 12), 1e7), 0.0);
  EXPECT_NEAR(b.posts(month_of(2016, 1), 1e7), 16.0, 1e-9) << "what came before it does not count";
  EXPECT_GT(b.posts(month_of(2018, 6), 1e7), 0.0);
  EXPECT_EQ(b.posts(month_of(2018, 7), 1e7), 0.0);
}

TEST(Pairing, InvestmentIsNobodysPublicMoney) {
  PairedBench b;
  b.posts(month_of(2017, 1), 1e9);
  EXPECT_EQ(b.delivered(pairing), 0);
  for (const PotAccount& pot : b.hand.county.ledger.pots) EXPECT_EQ(pot.inflow, 0);
  EXPECT_TRUE(b.enrolled(pairing).empty());
}

TEST(Pairing, WhoeverLooksForWorkMayGetAPost) {
  // A county without posts of its own; eight of ten new ones are more than there would have been.
  for (const double invested : {0.0, 5e6}) {
    PairedBench b;
    for (int i = 0; i < 20; ++i)
      b.hand.add({.members = {{.age = 30, .activity = Activity::searching}}});
    b.hand.economy.work.h_match = 1.0;
    b.hand.economy.work.posts_per_adult = 0.0;
    b.hand.plan.county_money[pairing] = invested;
    b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules);
    b.hand.begin(month_of(2015, 1));
    economy::open_labour(b.hand.work, b.hand.economy);
    b.hand.work.month = month_of(2015, 2);
    b.runner->effects(b.hand.work);
    economy::labour(b.hand.work, b.hand.economy);
    EXPECT_EQ(b.hand.work.employed, invested > 0.0 ? 8.0 : 0.0);
  }
}

}  // namespace
}  // namespace terrace::policies

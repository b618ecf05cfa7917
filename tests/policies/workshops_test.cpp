// Workshops: who gets a post near home, what it pays, and how it ends.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kRegistered{.verified = 2'600, .status = Status::registered};

/// A county with so many posts and money for subsidies, in which nothing ends by chance.
struct WorkshopBench : PolicyBench {
  explicit WorkshopBench(std::int64_t posts, int year = 2017) : PolicyBench(year, {"workshops"}) {
    hand.plan.places[workshops] = posts;
    fund(Pot::pool, 100'000'000'000);
    for (const auto& [name, value] : {std::pair{"least_health", 0.4},
                                      {"wage_ratio", 0.6},
                                      {"learning_months", 2.0},
                                      {"learning_pay", 0.5},
                                      {"subsidy", 2'400.0},
                                      {"subsidy_years", 3.0},
                                      {"epidemic_months", 3.0},
                                      {"kept", 1.0},
                                      {"closing", 0.0},
                                      {"quitting", 0.0}})
      set("workshops", name, value);
    spec.parameters["covid.epidemic"] = 0;
    spec.parameters["wages_labour.months_local"] = 11;
    spec.parameters["farm_assets.part_time"] = 0.25;
  }
  Activity activity(std::size_t person) const {
    return static_cast<Activity>(hand.county.persons.activity[person]);
  }
  int holders() const {
    int n = 0;
    for (std::size_t i = 0; i < hand.county.persons.size(); ++i)
      n += activity(i) == Activity::public_post ? 1 : 0;
    return n;
  }
  double participants() { return event(workshops, ModuleSum::participants); }
};

/// Number of the member who gets the post, -1 for none.
int worker_of(std::vector<HandPerson> members, Status status = Status::registered) {
  WorkshopBench b(10);
  HandHousehold h = kRegistered;
  h.status = status;
  h.members = std::move(members);
  b.hand.add(h);
  b.month(month_of(2017, 1));
  return b.enrolled(workshops).empty() ? -1 : int{b.enrolled(workshops)[0].person};
}

TEST(Workshops, AHouseholdHoldsOnePostWhicheverTheModule) {
  PolicyBench b(2017, {"workshops", "ecological_posts"});
  b.hand.plan.places[workshops] = 10;
  b.hand.plan.places[ecological_posts] = 10;
  b.fund(Pot::pool, 100'000'000'000);
  b.set("workshops", "closing", 0);
  b.set("workshops", "quitting", 0);
  b.hand.set_village(0, {.ecological = true});
  HandHousehold h = kRegistered;
  h.income = 2'600;
  h.members = {{.age = 40, .schooling = 9}, {.age = 38, .woman = true, .schooling = 5}};
  b.hand.add(h);
  b.month(month_of(2017, 1));
  ASSERT_EQ(b.enrolled(workshops).size(), 1U) << "both are offered in one month";
  ASSERT_EQ(b.enrolled(ecological_posts).size(), 1U);
  b.month(month_of(2017, 2));
  int holders = 0;
  for (const std::uint8_t does : b.hand.county.persons.activity)
    holders += static_cast<Activity>(does) == Activity::public_post ? 1 : 0;
  EXPECT_EQ(holders, 1);
  EXPECT_EQ(b.enrolled(workshops).size() + b.enrolled(ecological_posts).size(), 1U);
}

TEST(Workshops, NeedAMemberAtHomeOfWorkingAge) {
  EXPECT_EQ(worker_of({{}}), 0);
  EXPECT_EQ(worker_of({{}}, Status::exited), -1);
  EXPECT_EQ(worker_of({{}}, Status::no), -1);
  EXPECT_EQ(worker_of({{.age = 15}}), -1);
  EXPECT_EQ(worker_of({{.age = 16}}), 0);
  EXPECT_EQ(worker_of({{.age = 59}}), 0);
  EXPECT_EQ(worker_of({{.age = 60}}), -1);
  EXPECT_EQ(worker_of({{.health = 0.39}}), -1);
  EXPECT_EQ(worker_of({{.disability = 2}}), -1);
  EXPECT_EQ(worker_of({{.age = 18, .activity = Activity::pupil}}), -1);
  EXPECT_EQ(worker_of({{.activity = Activity::migrant}}), -1);
  EXPECT_EQ(worker_of({{.activity = Activity::local_wage}}), -1);
}

TEST(Workshops, DependantsKeepNobodyOutAndTheLeastMobileComeFirst) {
  EXPECT_EQ(worker_of({{.age = 30, .woman = true}, {.age = 2, .activity = Activity::child}}), 0);
  EXPECT_EQ(worker_of({{.schooling = 9}, {.schooling = 5}}), 1);
  EXPECT_EQ(worker_of({{.schooling = 5}, {.schooling = 9, .disability = 1}}), 1);
  EXPECT_EQ(worker_of({{}, {.activity = Activity::public_post}}), -1) << "one post a household";
}

TEST(Workshops, WhoHasDependantsSaysYesMoreReadily) {
  // 4,000 households of each kind: logit 0.6 is 0.4055, and 0.5 more is a chance of 0.7120.
  int taken[2] = {0, 0};
  for (const int with : {0, 1}) {
    WorkshopBench b(10'000);
    b.set("workshops", "consent", 0.6);
    b.set("workshops", "care_logit", 0.5);
    HandHousehold h = kRegistered;
    h.members = {{}};
    if (with == 1) h.members.push_back({.age = 82});
    for (int i = 0; i < 4'000; ++i) b.hand.add(h);
    b.month(month_of(2017, 1));
    taken[with] = static_cast<int>(b.enrolled(workshops).size());
  }
  EXPECT_NEAR(taken[0] / 4'000.0, 0.6, 4.5 * std::sqrt(0.24 / 4'000));
  EXPECT_NEAR(taken[1] / 4'000.0, 0.7120, 4.5 * std::sqrt(0.205 / 4'000));
}

TEST(Workshops, TheFirmPaysAndTheCountySubsidisesIt) {
  WorkshopBench b(1);
  b.hand.frame.price = 1.1;
  HandHousehold h = kRegistered;
  h.members = {{}, {}};  // two adults of farm labour
  b.hand.add(h);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.activity(0), Activity::farm) << "it starts next month";
  EXPECT_EQ(b.delivered(workshops), 0);
  // 0.6 x 3,400 x 11 / 12 = 1,870 yuan a month, half of it for two months; in yuan of 2012 over
  // 1.1: 1,700. The subsidy is 2,400 x 1.1 / 12 = 220 yuan a month for 36 months.
  for (int age = 1; age <= 40; ++age) {
    b.month(month_of(2017, 1) + age);
    EXPECT_NEAR(b.hand.work.flows.local_wage[0], age <= 2 ? 850.0 : 1'700.0, 1e-3) << age;
    EXPECT_EQ(b.delivered(workshops), 22'000 * std::min(age, 36)) << age;
    EXPECT_EQ(b.activity(0), Activity::public_post);
    // Of one adult's labour a quarter is left: 1.25 of 2.
    EXPECT_NEAR(b.hand.work.flows.farm_labour[0], 0.625, 1e-6);
    EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
    EXPECT_EQ(b.hand.work.public_money[0], 0.0F) << "a firm's pay is no public money";
  }
}

TEST(Workshops, MultipliersReachPayLearningAndSubsidy) {
  WorkshopBench b(1);
  b.settings("workshops").effect = 0.5;
  b.settings("workshops").cost = 3.0;
  b.settings("workshops").ramp = 2.0;
  HandHousehold h = kRegistered;
  h.members = {{}, {}};
  b.hand.add(h);
  b.month(month_of(2017, 1));
  for (int age = 1; age <= 5; ++age) {
    b.month(month_of(2017, 1) + age);
    EXPECT_NEAR(b.hand.work.flows.local_wage[0], age <= 4 ? 467.5 : 935.0, 1e-3) << age;
    EXPECT_NEAR(b.hand.work.flows.farm_labour[0], 1.0 - 0.5 * 0.75 / 2.0, 1e-6);
    EXPECT_EQ(b.delivered(workshops), 60'000 * age);
  }
}

TEST(Workshops, NobodyWorksForNothing) {
  WorkshopBench b(1);
  b.settings("workshops").effect = 0.0;
  b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2017, 6));
  EXPECT_TRUE(b.enrolled(workshops).empty());
  EXPECT_EQ(b.delivered(workshops), 0);
}

TEST(Workshops, PostsAndMoneyRunOut) {
  WorkshopBench posts(7);
  for (int i = 0; i < 30; ++i) posts.hand.add(kRegistered);
  posts.months(month_of(2017, 1), month_of(2017, 4));
  EXPECT_EQ(posts.holders(), 7);
  // A year's subsidy must be there: 2,400 yuan a post, so 5,000 yuan start two. The money of their
  // ten months in this year is kept for them.
  PolicyBench money(2017, {"workshops"});
  money.set("workshops", "subsidy", 2'400);
  money.set("workshops", "closing", 0);
  money.set("workshops", "quitting", 0);
  money.hand.plan.places[workshops] = 30;
  money.fund(Pot::pool, 500'000);
  for (int i = 0; i < 30; ++i) money.hand.add(kRegistered);
  money.months(month_of(2017, 1), month_of(2017, 3));
  EXPECT_EQ(money.enrolled(workshops).size(), 2U);
  EXPECT_EQ(money.delivered(workshops), 2 * 2 * 20'000);
}

TEST(Workshops, PostsGoWhereTheChanceOfExitRisesMost) {
  WorkshopBench b(1);
  HandHousehold far = kRegistered;
  far.verified = 3'330;  // half likely to be let go without it
  const auto near_line = b.hand.add(far);
  const auto poor = b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.enrolment(workshops, near_line), nullptr);
  EXPECT_NE(b.enrolment(workshops, poor), nullptr) << "2,040 a month lifts either over the line";
}

TEST(Workshops, AWorkshopThatLosesItsOrdersClosesForTheYear) {
  WorkshopBench b(1'000);
  b.set("workshops", "closing", 0.3);
  // 60 villages of two households; a village's posts go together.
  for (int v = 0; v < 60; ++v) {
    if (v > 0) b.hand.add_village({});
    for (int k = 0; k < 2; ++k) b.hand.add(kRegistered);
  }
  const auto in_village = [&b](std::size_t v) {
    return (b.enrolment(workshops, 2 * v) != nullptr ? 1 : 0) +
           (b.enrolment(workshops, 2 * v + 1) != nullptr ? 1 : 0);
  };
  b.month(month_of(2017, 1));
  std::vector<int> before(60);
  for (std::size_t v = 0; v < 60; ++v) before[v] = in_village(v);
  double failed = 0.0;
  int gone = 0;
  for (int m = 2; m <= 12; ++m) {
    b.month(month_of(2017, m));
    failed += b.event(workshops, ModuleSum::failed);
    for (std::size_t v = 0; v < 60; ++v) {
      EXPECT_TRUE(in_village(v) == 2 || in_village(v) == 0) << v;
      EXPECT_LE(in_village(v), before[v]) << "none comes back in the same year";
      before[v] = in_village(v);
    }
  }
  for (const int n : before) gone += n == 0 ? 1 : 0;
  // 0.3 of 60 is 18; three standard deviations are 10.6.
  EXPECT_NEAR(gone, 18, 10.7);
  EXPECT_GT(failed, 0.0);
  EXPECT_LE(failed, 2.0 * gone);
  EXPECT_EQ(b.holders(), 2 * (60 - gone));
  b.month(month_of(2018, 1));
  EXPECT_GT(b.enrolled(workshops).size(), static_cast<std::size_t>(2 * (60 - gone)))
      << "the next year another firm may come";
}

TEST(Workshops, HoldersLeaveSoonerWhereThePostAnswersNoCause) {
  // Within 2017, of 2,000 who began in February: a year's chance of 0.2, or 0.2 x 1.6 = 0.32; who
  // would leave in January does not begin, so 11 months of 12 count.
  for (const Cause cause : {Cause::skills, Cause::illness}) {
    WorkshopBench b(10'000);
    b.set("workshops", "quitting", 0.2);
    b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, 0.4);
    for (int i = 0; i < 2'000; ++i) {
      const auto h = b.hand.add(kRegistered);
      b.hand.county.households.diagnosed[h] = static_cast<std::uint8_t>(cause);
      b.hand.county.households.causes[h] = pack_causes(cause, Cause::disability);
      b.hand.county.households.plan[h] = bit(Measure::workshop);
    }
    b.month(month_of(2017, 1));
    const auto began = static_cast<double>(b.enrolled(workshops).size());
    b.months(month_of(2017, 2), month_of(2017, 12));
    const double chance = cause == Cause::skills ? 0.2 : 0.32;
    const double leave = chance * 11.0 / 12.0 / (1.0 - chance / 12.0);
    EXPECT_NEAR(1.0 - static_cast<double>(b.enrolled(workshops).size()) / began, leave,
                4.5 * std::sqrt(leave * (1.0 - leave) / began));
  }
}

TEST(Workshops, WhenTheSubsidyEndsTheFirmKeepsSome) {
  WorkshopBench b(10'000);
  b.set("workshops", "kept", 0.7);
  b.set("workshops", "subsidy_years", 1);
  for (int i = 0; i < 1'000; ++i) b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2018, 1));
  EXPECT_EQ(b.participants(), 1'000.0) << "twelve months";
  b.month(month_of(2018, 2));
  EXPECT_NEAR(b.participants() / 1'000.0, 0.7, 4.5 * std::sqrt(0.21 / 1'000));
  EXPECT_EQ(b.event(workshops, ModuleSum::failed), 0.0);
}

TEST(Workshops, FewerPostsEndByLot) {
  WorkshopBench b(12);
  for (int i = 0; i < 12; ++i) b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2017, 12));
  EXPECT_EQ(b.participants(), 12.0);
  b.hand.plan.places[workshops] = 7;
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.participants(), 7.0);
  EXPECT_EQ(b.holders(), 7);
  b.hand.plan.places[workshops] = 0;
  b.month(month_of(2019, 1));
  EXPECT_EQ(b.holders(), 0);
}

TEST(Workshops, EndWithTheHolderOrTheMeasure) {
  const auto left = [](auto change) {
    WorkshopBench b(1);
    HandHousehold h = kRegistered;
    h.members = {{}};
    b.hand.add(h);
    b.months(month_of(2017, 1), month_of(2017, 3));
    change(b);
    b.hand.plan.places[workshops] = 1;
    b.hand.begin(month_of(2017, 4));
    b.runner->effects(b.hand.work);
    return std::pair{b.enrolled(workshops).size(), b.activity(0)};
  };
  using Left = std::pair<std::size_t, Activity>;
  EXPECT_EQ(left([](PolicyBench&) {}), (Left{1, Activity::public_post}));
  EXPECT_EQ(left([](PolicyBench& b) { b.hand.county.persons.health[0] = 50; }),
            (Left{0, Activity::searching}));
  EXPECT_EQ(left([](PolicyBench& b) { b.hand.county.persons.disability[0] = 2; }),
            (Left{0, Activity::farm}));
  EXPECT_EQ(left([](PolicyBench& b) { b.hand.county.persons.birth[0] -= 20 * 12; }),
            (Left{0, Activity::farm}));
  EXPECT_EQ(left([](PolicyBench& b) { b.hand.county.persons.number[0] = 9; }).first, 0U)
      << "somebody else is there now";
  WorkshopBench over(1);
  over.settings("workshops").until = month_of(2017, 6);
  over.hand.add(kRegistered);
  over.months(month_of(2017, 1), month_of(2017, 6));
  EXPECT_EQ(over.holders(), 1);
  over.month(month_of(2017, 7));
  EXPECT_EQ(over.holders(), 0);
  EXPECT_TRUE(over.enrolled(workshops).empty());
}

TEST(Workshops, AreShutInTheEpidemicIfItComes) {
  for (const double epidemic : {1.0, 0.5, 0.0}) {
    WorkshopBench b(1, 2019);
    b.spec.parameters["covid.epidemic"] = epidemic;
    b.spec.parameters["covid.year"] = 2020;
    b.spec.parameters["covid.wage_loss"] = 0.05;
    b.hand.add(kRegistered);
    b.months(month_of(2019, 1), month_of(2019, 12));
    for (int m = 1; m <= 12; ++m) {
      b.month(month_of(2020, m));
      const bool shut = m >= 2 && m <= 4;
      const double lost = shut ? epidemic : m >= 9 ? 0.05 * epidemic : 0.0;
      EXPECT_NEAR(b.hand.work.flows.local_wage[0], 1'870.0 * (1.0 - lost), 1e-3) << m;
      EXPECT_EQ(b.activity(0), Activity::public_post) << "the post is kept";
    }
  }
}

TEST(Workshops, WithoutMoneyInThePoolTheFirmGoesOnUnpaid) {
  WorkshopBench b(1);
  b.hand.add(kRegistered);
  b.months(month_of(2017, 1), month_of(2017, 3));
  PotAccount& pool = b.hand.county.ledger.of(Pot::pool);
  const Fen all = pool.balance;
  pool.balance = 0;
  pool.lost += all;
  b.month(month_of(2017, 4));
  EXPECT_EQ(b.delivered(workshops), 2 * 20'000);
  EXPECT_EQ(b.participants(), 1.0);
}

}  // namespace
}  // namespace terrace::policies

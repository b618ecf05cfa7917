// Who gets a subsidy for a disability or for age, how much, and until when.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

/// Living 60, nursing 70, old age 50 yuan of 2012 a month at 1.1; everybody has a certificate.
struct Subsidies : PolicyBench {
  Subsidies() : PolicyBench(2017, {"care"}) {
    set("care", "living", 60);
    set("care", "nursing", 70);
    set("care", "elder", 50);
    set("care", "elder_age", 80);
    set("care", "certified_partial", 1.0);
    set("care", "certified_severe", 1.0);
    hand.frame.price = 1.1;
  }
  std::size_t add(Status status, std::vector<HandPerson> members) {
    return hand.add({.status = status, .members = std::move(members)});
  }
};

const HandPerson kAble{.age = 40};
const HandPerson kPartly{.age = 40, .disability = 1};
const HandPerson kSeverely{.age = 40, .disability = 2};

TEST(Care, PaysEachKindOfMemberItsSubsidies) {
  Subsidies b;
  b.add(Status::registered, {kAble, kPartly, kSeverely});                      // 60 + 130
  b.add(Status::exited, {kAble, {.age = 80, .activity = Activity::retired}});  // 50
  b.add(Status::registered, {kAble, {.age = 79, .activity = Activity::retired}});
  b.add(Status::no, {kAble, kSeverely});  // 70
  b.add(Status::no, {kPartly, {.age = 85, .activity = Activity::retired}});
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(care), 0) << "from the next month";
  b.month(month_of(2017, 2));
  const auto& cash = b.hand.work.flows.transfer;
  EXPECT_NEAR(cash[0], 190.0, 1e-3);
  EXPECT_NEAR(cash[1], 50.0, 1e-3);
  EXPECT_EQ(cash[2], 0.0F);
  EXPECT_NEAR(cash[3], 70.0, 1e-3);
  EXPECT_EQ(cash[4], 0.0F);
  // 310 yuan of 2012 at 1.1.
  EXPECT_EQ(b.delivered(care), 34'100);
  EXPECT_EQ(b.enrolment(care, 0)->count, 2) << "members with a claim";
}

TEST(Care, CountsTheAllowanceAsPoorAndAddsToThePensionFromSixtyIfTold) {
  Subsidies b;
  b.set("care", "elder_age", 60);
  b.add(Status::no, {kPartly, {.age = 65}});
  b.hand.county.households.allowance[0] = 40.0F;
  b.months(month_of(2017, 7), month_of(2017, 8));
  EXPECT_NEAR(b.hand.work.flows.transfer[0], 110.0, 1e-3);
}

TEST(Care, NeedsACertificateWhichSomeNeverGet) {
  Subsidies b;
  b.set("care", "certified_partial", 0.6);
  constexpr int kHouseholds = 2'000;
  for (int i = 0; i < kHouseholds; ++i) b.add(Status::registered, {kPartly});
  b.month(month_of(2017, 1));
  const std::size_t served = b.enrolled(care).size();
  EXPECT_NEAR(static_cast<double>(served) / kHouseholds, 0.6, 4.5 * std::sqrt(0.24 / kHouseholds));
  b.months(month_of(2017, 2), month_of(2018, 1));
  EXPECT_EQ(b.enrolled(care).size(), served) << "who has none is asked for it again in vain";
}

TEST(Care, EndsWithTheLastClaim) {
  Subsidies b;
  b.add(Status::registered, {kAble, kPartly});
  b.add(Status::registered, {kAble, kPartly, kSeverely});
  b.months(month_of(2017, 1), month_of(2017, 2));
  b.hand.county.persons.disability[1] = 0;  // as when the member is there no longer
  b.hand.county.households.status[1] = static_cast<std::uint8_t>(Status::removed);
  b.month(month_of(2017, 3));
  EXPECT_EQ(b.enrolment(care, 0), nullptr);
  ASSERT_NE(b.enrolment(care, 1), nullptr);
  EXPECT_NEAR(b.hand.work.flows.transfer[1], 70.0, 1e-3)
      << "care of the severely disabled asks for no register";
}

TEST(Care, EndsWithTheModule) {
  Subsidies b;
  b.settings("care").until = month_of(2017, 3);
  b.add(Status::registered, {kPartly});
  b.months(month_of(2017, 1), month_of(2017, 3));
  EXPECT_NEAR(b.hand.work.flows.transfer[0], 60.0, 1e-3);
  b.month(month_of(2017, 4));
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
  EXPECT_TRUE(b.enrolled(care).empty());
}

TEST(Care, WithoutEffectTheMoneyIsSpentAndNothingArrives) {
  Subsidies b;
  b.settings("care").effect = 0.0;
  b.settings("care").cost = 2.0;
  b.add(Status::registered, {kPartly});
  b.months(month_of(2017, 1), month_of(2017, 2));
  EXPECT_EQ(b.hand.work.flows.transfer[0], 0.0F);
  EXPECT_EQ(b.delivered(care), 13'200);
}

TEST(Care, ReachesThoseWhoClaimWithinWhatOfficesCanHandle) {
  const auto share = [](double capacity, double consent) {
    Subsidies b;
    b.settings("care").capacity = capacity;
    b.set("care", "consent", consent);
    for (int i = 0; i < 2'000; ++i) b.add(Status::registered, {kPartly});
    b.month(month_of(2017, 1));
    return static_cast<double>(b.enrolled(care).size()) / 2'000;
  };
  const double near = 4.5 * std::sqrt(0.25 / 2'000);
  EXPECT_NEAR(share(0.3, 1.0 - 1e-12), 0.3, near);
  EXPECT_NEAR(share(1.0, 0.8), 0.8, near);
}

}  // namespace
}  // namespace terrace::policies

// Training: who attends, what it costs, what is learnt, and how it fades.
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using namespace test;  // NOLINT: the names of modules

const HandHousehold kRegistered{.verified = 2'600, .status = Status::registered};

/// A county with this much money, in yuan, in which every course is completed.
struct CourseBench : PolicyBench {
  explicit CourseBench(double yuan = 1e8) : PolicyBench(2017, {"training"}) {
    fund(Pot::pool, to_fen(yuan));
    for (const auto& [name, value] : {std::pair{"unit_cost", 2'000.0},
                                      {"course_months", 2.0},
                                      {"farm_time", 0.5},
                                      {"wage_gain", 0.08},
                                      {"fading", 0.1},
                                      {"failure", 0.0}})
      set("training", name, value);
  }
  int skill(std::size_t person) const { return hand.county.persons.skill[person]; }
  Month start() const { return enrolled(training)[0].start; }
  void until_learnt() {
    month(month_of(2017, 1));
    months(month_of(2017, 2), start() + 2);
  }
};

int learner_of(std::vector<HandPerson> members, Status status = Status::registered) {
  CourseBench b;
  HandHousehold h = kRegistered;
  h.status = status;
  h.members = std::move(members);
  b.hand.add(h);
  b.month(month_of(2017, 1));
  return b.enrolled(training).empty() ? -1 : int{b.enrolled(training)[0].person};
}

TEST(Training, OneMemberAtHomeAndOutOfSchoolAttends) {
  EXPECT_EQ(learner_of({{}}), 0);
  EXPECT_EQ(learner_of({{}}, Status::exited), -1);
  EXPECT_EQ(learner_of({{.age = 15}}), -1);
  EXPECT_EQ(learner_of({{.age = 16}}), 0);
  EXPECT_EQ(learner_of({{.age = 59}}), 0);
  EXPECT_EQ(learner_of({{.age = 60}}), -1);
  EXPECT_EQ(learner_of({{.disability = 1}}), 0);
  EXPECT_EQ(learner_of({{.disability = 2}}), -1);
  EXPECT_EQ(learner_of({{.age = 17, .activity = Activity::pupil}}), -1);
  EXPECT_EQ(learner_of({{.activity = Activity::migrant}}), -1);
  EXPECT_EQ(learner_of({{.activity = Activity::local_wage}}), -1);
  EXPECT_EQ(learner_of({{.age = 40}, {.age = 25}}), 1) << "the younger";
  EXPECT_EQ(learner_of({{.age = 25}, {.age = 40, .activity = Activity::searching}}), 1)
      << "who looks for work";
}

TEST(Training, ACourseIsPaidAtOnceAndRaisesTheWageWhenItIsOver) {
  CourseBench b;
  b.hand.frame.price = 1.1;
  b.hand.add(kRegistered);  // two adults of farm labour
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(training), 220'000) << "2,000 yuan of 2012";
  b.months(month_of(2017, 2), b.start() - 1);
  EXPECT_EQ(b.hand.work.flows.farm_labour[0], 1.0F);
  for (int k = 0; k < 2; ++k) {
    b.month(b.start() + k);
    EXPECT_NEAR(b.hand.work.flows.farm_labour[0], 0.75, 1e-6) << "half an adult of two is away";
    EXPECT_EQ(b.skill(1), 0);
  }
  const Month over = b.start() + 2;
  const double before = economy::wage_rate(b.hand.county.persons, 1, over, b.hand.economy.work);
  b.hand.frame.year = year_of(over);
  b.hand.begin(over);
  b.runner->effects(b.hand.work);
  EXPECT_EQ(b.hand.work.flows.farm_labour[0], 1.0F);
  EXPECT_EQ(b.skill(0), 0);
  EXPECT_EQ(b.skill(1), 8) << "the younger of the two";
  EXPECT_EQ(b.hand.work.touched, std::vector<std::uint32_t>{0}) << "wages are counted anew";
  EXPECT_NEAR(economy::wage_rate(b.hand.county.persons, 1, over, b.hand.economy.work) / before,
              std::exp(0.08), 1e-9);
  EXPECT_EQ(b.delivered(training), 220'000) << "paid once";
}

TEST(Training, MoneyRunsOut) {
  for (const double yuan : {6'000.0, 5'999.99}) {
    CourseBench b(yuan);
    for (int i = 0; i < 10; ++i) b.hand.add(kRegistered);
    b.months(month_of(2017, 1), month_of(2017, 12));
    EXPECT_EQ(b.delivered(training), yuan == 6'000.0 ? 600'000 : 400'000);
  }
}

TEST(Training, FadesByATenthAYear) {
  CourseBench b;
  b.hand.add(kRegistered);
  b.until_learnt();
  const Month over = b.start() + 2;
  // 8, 7.2, 6.48, 5.832, 5.2488, 4.72392: to the nearest hundredth.
  const std::vector<int> left = {8, 7, 6, 6, 5, 5};
  for (int year = 0; year < 6; ++year) {
    if (year > 0) {
      b.months(over + 12 * (year - 1) + 1, over + 12 * year - 1);
      EXPECT_EQ(b.skill(1), left[static_cast<std::size_t>(year - 1)]) << "eleven months later";
      b.month(over + 12 * year);
    }
    EXPECT_EQ(b.skill(1), left[static_cast<std::size_t>(year)]) << year;
  }
  EXPECT_EQ(b.delivered(training), 200'000) << "one course a household as long as it lasts";
}

TEST(Training, WhatWasAddedIsTakenBackWhole) {
  // By halves: 8, 4, 2, 1, 0.5 (as 1), 0.25; and where there is room for 3 only: 3, 1.5 (as 2),
  // 0.75 (as 1), 0.375.
  for (const int own : {-20, 124}) {
    CourseBench b(2'000);
    b.set("training", "fading", 0.5);
    b.hand.add(kRegistered);
    b.hand.county.persons.skill[1] = static_cast<std::int8_t>(own);
    b.until_learnt();
    EXPECT_EQ(b.skill(1), own == 124 ? 127 : -12);
    const Month over = b.start() + 2;
    const int years = own == 124 ? 3 : 5;
    b.months(over + 1, over + 12 * years - 1);
    EXPECT_EQ(b.skill(1), own + 1);
    EXPECT_EQ(b.enrolled(training).size(), 1U);
    b.month(over + 12 * years);
    EXPECT_EQ(b.skill(1), own);
    EXPECT_TRUE(b.enrolled(training).empty());
  }
}

TEST(Training, IsWorthLessWhereItAnswersNoCause) {
  CourseBench b;
  b.runner = std::make_unique<Runner>(b.catalogue, b.spec, b.rules, ConsentRules{}, 0.4);
  const auto h = b.hand.add(kRegistered);
  b.hand.county.households.diagnosed[h] = static_cast<std::uint8_t>(Cause::skills);
  b.hand.county.households.causes[h] = pack_causes(Cause::illness, Cause::land);
  b.hand.county.households.plan[h] = bit(Measure::training);
  b.until_learnt();
  EXPECT_EQ(b.skill(1), 3) << "0.4 x 8 is 3.2";
}

TEST(Training, SomeDoNotCompleteIt) {
  CourseBench b(1'000 * 2'000.0);
  b.set("training", "failure", 0.15);
  for (int i = 0; i < 1'000; ++i) b.hand.add(kRegistered);
  double failed = 0.0;
  for (Month m = month_of(2017, 1); m <= month_of(2018, 3); ++m) {
    b.month(m);
    failed += b.event(training, ModuleSum::failed);
  }
  double learnt = 0.0;
  for (std::size_t i = 0; i < 2'000; ++i) learnt += b.skill(i) == 8 ? 1.0 : 0.0;
  EXPECT_EQ(learnt + failed, 1'000.0);
  EXPECT_NEAR(failed / 1'000.0, 0.15, 4.5 * std::sqrt(0.1275 / 1'000));
  EXPECT_EQ(b.delivered(training), 200'000'000) << "paid for all the same";
}

TEST(Training, WhoIsNotThereWhenItBeginsDoesNotAttend) {
  for (const Activity activity : {Activity::migrant, Activity::local_wage, Activity::pupil}) {
    CourseBench b;
    b.hand.add(kRegistered);
    b.month(month_of(2017, 1));
    const Month start = b.start();
    b.hand.county.persons.activity[1] = static_cast<std::uint8_t>(activity);
    b.hand.county.persons.activity[0] = static_cast<std::uint8_t>(Activity::migrant);
    b.months(month_of(2017, 2), start - 1);
    EXPECT_EQ(b.enrolled(training).size(), 1U) << "it may be back in time";
    b.month(start);
    EXPECT_TRUE(b.enrolled(training).empty());
    EXPECT_EQ(b.hand.work.flows.farm_labour[0], 1.0F);
    EXPECT_EQ(b.skill(1), 0);
    EXPECT_EQ(b.delivered(training), 200'000) << "the school has been paid";
  }
  CourseBench later;
  later.hand.add(kRegistered);
  later.month(month_of(2017, 1));
  later.months(month_of(2017, 2), later.start());
  later.hand.county.persons.activity[1] = static_cast<std::uint8_t>(Activity::local_wage);
  later.months(later.start() + 1, later.start() + 2);
  EXPECT_EQ(later.skill(1), 8) << "who has begun completes it";
}

TEST(Training, EndsWithTheMemberButNotWithTheMeasure) {
  CourseBench gone;
  gone.hand.add(kRegistered);
  gone.until_learnt();
  gone.hand.county.persons.number[1] = 9;  // another household's member by now
  gone.hand.county.persons.activity[0] = static_cast<std::uint8_t>(Activity::migrant);
  gone.hand.county.persons.activity[1] = static_cast<std::uint8_t>(Activity::migrant);
  gone.month(gone.start() + 3);
  EXPECT_TRUE(gone.enrolled(training).empty());
  EXPECT_EQ(gone.skill(1), 8) << "what it knows it takes along";

  CourseBench over;
  over.settings("training").until = month_of(2017, 12);
  const auto first = over.hand.add(kRegistered);
  over.until_learnt();
  over.hand.add(kRegistered);
  over.months(over.start() + 3, over.start() + 2 + 12);
  EXPECT_EQ(over.enrolled(training).size(), 1U) << "nobody is offered a course any more";
  EXPECT_EQ(over.enrolled(training)[0].household, first);
  EXPECT_EQ(over.skill(1), 7) << "what was learnt stays, and fades";
}

TEST(Training, MultipliersReachGainTimeAndCost) {
  CourseBench b;
  b.settings("training").effect = 0.5;
  b.settings("training").cost = 1.5;
  b.hand.add(kRegistered);
  b.month(month_of(2017, 1));
  b.months(month_of(2017, 2), b.start());
  EXPECT_NEAR(b.hand.work.flows.farm_labour[0], 0.875, 1e-6);
  b.months(b.start() + 1, b.start() + 2);
  EXPECT_EQ(b.skill(1), 4);
  EXPECT_EQ(b.delivered(training), 300'000);

  CourseBench none(2'000);
  none.settings("training").effect = 0.0;
  none.set("training", "failure", 0.5);
  none.hand.add(kRegistered);
  double failed = 0.0;
  for (Month m = month_of(2017, 1); m <= month_of(2017, 12); ++m) {
    none.month(m);
    EXPECT_EQ(none.hand.work.flows.farm_labour[0], 1.0F);
    failed += none.event(training, ModuleSum::failed);
  }
  EXPECT_EQ(none.skill(1), 0);
  EXPECT_EQ(failed, 0.0);
  EXPECT_EQ(none.delivered(training), 200'000);
}

}  // namespace
}  // namespace terrace::policies

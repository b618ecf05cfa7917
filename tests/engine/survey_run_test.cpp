// Whole runs of people from a survey.
#include <gtest/gtest.h>

#include "economy/economy.hpp"
#include "economy/parameters.hpp"
#include "parallel/thread_runner.hpp"
#include "support/saved_states.hpp"
#include "support/small_scenario.hpp"
#include "support/small_survey.hpp"

namespace terrace {
namespace {

using test::run_small;
using test::small_scenario;
using test::SmallRun;
using test::SmallSurvey;

ScenarioSpec surveyed(float income) {
  SmallSurvey survey;
  for (int k = 0; k < 60; ++k) {
    survey.add(1.0 + k % 3, 1 + static_cast<std::size_t>(k % 5));
    if (k % 4 == 0) {
      survey.set(PersonField::activity,
                 static_cast<float>(k % 8 == 0 ? Activity::migrant : Activity::local_wage));
    }
    if (income > 0.0F) survey.set_incomes(income);
  }
  ScenarioSpec s = small_scenario();
  s.population.survey = survey.make();
  return s;
}

TEST(SurveyRun, ThreadsAndASecondReplicateDoNotMatter) {
  ScenarioSpec s = surveyed(9'000.0F);
  s.replicates = 2;
  const SmallRun serial = run_small(s);
  ASSERT_TRUE(serial.outcome.finished);
  ThreadRunner runner(3);
  EXPECT_EQ(run_small(s, runner).outcome.digest, serial.outcome.digest);
  s.replicates = 1;
  EXPECT_EQ(run_small(s).at("mean_income", month_of(2014, 12)),
            serial.at("mean_income", month_of(2014, 12)));
}

TEST(SurveyRun, StoppedAndResumedItIsTheSame) {
  const ScenarioSpec s = surveyed(9'000.0F);
  const std::string whole = run_small(s).outcome.digest;
  test::SavedStates saved;
  std::atomic<bool> stop{false};
  RunControl control;
  control.stop = &stop;
  control.progress = [&](std::uint32_t, int year, std::size_t done, std::size_t) {
    if (year == 2013 && done == 2) stop = true;
  };
  saved.attach(control);
  SerialRunner runner;
  record::MemoryRecorder results;
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  ASSERT_FALSE(run_scenario(s, catalogue, runner, results, control).finished);
  ASSERT_EQ(saved.newest().size(), 1U);
  RunControl again;
  saved.give(again);
  record::MemoryRecorder rest;
  EXPECT_EQ(run_scenario(s, catalogue, runner, rest, again).digest, whole);
}

TEST(SurveyRun, TheYearBeforeCountsInTheFirstMonths) {
  // 60,000 yuan a household, shared by three at the mean; what the model pays is a fraction of it.
  const SmallRun rich = run_small(surveyed(60'000.0F));
  const SmallRun unknown = run_small(surveyed(0.0F));
  const Month january = month_of(2011, 1);
  EXPECT_GT(rich.at("mean_income", january), 15'000.0);
  EXPECT_LT(unknown.at("mean_income", january), 14'000.0);
  // At the year's end nothing of it is left.
  EXPECT_LT(rich.at("mean_income", month_of(2011, 12)), 12'000.0);
}

TEST(SurveyRun, WorkThatHadBegunEnds) {
  County county;
  county.number = 1;
  constexpr std::size_t kPersons = 4'000;
  county.households.for_each_column([](auto& column) { column.resize(kPersons / 4); });
  county.persons.for_each_column([](auto& column) { column.resize(kPersons); });
  for (std::size_t h = 0; h < kPersons / 4; ++h) {
    county.households.id[h] = static_cast<std::uint32_t>(h << 12U);
    county.households.first[h] = static_cast<std::uint32_t>(4 * h);
    county.households.members[h] = 4;
    for (std::size_t m = 0; m < 4; ++m) {
      constexpr Activity kDoes[] = {Activity::local_wage, Activity::migrant, Activity::ill,
                                    Activity::farm};
      county.persons.number[4 * h + m] = static_cast<std::uint8_t>(m);
      county.persons.activity[4 * h + m] = static_cast<std::uint8_t>(kDoes[m]);
      county.persons.state_until[4 * h + m] = kNoMonth;
    }
  }
  EconomyParameters p = load_economy(test::default_values());
  p.work.h_sep = 0.05;
  p.work.mig_return = 0.1;
  p.health.ill_labour_loss = 6;
  const Month start = month_of(2012, 1);
  economy::date_spells(county, start, {3, 0}, p);
  double months[4] = {};
  for (std::size_t i = 0; i < kPersons; ++i) {
    if (i % 4 == 3) {
      EXPECT_EQ(county.persons.state_until[i], kNoMonth);
      continue;
    }
    const int left = county.persons.state_until[i] - start;
    ASSERT_GE(left, 1);
    if (i % 4 == 2) {
      ASSERT_LE(left, 6);
    }
    months[i % 4] += left / (kPersons / 4.0);
  }
  EXPECT_NEAR(months[0], 20.0, 2.0);  // 1 / 0.05; the mean's sd is 0.6
  EXPECT_NEAR(months[1], 10.0, 1.0);
  EXPECT_NEAR(months[2], 3.5, 0.25);  // 1 to 6 months alike
}

}  // namespace
}  // namespace terrace

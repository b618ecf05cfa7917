// The table of the burn-in's last December.
#include "engine/initial_fit.hpp"

#include <cstdio>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace terrace {
namespace {

using testing::HasSubstr;

ScenarioSpec with_targets() {
  ScenarioSpec s = test::no_programme(test::small_scenario());
  s.population.layout.initial = {
      {"headcount_ratio", InitialTarget::Scope::all, 0.1},
      {"mean_income", InitialTarget::Scope::ratio, 0.6},
  };
  return s;
}

TEST(InitialFit, ShowsTheRunsOwnFigures) {
  const test::SmallRun run = test::run_small(with_targets());
  const std::string& report = run.outcome.fit_report;
  ASSERT_THAT(report, HasSubstr("December 2012"));
  std::istringstream lines(report.substr(report.find("December 2012")));
  std::string line;
  std::getline(lines, line);
  std::string name;
  double target = 0.0;
  double got = 0.0;
  lines >> name >> target >> got;
  EXPECT_EQ(name, "headcount_ratio");
  EXPECT_EQ(target, 0.1);
  EXPECT_NEAR(got, run.december("headcount_ratio", 2012), 1e-5 * got);
  for (const auto& p : with_targets().population.layout.provinces)
    EXPECT_THAT(report, HasSubstr("  " + p.name));
}

TEST(InitialFit, KeepsSilentOfAPartOfTheNation) {
  ScenarioSpec part = with_targets();
  part.population.provinces = {part.population.layout.provinces.front().name};
  EXPECT_EQ(test::run_small(part).outcome.fit_report.find("burn-in"), std::string::npos);
  EXPECT_EQ(test::run_small(part).outcome.fit_report.find("spin-up"), std::string::npos);
  ScenarioSpec without = with_targets();
  without.population.layout.initial.clear();
  EXPECT_EQ(test::run_small(without).outcome.fit_report.find("spin-up"), std::string::npos);
}

}  // namespace
}  // namespace terrace

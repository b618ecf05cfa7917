// The run that the statistics are made from is the shipped arm: watching it changes nothing.
#include "validation/arm_none.hpp"

#include <gtest/gtest.h>

#include <terrace/scenario_file.hpp>

namespace terrace::validation {
namespace {

const std::vector<std::string> kOneProvince = {
    "population.provinces=[Ningxia]", "population.sample.villages=0.005", "time.end=2015-12"};

TEST(ArmNone, IsTheShippedArmTheMeterIncluded) {
  const NoneRun watched = run_none(kOneProvince);
  ASSERT_TRUE(watched.finished());

  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  ScenarioFile file = read_scenario(TERRACE_SOURCE_DIR "/scenarios/none.yaml", kOneProvince,
                                    catalogue, TERRACE_SOURCE_DIR "/scenarios/data");
  ASSERT_TRUE(file.errors.empty());
  NoneRun plain;
  SerialRunner runner;
  run_scenario(file.spec, catalogue, runner, plain.results);
  for (const Month month : {month_of(2012, 12), month_of(2014, 6), month_of(2015, 12)}) {
    for (const char* indicator : {"mean_income", "persons"}) {
      EXPECT_EQ(watched.at(indicator, month), plain.at(indicator, month)) << indicator;
    }
  }
}

TEST(ArmNone, ConsumptionOfTheYearIsMeteredFromTheProgrammesStart) {
  const NoneRun run = run_none(kOneProvince);
  ASSERT_TRUE(run.finished());
  double eaten = 0.0;
  double income = 0.0;
  for (const Record& r : run.panel.at(2012).records) ASSERT_EQ(r.consumption, 0.0F);
  for (const Record& r : run.panel.at(2014).records) {
    ASSERT_GT(r.consumption, 0.0F);
    eaten += static_cast<double>(r.consumption);
    income += static_cast<double>(r.income);
  }
  EXPECT_GT(eaten / income, 0.5) << "most of income is consumed";
  EXPECT_LT(eaten / income, 1.1);
}

}  // namespace
}  // namespace terrace::validation

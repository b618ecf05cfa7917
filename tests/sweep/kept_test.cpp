#include "sweep/kept.hpp"

#include <cmath>
#include <cstring>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "record/csv.hpp"
#include "record/summary.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/support/small_scenario.hpp"

namespace terrace::sweep {
namespace {

/// The figures of summary.csv as text, by year, level, region and indicator.
std::map<std::string, std::string> summary_figures(const record::MemoryRecorder& run) {
  std::string log;
  std::istringstream text(record::summary_csv(run, log, 1000000));
  std::map<std::string, std::string> figures;
  std::string line;
  std::getline(text, line);
  while (std::getline(text, line)) {
    // replicate,year,level,region,"name, perhaps",indicator,unit,value: names may hold commas.
    std::vector<std::size_t> commas;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == ',') commas.push_back(i);
    }
    const std::string key = line.substr(commas[0] + 1, commas[3] - commas[0]);
    const std::size_t last = commas.size() - 1;
    const std::string indicator =
        line.substr(commas[last - 2] + 1, commas[last - 1] - commas[last - 2] - 1);
    figures[key + indicator] = line.substr(commas[last] + 1);
  }
  return figures;
}

std::vector<double> kept_of(const record::MemoryRecorder& run, const KeptLayout& layout) {
  KeptRecorder kept(run.info(), layout);
  run.replay(kept);
  return kept.values();
}

/// Holds all that is kept of monthly and yearly groups against summary.csv; gives how many figures.
std::size_t compare_with_summary(const record::MemoryRecorder& run, const StudyOutput& output) {
  const KeptLayout layout = layout_of(run.info(), output);
  const std::vector<double> values = kept_of(run, layout);
  const auto figures = summary_figures(run);
  std::size_t compared = 0;
  for (const KeptVariable& v : layout.variables) {
    if (v.by_module) continue;
    for (std::size_t y = 0; y < layout.years.size(); ++y) {
      for (std::size_t r = 0; r < layout.regions.size(); ++r) {
        const std::string key = std::to_string(layout.years[y]) +
                                (r == 0 ? ",national," : ",province,") +
                                std::to_string(layout.regions[r].id) + ',' + v.name;
        const double value = values[v.first + y * layout.regions.size() + r];
        std::string text;
        if (!std::isnan(value)) record::append_number(text, value);
        EXPECT_TRUE(figures.contains(key)) << key;
        EXPECT_EQ(text, figures.at(key)) << key;
        ++compared;
      }
    }
  }
  return compared;
}

TEST(Kept, FiguresAreThoseOfTheSummary) {
  const record::MemoryRecorder run = record::made_up_run({.replicates = 1});
  // Monthly of December, monthly flow, yearly; of the nation and three provinces; 2012 to 2014.
  const StudyOutput output{
      {"headcount_ratio", "indicator_2", "leakage", "programme_cost"}, 2012, 2014, true};
  EXPECT_EQ(compare_with_summary(run, output), 4U * 3U * 4U);
  EXPECT_EQ(compare_with_summary(run, {{"indicator_2"}, 2013, 2013, false}), 1U);
}

TEST(Kept, FiguresOfASimulationAreThoseOfItsSummary) {
  const test::SmallRun run = test::run_small(test::small_scenario());
  const RunInfo& info = run.results.info();
  StudyOutput output{{}, 2012, 2018, true};
  for (const IndicatorInfo& i : info.indicators) output.indicators.push_back(i.name);
  for (const IndicatorInfo& i : info.indicators_of(3)) output.indicators.push_back(i.name);
  EXPECT_GT(compare_with_summary(run.results, output), 7U * 2U * 100U);
}

TEST(Kept, ModulesLieByYearModuleAndRegion) {
  const record::MemoryRecorder run = record::made_up_run({.replicates = 1});
  const KeptLayout layout = layout_of(run.info(), {{"leakage", "participants"}, 2013, 2014, true});
  const std::vector<double> values = kept_of(run, layout);
  ASSERT_EQ(layout.modules.size(), 2U);
  ASSERT_EQ(layout.regions.size(), 4U);
  EXPECT_EQ(layout.variables[1].first, 2U * 4U);
  ASSERT_EQ(values.size(), 2U * 4U + 2U * 2U * 4U);
  // Row 3 is 2014; module 1, province 2 is the third of 11 regions; indicator 1.
  const double made_up = record::made_up_value(4, 0, 3, 11 + 2, 1);
  EXPECT_EQ(values[8 + (1 * 2 + 1) * 4 + 2], made_up);
}

TEST(Kept, YearsOutsideTheRunAreNaN) {
  const record::MemoryRecorder run = record::made_up_run({.replicates = 1});
  const KeptLayout layout = layout_of(run.info(), {{"leakage"}, 2010, 2016, false});
  const std::vector<double> values = kept_of(run, layout);
  ASSERT_EQ(values.size(), 7U);
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_FALSE(std::isnan(values[1]));
  EXPECT_FALSE(std::isnan(values[4]));
  EXPECT_TRUE(std::isnan(values[5]) && std::isnan(values[6]));
}

TEST(Kept, OneFormOfZeroAndNaN) {
  const record::MemoryRecorder run = record::made_up_run({.replicates = 1});
  const KeptLayout layout = layout_of(run.info(), {{"leakage"}, 2011, 2012, false});
  KeptRecorder kept(run.info(), layout);
  std::vector<double> rows(2 * run.info().row_size(3), -0.0);
  rows[run.info().row_size(3)] = -std::numeric_limits<double>::quiet_NaN();
  kept.record(0, month_of(2011, 1), 24, 3, rows);
  EXPECT_FALSE(std::signbit(kept.values()[0]));
  const double one_nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(std::memcmp(&kept.values()[1], &one_nan, sizeof(double)), 0);
}

TEST(Kept, ShapesDifferByRegionsAndYears) {
  const RunInfo info = record::made_up_info({.replicates = 1});
  const StudyOutput output{{"headcount_ratio", "participants"}, 2012, 2014, true};
  const KeptLayout layout = layout_of(info, output);
  EXPECT_TRUE(same_shape(layout, layout_of(info, output)));
  const RunInfo fewer = record::made_up_info({.replicates = 1, .provinces = 2});
  EXPECT_FALSE(same_shape(layout, layout_of(fewer, output)));
  EXPECT_FALSE(same_shape(layout, layout_of(info, {output.indicators, 2013, 2015, true})));
}

}  // namespace
}  // namespace terrace::sweep

#include "sweep/point.hpp"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "record/frames.hpp"
#include "scenario/load.hpp"
#include "support/small_scenario.hpp"
#include "sweep/plan.hpp"

namespace terrace::sweep {
namespace {

namespace fs = std::filesystem;
using Kind = StudyDimension::Kind;
using Change = StudyDimension::Change;

StudyDimension dimension(Kind kind, std::string key, double low = 0.0, double high = 1.0) {
  StudyDimension out;
  out.name = "d";
  out.kind = kind;
  out.key = std::move(key);
  out.low = low;
  out.high = high;
  return out;
}

StudyDimension choice(Kind kind, std::string key, std::vector<std::string> words) {
  StudyDimension out = dimension(kind, std::move(key));
  out.choices = std::move(words);
  return out;
}

StudyDimension series(std::string key, Change change, int from, int until) {
  StudyDimension out = dimension(Kind::series, std::move(key));
  out.change = change;
  out.from = from;
  out.until = until;
  return out;
}

// Numbers of the unit cube.

TEST(ValueAt, GoesInProportionBetweenItsEnds) {
  const StudyDimension d = dimension(Kind::parameter, "a.b", -2.0, 6.0);
  EXPECT_EQ(value_at(d, 0.0), -2.0);
  EXPECT_EQ(value_at(d, 0.25), 0.0);
  EXPECT_EQ(value_at(d, 1.0), 6.0);
}

TEST(ValueAt, NeverLeavesItsEndsWhereArithmeticRounds) {
  // 0.1 + 1 * (0.7 - 0.1) is 0.7000000000000001 or thereabouts, depending on the numbers.
  for (int i = 1; i < 1000; ++i) {
    const StudyDimension d = dimension(Kind::parameter, "a.b", 0.1, 0.1 + i * 0.001);
    EXPECT_EQ(value_at(d, 1.0), d.high);
    EXPECT_LE(value_at(d, 1.0 - 0x1p-53), d.high);
  }
}

TEST(ValueAt, OnALogarithmicScaleTheMiddleIsTheGeometricMean) {
  StudyDimension d = dimension(Kind::parameter, "a.b", 0.01, 100.0);
  d.log_scale = true;
  EXPECT_EQ(value_at(d, 0.0), 0.01);
  EXPECT_NEAR(value_at(d, 0.5), 1.0, 1e-14);
  EXPECT_NEAR(value_at(d, 0.75), 10.0, 1e-13);
  EXPECT_EQ(value_at(d, 1.0), 100.0);
}

TEST(ValueAt, GivesEachWholeNumberAnEqualPart) {
  StudyDimension d = dimension(Kind::parameter, "a.b", 2014.0, 2018.0);
  d.whole = true;
  std::map<double, int> seen;
  for (int i = 0; i < 100; ++i) ++seen[value_at(d, i / 100.0)];
  EXPECT_EQ(seen,
            (std::map<double, int>{{2014, 20}, {2015, 20}, {2016, 20}, {2017, 20}, {2018, 20}}));
  EXPECT_EQ(value_at(d, 1.0), 2018.0);  // where Morris goes
}

TEST(ValueAt, GivesChoicesAndLevelsEqualParts) {
  const StudyDimension words = choice(Kind::policy, "p.from", {"2013-01", "2014-01", "2015-01"});
  EXPECT_EQ(value_at(words, 0.0), 0.0);
  EXPECT_EQ(value_at(words, 0.34), 1.0);
  EXPECT_EQ(value_at(words, 2.0 / 3.0), 2.0);
  EXPECT_EQ(value_at(words, 1.0), 2.0);
  StudyDimension levels = dimension(Kind::parameter, "a.b");
  levels.levels = {0.3, 0.1};
  EXPECT_EQ(value_at(levels, 0.49), 0.3);
  EXPECT_EQ(value_at(levels, 0.5), 0.1);
  EXPECT_EQ(value_at(levels, 1.0), 0.1);
}

TEST(ValueText, IsTheWordOrTheShortestNumber) {
  EXPECT_EQ(value_text(choice(Kind::policy, "p.enabled", {"true", "false"}), 1.0), "false");
  const StudyDimension number = dimension(Kind::parameter, "a.b");
  EXPECT_EQ(value_text(number, 0.1), "0.1");
  EXPECT_EQ(value_text(number, 2020.0), "2020");
  EXPECT_EQ(value_text(number, 1.0 / 3.0), "0.3333333333333333");
}

// Series: { 2012: 10, 2015: 20 } is 10 to 2014 and 20 from 2015 on.

std::map<int, double> changed(Change change, int from, int until, double value,
                              std::map<int, double> before = {{2012, 10.0}, {2015, 20.0}}) {
  const Series series_before{"unit", "none", "somebody", std::move(before)};
  const Series after = changed_series(series_before, series("s", change, from, until), value);
  for (int year = 1950; year < 2150; ++year) {
    const bool within = year >= from && year <= until;
    const double was = series_before.at(year);
    const double due = !within ? was : change == Change::factor ? was * value : was + value;
    EXPECT_EQ(after.at(year), due) << year;
  }
  return after.values;
}

using Values = std::map<int, double>;

TEST(ChangedSeries, SpellsOutWhatWasHeld) {
  EXPECT_EQ(changed(Change::factor, 2014, 2016, 2.0),
            (Values{{2012, 10}, {2014, 20}, {2015, 40}, {2017, 20}}));
  EXPECT_EQ(changed(Change::shift, 2014, 2014, -1.0), (Values{{2012, 10}, {2014, 9}, {2015, 20}}));
  EXPECT_EQ(changed(Change::factor, 2015, 2020, 0.5), (Values{{2012, 10}, {2015, 10}, {2021, 20}}));
}

TEST(ChangedSeries, KeepsTheYearsBeforeItsFirstDate) {
  EXPECT_EQ(changed(Change::factor, 2012, 2013, 3.0),
            (Values{{2011, 10}, {2012, 30}, {2014, 10}, {2015, 20}}));
  EXPECT_EQ(changed(Change::factor, 2008, 2010, 3.0),
            (Values{{2007, 10}, {2008, 30}, {2011, 10}, {2012, 10}, {2015, 20}}));
}

TEST(ChangedSeries, ChangesAfterTheLastDate) {
  EXPECT_EQ(changed(Change::shift, 2018, 2019, 5.0),
            (Values{{2012, 10}, {2015, 20}, {2018, 25}, {2020, 20}}));
}

TEST(ChangedSeries, CanChangeAllYearsThereAre) {
  EXPECT_EQ(changed(Change::factor, 1900, 2200, 2.0), (Values{{1900, 20}, {2012, 20}, {2015, 40}}));
}

TEST(ChangedSeries, StaysWhatItIsWhereNothingChanges) {
  const Series before{"unit", "none", "somebody", {{2012, 10.0}}};
  const auto by = [&](Change change, double value) {
    return changed_series(before, series("s", change, 2013, 2014), value);
  };
  EXPECT_EQ(by(Change::factor, 1.0).values, before.values);
  EXPECT_EQ(by(Change::shift, 0.0).source, "somebody");
  EXPECT_EQ(by(Change::factor, 0.5).source, "somebody; times 0.5 from 2013 to 2014 by a study");
}

// Scenarios of runs.

Plan plan_of(StudyDimension dimension, double value) {
  Plan plan;
  plan.study.name = "trap";
  plan.study.dimensions = {std::move(dimension)};
  plan.study.replicates = 3;
  plan.seed = 99;
  plan.points = {{0.0}, {value}};
  return plan;
}

// Of point 1, replicate 2.
ScenarioSpec spec_of(const StudyDimension& dimension, double value) {
  const std::vector<ScenarioSpec> scenarios{test::small_scenario()};
  return scenario_of(plan_of(dimension, value), scenarios, 5);
}

TEST(ScenarioOf, NamesTheRunAndItsReplicate) {
  const ScenarioSpec spec = spec_of(dimension(Kind::parameter, "farm_assets.tau"), 0.7);
  EXPECT_EQ(spec.name, "trap-5");
  EXPECT_EQ(spec.seed, 99U);
  EXPECT_EQ(spec.replicates, 1U);
  EXPECT_EQ(spec.first_replicate, 2U);
  EXPECT_EQ(spec.parameters.at("farm_assets.tau"), 0.7);
}

TEST(ScenarioOf, CutsANameThatWouldBeTooLong) {
  Plan plan = plan_of(dimension(Kind::parameter, "farm_assets.tau"), 0.7);
  plan.study.name = std::string(80, 'a');
  const std::vector<ScenarioSpec> scenarios{test::small_scenario()};
  EXPECT_EQ(scenario_of(plan, scenarios, 5).name, std::string(78, 'a') + "-5");
}

TEST(ScenarioOf, SetsParametersThatShareAValue) {
  StudyDimension two = dimension(Kind::parameter, "farm_assets.tau");
  two.also = {"policies.relocation.consent"};
  ScenarioSpec due = test::small_scenario();
  ASSERT_TRUE(due.parameters.contains("policies.relocation.consent"));
  const ScenarioSpec spec = spec_of(two, 0.25);
  EXPECT_EQ(spec.parameters.at("farm_assets.tau"), 0.25);
  EXPECT_EQ(spec.parameters.at("policies.relocation.consent"), 0.25);
}

TEST(ScenarioOf, SetsWhatAModuleHas) {
  const auto module = [](const StudyDimension& d, double value) {
    return spec_of(d, value).policies.at("industry");
  };
  const StudyDimension on = choice(Kind::policy, "industry.enabled", {"true", "false"});
  EXPECT_TRUE(module(on, 0.0).enabled);
  EXPECT_FALSE(module(on, 1.0).enabled);
  const std::vector<std::string> months{"2014-01", "2015-07"};
  EXPECT_EQ(module(choice(Kind::policy, "industry.from", months), 1.0).from, month_of(2015, 7));
  EXPECT_EQ(module(choice(Kind::policy, "industry.until", months), 1.0).until, month_of(2015, 7));
  EXPECT_EQ(module(dimension(Kind::policy, "industry.capacity"), 0.5).capacity, 0.5);
  EXPECT_EQ(module(dimension(Kind::policy, "industry.effect"), 0.5).effect, 0.5);
  EXPECT_EQ(module(dimension(Kind::policy, "industry.cost"), 0.5).cost, 0.5);
  EXPECT_EQ(module(dimension(Kind::policy, "industry.ramp"), 0.5).ramp, 0.5);
}

TEST(ScenarioOf, ChangesASeriesAndNothingElse) {
  const StudyDimension d = series("fund_central", Change::factor, 2014, 2014);
  const ScenarioSpec spec = spec_of(d, 2.0);
  EXPECT_EQ(spec.series.at("fund_central").values,
            (Values{{2012, 33.2}, {2014, 86.6}, {2015, 43.3}, {2016, 66.1}}));
  EXPECT_EQ(spec.series.at("pension").values, test::small_series().at("pension").values);
}

TEST(ScenarioOf, TakesAnotherScenario) {
  std::vector<ScenarioSpec> scenarios{test::small_scenario(),
                                      test::no_programme(test::small_scenario())};
  const StudyDimension arm = choice(Kind::scenario, "scenario", {"tpa", "none"});
  EXPECT_TRUE(scenario_of(plan_of(arm, 1.0), scenarios, 0).registry);
  EXPECT_FALSE(scenario_of(plan_of(arm, 1.0), scenarios, 3).registry);
  scenarios.pop_back();
  EXPECT_THROW(scenario_of(plan_of(arm, 1.0), scenarios, 3), record::BadCheckpoint);
}

TEST(ScenarioOf, RefusesWhatTheScenarioDoesNotHave) {
  for (const StudyDimension& d :
       {dimension(Kind::parameter, "farm_assets.taw"), dimension(Kind::policy, "industri.capacity"),
        dimension(Kind::policy, "capacity"), dimension(Kind::policy, "industry.size"),
        choice(Kind::policy, "industry.from", {"2014-13", "0-0"}),
        series("fund_centrale", Change::factor, 2014, 2014)}) {
    EXPECT_THROW(spec_of(d, 0.5), record::BadCheckpoint) << d.key;
  }
}

// What `terrace run` reads of a run's scenario is that scenario: for every kind of dimension.
TEST(ScenarioOf, ReadsBackFromItsText) {
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  const scenario::Vocabulary vocabulary = scenario::vocabulary_of(catalogue);
  const fs::path library = fs::path(TERRACE_SOURCE_DIR) / "scenarios";
  const auto read = [&](const fs::path& file) {
    const scenario::Loaded loaded = scenario::load_scenario(file, {}, vocabulary, library / "data");
    for (const auto& error : loaded.errors) ADD_FAILURE() << scenario::to_string(error);
    return loaded.spec;
  };
  const std::vector<ScenarioSpec> scenarios{read(library / "mini.yaml"),
                                            read(library / "teach.yaml")};
  const std::vector<std::pair<StudyDimension, double>> changes{
      {dimension(Kind::parameter, "farm_assets.tau"), 1.0 / 3.0},
      {dimension(Kind::parameter, "policies.relocation.consent"), 0.9},
      {choice(Kind::policy, "relocation.enabled", {"true", "false"}), 1.0},
      {choice(Kind::policy, "relocation.from", {"2016-01", "2017-07"}), 1.0},
      {choice(Kind::policy, "relocation.until", {"2019-12", "2020-06"}), 1.0},
      {dimension(Kind::policy, "relocation.capacity"), 0.1 + 0.2},
      {dimension(Kind::policy, "industry.effect"), 2.0},
      {dimension(Kind::policy, "industry.cost"), 1e-3},
      {series("fund_central", Change::factor, 2014, 2017), 1.0 / 3.0},
      {series("fund_central", Change::shift, 2013, 2100), -0.7},
      {series("poverty_line", Change::factor, 2000, 2100), 1.1},
      {choice(Kind::scenario, "scenario", {"mini", "teach"}), 1.0}};
  const fs::path file =
      fs::temp_directory_path() / ("terrace-point-" + std::to_string(::getpid()) + ".yaml");
  for (const auto& [d, value] : changes) {
    const ScenarioSpec spec = scenario_of(plan_of(d, value), scenarios, 5);
    const std::string text = scenario::resolved_yaml(spec, vocabulary);
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
    const ScenarioSpec back = read(file);
    EXPECT_EQ(scenario::resolved_yaml(back, vocabulary), text) << d.key;
    EXPECT_EQ(back.first_replicate, 2U);
    EXPECT_EQ(back.parameters, spec.parameters) << d.key;
    for (const auto& [name, of] : spec.series) EXPECT_EQ(back.series.at(name).values, of.values);
    // And it is another scenario than the one it was made of.
    ScenarioSpec base = scenarios[0];
    base.name = spec.name;
    base.seed = spec.seed;
    base.replicates = spec.replicates;
    base.first_replicate = spec.first_replicate;
    EXPECT_NE(scenario::resolved_yaml(base, vocabulary), text) << d.key;
  }
  fs::remove(file);
}

}  // namespace
}  // namespace terrace::sweep

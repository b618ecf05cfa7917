// A merged sweep made by hand: what is asked for, refused, noted and put into tables.
#include "analysis/sensitivity.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/table_rows.hpp"
#include "sweep/design.hpp"

namespace terrace::analysis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

StudyDimension dimension(const std::string& name) {
  StudyDimension out;
  out.name = name;
  return out;
}

/// Output of a point and replicate.
using Output = std::function<double(const std::vector<double>& point, std::uint32_t replicate)>;

constexpr std::size_t kYears = 3;  // 2018, 2019, 2020

/// An indicator `poor`, of a year 2018 + y its value plus y; dimensions a, b, c.
SweepResults sweep_of(StudyDesign::Kind kind, std::uint32_t n, std::uint32_t replicates,
                      const Output& output, bool second_order = false) {
  SweepResults out;
  out.name = "by-hand";
  out.dimensions = {dimension("a"), dimension("b"), dimension("c")};
  out.design.kind = kind;
  out.design.n = n;
  out.design.second_order = second_order;
  out.replicates = replicates;
  out.coordinates.resize(3);
  out.years = {2018, 2019, 2020};
  out.modules = {"industry", "education"};
  out.regions.resize(2);
  out.regions[0].name = "nation";
  out.regions[1].name = "Guizhou";
  SweepVariable poor{"poor", "1", "share of the poor", "monthly", false, false};
  const auto points = sweep::design_points(out.design, 3);
  for (std::uint32_t p = 0; p < points.size(); ++p) {
    for (std::uint32_t r = 0; r < replicates; ++r) {
      out.point.push_back(p);
      out.replicate.push_back(r);
      out.status.push_back(RunStatus::done);
      out.digest.emplace_back(32, '0');
      for (std::size_t d = 0; d < 3; ++d) out.coordinates[d].push_back(points[p][d]);
      for (std::size_t y = 0; y < kYears; ++y)
        poor.values.push_back(output(points[p], r) + static_cast<double>(y));
    }
  }
  out.variables = {poor};
  return out;
}

double slope(const std::vector<double>& point, std::uint32_t) { return point[0] + 2.0 * point[1]; }

SweepResults plain(std::uint32_t replicates = 1) {
  return sweep_of(StudyDesign::Kind::saltelli, 64, replicates, slope);
}

std::string refusal(const SweepResults& sweep, const std::vector<std::string>& outputs = {}) {
  try {
    sensitivity_of(sweep, {outputs, 100, 0.95}, "DIR");
  } catch (const NoAnswer& error) {
    return error.what();
  }
  return "not refused";
}

TEST(Sensitivity, SobolIndicesOfTheLastYear) {
  const SweepResults sweep = sweep_of(StudyDesign::Kind::saltelli, 1024, 1, slope);
  const Sensitivity found = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR");
  ASSERT_EQ(found.outputs.size(), 1U);
  const OutputSensitivity& one = found.outputs[0];
  EXPECT_EQ(one.output.name, "poor@2020");
  EXPECT_NEAR(one.sobol.mean, 1.5 + 2.0, 0.01);  // year 2020 adds 2
  EXPECT_NEAR(one.sobol.first[0].value, 0.2, 0.02);
  EXPECT_NEAR(one.sobol.total[1].value, 0.8, 0.02);
  EXPECT_TRUE(one.sobol.first[2].holds_zero());
  const std::vector<ResultTable> tables = found.tables();
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].name, "outputs");
  EXPECT_EQ(tables[1].name, "sobol");
  EXPECT_THAT(column_of(tables[1], "dimension").texts, ElementsAre("a", "b", "c", "sum of first"));
  EXPECT_EQ(column_of(tables[1], "first_holds_zero").numbers[0], 0.0);
  EXPECT_EQ(column_of(tables[1], "first_holds_zero").numbers[2], 1.0);
  EXPECT_TRUE(std::isnan(column_of(tables[1], "total").numbers[3]));
  for (const ResultTable& table : tables) {
    for (const TableColumn& column : table.columns) EXPECT_EQ(column.rows(), table.rows());
  }
}

TEST(Sensitivity, SecondOrderHasATableOfPairs) {
  const SweepResults sweep = sweep_of(StudyDesign::Kind::saltelli, 64, 1, slope, true);
  const std::vector<ResultTable> tables = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR").tables();
  ASSERT_EQ(tables.size(), 3U);
  EXPECT_EQ(tables[2].name, "second_order");
  EXPECT_THAT(column_of(tables[2], "dimension_a").texts, ElementsAre("a", "a", "b"));
  EXPECT_THAT(column_of(tables[2], "dimension_b").texts, ElementsAre("b", "c", "c"));
}

TEST(Sensitivity, MorrisInUnitsOfTheOutput) {
  const SweepResults sweep = sweep_of(StudyDesign::Kind::morris, 12, 2, slope);
  const Sensitivity found = sensitivity_of(sweep, {{"poor@2018"}, 100, 0.95}, "DIR");
  ASSERT_EQ(found.outputs[0].morris.size(), 3U);
  EXPECT_NEAR(found.outputs[0].morris[0].mu.value, 1.0, 1e-12);
  EXPECT_NEAR(found.outputs[0].morris[1].mu_star.value, 2.0, 1e-12);
  EXPECT_TRUE(found.outputs[0].morris[2].mu_star.holds_zero());
  const std::vector<ResultTable> tables = found.tables();
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[1].name, "morris");
  EXPECT_EQ(tables[1].rows(), 3U);
}

// Mean over years: 2018 to 2020 add (0 + 1 + 2) / 3 = 1.
TEST(Outputs, YearsAndSpans) {
  const SweepResults sweep = plain();
  const auto got = chosen_outputs(sweep, {"poor", "poor@2018", "poor@2018-2020", "poor"});
  ASSERT_EQ(got.size(), 3U);  // one was named twice
  const double base = got[1].by_run[0];
  EXPECT_DOUBLE_EQ(got[0].by_run[0], base + 2.0);
  EXPECT_DOUBLE_EQ(got[2].by_run[0], base + 1.0);
  EXPECT_EQ(got[2].first_year, 2018);
  EXPECT_EQ(got[2].last_year, 2020);
}

// Values run, year, module, region by their places in the list: ((run 3 + year) 2 + module) 2 +
// region.
TEST(Outputs, ModulesAndRegions) {
  SweepResults sweep = plain();
  SweepVariable offered{"offered", "household", "offers", "modules", true, true};
  for (std::size_t i = 0; i < sweep.runs() * kYears * 4; ++i)
    offered.values.push_back(static_cast<double>(i));
  sweep.variables.push_back(offered);
  const auto got = chosen_outputs(sweep, {"offered:education@2019", "offered:Guizhou:industry",
                                          "offered:education:Guizhou@2018"});
  EXPECT_EQ(got[0].by_run[5], ((5 * 3 + 1) * 2 + 1) * 2 + 0);
  EXPECT_EQ(got[1].by_run[5], ((5 * 3 + 2) * 2 + 0) * 2 + 1);
  EXPECT_EQ(got[2].by_run[5], ((5 * 3 + 0) * 2 + 1) * 2 + 1);
  EXPECT_EQ(got[1].module, "industry");
  EXPECT_EQ(got[1].region, "Guizhou");
  std::vector<std::string> left_out;
  std::vector<std::string> names;
  for (const SweepOutput& output : all_outputs(sweep, left_out)) names.push_back(output.name);
  EXPECT_THAT(names, ElementsAre("poor@2020", "offered:industry@2020", "offered:education@2020"));
  EXPECT_TRUE(left_out.empty());
}

TEST(Outputs, WhatMeansNothingIsRefusedAllAtOnce) {
  SweepResults sweep = plain();
  sweep.variables.push_back({"offered", "household", "offers", "modules", true, false,
                             std::vector<double>(sweep.runs() * kYears * 2, 1.0)});
  const std::string got =
      refusal(sweep, {"por@2020", "poor@2017", "poor@", "poor@2020-2018", "poor:Gansu", "offered",
                      "poor:industry", "poor:Guizhou", "offered:industry:education"});
  EXPECT_THAT(
      got, HasSubstr("'por@2020': the sweep did not keep this indicator; it kept offered, poor"));
  EXPECT_THAT(got, HasSubstr("'poor@2017': the sweep kept the years 2018-2020"));
  EXPECT_THAT(got, HasSubstr("'poor@': a year is missing"));
  EXPECT_THAT(got, HasSubstr("'2020-2018' is not a year or a span"));
  EXPECT_THAT(got, HasSubstr("'Gansu' is no module or region that the sweep kept"));
  EXPECT_THAT(got, HasSubstr("name a module, such as offered:industry"));
  EXPECT_THAT(got, HasSubstr("'poor:industry': this indicator is not by module"));
  EXPECT_THAT(got, HasSubstr("'poor:Guizhou': only the nation's was kept"));
  EXPECT_THAT(got, HasSubstr("more than one module"));
}

TEST(Sensitivity, RunsWithoutAResultAreNamed) {
  SweepResults sweep = plain();
  for (std::size_t run = 20; run < 35; ++run) sweep.status[run] = RunStatus::missing;
  sweep.status[7] = RunStatus::failed;
  const std::string got = refusal(sweep);
  EXPECT_THAT(got, HasSubstr("failed: 1 run: 7"));
  EXPECT_THAT(got, HasSubstr("without result: 15 runs: 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, "
                             "31 and 3 more"));
  EXPECT_THAT(got, HasSubstr("terrace sweep run DIR"));
  EXPECT_THAT(got, HasSubstr("terrace sweep merge --force DIR"));
}

TEST(Sensitivity, RunsWithoutTheFigureAreNamed) {
  SweepResults sweep = plain();
  sweep.variables[0].values[kYears * 9 + 2] = kNan;
  sweep.variables[0].values[kYears * 11 + 2] = std::numeric_limits<double>::infinity();
  const std::string got = refusal(sweep);
  EXPECT_THAT(got, HasSubstr("'poor@2020' has no number in 2 runs: 9, 11"));
  EXPECT_THAT(got, HasSubstr("terrace sweep replay DIR 9"));
  EXPECT_EQ(refusal(sweep, {"poor@2018"}), "not refused");
  EXPECT_THAT(refusal(sweep, {"poor@2018-2020"}), HasSubstr("2 runs: 9, 11"));
}

TEST(Sensitivity, WhatNoRunHasIsLeftOutUnlessItIsNamed) {
  SweepResults sweep = plain();
  sweep.variables.push_back(sweep.variables[0]);
  sweep.variables[1].name = "empty";
  sweep.variables[1].values.assign(sweep.runs() * kYears, kNan);
  const Sensitivity found = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR");
  EXPECT_EQ(found.outputs.size(), 1U);
  EXPECT_THAT(found.notes, testing::Contains(HasSubstr("no run has a number of it: empty@2020")));
  EXPECT_THAT(refusal(sweep, {"empty"}), HasSubstr("'empty' has no number in 320 runs"));
}

TEST(Sensitivity, OtherDesignsAreRefusedWithOneThatWorks) {
  SweepResults sweep = plain();
  sweep.design.kind = StudyDesign::Kind::latin_hypercube;
  EXPECT_THAT(refusal(sweep), HasSubstr("design: {kind: saltelli, n: 128}"));
}

TEST(Sensitivity, PointsInAnotherOrderAreRefused) {
  SweepResults sweep = plain();
  std::swap(sweep.coordinates[0][1], sweep.coordinates[0][2]);
  EXPECT_THAT(refusal(sweep), HasSubstr("not in the order of a Saltelli design: see point 1"));
  SweepResults fewer = plain();
  fewer.design.n = 63;
  EXPECT_THAT(refusal(fewer), HasSubstr("not those of the study's design"));
  SweepResults morris = sweep_of(StudyDesign::Kind::morris, 4, 1, slope);
  std::swap(morris.coordinates[0][1], morris.coordinates[0][3]);
  EXPECT_THAT(refusal(morris), HasSubstr("not trajectories of Morris"));
}

TEST(Sensitivity, ConstantOutputsAreSaidToBe) {
  const SweepResults sweep =
      sweep_of(StudyDesign::Kind::saltelli, 64, 3,
               [](const std::vector<double>&, std::uint32_t) { return 0.1; });
  const Sensitivity found = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR");
  EXPECT_TRUE(found.outputs[0].constant());
  EXPECT_TRUE(std::isnan(found.outputs[0].sobol.first[0].value));
  EXPECT_THAT(found.notes, testing::Contains(HasSubstr("the same in all points")));
  const std::vector<ResultTable> tables = found.tables();
  EXPECT_EQ(column_of(tables[0], "constant").numbers[0], 1.0);
  EXPECT_TRUE(std::isnan(column_of(tables[1], "first_holds_zero").numbers[0]));
}

// Two points, two replicates: 0 2 | 4 10. Means 1 and 7, mean 4, variance of points 18. All:
// squares 16 + 4 + 0 + 36 = 56 around 4; within points 1 + 1 + 9 + 9 = 20, so 20/56. Replicates add
// -2 and +2; what is left is 1, -1, -1, 1: 4 over (1)(1), over 2 replicates 2, and 2/18 of the
// points'.
TEST(Spread, ByHand) {
  const OutputSpread got = spread_of({0, 2, 4, 10}, 2);
  EXPECT_THAT(got.by_point, ElementsAre(1.0, 7.0));
  EXPECT_DOUBLE_EQ(got.mean, 4.0);
  EXPECT_DOUBLE_EQ(got.low, 1.0);
  EXPECT_DOUBLE_EQ(got.high, 7.0);
  EXPECT_DOUBLE_EQ(got.variance_of_runs, 56.0 / 3.0);
  EXPECT_DOUBLE_EQ(got.variance_of_points, 18.0);
  EXPECT_DOUBLE_EQ(got.replicate_share, 20.0 / 56.0);
  EXPECT_DOUBLE_EQ(got.noise_share, 2.0 / 18.0);
}

// What a replicate does to all points alike spreads runs, but is no noise of indices.
TEST(Spread, WhatIsCommonToAllPointsIsNoNoise) {
  const SweepResults sweep =
      sweep_of(StudyDesign::Kind::saltelli, 64, 2,
               [](const std::vector<double>& point, std::uint32_t replicate) {
                 return point[0] + (replicate == 0 ? 0.0 : 5.0);
               });
  const OutputSpread got = spread_of(chosen_outputs(sweep, {"poor"})[0].by_run, 2);
  EXPECT_GT(got.replicate_share, 0.9);
  EXPECT_NEAR(got.noise_share, 0.0, 1e-12);
}

TEST(Spread, OneReplicateTellsNothingOfNoise) {
  const Sensitivity found = sensitivity_of(plain(1), {{}, 100, 0.95}, "DIR");
  EXPECT_TRUE(std::isnan(found.outputs[0].spread.noise_share));
  EXPECT_THAT(found.notes, testing::Contains(HasSubstr("one replicate")));
  EXPECT_THAT(sensitivity_of(plain(2), {{}, 100, 0.95}, "DIR").notes, ElementsAre());
}

/// Whether notes have one with this text.
auto noted(const std::string& text) { return testing::Contains(HasSubstr(text)); }

/// Nothing but noise, other in each run.
Output pure_noise() {
  return [bits = std::mt19937_64(6)](const std::vector<double>&, std::uint32_t) mutable {
    return static_cast<double>(bits() >> 11) * 0x1p-53;
  };
}

// Points of nothing but noise: each total index is near 1, far above zero, and yet no effect. With
// one seed in twelve one of three marks is missing: 3 % of lower ends of 95 % intervals miss
// (measured with 64 and 256 rows).
TEST(Spread, TotalsOfNoiseAloneAreMarked) {
  const SweepResults sweep = sweep_of(StudyDesign::Kind::saltelli, 256, 2, pure_noise());
  const Sensitivity found = sensitivity_of(sweep, {{}, 200, 0.95}, "DIR");
  const ResultTable table = found.tables()[1];
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_GT(column_of(table, "total_low").numbers[d], 0.5);
    EXPECT_EQ(column_of(table, "total_holds_zero").numbers[d], 0.0);
    EXPECT_EQ(column_of(table, "total_within_noise").numbers[d], 1.0);
    EXPECT_EQ(column_of(table, "first_holds_zero").numbers[d], 1.0);
  }
  EXPECT_TRUE(std::isnan(column_of(table, "total_within_noise").numbers[3]));
}

TEST(Spread, EffectsOfNoiseAloneAreMarked) {
  const SweepResults sweep = sweep_of(StudyDesign::Kind::morris, 100, 2, pure_noise());
  const ResultTable table = sensitivity_of(sweep, {{}, 200, 0.95}, "DIR").tables()[1];
  for (std::size_t d = 0; d < 3; ++d) {
    EXPECT_EQ(column_of(table, "mu_star_holds_zero").numbers[d], 0.0);
    EXPECT_EQ(column_of(table, "mu_star_within_noise").numbers[d], 1.0);
  }
}

TEST(Spread, EffectsBesideNoiseAreNotMarked) {
  const Output noise = pure_noise();
  for (const auto kind : {StudyDesign::Kind::saltelli, StudyDesign::Kind::morris}) {
    const SweepResults sweep = sweep_of(kind, 64, 2, [&](const auto& point, std::uint32_t r) {
      return 5.0 * point[0] + noise(point, r);
    });
    const ResultTable table = sensitivity_of(sweep, {{}, 200, 0.95}, "DIR").tables()[1];
    const std::string name =
        kind == StudyDesign::Kind::morris ? "mu_star_within_noise" : "total_within_noise";
    EXPECT_EQ(column_of(table, name).numbers[0], 0.0);
  }
}

// The first dimension's effect is 10 in one replicate and 30 in the other, the second's 1 in both:
// small beside the noise of points, and yet known without any.
TEST(Spread, CommonRandomNumbersTellSmallEffects) {
  for (const auto kind : {StudyDesign::Kind::saltelli, StudyDesign::Kind::morris}) {
    const SweepResults sweep = sweep_of(kind, 64, 2, [](const auto& point, std::uint32_t r) {
      return (r == 0 ? 10.0 : 30.0) * point[0] + point[1];
    });
    const Sensitivity found = sensitivity_of(sweep, {{}, 200, 0.95}, "DIR");
    EXPECT_GT(found.outputs[0].spread.noise_share, 0.1);
    const std::string name =
        kind == StudyDesign::Kind::morris ? "mu_star_within_noise" : "total_within_noise";
    EXPECT_EQ(column_of(found.tables()[1], name).numbers[1], 0.0);
  }
}

TEST(Spread, OneReplicateMarksNothingAsNoise) {
  const ResultTable table = sensitivity_of(plain(1), {{}, 100, 0.95}, "DIR").tables()[1];
  EXPECT_TRUE(std::isnan(column_of(table, "total_within_noise").numbers[0]));
}

// Two points, two replicates: 0 2 | 2.2 0. Means 1 and 1.1, variance of points 0.005; replicates
// add 0.05 less and more; what is left is 1.05 four times: 4.41 over 1, over 2 replicates 2.205.
TEST(Spread, NoiseMayBeMoreThanPointsDiffer) {
  EXPECT_NEAR(spread_of({0, 2, 2.2, 0}, 2).noise_share, 2.205 / 0.005, 1e-9);
  std::size_t calls = 0;  // kYears of each of two replicates, one as high as the other is low
  const SweepResults sweep = sweep_of(
      StudyDesign::Kind::saltelli, 64, 2, [&](const std::vector<double>& point, std::uint32_t r) {
        const double off = (calls++ / (2 * kYears)) % 2 == 0 ? 3.0 : -3.0;
        return 0.1 * point[0] + (r == 0 ? off : -off);
      });
  const Sensitivity found = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR");
  EXPECT_GT(found.outputs[0].spread.noise_share, 1.0);
  EXPECT_THAT(found.notes, noted("no more than noise alone"));
}

// A share of variance below zero with its whole interval is as far from an effect as one around it.
TEST(Sensitivity, SharesBelowZeroAreNoEffect) {
  Sensitivity found;
  found.dimensions = {"a", "b"};
  OutputSensitivity one;
  one.sobol.first = {Estimated{-0.2, 0.05, -0.3, -0.1}, Estimated{0.2, 0.05, 0.1, 0.3}};
  one.sobol.total = one.sobol.first;
  one.sobol.second = {{Estimated{-0.2, 0.05, -0.3, -0.1}}};
  found.second_order = true;
  one.beyond_noise.resize(2);
  found.outputs = {one};
  const std::vector<ResultTable> tables = found.tables();
  EXPECT_EQ(column_of(tables[1], "first_holds_zero").numbers[0], 1.0);
  EXPECT_EQ(column_of(tables[1], "first_holds_zero").numbers[1], 0.0);
  EXPECT_EQ(column_of(tables[2], "second_holds_zero").numbers[0], 1.0);
}

// An effect of either sign is one.
TEST(Sensitivity, MorrisTablesSayWhatMuGoesFromAndTo) {
  SweepResults sweep = sweep_of(StudyDesign::Kind::morris, 12, 1,
                                [](const std::vector<double>& p, std::uint32_t) { return -p[0]; });
  sweep.dimensions[1].low = 0.05;
  sweep.dimensions[2].choices = {"false", "true"};
  for (double& place : sweep.coordinates[2]) place = place < 0.5 ? 0.0 : 1.0;
  const ResultTable table = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR").tables()[1];
  EXPECT_EQ(column_of(table, "mu_holds_zero").numbers[0], 0.0);
  EXPECT_THAT(column_of(table, "from").texts, ElementsAre("0", "0.05", "false"));
  EXPECT_THAT(column_of(table, "to").texts, ElementsAre("1", "1", "true"));
}

TEST(Sensitivity, OnlyChoicesWithoutAnOrderAreNoted) {
  SweepResults sweep = sweep_of(StudyDesign::Kind::morris, 12, 2, slope);
  const auto notes_of = [&](StudyDimension::Kind kind, std::vector<std::string> choices) {
    sweep.dimensions[2].kind = kind;
    sweep.dimensions[2].choices = std::move(choices);
    for (std::size_t run = 0; run < sweep.runs(); ++run)
      sweep.coordinates[2][run] = std::min(2.0, std::floor(3.0 * sweep.coordinates[2][run]));
    return sensitivity_of(sweep, {{}, 100, 0.95}, "DIR").notes;
  };
  const auto points = sweep.coordinates[2];
  const std::string note = "choices without an order";
  EXPECT_THAT(notes_of(StudyDimension::Kind::policy, {"2014-01", "2015-01", "2016-01"}),
              testing::Not(noted(note)));
  sweep.coordinates[2] = points;
  EXPECT_THAT(notes_of(StudyDimension::Kind::policy, {"2015-01", "2014-01", "2016-01"}),
              noted(note));
  sweep.coordinates[2] = points;
  EXPECT_THAT(notes_of(StudyDimension::Kind::scenario, {"a", "b", "c"}), noted(note));
}

// Noise of the same size as the signal, other in each run.
TEST(Spread, NoiseIsNoted) {
  std::uint32_t count = 0;
  const SweepResults sweep = sweep_of(StudyDesign::Kind::saltelli, 64, 2,
                                      [&](const std::vector<double>& point, std::uint32_t) {
                                        count = count * 1664525U + 1013904223U;
                                        return point[0] + static_cast<double>(count) * 0x1p-32;
                                      });
  const Sensitivity found = sensitivity_of(sweep, {{}, 100, 0.95}, "DIR");
  // 1/12 of signal and 1/24 of noise in means of two: a third.
  EXPECT_NEAR(found.outputs[0].spread.noise_share, 1.0 / 3.0, 0.1);
  EXPECT_THAT(found.notes, testing::Contains(HasSubstr("is noise")));
}

}  // namespace
}  // namespace terrace::analysis

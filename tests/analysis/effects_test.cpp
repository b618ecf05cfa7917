// Effects of the levels of a dimension, from a merged sweep made by hand.
#include "analysis/effects.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Point {
  double arm;  ///< place in the choices
  double herding;
  std::vector<double> values;  ///< by replicate, in 2020; a year earlier one less
};

/// Dimensions arm (none, only-a, only-b, all) and, if `two`, herding.
SweepResults sweep_of(const std::vector<Point>& points, bool two = false) {
  SweepResults out;
  out.name = "by-hand";
  StudyDimension arm;
  arm.name = "arm";
  arm.kind = StudyDimension::Kind::scenario;
  arm.choices = {"none", "only-a", "only-b", "all"};
  out.dimensions = {arm};
  if (two) out.dimensions.emplace_back().name = "herding";
  out.replicates = static_cast<std::uint32_t>(points.front().values.size());
  out.coordinates.resize(out.dimensions.size());
  out.years = {2019, 2020};
  out.regions.resize(1);
  out.regions[0].name = "nation";
  SweepVariable poor{"poor", "1", "share of the poor", "monthly", false, false};
  for (std::uint32_t p = 0; p < points.size(); ++p) {
    for (std::uint32_t r = 0; r < out.replicates; ++r) {
      out.point.push_back(p);
      out.replicate.push_back(r);
      out.status.push_back(RunStatus::done);
      out.digest.emplace_back(32, '0');
      out.coordinates[0].push_back(points[p].arm);
      if (two) out.coordinates[1].push_back(points[p].herding);
      poor.values.push_back(points[p].values[r] - 1.0);
      poor.values.push_back(points[p].values[r]);
    }
  }
  out.variables = {poor};
  return out;
}

// Less none, by replicate: only-a -1 -2 -3, mean -2, standard deviation 1, error 0.577350;
// only-b -3 -5 -4, mean -4, error 0.577350; all -5 -5 -5. Student's t at 2 degrees of freedom,
// 95 %: 4.302653, so that both reach 2.484138.
SweepResults arms() {
  return sweep_of(
      {{0, 0, {10, 20, 30}}, {1, 0, {9, 18, 27}}, {2, 0, {7, 15, 26}}, {3, 0, {5, 15, 25}}});
}

std::string refusal(const SweepResults& sweep, const EffectsRequest& request) {
  try {
    effects_of(sweep, request, "DIR");
  } catch (const NoAnswer& error) {
    return error.what();
  }
  return "not refused";
}

EffectsRequest against(const std::string& base) {
  EffectsRequest out;
  out.base = base;
  return out;
}

TEST(Effects, PairsByHandTheLargestFirst) {
  const Effects found = effects_of(arms(), against("none"), "DIR");
  EXPECT_EQ(found.dimension, "arm");
  EXPECT_EQ(found.replicates, 3U);
  ASSERT_EQ(found.outputs.size(), 1U);
  EXPECT_EQ(found.outputs[0].output.name, "poor@2020");
  const std::vector<LevelEffect>& effects = found.outputs[0].effects;
  ASSERT_EQ(effects.size(), 3U);
  EXPECT_EQ(effects[0].level, "all");
  EXPECT_EQ(effects[1].level, "only-b");
  EXPECT_EQ(effects[2].level, "only-a");
  EXPECT_EQ(effects[0].difference.mean, -5.0);
  EXPECT_EQ(effects[0].difference.error, 0.0);
  EXPECT_DOUBLE_EQ(effects[1].difference.mean, -4.0);
  EXPECT_NEAR(effects[1].difference.low, -4.0 - 2.484138, 1e-5);
  EXPECT_NEAR(effects[1].difference.high, -4.0 + 2.484138, 1e-5);
  EXPECT_DOUBLE_EQ(effects[2].difference.mean, -2.0);
  EXPECT_FALSE(effects[2].difference.excludes_zero());
  EXPECT_EQ(effects[2].base_mean, 20.0);
  EXPECT_EQ(effects[2].level_mean, 18.0);
  EXPECT_TRUE(found.outputs[0].sums.empty());
  EXPECT_EQ(found.tables().size(), 1U);
}

// 90 %: t is 2.919986 at 2 degrees of freedom.
TEST(Effects, AnotherConfidence) {
  EffectsRequest request = against("none");
  request.confidence = 0.9;
  const Effects found = effects_of(arms(), request, "DIR");
  EXPECT_NEAR(found.outputs[0].effects[1].difference.high, -4.0 + 2.919986 * 0.577350, 1e-5);
}

// By replicate the two alone add up to -4, -7, -7: mean -6, deviations 2 -1 -1, standard deviation
// sqrt(3), error 1. All at once is -5, so that 1 of the fall is counted twice, each time 1 -2 -2.
TEST(Effects, SumsArePairedToo) {
  EffectsRequest request = against("none");
  request.summed = {"only-*"};
  request.whole = "all";
  const Effects found = effects_of(arms(), request, "DIR");
  EXPECT_THAT(found.summed, ElementsAre("only-a", "only-b"));
  ASSERT_EQ(found.outputs[0].sums.size(), 1U);
  const EffectSum& sum = found.outputs[0].sums[0];
  EXPECT_EQ(sum.levels, 2U);
  EXPECT_DOUBLE_EQ(sum.sum.mean, -6.0);
  EXPECT_NEAR(sum.sum.low, -6.0 - 4.302653, 1e-5);
  EXPECT_EQ(sum.whole.mean, -5.0);
  EXPECT_DOUBLE_EQ(sum.surplus.mean, -1.0);
  EXPECT_NEAR(sum.surplus.high, -1.0 + 4.302653, 1e-5);
  const std::vector<ResultTable> tables = found.tables();
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(column_of(tables[1], "surplus").numbers[0], sum.surplus.mean);
  for (const ResultTable& table : tables) {
    for (const TableColumn& column : table.columns) EXPECT_EQ(column.rows(), table.rows());
  }
}

// The base may be the whole programme and the whole effect that of none: what is lost by leaving
// out one after the other.
TEST(Effects, SumsWorkTheOtherWayRound) {
  EffectsRequest request = against("all");
  request.summed = {"only-a"};
  request.whole = "none";
  const std::vector<LevelEffect> shown = effects_of(arms(), request, "DIR").outputs[0].effects;
  ASSERT_EQ(shown.size(), 2U);  // only-b is not asked for
  EXPECT_EQ(shown[1].level, "only-a");
  request.summed = {"only-a", "only-b"};
  const EffectSum sum = effects_of(arms(), request, "DIR").outputs[0].sums[0];
  EXPECT_DOUBLE_EQ(sum.sum.mean, 3.0 + 1.0);  // 4 3 2, and 2 0 1
  EXPECT_DOUBLE_EQ(sum.surplus.mean, 4.0 - 5.0);
}

TEST(Effects, OtherDimensionsAreHeld) {
  const SweepResults sweep = sweep_of({{0, 0, {10, 20}},
                                       {0, 0.5, {30, 40}},
                                       {3, 0, {9, 18}},
                                       {3, 0.5, {20, 31}},
                                       {1, 0.5, {29, 39}}},
                                      true);
  EffectsRequest request = against("none");
  EXPECT_THAT(refusal(sweep, request), HasSubstr("the study varies arm, herding"));
  request.dimension = "arm";
  request.summed = {"only-a"};
  request.whole = "all";
  const OutputEffects one = effects_of(sweep, request, "DIR").outputs[0];
  ASSERT_EQ(one.effects.size(), 3U);
  EXPECT_EQ(one.effects[0].at, "herding = 0");
  EXPECT_DOUBLE_EQ(one.effects[0].difference.mean, -1.5);
  EXPECT_EQ(one.effects[1].at, "herding = 0.5");
  EXPECT_EQ(one.effects[1].level, "all");
  EXPECT_DOUBLE_EQ(one.effects[1].difference.mean, -9.5);
  EXPECT_DOUBLE_EQ(one.effects[2].difference.mean, -1.0);
  ASSERT_EQ(one.sums.size(), 1U);  // without herding there is no only-a
  EXPECT_EQ(one.sums[0].at, "herding = 0.5");
  request = against("0");
  request.dimension = "herding";
  const OutputEffects herding = effects_of(sweep, request, "DIR").outputs[0];
  ASSERT_EQ(herding.effects.size(), 2U);
  EXPECT_EQ(herding.effects[0].at, "arm = none");
  EXPECT_EQ(herding.effects[0].level, "0.5");
  EXPECT_DOUBLE_EQ(herding.effects[0].difference.mean, 20.0);
}

TEST(Effects, WhatAnArmDoesNotHaveHasNoPair) {
  SweepResults sweep = arms();
  for (std::size_t r = 0; r < 3; ++r) sweep.variables[0].values[2 * r + 1] = kNan;  // none
  sweep.variables[0].values[2 * 3 + 1] = kNan;  // the first of only-a
  const Effects found = effects_of(sweep, against("all"), "DIR");
  const std::vector<LevelEffect>& effects = found.outputs[0].effects;
  EXPECT_EQ(effects[0].level, "only-a");  // 3 and 2: 2.5
  EXPECT_EQ(effects[0].difference.n, 2U);
  EXPECT_EQ(effects[0].base_mean, 20.0);
  EXPECT_EQ(effects[2].level, "none");
  EXPECT_EQ(effects[2].difference.n, 0U);
  EXPECT_EQ(effects[2].base_mean, 15.0);
  EXPECT_TRUE(std::isnan(effects[2].level_mean));
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("left out of n: poor@2020")));
}

// A replicate without one of the figures is in none of the three means of a sum.
TEST(Effects, SumsTakeReplicatesThatHaveAll) {
  SweepResults sweep = arms();
  sweep.variables[0].values[2 * 3 + 1] = kNan;
  EffectsRequest request = against("none");
  request.summed = {"only-a", "only-b"};
  request.whole = "all";
  const EffectSum sum = effects_of(sweep, request, "DIR").outputs[0].sums[0];
  EXPECT_EQ(sum.sum.n, 2U);
  EXPECT_EQ(sum.whole.n, 2U);
  EXPECT_DOUBLE_EQ(sum.sum.mean, -7.0);
}

TEST(Effects, YearsAreChosenLikeOutputsOfSensitivity) {
  EffectsRequest request = against("none");
  request.outputs = {"poor@2019", "poor@2019-2020"};
  const Effects found = effects_of(arms(), request, "DIR");
  EXPECT_DOUBLE_EQ(found.outputs[0].effects[1].base_mean, 19.0);
  EXPECT_DOUBLE_EQ(found.outputs[1].effects[1].base_mean, 19.5);
  EXPECT_DOUBLE_EQ(found.outputs[1].effects[1].difference.mean, -4.0);
}

TEST(Effects, OneReplicateHasNoIntervals) {
  const Effects found = effects_of(sweep_of({{0, 0, {1}}, {3, 0, {4}}}), against("none"), "DIR");
  EXPECT_EQ(found.outputs[0].effects[0].difference.mean, 3.0);
  EXPECT_TRUE(std::isnan(found.outputs[0].effects[0].difference.low));
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("n too small")));
}

TEST(Effects, WhatMeansNothingIsRefused) {
  const auto with = [](std::vector<std::string> summed, const std::string& whole) {
    EffectsRequest out = against("none");
    out.summed = std::move(summed);
    out.whole = whole;
    return out;
  };
  EXPECT_THAT(refusal(arms(), against("tpa")),
              HasSubstr("base 'tpa' is no level of arm; it has none, only-a, only-b, all"));
  EXPECT_THAT(refusal(arms(), with({"only-*"}, "tpa")), HasSubstr("whole 'tpa' is no level"));
  EXPECT_THAT(refusal(arms(), with({"only-*"}, "none")), HasSubstr("same level"));
  EXPECT_THAT(refusal(arms(), with({"minus-*"}, "all")), HasSubstr("sum 'minus-*' adds no level"));
  EXPECT_THAT(refusal(arms(), with({"only-*", "only-b"}, "all")), HasSubstr("sum 'only-b' adds"));
  EffectsRequest request = against("none");
  request.dimension = "leg";
  EXPECT_THAT(refusal(arms(), request), HasSubstr("no dimension 'leg'; the study varies arm"));
  request = against("none");
  request.outputs = {"rich"};
  EXPECT_THAT(refusal(arms(), request), HasSubstr("did not keep this indicator"));
}

TEST(Effects, MissingRunsAreNamed) {
  SweepResults sweep = arms();
  sweep.status[4] = RunStatus::failed;
  sweep.status[7] = RunStatus::missing;
  const std::string got = refusal(sweep, against("none"));
  EXPECT_THAT(got, HasSubstr("failed: 1 run: 4"));
  EXPECT_THAT(got, HasSubstr("without result: 1 run: 7"));
  EXPECT_THAT(got, HasSubstr("terrace sweep run DIR"));
}

TEST(Effects, PointsThatDifferInMoreThanOneThingHaveNone) {
  const SweepResults sweep = sweep_of({{0, 0, {1, 2}}, {3, 0.5, {1, 2}}}, true);
  EffectsRequest request = against("none");
  request.dimension = "arm";
  EXPECT_THAT(refusal(sweep, request), HasSubstr("no other point differs"));
}

}  // namespace
}  // namespace terrace::analysis

#include "sweep/plan.hpp"

#include <functional>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sweep_study.hpp"

namespace terrace::sweep {
namespace {

using Kind = StudyDesign::Kind;
using Point = std::vector<double>;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Plan, GridTurnsItsLastDimensionFastest) {
  const Plan plan = make_plan(test::small_study(), {"terrace: 1\n"}, 7);
  EXPECT_THAT(plan.points, ElementsAre(Point{0.1, 0}, Point{0.1, 1}, Point{0.5, 0}, Point{0.5, 1},
                                       Point{0.9, 0}, Point{0.9, 1}));
  EXPECT_EQ(plan.runs(), 12U);
  EXPECT_EQ(plan.point_of(5), 2U);
  EXPECT_EQ(plan.replicate_of(5), 1U);
  EXPECT_EQ(plan.digest, digest_of(plan));
}

TEST(Plan, ListTakesItsPoints) {
  Study study = test::small_study();
  study.design.kind = Kind::list;
  study.points = {{0.3, 1.0}, {0.2, 0.0}};
  const Plan plan = make_plan(study, {""}, 7);
  EXPECT_THAT(plan.points, ElementsAre(Point{0.3, 1.0}, Point{0.2, 0.0}));
  EXPECT_THAT(plan.study.points, IsEmpty());
}

TEST(Plan, DesignsBecomeValues) {
  Study study = test::small_study();
  study.dimensions[0].levels.clear();
  study.design.kind = Kind::sobol;
  study.design.n = 4;
  // Elements 4 to 7 of the sequence: (.375, .375), (.875, .875), (.625, .125), (.125, .625).
  const Plan plan = make_plan(study, {""}, 7);
  ASSERT_EQ(plan.points.size(), 4U);
  EXPECT_DOUBLE_EQ(plan.points[0][0], 0.1 + 0.375 * 0.8);
  EXPECT_EQ(plan.points[0][1], 0.0);
  EXPECT_DOUBLE_EQ(plan.points[1][0], 0.1 + 0.875 * 0.8);
  EXPECT_EQ(plan.points[1][1], 1.0);
  EXPECT_EQ(plan.points[3][1], 1.0);
}

TEST(Plan, DigestCoversAllThatAPlanIs) {
  const Study base = test::small_study();
  const std::string digest = make_plan(base, {"a"}, 7).digest;
  EXPECT_EQ(make_plan(base, {"a"}, 7).digest, digest);
  EXPECT_NE(make_plan(base, {"b"}, 7).digest, digest);
  EXPECT_NE(make_plan(base, {"a", "a"}, 7).digest, digest);
  EXPECT_NE(make_plan(base, {"a"}, 8).digest, digest);
  const std::vector<std::function<void(Study&)>> changes{
      [](Study& s) { s.name = "other"; },
      [](Study& s) { s.title = "other"; },
      [](Study& s) { s.replicates = 3; },
      [](Study& s) { s.design.n = 3; },
      [](Study& s) { s.design.levels = 6; },
      [](Study& s) { s.design.seed = 3; },
      [](Study& s) { s.design.second_order = true; },
      [](Study& s) { s.output.indicators.emplace_back("poverty_gap"); },
      [](Study& s) { s.output.first_year = 2013; },
      [](Study& s) { s.output.last_year = 2017; },
      [](Study& s) { s.output.provinces = true; },
      [](Study& s) { s.dimensions[0].name = "other"; },
      [](Study& s) { s.dimensions[0].key = "other"; },
      [](Study& s) { s.dimensions[0].also = {"other"}; },
      [](Study& s) { s.dimensions[0].unit = "other"; },
      [](Study& s) { s.dimensions[0].meaning = "other"; },
      [](Study& s) { s.dimensions[0].low = 0.05; },
      [](Study& s) { s.dimensions[0].high = 0.95; },
      [](Study& s) { s.dimensions[0].log_scale = true; },
      [](Study& s) { s.dimensions[0].whole = true; },
      [](Study& s) { s.dimensions[0].levels[1] = 0.6; },
      [](Study& s) { s.dimensions[0].kind = StudyDimension::Kind::series; },
      [](Study& s) { s.dimensions[0].change = StudyDimension::Change::shift; },
      [](Study& s) { s.dimensions[0].from = 2014; },
      [](Study& s) { s.dimensions[0].until = 2014; },
      [](Study& s) { s.dimensions[1].choices[0] = "other"; }};
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Study changed = base;
    changes[i](changed);
    EXPECT_NE(make_plan(changed, {"a"}, 7).digest, digest) << i;
  }
}

TEST(Plan, DesignsHaveThePointsThatTheyPromise) {
  Study study = test::small_study();
  study.design.n = 10;
  const auto points = [&study](Kind kind) {
    study.design.kind = kind;
    return make_plan(study, {""}, 1).points.size();
  };
  EXPECT_EQ(points(Kind::latin_hypercube), 10U);
  EXPECT_EQ(points(Kind::sobol), 10U);
  EXPECT_EQ(points(Kind::saltelli), 40U);
  EXPECT_EQ(points(Kind::morris), 30U);
  study.design.second_order = true;
  EXPECT_EQ(points(Kind::saltelli), 60U);
}

}  // namespace
}  // namespace terrace::sweep

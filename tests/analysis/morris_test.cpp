// Elementary effects worked by hand, and on Morris's own design.
#include "analysis/morris.hpp"

#include <cmath>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/study.hpp>

#include "sweep/design.hpp"
#include "sweep/point.hpp"

namespace terrace::analysis {
namespace {

using Point = std::vector<double>;

using Dimensions = std::vector<StudyDimension>;

struct Trajectories {
  std::vector<std::vector<double>> coordinates;  ///< by dimension
  std::vector<double> outputs;
};

Trajectories trajectories(const std::function<double(const Point&)>& f,
                          const Dimensions& dimensions, std::uint32_t n) {
  const std::size_t k = dimensions.size();
  StudyDesign design;
  design.kind = StudyDesign::Kind::morris;
  design.n = n;
  design.levels = 4;
  design.seed = 11;
  Trajectories out;
  out.coordinates.resize(k);
  for (Point point : sweep::design_points(design, k)) {
    for (std::size_t d = 0; d < k; ++d) point[d] = sweep::value_at(dimensions[d], point[d]);
    for (std::size_t d = 0; d < k; ++d) out.coordinates[d].push_back(point[d]);
    out.outputs.push_back(f(point));
  }
  return out;
}

std::vector<MorrisEffects> effects(const std::function<double(const Point&)>& f,
                                   const Dimensions& dimensions, std::uint32_t n) {
  const Trajectories t = trajectories(f, dimensions, n);
  return morris_effects(elementary_effects(t.outputs, t.coordinates, dimensions, morris_step(4)),
                        {500, 0.95, 1});
}

std::vector<MorrisEffects> effects(const std::function<double(const Point&)>& f, std::size_t k,
                                   std::uint32_t n) {
  return effects(f, Dimensions(k), n);
}

StudyDimension of_choices(std::size_t count) {
  StudyDimension out;
  for (std::size_t i = 0; i < count; ++i) out.choices.push_back("choice " + std::to_string(i));
  return out;
}

TEST(Morris, StepsAreHalfTheLevels) {
  EXPECT_DOUBLE_EQ(morris_step(2), 1.0);
  EXPECT_DOUBLE_EQ(morris_step(4), 2.0 / 3.0);
  EXPECT_DOUBLE_EQ(morris_step(6), 3.0 / 5.0);
}

TEST(Morris, LinearFunctionsHaveTheirCoefficients) {
  const auto got = effects([](const Point& x) { return 1.0 + 3.0 * x[0] - 5.0 * x[1]; }, 3, 20);
  constexpr double kTiny = 1e-12;
  EXPECT_NEAR(got[0].mu.value, 3.0, kTiny);
  EXPECT_NEAR(got[0].mu_star.value, 3.0, kTiny);
  EXPECT_NEAR(got[1].mu.value, -5.0, kTiny);
  EXPECT_NEAR(got[1].mu_star.value, 5.0, kTiny);
  for (const MorrisEffects& e : got) EXPECT_NEAR(e.sigma, 0.0, kTiny);
  EXPECT_NEAR(got[1].mu_star.low, 5.0, kTiny);
  EXPECT_NEAR(got[1].mu_star.high, 5.0, kTiny);
  EXPECT_EQ(got[2].mu_star.value, 0.0);
  EXPECT_TRUE(got[2].mu_star.holds_zero());
  EXPECT_FALSE(got[0].mu_star.holds_zero());
}

// x1 x2 with steps of 2/3 on 0, 1/3, 2/3, 1: the effect of x1 is the value of x2 at that step, so
// it is one of the four levels: mean near 1/2, standard deviation near sqrt(5)/6 = 0.3727. x3^2:
// from 0 or 1 the effect is (4/9)/(2/3) = 2/3 or (1 - 1/9)/(2/3) = 4/3: mean 1, deviation 1/3.
// 400 trajectories: standard errors 0.019 and 0.017; four of them are allowed.
TEST(Morris, SigmaTellsCurvatureAndInteraction) {
  const auto got = effects([](const Point& x) { return x[0] * x[1] + x[2] * x[2]; }, 3, 400);
  for (const std::size_t d : {0U, 1U}) {
    EXPECT_NEAR(got[d].mu_star.value, 0.5, 0.08);
    EXPECT_NEAR(got[d].sigma, 0.3727, 0.05);
    EXPECT_LT(got[d].mu_star.low, 0.5);
    EXPECT_GT(got[d].mu_star.high, 0.5);
  }
  EXPECT_NEAR(got[2].mu.value, 1.0, 0.07);
  EXPECT_NEAR(got[2].sigma, 1.0 / 3.0, 0.01);
}

// |4 x - 2| is symmetric: effects of +4/3 ... cancel in mu and not in mu*. From 0 (2) to 2/3 (2/3):
// -2; from 1/3 (2/3) to 1 (2): +2.
TEST(Morris, MuStarSeesWhatCancelsInMu) {
  const auto got = effects([](const Point& x) { return std::abs(4.0 * x[0] - 2.0); }, 1, 200);
  EXPECT_NEAR(got[0].mu_star.value, 2.0, 1e-12);
  EXPECT_NEAR(got[0].mu.value, 0.0, 0.6);  // four standard errors of 2 / sqrt(200)
  EXPECT_TRUE(got[0].mu.holds_zero());
  EXPECT_NEAR(got[0].sigma, 2.0, 0.05);
}

// 5 for the whole range of each. A step of 2/3 takes a switch from one end to the other (5 at
// once), three choices from 0 or 1 to 2 and from 0 or 1 back (whole or half of the range), 2013 ...
// 2020 from 2013 to 2018 or from 2015 to 2020 (five sevenths).
TEST(Morris, StepsOfChoicesAndYearsCountAsFarAsTheyGo) {
  StudyDimension year;
  year.whole = true;
  year.low = 2013;
  year.high = 2020;
  const auto got =
      effects([](const Point& x) { return 5.0 * x[0] + 2.5 * x[1] + 5.0 * (x[2] - 2013.0) / 7.0; },
              {of_choices(2), of_choices(3), year}, 20);
  for (const MorrisEffects& e : got) {
    EXPECT_NEAR(e.mu.value, 5.0, 1e-12);
    EXPECT_NEAR(e.mu_star.value, 5.0, 1e-12);
    EXPECT_NEAR(e.sigma, 0.0, 1e-12);
  }
}

TEST(Morris, MovedShareByHand) {
  StudyDimension plain;
  plain.low = 10.0;
  plain.high = 1000.0;
  plain.log_scale = true;
  EXPECT_EQ(moved_share(plain, 2.0 / 3.0, 10.0, 215.4), 2.0 / 3.0);
  EXPECT_EQ(moved_share(of_choices(2), 2.0 / 3.0, 1.0, 0.0), 1.0);
  EXPECT_EQ(moved_share(of_choices(5), 2.0 / 3.0, 0.0, 3.0), 0.75);
  plain.whole = true;  // 10, 100, 1000: each half of the logarithm
  EXPECT_NEAR(moved_share(plain, 2.0 / 3.0, 1000.0, 100.0), 0.5, 1e-15);
}

// One trajectory of a continuous dimension, then a switch, with replicates 1 3 | 4 2 | 8 4: the
// first step changes +3 and -1, mean 1 of variance 8, the second +4 and +2, mean 3 of variance 2.
// Squares less variances of means of two: 1 - 4 and 9 - 1; over 2/3 squared and the whole range.
TEST(Morris, SquaresBeyondNoiseByHand) {
  const std::vector<double> by_run = {1, 3, 4, 2, 8, 4};
  const Dimensions dimensions = {StudyDimension{}, of_choices(2)};
  const std::vector<std::vector<double>> coordinates = {{0.0, 2.0 / 3.0, 2.0 / 3.0}, {1, 1, 0}};
  const Terms got = squares_beyond_noise(by_run, 2, coordinates, dimensions, 2.0 / 3.0);
  EXPECT_NEAR(got[0][0], -3.0 * 9.0 / 4.0, 1e-12);
  EXPECT_NEAR(got[1][0], 8.0, 1e-12);
}

// Two trajectories of two dimensions by hand, in units of any kind: years and a logarithm.
//   (2013, 10) 1 -> (2015, 10) 4 -> (2015, 1000) 2: x +3/0.5 = 6, y -2/0.5 = -4
//   (2015, 1000) 2 -> (2015, 10) 8 -> (2013, 10) 9: y downwards -(+6)/0.5 = -12, x -(1)/0.5 = -2
// x: mu 2, mu* 4, sigma sqrt(32) = 5.6569; y: mu -8, mu* 8, sigma 5.6569.
TEST(Morris, TwoTrajectoriesByHand) {
  const std::vector<double> outputs = {1, 4, 2, 2, 8, 9};
  const std::vector<std::vector<double>> coordinates = {{2013, 2015, 2015, 2015, 2015, 2013},
                                                        {10, 10, 1000, 1000, 10, 10}};
  const auto by_trajectory = elementary_effects(outputs, coordinates, Dimensions(2), 0.5);
  ASSERT_EQ(by_trajectory.size(), 2U);
  EXPECT_EQ(by_trajectory[0], (TrajectoryEffects{6, -4}));
  EXPECT_EQ(by_trajectory[1], (TrajectoryEffects{-2, -12}));
  const auto got = morris_effects(by_trajectory, {100, 0.9, 1});
  EXPECT_DOUBLE_EQ(got[0].mu.value, 2.0);
  EXPECT_DOUBLE_EQ(got[0].mu_star.value, 4.0);
  EXPECT_NEAR(got[0].sigma, std::sqrt(32.0), 1e-12);
  EXPECT_DOUBLE_EQ(got[1].mu.value, -8.0);
  EXPECT_DOUBLE_EQ(got[1].mu_star.value, 8.0);
  EXPECT_DOUBLE_EQ(got[1].mu_star.low, 4.0);
  EXPECT_DOUBLE_EQ(got[1].mu_star.high, 12.0);
}

TEST(Morris, PointsThatAreNoTrajectoriesAreRefused) {
  const std::vector<double> outputs = {1, 2, 3};
  EXPECT_THROW(elementary_effects(outputs, std::vector<std::vector<double>>{{0, 1, 1}, {0, 1, 1}},
                                  Dimensions(2), 0.5),
               std::invalid_argument);  // both move
  EXPECT_THROW(elementary_effects(outputs, std::vector<std::vector<double>>{{0, 1, 0}, {0, 0, 0}},
                                  Dimensions(2), 0.5),
               std::invalid_argument);  // one moves twice
  EXPECT_THROW(
      elementary_effects(outputs, std::vector<std::vector<double>>{{0, 1, 0}}, Dimensions(1), 0.5),
      std::invalid_argument);  // not whole
}

// A dimension with one choice never moves.
TEST(Morris, ADimensionThatCannotMoveHasNoEffect) {
  const std::vector<double> outputs = {1, 3, 3};
  const auto got = elementary_effects(
      outputs, std::vector<std::vector<double>>{{0, 1, 1}, {5, 5, 5}}, Dimensions(2), 0.5);
  EXPECT_EQ(got[0], (TrajectoryEffects{4, 0}));
}

}  // namespace
}  // namespace terrace::analysis

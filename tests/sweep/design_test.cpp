#include "sweep/design.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace terrace::sweep {
namespace {

using Kind = StudyDesign::Kind;
using Point = std::vector<double>;
using testing::ElementsAre;

StudyDesign design(Kind kind, std::uint32_t n) {
  StudyDesign out;
  out.kind = kind;
  out.n = n;
  return out;
}

// The sequence of Joe and Kuo in three dimensions, counted from 0:
//   0 (0, 0, 0)               4 (.375, .375, .625)
//   1 (.5, .5, .5)            5 (.875, .875, .125)
//   2 (.75, .25, .25)         6 (.625, .125, .875)
//   3 (.25, .75, .75)         7 (.125, .625, .375)
TEST(Sobol, BeginsAtThePowerOfTwoThatIsNotBelowTheNumberOfPoints) {
  EXPECT_THAT(design_points(design(Kind::sobol, 1), 3), ElementsAre(Point{0.5, 0.5, 0.5}));
  EXPECT_THAT(design_points(design(Kind::sobol, 2), 3),
              ElementsAre(Point{0.75, 0.25, 0.25}, Point{0.25, 0.75, 0.75}));
  EXPECT_THAT(design_points(design(Kind::sobol, 3), 3),
              ElementsAre(Point{0.375, 0.375, 0.625}, Point{0.875, 0.875, 0.125},
                          Point{0.625, 0.125, 0.875}));
  const auto four = design_points(design(Kind::sobol, 4), 3);
  ASSERT_EQ(four.size(), 4U);
  EXPECT_EQ(four[3], (Point{0.125, 0.625, 0.375}));
}

// How many points lie in each of `parts` equal parts of a dimension.
std::vector<int> counts(const std::vector<Point>& points, std::size_t dimension,
                        std::size_t parts) {
  std::vector<int> out(parts, 0);
  for (const Point& point : points) {
    EXPECT_GE(point[dimension], 0.0);
    EXPECT_LT(point[dimension], 1.0);
    ++out.at(static_cast<std::size_t>(point[dimension] * static_cast<double>(parts)));
  }
  return out;
}

TEST(Sobol, PowersOfTwoFillEveryPartOfEveryDimensionOnce) {
  constexpr std::size_t kPoints = 64;
  const auto points = design_points(design(Kind::sobol, kPoints), 7);
  for (std::size_t d = 0; d < 7; ++d) {
    EXPECT_EQ(counts(points, d, kPoints), std::vector<int>(kPoints, 1)) << d;
  }
}

TEST(Sobol, ReachesTheEndOfItsTable) {
  const auto points = design_points(design(Kind::sobol, 2), kMostSobolDimensions);
  EXPECT_EQ(points[0].size(), kMostSobolDimensions);
  EXPECT_EQ(most_dimensions(design(Kind::saltelli, 2)), kMostSobolDimensions / 2);
}

TEST(LatinHypercube, HasOnePointInEveryPartOfEveryDimension) {
  for (const std::uint32_t n : {1U, 10U, 101U, 4096U}) {
    const auto points = design_points(design(Kind::latin_hypercube, n), 3);
    ASSERT_EQ(points.size(), n);
    for (std::size_t d = 0; d < 3; ++d) {
      // In parts of n where n is no power of two, u * n rounds: the floor is still the part.
      EXPECT_EQ(counts(points, d, n), std::vector<int>(n, 1)) << n << ' ' << d;
    }
  }
}

TEST(LatinHypercube, GoesByItsSeed) {
  StudyDesign one = design(Kind::latin_hypercube, 50);
  const auto first = design_points(one, 2);
  EXPECT_EQ(design_points(one, 2), first);
  one.seed = 2;
  EXPECT_NE(design_points(one, 2), first);
}

TEST(LatinHypercube, DimensionsAreNotOrderedAlike) {
  // The rank correlation of 1,000 points in random order is normal with a standard deviation of
  // 1 / sqrt(999); the draws are fixed, and a false alarm would have had a chance of 6e-7.
  constexpr std::uint32_t kPoints = 1000;
  const auto points = design_points(design(Kind::latin_hypercube, kPoints), 2);
  double sum = 0.0;
  for (const Point& point : points) {
    sum += (std::floor(point[0] * kPoints) - 499.5) * (std::floor(point[1] * kPoints) - 499.5);
  }
  const double variance = (kPoints * kPoints - 1.0) / 12.0;
  EXPECT_LT(std::abs(sum / kPoints / variance), 5.0 / std::sqrt(kPoints - 1.0));
}

TEST(LatinHypercube, PlacesInPartsAreEven) {
  // 12 times the variance of a uniform is 1; of 4,000 draws its standard deviation is
  // sqrt(0.8 / 4000) = 0.014. Six of them: 2e-9.
  constexpr std::uint32_t kPoints = 4000;
  const auto points = design_points(design(Kind::latin_hypercube, kPoints), 1);
  double mean = 0.0;
  double square = 0.0;
  for (const Point& point : points) {
    const double place = point[0] * kPoints - std::floor(point[0] * kPoints);
    mean += place / kPoints;
    square += place * place / kPoints;
  }
  EXPECT_NEAR(mean, 0.5, 6.0 * std::sqrt(1.0 / 12.0 / kPoints));
  EXPECT_NEAR(12.0 * (square - mean * mean), 1.0, 6.0 * 0.0142);
}

TEST(Saltelli, MixesTheTwoHalvesOfOneSequence) {
  constexpr std::size_t kDimensions = 3;
  for (const bool second : {false, true}) {
    StudyDesign of = design(Kind::saltelli, 4);
    of.second_order = second;
    const auto points = design_points(of, kDimensions);
    const auto both = design_points(design(Kind::sobol, 4), 2 * kDimensions);
    const std::size_t rows = (second ? 2 * kDimensions : kDimensions) + 2;
    ASSERT_EQ(points.size(), 4 * rows);
    for (std::size_t j = 0; j < 4; ++j) {
      const Point a(both[j].begin(), both[j].begin() + 3);
      const Point b(both[j].begin() + 3, both[j].end());
      std::size_t at = j * rows;
      EXPECT_EQ(points[at++], a);
      for (std::size_t i = 0; i < kDimensions; ++i) {
        Point ab = a;
        ab[i] = b[i];
        EXPECT_EQ(points[at++], ab) << j << ' ' << i;
      }
      for (std::size_t i = 0; second && i < kDimensions; ++i) {
        Point ba = b;
        ba[i] = a[i];
        EXPECT_EQ(points[at++], ba) << j << ' ' << i;
      }
      EXPECT_EQ(points[at], b);
    }
  }
}

// The level of a number on the grid of Morris, which it must lie on.
int level_of(double u, std::uint32_t levels) {
  const double level = u * (levels - 1.0);
  EXPECT_NEAR(level, std::round(level), 1e-12);
  return static_cast<int>(std::lround(level));
}

TEST(Morris, MovesEachDimensionOnceByHalfTheLevels) {
  constexpr std::size_t kDimensions = 5;
  for (const std::uint32_t levels : {2U, 4U, 10U}) {
    StudyDesign of = design(Kind::morris, 40);
    of.levels = levels;
    const auto points = design_points(of, kDimensions);
    ASSERT_EQ(points.size(), 40 * (kDimensions + 1));
    for (std::size_t t = 0; t < 40; ++t) {
      std::set<std::size_t> moved;
      for (std::size_t step = 1; step <= kDimensions; ++step) {
        const Point& before = points[t * (kDimensions + 1) + step - 1];
        const Point& after = points[t * (kDimensions + 1) + step];
        for (std::size_t d = 0; d < kDimensions; ++d) {
          ASSERT_GE(after[d], 0.0);
          ASSERT_LE(after[d], 1.0);
          if (after[d] == before[d]) continue;
          EXPECT_TRUE(moved.insert(d).second) << "dimension " << d << " moved twice";
          EXPECT_EQ(std::abs(level_of(after[d], levels) - level_of(before[d], levels)),
                    static_cast<int>(levels / 2));
        }
        EXPECT_EQ(moved.size(), step);
      }
    }
  }
}

TEST(Morris, FourLevelsAreThirdsAndAStepIsTwoOfThem) {
  StudyDesign of = design(Kind::morris, 100);
  of.levels = 4;
  std::set<double> seen;
  for (const Point& point : design_points(of, 2)) seen.insert(point.begin(), point.end());
  EXPECT_THAT(seen, ElementsAre(0.0, 1.0 / 3.0, 2.0 / 3.0, 1.0));
}

TEST(Morris, StartsAndOrdersVary) {
  StudyDesign of = design(Kind::morris, 400);
  const auto points = design_points(of, 3);
  std::vector<int> starts(4, 0);
  std::vector<int> first(3, 0);
  for (std::size_t t = 0; t < 400; ++t) {
    const Point& start = points[t * 4];
    ++starts[static_cast<std::size_t>(level_of(start[1], 4))];
    for (std::size_t d = 0; d < 3; ++d) first[d] += points[t * 4 + 1][d] != start[d] ? 1 : 0;
  }
  // Binomial with 400 draws: standard deviations of 8.7 and 9.4. Six of them: 1e-8 together.
  for (const int count : starts) EXPECT_NEAR(count, 100, 52);
  for (const int count : first) EXPECT_NEAR(count, 133, 57);
  of.seed = 7;
  EXPECT_NE(design_points(of, 3), points);
}

}  // namespace
}  // namespace terrace::sweep

// Sobol indices against functions whose indices are known, and how often intervals hold them.
#include "analysis/sobol.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/random.hpp>
#include <terrace/study.hpp>

#include "sweep/design.hpp"

namespace terrace::analysis {
namespace {

using Point = std::vector<double>;
using Function = std::function<double(const Point&)>;

std::vector<Point> saltelli(std::uint32_t n, std::size_t k, bool second_order) {
  StudyDesign design;
  design.kind = StudyDesign::Kind::saltelli;
  design.n = n;
  design.second_order = second_order;
  return sweep::design_points(design, k);
}

/// The same layout with points drawn at random instead of from the Sobol sequence.
std::vector<Point> random_saltelli(std::uint32_t n, std::size_t k, std::uint32_t set) {
  std::vector<Point> out;
  DrawEngine draws(RunKey{7, set}, stream("test.saltelli"), Entity{0, 0}, 0);
  const auto uniform_point = [&] {
    Point point(k);
    for (double& x : point) x = static_cast<double>(draws() >> 11) * 0x1p-53;
    return point;
  };
  for (std::uint32_t j = 0; j < n; ++j) {
    const Point a = uniform_point();
    const Point b = uniform_point();
    out.push_back(a);
    for (std::size_t i = 0; i < k; ++i) {
      out.push_back(a);
      out.back()[i] = b[i];
    }
    out.push_back(b);
  }
  return out;
}

std::vector<double> values_of(const Function& f, const std::vector<Point>& points) {
  std::vector<double> out;
  out.reserve(points.size());
  for (const Point& point : points) out.push_back(f(point));
  return out;
}

SobolIndices indices(const Function& f, std::size_t k, std::uint32_t n, bool second_order = false,
                     const Bootstrap& how = {100, 0.95, 1}) {
  return sobol_indices(values_of(f, saltelli(n, k, second_order)), {k, second_order}, how);
}

/// T. Ishigami, T. Homma, 1990: sin x1 + a sin^2 x2 + b x3^4 sin x1 over [-pi, pi]^3.
constexpr double kA = 7.0;
constexpr double kB = 0.1;

double ishigami(const Point& u) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2.0 * u[i] - 1.0); };
  return std::sin(x(0)) + kA * std::pow(std::sin(x(1)), 2) +
         kB * std::pow(x(2), 4) * std::sin(x(0));
}

/// Its parts of the variance in closed form: V1 = (1 + b pi^4 / 5)^2 / 2 = 4.3459,
/// V2 = a^2 / 8 = 6.125, V13 = b^2 pi^8 (1/18 - 1/50) = 3.3737, all others 0; their sum is 13.8446.
struct IshigamiParts {
  double v1 = 0.5 * std::pow(1.0 + kB * std::pow(std::numbers::pi, 4) / 5.0, 2);
  double v2 = kA * kA / 8.0;
  double v13 = kB * kB * std::pow(std::numbers::pi, 8) * (1.0 / 18.0 - 1.0 / 50.0);
  double all = v1 + v2 + v13;
  std::array<double, 3> first{v1 / all, v2 / all, 0.0};                // 0.3139, 0.4424, 0
  std::array<double, 3> total{(v1 + v13) / all, v2 / all, v13 / all};  // 0.5576, 0.4424, 0.2437
};

/// Sobol's g: product of (|4 x - 2| + a) / (1 + a). V_i = 1 / (3 (1 + a)^2), the variance is
/// prod(1 + V_i) - 1.
constexpr std::array<double, 6> kG = {0.0, 1.0, 4.5, 9.0, 99.0, 99.0};

double g_function(const Point& u) {
  double product = 1.0;
  for (std::size_t i = 0; i < kG.size(); ++i)
    product *= (std::abs(4.0 * u[i] - 2.0) + kG.at(i)) / (1.0 + kG.at(i));
  return product;
}

struct GParts {
  std::array<double, 6> first{};
  std::array<double, 6> total{};
  GParts() {
    double product = 1.0;
    for (const double a : kG) product *= 1.0 + part(a);
    for (std::size_t i = 0; i < kG.size(); ++i) {
      const double v = part(kG.at(i));
      first.at(i) = v / (product - 1.0);
      total.at(i) = v * product / (1.0 + v) / (product - 1.0);
    }
  }
  static double part(double a) { return 1.0 / (3.0 * (1.0 + a) * (1.0 + a)); }
};

TEST(Sobol, IshigamiAsInTheBooks) {
  const IshigamiParts parts;
  EXPECT_NEAR(parts.first[0], 0.3139, 5e-5);
  EXPECT_NEAR(parts.first[1], 0.4424, 5e-5);
  EXPECT_NEAR(parts.total[0], 0.5576, 5e-5);
  EXPECT_NEAR(parts.total[2], 0.2437, 5e-5);
  for (const auto& [n, error] : {std::pair{1024U, 0.02}, std::pair{4096U, 0.01}}) {
    const SobolIndices got = indices(ishigami, 3, n);
    EXPECT_NEAR(got.variance, parts.all, 0.02 * parts.all);
    EXPECT_NEAR(got.mean, kA / 2.0, 0.02);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_NEAR(got.first[i].value, parts.first.at(i), error) << n << " dimension " << i;
      EXPECT_NEAR(got.total[i].value, parts.total.at(i), error) << n << " dimension " << i;
    }
    EXPECT_TRUE(got.first[2].holds_zero());
    EXPECT_FALSE(got.first[1].holds_zero());
    EXPECT_FALSE(got.total[2].holds_zero());
  }
}

// Only x1 and x3 act together: S13 = V13 / V = 0.2437.
TEST(Sobol, IshigamiSecondOrder) {
  const IshigamiParts parts;
  const SobolIndices got = indices(ishigami, 3, 2048, true);
  ASSERT_EQ(got.second.size(), 3U);
  ASSERT_EQ(got.second[0].size(), 2U);
  EXPECT_NEAR(got.second[0][0].value, 0.0, 0.03);
  EXPECT_NEAR(got.second[0][1].value, parts.v13 / parts.all, 0.03);
  EXPECT_NEAR(got.second[1][0].value, 0.0, 0.03);
  EXPECT_TRUE(got.second[0][0].holds_zero());
  EXPECT_FALSE(got.second[0][1].holds_zero());
  EXPECT_TRUE(got.second[1][0].holds_zero());
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(got.first[i].value, parts.first.at(i), 0.02);
    EXPECT_NEAR(got.total[i].value, parts.total.at(i), 0.02);
  }
}

TEST(Sobol, GFunction) {
  const GParts parts;
  for (const auto& [n, error] : {std::pair{1024U, 0.02}, std::pair{4096U, 0.01}}) {
    const SobolIndices got = indices(g_function, kG.size(), n);
    for (std::size_t i = 0; i < kG.size(); ++i) {
      EXPECT_NEAR(got.first[i].value, parts.first.at(i), error) << n << " dimension " << i;
      EXPECT_NEAR(got.total[i].value, parts.total.at(i), error) << n << " dimension " << i;
    }
  }
}

// 1 x1 + 2 x2 + 0 x3: V_i = b_i^2 / 12, so that shares are 1/5, 4/5, 0 and first is total. The
// large constant would cost eight digits without centring.
TEST(Sobol, WhatAddsUpHasNoInteractions) {
  const SobolIndices got = indices([](const Point& x) { return 1e8 + x[0] + 2.0 * x[1]; }, 3, 2048);
  EXPECT_NEAR(got.mean, 1e8 + 1.5, 0.01);
  EXPECT_NEAR(got.variance, 5.0 / 12.0, 0.005);
  EXPECT_NEAR(got.first[0].value, 0.2, 0.01);
  EXPECT_NEAR(got.first[1].value, 0.8, 0.01);
  EXPECT_NEAR(got.total[0].value, 0.2, 0.01);
  EXPECT_NEAR(got.total[1].value, 0.8, 0.01);
  EXPECT_NEAR(got.first_sum.value, 1.0, 0.01);
  EXPECT_TRUE(got.first_sum.low <= 1.0 && got.first_sum.high >= 1.0);
  for (const Estimated& none : {got.first[2], got.total[2]}) {  // exactly: AB is A
    EXPECT_EQ(none.value, 0.0);
    EXPECT_EQ(none.low, 0.0);
    EXPECT_EQ(none.high, 0.0);
    EXPECT_TRUE(none.holds_zero());
  }
}

// (x1 - 1/2) (x2 - 1/2): the mean over either is 0, so that neither has an effect alone and all of
// the variance 1/144 is of the pair.
TEST(Sobol, PureInteraction) {
  const SobolIndices got =
      indices([](const Point& x) { return (x[0] - 0.5) * (x[1] - 0.5); }, 2, 4096, true);
  EXPECT_NEAR(got.variance, 1.0 / 144.0, 2e-4);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_NEAR(got.first[i].value, 0.0, 0.02);
    EXPECT_TRUE(got.first[i].holds_zero());
    EXPECT_NEAR(got.total[i].value, 1.0, 0.02);
  }
  EXPECT_NEAR(got.second[0][0].value, 1.0, 0.03);
}

// One row a piece, by hand: k = 1, points A = 1, AB = B.
//   j = 0: A 0, AB 2, B 2;  j = 1: A 4, AB 2, B 2.  Mean of A and B 2, variance (4 + 0 + 4 + 0)/4
//   = 2. first: mean of (B - 2)(AB - A) = 0;  total: mean of (A - AB)^2 / 2 = 2, over 2 = 1.
TEST(Sobol, TwoRowsByHand) {
  const std::vector<double> outputs = {0, 2, 2, 4, 2, 2};
  const SobolIndices got = sobol_indices(outputs, {1, false}, {200, 0.9, 3});
  EXPECT_DOUBLE_EQ(got.mean, 2.0);
  EXPECT_DOUBLE_EQ(got.variance, 2.0);
  EXPECT_DOUBLE_EQ(got.first[0].value, 0.0);
  EXPECT_DOUBLE_EQ(got.total[0].value, 1.0);
}

TEST(Sobol, ConstantOutputsHaveNoIndices) {
  const SobolIndices got = indices([](const Point&) { return 0.1; }, 3, 64, true);
  EXPECT_TRUE(got.constant);
  EXPECT_EQ(got.mean, 0.1);
  EXPECT_EQ(got.variance, 0.0);
  for (const Estimated& index : {got.first[0], got.total[2], got.first_sum, got.second[0][1]}) {
    EXPECT_TRUE(std::isnan(index.value) && std::isnan(index.low) && std::isnan(index.high));
    EXPECT_FALSE(index.holds_zero());
  }
}

TEST(Sobol, ResamplesAreThoseOfTheirSeed) {
  const auto low = [](std::uint64_t seed) {
    return indices(ishigami, 3, 64, false, {200, 0.95, seed}).first[0].low;
  };
  EXPECT_EQ(low(1), low(1));
  EXPECT_NE(low(1), low(2));
}

// Intervals of 300 independent random designs of 128 rows. True coverage of a 90 % interval is a
// little below 0.9 (percentile bootstrap of a ratio); if it were 0.88 the chance of fewer than 240
// of 300 (0.80) is below 1e-4 for each of six indices. Above 0.97 it would be too wide.
TEST(Sobol, IntervalsHoldTheTruthAsOftenAsTheySay) {
  const IshigamiParts parts;
  constexpr std::uint32_t kSets = 300;
  std::array<int, 6> hits{};
  for (std::uint32_t set = 0; set < kSets; ++set) {
    const SobolIndices got = sobol_indices(values_of(ishigami, random_saltelli(128, 3, set)),
                                           {3, false}, {200, 0.9, set});
    for (std::size_t i = 0; i < 3; ++i) {
      const auto holds = [](const Estimated& e, double truth) {
        return e.low <= truth && truth <= e.high ? 1 : 0;
      };
      hits.at(i) += holds(got.first[i], parts.first.at(i));
      hits.at(3 + i) += holds(got.total[i], parts.total.at(i));
    }
  }
  for (const int hit : hits) {
    EXPECT_GT(hit, 240);
    EXPECT_LT(hit, 291);
  }
}

// 1 2 3 4 5: the median, and a tenth of the way between 1 and 5 in places.
TEST(Bootstrap, QuantilesBetweenNeighbours) {
  const std::vector<double> values = {1, 2, 3, 4, 5};
  EXPECT_DOUBLE_EQ(quantile_of(values, 0.5), 3.0);
  EXPECT_DOUBLE_EQ(quantile_of(values, 0.1), 1.4);
  EXPECT_DOUBLE_EQ(quantile_of(values, 1.0), 5.0);
}

// The mean of n values has the standard error s / sqrt(n) with s^2 over n: of 0, 1, ... 99 it is
// sqrt(833.25) / 10 = 2.8866. With 4000 resamples its estimate is within 5 % (four and a half of
// its own standard errors).
TEST(Bootstrap, ErrorOfAMean) {
  Terms terms(1);
  for (int i = 0; i < 100; ++i) terms[0].push_back(i);
  const auto mean = [](std::span<const double> m) { return std::vector<double>{m[0]}; };
  const Estimated got = bootstrap(terms, mean, {4000, 0.95, 5}).front();
  EXPECT_DOUBLE_EQ(got.value, 49.5);
  EXPECT_NEAR(got.error, 2.8866, 0.05 * 2.8866);
  EXPECT_NEAR(got.low, 49.5 - 1.96 * 2.8866, 0.4);
  EXPECT_NEAR(got.high, 49.5 + 1.96 * 2.8866, 0.4);
}

}  // namespace
}  // namespace terrace::analysis

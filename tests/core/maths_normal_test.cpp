// The normal distribution of terrace/maths.hpp against the C library in extended precision.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "terrace/maths.hpp"

namespace terrace::exact {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

long double reference_cdf(long double x) { return std::erfc(-x * 0.70710678118654752440L) / 2.0L; }

long double reference_density(long double x) {
  return std::exp(-x * x / 2.0L) * 0.39894228040143267794L;
}

double relative(double value, long double reference) {
  return static_cast<double>(std::fabs(static_cast<long double>(value) - reference) /
                             std::fabs(reference));
}

TEST(MathsNormal, DistributionFunction) {
  double worst = 0.0;
  for (int i = -374'000; i <= 90'000; ++i) {
    const double x = i * 1.0001e-4;
    worst = std::max(worst, relative(normal_cdf(x), reference_cdf(x)));
  }
  EXPECT_LT(worst, 5e-15);
  RecordProperty("normal_cdf", std::to_string(worst * 1e16) + "e-16");
  EXPECT_EQ(normal_cdf(0.0), 0.5);
  EXPECT_EQ(normal_cdf(40.0), 1.0);
  EXPECT_EQ(normal_cdf(infinity), 1.0);
  EXPECT_EQ(normal_cdf(-40.0), 0.0);
  EXPECT_EQ(normal_cdf(-infinity), 0.0);
  EXPECT_TRUE(std::isnan(normal_cdf(nan)));
  EXPECT_GT(normal_cdf(-38.0), 0.0);
}

// The error of x = quantile(p) from one Newton step in extended precision.
double quantile_error(double p) {
  const auto x = static_cast<long double>(normal_quantile(p));
  // In the upper half the distance is measured from 1, where p has its digits.
  const auto wide = static_cast<long double>(p);
  long double miss = p < 0.5 ? reference_cdf(x) - wide : (1.0L - wide) - reference_cdf(-x);
  // And about the middle from 1/2.
  if (std::fabs(p - 0.5) < 0.25) {
    miss = std::erf(x * 0.70710678118654752440L) / 2.0L - (wide - 0.5L);
  }
  return static_cast<double>(std::fabs(miss / reference_density(x) / x));
}

TEST(MathsNormal, Quantile) {
  double worst = 0.0;
  for (int i = 1; i < 1'000'000; ++i) {
    if (i == 500'000) continue;
    worst = std::max(worst, quantile_error(i * 1e-6));
  }
  for (double p = 1e-300; p < 0.5; p *= 1.01) worst = std::max(worst, quantile_error(p));
  for (double q = 1e-8; q < 0.4; q *= 1.01) worst = std::max(worst, quantile_error(0.5 + q));
  EXPECT_LT(worst, 5e-15);
  RecordProperty("normal_quantile", std::to_string(worst * 1e16) + "e-16");
}

TEST(MathsNormal, QuantileAtTheEnds) {
  EXPECT_EQ(normal_quantile(0.5), 0.0);
  EXPECT_EQ(normal_quantile(0.0), -infinity);
  EXPECT_EQ(normal_quantile(1.0), infinity);
  EXPECT_TRUE(std::isnan(normal_quantile(-0.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(1.1)));
  EXPECT_TRUE(std::isnan(normal_quantile(nan)));
  EXPECT_NEAR(normal_quantile(5e-324), -38.4674, 1e-3);
  for (const double p : {0.25, 0.0625, 0x1p-20, 0x1p-53}) {
    EXPECT_EQ(normal_quantile(p), -normal_quantile(1.0 - p)) << p;
  }
}

TEST(MathsNormal, QuantileIsMonotoneAcrossTheSeam) {
  double last = -infinity;
  for (int i = -2000; i <= 2000; ++i) {
    const double x = normal_quantile(0.075 + i * 1e-13);
    EXPECT_GE(x, last);
    last = x;
  }
}

TEST(MathsNormal, PairFollowsTheFormula) {
  double worst = 0.0;
  double largest = 0.0;
  std::uint32_t state = 1;
  for (int i = 0; i < 1'000'000; ++i) {
    state = state * 1664525u + 1013904223u;
    // Every scale of the first word, so that the far tail is seen too.
    const std::uint32_t radius_word = (state ^ (state >> 15)) >> (i % 32);
    const std::uint32_t angle_word = state * 2654435761u;
    float a = 0, b = 0;
    normal_pair(radius_word, angle_word, a, b);
    const double u = static_cast<double>(
        static_cast<float>(static_cast<float>(radius_word >> 1) + 0.5F) * 0x1p-31F);
    const double radius = std::sqrt(-2.0 * std::log(u));
    // The quadrants are turned by an eighth of a circle.
    const double angle =
        (static_cast<double>(static_cast<std::int32_t>((angle_word << 2) | 2u)) * 0x1p-32 +
         (angle_word >> 30)) *
        1.5707963267948966;
    worst = std::max(worst, std::fabs(static_cast<double>(a) - radius * std::cos(angle)));
    worst = std::max(worst, std::fabs(static_cast<double>(b) - radius * std::sin(angle)));
    largest = std::max(largest, radius);
  }
  EXPECT_LT(worst, 2e-6);
  EXPECT_NEAR(largest, 6.66, 0.01);
}

TEST(MathsNormal, PairIsFiniteAtTheEnds) {
  for (const std::uint32_t r : {0u, 1u, 0x7fffffffu, 0x80000000u, 0xffffffffu}) {
    for (const std::uint32_t t : {0u, 1u, 0x3fffffffu, 0x40000000u, 0x80000000u, 0xffffffffu}) {
      float a = 0, b = 0;
      normal_pair(r, t, a, b);
      EXPECT_TRUE(std::isfinite(a) && std::isfinite(b)) << r << ' ' << t;
    }
  }
}

}  // namespace
}  // namespace terrace::exact

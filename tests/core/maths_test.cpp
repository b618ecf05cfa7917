// Error bounds of terrace/maths.hpp against the C library in extended precision.
#include "terrace/maths.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace terrace::exact {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Distance in units of the last place that T has at the reference.
template <typename T>
double ulps(T value, long double reference) {
  if (std::isnan(value)) return infinity;
  const T near = static_cast<T>(reference);
  if (std::isinf(near) || std::isinf(value)) return near == value ? 0.0 : infinity;
  int exponent = 0;
  (void)std::frexp(reference, &exponent);
  exponent = std::max(exponent, std::numeric_limits<T>::min_exponent);
  const long double unit = std::ldexp(1.0L, exponent - std::numeric_limits<T>::digits);
  return static_cast<double>(std::fabs(static_cast<long double>(value) - reference) / unit);
}

// Calls f(x) on a dense grid over [from, to] whose steps are irrational, so that the last bits
// vary.
template <typename T, typename F>
void over(T from, T to, int steps, F&& f) {
  const double step = (static_cast<double>(to) - static_cast<double>(from)) / (steps + 0.618034);
  for (int i = 0; i <= steps; ++i) f(static_cast<T>(static_cast<double>(from) + step * i));
  f(to);
}

class Worst {
 public:
  void see(double error, double at) {
    if (!(error <= worst_)) {
      worst_ = error;
      at_ = at;
    }
  }
  void expect_below(double bound, const char* what) const {
    EXPECT_LE(worst_, bound) << what << " at " << at_;
    ::testing::Test::RecordProperty(what, std::to_string(worst_));
  }

 private:
  double worst_ = 0.0;
  double at_ = 0.0;
};

TEST(Maths, FloatExponential) {
  Worst worst;
  over(-86.9F, 88.73F, 3'000'000,
       [&](float x) { worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x); });
  over(-1.0F, 1.0F, 1'000'000,
       [&](float x) { worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x); });
  worst.expect_below(1.5, "exp_float");
  EXPECT_EQ(exp(0.0F), 1.0F);
  EXPECT_EQ(exp(-0.0F), 1.0F);
  EXPECT_EQ(exp(-86.95F), 0.0F);
  EXPECT_EQ(exp(-1e30F), 0.0F);
  EXPECT_EQ(exp(-std::numeric_limits<float>::infinity()), 0.0F);
  EXPECT_TRUE(std::isfinite(exp(88.72F)));
  EXPECT_TRUE(std::isinf(exp(88.73F)));
  EXPECT_TRUE(std::isinf(exp(1e30F)));
  EXPECT_TRUE(std::isinf(exp(std::numeric_limits<float>::infinity())));
  EXPECT_TRUE(std::isnan(exp(std::numeric_limits<float>::quiet_NaN())));
}

TEST(Maths, DoubleExponential) {
  Worst worst;
  const auto see = [&](double x) {
    worst.see(ulps(exp(x), std::exp(static_cast<long double>(x))), x);
  };
  over(-745.2, 709.79, 1'000'000, see);
  over(-1.0, 1.0, 500'000, see);
  over(-745.2, -700.0, 200'000, see);
  worst.expect_below(1.0, "exp_double");
  EXPECT_EQ(exp(0.0), 1.0);
  EXPECT_EQ(exp(-745.3), 0.0);
  EXPECT_EQ(exp(-infinity), 0.0);
  EXPECT_EQ(exp(709.79), infinity);
  EXPECT_EQ(exp(infinity), infinity);
  EXPECT_TRUE(std::isnan(exp(nan)));
}

TEST(Maths, FloatLogarithm) {
  Worst worst;
  const auto see = [&](float x) {
    worst.see(ulps(log(x), std::log(static_cast<long double>(x))), x);
  };
  over(0.3F, 3.0F, 2'000'000, see);
  over(0.999F, 1.001F, 30'000, see);
  for (float x = 0x1p-126F; x < 1e38F; x *= 1.00037F) see(x);
  worst.expect_below(1.0, "log_float");
  EXPECT_EQ(log(1.0F), 0.0F);
  EXPECT_EQ(log(0.0F), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(log(-0.0F), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(log(0x1p-130F), -std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(log(-1.0F)));
  EXPECT_TRUE(std::isnan(log(-std::numeric_limits<float>::infinity())));
  EXPECT_TRUE(std::isnan(log(std::numeric_limits<float>::quiet_NaN())));
  EXPECT_TRUE(std::isinf(log(std::numeric_limits<float>::infinity())));
}

TEST(Maths, DoubleLogarithm) {
  Worst worst;
  const auto see = [&](double x) {
    worst.see(ulps(log(x), std::log(static_cast<long double>(x))), x);
  };
  over(0.3, 3.0, 1'000'000, see);
  over(0.999999, 1.000001, 100'000, see);
  for (double x = 5e-324; x < 1e307; x *= x < 1e-310 ? 2.0 : 1.0037) see(x);
  worst.expect_below(1.0, "log_double");
  EXPECT_EQ(log(1.0), 0.0);
  EXPECT_EQ(log(0.0), -infinity);
  EXPECT_EQ(log(infinity), infinity);
  EXPECT_TRUE(std::isnan(log(-1.0)));
  EXPECT_TRUE(std::isnan(log(-infinity)));
  EXPECT_TRUE(std::isnan(log(nan)));
}

TEST(Maths, LogOfOnePlus) {
  Worst worst;
  const auto see = [&](double x) {
    worst.see(ulps(log1p(x), std::log1p(static_cast<long double>(x))), x);
  };
  over(-0.999, 5.0, 500'000, see);
  for (double x = 1e-300; x < 1e300; x *= 1.01) {
    see(x);
    if (x < 1.0) see(-x);
  }
  worst.expect_below(3.0, "log1p");
  EXPECT_EQ(log1p(0.0), 0.0);
  EXPECT_EQ(log1p(-1.0), -infinity);
  EXPECT_EQ(log1p(infinity), infinity);
  EXPECT_TRUE(std::isnan(log1p(-1.5)));
  EXPECT_TRUE(std::isnan(log1p(nan)));
}

TEST(Maths, DoublePower) {
  Worst worst;
  const auto see = [&](double x, double y) {
    worst.see(ulps(pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))),
              x);
  };
  over(0.01, 50.0, 1000, [&](double x) { over(-30.0, 30.0, 500, [&](double y) { see(x, y); }); });
  over(0.7, 1.42, 700, [&](double x) { over(-2000.0, 2000.0, 300, [&](double y) { see(x, y); }); });
  for (double x = 1e-320; x < 1e308; x *= 3.7) {
    over(-1.1, 1.1, 50, [&](double y) { see(x, y); });
  }
  worst.expect_below(1.5, "pow_double");
  EXPECT_EQ(pow(2.0, 10.0), 1024.0);
  EXPECT_EQ(pow(3.0, 1.0), 3.0);
  EXPECT_EQ(pow(1.0, 1e308), 1.0);
  EXPECT_EQ(pow(0.5, infinity), 0.0);
  EXPECT_EQ(pow(2.0, 1e300), infinity);
  EXPECT_EQ(pow(2.0, -1e300), 0.0);
  EXPECT_EQ(pow(0.0, 0.5), 0.0);
  EXPECT_EQ(pow(0.0, -0.5), infinity);
  EXPECT_EQ(pow(infinity, 0.5), infinity);
  EXPECT_EQ(pow(infinity, -0.5), 0.0);
  for (const double x : {0.0, 1.0, 7.0, infinity}) EXPECT_EQ(pow(x, 0.0), 1.0);
  EXPECT_TRUE(std::isnan(pow(-1.0, 2.0)));
  EXPECT_TRUE(std::isnan(pow(nan, 2.0)));
  EXPECT_TRUE(std::isnan(pow(2.0, nan)));
}

TEST(Maths, FloatPower) {
  Worst worst;
  const auto see = [&](float x, float y) {
    worst.see(ulps(pow(x, y), std::pow(static_cast<long double>(x), static_cast<long double>(y))),
              x);
  };
  over(0.01F, 50.0F, 1000,
       [&](float x) { over(-22.0F, 22.0F, 1000, [&](float y) { see(x, y); }); });
  for (float x = 1e-44F; x < 1e38F; x *= 3.7F) {
    over(-1.0F, 1.0F, 50, [&](float y) { see(x, y); });
  }
  worst.expect_below(1.0, "pow_float");
  EXPECT_EQ(pow(2.0F, 10.0F), 1024.0F);
  EXPECT_EQ(pow(0.0F, 0.5F), 0.0F);
  EXPECT_TRUE(std::isinf(pow(0.0F, -0.5F)));
  EXPECT_EQ(pow(0.0F, 0.0F), 1.0F);
  EXPECT_TRUE(std::isnan(pow(-1.0F, 2.0F)));
}

TEST(Maths, LogisticAndLogit) {
  Worst single, real, odds;
  over(-86.0F, 90.0F, 1'000'000, [&](float x) {
    single.see(ulps(logistic(x), 1.0L / (1.0L + std::exp(-static_cast<long double>(x)))), x);
  });
  over(-740.0, 740.0, 500'000, [&](double x) {
    const long double e = std::exp(-std::fabs(static_cast<long double>(x)));
    real.see(ulps(logistic(x), (x < 0 ? e : 1.0L) / (1.0L + e)), x);
  });
  const auto see = [&](double p) {
    const auto wide = static_cast<long double>(p);
    odds.see(ulps(logit(p), std::log1p((2.0L * wide - 1.0L) / (1.0L - wide))), p);
  };
  over(1e-4, 1.0 - 1e-9, 500'000, see);
  over(0.4999999, 0.5000001, 10'000, see);
  single.expect_below(3.0, "logistic_float");
  real.expect_below(3.0, "logistic_double");
  odds.expect_below(3.5, "logit");
  EXPECT_EQ(logistic(0.0), 0.5);
  EXPECT_EQ(logistic(-infinity), 0.0);
  EXPECT_EQ(logistic(infinity), 1.0);
  EXPECT_EQ(logistic(-1e9F), 0.0F);
  EXPECT_EQ(logistic(1e9F), 1.0F);
  EXPECT_EQ(logit(0.5), 0.0);
  EXPECT_EQ(logit(0.0), -infinity);
  EXPECT_EQ(logit(1.0), infinity);
  EXPECT_TRUE(std::isnan(logit(-0.1)));
  EXPECT_TRUE(std::isnan(logit(1.1)));
  EXPECT_TRUE(std::isnan(logit(nan)));
}

}  // namespace
}  // namespace terrace::exact

// Exponentials, logarithms, powers, logistic curves and the normal distribution that return the
// same bits everywhere: on every compiler, optimisation level, vector width and machine, and in
// WebAssembly. Model code up to sim/engine uses these and never <cmath>'s.
//
// They are made of + - * / sqrt, comparisons and bit operations only, each of which IEEE 754
// rounds in one way. Two conditions: compile with -ffp-contract=off (a fused multiply-add rounds
// once where two operations round twice) and without -ffast-math. The CMake target passes the
// first to whoever links it.
//
// All are inline and free of branches, so a plain loop over an array vectorises at -O3 (under g++
// the double versions only from AVX2 on: put the loop under TERRACE_CLONES, terrace/clones.hpp).
//
// Error bounds are in ulp of the correct result (half an ulp is perfect) and are tested in
// tests/core/maths_test.cpp. A NaN argument gives NaN; no function sets errno or throws.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>

#include "terrace/maths_kernels.hpp"
#include "terrace/maths_normal.hpp"

namespace terrace::exact {

/// select(holds, yes, no): `holds ? yes : no` for floats and doubles without a branch, whatever the
/// compiler thinks of it. Use it in loops that must vectorise; both sides are computed.
using detail::select;

/// e^x, within 1.5 ulp. Above 88.72: infinity. Below -86.9: 0 (float results are never subnormal,
/// since those are slow on much hardware).
TERRACE_ALWAYS_INLINE float exp(float x) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  const float value = detail::exp_kernel(x);
  return detail::select(x < -86.9F, 0.0F, detail::select(x > 88.73F, infinity, value));
}

/// e^x, within 1 ulp. Above 709.78: infinity. Below -745.13: 0, with subnormals before that.
TERRACE_ALWAYS_INLINE double exp(double x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double value = detail::exp_kernel(x, 0.0);
  return detail::select(x < -745.2, 0.0, detail::select(x > 709.79, infinity, value));
}

/// Natural logarithm, within 1 ulp for normal x > 0. log(0) is -infinity, as is that of a
/// subnormal float; log(infinity) is infinity; NaN for x < 0.
TERRACE_ALWAYS_INLINE float log(float x) {
  constexpr float infinity = std::numeric_limits<float>::infinity();
  constexpr float nan = std::numeric_limits<float>::quiet_NaN();
  const float value = detail::log_of_parts(detail::split(x));
  const float low = detail::select(x < 0.0F, nan, -infinity);
  return detail::select(x < infinity, detail::select(x < 0x1p-126F, low, value), x);
}

/// Natural logarithm, within 1 ulp for every x > 0. log(0) is -infinity, log(infinity) is
/// infinity; NaN for x < 0.
TERRACE_ALWAYS_INLINE double log(double x) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const double value = detail::log_of_parts(detail::split(x));
  const double low = detail::select(x < 0.0, nan, -infinity);
  return detail::select(x < infinity, detail::select(x > 0.0, value, low), x);
}

/// log(1 + x), within 3 ulp for x > -1, however small x is. -infinity at -1; NaN below.
TERRACE_ALWAYS_INLINE double log1p(double x) {
  // The rounding of 1 + x cancels: log(u) / (u - 1) hardly changes where u is near 1.
  const double u = 1.0 + x;
  const double value = log(u);
  const double corrected = value * (x / (u - 1.0));
  return detail::select(u == 1.0, x, detail::select(x < 0x1p53, corrected, value));
}

/// x^y for x >= 0, within 1.5 ulp. pow(x, 0) is 1; pow(0, y) is 0 for y > 0 and infinity for y < 0;
/// results beyond the range become infinity or 0. NaN for x < 0, whatever y but 0.
TERRACE_ALWAYS_INLINE double pow(double x, double y) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const bool edge = (x == 0.0) | (x == infinity);
  const double base = detail::select(edge | (x < 0.0), 1.0, x);
  // Beyond 2^64 any base but 1 overflows or vanishes.
  const double power = detail::select(y > 0x1p64, 0x1p64, detail::select(y < -0x1p64, -0x1p64, y));
  const detail::Pair logarithm = detail::log_pair(detail::split(base));
  detail::Pair exponent = detail::two_product(power, logarithm.high);
  exponent.low += power * logarithm.low;
  const double e = exponent.high;
  double value = detail::exp_kernel(e, exponent.low);
  value = detail::select(e < -745.2, 0.0, detail::select(e > 709.79, infinity, value));
  value = detail::select(edge, detail::select((x == 0.0) == (y > 0.0), 0.0, infinity), value);
  value = detail::select((x < 0.0) | (x != x), nan, value);
  return detail::select(y == 0.0, 1.0, value);
}

/// x^y as above, within 1 ulp (computed in double).
TERRACE_ALWAYS_INLINE float pow(float x, float y) {
  const double value = exp(static_cast<double>(y) * log(static_cast<double>(x)));
  return detail::select(y == 0.0F, 1.0F, static_cast<float>(value));
}

/// 1 / (1 + e^-x), within 3 ulp. Goes to 0 and 1 at the ends (0 below -88.7 for float).
TERRACE_ALWAYS_INLINE float logistic(float x) { return 1.0F / (1.0F + exp(-x)); }

/// 1 / (1 + e^-x), within 3 ulp, with full relative accuracy in both tails.
TERRACE_ALWAYS_INLINE double logistic(double x) {
  const bool negative = x < 0.0;
  const double e = exp(detail::select(negative, x, -x));
  return detail::select(negative, e, 1.0) / (1.0 + e);
}

/// log(p / (1 - p)), within 3.5 ulp, near p = 1/2 too. -infinity at 0 and infinity at 1, as for
/// subnormal p; NaN outside [0, 1].
TERRACE_ALWAYS_INLINE double logit(double p) {
  // 1 - p and 1 - 2 p are exact where they matter.
  const bool upper = p > 0.5;
  const double tail = detail::select(upper, 1.0 - p, p);
  const double size = log1p((1.0 - 2.0 * tail) / tail);
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const double value = detail::select(tail < 0x1p-1022, infinity, size);
  return detail::select(tail < 0.0, nan, detail::select(upper, value, -value));
}

}  // namespace terrace::exact

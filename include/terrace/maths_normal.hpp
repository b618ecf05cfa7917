// The normal distribution: its distribution function, its quantile, and pairs of normal deviates
// from random words. Part of terrace/maths.hpp, which states the rules that hold here too.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "terrace/maths_kernels.hpp"

namespace terrace::exact {

namespace detail {

// Coefficients from the lowest power up, fitted for this file to 40 digits: with t = -x and
// u = (t - 4) / (t + 4), Phi(x) = exp(-t^2 / 2) / (t + 4) * normal_tail(u) for t in [0, 40].
inline constexpr double normal_tail[] = {
    0x1.82b4bb8c94dcep-1,  -0x1.373e3a893c27fp-1,  0x1.8c6dbf2cfc1fap-2,   -0x1.7dff2bff695a7p-3,
    0x1.eec4cc3e5cd9cp-5,  -0x1.ee2761002ab5dp-8,  -0x1.c81719e4cc636p-9,  0x1.ab825ecbaa7f6p-10,
    0x1.17a4b5231e0fp-13,  -0x1.e4a3e98c793p-13,   -0x1.00238dd64ceb5p-19, 0x1.26cc3536ff825p-15,
    0x1.80a6cc8f8c3a5p-21, -0x1.8ce460e1ae22ep-18, -0x1.50d14b10936fcp-21, 0x1.0f4bfb5b28a6cp-20,
    0x1.1c6ab05f269c9p-22, -0x1.33f75b713e5afp-23, -0x1.424963ed4fd94p-24, 0x1.f937f99d6cfbfp-28,
    0x1.8f887e612955p-27,  0x1.25bfb301eb795p-29};

// -quantile(1/2 - q) / q as a ratio of polynomials in 0.425^2 - q^2, for |q| <= 0.425.
inline constexpr double quantile_centre_above[] = {
    0x1.b18d91e9eef75p1,  0x1.0a3f4edcfde9ep7,  0x1.ecc043072827ap10, 0x1.ace7624a4297bp13,
    0x1.66810c1b6aa39p15, 0x1.067dfcadd8616p16, 0x1.04d3ea370c4c2p15, 0x1.3919815e380a6p11};
inline constexpr double quantile_centre_below[] = {0x1p0,
                                                   0x1.5276ce58d91b4p5,
                                                   0x1.577fb68bad6bfp9,
                                                   0x1.50fbee36a85bbp12,
                                                   0x1.4b3e81eebebadp14,
                                                   0x1.32cf652992231p15,
                                                   0x1.c058a2fb2eecep14,
                                                   0x1.462649f9f3779p12};

// -quantile(p) as a ratio of polynomials in sqrt(-log p), for p <= 0.075.
inline constexpr double quantile_tail_above[] = {
    -0x1.c67b47740594dp1, -0x1.26f24efc25eecp5, -0x1.dacb1c5f7299bp5, 0x1.35230cde19a24p4,
    0x1.2d80b91736ae3p6,  0x1.a54c27d0100bdp5,  0x1.2231c4544781dp4,  0x1.8c02bcad78efdp1,
    0x1.e4128cc6392ffp-3, 0x1.cffe81cf05e99p-8, 0x1.0254ed5ebee3ep-14};
inline constexpr double quantile_tail_below[] = {0x1p0,
                                                 0x1.104e39bcb5a1bp4,
                                                 0x1.d593613dcbf9bp5,
                                                 0x1.1d6fb1ec8623fp6,
                                                 0x1.482c6dd6f4b67p5,
                                                 0x1.a5db263f6a1ccp3,
                                                 0x1.19b9605c9a38ap1,
                                                 0x1.5698e069e5c79p-3,
                                                 0x1.4819b306774bdp-8,
                                                 0x1.6d558321f1738p-15,
                                                 0x1.2596b8edc6e34p-41};

template <std::size_t Count>
TERRACE_ALWAYS_INLINE double polynomial(const double (&coefficients)[Count], double x) {
  double value = coefficients[Count - 1];
#if defined(__clang__)
#pragma clang loop unroll(full)
#elif defined(__GNUC__)
#pragma GCC unroll 32
#endif
  for (std::size_t i = Count - 1; i > 0; --i) value = value * x + coefficients[i - 1];
  return value;
}

}  // namespace detail

/// Probability that a standard normal is at most x, with a relative error below 5e-15 wherever
/// the result is a normal number (x > -37.5), in the lower tail too; 0 below -38.6.
TERRACE_ALWAYS_INLINE double normal_cdf(double x) {
  const bool lower = x < 0.0;
  const double size = detail::select(lower, -x, x);
  const double t = detail::select(size > 39.0, 39.0, size);
  // t^2 is needed to more than 53 bits: the square of its upper half is exact, the rest small.
  const double high = detail::upper_half(t);
  const double d = -0.5 * (t - high) * (t + high);
  const double rest = 1.0 + d * (1.0 + d * (0.5 + d * 0x1.5555555555555p-3));
  const double bell = detail::exp_kernel(-0.5 * high * high, 0.0);
  const double w = 1.0 / (t + 4.0);
  // The bell goes last, so that only the result itself can become subnormal.
  const double tail = bell * (rest * w * detail::polynomial(detail::normal_tail, (t - 4.0) * w));
  const double bounded = detail::select(size > 38.6, 0.0, tail);
  return detail::select(lower, bounded, 1.0 - bounded);
}

/// The x below which a standard normal falls with probability p, with a relative error below
/// 1e-14. -infinity at 0, infinity at 1, NaN outside [0, 1]. Odd about 1/2 bit for bit where
/// 1 - p is exact.
TERRACE_ALWAYS_INLINE double normal_quantile(double p) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  const double q = p - 0.5;
  const bool upper = q > 0.0;
  const double tail = detail::select(upper, 1.0 - p, p);
  const double v = 0.425 * 0.425 - q * q;
  const double centre = q * (detail::polynomial(detail::quantile_centre_above, v) /
                             detail::polynomial(detail::quantile_centre_below, v));
  const bool inside = tail > 0.0;
  const double screened = detail::select(inside, tail, 0.5);
  const double r = std::sqrt(-detail::log_of_parts(detail::split(screened)));
  const double far = detail::polynomial(detail::quantile_tail_above, r) /
                     detail::polynomial(detail::quantile_tail_below, r);
  const double beyond = detail::select(tail == 0.0, infinity, nan);
  const double size = detail::select(inside, far, beyond);
  const double value = detail::select(upper, size, -size);
  return detail::select(v >= 0.0, centre, value);
}

/// Two independent standard normals from two random words, by the polar formula of Box and
/// Muller: the first word gives the radius (at most 6.66), the second the angle. Every pair of
/// words gives finite numbers.
TERRACE_ALWAYS_INLINE void normal_pair(std::uint32_t radius_word, std::uint32_t angle_word,
                                       float& a, float& b) {
  // 31 bits, because vector units convert signed integers only; in (0, 1] after rounding.
  const auto signed_word = static_cast<std::int32_t>(radius_word >> 1);
  const float u = (static_cast<float>(signed_word) + 0.5F) * 0x1p-31F;
  const float radius = std::sqrt(-2.0F * detail::log_of_parts(detail::split(u)));
  // The two upper bits are the quadrant, the others the place in it, f in [-1/2, 1/2].
  const auto place = static_cast<std::int32_t>((angle_word << 2) | 2u);
  const float f = static_cast<float>(place) * 0x1p-32F;
  const float z = f * f;
  const float sine =
      f * (0x1.921fb6p0F + z * (-0x1.4abbbap-1F + z * (0x1.465ec4p-4F + z * -0x1.2d9b4p-8F)));
  const float cosine = 1.0F + z * (-0x1.3bd392p0F + z * (0x1.03af58p-2F + z * -0x1.4e5e06p-6F));
  const std::uint32_t quadrant = angle_word >> 30;
  const bool swapped = (quadrant & 1u) != 0u;
  const float x = detail::select(swapped, sine, cosine) * radius;
  const float y = detail::select(swapped, cosine, sine) * radius;
  const std::uint32_t x_sign = ((quadrant + 1u) & 2u) << 30;
  const std::uint32_t y_sign = (quadrant & 2u) << 30;
  a = std::bit_cast<float>(std::bit_cast<std::uint32_t>(x) ^ x_sign);
  b = std::bit_cast<float>(std::bit_cast<std::uint32_t>(y) ^ y_sign);
}

}  // namespace terrace::exact

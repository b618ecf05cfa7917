// Building blocks of terrace/maths.hpp; include that one. Nothing here is meant to be called by a
// model: the kernels expect arguments that their callers have already screened.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "terrace/clones.hpp"

namespace terrace::exact::detail {

// `holds ? yes : no` on the bits. A conditional expression on floats would let the compiler move
// the arithmetic of one side into a branch, and a loop with that branch does not vectorise.
TERRACE_ALWAYS_INLINE float select(bool holds, float yes, float no) {
  const std::uint32_t mask = std::uint32_t{0} - static_cast<std::uint32_t>(holds);
  return std::bit_cast<float>((std::bit_cast<std::uint32_t>(yes) & mask) |
                              (std::bit_cast<std::uint32_t>(no) & ~mask));
}

TERRACE_ALWAYS_INLINE double select(bool holds, double yes, double no) {
  const std::uint64_t mask = std::uint64_t{0} - static_cast<std::uint64_t>(holds);
  return std::bit_cast<double>((std::bit_cast<std::uint64_t>(yes) & mask) |
                               (std::bit_cast<std::uint64_t>(no) & ~mask));
}

// x = 2^k * (1 + f) with 1 + f in [sqrt(1/2), sqrt(2)), for finite x > 0 that is not subnormal.
struct FloatParts {
  float k;
  float f;
};

TERRACE_ALWAYS_INLINE FloatParts split(float x) {
  constexpr std::uint32_t root_half = 0x3f3504f3u;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  // The exponent is shifted out as a positive number: 256 + k.
  const std::uint32_t biased = (bits - root_half + 0x80000000u) >> 23;
  const float m = std::bit_cast<float>(bits - ((biased - 256u) << 23));
  return {static_cast<float>(static_cast<std::int32_t>(biased) - 256), m - 1.0F};
}

struct DoubleParts {
  double k;
  double f;
};

// Subnormal x is welcome here: it is scaled by 2^54 first.
TERRACE_ALWAYS_INLINE DoubleParts split(double x) {
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdu;
  const bool tiny = x < 0x1p-1022;
  const double scaled = select(tiny, x * 0x1p54, x);
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(scaled);
  const std::uint64_t biased = (bits - root_half + 0x8000000000000000u) >> 52;  // 2048 + k
  const double m = std::bit_cast<double>(bits - ((biased - 2048u) << 52));
  // A small integer becomes a double by writing it into the last bits of 2^52; the conversion
  // instruction for 64-bit integers is missing from most vector units.
  const double k = std::bit_cast<double>(0x4330000000000000u | biased) - (0x1p52 + 2048.0);
  return {k - select(tiny, 54.0, 0.0), m - 1.0};
}

// log of 2^k (1 + f): with s = f / (2 + f), log(1 + f) = 2 atanh(s) = f - s (f - s^2 R(s^2)).
TERRACE_ALWAYS_INLINE float log_of_parts(FloatParts x) {
  const float s = x.f / (2.0F + x.f);
  const float z = s * s;
  const float r = z * (0x1.55555cp-1F + z * (0x1.997c2ep-2F + z * 0x1.2ee656p-2F));
  return x.k * 0x1.62e4p-1F + (x.f - (s * (x.f - r) - x.k * 0x1.7f7d1cp-20F));
}

TERRACE_ALWAYS_INLINE double log_of_parts(DoubleParts x) {
  const double s = x.f / (2.0 + x.f);
  const double z = s * s;
  const double w = z * z;
  // Even and odd coefficients apart: two short chains instead of a long one.
  const double odd = 0x1.99999999952d7p-2 + w * (0x1.c71c62e3f11e6p-3 + w * 0x1.39fe51a7c18f9p-3);
  const double even =
      0x1.5555555555558p-1 +
      w * (0x1.2492492df281ap-2 + w * (0x1.7462b51cb66b1p-3 + w * 0x1.2b5900de53b32p-3));
  const double r = z * (even + z * odd);
  return x.k * 0x1.62e42fefap-1 + (x.f - (s * (x.f - r) - x.k * 0x1.cf79abc9e3b3ap-40));
}

// exp(x + low) for |x| below 88.73 (float) or 745.2 (double) and low far smaller than 1. Adding
// 1.5 * 2^23 (2^52) rounds to an integer and leaves that integer in the last bits of the sum.
TERRACE_ALWAYS_INLINE float exp_kernel(float x) {
  constexpr float shift = 0x1.8p23F;
  const float shifted = x * 0x1.715476p0F + shift;
  const float n = shifted - shift;
  const std::uint32_t k =
      std::bit_cast<std::uint32_t>(shifted) - std::bit_cast<std::uint32_t>(shift);
  const float r = (x - n * 0x1.62e4p-1F) - n * 0x1.7f7d1cp-20F;
  const float tail = 0.5F + r * (0x1.5554dep-3F +
                                 r * (0x1.55551ap-5F + r * (0x1.120b62p-7F + r * 0x1.6d10fcp-10F)));
  const float value = 1.0F + (r + r * r * tail);
  // 2^k in two factors, because 2^128 is not a float; in this order none is subnormal.
  return (value * 2.0F) * std::bit_cast<float>((k + 126u) << 23);
}

TERRACE_ALWAYS_INLINE double exp_kernel(double x, double low) {
  constexpr double shift = 0x1.8p52;
  const double shifted = x * 0x1.71547652b82fep+0 + shift;
  const double n = shifted - shift;
  const std::uint64_t k =
      std::bit_cast<std::uint64_t>(shifted) - std::bit_cast<std::uint64_t>(shift);
  const double r = ((x - n * 0x1.62e42fefap-1) - n * 0x1.cf79abc9e3b3ap-40) + low;
  const double q = r * r;
  const double even =
      0.5 + q * (0x1.5555555555556p-5 +
                 q * (0x1.6c16c16c162d6p-10 +
                      q * (0x1.a01a01a6d7883p-16 +
                           q * (0x1.27e4db679bec4p-22 + q * 0x1.1f72fca58cc92p-29))));
  const double odd =
      0x1.5555555555557p-3 +
      q * (0x1.11111111100dfp-7 +
           q * (0x1.a01a01abe63b3p-13 + q * (0x1.71de02372bdd3p-19 + q * 0x1.af4ddddcf06d6p-26)));
  const double value = 1.0 + (r + q * (even + r * odd));
  // 2^k in two halves, so that a subnormal result is rounded once.
  const std::uint64_t biased = k + 2048u;
  const std::uint64_t half = biased >> 1;
  return value * std::bit_cast<double>((half - 1u) << 52) *
         std::bit_cast<double>((biased - half - 1u) << 52);
}

// An unevaluated sum high + low of two doubles: about 106 bits.
struct Pair {
  double high;
  double low;
};

TERRACE_ALWAYS_INLINE Pair two_sum(double a, double b) {
  const double sum = a + b;
  const double part = sum - a;
  return {sum, (a - (sum - part)) + (b - part)};
}

TERRACE_ALWAYS_INLINE double upper_half(double a) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(a) & 0xfffffffff8000000u);
}

// The product and what its rounding lost, without a fused multiply-add.
TERRACE_ALWAYS_INLINE Pair two_product(double a, double b) {
  const double product = a * b;
  const double ah = upper_half(a);
  const double bh = upper_half(b);
  const double al = a - ah;
  const double bl = b - bh;
  return {product, ((ah * bh - product) + (ah * bl + al * bh)) + al * bl};
}

// log of 2^k (1 + f) to about 65 bits, for powers: its error is multiplied by the exponent.
TERRACE_ALWAYS_INLINE Pair log_pair(DoubleParts x) {
  const Pair d = two_sum(2.0, x.f);
  const double s = x.f / d.high;
  const Pair back = two_product(s, d.high);
  const double s_low = (((x.f - back.high) - back.low) - s * d.low) / d.high;
  Pair z = two_product(s, s);
  z.low += 2.0 * s * s_low;
  Pair cube = two_product(s, z.high);
  cube.low += s * z.low + s_low * z.high;
  Pair third = two_product(cube.high, 0x1.5555555555555p-1);
  third.low += cube.high * 0x1.5555555555555p-55 + cube.low * 0x1.5555555555555p-1;
  const double u = z.high;
  const double rest = 0x1.999999999999ep-2 +
                      u * (0x1.249249248e532p-2 +
                           u * (0x1.c71c71d7e7fc3p-3 +
                                u * (0x1.745d09f06d811p-3 +
                                     u * (0x1.3b18b8ee7a308p-3 +
                                          u * (0x1.1018ae366a914p-3 + u * 0x1.08788c3e01713p-3)))));
  const Pair first = two_sum(x.k * 0x1.62e42fefap-1, 2.0 * s);
  const Pair second = two_sum(first.high, third.high);
  const double low = first.low + second.low + 2.0 * s_low + third.low + cube.high * u * rest +
                     x.k * 0x1.cf79abc9e3b3ap-40;
  return two_sum(second.high, low);
}

}  // namespace terrace::exact::detail

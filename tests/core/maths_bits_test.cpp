// The bits of terrace/maths.hpp: one number that every compiler, level and vector width must give.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "terrace/maths.hpp"

namespace terrace::exact {
namespace {

constexpr std::size_t count = 20'000;

class Fingerprint {
 public:
  void add(const std::vector<double>& values) {
    for (const double value : values) {
      add(value != value ? 1u : std::bit_cast<std::uint64_t>(value));
    }
  }
  void add(const std::vector<float>& values) {
    for (const float value : values) {
      add(value != value ? 1u : std::bit_cast<std::uint32_t>(value));
    }
  }
  std::uint64_t value() const { return hash_; }

 private:
  void add(std::uint64_t bits) { hash_ = (std::rotl(hash_, 5) ^ bits) * 0x9e3779b97f4a7c15u; }
  std::uint64_t hash_ = 0;
};

std::uint64_t mixed(std::uint64_t i) {
  i = (i + 1) * 0x9e3779b97f4a7c15u;
  i = (i ^ (i >> 32)) * 0xd6e8feb86659fd93u;
  return i ^ (i >> 32);
}

// Plain loops over arrays, which the compiler vectorises as it likes.
template <typename T, typename F>
[[gnu::noinline]] std::vector<T> mapped(const std::vector<T>& in, F f) {
  std::vector<T> out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) out[i] = f(in[i]);
  return out;
}

TEST(MathsBits, AreTheSameEverywhere) {
  std::vector<double> unit(count), wide(count), any(count);
  std::vector<float> wide_float(count), any_float(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bits = mixed(i);
    unit[i] = (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
    wide[i] = (unit[i] - 0.5) * 1500.0 * ((i % 3 == 0) ? 1.0 : 0.01);
    any[i] = std::bit_cast<double>(bits);
    wide_float[i] = static_cast<float>(wide[i] * 0.12);
    any_float[i] = std::bit_cast<float>(static_cast<std::uint32_t>(bits));
  }
  Fingerprint print;
  for (const auto* in : {&unit, &wide, &any}) {
    print.add(mapped(*in, [](double x) { return exp(x); }));
    print.add(mapped(*in, [](double x) { return log(x); }));
    print.add(mapped(*in, [](double x) { return log1p(x); }));
    print.add(mapped(*in, [](double x) { return logistic(x); }));
    print.add(mapped(*in, [](double x) { return logit(x); }));
    print.add(mapped(*in, [](double x) { return normal_cdf(x); }));
    print.add(mapped(*in, [](double x) { return normal_quantile(x); }));
    print.add(mapped(*in, [](double x) { return pow(x, 3.7); }));
    print.add(mapped(*in, [](double x) { return pow(1.1, x); }));
  }
  for (const auto* in : {&wide_float, &any_float}) {
    print.add(mapped(*in, [](float x) { return exp(x); }));
    print.add(mapped(*in, [](float x) { return log(x); }));
    print.add(mapped(*in, [](float x) { return logistic(x); }));
    print.add(mapped(*in, [](float x) { return pow(x, -0.4F); }));
  }
  std::vector<float> a(count), b(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t bits = mixed(i);
    normal_pair(static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32), a[i],
                b[i]);
  }
  print.add(a);
  print.add(b);
  EXPECT_EQ(print.value(), 0x9a5aa51c4507039au);
}

}  // namespace
}  // namespace terrace::exact

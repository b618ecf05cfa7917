// Do a million draws of every sampler follow their distribution, and are draws that differ in one
// part of their meaning independent?
#include <bit>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "terrace/random.hpp"

#include "distribution_checks.hpp"

namespace terrace {
namespace {

using testing::check_deviations;
using testing::chi_square_deviations;
using testing::kolmogorov_smirnov_ratio;
using testing::PairCheck;

constexpr RunKey key{2015, 7};
constexpr StreamId test_stream = stream("test.distribution");
constexpr std::uint32_t count = 1'000'000;

// Draws over ids, counties and months as a model makes them.
template <typename F>
std::vector<double> sample(F&& draw) {
  std::vector<double> values;
  values.reserve(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    values.push_back(draw(Entity{i % 1000u, static_cast<std::uint16_t>(i / 1000u % 25u)},
                          static_cast<std::int32_t>(i / 25'000u)));
  }
  return values;
}

double normal_below(double x) { return 0.5 * std::erfc(-x / std::sqrt(2.0)); }

TEST(Distribution, Uniform) {
  const auto values =
      sample([](Entity e, std::int32_t m) { return uniform(key, test_stream, e, m); });
  EXPECT_LT(kolmogorov_smirnov_ratio(values, [](double x) { return x; }), 1.0);
}

TEST(Distribution, UniformLowBits) {
  // The last eleven bits of the 52 that a uniform keeps.
  std::vector<double> counts(2048, 0.0);
  for (const double u :
       sample([](Entity e, std::int32_t m) { return uniform(key, test_stream, e, m); })) {
    counts[static_cast<std::size_t>(static_cast<std::uint64_t>(u * 0x1p52) & 2047u)] += 1.0;
  }
  EXPECT_LT(chi_square_deviations(counts, std::vector<double>(2048, 1.0 / 2048.0)),
            check_deviations);
}

TEST(Distribution, Normal) {
  const auto values =
      sample([](Entity e, std::int32_t m) { return normal(key, test_stream, e, m); });
  EXPECT_LT(kolmogorov_smirnov_ratio(values, normal_below), 1.0);
}

TEST(Distribution, Bernoulli) {
  for (const double p : {0.01, 0.3, 0.999}) {
    double hits = 0.0;
    for (const double hit : sample([p](Entity e, std::int32_t m) {
           return bernoulli(key, test_stream, e, m, p) ? 1.0 : 0.0;
         })) {
      hits += hit;
    }
    EXPECT_LT(std::fabs(hits - count * p), 5.7 * std::sqrt(count * p * (1.0 - p))) << p;
  }
  for (std::uint32_t id = 0; id < 1000; ++id) {
    EXPECT_FALSE(bernoulli(key, test_stream, {id, 0}, 0, 0.0));
    EXPECT_FALSE(bernoulli(key, test_stream, {id, 0}, 0, std::nan("")));
    EXPECT_TRUE(bernoulli(key, test_stream, {id, 0}, 0, 1.0));
  }
}

TEST(Distribution, Exponential) {
  const auto values =
      sample([](Entity e, std::int32_t m) { return exponential(key, test_stream, e, m, 2.5); });
  EXPECT_LT(kolmogorov_smirnov_ratio(values, [](double x) { return -std::expm1(-x / 2.5); }), 1.0);
  EXPECT_EQ(exponential(key, test_stream, {1, 1}, 1, 0.0), 0.0);
}

TEST(Distribution, GeometricMonths) {
  for (const double hazard : {0.002, 0.2, 0.9}) {
    constexpr std::int32_t longest = 12;
    std::vector<double> counts(longest, 0.0);
    for (const double months : sample([hazard](Entity e, std::int32_t m) {
           return static_cast<double>(geometric_months(key, test_stream, e, m, hazard, longest));
         })) {
      ASSERT_TRUE(months >= 1.0 && months <= longest);
      counts[static_cast<std::size_t>(months) - 1] += 1.0;
    }
    std::vector<double> expected(longest);
    for (int n = 0; n < longest; ++n) {
      expected[static_cast<std::size_t>(n)] =
          std::pow(1.0 - hazard, n) * (n + 1 < longest ? hazard : 1.0);
    }
    // Cells too rare for the approximation join their neighbour.
    while (expected.back() * count < 20.0) {
      expected[expected.size() - 2] += expected.back();
      counts[counts.size() - 2] += counts.back();
      expected.pop_back();
      counts.pop_back();
    }
    EXPECT_LT(chi_square_deviations(counts, expected), check_deviations) << hazard;
  }
}

TEST(Distribution, GeometricMonthsAtTheEnds) {
  EXPECT_EQ(geometric_months_from(0.5, 0.0, 60), 60);
  EXPECT_EQ(geometric_months_from(0.5, -1.0, 60), 60);
  EXPECT_EQ(geometric_months_from(0.5, std::nan(""), 60), 60);
  EXPECT_EQ(geometric_months_from(0.5, 1.0, 60), 1);
  EXPECT_EQ(geometric_months_from(0x1p-53, 0.5, 60), 1);
  EXPECT_EQ(geometric_months_from(1.0 - 0x1p-53, 0.5, 60), 53);
  EXPECT_EQ(geometric_months_from(1.0 - 0x1p-53, 1e-300, 60), 60);
  EXPECT_EQ(geometric_months_from(0.99, 0.5, 1), 1);
}

TEST(Distribution, Fills) {
  std::vector<std::uint32_t> ids(count);
  std::iota(ids.begin(), ids.end(), 0u);
  std::vector<float> a(count), b(count), u(count);
  fill_normal_uniform(key, test_stream, 3, 12, ids, a, b, u);
  const auto wide = [](const std::vector<float>& in) {
    return std::vector<double>(in.begin(), in.end());
  };
  EXPECT_LT(kolmogorov_smirnov_ratio(wide(a), normal_below), 1.0);
  EXPECT_LT(kolmogorov_smirnov_ratio(wide(b), normal_below), 1.0);
  EXPECT_LT(kolmogorov_smirnov_ratio(wide(u), [](double x) { return x; }), 1.0);
  PairCheck ab, au, bu, next;
  for (std::size_t i = 0; i < count; ++i) {
    const double pa = normal_below(a[i]), pb = normal_below(b[i]), pu = u[i];
    ab.add(pa, pb);
    au.add(pa, pu);
    bu.add(pb, pu);
    if (i > 0) next.add(normal_below(a[i - 1]), pa);
  }
  for (const PairCheck* check : {&ab, &au, &bu, &next}) {
    EXPECT_LT(check->deviations(), check_deviations);
  }
  fill_uniforms(key, test_stream, 3, 13, ids, u);
  EXPECT_LT(kolmogorov_smirnov_ratio(wide(u), [](double x) { return x; }), 1.0);
}

TEST(Distribution, MeaningsThatDifferInOnePartAreIndependent) {
  PairCheck id, county, person, month, draw, streams, seed, replicate, halves;
  for (std::uint32_t i = 0; i < count; ++i) {
    const Entity e{i % 1000u, static_cast<std::uint16_t>(i / 1000u), 0};
    const Entity next_county{e.id, static_cast<std::uint16_t>(e.county + 1), 0};
    const double u = uniform(key, test_stream, e, 6);
    id.add(u, uniform(key, test_stream, {e.id + 1, e.county, 0}, 6));
    county.add(u, uniform(key, test_stream, next_county, 6));
    person.add(u, uniform(key, test_stream, {e.id, e.county, 1}, 6));
    month.add(u, uniform(key, test_stream, e, 7));
    draw.add(u, uniform(key, test_stream, e, 6, 1));
    streams.add(u, uniform(key, stream("test.another"), e, 6));
    seed.add(u, uniform({key.seed + 1, key.replicate}, test_stream, e, 6));
    replicate.add(u, uniform({key.seed, key.replicate + 1}, test_stream, e, 6));
    halves.add(u, static_cast<double>(key64(key, test_stream, e, 6) >> 11) * 0x1p-53);
  }
  for (const PairCheck* check :
       {&id, &county, &person, &month, &draw, &streams, &seed, &replicate, &halves}) {
    EXPECT_LT(check->deviations(), check_deviations);
  }
}

TEST(Distribution, EngineBitsAndStandardDistributions) {
  DrawEngine engine(key, test_stream, {5, 5}, 5);
  std::vector<double> ones(64, 0.0);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t word = engine();
    for (std::size_t bit = 0; bit < 64; ++bit) ones[bit] += static_cast<double>(word >> bit & 1u);
  }
  for (const double n : ones) EXPECT_LT(std::fabs(n - count * 0.5), 6.0 * 500.0);

  DrawEngine fresh(key, test_stream, {6, 6}, 6);
  std::uniform_int_distribution<int> die(1, 6);
  std::vector<double> faces(6, 0.0);
  for (std::uint32_t i = 0; i < count; ++i) faces[static_cast<std::size_t>(die(fresh)) - 1] += 1.0;
  EXPECT_LT(chi_square_deviations(faces, std::vector<double>(6, 1.0 / 6.0)), check_deviations);
}

}  // namespace
}  // namespace terrace

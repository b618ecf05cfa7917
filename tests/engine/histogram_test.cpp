// Median and Gini from the histogram against exact values, within the bounds that its header
// states.
#include "engine/histogram.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/random.hpp>

namespace terrace::engine {
namespace {

struct Sample {
  std::vector<double> incomes;
  WeightedHistogram histogram;
};

Sample lognormal(double median, double sd, std::size_t n) {
  Sample s;
  IncomeHistogram h;
  for (std::uint32_t i = 0; i < n; ++i) {
    const double y = median * std::exp(sd * normal({3, 0}, stream("test.income"), {i, 1}, 0));
    s.incomes.push_back(y);
    const auto bin = static_cast<std::size_t>(income_bin(static_cast<float>(y)));
    h.persons[bin] += 1;
    h.income[bin] += to_fen(y);
  }
  s.histogram.add(h, 1.0);
  std::sort(s.incomes.begin(), s.incomes.end());
  return s;
}

double exact_median(const std::vector<double>& y) {
  const std::size_t n = y.size();
  return 0.5 * (y[(n - 1) / 2] + y[n / 2]);
}

double exact_gini(const std::vector<double>& y) {
  double sum = 0.0;
  double ranked = 0.0;
  for (std::size_t i = 0; i < y.size(); ++i) {
    sum += y[i];
    ranked += y[i] * (2.0 * static_cast<double>(i) + 1.0);
  }
  const auto n = static_cast<double>(y.size());
  return ranked / (n * sum) - 1.0;
}

TEST(Histogram, KeepsItsErrorBoundsOnLognormals) {
  for (const double median : {800.0, 6'000.0, 40'000.0}) {
    for (const double sd : {0.2, 0.5, 0.714, 1.0}) {
      const Sample s = lognormal(median, sd, 200'000);
      EXPECT_NEAR(median_of(s.histogram) / exact_median(s.incomes), 1.0, 0.002)
          << median << ' ' << sd;
      const double below = exact_gini(s.incomes) - gini_of(s.histogram);
      EXPECT_LT(below, 0.001) << median << ' ' << sd;
      EXPECT_GT(below, -1e-6) << "inequality inside a bin is left out, never added";
    }
  }
}

TEST(Histogram, MedianOfFewIsWithinABin) {
  for (std::size_t n = 1; n < 60; ++n) {
    const Sample s = lognormal(5'000, 0.7, n);
    const double low = s.incomes[(n - 1) / 2];
    const double high = s.incomes[n / 2];
    EXPECT_GT(median_of(s.histogram), low / 1.0371) << n;
    EXPECT_LT(median_of(s.histogram), high * 1.0371) << n;
  }
}

TEST(Histogram, BinsHoldWhatTheirEdgesSay) {
  EXPECT_EQ(income_bin(-5.0F), 0);
  EXPECT_EQ(income_bin(49.9F), 0);
  EXPECT_EQ(income_bin(1e9F), 255);
  for (float y = 51.0F; y < 450'000.0F; y *= 1.01F) {
    const auto bin = static_cast<std::size_t>(income_bin(y));
    EXPECT_GE(y, bin_edge(bin) * (1 - 1e-5));
    EXPECT_LT(y, bin_edge(bin + 1) * (1 + 1e-5));
  }
  EXPECT_NEAR(bin_edge(255), 500'000, 50.0);
}

TEST(Histogram, EqualIncomesHaveNoInequality) {
  IncomeHistogram h;
  h.persons[120] = 1'000;
  h.income[120] = to_fen(3'000.0) * 1'000;
  WeightedHistogram w;
  w.add(h, 2.5);
  EXPECT_NEAR(gini_of(w), 0.0, 1e-12);
  EXPECT_GE(median_of(w), bin_edge(120));
  EXPECT_LE(median_of(w), bin_edge(121));
}

TEST(Histogram, OneOwnsEverything) {
  IncomeHistogram h;
  h.persons[0] = 99;
  h.persons[200] = 1;
  h.income[200] = 10'000'000;
  WeightedHistogram w;
  w.add(h, 1.0);
  EXPECT_NEAR(gini_of(w), 0.99, 1e-9);
}

TEST(Histogram, NobodyGivesNoNumber) {
  const WeightedHistogram empty;
  EXPECT_TRUE(std::isnan(median_of(empty)));
  EXPECT_TRUE(std::isnan(gini_of(empty)));
}

TEST(Histogram, WeightsAddUp) {
  const Sample a = lognormal(3'000, 0.6, 1'000);
  WeightedHistogram twice = a.histogram;
  for (std::size_t b = 0; b < kIncomeBins; ++b) {
    twice.persons[b] *= 2.0;
    twice.income[b] *= 2.0;
  }
  EXPECT_DOUBLE_EQ(median_of(twice), median_of(a.histogram));
  EXPECT_NEAR(gini_of(twice), gini_of(a.histogram), 1e-12);
}

}  // namespace
}  // namespace terrace::engine

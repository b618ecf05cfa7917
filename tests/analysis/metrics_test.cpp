// The measures against closed forms, examples worked by hand, and what must hold of any sample.
#include <cmath>
#include <numbers>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/maths.hpp>

#include "analysis/metrics/dynamics.hpp"
#include "analysis/metrics/inequality.hpp"
#include "analysis/metrics/multidimensional.hpp"
#include "analysis/metrics/poverty.hpp"

namespace terrace::metrics {
namespace {

constexpr int kMany = 200'000;

/// The values of a distribution at the middles of equal steps of its distribution function.
template <class Quantile>
std::vector<double> values_of(Quantile at) {
  std::vector<double> out;
  for (int i = 0; i < kMany; ++i) out.push_back(at((i + 0.5) / kMany));
  return out;
}

std::vector<double> uniform() {
  return values_of([](double u) { return u; });
}
std::vector<double> exponential() {
  return values_of([](double u) { return -std::log(1.0 - u); });
}
std::vector<double> lognormal(double sd) {
  return values_of([sd](double u) { return std::exp(sd * exact::normal_quantile(u)); });
}

TEST(Metrics, QuantileIsTheFirstValueThatReachesTheShare) {
  const std::vector<double> values{30, 10, 20};
  const std::vector<double> weights{1, 1, 2};
  EXPECT_EQ(quantile({values, weights}, 0.25), 10);
  EXPECT_EQ(quantile({values, weights}, 0.26), 20);
  EXPECT_EQ(quantile({values, weights}, 0.5), 20);
  EXPECT_EQ(quantile({values, weights}, 1.0), 30);
  EXPECT_EQ(quantile({values}, 0.4), 20) << "of equal weights";
}

TEST(Metrics, OfNobodyAreNaN) {
  EXPECT_TRUE(std::isnan(mean({})));
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
  EXPECT_TRUE(std::isnan(fgt({}, 1.0, 0.0)));
  EXPECT_TRUE(std::isnan(watts({}, 1.0, 0.1)));
  EXPECT_TRUE(std::isnan(gini({})));
  EXPECT_TRUE(std::isnan(theil(Sample{})));
  const std::vector<double> zeros{0.0, 0.0};
  EXPECT_TRUE(std::isnan(gini({zeros})));
  EXPECT_TRUE(std::isnan(theil({zeros})));
}

TEST(Metrics, FosterGreerThorbeckeOfUniformIncomes) {
  // Incomes uniform on 0..1, line z: the gap of the poor is uniform on 0..1, so z / (alpha + 1).
  const std::vector<double> y = uniform();
  for (const double line : {0.2, 0.5}) {
    for (const double alpha : {0.0, 1.0, 2.0, 3.5}) {
      EXPECT_NEAR(fgt({y}, line, alpha), line / (alpha + 1.0), 1e-5) << line << ' ' << alpha;
    }
  }
}

TEST(Metrics, FosterGreerThorbeckeByHand) {
  // Line 100: gaps 0.5 (weight 2), 1 (an income below zero), none at the line.
  const std::vector<double> y{50, -10, 100, 300};
  const std::vector<double> weights{2, 1, 3, 4};
  EXPECT_DOUBLE_EQ(fgt({y, weights}, 100, 0), 0.3);
  EXPECT_DOUBLE_EQ(fgt({y, weights}, 100, 1), 0.2);
  EXPECT_DOUBLE_EQ(fgt({y, weights}, 100, 2), 0.15);
}

TEST(Metrics, WattsOfUniformIncomesAndItsFloor) {
  // Without a floor the mean of ln(z/y) over y in 0..z is 1, so z; a floor f cuts f off it.
  const std::vector<double> y = uniform();
  EXPECT_NEAR(watts({y}, 0.5, 1e-9), 0.5, 1e-4);
  // With the floor: integral of ln(z/max(y, f)) = f ln(z/f) + (z - f) - f ln(z/f) = z - f.
  EXPECT_NEAR(watts({y}, 0.5, 0.1), 0.4, 1e-4);
  const std::vector<double> one{50};
  EXPECT_DOUBLE_EQ(watts({one}, 100, 10), std::log(2.0));
  EXPECT_EQ(watts({one}, 100, 200), 0.0) << "a floor above the line leaves nobody short";
}

TEST(Metrics, GiniOfKnownDistributions) {
  const std::vector<double> same{5, 5};
  const std::vector<double> one_has_all{0, 8};
  const std::vector<double> quarters{3, 1};
  const std::vector<double> w{3, 1};
  EXPECT_NEAR(gini({same, w}), 0.0, 1e-15);
  EXPECT_NEAR(gini({one_has_all, w}), 0.75, 1e-15);
  EXPECT_NEAR(gini({quarters}), 0.25, 1e-15);
  EXPECT_NEAR(gini({uniform()}), 1.0 / 3.0, 1e-6);
  EXPECT_NEAR(gini({exponential()}), 0.5, 1e-4);
  EXPECT_NEAR(gini({lognormal(0.7)}), 2.0 * exact::normal_cdf(0.7 / std::numbers::sqrt2) - 1.0,
              1e-4);
}

TEST(Metrics, TheilOfKnownDistributions) {
  // Exponential: 1 - Euler's constant. Lognormal: half the variance of the log. Uniform on 0..1:
  // integral of 2u ln(2u) = ln 2 - 1/2.
  EXPECT_NEAR(theil({exponential()}), 1.0 - std::numbers::egamma, 3e-4);
  EXPECT_NEAR(theil({lognormal(0.7)}), 0.5 * 0.49, 3e-4);
  EXPECT_NEAR(theil({uniform()}), std::numbers::ln2 - 0.5, 1e-5);
  const std::vector<double> all_to_one{0, 0, 0, 8};
  EXPECT_NEAR(theil({all_to_one}), std::log(4.0), 1e-12);
}

TEST(Metrics, TheilOfTwoGroupsByHand) {
  // Groups {1, 3} and {8, 8}: means 2 and 8, of all 5.
  const std::vector<double> y{1, 3, 8, 8};
  const std::vector<std::uint32_t> group{0, 0, 1, 1};
  const Theil t = theil({y}, group);
  EXPECT_NEAR(t.between, 0.5 * (0.4 * std::log(0.4) + 1.6 * std::log(1.6)), 1e-12);
  // The first group's T is (0.5 ln 0.5 + 1.5 ln 1.5) / 2, and it has 4 of 20.
  EXPECT_NEAR(t.within, 0.2 * (0.5 * std::log(0.5) + 1.5 * std::log(1.5)) / 2.0, 1e-12);
  EXPECT_NEAR(t.total, t.between + t.within, 1e-12);
}

TEST(Metrics, TheilSplitsIntoItsPartsForAnyGroups) {
  const std::vector<double> y = lognormal(1.1);
  std::vector<double> weights;
  std::vector<std::uint32_t> group;
  for (std::size_t i = 0; i < y.size(); ++i) {
    weights.push_back(1.0 + static_cast<double>(i % 5));
    group.push_back(static_cast<std::uint32_t>((i * i) % 17));
  }
  const Theil t = theil({y, weights}, group);
  EXPECT_NEAR(t.total, t.between + t.within, 1e-10);
  EXPECT_GT(t.between, 0.0);
  EXPECT_GT(t.within, 0.0);
}

TEST(Metrics, KnowNeitherUnitsNorHowOftenASampleIsCounted) {
  const std::vector<double> y{3, 9, 1, 4, 12, 0.5};
  std::vector<double> in_fen;
  std::vector<double> twice(y);
  for (const double v : y) in_fen.push_back(100.0 * v), twice.push_back(v);
  const std::vector<double> double_weights(y.size(), 2.0);
  const auto same = [](double a, double b, const char* what) { EXPECT_NEAR(a, b, 1e-12) << what; };
  for (const double alpha : {0.0, 1.0, 2.0}) {
    same(fgt({y}, 3.5, alpha), fgt({in_fen}, 350.0, alpha), "scale");
    same(fgt({y}, 3.5, alpha), fgt({twice}, 3.5, alpha), "replication");
    same(fgt({y}, 3.5, alpha), fgt({y, double_weights}, 3.5, alpha), "weights");
  }
  same(watts({y}, 3.5, 1.0), watts({in_fen}, 350.0, 100.0), "scale");
  same(watts({y}, 3.5, 1.0), watts({twice}, 3.5, 1.0), "replication");
  for (const std::vector<double>* other : {&in_fen, &twice}) {
    same(gini({y}), gini({*other}), "Gini");
    same(theil({y}), theil({*other}), "Theil");
  }
}

TEST(Metrics, AlkireFosterByHand) {
  // Two dimensions of weight 1/2: one of one indicator, one of two.
  const std::vector<double> importance{0.5, 0.25, 0.25};
  const std::vector<std::uint8_t> deprived{1, 1, 0,   // 0.75
                                           0, 1, 0,   // 0.25
                                           0, 1, 1,   // 0.5
                                           0, 0, 0};  // 0
  const AlkireFoster all = alkire_foster(deprived, importance, 0.5);
  EXPECT_DOUBLE_EQ(all.h, 0.5);
  EXPECT_DOUBLE_EQ(all.a, 0.625);
  EXPECT_DOUBLE_EQ(all.m0, 0.3125);
  ASSERT_EQ(all.contributions.size(), 3U);
  EXPECT_DOUBLE_EQ(all.contributions[0], 0.5 * 0.25 / 0.3125);
  EXPECT_DOUBLE_EQ(all.contributions[1], 0.25 * 0.5 / 0.3125);
  EXPECT_DOUBLE_EQ(all.contributions[2], 0.25 * 0.25 / 0.3125);
  const std::vector<double> weights{1, 1, 1, 5};
  EXPECT_DOUBLE_EQ(alkire_foster(deprived, importance, 0.5, weights).h, 0.25);
  EXPECT_DOUBLE_EQ(alkire_foster(deprived, importance, 0.25).h, 0.75) << "the cut-off is reached";
  const AlkireFoster none = alkire_foster(deprived, importance, 0.9);
  EXPECT_EQ(none.m0, 0.0);
  EXPECT_TRUE(std::isnan(none.a));
  EXPECT_TRUE(std::isnan(none.contributions[0]));
  const std::vector<double> sixths(6, 1.0 / 6.0);
  const std::vector<std::uint8_t> two_of_six{1, 1, 0, 0, 0, 0};
  EXPECT_EQ(alkire_foster(two_of_six, sixths, 1.0 / 3.0).h, 1.0) << "in spite of rounding";
}

TEST(Metrics, JalanRavallionByHand) {
  const std::vector<double> relative{0.5, 0.5,   // always equally poor
                                     0.5, 1.7,   // not poor on average
                                     0.4, 0.8};  // total 0.2, chronic 0.4^2
  const Components c = jalan_ravallion({relative, 2});
  EXPECT_NEAR(c.total, (0.25 + 0.125 + 0.2) / 3, 1e-15);
  EXPECT_NEAR(c.chronic, (0.25 + 0.0 + 0.16) / 3, 1e-15);
  EXPECT_NEAR(c.transient, c.total - c.chronic, 1e-15);
  const std::vector<double> weights{0, 1, 0};
  EXPECT_NEAR(jalan_ravallion({relative, 2, weights}).transient, 0.125, 1e-15);
}

TEST(Metrics, DuclosAraarGilesByHand) {
  // Gaps 0.6 and 0 of one household, 0.3 and 0.3 of the other.
  const std::vector<double> relative{0.4, 2.0, 0.7, 0.7};
  const EquivalentGaps g = duclos_araar_giles({relative, 2});
  const double first = std::sqrt(0.36 / 2);
  EXPECT_NEAR(g.mean_gap, 0.3, 1e-15);
  EXPECT_NEAR(g.transient, (first + 0.3) / 2 - 0.3, 1e-15);
  EXPECT_NEAR(g.total, std::sqrt((0.18 + 0.09) / 2), 1e-15);
  EXPECT_NEAR(g.chronic() + g.transient, g.total, 1e-15);
  EXPECT_GT(g.inequality, 0.0);
}

TEST(Metrics, WithoutAversionToUnequalGapsAllOfDuclosAraarGilesIsTheMeanGap) {
  const std::vector<double> relative{0.4, 2.0, 0.7, 0.1};
  const EquivalentGaps g = duclos_araar_giles({relative, 2}, 1.0);
  EXPECT_NEAR(g.total, (0.6 + 0.3 + 0.9) / 4, 1e-15);
  EXPECT_NEAR(g.inequality, 0.0, 1e-15);
  EXPECT_NEAR(g.transient, 0.0, 1e-15);
}

TEST(Metrics, LastingPovertyIsChronicInBothWays) {
  const std::vector<double> relative{0.4, 0.4, 0.4, 0.9, 0.9, 0.9};
  EXPECT_NEAR(jalan_ravallion({relative, 3}).transient, 0.0, 1e-15);
  EXPECT_NEAR(duclos_araar_giles({relative, 3}).transient, 0.0, 1e-15);
  EXPECT_NEAR(duclos_araar_giles({relative, 3}, 3.0).transient, 0.0, 1e-12);
}

}  // namespace
}  // namespace terrace::metrics

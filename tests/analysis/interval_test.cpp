#include "analysis/interval.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/yearly.hpp>

namespace terrace::analysis {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// 0.975 and 0.95 quantiles of Student's t as statistical tables print them.
TEST(Interval, QuantilesAreThoseOfTables) {
  EXPECT_NEAR(t_quantile(2, 0.95), 12.706205, 1e-6);
  EXPECT_NEAR(t_quantile(3, 0.95), 4.302653, 1e-6);
  EXPECT_NEAR(t_quantile(5, 0.95), 2.776445, 1e-6);
  EXPECT_NEAR(t_quantile(31, 0.95), 2.042272, 1e-6);
  EXPECT_NEAR(t_quantile(5, 0.90), 2.131847, 1e-6);
}

// 2, 4, 6, 8: mean 5, variance 20/3, standard error sqrt(20/3/4) = 1.290994, t(3) = 3.182446.
TEST(Interval, OfFourValuesByHand) {
  const std::vector<double> values = {2, 4, 6, 8};
  const MeanInterval got = mean_interval(values, 0.95);
  EXPECT_EQ(got.n, 4U);
  EXPECT_DOUBLE_EQ(got.mean, 5.0);
  EXPECT_NEAR(got.error, 1.290994, 1e-6);
  EXPECT_NEAR(got.low, 5.0 - 3.182446 * 1.290994, 1e-5);
  EXPECT_NEAR(got.high, 5.0 + 3.182446 * 1.290994, 1e-5);
  EXPECT_TRUE(got.excludes_zero());
}

TEST(Interval, OneValueHasNone) {
  const std::vector<double> values = {kNan, 3.0, kNan};
  const MeanInterval got = mean_interval(values, 0.95);
  EXPECT_EQ(got.n, 1U);
  EXPECT_EQ(got.mean, 3.0);
  EXPECT_TRUE(got.too_small());
  EXPECT_TRUE(std::isnan(got.error) && std::isnan(got.low) && std::isnan(got.high));
  EXPECT_FALSE(got.excludes_zero());
}

TEST(Interval, NoValueHasNothing) {
  const std::vector<double> values = {kNan, std::numeric_limits<double>::infinity()};
  const MeanInterval got = mean_interval(values, 0.95);
  EXPECT_EQ(got.n, 0U);
  EXPECT_TRUE(std::isnan(got.mean));
}

// 0.1 + 0.1 + 0.1 is not 0.3 in binary: the mean must not pick up what a plain sum loses.
TEST(Interval, EqualValuesHaveNoWidth) {
  const std::vector<double> values = {0.1, 0.1, 0.1};
  const MeanInterval got = mean_interval(values, 0.95);
  EXPECT_EQ(got.mean, 0.1);
  EXPECT_EQ(got.error, 0.0);
  EXPECT_EQ(got.low, 0.1);
  EXPECT_EQ(got.high, 0.1);
}

TEST(Yearly, MonthsMakeAYearByTheirKind) {
  const Month start = month_of(2011, 1);
  const auto value = [](std::size_t month) { return static_cast<double>(month); };
  EXPECT_EQ(year_figure(start, false, false, 2012, value), 23.0);  // December is row 23
  EXPECT_EQ(year_figure(start, false, true, 2012, value), 12 * 17.5);
  EXPECT_EQ(year_figure(start, true, true, 2012, value), 1.0);
  const auto gap = [](std::size_t month) { return month == 14 ? kNan : 1.0; };
  EXPECT_TRUE(std::isnan(year_figure(start, false, true, 2012, gap)));
  EXPECT_EQ(year_figure(start, false, true, 2011, gap), 12.0);
}

TEST(Interval, ConfidenceInWords) {
  EXPECT_EQ(percent_text(0.95), "95 %");
  EXPECT_EQ(percent_text(0.999), "99.9 %");
  EXPECT_EQ(percent_text(0.29), "29 %");
}

}  // namespace
}  // namespace terrace::analysis

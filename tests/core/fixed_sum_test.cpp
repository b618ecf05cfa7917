#include "terrace/fixed_sum.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

// A small generator for test inputs only.
class Words {
 public:
  std::uint64_t next() {
    state_ += 0x9e3779b97f4a7c15u;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }

 private:
  std::uint64_t state_ = 7;
};

std::int64_t total_of(const std::vector<std::int64_t>& parts) {
  return std::accumulate(parts.begin(), parts.end(), std::int64_t{0});
}

using Parts = std::vector<std::int64_t>;

TEST(LargestRemainder, GivesTheRestToTheLargestRemainders) {
  // Shares 4.1, 3.3, 2.6.
  EXPECT_EQ(largest_remainder(10, std::vector{0.41, 0.33, 0.26}), (Parts{4, 3, 3}));
}

TEST(LargestRemainder, TiesGoToTheLowerIndex) {
  EXPECT_EQ(largest_remainder(5, std::vector{1.0, 1.0, 1.0}), (Parts{2, 2, 1}));
  EXPECT_EQ(largest_remainder(1, std::vector{0.1, 0.1, 0.1}), (Parts{1, 0, 0}));
}

TEST(LargestRemainder, NothingToGoBy) {
  EXPECT_EQ(largest_remainder(5, std::vector{0.0, 0.0}), (Parts{0, 0}));
  EXPECT_EQ(largest_remainder(5, std::vector<double>{}), Parts{});
  EXPECT_EQ(largest_remainder(0, std::vector{1.0, 2.0}), (Parts{0, 0}));
}

TEST(LargestRemainder, UnusableWeightsCountAsZero) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(largest_remainder(7, std::vector{-1.0, 1.0, infinity, nan, 0.0}),
            (Parts{0, 7, 0, 0, 0}));
}

TEST(LargestRemainder, NegativeTotalIsTheMirrorImage) {
  const std::vector weights{0.41, 0.33, 0.26};
  Parts mirrored = largest_remainder(10, weights);
  for (std::int64_t& part : mirrored) part = -part;
  EXPECT_EQ(largest_remainder(-10, weights), mirrored);
}

TEST(LargestRemainder, ExtremeWeightsAndTotals) {
  const std::int64_t large = (std::int64_t{1} << 62) - 1;
  for (const double scale : {1e-310, 1e-300, 1.0, 1e300, 1e308}) {
    const Parts parts = largest_remainder(large, std::vector{scale, scale / 2, scale / 4});
    EXPECT_EQ(total_of(parts), large) << scale;
    EXPECT_NEAR(static_cast<double>(parts[0]) / static_cast<double>(large), 4.0 / 7.0, 1e-9);
  }
}

TEST(LargestRemainder, AddsUpAndStaysWithinOneOfTheShare) {
  Words words;
  for (int round = 0; round < 2000; ++round) {
    std::vector<double> weights(1 + words.next() % 40);
    for (double& weight : weights) weight = words.next() % 5 == 0 ? 0.0 : words.unit() * 100.0;
    const auto total = static_cast<std::int64_t>(words.next() % 100'000);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    const Parts parts = largest_remainder(total, weights);
    ASSERT_EQ(total_of(parts), sum > 0.0 ? total : 0);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (weights[i] == 0.0) {
        ASSERT_EQ(parts[i], 0);
        continue;
      }
      const double share = static_cast<double>(total) * weights[i] / sum;
      ASSERT_LT(std::fabs(static_cast<double>(parts[i]) - share), 1.0 + 1e-9);
    }
  }
}

TEST(LargestRemainder, FollowsAPermutationOfDistinctWeights) {
  Words words;
  for (int round = 0; round < 200; ++round) {
    std::vector<double> weights(20);
    for (double& weight : weights) weight = words.unit();
    const Parts parts = largest_remainder(997, weights);
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t i = order.size() - 1; i > 0; --i) {
      std::swap(order[i], order[words.next() % (i + 1)]);
    }
    std::vector<double> shuffled;
    for (const std::size_t i : order) shuffled.push_back(weights[i]);
    const Parts moved = largest_remainder(997, shuffled);
    for (std::size_t i = 0; i < order.size(); ++i) ASSERT_EQ(moved[i], parts[order[i]]);
  }
}

// The definition, one value at a time.
template <typename T>
double lanes_by_hand(const std::vector<T>& values) {
  double lane[8] = {};
  for (std::size_t i = 0; i < values.size(); ++i) {
    // Keeps the compiler from vectorising the reference.
    volatile double sum = lane[i % 8] + static_cast<double>(values[i]);
    lane[i % 8] = sum;
  }
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

TEST(LaneSum, EqualsItsDefinitionBitForBit) {
  Words words;
  for (const std::size_t size : {0u, 1u, 7u, 8u, 9u, 15u, 16u, 63u, 1000u, 4099u}) {
    std::vector<double> values(size);
    std::vector<float> floats(size);
    for (std::size_t i = 0; i < size; ++i) {
      values[i] = (words.unit() - 0.3) * std::ldexp(1.0, static_cast<int>(words.next() % 40));
      floats[i] = static_cast<float>(values[i]);
    }
    EXPECT_EQ(std::bit_cast<std::uint64_t>(lane_sum(values)),
              std::bit_cast<std::uint64_t>(lanes_by_hand(values)));
    EXPECT_EQ(std::bit_cast<std::uint64_t>(lane_sum(floats)),
              std::bit_cast<std::uint64_t>(lanes_by_hand(floats)));
  }
}

TEST(LaneSum, GoldenValue) {
  Words words;
  std::vector<double> values(1003);
  for (double& value : values) value = words.unit();
  EXPECT_EQ(std::bit_cast<std::uint64_t>(lane_sum(values)), 0x407e968586f5142du);
}

TEST(Ration, TakesTheFirstByScoreThenKeyThenIndex) {
  const std::vector<RankedBid> bids{
      {2.0, 1, 0}, {1.0, 9, 1}, {1.0, 3, 2}, {1.0, 3, 3}, {0.5, 7, 4}};
  EXPECT_EQ(ration(bids, 0), std::vector<std::uint32_t>{});
  EXPECT_EQ(ration(bids, 3), (std::vector<std::uint32_t>{4, 2, 3}));
  EXPECT_EQ(ration(bids, 5), (std::vector<std::uint32_t>{4, 2, 3, 1, 0}));
  EXPECT_EQ(ration(bids, 99).size(), 5u);
  EXPECT_TRUE(ration({}, 3).empty());
}

TEST(Ration, NanComesLastAndZerosAreEqual) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  constexpr double infinity = std::numeric_limits<double>::infinity();
  const std::vector<RankedBid> bids{{nan, 0, 0},  {infinity, 5, 1},  {0.0, 2, 2},
                                    {-0.0, 1, 3}, {-infinity, 9, 4}, {nan, 0, 5}};
  EXPECT_EQ(ration(bids, 6), (std::vector<std::uint32_t>{4, 3, 2, 1, 0, 5}));
}

TEST(Ration, DoesNotDependOnTheOrderOfArrival) {
  Words words;
  std::vector<RankedBid> bids(500);
  for (std::uint32_t i = 0; i < bids.size(); ++i) {
    bids[i] = {static_cast<double>(words.next() % 20), words.next() % 4, i};
  }
  const std::vector<std::uint32_t> first = ration(bids, 200);
  for (int round = 0; round < 20; ++round) {
    for (std::size_t i = bids.size() - 1; i > 0; --i) {
      std::swap(bids[i], bids[words.next() % (i + 1)]);
    }
    ASSERT_EQ(ration(bids, 200), first);
  }
}

}  // namespace
}  // namespace terrace

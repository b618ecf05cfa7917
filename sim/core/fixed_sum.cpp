#include "terrace/fixed_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "terrace/check.hpp"
#include "terrace/clones.hpp"

namespace terrace {

namespace {

__extension__ using Wide = unsigned __int128;

struct Remainder {
  Wide size;
  std::size_t index;
};

double usable(double weight) {
  return weight > 0.0 && weight <= std::numeric_limits<double>::max() ? weight : 0.0;
}

}  // namespace

std::vector<std::int64_t> largest_remainder(std::int64_t total, std::span<const double> weights) {
  constexpr std::int64_t limit = std::int64_t{1} << 62;
  require(-limit < total && total < limit, "largest_remainder: |total| < 2^62");
  require(weights.size() < (std::size_t{1} << 31), "largest_remainder: fewer than 2^31 weights");
  std::vector<std::int64_t> parts(weights.size(), 0);
  double largest = 0.0;
  for (const double weight : weights) largest = std::max(largest, usable(weight));
  if (largest == 0.0 || total == 0) return parts;

  // Weights become integers below 2^53, so that every share and every tie is decided exactly.
  // A power of two scales without rounding: from now on all is integer arithmetic.
  int exponent = 0;
  (void)std::frexp(largest, &exponent);
  std::vector<std::uint64_t> scaled(weights.size());
  Wide sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    // In two steps, since 2^(53 - exponent) alone may be beyond a double.
    const double fraction = std::ldexp(usable(weights[i]), -exponent);
    scaled[i] = static_cast<std::uint64_t>(std::ldexp(fraction, 53));
    sum += scaled[i];
  }

  const std::int64_t sign = total < 0 ? -1 : 1;
  const auto size = static_cast<std::uint64_t>(total * sign);
  std::vector<Remainder> remainders;
  remainders.reserve(weights.size());
  std::uint64_t given = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const Wide share = static_cast<Wide>(size) * scaled[i];
    const auto whole = static_cast<std::uint64_t>(share / sum);
    parts[i] = sign * static_cast<std::int64_t>(whole);
    given += whole;
    remainders.push_back({share % sum, i});
  }
  // What is left is the sum of the remainders over `sum`: less than the number of weights whose
  // remainder is not zero, so a weight of zero never receives anything.
  const auto left = static_cast<std::ptrdiff_t>(size - given);
  const auto larger_first = [](const Remainder& a, const Remainder& b) {
    return a.size != b.size ? a.size > b.size : a.index < b.index;
  };
  std::nth_element(remainders.begin(), remainders.begin() + left, remainders.end(), larger_first);
  for (std::ptrdiff_t i = 0; i < left; ++i) {
    parts[remainders[static_cast<std::size_t>(i)].index] += sign;
  }
  return parts;
}

namespace detail {

double lane_sum_doubles(const double* values, std::size_t count);
double lane_sum_floats(const float* values, std::size_t count);

template <typename T>
TERRACE_ALWAYS_INLINE double lane_sum_of(const T* values, std::size_t count) {
  double lanes[8] = {};
  const std::size_t whole = count - count % 8;
  for (std::size_t i = 0; i < whole; i += 8) {
    for (std::size_t lane = 0; lane < 8; ++lane) {
      lanes[lane] += static_cast<double>(values[i + lane]);
    }
  }
  for (std::size_t i = whole; i < count; ++i) lanes[i - whole] += static_cast<double>(values[i]);
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) +
         ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

TERRACE_CLONES double lane_sum_doubles(const double* values, std::size_t count) {
  return lane_sum_of(values, count);
}

TERRACE_CLONES double lane_sum_floats(const float* values, std::size_t count) {
  return lane_sum_of(values, count);
}

}  // namespace detail

double lane_sum(std::span<const double> values) {
  return detail::lane_sum_doubles(values.data(), values.size());
}

double lane_sum(std::span<const float> values) {
  return detail::lane_sum_floats(values.data(), values.size());
}

std::vector<std::uint32_t> ration(std::span<const RankedBid> bids, std::size_t places) {
  const auto before = [](const RankedBid& a, const RankedBid& b) {
    const bool a_nan = a.score != a.score;
    const bool b_nan = b.score != b.score;
    if (a_nan != b_nan) return b_nan;
    if (!a_nan && a.score != b.score) return a.score < b.score;
    if (a.key != b.key) return a.key < b.key;
    return a.index < b.index;
  };
  // The order is total, so any correct library gives the same first places.
  std::vector<RankedBid> ranked(bids.begin(), bids.end());
  const auto taken = static_cast<std::ptrdiff_t>(std::min(places, ranked.size()));
  std::nth_element(ranked.begin(), ranked.begin() + taken, ranked.end(), before);
  std::sort(ranked.begin(), ranked.begin() + taken, before);
  std::vector<std::uint32_t> indices;
  indices.reserve(static_cast<std::size_t>(taken));
  for (std::ptrdiff_t i = 0; i < taken; ++i) {
    indices.push_back(ranked[static_cast<std::size_t>(i)].index);
  }
  return indices;
}

}  // namespace terrace

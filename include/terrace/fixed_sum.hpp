// Sums, shares and rankings whose result is one and the same whatever the compiler, the vector
// width, the standard library or the order in which candidates came.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace terrace {

/// Divides `total` in proportion to `weights` into whole parts that add up to `total` exactly: each
/// gets its share rounded down, and what is left goes one by one to the largest remainders, of
/// equal ones to the lower index. Each part is less than 1 from its exact share.
/// Weights below 0, infinite or NaN count as 0, as do those under 2^-52 of the largest (all are
/// taken as multiples of that). If all are 0, so are all parts, and nothing is given out.
/// A negative total is divided like its opposite. |total| < 2^62, fewer than 2^31 weights.
std::vector<std::int64_t> largest_remainder(std::int64_t total, std::span<const double> weights);

/// The sum in eight lanes: value i is added to lane i mod 8 in order, and the lanes are added as
/// ((0+4)+(2+6)) + ((1+5)+(3+7)). Vectorises without changing a bit. An empty sum is 0.
double lane_sum(std::span<const double> values);

/// The same for floats, added in double precision.
double lane_sum(std::span<const float> values);

/// A claim to one of a limited number of places.
struct RankedBid {
  double score;         ///< lowest is served first; NaN comes after every number
  std::uint64_t key;    ///< decides between equal scores: draw it with key64()
  std::uint32_t index;  ///< whatever the caller uses to find the bidder again; decides last
};

/// The indices of the first `places` bids in the order (score, key, index), in that order; all of
/// them if there are fewer. First score, then rank, then take: never first come, first served.
std::vector<std::uint32_t> ration(std::span<const RankedBid> bids, std::size_t places);

}  // namespace terrace

// Shapley values of games of five players, in whole numbers.
//
// A player's value is its marginal gain, averaged over all orders in which the five may join. Of a
// coalition's worth it takes s!(4-s)!/5! for each of the sets of s others it joins: 12, 3, 2, 3 or
// 12 parts in 60. So a value is a sum of whole multiples of worths, over 60: with whole worths
// nothing is rounded, and the five values add up to what all achieve together.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace terrace::attribution {

inline constexpr std::size_t kPlayers = 5;
inline constexpr unsigned kCoalitions = 32;  ///< bit i: player i is in
inline constexpr unsigned kEverybody = kCoalitions - 1;
inline constexpr std::int64_t kParts = 60;

constexpr bool is_in(unsigned coalition, std::size_t player) {
  return (coalition >> player & 1U) != 0;
}

/// How often the worth of a coalition counts in a player's value, in sixtieths.
constexpr std::int64_t parts_of(unsigned coalition, std::size_t player) {
  constexpr std::array<std::int64_t, kPlayers> kByOthers{12, 3, 2, 3, 12};
  const unsigned others = coalition & ~(1U << player);
  const std::int64_t parts = kByOthers.at(static_cast<std::size_t>(std::popcount(others)));
  return is_in(coalition, player) ? parts : -parts;
}

using Parts = std::array<std::int64_t, kPlayers>;

/// The same for a game in which only the players of `able` do anything: the worth of a coalition of
/// some of them is that of all coalitions that it forms with others. `coalition` is within `able`.
constexpr Parts parts_among(unsigned able, unsigned coalition) {
  Parts sum{};
  for (unsigned c = 0; c < kCoalitions; ++c) {
    if ((c & able) != coalition) continue;
    for (std::size_t i = 0; i < kPlayers; ++i) sum.at(i) += parts_of(c, i);
  }
  return sum;
}

/// The values of a game, in sixtieths.
constexpr Parts shapley_parts(const std::array<std::int64_t, kCoalitions>& worth) {
  Parts sum{};
  for (unsigned c = 0; c < kCoalitions; ++c) {
    for (std::size_t i = 0; i < kPlayers; ++i) sum.at(i) += parts_of(c, i) * worth.at(c);
  }
  return sum;
}

}  // namespace terrace::attribution

// Ids of households within their county, and what they tell of descent.
//
// An id is 20 bits of the founder and four groups of three bits: the n-th household to split off
// from a household writes n into its first free group. So ids are never reused, need no counter,
// and in their order a household is followed by its branches.
#pragma once

#include <cstdint>

namespace terrace {

inline constexpr unsigned kFounderShift = 12;
inline constexpr unsigned kBranchBits = 3;
inline constexpr std::uint32_t kBranches = 7;  ///< a household can have, at each of four levels

/// The household of the first year from which this one descends.
constexpr std::uint32_t founder_of(std::uint32_t id) { return id >> kFounderShift; }

/// False once the ids of its branches are used up.
constexpr bool can_branch(std::uint32_t id, std::uint8_t divisions) {
  return divisions < kBranches && (id & kBranches) == 0;
}

/// The id of the next branch; can_branch() holds.
constexpr std::uint32_t branch_id(std::uint32_t id, std::uint8_t divisions) {
  unsigned shift = kFounderShift - kBranchBits;
  while ((id >> shift & kBranches) != 0) shift -= kBranchBits;
  return id | (std::uint32_t{divisions} + 1) << shift;
}

/// The id of the household that this one split off from; a founder's is its own.
constexpr std::uint32_t parent_of(std::uint32_t id) {
  for (unsigned shift = 0; shift < kFounderShift; shift += kBranchBits) {
    if ((id >> shift & kBranches) != 0) return id & ~(kBranches << shift);
  }
  return id;
}

}  // namespace terrace

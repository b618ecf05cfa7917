// What a household can reach from where it lives. The relocated stay on the books of their village
// and till its land, but they live at a site near a town.
#pragma once

#include <cstddef>
#include <cstdint>

#include <terrace/county.hpp>

namespace terrace {

/// Lives at a relocation site. Who has gone back lives in a dilapidated house, or in one that has
/// been repaired to grade B; houses of sites are of grade A and do not decay.
inline bool lives_at_site(const HouseholdTable& t, std::size_t h) {
  return (t.services[h] & service::moved) != 0 && static_cast<House>(t.house[h]) == House::a;
}

/// Bits of `access`: a site has everything, others have what their village has.
inline std::uint8_t reach_of(const County& c, std::size_t h) {
  constexpr std::uint8_t everything =
      access::road | access::power | access::network | access::clinic | access::teaching_point;
  return lives_at_site(c.households, h) ? everything : c.villages.access[c.households.village[h]];
}

}  // namespace terrace

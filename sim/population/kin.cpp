#include "population/kin.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace terrace {

namespace {

constexpr StreamId kRing = stream("synthesis.kin");
constexpr std::uint8_t kRings = kKin / 2;

/// The next free place of a household takes the link, unless it is there already.
void link(HouseholdTable& t, std::size_t household, std::uint16_t to) {
  for (auto& kin : t.kin) {
    if (kin[household] == to) return;
    if (kin[household] == kNoKin) {
      kin[household] = to;
      return;
    }
  }
}

}  // namespace

void link_kin(County& county, RunKey key) {
  HouseholdTable& t = county.households;
  for (auto& kin : t.kin) std::fill(kin.begin(), kin.end(), kNoKin);
  std::vector<std::pair<std::uint64_t, std::uint16_t>> ring;
  for (std::size_t v = 0; v < county.villages.size(); ++v) {
    const std::size_t first = county.villages.first[v];
    const std::size_t end =
        v + 1 < county.villages.size() ? county.villages.first[v + 1] : t.size();
    for (std::uint8_t r = 0; r < kRings && end - first > 1; ++r) {
      ring.clear();
      for (std::size_t h = first; h < end; ++h) {
        ring.emplace_back(key64(key, kRing, {t.id[h], county.number}, 0, r),
                          static_cast<std::uint16_t>(h - first));
      }
      std::sort(ring.begin(), ring.end());
      for (std::size_t i = 0; i < ring.size(); ++i) {
        const std::uint16_t one = ring[i].second;
        const std::uint16_t other = ring[(i + 1) % ring.size()].second;
        link(t, first + one, other);
        link(t, first + other, one);
      }
    }
  }
}

}  // namespace terrace

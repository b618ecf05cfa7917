// Public services that villages get by ordinary works after 2012. In the burn-in nothing is built,
// as with all levels.
#include <array>
#include <utility>

#include <terrace/random.hpp>

#include "economy/village_business.hpp"

namespace terrace::economy {

namespace {
constexpr StreamId kWorks = stream("access.works");
}

void close_access(CountyWork& work, const EconomyParameters& p) {
  if (work.frame->burn_in) return;
  VillageTable& t = work.county->villages;
  const std::array<std::pair<std::uint8_t, double>, 5> works = {
      {{access::road, p.access.road_gain},
       {access::power, p.access.power_gain},
       {access::network, p.access.network_gain},
       {access::clinic, p.access.clinic_gain},
       {access::teaching_point, p.access.teaching_gain}}};
  for (std::size_t v = 0; v < t.size(); ++v) {
    const Entity village{t.id[v], work.number()};
    for (std::size_t k = 0; k < works.size(); ++k) {
      const auto [bit, gain] = works[k];
      if ((t.access[v] & bit) != 0) continue;
      if (bernoulli(work.key(), kWorks, village, work.month, gain, static_cast<std::uint8_t>(k)))
        t.access[v] = static_cast<std::uint8_t>(t.access[v] | bit);
    }
    const double lacks = 255.0 - t.school_quality[v];
    t.school_quality[v] =
        static_cast<std::uint8_t>(t.school_quality[v] + p.access.school_gain * lacks + 0.5);
  }
}

}  // namespace terrace::economy

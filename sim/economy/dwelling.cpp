// December: what villages carry into the next year, and what households and ordinary public
// services mend on their own: dilapidated houses, water, insurance.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {
constexpr StreamId kRepair = stream("dwelling.repair");
constexpr StreamId kWater = stream("dwelling.water");
constexpr StreamId kInsurance = stream("dwelling.insurance");
}  // namespace

void close_villages(CountyWork& work) {
  County& c = *work.county;
  const HouseholdTable& t = c.households;
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    const std::size_t end = v + 1 < c.villages.size() ? c.villages.first[v + 1] : t.size();
    double away = 0.0;
    double members = 0.0;
    for (std::size_t h = c.villages.first[v]; h < end; ++h) {
      away += t.away[h];
      members += t.members[h];
    }
    c.villages.migrant_share[v] = members > 0.0 ? static_cast<float>(away / members) : 0.0F;
  }
}

void dwelling(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const Entity who{t.id[h], c.number};
    if (static_cast<House>(t.house[h]) >= House::c) {
      const double ratio = std::max(0.05, static_cast<double>(work.income[h]) /
                                              (p.dwelling.repair_lines * work.frame->poverty_line));
      const double chance = p.dwelling.repair_rate * exact::pow(ratio, p.dwelling.repair_income);
      if (uniform(work.key(), kRepair, who, work.month) < chance)
        t.house[h] = static_cast<std::uint8_t>(House::b);
    }
    if ((t.services[h] & service::water) == 0 &&
        uniform(work.key(), kWater, who, work.month) < work.frame->safe_water_gain) {
      t.services[h] = static_cast<std::uint8_t>(t.services[h] | service::water);
    }
    if ((t.services[h] & service::insured) == 0 &&
        uniform(work.key(), kInsurance, who, work.month) < p.health.insurance_join) {
      t.services[h] = static_cast<std::uint8_t>(t.services[h] | service::insured);
    }
  }
}

}  // namespace terrace::economy

// December: what villages carry into the next year, and what households and ordinary public
// services mend on their own: dilapidated houses, water, insurance.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/village_business.hpp"

namespace terrace::economy {

namespace {
constexpr StreamId kRepair = stream("dwelling.repair");
constexpr StreamId kWater = stream("dwelling.water");
constexpr StreamId kServices = stream("dwelling.services");
constexpr StreamId kInsurance = stream("dwelling.insurance");
}  // namespace

/// Electricity and network where the village has them, and a sanitary toilet: sooner for those who
/// earn more. Nothing is connected in the burn-in, which holds levels. Income is relative to that
/// at which repair_rate holds.
void connect(CountyWork& work, std::size_t h, double ratio, const Access& p) {
  County& c = *work.county;
  const std::uint8_t has = c.households.services[h];
  const std::uint8_t reach = c.villages.access[c.households.village[h]];
  std::uint8_t wants = service::toilet;
  if ((reach & access::power) != 0) wants |= service::power;
  if ((reach & access::network) != 0) wants |= service::network;
  wants = static_cast<std::uint8_t>(wants & ~has);
  if (wants == 0) return;
  const double scale = exact::pow(ratio, p.join_income);
  const Block b = draw_block(work.key(), kServices, {c.households.id[h], c.number}, work.month);
  std::uint8_t gets = 0;
  if (uniform24(b[0]) < scale * p.power_join) gets |= service::power;
  if (uniform24(b[1]) < scale * p.network_join) gets |= service::network;
  if (uniform24(b[2]) < scale * p.toilet_join) gets |= service::toilet;
  c.households.services[h] = static_cast<std::uint8_t>(has | (wants & gets));
}

namespace {

/// What households join by themselves, and what ordinary works bring.
void gain_services(CountyWork& work, std::size_t h, double ratio, const EconomyParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  const Entity who{t.id[h], c.number};
  const std::uint8_t had = t.services[h];
  if (!work.frame->burn_in) connect(work, h, ratio, p.access);
  if ((had & service::water) == 0 &&
      uniform(work.key(), kWater, who, work.month) < work.frame->safe_water_gain) {
    t.services[h] = static_cast<std::uint8_t>(t.services[h] | service::water);
  }
  if ((had & service::insured) == 0 &&
      uniform(work.key(), kInsurance, who, work.month) < p.health.insurance_join) {
    t.services[h] = static_cast<std::uint8_t>(t.services[h] | service::insured);
  }
  const auto gained = static_cast<std::uint8_t>(t.services[h] & ~had);
  if (gained != 0) work.note(h, EventKind::connected, gained);
}

}  // namespace

void close_villages(CountyWork& work) {
  County& c = *work.county;
  const HouseholdTable& t = c.households;
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    const std::size_t end = village_end(c, v);
    double away = 0.0;
    double members = 0.0;
    for (std::size_t h = c.villages.first[v]; h < end; ++h) {
      away += t.away[h];
      members += t.members[h];
    }
    c.villages.loss[1][v] = c.villages.loss[0][v];
    // A bad harvest is a loss like a flood: registers count drought and frost as disasters.
    c.villages.loss[0][v] = std::max(0.0F, 1.0F - work.village_farm[v]);
    c.villages.migrant_share[v] = members > 0.0 ? static_cast<float>(away / members) : 0.0F;
  }
}

void dwelling(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const Entity who{t.id[h], c.number};
    const double ratio = std::max(0.05, static_cast<double>(work.income[h]) /
                                            (p.dwelling.repair_lines * work.frame->poverty_line));
    gain_services(work, h, ratio, p);
    if (static_cast<House>(t.house[h]) < House::c) continue;
    const double chance = p.dwelling.repair_rate * exact::pow(ratio, p.dwelling.repair_income);
    if (uniform(work.key(), kRepair, who, work.month) >= chance) continue;
    t.house[h] = static_cast<std::uint8_t>(House::b);
    work.note(h, EventKind::housed, t.house[h]);
  }
}

}  // namespace terrace::economy

// Poor villages that are no longer poor villages.
#include "population/village_rows.hpp"
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr std::uint8_t kAccess =
    access::road | access::power | access::network | access::clinic | access::teaching_point;

/// What the rule counts in a village: members, of them on the register; households, of them with
/// safe water.
struct VillageCount {
  double persons = 0.0;
  double registered = 0.0;
  double households = 0.0;
  double water = 0.0;
};

VillageCount count_village(const HouseholdTable& t, std::size_t first, std::size_t end) {
  VillageCount n;
  for (std::size_t h = first; h < end; ++h) {
    n.persons += t.members[h];
    if (on_register(t.status[h])) n.registered += t.members[h];
    n.households += 1.0;
    if ((t.services[h] & service::water) != 0) n.water += 1.0;
  }
  return n;
}

}  // namespace

void delist_villages(CountyWork& work, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  VillageTable& v = work.county->villages;
  for (std::size_t i = 0; i < v.size(); ++i) {
    if (static_cast<VillageStanding>(v.standing[i]) != VillageStanding::poor) continue;
    const VillageCount n = count_village(t, v.first[i], village_end(*work.county, i));
    const bool few = n.registered < work.plan->delist_share * n.persons;
    const bool served =
        (v.access[i] & kAccess) == kAccess && n.water >= p.evaluation.village_water * n.households;
    const bool funded = static_cast<double>(v.fund[i]) >= p.evaluation.village_fund_min;
    if (few && served && funded)
      v.standing[i] = static_cast<std::uint8_t>(VillageStanding::delisted);
  }
}

}  // namespace terrace::registry

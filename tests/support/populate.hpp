// Synthetic counties of the small layout.
#pragma once

#include <vector>

#include "population/synthesis.hpp"
#include "support/small_layout.hpp"

namespace terrace::test {

inline const PopulationParameters kDefaults = default_population_parameters();
inline constexpr RunKey kKey{7, 0};

inline std::vector<County> populate(const PopulationSpec& spec, RunKey key = kKey) {
  const HouseholdMix mix = fit_household_mix(spec.layout);
  auto counties = lay_out_counties(spec, kDefaults, key.seed);
  for (County& county : counties) synthesise_county(county, spec, kDefaults, mix, key);
  return counties;
}

}  // namespace terrace::test

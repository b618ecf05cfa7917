// What the government knows and decides about a household: identify, adjust, verify, let go. Only
// the register's own steps may read a household's true income, and then through an error.
#pragma once

#include "population/county_work.hpp"
#include "registry/parameters.hpp"

namespace terrace::registry {

/// The five guarantees beside income: "two assurances" (food and clothing) and "three guarantees".
struct Guarantees {
  bool food, schooling, insurance, housing, water;
  bool all() const { return food && schooling && insurance && housing && water; }
};
Guarantees guarantees_of(const CountyWork& work, std::size_t household, double c_sub);

/// Score of a household in the first registration: low is poor.
///   ln(max(y, 100) / z) + sigma * noise - check_weight * (failed - village_mean_failed)
double score(double income, double line, double noise, double failed, double village_mean_failed,
             const Identification& p);

/// Log of verified income. `shortfall` of the exit plan is g = max(0, 1 - honest passes / plan).
///   ln y + pressure * g * max(0, ln(margin * x / y)) + sd * noise
double log_verified(double income, double exit_line, double shortfall, double noise,
                    const ExitRules& p);

// May.
void identify(CountyWork& work,
              const RegistryParameters& p);  ///< the first registration, under the quota
void adjust(CountyWork& work, const RegistryParameters& p);  ///< look-back, then yearly adjustment
// November and December.
void verify(CountyWork& work, const RegistryParameters& p);
void let_go(CountyWork& work, const RegistryParameters& p);
// December: the statistics bureau's sample, which knows nothing of the register.
void survey(CountyWork& work, const RegistryParameters& p);

/// The register's month: whichever of the above is due.
void month(CountyWork& work, const RegistryParameters& p);

}  // namespace terrace::registry

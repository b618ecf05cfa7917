// Land that a household's own hands cannot work: what a cooperative may lease.
#pragma once

#include <algorithm>

#include "population/village_rows.hpp"

namespace terrace {

struct LeaseRules {
  double mu_an_adult = 0.0;  ///< that an adult works at the usual rate
  double most = 0.0;         ///< mu that one household lets
};

/// Mu that the household would let; strips under a tenth of a mu are not worth a contract.
inline double idle_mu(const HouseholdTable& t, std::size_t h, const LeaseRules& rules) {
  constexpr double kSixteenth = 0.0625;  // of an adult: the unit of farm labour
  const double idle = 0.01 * t.land[h] - kSixteenth * t.labour[h] * rules.mu_an_adult;
  return idle < 0.1 ? 0.0 : std::min(idle, rules.most);
}

inline double idle_mu_of_village(const County& c, std::size_t v, const LeaseRules& rules) {
  double mu = 0.0;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h)
    mu += idle_mu(c.households, h, rules);
  return mu;
}

}  // namespace terrace

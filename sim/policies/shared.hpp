// What several modules need: paying under a scenario's multipliers, and the county's median land.
#pragma once

#include <algorithm>
#include <vector>

#include <terrace/policy.hpp>

namespace terrace::policies {

/// `effect` says how much of a payment reaches the household, `cost` what the public pays, which is
/// never less; the difference stays with those who deliver it.
inline void pay_with_effect(PolicyMonth& now, std::uint32_t household, double yuan,
                            const ModuleSettings& settings, Payee payee) {
  const Fen received = to_fen(yuan * settings.effect);
  const Fen total = std::max(received, to_fen(yuan * settings.cost));
  now.pay(household, received, payee);
  if (total > received) now.pay(household, total - received, Payee::supplier);
}

/// Contracted land of the county's median household, hundredths of a mu; 0 without households.
inline double median_land(const HouseholdTable& t) {
  std::vector<std::uint16_t> land(t.land);
  if (land.empty()) return 0.0;
  std::sort(land.begin(), land.end());
  return land[land.size() / 2];
}

}  // namespace terrace::policies

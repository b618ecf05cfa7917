// Paying under a scenario's multipliers: `effect` says how much of a payment reaches the household,
// `cost` what it costs the public; the difference stays with those who deliver it.
#pragma once

#include <algorithm>

#include <terrace/policy.hpp>

namespace terrace::policies {

inline void pay_with_effect(PolicyMonth& now, std::uint32_t household, double yuan,
                            const ModuleSettings& settings, Payee payee) {
  const Fen received = to_fen(yuan * settings.effect);
  const Fen total = std::max(received, to_fen(yuan * settings.cost));
  now.pay(household, received, payee);
  if (total > received) now.pay(household, total - received, Payee::supplier);
}

}  // namespace terrace::policies

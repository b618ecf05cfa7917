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

/// The household's enrolment in the module at hand, or null. In the month in which a contract is
/// renewed before it has run out, the old one.
inline const Enrolment* enrolment_of(const PolicyMonth& now, std::uint32_t household) {
  const std::vector<Enrolment>& list = now.county->enrolments[now.module];
  const auto at =
      std::lower_bound(list.begin(), list.end(), household,
                       [](const Enrolment& e, std::uint32_t row) { return e.household < row; });
  return at != list.end() && at->household == household ? &*at : nullptr;
}

/// On the register or on the monitoring list: whom plans are made for.
inline bool listed(const HouseholdTable& t, std::size_t household) {
  return on_register(t.status[household]) || static_cast<Watch>(t.watch[household]) != Watch::none;
}

/// Has not been struck off since it was registered.
inline bool ever_registered(std::uint8_t status) {
  return on_register(status) || static_cast<Status>(status) == Status::exited;
}

/// Whom resident teams and contact cadres visit: the listed and those who have left.
inline bool looked_after(const HouseholdTable& t, std::size_t household) {
  return listed(t, household) || ever_registered(t.status[household]);
}

/// Contracted land of the county's median household, hundredths of a mu; 0 without households.
inline double median_land(const HouseholdTable& t) {
  std::vector<std::uint16_t> land(t.land);
  if (land.empty()) return 0.0;
  std::sort(land.begin(), land.end());
  return land[land.size() / 2];
}

}  // namespace terrace::policies

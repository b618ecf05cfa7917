// Verification in November: income as cadres see it, the guarantees, the county's plan, and the
// pressure that builds up when the plan is missed.
#include <algorithm>
#include <array>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kVerify = stream("register.verify");
constexpr StreamId kWaive = stream("register.waive");

/// The first guarantee that is missing and not overlooked; none if all pass. Each that is missing
/// is overlooked with chance pressure * shortfall.
Reason missing_guarantee(const CountyWork& work, std::size_t h, double chance,
                         const RegistryParameters& p) {
  const Guarantees g = guarantees_of(work, h, p.c_sub);
  if (g.all()) return Reason::none;
  constexpr std::array<Reason, 5> kWhat = {Reason::food_or_clothes, Reason::schooling,
                                           Reason::insurance, Reason::housing, Reason::water};
  const Entity who{work.county->households.id[h], work.county->number};
  const std::array<bool, 5> met = {g.food, g.schooling, g.insurance, g.housing, g.water};
  for (std::size_t k = 0; k < met.size(); ++k) {
    const auto draw = static_cast<std::uint8_t>(k);
    if (met[k]) continue;
    if (chance <= 0.0 || uniform(work.key(), kWaive, who, work.month, draw) >= chance)
      return kWhat[k];
  }
  return Reason::none;
}

}  // namespace

double log_verified(double income, double exit_line, double shortfall, double noise,
                    const ExitRules& p) {
  const double y = std::max(income, kLeastIncome);
  const double below = std::max(0.0, exact::log(p.exit_margin * exit_line / y));
  return exact::log(y) + p.target_pressure * shortfall * below + p.income_verify_sd * noise;
}

void verify(CountyWork& work, const RegistryParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  const double bar = exact::log(p.exit.exit_margin * work.frame->exit_line);
  work.passes.assign(t.size(), 0);
  double listed = 0.0;
  double honest = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (!on_register(t.status[h])) continue;
    listed += 1.0;
    const double noise = normal(work.key(), kVerify, {t.id[h], c.number}, work.month);
    if (log_verified(work.income[h], work.frame->exit_line, 0.0, noise, p.exit) >= bar &&
        missing_guarantee(work, h, 0.0, p) == Reason::none)
      honest += 1.0;
  }
  work.exit_plan = std::min(
      listed, static_cast<double>(static_cast<std::int64_t>(work.frame->exit_pace * listed + 0.5)));
  const double shortfall =
      work.exit_plan > 0.0 ? std::max(0.0, 1.0 - honest / work.exit_plan) : 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (!on_register(t.status[h])) continue;
    const double noise = normal(work.key(), kVerify, {t.id[h], c.number}, work.month);
    const double seen =
        log_verified(work.income[h], work.frame->exit_line, shortfall, noise, p.exit);
    t.verified[h] = static_cast<float>(exact::exp(seen));
    const Reason why = seen < bar
                           ? Reason::income_too_low
                           : missing_guarantee(work, h, p.exit.target_pressure * shortfall, p);
    work.passes[h] = why == Reason::none ? 1 : 0;
    if (why != Reason::none) work.note(h, EventKind::kept, why);
  }
}

}  // namespace terrace::registry

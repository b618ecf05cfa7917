// Verification in November and exit in December: income above the line as cadres see it, the
// guarantees, the county's plan, and the pressure that builds up when the plan is missed.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kVerify = stream("register.verify");
constexpr StreamId kWaive = stream("register.waive");
constexpr StreamId kNotice = stream("register.notice");

/// Each failed guarantee is overlooked with chance pressure * shortfall.
bool guarantees_pass(const CountyWork& work, std::size_t h, double chance,
                     const RegistryParameters& p) {
  const Guarantees g = guarantees_of(work, h, p.c_sub);
  if (g.all()) return true;
  if (chance <= 0.0) return false;
  const Entity who{work.county->households.id[h], work.county->number};
  const bool met[5] = {g.food, g.schooling, g.insurance, g.housing, g.water};
  bool pass = true;
  for (std::uint8_t k = 0; k < 5; ++k) {
    if (!met[k]) pass = pass && uniform(work.key(), kWaive, who, work.month, k) < chance;
  }
  return pass;
}

}  // namespace

double log_verified(double income, double exit_line, double shortfall, double noise,
                    const ExitRules& p) {
  const double y = std::max(income, 100.0);
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
        guarantees_pass(work, h, 0.0, p))
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
    work.passes[h] =
        seen >= bar && guarantees_pass(work, h, p.exit.target_pressure * shortfall, p) ? 1 : 0;
  }
}

void let_go(CountyWork& work, const RegistryParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  std::vector<RankedBid> bids;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (!on_register(t.status[h]) || work.passes[h] == 0) continue;
    const Entity who{t.id[h], c.number};
    // Neighbours read the public notice: some truly poor are held back.
    const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
    if (poor && uniform(work.key(), kNotice, who, work.month) < p.exit.notice_catch) continue;
    bids.push_back({-static_cast<double>(t.verified[h]),
                    key64(work.key(), kVerify, who, work.month), static_cast<std::uint32_t>(h)});
  }
  const double cap = (1.0 + p.exit.exit_over) * work.exit_plan;
  auto places = static_cast<std::size_t>(cap);
  if (static_cast<double>(places) < cap) ++places;
  for (const std::uint32_t h : ration(bids, places)) {
    t.status[h] = static_cast<std::uint8_t>(Status::exited);
    work.event(Sum::exits) += 1.0;
  }
}

void month(CountyWork& work, const RegistryParameters& p) {
  if (!work.frame->registry) return;
  const int year = work.frame->year;
  const int first = static_cast<int>(p.identification.first_year);
  if (year < first) return;
  switch (work.month_number()) {
    case 5:
      if (year == first) identify(work, p);
      if (year >= static_cast<int>(p.identification.look_back_year) && year > first)
        adjust(work, p);
      break;
    case 11:
      verify(work, p);
      break;
    case 12:
      let_go(work, p);
      break;
    default:
      break;
  }
}

}  // namespace terrace::registry

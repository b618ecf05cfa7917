// Shocks: the persistent residual of income, weather, village disasters, major illness.
#include <cmath>

#include <terrace/clones.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace kernel {
TERRACE_CLONES void persist(float* u, const float* normals, std::size_t n, float phi, float sd) {
  for (std::size_t i = 0; i < n; ++i) u[i] = phi * u[i] + sd * normals[i];
}
}  // namespace kernel

namespace {

constexpr StreamId kFarm = stream("shock.farm");
constexpr StreamId kYield = stream("shock.yield");
constexpr StreamId kDisaster = stream("shock.disaster");
constexpr StreamId kIllness = stream("shock.illness");
constexpr StreamId kIllnessCost = stream("shock.illness.cost");
constexpr StreamId kPersistent = stream("shock.persistent");

double illness_rate(int age, const Health& h) {
  if (age < 20) return 0.5 * h.ill_rate_20_40;
  if (age < 40) return h.ill_rate_20_40;
  if (age >= 60) return h.ill_rate_60;
  return h.ill_rate_20_40 + (h.ill_rate_60 - h.ill_rate_20_40) * (age - 40) / 20.0;
}

void draw_illnesses(CountyWork& work, const EconomyParameters& p) {
  const County& c = *work.county;
  for (auto& month : work.illnesses) month.clear();
  for (std::size_t i = 0; i < c.persons.size(); ++i) {
    const std::size_t h = work.owner[i];
    const Entity who{c.households.id[h], c.number, c.persons.number[i]};
    const Block b = draw_block(work.key(), kIllness, who, work.month);
    const double chronic = (c.persons.female[i] & 4U) != 0U ? 1.5 : 1.0;
    const double rate = chronic * illness_rate(age_at(c.persons.birth[i], work.month), p.health);
    const double u = uniform53(b[0], b[1]);
    if (u >= rate) continue;
    const double cost =
        p.health.ill_cost_median *
        exact::exp(p.health.ill_cost_sigma * normal(work.key(), kIllnessCost, who, work.month));
    const bool disables = uniform24(b[3]) < p.health.disable_given_ill;
    const bool forgoes = u < rate * p.health.forgone_care;
    // The month: what is left of the word that no other use reads.
    const std::size_t month = static_cast<std::size_t>(12.0 * uniform24(b[2]));
    work.illnesses[month].push_back(
        {static_cast<std::uint32_t>(i), static_cast<float>(cost), forgoes, disables});
  }
}

void fall_ill(CountyWork& work, const IllnessEvent& event, const EconomyParameters& p) {
  County& c = *work.county;
  const std::size_t h = work.owner[event.person];
  work.event(Sum::illnesses) += 1.0;
  const bool insured = (c.households.services[h] & service::insured) != 0;
  const double own = event.cost * (insured ? 1.0 - work.frame->reimbursement : 1.0);
  const double cash = c.households.wealth[h];
  const bool untreated = event.forgoes && own > 0.5 * (cash > 0.0 ? cash : 0.0);
  if (!untreated) pay_bill(work, h, own);

  PersonTable& persons = c.persons;
  const std::size_t i = event.person;
  if (event.disables && persons.disability[i] < 2) ++persons.disability[i];
  const auto activity = static_cast<Activity>(persons.activity[i]);
  // A public post is kept through an illness; those who do not work lose nothing but the bill.
  const bool works = activity == Activity::farm || activity == Activity::searching ||
                     activity == Activity::local_wage || activity == Activity::migrant;
  if (works) {
    leave_work(work, i);
    persons.activity[i] = static_cast<std::uint8_t>(Activity::ill);
    const int months = static_cast<int>(p.health.ill_labour_loss + 0.5) * (untreated ? 2 : 1);
    const Month until = work.month + months;
    persons.state_until[i] = pack_month(until);
    if (year_of(until) == work.frame->year)
      work.due[static_cast<std::size_t>(month_in_year(until) - 1)].push_back(event.person);
  }
  refresh_household(c, h, work.month, p);
}

void strike_villages(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    if (work.village_disaster_month[v] != work.month_number()) continue;
    work.village_farm[v] *= 1.0F - work.village_loss[v];
    const float kept = 1.0F - work.village_loss[v] * static_cast<float>(p.disaster.exposed_assets);
    const std::size_t end =
        v + 1 < c.villages.size() ? c.villages.first[v + 1] : c.households.size();
    for (std::size_t h = c.villages.first[v]; h < end; ++h) c.households.assets[h] *= kept;
  }
}

}  // namespace

void draw_shocks(CountyWork& work, const EconomyParameters& p) {
  const County& c = *work.county;
  const std::size_t n = c.households.size();
  work.farm_shock.resize(n);
  fill_normals(work.key(), kFarm, c.number, work.month, c.households.id, work.farm_shock);
  const auto v = static_cast<float>(p.risk.var_trans);
  const auto sd = static_cast<float>(std::sqrt(p.risk.var_trans));
  for (float& e : work.farm_shock) e = sd * e - 0.5F * v;

  const double common = 0.5 * p.risk.sigma_yield * p.risk.sigma_yield;
  work.village_farm.assign(c.villages.size(), 1.0F);
  work.village_loss.assign(c.villages.size(), 0.0F);
  work.village_disaster_month.assign(c.villages.size(), 0);
  for (std::size_t i = 0; i < c.villages.size(); ++i) {
    const Entity village{c.villages.id[i], c.number};
    const double yield =
        std::sqrt(common) * normal(work.key(), kYield, village, work.month) - 0.5 * common;
    work.village_farm[i] = static_cast<float>(exact::exp(yield));
    const Block b = draw_block(work.key(), kDisaster, village, work.month);
    const double rate =
        p.disaster.disaster_rate * (c.villages.hazard[i] != 0 ? p.disaster.hazard_ratio : 1.0);
    if (uniform53(b[0], b[1]) >= rate) continue;
    work.village_disaster_month[i] =
        static_cast<std::uint8_t>(1 + static_cast<int>(12.0F * uniform24(b[2])));
    work.village_loss[i] = static_cast<float>(p.disaster.disaster_loss);
  }
  draw_illnesses(work, p);
}

void shocks(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  const std::size_t n = c.households.size();
  work.normals.resize(n);
  fill_normals(work.key(), kPersistent, c.number, work.month, c.households.id, work.normals);
  // Monthly law that keeps the annual autocorrelation and the stationary variance.
  const double phi = exact::pow(p.risk.phi_pers, 1.0 / 12.0);
  const double sd = std::sqrt(p.var_pers * (1.0 - phi * phi));
  kernel::persist(c.households.u_pers.data(), work.normals.data(), n, static_cast<float>(phi),
                  static_cast<float>(sd));
  strike_villages(work, p);
  for (const IllnessEvent& event :
       work.illnesses[static_cast<std::size_t>(work.month_number() - 1)])
    fall_ill(work, event, p);
}

}  // namespace terrace::economy

// Shocks: the persistent residual of income, weather, village disasters.
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
constexpr StreamId kPersistent = stream("shock.persistent");

void strike_villages(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    if (work.village_disaster_month[v] != work.month_number()) continue;
    work.event(Sum::disasters) += 1.0;
    work.village_farm[v] *= 1.0F - work.village_loss[v];
    const float kept = 1.0F - work.village_loss[v] * static_cast<float>(p.disaster.exposed_assets);
    const std::size_t end =
        v + 1 < c.villages.size() ? c.villages.first[v + 1] : c.households.size();
    for (std::size_t h = c.villages.first[v]; h < end; ++h) {
      c.households.assets[h] *= kept;
      work.note(h, EventKind::disaster, work.village_loss[v]);
    }
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
}

}  // namespace terrace::economy

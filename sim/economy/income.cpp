// Income of the month by component: farm, local wages, work away, transfers, property.
#include <array>

#include <terrace/clones.hpp>
#include <terrace/maths.hpp>

#include "economy/covid.hpp"
#include "economy/economy.hpp"
#include "economy/settle.hpp"

namespace terrace::economy {

namespace kernel {

/// Constants of one month and county. Money in yuan of 2012 a month unless said.
struct IncomeMonth {
  float level;  ///< log farm productivity: A0, place, growth
  float K_base, alpha, theta_L, theta_H, fixed;
  float ln_land_unit, ln_labour_unit;
  float farm_share;      ///< of the year's farm income
  float local, migrant;  ///< pay of the mean worker as it reaches the household
  float lam_w;
  float per_head, per_mu;  ///< other public transfers
  float pension;           ///< a person of 60 and more
  float kin_elder;         ///< an elder without adults
  float graduate;          ///< a former member in town
  float rent;              ///< a mu that the household cannot work
  float wealth_return;
  float nominal_to_real;  ///< 1 / price level
};

struct IncomeColumns {
  const std::uint16_t *land, *leased;
  const std::uint8_t *members, *labour, *elders, *graduates;
  const float *assets, *wealth, *u_perm, *u_pers, *local_rate, *migrant_rate, *allowance;
  const float *farm_shock, *village_level,
      *village_factor;  // village columns spread over households
  const float *f_farm, *f_wage, *f_labour, *f_transfer, *f_local, *f_property, *f_farm_cash;
  float *farm, *local, *migrant, *transfer, *property, *received;
};

TERRACE_CLONES void income(const IncomeColumns& c, const IncomeMonth& m, std::size_t n) {
  TERRACE_NO_ALIASES
  for (std::size_t i = 0; i < n; ++i) {
    const float u = c.u_perm[i] + c.u_pers[i];
    const float contracted = static_cast<float>(static_cast<std::int32_t>(c.land[i])) * 0.01F;
    const float land =
        contracted - static_cast<float>(static_cast<std::int32_t>(c.leased[i])) * 0.01F;
    const float graduates = static_cast<float>(static_cast<std::int32_t>(c.graduates[i]));
    const float hands =
        static_cast<float>(static_cast<std::int32_t>(c.labour[i])) * 0.0625F * c.f_labour[i];
    const float elders = static_cast<float>(static_cast<std::int32_t>(c.elders[i]));
    const float members = static_cast<float>(static_cast<std::int32_t>(c.members[i]));
    const float ln_land = exact::log(land + 0.01F);
    const float ln_hands = exact::log(hands + 1e-6F);
    const float k = exact::exp(m.alpha * exact::log(c.assets[i] + m.K_base));
    const float low = m.theta_L * k;
    const float high = m.theta_H * k - m.fixed;
    const float tech = high > low ? high : low;
    const float ln_scale = m.level + c.village_level[i] + u + c.farm_shock[i] +
                           0.3F * (ln_land - m.ln_land_unit) + 0.3F * (ln_hands - m.ln_labour_unit);
    const float works = hands > 0.0F ? 1.0F : 0.0F;
    const float farm =
        works * tech * exact::exp(ln_scale) * c.village_factor[i] * c.f_farm[i] * m.farm_share +
        c.f_farm_cash[i];
    const float wage = exact::exp(m.lam_w * u) * c.f_wage[i];
    const float local = m.local * c.local_rate[i] * wage + c.f_local[i];
    const float migrant = m.migrant * c.migrant_rate[i] * wage;
    const float alone = elders >= members ? m.kin_elder : 0.0F;
    const float transfer = m.per_head * members + m.per_mu * contracted +
                           (m.pension + alone) * elders + m.graduate * graduates +
                           c.allowance[i] * m.nominal_to_real + c.f_transfer[i];
    const float cash = c.wealth[i] > 0.0F ? c.wealth[i] : 0.0F;
    const float property =
        m.wealth_return * cash + (1.0F - works) * m.rent * land + c.f_property[i];
    c.farm[i] += farm;
    c.local[i] += local;
    c.migrant[i] += migrant;
    c.transfer[i] += transfer;
    c.property[i] += property;
    c.received[i] = farm + local + migrant + transfer + property;
  }
}

}  // namespace kernel

namespace {

kernel::IncomeMonth month_constants(const CountyWork& work, const EconomyParameters& p) {
  const YearFrame& f = *work.frame;
  const FarmAssets& farm = p.farm;
  const Transfers& t = p.transfers;
  const double growth = exact::exp(t.other_growth * f.growth_years);
  const double other = t.other_transfers * growth / 12.0;
  const double place = work.county->place;
  kernel::IncomeMonth m{};
  m.level = static_cast<float>(farm.A0 + place + farm.farm_growth * f.growth_years);
  m.K_base = static_cast<float>(farm.K_base);
  m.alpha = static_cast<float>(farm.alpha_K);
  m.theta_L = static_cast<float>(farm.theta_L);
  m.theta_H = static_cast<float>(farm.theta_L * farm.theta_H_ratio);
  m.fixed = static_cast<float>(farm.tau * farm.F_fixed);
  m.ln_land_unit = static_cast<float>(exact::log(farm.land_unit));
  m.ln_labour_unit = static_cast<float>(exact::log(farm.labour_unit));
  m.farm_share = kFarmMonth[work.month_number() - 1];
  m.local = static_cast<float>(local_pay(work, p));
  const double lost = f.burn_in ? 0.0 : covid_loss(p.covid, f.year, work.month_number());
  m.migrant = static_cast<float>(p.work.remit * f.migrant_wage / f.price * p.work.months_migrant /
                                 12.0 * (1.0 - lost));
  m.lam_w = static_cast<float>(p.work.lam_w);
  m.per_head = static_cast<float>(other * (1.0 - t.other_land_share));
  // The part paid by land: as much a mu as a mean person's land of two mu would bring a head.
  m.per_mu = static_cast<float>(other * t.other_land_share / 2.0);
  m.pension = static_cast<float>(f.pension / f.price / 12.0);
  m.kin_elder = static_cast<float>(t.kin_elder * f.migrant_wage / f.price);
  m.graduate = static_cast<float>(t.graduate_remit * f.migrant_wage / f.price / 12.0);
  m.rent = static_cast<float>(farm.rent_land / 12.0);
  m.wealth_return = static_cast<float>(p.consumption.return_wealth / 12.0);
  m.nominal_to_real = static_cast<float>(1.0 / f.price);
  return m;
}

}  // namespace

double local_pay(const CountyWork& work, const EconomyParameters& p) {
  const YearFrame& f = *work.frame;
  const int month = work.month_number();
  const double lost =
      f.burn_in ? 0.0 : covid_loss(p.covid, f.year, month) * covid_local(p.covid, month);
  return f.local_wage / f.price * exact::exp(p.work.local_place * work.county->place) *
         p.work.months_local / 12.0 * (1.0 - lost);
}

namespace {

/// Village values spread over households (they lie by village), so that the kernel needs no gather.
void spread_villages(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  const VillageTable& v = work.county->villages;
  for (auto& column : work.village_spread) column.resize(t.size());
  for (std::size_t i = 0; i < t.size(); ++i) {
    const std::uint16_t village = t.village[i];
    work.village_spread[0][i] = v.productivity[village];
    work.village_spread[1][i] = work.village_farm[village] * work.village_crop[village];
  }
}

/// Where a month's income is added.
struct Receipts {
  std::array<float*, kComponents> components;
  float* received;
};

kernel::IncomeColumns columns_of(const CountyWork& work, const Receipts& to) {
  const HouseholdTable& t = work.county->households;
  return {t.land.data(),
          t.leased.data(),
          t.members.data(),
          t.labour.data(),
          t.elders.data(),
          t.graduates.data(),
          t.assets.data(),
          t.wealth.data(),
          t.u_perm.data(),
          t.u_pers.data(),
          t.local_rate.data(),
          t.migrant_rate.data(),
          t.allowance.data(),
          work.farm_shock.data(),
          work.village_spread[0].data(),
          work.village_spread[1].data(),
          work.flows.farm.data(),
          work.flows.wage.data(),
          work.flows.farm_labour.data(),
          work.flows.transfer.data(),
          work.flows.local_wage.data(),
          work.flows.property.data(),
          work.flows.farm_cash.data(),
          to.components[0],
          to.components[1],
          to.components[2],
          to.components[3],
          to.components[4],
          to.received};
}

}  // namespace

void income(CountyWork& work, const EconomyParameters& p) {
  HouseholdTable& t = work.county->households;
  spread_villages(work);
  work.received.resize(t.size());
  Receipts to{};
  for (std::size_t k = 0; k < kComponents; ++k) to.components[k] = work.this_year[k].data();
  to.received = work.received.data();
  kernel::income(columns_of(work, to), month_constants(work, p), t.size());
}

void expect_month(CountyWork& work, const EconomyParameters& p, ExpectedMonth& to) {
  const std::size_t n = work.county->households.size();
  spread_villages(work);
  Receipts receipts{};
  for (std::size_t k = 0; k < kComponents; ++k) {
    to.components[k].assign(n, 0.0F);
    receipts.components[k] = to.components[k].data();
  }
  to.received.resize(n);
  receipts.received = to.received.data();
  kernel::IncomeMonth m = month_constants(work, p);
  m.farm_share = 1.0F / 12.0F;
  kernel::income(columns_of(work, receipts), m, n);
}

}  // namespace terrace::economy

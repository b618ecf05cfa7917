// The month's sums and the histogram of income, over the households of one county in their order.
#include <array>

#include <terrace/clones.hpp>
#include <terrace/maths.hpp>

#include "engine/county_year.hpp"
#include "engine/histogram.hpp"
#include "registry/registry.hpp"

namespace terrace::engine {

namespace kernel {

TERRACE_CLONES void bins(const float* income, std::size_t n, std::uint8_t* bin) {
  for (std::size_t i = 0; i < n; ++i) bin[i] = static_cast<std::uint8_t>(income_bin(income[i]));
}

}  // namespace kernel

namespace {

using Sums = std::array<double, kSums>;

double& at(Sums& s, Sum which) { return s[sum_index(which)]; }

void add_poverty(Sums& s, double n, double y, double z, double x) {
  if (y < x) at(s, Sum::below_exit_line) += n;
  if (y >= z) return;
  const double gap = 1.0 - (y > 0.0 ? y : 0.0) / z;
  at(s, Sum::poor_persons) += n;
  at(s, Sum::poverty_gap) += n * gap;
  at(s, Sum::squared_gap) += n * gap * gap;
  // Watts: incomes under 100 yuan count as 100.
  at(s, Sum::watts) += n * exact::log(z / (y > 100.0 ? y : 100.0));
}

void add_register(Sums& s, Status status, double n, double y, double z,
                  const registry::Guarantees& g) {
  if (on_register(status)) {
    at(s, Sum::registered_households) += 1.0;
    at(s, Sum::registered_persons) += n;
    at(s, Sum::registered_income) += n * y;
    if (y < z) at(s, Sum::registered_poor) += n;
    at(s, Sum::registered_food) += g.food ? n : 0.0;
    at(s, Sum::registered_schooling) += g.schooling ? n : 0.0;
    at(s, Sum::registered_insurance) += g.insurance ? n : 0.0;
    at(s, Sum::registered_housing) += g.housing ? n : 0.0;
    at(s, Sum::registered_water) += g.water ? n : 0.0;
  } else if (status == Status::exited) {
    at(s, Sum::exited_households) += 1.0;
    at(s, Sum::exited_persons) += n;
    if (y < z) at(s, Sum::exited_poor) += n;
  }
}

/// How this year to date and last year's totals make twelve months, as in economy/consumption.cpp.
struct TwelveMonths {
  double farm_left, left;  ///< shares of last year's farm and other income
};

TwelveMonths twelve_months(int month) {
  double farm_left = 1.0;
  for (int i = 0; i < month; ++i) farm_left -= static_cast<double>(economy_farm_month(i));
  if (month == 12) farm_left = 0.0;
  return {farm_left, (12 - month) / 12.0};
}

/// Income by component over the last twelve months, nominal, whole household.
void add_components(Sums& s, const CountyWork& work, std::size_t h, const TwelveMonths& w,
                    double price) {
  const HouseholdTable& t = work.county->households;
  constexpr Sum kWhich[kComponents] = {Sum::farm, Sum::local_wage, Sum::migrant_wage, Sum::transfer,
                                       Sum::property};
  for (std::size_t k = 0; k < kComponents; ++k) {
    const double left = k == 0 ? w.farm_left : w.left;
    at(s, kWhich[k]) += price * (static_cast<double>(work.this_year[k][h]) +
                                 left * static_cast<double>(t.last_year[k][h]));
  }
}

void add_households(CountyWork& work, const Model& model, Sums& s) {
  const HouseholdTable& t = work.county->households;
  const YearFrame& f = *work.frame;
  const int month = work.month_number();
  const TwelveMonths window = twelve_months(month);
  IncomeHistogram& histogram = work.report->histogram[static_cast<std::size_t>(month - 1)];
  for (std::size_t h = 0; h < t.size(); ++h) {
    const double n = t.members[h];
    const double y = work.income[h];
    const double residents = work.residents[h];
    at(s, Sum::persons) += n;
    at(s, Sum::residents) += residents;
    at(s, Sum::income) += y * residents;
    at(s, Sum::consumption) += static_cast<double>(t.consumption[h]) * residents * f.price;
    at(s, Sum::wealth) += static_cast<double>(t.wealth[h]);
    at(s, Sum::assets) += static_cast<double>(t.assets[h]);
    at(s, Sum::migrants) += t.away[h];
    if ((t.notes[h] & note::listed) != 0) at(s, Sum::listed_migrants) += t.away[h];
    at(s, Sum::dropouts) += t.dropouts[h];
    add_components(s, work, h, window, f.price);
    add_poverty(s, n, y, f.poverty_line, f.exit_line);
    const registry::Guarantees g = registry::guarantees_of(work, h, model.registry.c_sub);
    at(s, Sum::food) += g.food ? n : 0.0;
    at(s, Sum::schooling) += g.schooling ? n : 0.0;
    at(s, Sum::insurance) += g.insurance ? n : 0.0;
    at(s, Sum::housing) += g.housing ? n : 0.0;
    at(s, Sum::water) += g.water ? n : 0.0;
    at(s, Sum::good_housing) += static_cast<House>(t.house[h]) == House::a ? n : 0.0;
    const double paid = t.bills[h];
    if (paid > 0.4 * (f.price > 0.0 ? y / f.price * residents : 0.0)) at(s, Sum::hardship) += n;
    at(s, Sum::debt) += t.wealth[h] < 0.0F ? 1.0 : 0.0;
    at(s, Sum::loans) += 10.0 * t.loan[h] / f.price;
    at(s, Sum::durables) += 10.0 * t.durables[h];
    at(s, Sum::effort) += static_cast<double>(work.effort[h]);
    at(s, Sum::power) += (t.services[h] & service::power) != 0 ? n : 0.0;
    at(s, Sum::network) += (t.services[h] & service::network) != 0 ? n : 0.0;
    at(s, Sum::toilet) += (t.services[h] & service::toilet) != 0 ? n : 0.0;
    at(s, Sum::coop_members) += t.leased[h] > 0 ? 1.0 : 0.0;
    at(s, Sum::farm_area) += 0.01 * t.land[h];
    at(s, Sum::watched_households) += t.watch[h] != 0 ? 1.0 : 0.0;
    at(s, Sum::on_ordinary_allowance) += t.allowance[h] > 0.0F ? n : 0.0;
    const auto status = static_cast<Status>(t.status[h]);
    if (status != Status::no) add_register(s, status, n, y, f.poverty_line, g);
    histogram.persons[work.income_bins[h]] += t.members[h];
    histogram.income[work.income_bins[h]] += to_fen(y) * t.members[h];
  }
}

/// Of last December's poor, who is not poor now; of those who had left by then, who is back.
void add_returns(const CountyWork& work, Sums& s) {
  const HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const double n = t.members[h];
    const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
    const std::uint8_t past = t.poor_years[h];
    if ((past & 1U) != 0U) at(s, Sum::was_poor) += n;
    if ((past & 1U) != 0U && !poor) at(s, Sum::left_poverty) += n;
    if ((past & 3U) == 2U) at(s, Sum::had_left) += n;
    if ((past & 3U) == 2U && poor) at(s, Sum::fell_back) += n;
  }
}

void add_villages(CountyWork& work, Sums& s) {
  const VillageTable& v = work.county->villages;
  const HouseholdTable& t = work.county->households;
  for (std::size_t i = 0; i < v.size(); ++i) {
    at(s, Sum::solar_villages) += v.solar[i] > 0.0F ? 1.0 : 0.0;
    at(s, Sum::village_funds) += static_cast<double>(v.fund[i]);
    const std::size_t end = i + 1 < v.size() ? v.first[i + 1] : t.size();
    double land = 0.0;
    for (std::size_t h = v.first[i]; h < end; ++h) land += t.land[h];
    const double bearing = 0.01 * land * static_cast<double>(v.bearing[i]);
    at(s, Sum::crop_area) += bearing;
    at(s, Sum::crop_worth) += bearing * work.plan->crop_price[v.crop[i]];
  }
}

void add_money(const Ledger& ledger, Sums& s) {
  for (const PotAccount& pot : ledger.pots) {
    at(s, Sum::money_in) += to_yuan(pot.inflow);
    at(s, Sum::money_delivered) += to_yuan(pot.delivered);
    at(s, Sum::money_overhead) += to_yuan(pot.overhead);
    at(s, Sum::money_lost) += to_yuan(pot.lost);
    at(s, Sum::money_delayed) += to_yuan(pot.delayed);
    at(s, Sum::money_balance) += to_yuan(pot.balance);
  }
  at(s, Sum::money_captured) = to_yuan(ledger.captured);
}

}  // namespace

void tally_month(CountyWork& work, const Model& model) {
  const HouseholdTable& t = work.county->households;
  const std::size_t n = t.size();
  work.income_bins.resize(n);
  kernel::bins(work.income.data(), n, work.income_bins.data());

  Sums s = work.events;
  at(s, Sum::households) = static_cast<double>(n);
  at(s, Sum::adults) = work.adults;
  at(s, Sum::local_workers) = work.employed + work.coop_workers;
  at(s, Sum::coop_jobs) = work.coop_workers;
  at(s, Sum::public_posts) = work.public_posts;
  at(s, Sum::searching) = work.searching;
  at(s, Sum::pupils) = work.pupils;
  add_households(work, model, s);
  add_villages(work, s);
  if (work.month_number() == 12) add_returns(work, s);
  add_money(work.county->ledger, s);

  auto& out = work.report->sums[static_cast<std::size_t>(work.month_number() - 1)];
  out.assign(s.begin(), s.end());
  for (const auto& module : work.module_events) out.insert(out.end(), module.begin(), module.end());
}

}  // namespace terrace::engine

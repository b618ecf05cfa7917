// The ends of the year: the scratch of January, what is drawn or decided before the first month,
// and what December hands on.
#include <algorithm>

#include "economy/economy.hpp"
#include "economy/settle.hpp"

namespace terrace::economy {

namespace {

/// Household row of every person.
void find_owners(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  work.owner.resize(work.county->persons.size());
  for (std::size_t h = 0; h < t.size(); ++h) {
    const std::size_t end = t.first[h] + t.members[h];
    for (std::size_t i = t.first[h]; i < end; ++i) work.owner[i] = static_cast<std::uint32_t>(h);
  }
}

void clear_scratch(CountyWork& work) {
  const std::size_t n = work.county->households.size();
  work.flows.reset(n);
  work.income_2012.assign(n, 0.0F);
  work.income.assign(n, 0.0F);
  work.residents.assign(n, 1.0F);
  work.effort.assign(n, 1.0F);
  work.success.assign(n, 0);
  work.failures.assign(n, 0);
  work.planned.assign(n, 0.0F);
  work.kin.assign(n, 0.0F);
  work.village_crop.assign(work.county->villages.size(), 1.0F);
  work.starts.assign(n, 0);
  work.touched.clear();
}

}  // namespace

void recall_last_year(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    float total = 0.0F;
    for (const auto& component : t.last_year) total += component[h];
    const float home =
        static_cast<float>(t.members[h]) - static_cast<float>(t.away_last_year[h]) / 12.0F;
    work.residents[h] = home < 0.75F ? static_cast<float>(t.members[h]) : home;
    work.income_2012[h] = total / work.residents[h];
    work.income[h] = work.income_2012[h] * static_cast<float>(work.frame->price);
  }
}

void open_year(CountyWork& work, const EconomyParameters& p) {
  find_owners(work);
  clear_scratch(work);
  if (work.frame->first_year) settle(work, p);
  recall_last_year(work);
  open_effort(work, p);
  draw_year(work, p);
}

void draw_year(CountyWork& work, const EconomyParameters& p) {
  open_credit(work, p);
  open_labour(work, p);
  draw_shocks(work, p);
  draw_illnesses(work, p.health);
  rank_wealth(work, p);
  list_ordinary_allowance(work, p);
}

void remember_poverty(CountyWork& work) {
  HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const unsigned poor = static_cast<double>(work.income[h]) < work.frame->poverty_line ? 1U : 0U;
    t.poor_years[h] =
        static_cast<std::uint8_t>((static_cast<unsigned>(t.poor_years[h]) << 1U) | poor);
  }
}

void close_flows(HouseholdTable& t) {
  for (std::size_t k = 0; k < kComponents; ++k) {
    t.last_year[k].swap(t.this_year[k]);
    std::fill(t.this_year[k].begin(), t.this_year[k].end(), 0.0F);
  }
  t.away_last_year.swap(t.away_this_year);
  std::fill(t.away_this_year.begin(), t.away_this_year.end(), std::uint8_t{0});
  std::fill(t.bills.begin(), t.bills.end(), 0.0F);
}

void begin_month(CountyWork& work) {
  // After the flows were reset and before modules act on them.
  for (std::size_t h = 0; h < work.effort.size(); ++h) work.flows.farm_labour[h] *= work.effort[h];
}

}  // namespace terrace::economy

// The ends of the year: the scratch of January, what is drawn or decided before the first month,
// and what December hands on.
#include <algorithm>

#include "economy/economy.hpp"
#include "economy/settle.hpp"
#include "economy/village_business.hpp"
#include "population/last_year.hpp"

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
  work.module_posts = 0.0;
  const std::size_t n = work.county->households.size();
  work.flows.reset(n);
  work.income_2012.assign(n, 0.0F);
  work.income.assign(n, 0.0F);
  work.residents.assign(n, 1.0F);
  for (auto& component : work.this_year) component.assign(n, 0.0F);
  work.away_this_year.assign(n, 0);
  work.effort.assign(n, 1.0F);
  work.success.assign(n, 0);
  work.failures.assign(n, 0);
  work.planned.assign(n, 0.0F);
  work.kin.assign(n, 0.0F);
  // Teams were placed before: searches that begin now go at their pace.
  if (work.team.size() != work.county->villages.size())
    work.team.assign(work.county->villages.size(), 0.0F);
  work.village_crop.assign(work.county->villages.size(), 1.0F);
  work.starts.assign(n, 0);
  work.touched.clear();
}

}  // namespace

void recall_last_year(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    work.residents[h] = residents_last_year(t, h);
    work.income_2012[h] = income_last_year(t, h);
    work.income[h] = work.income_2012[h] * static_cast<float>(work.frame->price);
  }
}

void open_year(CountyWork& work, const EconomyParameters& p) {
  find_owners(work);
  clear_scratch(work);
  if (work.frame->first_year) {
    // What happens in made-up years before the first one is in nobody's diary.
    std::vector<std::uint8_t> panel;
    panel.swap(work.in_panel);
    settle(work, p);
    panel.swap(work.in_panel);
  }
  recall_last_year(work);
  open_effort(work, p);
  note_crop_prices(work);
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

void close_flows(CountyWork& work) {
  HouseholdTable& t = work.county->households;
  for (std::size_t k = 0; k < kComponents; ++k) {
    std::copy(work.this_year[k].begin(), work.this_year[k].end(), t.last_year[k].begin());
    std::fill(work.this_year[k].begin(), work.this_year[k].end(), 0.0F);
  }
  std::copy(work.away_this_year.begin(), work.away_this_year.end(), t.away_last_year.begin());
  std::fill(work.away_this_year.begin(), work.away_this_year.end(), std::uint8_t{0});
  std::fill(t.bills.begin(), t.bills.end(), 0.0F);
}

void begin_month(CountyWork& work) {
  // After the flows were reset and before modules act on them.
  for (std::size_t h = 0; h < work.effort.size(); ++h) work.flows.farm_labour[h] *= work.effort[h];
}

}  // namespace terrace::economy

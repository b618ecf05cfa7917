// The close of the year: deaths, births, ageing. Persons are copied into a new table in one pass;
// households that have died out go, and everything that names a row follows.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"
#include "population/edit.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kDeath = stream("demography.death");
constexpr StreamId kBirth = stream("demography.birth");

bool dies(const CountyWork& work, std::size_t i, const std::vector<double>& hazard) {
  const County& c = *work.county;
  const int age = std::clamp(age_at(c.persons.birth[i], work.month), 0, 119);
  const double ill = static_cast<Activity>(c.persons.activity[i]) == Activity::ill ? 2.0 : 1.0;
  const Entity who{c.households.id[work.owner[i]], c.number, c.persons.number[i]};
  return uniform(work.key(), kDeath, who, work.month) < ill * hazard[static_cast<std::size_t>(age)];
}

bool gives_birth(const CountyWork& work, std::size_t i, double yearly) {
  const County& c = *work.county;
  if ((c.persons.female[i] & 1U) == 0U) return false;
  const int age = age_at(c.persons.birth[i], work.month);
  if (age < 20 || age >= 40) return false;
  const auto school = static_cast<School>(c.persons.school[i]);
  if (school == School::senior || c.persons.disability[i] == 2) return false;
  const Entity who{c.households.id[work.owner[i]], c.number, c.persons.number[i]};
  return uniform(work.key(), kBirth, who, work.month) < yearly;
}

/// What a birthday changes: looking for work at 16, leaving posts at 65, rest at 80.
void grow_older(CountyWork& work, std::size_t i) {
  PersonTable& persons = work.county->persons;
  const int age = age_at(persons.birth[i], work.month);
  const auto activity = static_cast<Activity>(persons.activity[i]);
  auto become = [&](Activity next) {
    leave_work(work, i);
    persons.activity[i] = static_cast<std::uint8_t>(next);
    persons.state_until[i] = kNoMonth;
  };
  if (activity == Activity::child && age >= 16) {
    become(persons.disability[i] < 2 ? Activity::searching : Activity::retired);
  } else if (age >= 80 ||
             (persons.disability[i] == 2 && activity != Activity::retired && age >= 16)) {
    if (activity == Activity::pupil) persons.school[i] = static_cast<std::uint8_t>(School::done);
    if (activity != Activity::retired) become(Activity::retired);
  } else if (age >= 65 && (activity == Activity::local_wage || activity == Activity::migrant)) {
    become(Activity::farm);
  } else if (age >= 60 && activity == Activity::searching) {
    become(Activity::farm);
  }
}

}  // namespace

void demography(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  std::vector<double> hazard(120);
  for (std::size_t age = 0; age < hazard.size(); ++age) {
    hazard[age] = p.people.mortality_gompertz_a *
                  exact::exp(p.people.mortality_gompertz_b * static_cast<double>(age));
  }
  const double yearly = p.people.tfr_rural / 20.0;
  PersonEdit edit(c);
  for (std::size_t h = 0; h < c.households.size(); ++h) {
    int births = 0;
    edit.open_household(h);
    const std::size_t end = c.households.first[h] + c.households.members[h];
    for (std::size_t i = c.households.first[h]; i < end; ++i) {
      if (dies(work, i, hazard)) {
        work.event(Sum::deaths) += 1.0;
        continue;
      }
      if (gives_birth(work, i, yearly)) ++births;
      grow_older(work, i);
      edit.keep(i);
    }
    for (int k = 0; k < births && c.households.numbers_used[h] < 255; ++k) {
      const Entity child{c.households.id[h], c.number, c.households.numbers_used[h]};
      edit.add_child(h, work.month, draw_block(work.key(), kBirth, child, work.month, 1));
      work.event(Sum::births) += 1.0;
    }
  }
  edit.commit();
  for (std::size_t h = 0; h < c.households.size(); ++h) refresh_household(c, h, work.month, p);
}

void open_year(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  const std::size_t n = c.households.size();
  work.owner.resize(c.persons.size());
  for (std::size_t h = 0; h < n; ++h) {
    const std::size_t end = c.households.first[h] + c.households.members[h];
    for (std::size_t i = c.households.first[h]; i < end; ++i)
      work.owner[i] = static_cast<std::uint32_t>(h);
  }
  work.flows.reset(n);
  work.income_2012.resize(n);
  work.income.resize(n);
  work.residents.resize(n);
  work.starts.assign(n, 0);
  work.touched.clear();
  // Income of the year just closed, for those who decide in January.
  for (std::size_t h = 0; h < n; ++h) {
    float total = 0.0F;
    for (const auto& component : c.households.last_year) total += component[h];
    const float home = static_cast<float>(c.households.members[h]) -
                       static_cast<float>(c.households.away_last_year[h]) / 12.0F;
    work.residents[h] = home < 0.75F ? static_cast<float>(c.households.members[h]) : home;
    work.income_2012[h] = total / work.residents[h];
    work.income[h] = work.income_2012[h] * static_cast<float>(work.frame->price);
  }
  open_labour(work, p);
  draw_shocks(work, p);
  rank_wealth(work, p);
  list_ordinary_allowance(work, p);
}

}  // namespace terrace::economy

// The close of the year: deaths, births, ageing, graduates who leave for town, weddings. Changes
// are collected, then the tables are rewritten in one pass and everything that names a row follows.
#include <algorithm>
#include <array>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/family.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kDeath = stream("demography.death");
constexpr StreamId kBirth = stream("demography.birth");
constexpr int kOldest = 119;
constexpr int kFertileFrom = 20;
constexpr int kFertileUntil = 40;

using Hazards = std::array<double, kOldest + 1>;

Hazards gompertz(const DemographySchool& p) {
  Hazards hazard{};
  for (std::size_t age = 0; age < hazard.size(); ++age) {
    hazard[age] =
        p.mortality_gompertz_a * exact::exp(p.mortality_gompertz_b * static_cast<double>(age));
  }
  return hazard;
}

bool dies(const FamilyYear& year, std::size_t i, const Hazards& hazard) {
  const PersonTable& persons = year.work.county->persons;
  const int age = std::clamp(year.age(i), 0, kOldest);
  double chance = hazard[static_cast<std::size_t>(age)];
  if (static_cast<Activity>(persons.activity[i]) == Activity::ill) chance *= year.p.mortality_ill;
  if ((persons.flags[i] & flag::chronic) != 0) chance *= year.p.mortality_chronic;
  return bernoulli(year.work.key(), kDeath, year.entity_of(i), year.work.month, chance);
}

bool may_bear(const PersonTable& persons, std::size_t i, int age) {
  constexpr std::uint8_t kWife = flag::woman | flag::married;
  return (persons.flags[i] & kWife) == kWife && age >= kFertileFrom && age < kFertileUntil &&
         persons.disability[i] < 2;
}

/// Yearly chance of a birth to a married woman of 20-39 who can bear: what makes all women of that
/// age have tfr_rural children in twenty years, given how many of them are married.
double birth_rate(const FamilyYear& year) {
  const PersonTable& persons = year.work.county->persons;
  double women = 0.0;
  double wives = 0.0;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const int age = year.age(i);
    if ((persons.flags[i] & flag::woman) == 0 || age < kFertileFrom || age >= kFertileUntil)
      continue;
    women += 1.0;
    if (may_bear(persons, i, age)) wives += 1.0;
  }
  const double all = year.p.tfr_rural / (kFertileUntil - kFertileFrom);
  return wives > 0.0 ? std::min(year.p.births_most, all * women / wives) : 0.0;
}

/// What a birthday changes: looking for work at 16, leaving posts at 65, rest at 80.
void grow_older(CountyWork& work, std::size_t i) {
  PersonTable& persons = work.county->persons;
  const int age = age_at(persons.birth[i], work.month);
  const auto activity = static_cast<Activity>(persons.activity[i]);
  auto become = [&](Activity next) {
    leave_work(work, i);
    persons.activity[i] = static_cast<std::uint8_t>(next);
    persons.post[i] = static_cast<std::uint8_t>(Post::none);
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

/// Graduates live in town from now on and may send money home.
bool leaves_for_town(FamilyYear& year, std::size_t i) {
  if (!graduated(year.work, i, year.p)) return false;
  std::uint8_t& graduates = year.work.county->households.graduates[year.work.owner[i]];
  if (graduates < 255) ++graduates;
  year.work.event(Sum::town_exits) += 1.0;
  year.work.note_person(i, EventKind::moved_out);
  return true;
}

void bear(FamilyYear& year, std::size_t h, std::size_t mother) {
  if (!year.edit.room(h)) return;
  const County& c = *year.work.county;
  const Entity child{c.households.id[h], c.number, c.households.numbers_used[h]};
  const auto she = static_cast<Relation>(c.persons.relation[mother]);
  // Of a daughter-in-law it is a grandchild of the head.
  const bool own = she == Relation::head || she == Relation::spouse;
  year.edit.add_child(h, year.work.month, own ? Relation::child : Relation::other,
                      draw_block(year.work.key(), kBirth, child, year.work.month, 1),
                      {year.p.girls, year.p.skill_sd});
  year.work.event(Sum::births) += 1.0;
  year.work.note(h, EventKind::birth, 0.0F, kNoModule, Reason::none, child.person);
}

void pass_year(FamilyYear& year, std::size_t h, const Hazards& hazard, double births_yearly) {
  const County& c = *year.work.county;
  const std::size_t end = c.households.first[h] + c.households.members[h];
  for (std::size_t i = c.households.first[h]; i < end; ++i) {
    if (dies(year, i, hazard)) {
      year.work.event(Sum::deaths) += 1.0;
      year.work.note_person(i, EventKind::death);
      // Or the others would count as away, and their income a head as higher than it is.
      std::uint8_t& months = year.work.county->households.away_last_year[h];
      months = static_cast<std::uint8_t>(months - std::min(months, months_away(year.work, i)));
      year.edit.remove(i, h);
      continue;
    }
    if (leaves_for_town(year, i)) {
      year.edit.remove(i, h);
      continue;
    }
    const int age = year.age(i);
    if (may_bear(c.persons, i, age) &&
        bernoulli(year.work.key(), kBirth, year.entity_of(i), year.work.month, births_yearly))
      bear(year, h, i);
    grow_older(year.work, i);
    if (age >= kAdult) ++year.adults[h];
    if (may_marry(c.persons, i, age, year.p)) year.single.push_back(static_cast<std::uint32_t>(i));
  }
}

}  // namespace

void demography(CountyWork& work, const EconomyParameters& p) {
  FamilyYear year(work, p.people);
  const Hazards hazard = gompertz(p.people);
  const double births_yearly = birth_rate(year);
  County& c = *work.county;
  for (std::size_t h = 0; h < c.households.size(); ++h) pass_year(year, h, hazard, births_yearly);
  marry(year);
  for (const std::uint32_t h : work.panel_rows) {
    if (year.edit.members(h) == 0) work.note(h, EventKind::dissolved);
  }
  year.edit.commit();
  for (std::size_t h = 0; h < c.households.size(); ++h) {
    choose_head(c, h);
    refresh_household(c, h, work.month, p);
  }
}

}  // namespace terrace::economy

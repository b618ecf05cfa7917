// What members earn, and the household's columns that are counted from its members.
#include <algorithm>

#include <terrace/maths.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {

/// A member's pay relative to the mean of all workers (Mincer).
double relative_wage(const PersonTable& persons, std::size_t i, int age, const WagesLabour& w) {
  const double edu = persons.schooling[i];
  const double x = std::max(0.0, static_cast<double>(age) - edu - 6.0);
  const bool woman = (persons.female[i] & 1U) != 0U;
  const bool mandarin = (persons.female[i] & 2U) != 0U;
  return exact::exp(w.rho_edu * (edu - 6.0) + w.rho_exp * x + w.rho_exp2 * x * x +
                    (woman ? w.gap_female : 0.0) + (mandarin ? 0.0 : w.gap_language) +
                    w.slope_health * (persons.health[i] / 255.0 - 1.0) - w.mincer_mean);
}

/// Farm labour of a member at home, in sixteenths of an adult: full to 59, half at 60, none at 80.
int farm_labour(Activity activity, int age, int disability, const FarmAssets& f) {
  double units = 0.0;
  if (activity == Activity::farm || activity == Activity::searching ||
      activity == Activity::public_post)
    units = 1.0;
  if (activity == Activity::local_wage) units = f.part_time;
  if (age >= 60) units *= std::max(0.0, 0.5 * (80.0 - age) / 20.0);
  if (disability == 1) units *= 0.5;
  if (disability == 2) units = 0.0;
  return static_cast<int>(units * 16.0 + 0.5);
}

}  // namespace

void refresh_household(County& county, std::size_t h, Month month, const EconomyParameters& p) {
  const PersonTable& persons = county.persons;
  HouseholdTable& t = county.households;
  double local = 0.0;
  double migrant = 0.0;
  int labour = 0;
  int elders = 0;
  int away = 0;
  int dropouts = 0;
  const std::size_t end = t.first[h] + t.members[h];
  for (std::size_t i = t.first[h]; i < end; ++i) {
    const auto activity = static_cast<Activity>(persons.activity[i]);
    const int age = age_at(persons.birth[i], month);
    if (activity == Activity::local_wage) local += relative_wage(persons, i, age, p.work);
    if (activity == Activity::migrant) {
      migrant += relative_wage(persons, i, age, p.work);
      ++away;
    }
    labour += farm_labour(activity, age, persons.disability[i], p.farm);
    if (age >= 60) ++elders;
    if (age >= 6 && age < 16 && static_cast<School>(persons.school[i]) == School::dropped)
      ++dropouts;
  }
  t.local_rate[h] = static_cast<float>(local);
  t.migrant_rate[h] = static_cast<float>(migrant);
  t.labour[h] = static_cast<std::uint8_t>(std::min(labour, 255));
  t.elders[h] = static_cast<std::uint8_t>(elders);
  t.away[h] = static_cast<std::uint8_t>(away);
  t.dropouts[h] = static_cast<std::uint8_t>(dropouts);
}

void pay_bill(CountyWork& work, std::size_t h, double yuan) {
  HouseholdTable& t = work.county->households;
  t.wealth[h] -= static_cast<float>(yuan);
  t.bills[h] += static_cast<float>(yuan);
  work.event(Sum::bills) += yuan;
}

}  // namespace terrace::economy

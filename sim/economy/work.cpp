// What members earn, and the household's columns that are counted from its members.
#include <algorithm>

#include <terrace/maths.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {

/// A member's pay relative to the mean of all workers (Mincer), before what the post itself pays.
double mincer(const PersonTable& persons, std::size_t i, int age, const WagesLabour& w) {
  const double edu = persons.schooling[i];
  const double x = std::max(0.0, static_cast<double>(age) - edu - 6.0);
  const bool woman = (persons.flags[i] & flag::woman) != 0;
  const bool mandarin = (persons.flags[i] & flag::mandarin) != 0;
  return exact::exp(w.rho_edu * (edu - 6.0) + w.rho_exp * x + w.rho_exp2 * x * x +
                    (woman ? w.gap_female : 0.0) + (mandarin ? 0.0 : w.gap_language) +
                    w.slope_health * (persons.health[i] / 255.0 - 1.0) + 0.01 * persons.skill[i] -
                    w.mincer_mean);
}

/// What a post or a place to work away pays over the mean of its kind. Far and near places together
/// pay the mean.
double post_pay(Post post, const WagesLabour& w) {
  const double near = 1.0 / (1.0 + w.far_premium * w.far_share);
  switch (post) {
    case Post::cooperative:
      return w.coop_wage;
    case Post::near:
      return near;
    case Post::far:
      return near * (1.0 + w.far_premium);
    default:
      return 1.0;
  }
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

double wage_rate(const PersonTable& persons, std::size_t i, Month month, const WagesLabour& w) {
  return post_pay(static_cast<Post>(persons.post[i]), w) *
         mincer(persons, i, age_at(persons.birth[i], month), w);
}

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
    if (activity == Activity::local_wage) local += wage_rate(persons, i, month, p.work);
    if (activity == Activity::migrant) {
      migrant += wage_rate(persons, i, month, p.work);
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

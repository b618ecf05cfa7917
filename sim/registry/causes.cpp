#include "registry/causes.hpp"

#include <algorithm>

#include <terrace/maths.hpp>

#include "population/farm_year.hpp"

namespace terrace::registry {

namespace {

// The units of the severities: each cause in lines a head, roughly. Whatever is wrong about them
// the fitted weights of the causes take up.
constexpr double kChronic = 0.1;    // a member with a chronic disease
constexpr double kPartly = 0.5;     // of a full worker lost to a partial disability
constexpr double kLandShare = 0.3;  // elasticity of farm income in land
constexpr double kNoWater = 0.1;    // no safe water
constexpr double kHazard = 0.1;     // a village prone to disasters
constexpr double kJuniorYears = 9;  // compulsory grades
constexpr double kHour = 0.05;      // of farm income and local wages an hour from the county seat
constexpr double kUnexplained = 0.05;

/// How far below the median, in logs; 0 above it.
double behind(double median, double has) {
  return has > 0.0 && median > has ? exact::log(median / has) : 0.0;
}

Severities weights_of(const Diagnosis& p) {
  return {p.weight_illness, p.weight_disability, p.weight_schooling,  p.weight_disaster,
          p.weight_land,    p.weight_water,      p.weight_skills,     p.weight_funds,
          p.weight_labour,  p.weight_transport,  p.weight_motivation, p.weight_other};
}

/// What last year still adds to the twelve months that end with the month at hand.
struct TwelveMonths {
  double even;  ///< share of what comes evenly
  double farm;  ///< share of farm income
};

double farm_income(const CountyWork& work, std::size_t h, const TwelveMonths& m) {
  constexpr auto k = static_cast<std::size_t>(Component::farm);
  return static_cast<double>(work.this_year[k][h]) +
         m.farm * static_cast<double>(work.county->households.last_year[k][h]);
}

/// Shares of a year of farm output lost in the last 24 months. This year only a disaster counts:
/// what the weather does is known after the harvest.
double lost_share(const CountyWork& work, std::size_t v, double left) {
  const VillageTable& t = work.county->villages;
  const int struck = work.village_disaster_month[v];
  const bool this_year = struck != 0 && struck <= work.month_number();
  return (this_year ? static_cast<double>(work.village_loss[v]) : 0.0) +
         static_cast<double>(t.loss[0][v]) + left * static_cast<double>(t.loss[1][v]);
}

/// Of the months without work that an illness was counted for when it began, those of this year
/// that are still to come.
int months_to_come(const CountyWork& work, std::size_t i) {
  const PersonTable& persons = work.county->persons;
  const Month until = persons.state_until[i];  // the month in which one works again
  if (static_cast<Activity>(persons.activity[i]) != Activity::ill || until == kNoMonth) return 0;
  return std::clamp(until - 1 - work.month, 0, 12 - work.month_number());
}

/// An able adult is 1; from 60 on less, none at 80 (as on the farm); pupils none. Those who work
/// away or are ill now count.
double able_labour(const PersonTable& persons, std::size_t i, int age) {
  if (age < 16 || in_upper_school(persons.school[i]) || persons.disability[i] == 2) return 0.0;
  const double old = age >= 60 ? std::max(0.0, 0.5 * (80.0 - age) / 20.0) : 1.0;
  return persons.disability[i] == 1 ? kPartly * old : old;
}

/// At home without a paid post, and able to hold one.
bool idle(const PersonTable& persons, std::size_t i, int age) {
  const auto does = static_cast<Activity>(persons.activity[i]);
  return age >= 16 && age < 60 && persons.disability[i] < 2 &&
         (does == Activity::farm || does == Activity::searching);
}

double fee_of(std::uint8_t school, const Livelihood& l) {
  switch (static_cast<School>(school)) {
    case School::preschool:
      return l.fee_preschool;
    case School::senior:
      return l.fee_senior;
    case School::vocational:
      return l.fee_vocational;
    case School::tertiary:
      return l.fee_tertiary;
    default:
      return 0.0;
  }
}

/// Counts members and takes months of illness to come off; returns the school fees of a year, all
/// of them.
double add_members(const CountyWork& work, std::size_t h, const Livelihood& l, Troubles& out) {
  const PersonTable& persons = work.county->persons;
  const HouseholdTable& t = work.county->households;
  double fees = 0.0;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (work.month - persons.birth[i]) / 12;
    const double fee = fee_of(persons.school[i], l);
    fees += fee;
    if (in_upper_school(persons.school[i])) out.upper_fees += fee;
    if ((persons.flags[i] & flag::chronic) != 0) ++out.chronic;
    if (persons.disability[i] == 1) ++out.partly_disabled;
    if (persons.disability[i] == 2) ++out.severely_disabled;
    if (idle(persons, i, age))
      out.school_years_short += std::max(0.0, kJuniorYears - persons.schooling[i]);
    out.labour += able_labour(persons, i, age);
    out.months_ill -= months_to_come(work, i);
  }
  return fees;
}

/// The middle value, the upper of two; 0 without any.
template <class T>
double middle(std::vector<T> values) {
  if (values.empty()) return 0.0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), at, values.end());
  return static_cast<double>(*at);
}

}  // namespace

Severities severities(const Troubles& has, const Diagnosis& p, const Livelihood& l) {
  const double year = 12.0 * has.wage;
  const double n = has.residents;
  const double disabled = kPartly * has.partly_disabled + has.severely_disabled;
  const double per_line = 1.0 / (n * has.line);
  Severities s{
      (has.medical_bills + has.wage * has.months_ill) * per_line + kChronic * has.chronic / n,
      year * disabled * per_line,
      has.upper_fees * per_line,
      0.5 * has.disaster_loss * per_line,
      kLandShare * has.farm * behind(has.median_land, has.land) * per_line,
      (has.no_water ? kNoWater : 0.0) + (has.hazard ? kHazard : 0.0),
      year * l.rho_edu * has.school_years_short * per_line,
      has.short_of_cash ? l.alpha_K * has.farm * behind(has.median_assets, has.assets) * per_line
                        : 0.0,
      2.0 * year * std::max(0.0, 0.5 * n - has.labour) * per_line,
      kHour * has.hours * (has.farm + has.local) * per_line,
      year * has.labour * std::max(0.0, 1.0 - has.effort) * per_line,
      kUnexplained};
  const Severities weight = weights_of(p);
  for (std::size_t k = 0; k < kCauses; ++k) s[k] *= weight[k];
  return s;
}

std::array<Cause, 2> heaviest(const Severities& s) {
  std::size_t first = 0;
  for (std::size_t k = 1; k < kCauses; ++k) {
    if (s[k] > s[first]) first = k;
  }
  std::size_t second = first == 0 ? 1 : 0;
  for (std::size_t k = second + 1; k < kCauses; ++k) {
    if (k != first && s[k] > s[second]) second = k;
  }
  return {static_cast<Cause>(first), static_cast<Cause>(second)};
}

Cause recorded_cause(const std::array<Cause, 2>& truth, double error,
                     const std::array<double, 3>& u) {
  if (u[0] >= error) return truth[0];
  if (u[1] < 0.5) return truth[1];
  auto nth = static_cast<std::size_t>(u[2] * static_cast<double>(kCauses - 2));
  for (std::size_t k = 0; k < kCauses; ++k) {
    const auto cause = static_cast<Cause>(k);
    if (cause == truth[0] || cause == truth[1]) continue;
    if (nth == 0) return cause;
    --nth;
  }
  return truth[1];  // not reached: ten are left and u[2] < 1
}

const CountyMedians& county_medians(CountyWork& work) {
  if (!work.medians) {
    const HouseholdTable& t = work.county->households;
    work.medians = CountyMedians{0.01 * middle(t.land), middle(t.assets)};
  }
  return *work.medians;
}

Troubles troubles_of(CountyWork& work, std::size_t h, const Livelihood& l) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  const YearFrame& f = *work.frame;
  const std::size_t v = t.village[h];
  const int month = work.month_number();
  const TwelveMonths left{even_left(month), static_cast<double>(farm_left(month))};
  const CountyMedians& middle_of = county_medians(work);
  Troubles out;
  out.residents = work.residents[h];
  out.line = f.poverty_line / f.price;
  out.wage = f.local_wage / f.price * exact::exp(l.local_place * c.place);
  out.months_ill = work.ill_months[h] + left.even * t.ill_last_year[h];
  // Bills are of doctors and schools together. Fees are paid in September, so before it a part of
  // them is in what counts of last year.
  const double fees = add_members(work, h, l, out) * (month < 9 ? left.even : 1.0);
  out.medical_bills =
      std::max(0.0, static_cast<double>(t.bills[h]) + left.even * t.bills_last_year[h] - fees);
  constexpr auto kLocal = static_cast<std::size_t>(Component::local_wage);
  out.farm = farm_income(work, h, left);
  out.local = static_cast<double>(work.this_year[kLocal][h]) +
              left.even * static_cast<double>(t.last_year[kLocal][h]);
  out.disaster_loss = lost_share(work, v, left.even) * out.farm;
  // As in the farm function: a hundredth of a mu and free tools are never missing.
  out.land = 0.01 * t.land[h] + 0.01;
  out.median_land = middle_of.land + 0.01;
  out.assets = static_cast<double>(t.assets[h]) + l.K_base;
  out.median_assets = middle_of.assets + l.K_base;
  out.no_water = (t.services[h] & service::water) == 0;
  out.hazard = c.villages.hazard[v] != 0;
  out.short_of_cash = static_cast<double>(t.wealth[h]) < l.mig_cost;
  out.hours = c.villages.remoteness[v];
  out.effort = work.effort[h];
  return out;
}

}  // namespace terrace::registry

#include "population/people.hpp"

#include <algorithm>
#include <cmath>

#include <terrace/maths.hpp>

namespace terrace {

namespace {

// Schooling begins at seven, as it did in the countryside: a pupil of 15 has done eight grades.
constexpr int kSchoolAge = 7;
constexpr int kJuniorEnd = 16;
constexpr int kSeniorEnd = 19;

/// What was drawn of one person.
struct Draws {
  float age, sex, mandarin;   // uniform
  float disability, chronic;  // uniform
  float health, schooling;    // normal
};

Draws draw_person(RunKey key, Entity who) {
  const Block person = draw_block(key, synthesis_stream::person, who, 0);
  const Block condition = draw_block(key, synthesis_stream::condition, who, 0);
  Draws d{};
  d.age = uniform24(person[0]);
  d.sex = uniform24(person[1]);
  d.mandarin = uniform24(person[2]);
  d.disability = uniform24(condition[0]);
  d.chronic = uniform24(condition[1]);
  exact::normal_pair(condition[2], condition[3], d.health, d.schooling);
  return d;
}

/// The household's place in its age ranges, moved by the member's own draw and reflected at the
/// ends, so that it stays uniform and the margin of ages stays what was fitted.
double age_place(double stage, double spread, double own) {
  const double moved = stage + spread * (2.0 * own - 1.0);
  const double inside = moved < 0.0 ? -moved : moved;
  return inside > 1.0 ? 2.0 - inside : inside;
}

/// A share that grows with the square of age from `base` at birth to `at_80`.
double share_at(double base, double at_80, int age) {
  return base + (at_80 - base) * (age * age) / 6400.0;
}

struct Schooling {
  School state = School::none;
  std::uint8_t years = 0;
};

Schooling schooling_of(const PeopleRules& rules, int age, bool woman, bool severe, float latent) {
  if (age < kSchoolAge - 1 || (severe && age < kJuniorEnd)) return {};
  if (age < kJuniorEnd) {
    const bool gone =
        (age == 14 && latent < rules.drop_14) || (age >= 15 && latent < rules.drop_15);
    if (gone) return {School::dropped, 7};
    return {School::pupil, static_cast<std::uint8_t>(std::max(0, age - kSchoolAge))};
  }
  if (age < kSeniorEnd) {
    if (latent < rules.drop_15) return {School::dropped, 7};
    if (!severe && latent > rules.senior_above) {
      return {School::senior, static_cast<std::uint8_t>(age - kSchoolAge)};
    }
    return {School::done, 9};
  }
  const double years =
      mean_schooling(*rules.parameters, age, woman) + static_cast<double>(rules.school_sd * latent);
  return {School::done, static_cast<std::uint8_t>(std::clamp(years + 0.5, 0.0, 16.0))};
}

Activity activity_of(int age, bool severe, School school) {
  if (school == School::pupil || school == School::senior) return Activity::pupil;
  if (age < 16) return Activity::child;
  if (severe || age >= 75) return Activity::retired;
  // Nobody holds a post yet: the burn-in fills them from those who search.
  return age >= 60 ? Activity::farm : Activity::searching;
}

std::uint8_t health_of(const PopulationParameters& p, int age, int disability, bool chronic,
                       float noise) {
  double health = p.health_young - p.health_decline * std::max(0, age - 30) +
                  p.health_sd * static_cast<double>(noise);
  health -= 0.5 * disability * p.health_disability + (chronic ? p.health_chronic : 0.0);
  return static_cast<std::uint8_t>(255.0 * std::clamp(health, 0.05, 1.0) + 0.5);
}

void write_member(PersonTable& persons, std::size_t row, std::uint8_t number,
                  const MemberPlan& plan, const PeopleRules& rules, const HouseholdSeed& household,
                  const Draws& d) {
  const PopulationParameters& p = *rules.parameters;
  const int months = age_months(plan, age_place(static_cast<double>(household.stage), p.age_spread,
                                                static_cast<double>(d.age)));
  const int age = months / 12;
  const bool woman = static_cast<double>(d.sex) < plan.female;
  const double disabled = share_at(p.disability_base, p.disability_80, age);
  const auto u = static_cast<double>(d.disability);
  // One draw for both: the severely disabled are the first part of the disabled.
  const int disability = u < disabled * p.disability_severe ? 2 : u < disabled ? 1 : 0;
  const bool chronic = static_cast<double>(d.chronic) < share_at(p.chronic_base, p.chronic_80, age);
  const double mandarin =
      static_cast<double>(rules.mandarin) - p.mandarin_decline * std::max(0, age - 20);
  const bool speaks = static_cast<double>(d.mandarin) < mandarin;
  const float latent = rules.family_part * household.schooling + rules.own_part * d.schooling;
  const Schooling school = schooling_of(rules, age, woman, disability == 2, latent);

  persons.birth[row] = static_cast<std::int16_t>(rules.start - months);
  persons.number[row] = number;
  persons.female[row] =
      static_cast<std::uint8_t>((woman ? 1 : 0) | (speaks ? 2 : 0) | (chronic ? 4 : 0));
  persons.disability[row] = static_cast<std::uint8_t>(disability);
  persons.relation[row] = static_cast<std::uint8_t>(plan.relation);
  persons.schooling[row] = school.years;
  persons.school[row] = static_cast<std::uint8_t>(school.state);
  persons.activity[row] =
      static_cast<std::uint8_t>(activity_of(age, disability == 2, school.state));
  persons.health[row] = health_of(p, age, disability, chronic, d.health);
  persons.state_until[row] = kNoMonth;
}

}  // namespace

double mean_schooling(const PopulationParameters& p, int age, bool woman) {
  const double gap = woman ? p.school_gender * std::clamp((age - 20) / 40.0, 0.0, 1.0) : 0.0;
  return p.school_level - p.school_decline * std::max(0, age - 22) - gap;
}

PeopleRules people_rules(const County& county, Region region, const PopulationParameters& p,
                         Month start) {
  PeopleRules rules;
  rules.parameters = &p;
  rules.start = start;
  const double family = p.school_family * p.school_family;
  const double sd = std::sqrt(family + p.school_sd * p.school_sd);
  rules.school_sd = static_cast<float>(sd);
  rules.family_part = static_cast<float>(p.school_family / sd);
  rules.own_part = static_cast<float>(p.school_sd / sd);
  rules.senior_above = static_cast<float>(exact::normal_quantile(1.0 - p.senior_chance));
  const double drop = county.designated ? 1.0 : p.dropout_other;
  rules.drop_14 = static_cast<float>(exact::normal_quantile(drop * p.dropout_14));
  rules.drop_15 = static_cast<float>(exact::normal_quantile(drop * p.dropout_15));
  rules.mandarin =
      static_cast<float>(p.mandarin_young - (region == Region::west ? p.mandarin_west : 0.0));
  return rules;
}

void write_members(County& county, const KindPlan& kind, const PeopleRules& rules,
                   const HouseholdSeed& household, RunKey key) {
  for (std::size_t m = 0; m < kind.members.size(); ++m) {
    const auto number = static_cast<std::uint8_t>(m);
    const Draws d = draw_person(key, {household.id, county.number, number});
    write_member(county.persons, household.first + m, number, kind.members[m], rules, household, d);
  }
}

}  // namespace terrace

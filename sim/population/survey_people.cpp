// Members of a survey's household as persons of a county.
#include <cmath>

#include "population/from_survey.hpp"

namespace terrace {

namespace {

using P = PersonField;

/// A code, or -1 where it is not known.
int code(const SurveySample& sample, P field, std::size_t person) {
  const float value = sample.of_person(field, person);
  return std::isnan(value) ? -1 : static_cast<int>(value);
}

/// Where somebody who works works; a survey does not ask.
Post post_of(Activity activity) {
  if (activity == Activity::local_wage) return Post::enterprise;
  return activity == Activity::migrant ? Post::far : Post::none;
}

/// Where the survey does not say who is married: couples and parents are.
bool looks_married(const SurveySample& s, std::uint32_t row, Relation relation) {
  if (relation == Relation::spouse || relation == Relation::child_in_law ||
      relation == Relation::parent) {
    return true;
  }
  const Relation partner = relation == Relation::head ? Relation::spouse : Relation::child_in_law;
  if (relation != Relation::head && relation != Relation::child) return false;
  for (std::size_t m = 0; m < s.members(row); ++m) {
    if (static_cast<Relation>(code(s, P::relation, s.first[row] + m)) == partner)
      return relation == Relation::head || code(s, P::age, s.first[row] + m) >= 16;
  }
  return false;
}

/// Months beyond the last birthday: as known, or anywhere in the year.
int month_of_age(const SurveySample& sample, std::size_t person, RunKey key, Entity who) {
  const int known = code(sample, P::age_month, person);
  return known >= 0 ? known
                    : static_cast<int>(
                          12.0F * uniform24(draw_block(key, synthesis_stream::person, who, 0)[0]));
}

}  // namespace

void write_surveyed_members(County& county, const SurveySample& s, std::uint32_t row,
                            const PeopleRules& rules, const HouseholdSeed& household, RunKey key) {
  PersonTable& persons = county.persons;
  for (std::size_t m = 0; m < s.members(row); ++m) {
    const std::size_t i = s.first[row] + m;
    const std::size_t at = household.first + m;
    const auto number = static_cast<std::uint8_t>(m);
    KnownPerson who;
    who.relation = static_cast<Relation>(code(s, P::relation, i));
    who.woman = code(s, P::woman, i) > 0;
    who.months =
        12 * code(s, P::age, i) + month_of_age(s, i, key, {household.id, county.number, number});
    const int married = code(s, P::married, i);
    who.married = married < 0 ? looks_married(s, row, who.relation) : married > 0;
    who.schooling = code(s, P::schooling, i);
    who.school = code(s, P::school, i);
    who.activity = code(s, P::activity, i);
    who.disability = code(s, P::disability, i);
    who.chronic = code(s, P::chronic, i);
    who.mandarin = code(s, P::mandarin, i);
    who.health = s.of_person(P::health, i);
    write_person(county, at, number, who, rules, household, key);
    persons.post[at] =
        static_cast<std::uint8_t>(post_of(static_cast<Activity>(persons.activity[at])));
    if (const float skill = s.of_person(P::skill, i); !std::isnan(skill)) {
      persons.skill[at] = static_cast<std::int8_t>(100.0F * skill + (skill < 0.0F ? -0.5F : 0.5F));
    }
  }
}

}  // namespace terrace

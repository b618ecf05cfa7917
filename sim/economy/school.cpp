// September: children enter, go up a grade or leave; who finishes junior school goes on to senior
// or vocational school or looks for work; who finishes senior school may enter tertiary school.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"
#include "population/reach.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kDropout = stream("school.dropout");
constexpr StreamId kLength = stream("school.length");
constexpr StreamId kPreschool = stream("school.preschool");
constexpr StreamId kSenior = stream("school.senior");
constexpr StreamId kTertiary = stream("school.tertiary");

constexpr int kJuniorYears = 9;
constexpr int kSeniorYears = 12;
constexpr int kShortTertiary = 15;  // three years of college
constexpr int kLongTertiary = 16;
constexpr double kLeastHours = 0.1;     // nobody lives nearer than that
constexpr int kTeachingPointYears = 4;  // grades that a teaching point in the village has

School school_of(const PersonTable& persons, std::size_t i) {
  return static_cast<School>(persons.school[i]);
}

Entity entity_of(const CountyWork& work, std::size_t i) {
  const County& c = *work.county;
  return {c.households.id[work.owner[i]], c.number, c.persons.number[i]};
}

bool poor(const CountyWork& work, std::size_t h, const DemographySchool& s) {
  return static_cast<double>(work.income[h]) < s.school_poor_lines * work.frame->poverty_line;
}

bool has_teaching_point(const County& c, std::size_t h) {
  return (reach_of(c, h) & access::teaching_point) != 0;
}

/// An adult of 20 to 59, as parents of pupils are, who is ill or severely disabled.
bool parent_unwell(const CountyWork& work, std::size_t h) {
  const County& c = *work.county;
  const std::size_t end = c.households.first[h] + c.households.members[h];
  for (std::size_t i = c.households.first[h]; i < end; ++i) {
    const int age = age_at(c.persons.birth[i], work.month);
    const bool unwell = c.persons.disability[i] == 2 ||
                        static_cast<Activity>(c.persons.activity[i]) == Activity::ill;
    if (unwell && age >= 20 && age < 60) return true;
  }
  return false;
}

/// What a village's way, school and the pay of a young worker do to the chance of leaving; 1 an
/// hour from the county seat with a middling school and pay as in 2012.
double village_factor(const CountyWork& work, std::size_t v, const DemographySchool& s) {
  const VillageTable& villages = work.county->villages;
  const double hours = std::max(kLeastHours, static_cast<double>(villages.remoteness[v]));
  const double pay = work.frame->local_wage / work.frame->price / s.school_wage_2012;
  return exact::pow(hours, s.dropout_distance) * exact::pow(pay, s.dropout_wage) *
         exact::exp(-s.dropout_quality * (villages.school_quality[v] / 255.0 - 0.5));
}

/// At a relocation site the way is the site's; the village's stands in its factor.
double way_factor(const CountyWork& work, std::size_t h, const DemographySchool& s) {
  const County& c = *work.county;
  if (!lives_at_site(c.households, h)) return 1.0;
  const auto way = static_cast<double>(c.villages.remoteness[c.households.village[h]]);
  return exact::pow(s.site_hours / std::max(kLeastHours, way), s.dropout_distance);
}

/// Chance of not coming back after `finished` grades. Grades 1-6 lose almost nobody; the published
/// rates are between grades 7 and 8 and between 8 and 9 in poor counties; after 9 nobody need stay.
double dropout_chance(const CountyWork& work, std::size_t h, int finished, double village,
                      const DemographySchool& s) {
  if (finished >= kJuniorYears) return 0.0;
  double chance = finished < 7 ? s.dropout_early : (finished == 7 ? s.dropout_78 : s.dropout_89);
  if (!work.county->designated) chance *= s.dropout_other;
  chance *= poor(work, h, s) ? s.dropout_poor : 1.0 / s.dropout_poor;
  if (parent_unwell(work, h)) chance *= s.dropout_parent;
  if (finished <= kTeachingPointYears && !has_teaching_point(*work.county, h))
    chance *= s.dropout_no_point;
  return chance * village * way_factor(work, h, s) * work.flows.dropout[h];
}

void add_skill(PersonTable& persons, std::size_t i, double log_wage) {
  const int hundredths = persons.skill[i] + static_cast<int>(100.0 * log_wage + 0.5);
  persons.skill[i] = static_cast<std::int8_t>(std::min(hundredths, 127));
}

void leave_school(CountyWork& work, std::size_t i, School how, const EconomyParameters& p) {
  PersonTable& persons = work.county->persons;
  persons.school[i] = static_cast<std::uint8_t>(how);
  if (how == School::dropped) work.note_person(i, EventKind::dropped_out);
  if (static_cast<Activity>(persons.activity[i]) == Activity::pupil) {
    work.pupils -= 1.0;
  } else {
    leave_work(work, i);  // somebody who fell ill at school
  }
  const bool of_age = age_at(persons.birth[i], work.month) >= 16;
  persons.activity[i] = static_cast<std::uint8_t>(of_age ? Activity::farm : Activity::child);
  persons.state_until[i] = kNoMonth;
  if (of_age && persons.disability[i] < 2) start_search(work, i, p);
  refresh_household(*work.county, work.owner[i], work.month, p);
}

void go_on(CountyWork& work, std::size_t i, School to) {
  work.county->persons.school[i] = static_cast<std::uint8_t>(to);
  work.note_person(i, EventKind::went_on, static_cast<float>(to));
}

void after_junior(CountyWork& work, std::size_t i, const EconomyParameters& p) {
  const DemographySchool& s = p.people;
  const std::size_t h = work.owner[i];
  const double odds = exact::logit(s.senior_entry) + work.flows.senior[h] +
                      (poor(work, h, s) ? s.senior_poor : 0.0);
  const Block b = draw_block(work.key(), kSenior, entity_of(work, i), work.month);
  if (uniform53(b[0], b[1]) >= exact::logistic(odds)) {
    leave_school(work, i, School::done, p);
    return;
  }
  const bool trade = static_cast<double>(uniform24(b[2])) < s.vocational_share;
  go_on(work, i, trade ? School::vocational : School::senior);
}

void after_senior(CountyWork& work, std::size_t i, const EconomyParameters& p) {
  const DemographySchool& s = p.people;
  const double odds =
      exact::logit(s.tertiary_entry) + (poor(work, work.owner[i], s) ? s.tertiary_poor : 0.0);
  if (bernoulli(work.key(), kTertiary, entity_of(work, i), work.month, exact::logistic(odds))) {
    go_on(work, i, School::tertiary);
  } else {
    leave_school(work, i, School::done, p);
  }
}

/// The fee of the year that begins, for those still at a school that takes one.
double fee(const CountyWork& work, std::size_t i, const DemographySchool& s) {
  switch (school_of(work.county->persons, i)) {
    case School::preschool:
      return s.fee_preschool;
    case School::senior:
      return s.fee_senior;
    case School::vocational:
      return s.fee_vocational;
    case School::tertiary:
      return graduated(work, i, s) ? 0.0 : s.fee_tertiary;
    default:
      return 0.0;
  }
}

void next_grade(CountyWork& work, std::size_t i, double village, const EconomyParameters& p) {
  PersonTable& persons = work.county->persons;
  // Who has graduated leaves at the year's close; the grade they are in is not repeated.
  if (graduated(work, i, p.people)) return;
  const int finished = persons.schooling[i] + 1;
  persons.schooling[i] = static_cast<std::uint8_t>(finished);
  const School school = school_of(persons, i);
  if (school == School::pupil) {
    if (finished >= kJuniorYears) {
      after_junior(work, i, p);
    } else if (bernoulli(work.key(), kDropout, entity_of(work, i), work.month,
                         dropout_chance(work, work.owner[i], finished, village, p.people))) {
      leave_school(work, i, School::dropped, p);
    }
  } else if (finished >= kSeniorYears && school == School::vocational) {
    add_skill(persons, i, p.people.vocational_skill);
    leave_school(work, i, School::done, p);
  } else if (finished >= kSeniorYears && school == School::senior) {
    after_senior(work, i, p);
  }
}

/// Into preschool from four, for who is of a family that sends its children; into grade one from
/// six.
void enter(CountyWork& work, std::size_t i, int age, const DemographySchool& s) {
  County& c = *work.county;
  if (age < 6) {
    const double share =
        has_teaching_point(c, work.owner[i]) ? s.preschool_point : s.preschool_none;
    if (school_of(c.persons, i) == School::preschool ||
        !bernoulli(work.key(), kPreschool, entity_of(work, i), 0, share))
      return;
    c.persons.school[i] = static_cast<std::uint8_t>(School::preschool);
    return;
  }
  if (school_of(c.persons, i) == School::preschool) add_skill(c.persons, i, s.preschool_skill);
  c.persons.school[i] = static_cast<std::uint8_t>(School::pupil);
  c.persons.activity[i] = static_cast<std::uint8_t>(Activity::pupil);
  work.pupils += 1.0;
}

}  // namespace

bool graduated(const CountyWork& work, std::size_t i, const DemographySchool& p) {
  const PersonTable& persons = work.county->persons;
  if (school_of(persons, i) != School::tertiary || persons.schooling[i] < kShortTertiary)
    return false;
  return persons.schooling[i] >= kLongTertiary ||
         !bernoulli(work.key(), kLength, entity_of(work, i), 0, p.tertiary_long);
}

void school(CountyWork& work, const EconomyParameters& p) {
  if (work.month_number() != 9) return;
  const County& c = *work.county;
  std::vector<double> village(c.villages.size());
  for (std::size_t v = 0; v < village.size(); ++v) village[v] = village_factor(work, v, p.people);
  for (std::size_t i = 0; i < c.persons.size(); ++i) {
    const School before = school_of(c.persons, i);
    const int age = age_at(c.persons.birth[i], work.month);
    if (before == School::pupil || in_upper_school(before)) {
      next_grade(work, i, village[c.households.village[work.owner[i]]], p);
    } else if (age >= 4 && age < 9 && (before == School::none || before == School::preschool)) {
      enter(work, i, age, p.people);
    } else {
      continue;
    }
    const double yuan = fee(work, i, p.people);
    if (yuan > 0.0) pay_bill(work, work.owner[i], yuan);
  }
}

}  // namespace terrace::economy

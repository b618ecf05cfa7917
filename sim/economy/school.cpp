// September: pupils go up a grade or leave school; junior leavers enter senior school or look for
// work.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kDropout = stream("school.dropout");
constexpr StreamId kSenior = stream("school.senior");

/// Chance of not coming back after `finished` grades. Grades 1-6 lose almost nobody; the published
/// rates are between grades 7 and 8 and between 8 and 9 in poor counties; after 9 nobody need stay.
double dropout_chance(const CountyWork& work, std::size_t h, int finished,
                      const DemographySchool& s) {
  double chance = finished < 7 ? s.dropout_early : (finished == 7 ? s.dropout_78 : s.dropout_89);
  if (finished >= 9) chance = 0.0;
  if (!work.county->designated) chance *= s.dropout_other;
  const bool poor = static_cast<double>(work.income[h]) < 1.5 * work.frame->poverty_line;
  chance *= poor ? s.dropout_poor : 1.0 / s.dropout_poor;
  return chance * work.flows.dropout[h];
}

void leave_school(CountyWork& work, std::size_t i, School how, const EconomyParameters& p) {
  PersonTable& persons = work.county->persons;
  persons.school[i] = static_cast<std::uint8_t>(how);
  work.pupils -= 1.0;
  const bool of_age = age_at(persons.birth[i], work.month) >= 16;
  persons.activity[i] = static_cast<std::uint8_t>(of_age ? Activity::farm : Activity::child);
  persons.state_until[i] = kNoMonth;
  if (of_age && persons.disability[i] < 2) start_search(work, i, p);
}

void next_grade(CountyWork& work, std::size_t i, const EconomyParameters& p) {
  County& c = *work.county;
  PersonTable& persons = c.persons;
  const std::size_t h = work.owner[i];
  const Entity who{c.households.id[h], c.number, persons.number[i]};
  const int finished = persons.schooling[i] + 1;
  persons.schooling[i] = static_cast<std::uint8_t>(finished);
  const auto school = static_cast<School>(persons.school[i]);
  if (school == School::pupil && uniform(work.key(), kDropout, who, work.month) <
                                     dropout_chance(work, h, finished, p.people)) {
    leave_school(work, i, School::dropped, p);
    return;
  }
  if (school == School::pupil && finished >= 9) {
    const double odds = exact::logit(p.people.senior_entry) + work.flows.senior[h];
    if (uniform(work.key(), kSenior, who, work.month) < exact::logistic(odds)) {
      persons.school[i] = static_cast<std::uint8_t>(School::senior);
    } else {
      leave_school(work, i, School::done, p);
    }
  } else if (school == School::senior && finished >= 12) {
    leave_school(work, i, School::done, p);
  }
  if (static_cast<School>(persons.school[i]) == School::senior)
    pay_bill(work, h, p.people.fee_senior);
}

}  // namespace

void school(CountyWork& work, const EconomyParameters& p) {
  if (work.month_number() != 9) return;
  County& c = *work.county;
  PersonTable& persons = c.persons;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const auto state = static_cast<School>(persons.school[i]);
    const int age = age_at(persons.birth[i], work.month);
    if (state == School::none && age >= 6 && age < 9) {
      persons.school[i] = static_cast<std::uint8_t>(School::pupil);
      persons.activity[i] = static_cast<std::uint8_t>(Activity::pupil);
      work.pupils += 1.0;
    } else if (state == School::pupil || state == School::senior) {
      next_grade(work, i, p);
      refresh_household(c, work.owner[i], work.month, p);
    }
  }
}

}  // namespace terrace::economy

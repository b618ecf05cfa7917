// Where a couple lives, and who heads a household.
#include <algorithm>
#include <cstdlib>

#include <terrace/random.hpp>

#include "economy/family.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kDivide = stream("family.divide");

Relation relation_of(const PersonTable& persons, std::size_t i) {
  return static_cast<Relation>(persons.relation[i]);
}

void set(PersonTable& persons, std::size_t i, Relation to) {
  persons.relation[i] = static_cast<std::uint8_t>(to);
}

/// Work away and posts of the county's market are kept. What belongs to the old village or to an
/// enrolment of the old household is left, and who farmed there looks for work.
void change_work(CountyWork& work, std::size_t person, bool other_village) {
  PersonTable& persons = work.county->persons;
  const auto does = static_cast<Activity>(persons.activity[person]);
  const auto post = static_cast<Post>(persons.post[person]);
  const bool leaves = does == Activity::public_post ||
                      (other_village && (does == Activity::farm || post == Post::cooperative));
  if (!leaves) return;
  leave_work(work, person);
  persons.activity[person] = static_cast<std::uint8_t>(Activity::searching);
  persons.post[person] = static_cast<std::uint8_t>(Post::none);
  persons.state_until[person] = kNoMonth;  // January dates the search
  work.searching += 1.0;
}

bool divides(const FamilyYear& year, std::size_t groom) {
  const CountyWork& work = year.work;
  const HouseholdTable& t = work.county->households;
  const std::size_t home = work.owner[groom];
  return relation_of(work.county->persons, groom) != Relation::head && year.adults[home] > 1 &&
         can_branch(t.id[home], t.divisions[home]) &&
         bernoulli(work.key(), kDivide, year.entity_of(groom), work.month,
                   year.p.divide_at_marriage);
}

int years_between(const PersonTable& persons, std::size_t a, std::size_t b) {
  return std::abs(persons.birth[a] - persons.birth[b]) / 12;
}

/// The others as a new head sees them who was a child (or parent, or other) of the last. Who is
/// whose is not kept, so it goes by age: the partner of a son or daughter is the child-in-law
/// nearest in age, their children are the young.
void relate(PersonTable& persons, std::size_t first, std::size_t end, std::size_t head,
            Relation was) {
  std::size_t partner = end;
  for (std::size_t i = first; i < end; ++i) {
    if (i == head) continue;
    const Relation r = relation_of(persons, i);
    if (r == Relation::child_in_law) {
      const bool nearer =
          partner == end || years_between(persons, i, head) < years_between(persons, partner, head);
      if (was == Relation::child && nearer) partner = i;
      set(persons, i, Relation::other);
    } else if (r == Relation::child) {
      set(persons, i, Relation::other);
    } else if (was == Relation::child && r == Relation::other &&
               persons.birth[i] > persons.birth[head] &&
               years_between(persons, i, head) >= kAdult) {
      set(persons, i, Relation::child);
    }
  }
  if (partner != end) set(persons, partner, Relation::spouse);
}

}  // namespace

std::uint8_t months_away(const CountyWork& work, std::size_t person) {
  const HouseholdTable& t = work.county->households;
  const std::size_t h = work.owner[person];
  const auto does = static_cast<Activity>(work.county->persons.activity[person]);
  if (does != Activity::migrant || t.away[h] == 0) return 0;
  return static_cast<std::uint8_t>(std::min(12, t.away_last_year[h] / t.away[h]));
}

bool settle(FamilyYear& year, std::size_t groom, std::size_t bride) {
  CountyWork& work = year.work;
  PersonTable& persons = work.county->persons;
  HouseholdTable& t = work.county->households;
  const std::size_t hers = work.owner[bride];
  const std::size_t his = work.owner[groom];
  // Others may have left both households today.
  if (year.adults[hers] < 2 || !year.edit.room(his)) return false;
  const bool apart = divides(year, groom);
  const std::uint8_t his_months = months_away(work, groom);
  const std::uint8_t her_months = months_away(work, bride);
  const bool other_village = t.village[hers] != t.village[his];
  if (apart) change_work(work, groom, false);
  change_work(work, bride, other_village);

  // She brings her part of last year's income, so that twelve-month figures stay right.
  const std::size_t family = year.edit.members(his) + 1;
  move_flows(t, hers, his, {1, year.edit.members(hers)}, her_months);
  std::size_t home = his;
  Relation she = Relation::spouse;
  if (apart) {
    const auto months = static_cast<std::uint8_t>(his_months + her_months);
    home = year.edit.found(his, {2, family}, months);
    year.edit.move(groom, his, home);
    set(persons, groom, Relation::head);
    --year.adults[his];
    work.event(Sum::divisions) += 1.0;
    work.note(his, EventKind::divided, 2.0F);
  } else {
    ++year.adults[his];
    const Relation he = relation_of(persons, groom);
    if (he == Relation::child) she = Relation::child_in_law;
    if (he != Relation::child && he != Relation::head) she = Relation::other;
  }
  work.note_person(bride, EventKind::married_out);
  year.edit.move(bride, hers, home);
  if (!apart)
    work.note(his, EventKind::married_in, 0.0F, kNoModule, Reason::none, persons.number[bride]);
  --year.adults[hers];
  set(persons, bride, she);
  for (const std::size_t i : {groom, bride})
    persons.flags[i] = static_cast<std::uint8_t>(persons.flags[i] | flag::married);
  return true;
}

void choose_head(County& county, std::size_t h) {
  PersonTable& persons = county.persons;
  const std::size_t first = county.households.first[h];
  const std::size_t end = first + county.households.members[h];
  std::size_t next = first;
  for (std::size_t i = first; i < end; ++i) {
    const Relation r = relation_of(persons, i);
    if (r == Relation::head) return;
    const bool spouse = r == Relation::spouse;
    const bool spouse_so_far = relation_of(persons, next) == Relation::spouse;
    if (spouse && !spouse_so_far) next = i;
    if (spouse == spouse_so_far && persons.birth[i] < persons.birth[next]) next = i;
  }
  const Relation was = relation_of(persons, next);
  set(persons, next, Relation::head);
  if (was != Relation::spouse) relate(persons, first, end, next, was);
}

}  // namespace terrace::economy

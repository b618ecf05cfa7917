#include "population/people.hpp"

#include <algorithm>
#include <cmath>

#include <terrace/maths.hpp>

#include "population/columns.hpp"

namespace terrace {

namespace {

// Schooling begins at seven, as it did in the countryside: a pupil of 15 has done eight grades.
constexpr int kSchoolAge = 7;
constexpr int kJuniorEnd = 16;
constexpr int kSeniorEnd = 19;
constexpr int kTertiaryEnd = 22;
constexpr int kPreschoolAge = 4;
constexpr int kGrown = 18;
constexpr int kElder = 60;

/// What was drawn of one person.
struct Draws {
  float age, sex, mandarin;   // uniform
  float disability, chronic;  // uniform
  float health, schooling;    // normal
  float skill;                // normal
  float branch;               // uniform: preschool, vocational school
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
  const Block skill = draw_block(key, synthesis_stream::skill, who, 0);
  float unused = 0.0F;
  exact::normal_pair(skill[0], skill[1], d.skill, unused);
  d.branch = uniform24(skill[2]);
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

Schooling schooling_of(const PeopleRules& rules, int age, bool woman, bool married, bool severe,
                       float latent, float branch) {
  const auto u = static_cast<double>(branch);
  if (age < kSchoolAge - 1 || (severe && age < kJuniorEnd)) {
    const bool small = age >= kPreschoolAge && age < kSchoolAge - 1 && !severe;
    return {small && u < rules.parameters->preschool_start ? School::preschool : School::none, 0};
  }
  if (age < kJuniorEnd) {
    const bool gone =
        (age == 14 && latent < rules.drop_14) || (age >= 15 && latent < rules.drop_15);
    if (gone) return {School::dropped, 7};
    return {School::pupil, static_cast<std::uint8_t>(std::max(0, age - kSchoolAge))};
  }
  if (age < kSeniorEnd) {
    if (latent < rules.drop_15) return {School::dropped, 7};
    if (!severe && latent > rules.senior_above) {
      const School kind =
          u < rules.parameters->vocational_start ? School::vocational : School::senior;
      return {kind, static_cast<std::uint8_t>(age - kSchoolAge)};
    }
    return {School::done, 9};
  }
  if (age < kTertiaryEnd && !severe && !married && latent > rules.tertiary_above)
    return {School::tertiary, static_cast<std::uint8_t>(age - kSchoolAge)};
  const double years =
      mean_schooling(*rules.parameters, age, woman) + static_cast<double>(rules.school_sd * latent);
  return {School::done, static_cast<std::uint8_t>(std::clamp(years + 0.5, 0.0, 16.0))};
}

Activity activity_of(int age, bool severe, School school) {
  if (school == School::pupil || in_upper_school(school)) return Activity::pupil;
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

/// Nobody who works is drawn as unable to.
bool known_to_work(const KnownPerson& who) {
  const auto does = static_cast<Activity>(who.activity);
  return who.activity >= 0 && (does == Activity::farm || does == Activity::searching ||
                               does == Activity::local_wage || does == Activity::migrant);
}

/// Schooling as it is known. Where only the grades are, the standing in school is that which was
/// drawn, made to fit them and what the person does.
Schooling known_schooling(const KnownPerson& who, int age, Schooling drawn) {
  if (who.schooling < 0) return drawn;
  const auto years = static_cast<std::uint8_t>(who.schooling);
  if (who.school >= 0) return {static_cast<School>(who.school), years};
  School state = drawn.state;
  const bool attends = state == School::pupil || in_upper_school(state);
  const bool nine = years >= 9;
  if (who.activity == static_cast<int>(Activity::pupil)) {
    state = age < kSchoolAge - 1 ? School::preschool
            : nine               ? (age < kSeniorEnd ? School::senior : School::tertiary)
                                 : School::pupil;
  } else if (who.activity >= 0 && who.activity != static_cast<int>(Activity::ill) && attends) {
    state = nine ? School::done : School::dropped;
  } else if (attends) {
    state = nine ? School::senior : age < kJuniorEnd ? School::pupil : School::dropped;
  } else if (state == School::dropped || (state == School::done && age < kSeniorEnd)) {
    state = nine ? School::done : School::dropped;
  }
  return {state, years};
}

void write_row(PersonTable& persons, std::size_t row, std::uint8_t number, const KnownPerson& who,
               const PeopleRules& rules, const HouseholdSeed& household, const Draws& d) {
  const PopulationParameters& p = *rules.parameters;
  const int age = who.months / 12;
  const double disabled = share_at(p.disability_base, p.disability_80, age);
  const auto u = static_cast<double>(d.disability);
  // One draw for both: the severely disabled are the first part of the disabled.
  const bool severe = u < disabled * p.disability_severe && !known_to_work(who);
  const int disability = who.disability >= 0 ? who.disability : severe ? 2 : u < disabled ? 1 : 0;
  const bool chronic = who.chronic >= 0 ? who.chronic > 0
                                        : static_cast<double>(d.chronic) <
                                              share_at(p.chronic_base, p.chronic_80, age);
  const double mandarin = static_cast<double>(rules.mandarin) -
                          p.mandarin_decline * std::max(0, age - 20) -
                          (household.minority ? p.mandarin_minority : 0.0);
  const bool speaks =
      who.mandarin >= 0 ? who.mandarin > 0 : static_cast<double>(d.mandarin) < mandarin;
  const float latent = rules.family_part * household.schooling + rules.own_part * d.schooling;
  const Schooling school = known_schooling(
      who, age,
      schooling_of(rules, age, who.woman, who.married, disability == 2, latent, d.branch));

  persons.birth[row] = static_cast<std::int16_t>(rules.start - who.months);
  persons.number[row] = number;
  persons.flags[row] =
      static_cast<std::uint8_t>((who.woman ? flag::woman : 0) | (speaks ? flag::mandarin : 0) |
                                (chronic ? flag::chronic : 0) | (who.married ? flag::married : 0));
  persons.disability[row] = static_cast<std::uint8_t>(disability);
  persons.relation[row] = static_cast<std::uint8_t>(who.relation);
  persons.schooling[row] = school.years;
  persons.school[row] = static_cast<std::uint8_t>(school.state);
  persons.activity[row] = static_cast<std::uint8_t>(
      who.activity >= 0 ? static_cast<Activity>(who.activity)
                        : activity_of(age, disability == 2, school.state));
  persons.post[row] = static_cast<std::uint8_t>(Post::none);
  persons.skill[row] = pack_skill(p.skill_sd * static_cast<double>(d.skill));
  persons.health[row] = std::isnan(who.health)
                            ? health_of(p, age, disability, chronic, d.health)
                            : static_cast<std::uint8_t>(255.0F * who.health + 0.5F);
  persons.state_until[row] = kNoMonth;
}

int youngest(const MemberPlan& member) {
  return member.ages.empty() ? 0 : static_cast<int>(member.ages.front().months) / 12;
}

/// The first child of a kind that is grown in every such household.
int grown_child(const KindPlan& kind) {
  for (std::size_t m = 0; m < kind.members.size(); ++m) {
    if (kind.members[m].relation == Relation::child && youngest(kind.members[m]) >= kGrown)
      return static_cast<int>(m);
  }
  return -1;
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
  rules.tertiary_above = static_cast<float>(exact::normal_quantile(1.0 - p.tertiary_start));
  const double drop = county.designated ? 1.0 : p.dropout_other;
  rules.drop_14 = static_cast<float>(exact::normal_quantile(drop * p.dropout_14));
  rules.drop_15 = static_cast<float>(exact::normal_quantile(drop * p.dropout_15));
  rules.mandarin =
      static_cast<float>(p.mandarin_young - (region == Region::west ? p.mandarin_west : 0.0));
  return rules;
}

int child_in_law(const KindPlan& kind) {
  if (grown_child(kind) < 0) return -1;
  for (std::size_t m = 0; m < kind.members.size(); ++m) {
    if (kind.members[m].relation == Relation::other && youngest(kind.members[m]) >= kGrown)
      return static_cast<int>(m);
  }
  return -1;
}

std::uint32_t married_members(const KindPlan& kind) {
  bool spouse = false;
  bool child = false;
  for (const MemberPlan& m : kind.members) {
    spouse = spouse || m.relation == Relation::spouse;
    child = child || m.relation == Relation::child;
  }
  const int in_law = child_in_law(kind);
  std::uint32_t married = in_law < 0 ? 0U : 1U << in_law | 1U << grown_child(kind);
  for (std::size_t m = 0; m < kind.members.size(); ++m) {
    const MemberPlan& member = kind.members[m];
    const bool parent = member.relation == Relation::parent;
    const bool elder = youngest(member) >= kElder;
    const bool head = member.relation == Relation::head && (spouse || child);
    if (parent || elder || head || member.relation == Relation::spouse) married |= 1U << m;
  }
  return married;
}

void write_members(County& county, const KindPlan& kind, const PeopleRules& rules,
                   const HouseholdSeed& household, RunKey key) {
  const std::uint32_t married = married_members(kind);
  const int in_law = child_in_law(kind);
  bool child_woman = false;
  for (std::size_t m = 0; m < kind.members.size(); ++m) {
    const auto number = static_cast<std::uint8_t>(m);
    const MemberPlan& plan = kind.members[m];
    const Draws d = draw_person(key, {household.id, county.number, number});
    const bool partner = static_cast<int>(m) == in_law;
    bool woman = static_cast<double>(d.sex) < plan.female;
    if (partner && grown_child(kind) < in_law) woman = !child_woman;
    if (static_cast<int>(m) == grown_child(kind)) child_woman = woman;
    KnownPerson who;
    who.relation = partner ? Relation::child_in_law : plan.relation;
    who.woman = woman;
    who.married = (married >> m & 1U) != 0;
    who.months =
        age_months(plan, age_place(static_cast<double>(household.stage),
                                   rules.parameters->age_spread, static_cast<double>(d.age)));
    write_row(county.persons, household.first + m, number, who, rules, household, d);
  }
}

void write_person(County& county, std::size_t row, std::uint8_t number, const KnownPerson& who,
                  const PeopleRules& rules, const HouseholdSeed& household, RunKey key) {
  write_row(county.persons, row, number, who, rules, household,
            draw_person(key, {household.id, county.number, number}));
}

}  // namespace terrace

// Local posts and work away. Spells are drawn once, at their start, and lie in the county's
// calendar; a month visits what is due. Posts and openings are finite: candidates are ranked, then
// rationed.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"
#include "population/reach.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kSearch = stream("labour.search");
constexpr StreamId kSpell = stream("labour.spell");
constexpr StreamId kQueue = stream("labour.queue");
constexpr StreamId kTaste = stream("labour.taste");
constexpr StreamId kApply = stream("migration.apply");
constexpr StreamId kStay = stream("migration.stay");
constexpr StreamId kDestination = stream("migration.destination");
constexpr int kLongest = 600;  // months; no spell outlives a working life

Entity entity_of(const CountyWork& work, std::size_t person) {
  const County& c = *work.county;
  return {c.households.id[work.owner[person]], c.number, c.persons.number[person]};
}

/// How much faster than usual a search goes: one's own effort, and where the household is or was on
/// the register the resident team, which asks around for posts. The team as it is when the search
/// begins.
double search_pace(const CountyWork& work, std::size_t person) {
  const HouseholdTable& t = work.county->households;
  const std::size_t h = work.owner[person];
  const bool helped =
      on_register(t.status[h]) || static_cast<Status>(t.status[h]) == Status::exited;
  const double team = helped ? work.team[t.village[h]] : 0.0;
  return work.effort[h] * (1.0 + team) * static_cast<double>(work.flows.search[h]);
}

Activity activity_of(const CountyWork& work, std::size_t person) {
  return static_cast<Activity>(work.county->persons.activity[person]);
}

bool able(const PersonTable& persons, std::size_t i) { return persons.disability[i] < 2; }

/// Adds a person's post to the county's counts, or takes it off them.
void count_post(CountyWork& work, std::size_t person, double by) {
  switch (static_cast<Post>(work.county->persons.post[person])) {
    case Post::enterprise:
      work.employed += by;
      break;
    case Post::cooperative:
      work.coop_workers += by;
      break;
    case Post::public_service:
      work.public_posts += by;
      break;
    default:
      break;
  }
}

void count_people(CountyWork& work, const EconomyParameters& p) {
  const PersonTable& persons = work.county->persons;
  work.employed = work.searching = work.pupils = work.adults = 0.0;
  work.coop_workers = work.public_posts = 0.0;
  work.ill_months.assign(work.county->households.size(), 0);
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const int age = age_at(persons.birth[i], work.month);
    if (age >= 16 && age < 60) work.adults += 1.0;
    const Activity a = activity_of(work, i);
    if (a == Activity::pupil) work.pupils += 1.0;
    count_post(work, i, 1.0);
    // An illness that began last year goes on.
    if (a == Activity::ill && persons.state_until[i] != kNoMonth)
      count_ill_months(work, i, persons.state_until[i]);
    if (a == Activity::searching) {
      work.searching += 1.0;
      if (persons.state_until[i] == kNoMonth) {
        work.searching -= 1.0;  // start_search counts it
        start_search(work, i, p);
      }
    }
  }
}

/// Who reached an opening this month is ranked by chance and weight, and the vacancies are filled.
void fill_vacancies(CountyWork& work, const std::vector<std::uint32_t>& arrivals,
                    const EconomyParameters& p) {
  County& c = *work.county;
  std::vector<RankedBid> bids;
  bids.reserve(arrivals.size());
  for (const std::uint32_t i : arrivals) {
    const Entity who = entity_of(work, i);
    // The smallest of exponentials with these rates comes first: sampling by weight without
    // replacement.
    const double e = exponential(work.key(), kQueue, who, work.month, 1.0);
    bids.push_back({exact::log(e) - post_weight(work, i, p.work),
                    key64(work.key(), kQueue, who, work.month), i});
  }
  const double open = work.posts + work.module_posts - p.work.displacement * work.public_posts;
  const double vacancies = std::max(0.0, open - work.employed);
  const auto taken = ration(bids, static_cast<std::size_t>(vacancies));
  for (const std::uint32_t i : taken) {
    hire(work, i, Post::enterprise, p);
    refresh_household(c, work.owner[i], work.month, p);
  }
  for (const std::uint32_t i : arrivals) {
    if (activity_of(work, i) != Activity::searching) continue;
    work.searching -= 1.0;
    start_search(work, i, p);
  }
}

/// Whoever fell ill at school, or as a child, takes that up again.
bool back_to_childhood(CountyWork& work, std::size_t person) {
  PersonTable& persons = work.county->persons;
  const auto school = static_cast<School>(persons.school[person]);
  const bool attends =
      school == School::preschool || school == School::pupil || in_upper_school(school);
  if (!attends && age_at(persons.birth[person], work.month) >= 16) return false;
  persons.activity[person] = static_cast<std::uint8_t>(attends ? Activity::pupil : Activity::child);
  persons.state_until[person] = kNoMonth;
  if (attends) work.pupils += 1.0;
  return true;
}

void end_spells(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  std::vector<std::uint32_t> arrivals;
  const std::vector<std::uint32_t> due =
      work.due[static_cast<std::size_t>(work.month_number() - 1)];
  for (const std::uint32_t i : due) {
    if (c.persons.state_until[i] != pack_month(work.month)) continue;  // overtaken by another event
    const Activity a = activity_of(work, i);
    if (a == Activity::searching) {
      arrivals.push_back(i);
      // A search that was broken off and begun again may be due twice in one month.
      c.persons.state_until[i] = kNoMonth;
    } else if (a == Activity::local_wage || a == Activity::migrant || a == Activity::ill) {
      leave_work(work, i);
      if (a == Activity::ill) work.note_person(i, EventKind::recovery);
      if (a == Activity::ill && back_to_childhood(work, i)) continue;
      const bool works = age_at(c.persons.birth[i], work.month) < 60 && able(c.persons, i);
      c.persons.activity[i] = static_cast<std::uint8_t>(Activity::farm);
      c.persons.state_until[i] = kNoMonth;
      if (works) start_search(work, i, p);
      refresh_household(c, work.owner[i], work.month, p);
    }
  }
  fill_vacancies(work, arrivals, p);
}

/// Dependants to care for, per adult of the household who could work away.
double care_load(const CountyWork& work, std::size_t h) {
  const County& c = *work.county;
  int dependants = 0;
  int adults = 0;
  const std::size_t end = c.households.first[h] + c.households.members[h];
  for (std::size_t i = c.households.first[h]; i < end; ++i) {
    const int age = age_at(c.persons.birth[i], work.month);
    if (age < 6 || age >= 80 || c.persons.disability[i] == 2) ++dependants;
    if (age >= 16 && age < 60 && able(c.persons, i)) ++adults;
  }
  return adults == 0 ? 0.0 : static_cast<double>(dependants) / adults;
}

/// What speaks for leaving in a household's circumstances, log-odds.
double household_pull(const CountyWork& work, std::size_t h, const EconomyParameters& p) {
  const County& c = *work.county;
  const WagesLabour& w = p.work;
  const double pay = w.months_migrant * work.frame->migrant_wage / work.frame->price;
  // Compared with what an adult makes at home: the household's income a head of last year.
  const double home = std::max(500.0, static_cast<double>(work.income_2012[h]));
  const std::uint16_t v = c.households.village[h];
  const bool road = (reach_of(c, h) & access::road) != 0;
  return w.mig_b0 + w.mig_beta_gap * exact::log(pay / home) +
         w.mig_beta_net * c.villages.migrant_share[v] + w.mig_beta_care * care_load(work, h) +
         (c.households.wealth[h] > w.mig_cost ? w.mig_beta_cash : 0.0) + w.mig_place * c.place +
         (road ? w.mig_road : 0.0) + static_cast<double>(work.flows.migrate[h]);
}

/// And in a person's own.
double personal_pull(const CountyWork& work, std::size_t i, const WagesLabour& w) {
  const int age = age_at(work.county->persons.birth[i], work.month);
  return w.mig_beta_age * std::max(0, age - 25) +
         w.mig_taste * normal(work.frame->lasting, kTaste, entity_of(work, i), 0);
}

/// The Spring Festival at which somebody far away comes home for good: the nearest to the month in
/// which the stay would end, but not the one just past.
Month festival_near(Month until, Month now) {
  const int year = year_of(until) + (month_in_year(until) > 7 ? 1 : 0);
  return std::max(month_of(year, 1), month_of(year_of(now) + 1, 1));
}

/// After the Spring Festival those at home decide whether to go; openings are fewer than
/// applicants.
void migrate(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  const WagesLabour& w = p.work;
  std::vector<RankedBid> bids;
  double away = 0.0;
  for (std::size_t h = 0; h < c.households.size(); ++h) {
    away += c.households.away[h];
    const double common = household_pull(work, h, p);
    const std::size_t end = c.households.first[h] + c.households.members[h];
    for (std::size_t i = c.households.first[h]; i < end; ++i) {
      const Activity a = activity_of(work, i);
      if (a != Activity::searching && a != Activity::farm) continue;
      const int age = age_at(c.persons.birth[i], work.month);
      if (age < 16 || age >= 60 || !able(c.persons, i)) continue;
      const Entity who = entity_of(work, i);
      const double x = common + personal_pull(work, i, w);
      const Block b = draw_block(work.key(), kApply, who, work.month);
      if (uniform53(b[0], b[1]) >= exact::logistic(x)) continue;
      const double noise = exact::logit(uniform(work.key(), kStay, who, work.month, 1));
      bids.push_back({-(x + noise), static_cast<std::uint64_t>(b[2]) << 32 | b[3],
                      static_cast<std::uint32_t>(i)});
    }
  }
  work.report->applicants = away + static_cast<double>(bids.size());
  const double open = std::max(0.0, work.plan->migrant_openings - away);
  const auto gone = ration(bids, static_cast<std::size_t>(open));
  work.event(Sum::applicants) += static_cast<double>(bids.size());
  work.event(Sum::refused) += static_cast<double>(bids.size() - gone.size());
  for (const std::uint32_t i : gone) {
    go_away(work, i, w);
    c.households.wealth[work.owner[i]] -= static_cast<float>(w.mig_cost);
    refresh_household(c, work.owner[i], work.month, p);
  }
}

}  // namespace

double wish_to_leave(const CountyWork& work, std::size_t person, const EconomyParameters& p) {
  return household_pull(work, work.owner[person], p) + personal_pull(work, person, p.work);
}

double post_weight(const CountyWork& work, std::size_t i, const WagesLabour& w) {
  const double taste = normal(work.frame->lasting, kTaste, entity_of(work, i), 0);
  return w.match_edu * (work.county->persons.schooling[i] - 7.0) +
         w.match_perm * static_cast<double>(work.county->households.u_perm[work.owner[i]]) +
         w.match_taste * taste;
}

void count_ill_months(CountyWork& work, std::size_t person, Month until) {
  std::uint8_t& months = work.ill_months[work.owner[person]];
  const int more = std::clamp(until - work.month, 0, 13 - work.month_number());
  months = static_cast<std::uint8_t>(std::min(255, months + more));
}

void set_end(CountyWork& work, std::size_t person, Month until) {
  work.county->persons.state_until[person] = pack_month(until);
  if (year_of(until) == work.frame->year) {
    work.due[static_cast<std::size_t>(month_in_year(until) - 1)].push_back(
        static_cast<std::uint32_t>(person));
  }
}

void leave_work(CountyWork& work, std::size_t person) {
  count_post(work, person, -1.0);
  const std::uint8_t post = work.county->persons.post[person];
  if (static_cast<Post>(post) != Post::none) {
    const bool away = activity_of(work, person) == Activity::migrant;
    work.note_person(person, away ? EventKind::returned : EventKind::job_lost, post);
  }
  if (activity_of(work, person) == Activity::searching) work.searching -= 1.0;
  work.county->persons.post[person] = static_cast<std::uint8_t>(Post::none);
}

void hire(CountyWork& work, std::size_t person, Post post, const EconomyParameters& p) {
  leave_work(work, person);
  PersonTable& persons = work.county->persons;
  persons.activity[person] = static_cast<std::uint8_t>(Activity::local_wage);
  persons.post[person] = static_cast<std::uint8_t>(post);
  count_post(work, person, 1.0);
  work.note_person(person, EventKind::job_found, persons.post[person]);
  const Entity who = entity_of(work, person);
  set_end(
      work, person,
      work.month + geometric_months(work.key(), kSpell, who, work.month, p.work.h_sep, kLongest));
}

void go_away(CountyWork& work, std::size_t person, const WagesLabour& w) {
  leave_work(work, person);
  PersonTable& persons = work.county->persons;
  const Entity who = entity_of(work, person);
  const bool far = uniform(work.key(), kDestination, who, work.month) < w.far_share;
  persons.activity[person] = static_cast<std::uint8_t>(Activity::migrant);
  persons.post[person] = static_cast<std::uint8_t>(far ? Post::far : Post::near);
  work.note_person(person, EventKind::left_to_work, persons.post[person]);
  const Month until =
      work.month + geometric_months(work.key(), kStay, who, work.month, w.mig_return, kLongest);
  set_end(work, person, far ? festival_near(until, work.month) : until);
}

void start_search(CountyWork& work, std::size_t person, const EconomyParameters& p) {
  work.county->persons.activity[person] = static_cast<std::uint8_t>(Activity::searching);
  work.searching += 1.0;
  set_end(work, person,
          work.month + geometric_months(work.key(), kSearch, entity_of(work, person), work.month,
                                        std::min(1.0, p.work.h_match * search_pace(work, person)),
                                        kLongest));
}

void open_labour(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  for (auto& month : work.due) month.clear();
  for (std::size_t i = 0; i < c.persons.size(); ++i) {
    const std::uint16_t until = c.persons.state_until[i];
    if (until == kNoMonth || year_of(until) > work.frame->year) continue;
    work.due[static_cast<std::size_t>(month_in_year(until) - 1)].push_back(
        static_cast<std::uint32_t>(i));
  }
  count_people(work, p);
  const double growth = exact::exp(p.work.posts_growth * work.frame->growth_years);
  work.posts =
      work.adults * p.work.posts_per_adult * growth * exact::exp(p.work.local_place * c.place);
}

void labour(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  // Members whom a module took into or let out of a post.
  for (const std::uint32_t h : work.touched) {
    const std::size_t end = c.households.first[h] + c.households.members[h];
    for (std::size_t i = c.households.first[h]; i < end; ++i) {
      if (activity_of(work, i) == Activity::searching && c.persons.state_until[i] == kNoMonth)
        start_search(work, i, p);
    }
    refresh_household(c, h, work.month, p);
  }
  work.touched.clear();
  end_spells(work, p);
  if (work.month_number() == 2) migrate(work, p);
}

}  // namespace terrace::economy

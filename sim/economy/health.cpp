// Illness: its bill with a heavy tail, what insurance and programmes pay, care forgone, months
// without work, and what it leaves behind.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"
#include "population/reach.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kIllness = stream("shock.illness");
constexpr StreamId kIllnessCost = stream("shock.illness.cost");
constexpr StreamId kAftermath = stream("shock.illness.aftermath");

double illness_rate(int age, const Health& h) {
  if (age < 20) return 0.5 * h.ill_rate_20_40;
  if (age < 40) return h.ill_rate_20_40;
  if (age >= 60) return h.ill_rate_60;
  return h.ill_rate_20_40 + (h.ill_rate_60 - h.ill_rate_20_40) * (age - 40) / 20.0;
}

bool insured(const CountyWork& work, std::size_t household) {
  return (work.county->households.services[household] & service::insured) != 0;
}

/// Share of an insured household's bills that a programme pays beside the scheme.
double covered_share(const CountyWork& work, std::size_t household, const Health& h) {
  const double left = 1.0 - work.frame->reimbursement;
  const double cover = work.county->households.cover[household] / 100.0;
  return std::max(0.0, std::min(cover, left - h.least_own));
}

/// Households a person, by which stays a household and year become a person's.
double households_a_person(const County& c) {
  if (c.persons.size() == 0) return 0.0;
  return static_cast<double>(c.households.size()) / static_cast<double>(c.persons.size());
}

/// Stays a household and year because more of its bills is paid than in 2012.
double further_stays(const CountyWork& work, std::size_t household, const Health& h) {
  if (!insured(work, household)) return 0.0;
  const double more = work.frame->coverage_gain + covered_share(work, household, h);
  return h.moral_hazard * std::max(0.0, more / 0.25);
}

/// A bill as it is shared out. The scheme pays the rest.
struct Shares {
  double own = 0.0;
  double covered = 0.0;
};

Shares shares_of(const CountyWork& work, const IllnessEvent& event, const Health& h) {
  const std::size_t household = work.owner[event.person];
  if (!insured(work, household)) return {event.cost, 0.0};
  const double covered = covered_share(work, household, h);
  return {event.cost * (1.0 - work.frame->reimbursement - covered), event.cost * covered};
}

void share_out(CountyWork& work, std::size_t household, const Shares& bill) {
  pay_bill(work, household, bill.own);
  work.covered[household] += static_cast<float>(bill.covered);
}

/// Out of reach: more than half of liquid wealth. Those who forgo care do so only then.
bool stays_untreated(const CountyWork& work, const IllnessEvent& event, double own) {
  const double cash = work.county->households.wealth[work.owner[event.person]];
  return event.forgoes && own > 0.5 * std::max(0.0, cash);
}

void lower_health(PersonTable& persons, std::size_t i, double loss) {
  const double left = std::max(0.05, persons.health[i] / 255.0 - loss);
  persons.health[i] = static_cast<std::uint8_t>(255.0 * left + 0.5);
}

void lay_up(CountyWork& work, std::size_t i, int months) {
  PersonTable& persons = work.county->persons;
  const auto activity = static_cast<Activity>(persons.activity[i]);
  // A public post is kept through an illness; those who do not work lose nothing but the bill.
  if (activity != Activity::farm && activity != Activity::searching &&
      activity != Activity::local_wage && activity != Activity::migrant) {
    return;
  }
  leave_work(work, i);
  persons.activity[i] = static_cast<std::uint8_t>(Activity::ill);
  set_end(work, i, work.month + months);
  count_ill_months(work, i, work.month + months);
}

void fall_ill(CountyWork& work, const IllnessEvent& event, const Health& h) {
  County& c = *work.county;
  const std::size_t household = work.owner[event.person];
  const Shares bill = shares_of(work, event, h);
  const auto own = static_cast<float>(bill.own);
  if (event.stay_only) {
    work.note_person(event.person, EventKind::illness, own, Reason::stay_only);
    share_out(work, household, bill);
    return;
  }
  work.event(Sum::illnesses) += 1.0;
  const bool untreated = stays_untreated(work, event, bill.own);
  if (untreated) {
    work.event(Sum::care_forgone) += 1.0;
    work.note_person(event.person, EventKind::illness, 0.0F, Reason::care_forgone);
  } else {
    work.note_person(event.person, EventKind::illness, own);
    share_out(work, household, bill);
  }
  PersonTable& persons = c.persons;
  const std::size_t i = event.person;
  if (event.disables && persons.disability[i] < 2) {
    ++persons.disability[i];
    work.note_person(i, EventKind::disabled);
  }
  const Entity who{c.households.id[household], c.number, persons.number[i]};
  if (uniform(work.key(), kAftermath, who, work.month) < h.chronic_given_ill)
    persons.flags[i] = static_cast<std::uint8_t>(persons.flags[i] | flag::chronic);
  lower_health(persons, i, untreated ? h.health_untreated : h.health_loss);
  lay_up(work, i, static_cast<int>(h.ill_labour_loss + 0.5) * (untreated ? 2 : 1));
}

}  // namespace

void draw_illnesses(CountyWork& work, const Health& h) {
  const County& c = *work.county;
  for (auto& month : work.illnesses) month.clear();
  const double a_person = households_a_person(c);
  for (std::size_t i = 0; i < c.persons.size(); ++i) {
    const std::size_t household = work.owner[i];
    const Entity who{c.households.id[household], c.number, c.persons.number[i]};
    const Block b = draw_block(work.key(), kIllness, who, work.month);
    const double chronic = (c.persons.flags[i] & flag::chronic) != 0 ? h.chronic_rate : 1.0;
    const double rate = chronic * illness_rate(age_at(c.persons.birth[i], work.month), h);
    const double u = uniform53(b[0], b[1]);
    if (u >= rate + a_person * further_stays(work, household, h)) continue;
    const double cost =
        h.ill_cost_median *
        exact::exp(h.ill_cost_sigma * normal(work.key(), kIllnessCost, who, work.month));
    const bool clinic = (reach_of(c, household) & access::clinic) != 0;
    IllnessEvent event;
    event.person = static_cast<std::uint32_t>(i);
    event.cost = static_cast<float>(cost);
    event.disables = uniform24(b[3]) < h.disable_given_ill;
    event.forgoes = u < rate * h.forgone_care * (clinic ? 1.0 : h.no_clinic);
    event.stay_only = u >= rate;
    // The month: what is left of the word that no other use reads.
    work.illnesses[static_cast<std::size_t>(12.0 * uniform24(b[2]))].push_back(event);
  }
}

void health(CountyWork& work, const EconomyParameters& p) {
  work.covered.assign(work.county->households.size(), 0.0F);
  for (const IllnessEvent& event :
       work.illnesses[static_cast<std::size_t>(work.month_number() - 1)]) {
    fall_ill(work, event, p.health);
    refresh_household(*work.county, work.owner[event.person], work.month, p);
  }
}

void pay_for_care(CountyWork& work, const Health& h) {
  for (const IllnessEvent& event :
       work.illnesses[static_cast<std::size_t>(work.month_number() - 1)]) {
    const double own = shares_of(work, event, h).own;
    if (!stays_untreated(work, event, own)) pay_bill(work, work.owner[event.person], own);
  }
}

void grow_frail(CountyWork& work, const EconomyParameters& p) {
  PersonTable& persons = work.county->persons;
  const double loss = 255.0 * p.health.health_ageing;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const int age = age_at(persons.birth[i], work.month);
    if (age <= 30) continue;
    // Whole steps of 1/255 that add up to the yearly rate over the years.
    const int step = static_cast<int>(loss * age) - static_cast<int>(loss * (age - 1));
    persons.health[i] = static_cast<std::uint8_t>(std::max(13, persons.health[i] - step));
  }
}

}  // namespace terrace::economy

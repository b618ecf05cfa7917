// Who is offered what, who says yes, and who is left without: entitlements and grants, places and
// guarantees. The walk (walk.cpp) shares the same steps.
#include <algorithm>
#include <array>
#include <cmath>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "policies/diary.hpp"
#include "policies/runner.hpp"
#include "policies/shared.hpp"

namespace terrace::policies {

Fen Runner::spendable(const CountyWork& work, Pot pot) {
  if (pot == Pot::line) return INT64_MAX;
  const Ledger& ledger = work.county->ledger;
  return pot == Pot::pool ? ledger.free_pool() - work.pool_due : ledger.of(pot).balance;
}

float Runner::grant_of(const CountyPlan& plan, std::size_t m, std::uint8_t units) {
  return static_cast<float>(to_yuan(plan.grant[m]) * units);
}

std::vector<Candidate> Runner::candidates(CountyWork& work, std::size_t m) const {
  std::vector<Candidate> out;
  work.enrolled.assign(work.county->households.size(), 0);
  // A contract that runs out next month may be followed by a new one.
  for (const Enrolment& e : work.county->enrolments[m]) {
    if (e.end != pack_month(work.month + 1)) work.enrolled[e.household] = 1;
  }
  modules_[m].policy->candidates(now(work, m), out);
  std::erase_if(out, [&](const Candidate& c) { return work.enrolled[c.household] != 0; });
  return out;
}

bool Runner::prescribed(const CountyWork& work, std::size_t m, std::size_t household) const {
  const HouseholdTable& t = work.county->households;
  const Measures does = modules_[m].info.measures;
  return does == 0 || t.diagnosed[household] == kNoCause || (t.plan[household] & does) != 0;
}

double Runner::known_income(const CountyWork& work, std::size_t household) {
  const auto verified = static_cast<double>(work.county->households.verified[household]);
  return std::isnan(verified) ? work.frame->exit_line : verified;
}

bool Runner::consents(const CountyWork& work, std::size_t m, const Candidate& who) const {
  // One persistent number a household and module: repeated offers never inflate consent.
  const HouseholdTable& t = work.county->households;
  const Entity entity{t.id[who.household], work.county->number};
  const double effort = static_cast<double>(work.effort[who.household]) - 1.0;
  const double team = static_cast<double>(work.team[t.village[who.household]]);
  double logit = who.consent_logit + consent_.effort * effort;
  if (team > 0.0 && looked_after(t, who.household)) logit += exact::log(1.0 + team);
  const double chance = exact::logistic(logit) + consent_.bellwether * work.success[who.household];
  return uniform(work.key(), modules_[m].consent, entity, 0) < chance;
}

bool Runner::accepts(CountyWork& work, std::size_t m, const Candidate& who) const {
  const bool yes = consents(work, m, who);
  work.event(m, ModuleSum::offered) += 1.0;
  if (!yes) work.event(m, ModuleSum::refused) += 1.0;
  if (work.follows(who.household) && (yes || tell(work, m, who.household, told::refused))) {
    const auto module = static_cast<std::uint8_t>(m);
    work.note(who.household, EventKind::offered, 0.0F, module, Reason::none, who.person);
    if (!yes) work.note(who.household, EventKind::refused, 0.0F, module, Reason::own_choice);
  }
  return yes;
}

std::int64_t Runner::free_places(const CountyWork& work, std::size_t m) const {
  const std::int64_t places = work.plan->places[m];
  if (places < 0) return INT64_MAX;
  std::int64_t held = 0;
  if (modules_[m].info.places_are_stock) {
    for (const Enrolment& e : work.county->enrolments[m]) held += e.count;
  } else if (work.places_used.size() == modules_.size()) {
    held = work.places_used[m];
  }
  return std::max<std::int64_t>(0, places - held);
}

namespace {

/// Counts a household that accepted, and whether it is the first time that it does.
void count_taken(CountyWork& work, std::size_t m, std::uint32_t household) {
  HouseholdTable& t = work.county->households;
  work.reach(m, Served::taken_persons, t.members[household]);
  const std::uint32_t bit = m < 32 ? std::uint32_t{1} << m : 0;
  if ((t.accepted[household] & bit) == 0) work.reach(m, Served::first_taken, 1.0);
  t.accepted[household] |= bit;
}

/// It said yes; what has been paid for it at once is its first payment.
void note_start(CountyWork& work, std::size_t m, const Candidate& who, Fen paid) {
  if (!work.follows(who.household)) return;
  const auto module = static_cast<std::uint8_t>(m);
  work.note(who.household, EventKind::taken, who.units, module, Reason::none, who.person);
  std::uint8_t& told = told_of(work, m, who.household);
  told = static_cast<std::uint8_t>(paid > 0 ? told | told::paid : told & ~told::paid);
  if (paid > 0)
    work.note(who.household, EventKind::paid, static_cast<float>(to_yuan(paid)), module);
}

}  // namespace

void Runner::enrol(CountyWork& work, std::size_t m, const Offer& offer, Month start) const {
  const Candidate& who = offer.who;
  const Allocation way = modules_[m].info.allocation;
  Enrolment e;
  e.household = who.household;
  e.start = pack_month(start);
  e.person = who.person;
  e.kind = who.kind;
  e.count = who.units;
  if (way == Allocation::grant) e.amount = grant_of(*work.plan, m, who.units);
  PolicyMonth month = now(work, m);
  const Fen before = work.county->ledger.delivered_by_module[m];
  modules_[m].policy->start(month, who, e);
  const Fen paid = work.county->ledger.delivered_by_module[m] - before;
  promise(work, m, who.cost - paid, start);
  work.event(m, ModuleSum::spending) += to_yuan(paid);
  work.event(m, ModuleSum::taken) += 1.0;
  count_taken(work, m, who.household);
  // What a loan is for is its module's business; its amount is what the bank lends.
  if ((modules_[m].info.measures & bit(Measure::loan)) != 0) work.reach(m, Served::lent, e.amount);
  note_start(work, m, who, paid);
  work.county->enrolments[m].push_back(e);
  if (m < work.places_used.size()) work.places_used[m] += who.units;
  if (way == Allocation::entitlement || way == Allocation::grant) return;
  work.queued[who.household] = 0;
  // Two starts a year are the walk's limit; what is given out otherwise does not count.
  if (way == Allocation::walk) ++work.starts[who.household];
  if (offer.prescribed) return;
  work.event(m, ModuleSum::off_prescription) += 1.0;
}

void Runner::count_unserved(CountyWork& work, std::size_t m, std::size_t household,
                            Reason why) const {
  if (work.plan->places[m] == 0 || !tell(work, m, household, told::unserved)) return;
  work.event(m, ModuleSum::unserved) += 1.0;
  work.note(household, EventKind::unserved, 0.0F, static_cast<std::uint8_t>(m), why);
}

void Runner::leave_unserved(CountyWork& work, std::size_t m, const Offer& offer, Reason why) const {
  // What nobody planned for a household it has not asked for.
  if (!offer.prescribed || !consents(work, m, offer.who)) return;
  count_unserved(work, m, offer.who.household, why);
  if (work.starts[offer.who.household] == 0) work.queued[offer.who.household] = 1;
}

bool Runner::reached(CountyWork& work, std::size_t m, const Candidate& who) const {
  const Entity entity{work.county->households.id[who.household], work.county->number};
  if (uniform(work.key(), modules_[m].reach, entity, 0) < modules_[m].settings.capacity)
    return true;
  if (consents(work, m, who)) count_unserved(work, m, who.household, Reason::no_capacity);
  return false;
}

void Runner::admit_all(CountyWork& work, std::size_t m) const {
  const bool grant = modules_[m].info.allocation == Allocation::grant;
  if (grant && work.plan->grant[m] <= 0) return;
  for (const Candidate& who : candidates(work, m)) {
    if (!grant && !reached(work, m, who)) continue;
    if (accepts(work, m, who)) enrol(work, m, {who}, work.month + 1);
  }
}

void Runner::admit_ranked(CountyWork& work, std::size_t m) const {
  // A guarantee is nobody's second choice: who lacks it is a candidate, whatever the plan says.
  const bool guarantee = modules_[m].info.allocation == Allocation::guarantee;
  std::vector<Candidate> list = candidates(work, m);
  if (modules_[m].info.places_series.empty())
    std::erase_if(list, [&](const Candidate& who) { return !reached(work, m, who); });
  std::array<std::vector<RankedBid>, 2> rounds;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const std::uint32_t h = list[i].household;
    const Entity who{work.county->households.id[h], work.county->number};
    const double first = guarantee
                             ? chance_to_pass(known_income(work, h), work.frame->exit_line, rules_)
                             : list[i].urgency;
    const bool named = guarantee || prescribed(work, m, h);
    rounds[named ? 0 : 1].push_back({-first, key64(work.key(), modules_[m].rank, who, work.month),
                                     static_cast<std::uint32_t>(i)});
  }
  std::int64_t places = free_places(work, m);
  const Pot pot = modules_[m].info.pot;
  for (std::size_t round = 0; round < rounds.size(); ++round) {
    for (const std::uint32_t i : ration(rounds[round], rounds[round].size())) {
      const Offer offer{list[i], round == 0};
      if (offer.who.units > places || spendable(work, pot) < offer.who.cost) {
        leave_unserved(work, m, offer,
                       offer.who.units > places ? Reason::no_place : Reason::no_money);
        continue;
      }
      if (!accepts(work, m, offer.who)) continue;
      places -= offer.who.units;
      const Fen before = spendable(work, pot);
      enrol(work, m, offer, work.month + 1);
      // What is paid month by month is spoken for from now on; next month counts it by what it
      // pays.
      if (pot == Pot::pool)
        work.pool_due += std::max<Fen>(0, offer.who.cost - (before - spendable(work, pot)));
    }
  }
}

}  // namespace terrace::policies

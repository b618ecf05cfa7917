// The look-back and the yearly adjustment: thresholds, no quota. Some are struck off, some reached
// and taken in, some who had left return.
#include <algorithm>

#include <terrace/maths.hpp>
#include <terrace/prescription.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kRescore = stream("register.rescore");
constexpr StreamId kReach = stream("register.reach");

constexpr double kNobody = 99.0;  // of lb_remove

/// What this May's round goes by.
struct Round {
  bool strikes = false;   ///< whether the look-back is due, and strikes off for income
  double reach = 0.0;     ///< share of unlisted households looked at, before the team's help
  double too_high = 0.0;  ///< re-scored income above which the look-back strikes off
  double entry = 0.0;     ///< below which a household is taken in
};

Round round_of(const CountyWork& work, const Identification& p) {
  const double z = work.frame->poverty_line;
  // Under the quota of the first registration a leniency for all would change nobody's rank; here
  // it moves the threshold.
  const double lenient = p.appraisal_leniency * p.w_appraisal * p.income_sd;
  Round r;
  const bool look_back = work.frame->year == static_cast<int>(p.look_back_year);
  r.reach = look_back ? p.lb_reach : p.adj_reach;
  r.strikes = look_back && p.lb_remove < kNobody;
  r.too_high = p.lb_remove * z;
  r.entry = z * exact::exp(lenient);
  return r;
}

std::uint8_t with_note(int notes, std::uint8_t bit, bool set) {
  return static_cast<std::uint8_t>(set ? notes | bit : notes & ~bit);
}

/// Back on the register after an exit: counted as registered throughout.
void relist(CountyWork& work, std::size_t h) {
  HouseholdTable& t = work.county->households;
  t.status[h] = static_cast<std::uint8_t>(Status::relapsed);
  t.diagnosed[h] = kNoCause;
  work.event(Sum::relapses) += 1.0;
  work.note(h, EventKind::relapsed);
  const int left = 2000 + t.left[h];
  if (t.left[h] > 0 && left < work.frame->year)
    work.of_year(YearSum::relapse_register) += t.members[h];
}

void review_listed(CountyWork& work, std::size_t h, double seen, const Round& round,
                   const RegistryParameters& p) {
  if (vetoed(work, h, p)) {
    strike_off(work, h, true);
  } else if (round.strikes && seen > round.too_high) {
    strike_off(work, h, false);
  }
}

/// Households that were struck off may come in again like any other, once they are seen below.
void review_unlisted(CountyWork& work, std::size_t h, double seen, const Round& round,
                     const RegistryParameters& p) {
  HouseholdTable& t = work.county->households;
  const Entity who{t.id[h], work.number()};
  const double reach = round.reach * (1.0 + work.team[t.village[h]]);
  if (uniform(work.key(), kReach, who, work.month) >= reach) return;
  const bool had_left = static_cast<Status>(t.status[h]) == Status::exited;
  if (seen >= (had_left ? work.frame->exit_line : round.entry)) {
    work.note(h, EventKind::passed_over, Reason::above_line);
    return;
  }
  if (vetoed(work, h, p)) {
    work.note(h, EventKind::passed_over, Reason::data_matched);
    return;
  }
  t.verified[h] = static_cast<float>(seen);
  if (had_left) {
    relist(work, h);
  } else {
    enlist(work, h);
  }
}

}  // namespace

void enlist(CountyWork& work, std::size_t household) {
  HouseholdTable& t = work.county->households;
  t.status[household] = static_cast<std::uint8_t>(Status::registered);
  t.notes[household] = with_note(t.notes[household] | note::listed, note::matched, false);
  t.diagnosed[household] = kNoCause;
  work.event(Sum::added) += 1.0;
  work.note(household, EventKind::registered);
  work.event(Sum::added_persons) += t.members[household];
}

void strike_off(CountyWork& work, std::size_t household, bool by_match) {
  HouseholdTable& t = work.county->households;
  t.status[household] = static_cast<std::uint8_t>(Status::removed);
  t.notes[household] = with_note(t.notes[household], note::matched, by_match);
  work.event(Sum::removed) += 1.0;
  work.note(household, EventKind::struck_off, by_match ? Reason::data_matched : Reason::above_line);
  work.event(Sum::removed_persons) += t.members[household];
  if (by_match) work.event(Sum::vetoed) += 1.0;
}

void adjust(CountyWork& work, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  const Identification& id = p.identification;
  const Round round = round_of(work, id);
  for (std::size_t h = 0; h < t.size(); ++h) {
    const double noise = normal(work.key(), kRescore, {t.id[h], work.number()}, work.month);
    const double seen = std::max(kLeastIncome, static_cast<double>(work.income[h])) *
                        exact::exp(id.sigma_score_2016 * noise);
    if (on_register(t.status[h])) {
      review_listed(work, h, seen, round, p);
    } else {
      review_unlisted(work, h, seen, round, p);
    }
  }
}

}  // namespace terrace::registry

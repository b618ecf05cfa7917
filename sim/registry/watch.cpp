// Follow-up: households watched against falling (back) into poverty. A visit finds some of those at
// risk; the list is short, so the poorest of them come first; whoever has stood a year above the
// watch line without the programme's cash is taken off.
#include <algorithm>
#include <optional>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "population/farm_year.hpp"
#include "population/last_year.hpp"
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kFind = stream("watch.find");
constexpr int kTrial = 12;            // months on the list before anybody is taken off
constexpr double kNeverBills = 99.0;  // of bills_share

/// A flow of this year to date made into twelve months with its share of last year's.
double twelve_months(const CountyWork& work, double this_year, double last_year) {
  return this_year + even_left(work.month_number()) * last_year;
}

/// Bills beyond a share of income, or an income well below last December's.
bool struck(const CountyWork& work, std::size_t h, const FollowUp& p) {
  const HouseholdTable& t = work.county->households;
  const double y = std::max(0.0, static_cast<double>(work.income_2012[h]));
  const double bills = twelve_months(work, static_cast<double>(t.bills[h]), t.bills_last_year[h]);
  const double own = y * static_cast<double>(work.residents[h]);
  if (p.bills_share < kNeverBills && bills > p.bills_share * own) return true;
  return y < (1.0 - p.income_drop) * static_cast<double>(income_last_year(t, h));
}

/// Why a household that is not on the register is at risk, if it is.
Watch risk_of(const CountyWork& work, std::size_t h, const FollowUp& p) {
  if (static_cast<double>(work.income[h]) < p.watch_lines * work.frame->exit_line)
    return usual_watch(work.county->households, h);
  return struck(work, h, p) ? Watch::sudden : Watch::none;
}

/// Income a head without what programmes paid in cash over the last twelve months, nominal.
double own_income(const CountyWork& work, std::size_t h) {
  const HouseholdTable& t = work.county->households;
  const double cash =
      twelve_months(work, static_cast<double>(work.public_money[h]), t.public_last_year[h]);
  const double residents = std::max(0.75, static_cast<double>(work.residents[h]));
  return static_cast<double>(work.income[h]) - work.frame->price * cash / residents;
}

void clear(CountyWork& work, std::size_t h) {
  HouseholdTable& t = work.county->households;
  work.note(h, EventKind::unwatched);
  t.watch[h] = static_cast<std::uint8_t>(Watch::none);
  t.watch_since[h] = 0;
  t.notes[h] = static_cast<std::uint8_t>(t.notes[h] & ~note::surveyed_case);
}

/// Takes off the list whoever is registered again or has recovered.
void clear_recovered(CountyWork& work, const FollowUp& p) {
  const HouseholdTable& t = work.county->households;
  const double bar = p.watch_lines * work.frame->exit_line;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (static_cast<Watch>(t.watch[h]) == Watch::none) continue;
    const bool tried = work.month - (kWatchEpoch + t.watch_since[h]) >= kTrial;
    if (on_register(t.status[h]) || (tried && own_income(work, h) > bar)) clear(work, h);
  }
}

/// Places left on the list: a share of the county's ever registered. Cases of the general survey
/// use none.
std::size_t free_places(const HouseholdTable& t, const FollowUp& p) {
  double ever = 0.0;
  double watched = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (ever_listed(t, h)) ever += 1.0;
    const bool counts =
        static_cast<Watch>(t.watch[h]) != Watch::none && (t.notes[h] & note::surveyed_case) == 0;
    if (counts) watched += 1.0;
  }
  return static_cast<std::size_t>(std::max(0.0, p.mon_cap * ever + 0.5 - watched));
}

/// Those at risk whom somebody notices this month, the poorest first.
std::vector<RankedBid> noticed(const CountyWork& work, const FollowUp& p) {
  const HouseholdTable& t = work.county->households;
  const double hazard = 1.0 - exact::pow(1.0 - p.mon_sens, 1.0 / 12.0);
  std::vector<RankedBid> bids;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (on_register(t.status[h]) || static_cast<Watch>(t.watch[h]) != Watch::none) continue;
    if (risk_of(work, h, p) == Watch::none) continue;
    const Entity who{t.id[h], work.county->number};
    const double reach = 1.0 + static_cast<double>(work.team[t.village[h]]);
    if (uniform(work.key(), kFind, who, work.month) >= hazard * reach) continue;
    bids.push_back({static_cast<double>(work.income[h]) / work.frame->exit_line,
                    key64(work.key(), kFind, who, work.month), static_cast<std::uint32_t>(h)});
  }
  return bids;
}

}  // namespace

Watch usual_watch(const HouseholdTable& t, std::size_t household) {
  const bool left = static_cast<Status>(t.status[household]) == Status::exited;
  return left ? Watch::unstable : Watch::marginal;
}

void put_on_watch(CountyWork& work, std::size_t household, Watch why, const RegistryParameters& p) {
  HouseholdTable& t = work.county->households;
  t.watch[household] = static_cast<std::uint8_t>(why);
  t.watch_since[household] =
      static_cast<std::uint8_t>(std::clamp(work.month - kWatchEpoch, 0, 255));
  work.note(household, EventKind::watched, t.watch[household]);
  diagnose_one(work, household, p);
  work.of_year(YearSum::newly_watched_households) += 1.0;
}

void watch(CountyWork& work, const RegistryParameters& p) {
  const FollowUp& f = p.follow_up;
  const int first = static_cast<int>(f.first_year);
  if (!work.frame->registry || work.month < month_of(first, 3)) return;
  clear_recovered(work, f);
  if (f.mon_sens <= 0.0) return;
  for (const std::uint32_t h : ration(noticed(work, f), free_places(work.county->households, f)))
    put_on_watch(work, h, risk_of(work, h, f), p);
}

}  // namespace terrace::registry

// The targeting ledger at the close of a year. Events of the year (exits, starts, visits) were
// added to `work.year` as they happened; what can be seen on 31 December is added here.
//
// Poor by permanent income: the household's reference income, a running mean of its real income
// that it carries along (economy/consumption.cpp), lies below the line. It is the model's own
// measure of permanent income: it sees what lasts, also where a programme has made it last.
#include <algorithm>
#include <array>

#include <terrace/maths.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

void add_concepts(CountyWork& work, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  const double z = work.frame->poverty_line;
  const double real_line = z / work.frame->price;
  const std::vector<std::uint8_t> tenths = deprivations(work);
  for (std::size_t h = 0; h < t.size(); ++h) {
    const double n = t.members[h];
    const double share = tenths[h] / 10.0;
    const std::array<bool, kConcepts> poor = {static_cast<double>(work.income[h]) < z,
                                              static_cast<double>(t.reference[h]) < real_line,
                                              share >= p.measurement.mpi_cutoff};
    const bool listed = on_register(t.status[h]);
    for (std::size_t c = 0; c < kConcepts; ++c) {
      if (!poor[c]) continue;
      work.year[sum_index(YearSum::poor_income, static_cast<Concept>(c))] += n;
      if (listed) {
        work.year[sum_index(YearSum::registered_poor_income, static_cast<Concept>(c))] += n;
      }
    }
    if (poor[static_cast<std::size_t>(Concept::multidimensional)]) {
      work.of_year(YearSum::deprivations) += n * share;
    }
    const bool fed = static_cast<double>(work.income[h]) >= work.frame->exit_line;
    if (!fed || !guarantees_of(work, h, p.c_sub).all()) work.of_year(YearSum::lacking) += n;
  }
}

void add_register(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  const double z = work.frame->poverty_line;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const double n = t.members[h];
    work.of_year(YearSum::persons) += n;
    if (ever_listed(t, h)) work.of_year(YearSum::ever_registered) += n;
    if (static_cast<Watch>(t.watch[h]) != Watch::none) work.of_year(YearSum::watched) += n;
    if (!on_register(t.status[h])) continue;
    work.of_year(YearSum::registered) += n;
    const bool poor = static_cast<double>(work.income[h]) < z;
    if (!poor && (t.poor_years[h] & 1U) == 0U) work.of_year(YearSum::late) += n;
    if (t.diagnosed[h] >= kCauses) continue;
    work.of_year(YearSum::diagnosed) += 1.0;
    const auto recorded = static_cast<Cause>(t.diagnosed[h]);
    if (recorded != unpack_causes(t.causes[h])[0]) work.of_year(YearSum::misdiagnosed) += 1.0;
    work.year[sum_index(YearSum::cause_illness) + t.diagnosed[h]] += 1.0;
  }
}

/// Money that reached households which would not have been poor without the year's cash.
double leaked(const CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  double sum = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (!(work.delivered_to[h] > 0.0F)) continue;
    const double own = work.income[h] - programme_cash(work, h);
    if (own >= work.frame->poverty_line) sum += static_cast<double>(work.delivered_to[h]);
  }
  return sum;
}

void add_money(CountyWork& work) {
  const SpentBefore now = spent_so_far(work.county->ledger);
  const SpentBefore& before = work.spent_before;
  const Fen delivered = now.delivered - before.delivered;
  const Fen captured = now.captured - before.captured;
  work.of_year(YearSum::delivered) = to_yuan(delivered);
  work.of_year(YearSum::spent) =
      to_yuan(delivered + (now.overhead - before.overhead) + (now.lost - before.lost));
  work.of_year(YearSum::captured) = to_yuan(captured);
  // Households' money is kept in single precision, which may round above what was delivered.
  work.of_year(YearSum::leaked) = std::min(leaked(work) + to_yuan(captured), to_yuan(delivered));
}

void add_inequality(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  double persons = 0.0;
  double income = 0.0;
  double logs = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const double y = std::max(static_cast<double>(work.income[h]), kLeastIncome);
    const double n = t.members[h];
    persons += n;
    income += n * y;
    logs += n * y * exact::log(y);
  }
  work.of_year(YearSum::income) = income;
  work.of_year(YearSum::income_log) = logs;
  work.of_year(YearSum::income_log_county) =
      persons > 0.0 ? income * exact::log(income / persons) : 0.0;
}

void add_places(CountyWork& work) {
  const County& c = *work.county;
  const VillageTable& v = c.villages;
  for (std::size_t i = 0; i < v.size(); ++i) {
    const auto standing = static_cast<VillageStanding>(v.standing[i]);
    if (standing == VillageStanding::poor) work.of_year(YearSum::poor_villages) += 1.0;
    if (standing == VillageStanding::delisted) work.of_year(YearSum::delisted_villages) += 1.0;
    if (v.team_since[i] != kNoMonth && static_cast<Month>(v.team_since[i]) <= work.month)
      work.of_year(YearSum::teams) += 1.0;
  }
  // A county counts for itself however few of its households are simulated.
  const CountyReport& r = *work.report;
  if (c.designated) work.of_year(YearSum::designated_counties) = c.fraction;
  if (c.designated && !work.plan->delisted) work.of_year(YearSum::poor_counties) = c.fraction;
  if (!(r.evaluation.visits > 0.0)) return;
  work.of_year(YearSum::evaluated_counties) = c.fraction;
  work.of_year(YearSum::true_wrongful) = c.fraction * r.evaluation.true_wrongful;
  work.of_year(YearSum::visits) = c.fraction * r.evaluation.visits;
  work.of_year(YearSum::found_wrongful) = c.fraction * r.evaluation.wrongful;
  work.of_year(YearSum::found_missed) = c.fraction * r.evaluation.missed;
  if (r.evaluation.wrongful + r.evaluation.missed <= 0.0) {
    work.of_year(YearSum::clean_counties) = c.fraction;
  }
}

}  // namespace

SpentBefore spent_so_far(const Ledger& ledger) {
  SpentBefore out;
  for (const PotAccount& pot : ledger.pots) {
    out.delivered += pot.delivered;
    out.overhead += pot.overhead;
    out.lost += pot.lost;
  }
  out.captured = ledger.captured;
  return out;
}

void keep_ledger(CountyWork& work, const RegistryParameters& p) {
  add_register(work);
  add_concepts(work, p);
  add_money(work);
  add_inequality(work);
  add_places(work);
  count_relapses(work, p);
  work.report->year.assign(work.year.begin(), work.year.end());
}

}  // namespace terrace::registry

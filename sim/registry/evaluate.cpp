// Visitors from outside in a county that applies to be delisted: a sample of villages, in each
// village some who were let go, some still listed and some who are neither (never listed, or struck
// off), and what they recognise.
#include <algorithm>
#include <array>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "population/village_rows.hpp"
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kVillage = stream("evaluation.village");
constexpr StreamId kVisit = stream("evaluation.visit");
constexpr StreamId kFind = stream("evaluation.find");
constexpr StreamId kApprove = stream("evaluation.approve");

enum Stratum : std::uint8_t { kLeft, kListed, kUnlisted };
constexpr std::size_t kStrata = 3;
/// Half of the visits go to households let go, a quarter each to the others.
constexpr std::array<double, kStrata> kShares = {2.0, 1.0, 1.0};

/// One village drawn, and those of its households that may be visited. A village that is drawn
/// again stands for another one: its households are drawn anew, under another number.
struct DrawnVillage {
  std::array<std::vector<RankedBid>, kStrata> households;
};

bool applies(const CountyWork& work, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  if (!work.frame->registry || !work.county->designated || work.plan->delisted) return false;
  if (work.frame->year < static_cast<int>(p.evaluation.first_year)) return false;
  double persons = 0.0;
  double registered = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    persons += t.members[h];
    if (on_register(t.status[h])) registered += t.members[h];
  }
  return registered < work.plan->delist_share * persons;
}

/// Rows of the villages to visit: without replacement where there are enough, with it where the
/// county is a sample of fewer.
std::vector<std::uint32_t> draw_villages(const CountyWork& work, std::size_t wanted) {
  const County& c = *work.county;
  std::vector<std::uint32_t> drawn;
  if (c.villages.size() < wanted) {
    const auto n = static_cast<double>(c.villages.size());
    for (std::size_t d = 0; n > 0.0 && d < wanted; ++d) {
      const double u =
          uniform(work.key(), kVillage, {0, c.number, 2}, work.month, static_cast<std::uint8_t>(d));
      drawn.push_back(static_cast<std::uint32_t>(u * n));
    }
    return drawn;
  }
  std::vector<RankedBid> bids;
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    bids.push_back({0.0, key64(work.key(), kVillage, {c.villages.id[v], c.number, 1}, work.month),
                    static_cast<std::uint32_t>(v)});
  }
  return ration(bids, wanted);
}

DrawnVillage open_village(const CountyWork& work, std::size_t v, std::uint8_t draw) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  DrawnVillage village;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    const auto status = static_cast<Status>(t.status[h]);
    std::size_t stratum = kUnlisted;
    if (status == Status::exited)
      stratum = kLeft;
    else if (on_register(status))
      stratum = kListed;
    const Entity who{t.id[h], c.number};
    village.households[stratum].push_back(
        {0.0, key64(work.key(), kVisit, who, work.month, draw), static_cast<std::uint32_t>(h)});
  }
  return village;
}

/// Whether this visit recognises what is wrong, where something is.
bool recognised(const CountyWork& work, std::size_t h, std::uint8_t draw,
                const RegistryParameters& p) {
  const Entity who{work.county->households.id[h], work.county->number};
  return uniform(work.key(), kFind, who, work.month, draw) < p.evaluation.tp_sens;
}

bool approves(const CountyWork& work, std::size_t h, std::uint8_t draw,
              const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  const bool in_vain = (t.notes[h] & note::queued) != 0 || work.queued[h] != 0;
  const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
  double chance = p.evaluation.approval_base;
  if (in_vain) chance -= p.evaluation.approval_loss;
  if (poor && !on_register(t.status[h])) chance -= p.evaluation.approval_loss;
  return uniform(work.key(), kApprove, {t.id[h], work.county->number}, work.month, draw) < chance;
}

void visit(const CountyWork& work, std::size_t h, std::size_t stratum, std::uint8_t draw,
           const RegistryParameters& p, Evaluation& e) {
  const HouseholdTable& t = work.county->households;
  const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
  const bool wrong = stratum == kLeft && (t.notes[h] & note::wrongful) != 0;
  const bool missed = stratum == kUnlisted && poor;
  const bool found = (wrong || missed) && recognised(work, h, draw, p);
  e.visits += 1.0;
  e.exited += stratum == kLeft ? 1.0 : 0.0;
  e.unlisted += stratum == kUnlisted ? 1.0 : 0.0;
  e.wrongful += wrong && found ? 1.0 : 0.0;
  e.missed += missed && found ? 1.0 : 0.0;
  e.approval += approves(work, h, draw, p) ? 1.0 : 0.0;
}

/// A stratum's visits go to the drawn villages in proportion to its households there; where it is
/// short, everybody in it is visited.
void visit_stratum(const CountyWork& work, const std::vector<DrawnVillage>& villages,
                   std::size_t stratum, std::int64_t visits, const RegistryParameters& p,
                   Evaluation& e) {
  std::vector<double> there;
  std::int64_t all = 0;
  for (const DrawnVillage& v : villages) {
    there.push_back(static_cast<double>(v.households[stratum].size()));
    all += static_cast<std::int64_t>(v.households[stratum].size());
  }
  const auto parts = largest_remainder(std::min(visits, all), there);
  for (std::size_t d = 0; d < villages.size(); ++d) {
    for (const std::uint32_t h :
         ration(villages[d].households[stratum], static_cast<std::size_t>(parts[d]))) {
      visit(work, h, stratum, static_cast<std::uint8_t>(d), p, e);
    }
  }
}

/// Share of all households that have left, and live, who left wrongly.
double true_wrongful(const HouseholdTable& t) {
  double left = 0.0;
  double wrongful = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (static_cast<Status>(t.status[h]) != Status::exited) continue;
    left += 1.0;
    if ((t.notes[h] & note::wrongful) != 0) wrongful += 1.0;
  }
  return left > 0.0 ? wrongful / left : 0.0;
}

void visit_county(CountyWork& work, const RegistryParameters& p) {
  const auto drawn = draw_villages(work, static_cast<std::size_t>(p.evaluation.tp_villages + 0.5));
  std::vector<DrawnVillage> villages;
  for (std::size_t d = 0; d < drawn.size(); ++d)
    villages.push_back(open_village(work, drawn[d], static_cast<std::uint8_t>(d)));
  const auto visits =
      largest_remainder(static_cast<std::int64_t>(p.evaluation.tp_n + 0.5), kShares);
  Evaluation e;
  for (std::size_t s = 0; s < kStrata; ++s) visit_stratum(work, villages, s, visits[s], p, e);
  if (e.visits > 0.0) e.approval /= e.visits;
  e.true_wrongful = true_wrongful(work.county->households);
  work.report->evaluation = e;
}

}  // namespace

bool ever_listed(const HouseholdTable& t, std::size_t household) {
  return static_cast<Status>(t.status[household]) != Status::no ||
         (t.notes[household] & note::listed) != 0;
}

void evaluate(CountyWork& work, const RegistryParameters& p) {
  work.report->evaluation = {};
  if (applies(work, p)) visit_county(work, p);
  general_survey(work, p);
}

}  // namespace terrace::registry

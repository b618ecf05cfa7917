// Resident teams and contact cadres: where they are and what they are worth.
//
// Every designated poor village gets a team, from a month of its own between 2013 and 2015; after
// that further teams go to the villages with most registered households. Members rotate: each
// rotation has a quality of its own and needs some months to settle in. Where no team lives contact
// cadres come by. T, what all this adds to consent, search, reach and diagnosis, falls where a
// cadre has too many households to look after.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kArrival = stream("team.arrival");
constexpr StreamId kQuality = stream("team.quality");

Entity village_entity(const CountyWork& work, std::size_t v) {
  return {work.county->villages.id[v], work.number(), 1};
}

std::vector<double> registered_by_village(const County& c) {
  std::vector<double> out(c.villages.size(), 0.0);
  for (std::size_t h = 0; h < c.households.size(); ++h) {
    if (on_register(c.households.status[h])) out[c.households.village[h]] += 1.0;
  }
  return out;
}

/// The month from which a poor village is to have its team.
Month arrival(const CountyWork& work, std::size_t v, const Teams& p) {
  const double u = uniform(work.key(), kArrival, village_entity(work, v), 0);
  return month_of(static_cast<int>(p.arrival_from), 1) + static_cast<Month>(u * p.arrival_months);
}

void send_to_poor_villages(CountyWork& work, const Teams& p) {
  VillageTable& t = work.county->villages;
  for (std::size_t v = 0; v < t.size(); ++v) {
    const bool poor = static_cast<VillageStanding>(t.standing[v]) != VillageStanding::ordinary;
    if (poor && t.team_since[v] == kNoMonth && work.month >= arrival(work, v, p))
      t.team_since[v] = pack_month(work.month);
  }
}

/// Up to the county's number of teams, to the villages with most registered households; to none
/// without any. A village that has a team keeps it.
void send_further(CountyWork& work, const std::vector<double>& registered) {
  VillageTable& t = work.county->villages;
  std::int64_t have = 0;
  std::vector<RankedBid> bids;
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (t.team_since[v] != kNoMonth) {
      ++have;
    } else if (registered[v] > 0.0) {
      bids.push_back({-registered[v], key64(work.key(), kArrival, village_entity(work, v), 0),
                      static_cast<std::uint32_t>(v)});
    }
  }
  if (work.plan->teams <= have) return;
  for (const std::uint32_t v : ration(bids, static_cast<std::size_t>(work.plan->teams - have)))
    t.team_since[v] = pack_month(work.month);
}

/// Of the team as it is this month, or of the contact cadres where there is none.
double quality(const CountyWork& work, std::size_t v, const Teams& p) {
  const std::uint16_t since = work.county->villages.team_since[v];
  if (since == kNoMonth || work.month < since) return p.quality_without;
  const int term = std::max(1, static_cast<int>(p.team_rotation + 0.5));
  const Month begun = since + (work.month - since) / term * term;
  const double drawn =
      1.0 + p.team_quality_sd * normal(work.key(), kQuality, village_entity(work, v), begun);
  const bool new_here = work.month - begun < static_cast<int>(p.settling_months + 0.5);
  return std::clamp(drawn, 0.0, 2.0) * (new_here ? p.settling_quality : 1.0);
}

/// 1 where contact cadres have no more households than they can look after.
double attention(double registered, double cadres, const Teams& p) {
  if (cadres <= 0.0) return 0.0;
  return registered > 0.0 ? std::min(1.0, p.cadre_load * cadres / registered) : 1.0;
}

}  // namespace

void place_teams(CountyWork& work, const RegistryParameters& p) {
  const Teams& teams = p.teams;
  const std::size_t villages = work.county->villages.size();
  work.team.assign(villages, 0.0F);
  const bool begun =
      work.frame->registry && work.frame->year >= static_cast<int>(p.identification.first_year);
  if (!begun) return;
  const std::vector<double> registered = registered_by_village(*work.county);
  send_to_poor_villages(work, teams);
  const Month all_sent =
      month_of(static_cast<int>(teams.arrival_from), 1) + static_cast<Month>(teams.arrival_months);
  if (work.month >= all_sent) send_further(work, registered);
  const double load = attention(lane_sum(registered), work.plan->cadres, teams);
  for (std::size_t v = 0; v < villages; ++v)
    work.team[v] = static_cast<float>(teams.team_effect * quality(work, v, teams) * load);
}

}  // namespace terrace::registry

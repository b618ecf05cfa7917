// The first registration: a noisy score, a county quota from the survey, village shares of it.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kScore = stream("register.score");
constexpr StreamId kReport = stream("register.village_report");

/// How many of the four checks a household fails: house, grain, labour, school.
int failed_checks(const CountyWork& work, std::size_t h, double c_sub) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  const bool house = static_cast<House>(t.house[h]) >= House::c;
  const bool food = !guarantees_of(work, h, c_sub).food;
  int able = 0;
  bool study = t.dropouts[h] > 0;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (work.month - c.persons.birth[i]) / 12;
    if (age >= 16 && age < 60 && c.persons.disability[i] == 0) ++able;
    study = study || in_upper_school(c.persons.school[i]);
  }
  return (house ? 1 : 0) + (food ? 1 : 0) + (3 * able < t.members[h] ? 1 : 0) + (study ? 1 : 0);
}

void enter(CountyWork& work, std::size_t h) {
  work.county->households.status[h] = static_cast<std::uint8_t>(Status::registered);
  work.event(Sum::added) += 1.0;
}

/// Takes households in rank until the places (persons) are used; the one that crosses enters if at
/// least half of it fits. Returns the places left.
double fill(CountyWork& work, const std::vector<RankedBid>& bids, double places) {
  const HouseholdTable& t = work.county->households;
  for (const std::uint32_t h : ration(bids, bids.size())) {
    if (on_register(t.status[h])) continue;
    if (places < 0.5 * t.members[h]) break;
    enter(work, h);
    places -= t.members[h];
  }
  return std::max(0.0, places);
}

}  // namespace

Guarantees guarantees_of(const CountyWork& work, std::size_t h, double c_sub) {
  const HouseholdTable& t = work.county->households;
  const double floor = c_sub * work.frame->poverty_line / work.frame->price;
  return {static_cast<double>(t.consumption[h]) > floor, t.dropouts[h] == 0,
          (t.services[h] & service::insured) != 0, static_cast<House>(t.house[h]) <= House::b,
          (t.services[h] & service::water) != 0};
}

double score(double income, double line, double noise, double failed, double mean_failed,
             const Identification& p) {
  return exact::log(std::max(income, 100.0) / line) + p.sigma_score_2014 * noise -
         p.check_weight * (failed - mean_failed);
}

void identify(CountyWork& work, const RegistryParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  const double z = work.frame->poverty_line;
  const std::size_t villages = c.villages.size();
  std::vector<std::vector<RankedBid>> bids(villages);
  std::vector<double> reported(villages, 0.0);
  for (std::size_t v = 0; v < villages; ++v) {
    const std::size_t first = c.villages.first[v];
    const std::size_t end = v + 1 < villages ? c.villages.first[v + 1] : t.size();
    std::vector<int> failed;
    double sum = 0.0;
    for (std::size_t h = first; h < end; ++h) {
      failed.push_back(failed_checks(work, h, p.c_sub));
      sum += failed.back();
    }
    const double mean = end > first ? sum / static_cast<double>(end - first) : 0.0;
    double below = 0.0;
    for (std::size_t h = first; h < end; ++h) {
      const Entity who{t.id[h], c.number};
      const double s = score(work.income[h], z, normal(work.key(), kScore, who, work.month),
                             failed[h - first], mean, p.identification);
      t.verified[h] = static_cast<float>(z * exact::exp(s));
      bids[v].push_back(
          {s, key64(work.key(), kScore, who, work.month), static_cast<std::uint32_t>(h)});
      const double seen =
          exact::log(std::max(100.0, static_cast<double>(work.income[h])) / z) +
          p.identification.sigma_score_2014 * normal(work.key(), kReport, who, work.month);
      if (seen < 0.0) below += t.members[h];
    }
    // Village ids and household ids share a space of entities; streams of their own keep them
    // apart.
    const Entity village{c.villages.id[v], c.number, 1};
    reported[v] = below * exact::exp(p.identification.village_report_sd *
                                     normal(work.key(), kReport, village, work.month));
  }
  const auto quota = static_cast<std::int64_t>(work.plan->quota_persons + 0.5);
  const std::vector<std::int64_t> share = largest_remainder(quota, reported);
  double left = 0.0;
  std::vector<RankedBid> everyone;
  for (std::size_t v = 0; v < villages; ++v) {
    left += fill(work, bids[v], static_cast<double>(share[v]));
    everyone.insert(everyone.end(), bids[v].begin(), bids[v].end());
  }
  fill(work, everyone, left);
}

}  // namespace terrace::registry

// The first registration: a noisy score, a county quota from the survey, village shares of it, data
// matching; and the poor villages.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "population/village_rows.hpp"
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kScore = stream("register.score");
constexpr StreamId kReport = stream("register.village_report");

/// How many of the four checks a household fails: house, food, labour, school.
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

/// What the county learns of a village in May.
struct Appraised {
  std::vector<RankedBid> bids;
  double poor = 0.0;     ///< persons it reports as poor
  double persons = 0.0;  ///< who live there
};

/// Failed checks of each household less the village's mean: they move places within a village.
std::vector<double> failed_above_mean(const CountyWork& work, std::size_t v, double c_sub) {
  std::vector<double> failed;
  double sum = 0.0;
  for (std::size_t h = work.county->villages.first[v]; h < village_end(*work.county, v); ++h) {
    failed.push_back(failed_checks(work, h, c_sub));
    sum += failed.back();
  }
  for (double& k : failed) k -= sum / static_cast<double>(failed.size());
  return failed;
}

Appraised look_at(CountyWork& work, std::size_t v, const RegistryParameters& p) {
  const County& c = *work.county;
  HouseholdTable& t = work.county->households;
  const Identification& id = p.identification;
  const double z = work.frame->poverty_line;
  const std::size_t first = c.villages.first[v];
  const std::vector<double> failed = failed_above_mean(work, v, p.c_sub);
  const std::vector<double> votes = appraise(work, v, id);
  Appraised out;
  for (std::size_t h = first; h < village_end(c, v); ++h) {
    const Entity who{t.id[h], c.number};
    const double noise = normal(work.key(), kScore, who, work.month);
    const Evidence of{work.income[h], noise, failed[h - first], votes[h - first]};
    // Income as it was seen stays on file; checks and votes only rank.
    t.verified[h] = static_cast<float>(std::max(of.income, kLeastIncome) *
                                       exact::exp(id.sigma_score_2014 * noise));
    out.bids.push_back({score(of, z, id), key64(work.key(), kScore, who, work.month),
                        static_cast<std::uint32_t>(h)});
    const double seen = exact::log(std::max(of.income, kLeastIncome) / z) +
                        id.sigma_score_2014 * normal(work.key(), kReport, who, work.month);
    out.persons += t.members[h];
    if (seen < 0.0) out.poor += t.members[h];
  }
  // Village ids and household ids share a space of entities; person 1 keeps them apart.
  const Entity village{c.villages.id[v], c.number, 1};
  out.poor *= exact::exp(id.village_report_sd * normal(work.key(), kReport, village, work.month));
  return out;
}

/// Takes households in rank until the places (persons) are used; the one that crosses enters if at
/// least half of it fits, and one that data matching gives away makes room for the next. Returns
/// the places left, below zero if the last one needed more.
double fill(CountyWork& work, const std::vector<RankedBid>& bids, double places,
            const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  for (const std::uint32_t h : ration(bids, bids.size())) {
    if (on_register(t.status[h])) continue;
    if (places < 0.5 * t.members[h]) break;
    if (vetoed(work, h, p)) continue;
    enlist(work, h);
    places -= t.members[h];
  }
  return places;
}

/// Those of the panel whose income was seen below the line and who are not listed all the same.
void note_passed_over(CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  for (const std::uint32_t h : work.panel_rows) {
    const bool seen_poor = static_cast<double>(t.verified[h]) < work.frame->poverty_line;
    if (!seen_poor || on_register(t.status[h])) continue;
    work.note(h, EventKind::passed_over,
              found_by_match(work, h) ? Reason::data_matched : Reason::list_full);
  }
}

/// The villages with the highest reported incidence become poor villages.
void designate(CountyWork& work, const std::vector<Appraised>& villages) {
  VillageTable& t = work.county->villages;
  std::vector<RankedBid> bids;
  for (std::size_t v = 0; v < villages.size(); ++v) {
    if (villages[v].persons <= 0.0) continue;
    const Entity village{t.id[v], work.number(), 1};
    bids.push_back({-villages[v].poor / villages[v].persons,
                    key64(work.key(), kReport, village, work.month),
                    static_cast<std::uint32_t>(v)});
  }
  const auto places = static_cast<std::size_t>(std::max<std::int64_t>(0, work.plan->poor_villages));
  for (const std::uint32_t v : ration(bids, places)) {
    t.standing[v] = static_cast<std::uint8_t>(VillageStanding::poor);
  }
}

}  // namespace

Guarantees guarantees_of(const CountyWork& work, std::size_t h, double c_sub) {
  const HouseholdTable& t = work.county->households;
  const double floor = c_sub * work.frame->poverty_line / work.frame->price;
  return {static_cast<double>(t.consumption[h]) > floor, t.dropouts[h] == 0,
          (t.services[h] & service::insured) != 0, static_cast<House>(t.house[h]) <= House::b,
          (t.services[h] & service::water) != 0};
}

double score(const Evidence& of, double line, const Identification& p) {
  return exact::log(std::max(of.income, kLeastIncome) / line) + p.sigma_score_2014 * of.noise -
         p.check_weight * of.failed_above + p.w_appraisal * p.income_sd * of.vote;
}

void identify(CountyWork& work, const RegistryParameters& p) {
  std::vector<Appraised> villages;
  std::vector<double> reported;
  for (std::size_t v = 0; v < work.county->villages.size(); ++v) {
    villages.push_back(look_at(work, v, p));
    reported.push_back(villages.back().poor);
  }
  const auto quota = static_cast<std::int64_t>(work.plan->quota_persons + 0.5);
  const std::vector<std::int64_t> share = largest_remainder(quota, reported);
  double left = 0.0;
  std::vector<RankedBid> everyone;
  for (std::size_t v = 0; v < villages.size(); ++v) {
    left += fill(work, villages[v].bids, static_cast<double>(share[v]), p);
    everyone.insert(everyone.end(), villages[v].bids.begin(), villages[v].bids.end());
  }
  fill(work, everyone, left, p);
  note_passed_over(work);
  designate(work, villages);
}

}  // namespace terrace::registry

// The village appraisal: neighbours know who does well in the long run, feel for the old, the sick
// and those who bring up a family alone, and favour the kin of cadres.
#include <algorithm>
#include <cmath>

#include <terrace/random.hpp>

#include "population/village_rows.hpp"
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kVote = stream("register.vote");

constexpr int kAdult = 18;  ///< of age
constexpr int kOld = 60;    ///< no longer of working age

/// What a household gives neighbours to feel sorry for: all of it old, somebody ill for good, one
/// adult alone.
int hardships(const CountyWork& work, std::size_t h) {
  const County& c = *work.county;
  const std::size_t first = c.households.first[h];
  bool old = true;
  bool frail = false;
  int adults = 0;
  for (std::size_t i = first; i < first + c.households.members[h]; ++i) {
    const int age = (work.month - c.persons.birth[i]) / 12;
    old = old && age >= kOld;
    frail = frail || (c.persons.flags[i] & flag::chronic) != 0 || c.persons.disability[i] != 0;
    if (age >= kAdult) ++adults;
  }
  return (old ? 1 : 0) + (frail ? 1 : 0) + (adults == 1 ? 1 : 0);
}

}  // namespace

void standardise(std::vector<double>& values) {
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double v : values) sum += v;
  const double mean = values.empty() ? 0.0 : sum / n;
  double square = 0.0;
  for (const double v : values) square += (v - mean) * (v - mean);
  const double sd = values.empty() ? 0.0 : std::sqrt(square / n);
  for (double& v : values) v = sd > 0.0 ? (v - mean) / sd : 0.0;
}

double vote(double perceived, double hardship, bool cadre_kin, const Identification& p) {
  return p.vote_income * perceived - p.vote_sympathy * hardship - (cadre_kin ? p.elite_bias : 0.0);
}

std::vector<double> appraise(const CountyWork& work, std::size_t village, const Identification& p) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  const std::size_t first = c.villages.first[village];
  const std::size_t end = village_end(c, village);
  std::vector<double> lasting;
  std::vector<double> hardship;
  for (std::size_t h = first; h < end; ++h) {
    lasting.push_back(static_cast<double>(t.u_perm[h]) + static_cast<double>(t.u_pers[h]));
    hardship.push_back(hardships(work, h));
  }
  standardise(lasting);
  standardise(hardship);
  const double clear = std::sqrt(1.0 + p.vote_noise * p.vote_noise);
  std::vector<double> votes;
  for (std::size_t h = first; h < end; ++h) {
    const double noise = normal(work.key(), kVote, {t.id[h], c.number}, work.month);
    const double perceived = (lasting[h - first] + p.vote_noise * noise) / clear;
    votes.push_back(
        vote(perceived, hardship[h - first], (t.origin[h] & origin::cadre_kin) != 0, p));
  }
  return votes;
}

}  // namespace terrace::registry

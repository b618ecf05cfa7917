// How many may be registered, which share of villages is to be designated, and how many people are
// sent: teams to live in villages, cadres to keep contact with households.
#include <algorithm>
#include <string>

#include <terrace/check.hpp>

#include "nation/parts.hpp"
#include "nation/split.hpp"

namespace terrace::nation {

namespace {

/// Households on the first register: teams and cadres are shared out by it once and stay. None
/// before its first year is over.
std::vector<double> first_register(const Boundary& b, std::size_t counties) {
  std::vector<double> out(counties, 0.0);
  if (b.records == nullptr || b.records->counties.size() != counties) return out;
  for (std::size_t i = 0; i < counties; ++i) out[i] = b.records->counties[i].first_register;
  return out;
}

/// So many people of a kind, by the modules that send them to this world this year.
double sent(const Boundary& b, int year, const char* what) {
  double all = 0.0;
  for (std::size_t m = 0; m < b.policies.size(); ++m) {
    const ModuleInfo& info = b.policies.info(m);
    if (!info.sends_teams || !b.policies.active_in(m, year)) continue;
    const auto number =
        b.scenario.parameters.find("policies." + std::string(info.name) + "." + what);
    if (number != b.scenario.parameters.end())
      all += b.policies.settings(m).capacity * number->second;
  }
  return all * b.share_of_poor;
}

}  // namespace

void plan_quotas(const Boundary& b, const YearFrame& frame, std::span<const County> counties,
                 std::span<const CountyReport> reports, std::span<const double> poor,
                 std::vector<CountyPlan>& plans) {
  const Identification& id = b.registry.identification;
  std::vector<double> quota;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    quota.push_back(id.quota_ratio * poor[i] * reports[i].persons);
    plans[i].quota_persons = quota[i];
  }
  if (!frame.registry) return;
  if (frame.year == static_cast<int>(id.first_year)) {
    require(b.villages.size() == counties.size(), "villages of some counties are not known");
    const std::vector<double> villages(b.villages.begin(), b.villages.end());
    const auto share = split_up_to(id.poor_villages * b.share_of_poor, counties, quota, villages);
    const auto poor_villages = whole_places(share);
    for (std::size_t i = 0; i < plans.size(); ++i) {
      plans[i].poor_villages = std::min(poor_villages[i], std::int64_t{b.villages[i]});
    }
  }
  const auto listed = first_register(b, counties.size());
  const auto teams = whole_places(split(sent(b, frame.year, "teams"), counties, listed));
  // Cadres come with the register, before anybody has counted it.
  const bool counted = std::any_of(listed.begin(), listed.end(), [](double n) { return n > 0.0; });
  const auto cadres = split(sent(b, frame.year, "cadres"), counties, counted ? listed : quota);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].teams = teams[i];
    plans[i].cadres = cadres[i];
  }
}

}  // namespace terrace::nation

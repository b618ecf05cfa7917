// What the statistics survey says of each county. Money and quotas go by it.
#include <algorithm>
#include <map>

#include "nation/parts.hpp"
#include "nation/split.hpp"

namespace terrace::nation {

void plan_survey(const Boundary& b, std::span<const County> counties,
                 std::vector<CountyPlan>& plans) {
  const Identification& id = b.registry.identification;
  const double rate = id.survey_n / b.scenario.population.layout.national_households;
  std::vector<double> visits;
  double total = 0.0;
  for (const County& c : counties) {
    // A county is visited as often as in the full nation; one with fewer households has all of them
    // visited (registry/survey.cpp).
    visits.push_back(std::max(1.0, rate * c.true_households));
    total += c.weight * visits.back();
  }
  // A world of one village would have a single household visited, and its quota would be nothing
  // or everybody. It gets as many visits as it takes to stand beside the published incidence.
  const double more = total > 0.0 ? std::max(1.0, id.quota_shrink / total) : 1.0;
  for (std::size_t i = 0; i < counties.size(); ++i)
    plans[i].survey_households = static_cast<std::int64_t>(more * visits[i] + 0.5);
}

namespace {

double published_of(const Boundary& b, const County& c) {
  return b.scenario.population.layout.provinces[c.province].incidence_2013;
}

/// The world's surveyed share of poor persons over that of the published incidence: what became of
/// poverty since 2013, as the survey sees it. 1 where nothing was surveyed.
double change_since_published(const Boundary& b, std::span<const County> counties,
                              std::span<const CountyReport> reports) {
  double now = 0.0;
  double then = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    if (!(reports[i].survey_households > 0.0)) continue;
    const double n = scale_of(counties[i]) * reports[i].persons;
    now += n * reports[i].survey_poor;
    then += n * published_of(b, counties[i]);
  }
  return then > 0.0 ? now / then : 1.0;
}

}  // namespace

std::vector<double> survey_estimates(const Boundary& b, std::span<const County> counties,
                                     std::span<const CountyReport> reports) {
  struct Kind {
    double poor = 0.0;
    double persons = 0.0;
    double visits = 0.0;
  };
  std::map<std::pair<std::uint16_t, bool>, Kind> kinds;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    Kind& kind = kinds[{counties[i].province, counties[i].designated}];
    const double n = scale_of(counties[i]) * reports[i].persons;
    kind.poor += n * reports[i].survey_poor;
    kind.persons += n;
    kind.visits += counties[i].weight * reports[i].survey_households;
  }
  const double k = b.registry.identification.quota_shrink;
  const double change = change_since_published(b, counties, reports);
  std::vector<double> out;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const Kind& kind = kinds[{counties[i].province, counties[i].designated}];
    const double sampled = kind.persons > 0.0 ? kind.poor / kind.persons : 0.0;
    // Where a world is so small that the survey visits fewer households than it takes to shrink a
    // county's estimate, the province's published incidence, changed as much as the world's, stands
    // in for those that are missing.
    const double published = std::min(1.0, change * published_of(b, counties[i]));
    const double missing = std::max(0.0, k - kind.visits);
    const double mean =
        (kind.visits * sampled + missing * published) / std::max(1.0, kind.visits + missing);
    const double n = reports[i].survey_households;
    out.push_back((n * reports[i].survey_poor + k * mean) / std::max(1.0, n + k));
  }
  return out;
}

}  // namespace terrace::nation

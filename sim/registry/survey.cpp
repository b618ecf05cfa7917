// The statistics bureau's yearly sample of the county: its own draw of households, its own error.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {
constexpr StreamId kSample = stream("survey.sample");
constexpr StreamId kError = stream("survey.error");
}  // namespace

void survey(CountyWork& work, const RegistryParameters& p) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  std::vector<RankedBid> bids;
  bids.reserve(t.size());
  for (std::size_t h = 0; h < t.size(); ++h) {
    bids.push_back({0.0, key64(work.key(), kSample, {t.id[h], c.number}, work.month),
                    static_cast<std::uint32_t>(h)});
  }
  const auto visits = ration(
      bids, static_cast<std::size_t>(std::max<std::int64_t>(1, work.plan->survey_households)));
  const double sd = p.identification.survey_sd;
  const double z = work.frame->poverty_line;
  double persons = 0.0;
  double poor = 0.0;
  double gap = 0.0;
  double income = 0.0;
  for (const std::uint32_t h : visits) {
    const double e = normal(work.key(), kError, {t.id[h], c.number}, work.month);
    const double y = work.income[h] * exact::exp(sd * e - 0.5 * sd * sd);
    const double n = t.members[h];
    persons += n;
    income += n * y;
    if (y < z) {
      poor += n;
      gap += n * (1.0 - std::max(0.0, y) / z);
    }
  }
  CountyReport& r = *work.report;
  r.survey_households = static_cast<double>(visits.size());
  if (persons > 0.0) {
    r.survey_poor = poor / persons;
    r.survey_gap = gap / persons;
    r.survey_income = income / persons;
  }
}

}  // namespace terrace::registry

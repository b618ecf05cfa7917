// The statistics bureau's sample of the county: a panel of households that it visits every December
// of some years, with an error of its own.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kSample = stream("survey.sample");
constexpr StreamId kError = stream("survey.error");

/// Sums over the persons of the households visited.
struct Visits {
  double persons = 0.0, poor = 0.0, gap = 0.0, income = 0.0;
};

std::vector<std::uint32_t> panel(const CountyWork& work, const Identification& p) {
  const HouseholdTable& t = work.county->households;
  // One rank for all years of a panel: households that are still there are visited again.
  const Month begun = month_of(panel_start(work.frame->year, p), 12);
  std::vector<RankedBid> bids;
  bids.reserve(t.size());
  for (std::size_t h = 0; h < t.size(); ++h) {
    bids.push_back({0.0, key64(work.key(), kSample, {t.id[h], work.number()}, begun),
                    static_cast<std::uint32_t>(h)});
  }
  return ration(bids,
                static_cast<std::size_t>(std::max<std::int64_t>(1, work.plan->survey_households)));
}

Visits visit(CountyWork& work, const std::vector<std::uint32_t>& sample, const Identification& p) {
  const HouseholdTable& t = work.county->households;
  const double sd = p.survey_sd;
  const double z = work.frame->poverty_line;
  Visits sum;
  for (const std::uint32_t h : sample) {
    const double e = normal(work.key(), kError, {t.id[h], work.number()}, work.month);
    const double y = work.income[h] * exact::exp(sd * e - 0.5 * sd * sd);
    const double n = t.members[h];
    sum.persons += n;
    sum.income += n * y;
    work.survey_now[h] = note::surveyed;
    work.note(h, EventKind::surveyed, static_cast<float>(y));
    if (y < z) {
      sum.poor += n;
      sum.gap += n * (1.0 - std::max(0.0, y) / z);
      work.survey_now[h] |= note::survey_poor;
    }
  }
  return sum;
}

}  // namespace

int panel_start(int year, const Identification& p) {
  const int length = static_cast<int>(p.survey_rotation);
  const int since = year - static_cast<int>(p.panel_year);
  const int into = ((since % length) + length) % length;
  return year - into;
}

void survey(CountyWork& work, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  work.survey_now.assign(t.size(), 0);
  const std::vector<std::uint32_t> sample = panel(work, p.identification);
  const Visits sum = visit(work, sample, p.identification);
  CountyReport& r = *work.report;
  r.survey_households = static_cast<double>(sample.size());
  if (sum.persons <= 0.0) return;
  r.survey_poor = sum.poor / sum.persons;
  r.survey_gap = sum.gap / sum.persons;
  r.survey_income = sum.income / sum.persons;
  double persons = 0.0;
  for (const std::uint8_t members : t.members) persons += members;
  work.of_year(YearSum::survey_persons) = persons;
  work.of_year(YearSum::survey_poor) = r.survey_poor * persons;
}

}  // namespace terrace::registry

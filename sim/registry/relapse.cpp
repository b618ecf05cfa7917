// Four measures of falling back, over those who had left the register by last December: what is
// true, what the statistics survey sees, what the register says (counted as they return to it, in
// adjust.cpp), and what may come.
//
// X: households that stood as exited on 1 January. Weighted by members on 31 December.
#include <algorithm>

#include <terrace/maths.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

/// Chance that next year's income is below next year's line.
double risk(double expected, double next_line, double sd) {
  return exact::normal_cdf(exact::log(next_line / std::max(expected, kLeastIncome)) / sd);
}

/// What an income of this year becomes if nothing happens to the household: it grows with prices
/// and as real incomes did on average last year, which is also what households count on.
double until_next_year(const YearFrame& f) {
  return (1.0 + f.inflation) * (1.0 + f.reference_growth);
}

/// Next year's income a head as it may be expected, nominal: this year's with the household's farm
/// shock of the year taken out, carried forward. The running mean that households carry
/// (`reference`) would not do, for it lags years behind what has just begun to pay.
double expected_income(const CountyWork& work, std::size_t h) {
  const double residents = work.residents[h];
  const double y = work.income[h];
  const double farm =
      residents > 0.0 ? static_cast<double>(work.this_year[0][h]) * work.frame->price / residents
                      : 0.0;
  const double usual = exact::exp(-static_cast<double>(work.farm_shock[h]));  // the mean shock is 1
  return (y + farm * (usual - 1.0)) * until_next_year(*work.frame);
}

}  // namespace

double programme_cash(const CountyWork& work, std::size_t h) {
  const double residents = work.residents[h];
  if (!(residents > 0.0)) return 0.0;
  return static_cast<double>(work.public_money[h]) * work.frame->price / residents;
}

void count_relapses(CountyWork& work, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  const double z = work.frame->poverty_line;
  const double next =
      work.frame->next_line > 0.0 ? work.frame->next_line : z * (1.0 + work.frame->inflation);
  const double sd = p.measurement.risk_sd;
  constexpr std::uint8_t kBoth = note::surveyed | note::survey_poor;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (static_cast<Status>(work.status_before[h]) != Status::exited) continue;
    const double n = t.members[h];
    work.of_year(YearSum::left_before) += n;
    if ((t.poor_years[h] & 1U) == 0U) {
      work.of_year(YearSum::relapse_risk_set) += n;
      if (static_cast<double>(work.income[h]) < z) work.of_year(YearSum::relapse_true) += n;
    }
    const auto now = static_cast<std::uint8_t>(work.survey_now[h] & kBoth);
    if ((t.notes[h] & kBoth) == note::surveyed && (now & note::surveyed) != 0) {
      work.of_year(YearSum::relapse_survey_set) += n;
      if (now == kBoth) work.of_year(YearSum::relapse_survey) += n;
    }
    const double expected = expected_income(work, h);
    const double cash = programme_cash(work, h) * until_next_year(*work.frame);
    work.of_year(YearSum::relapse_risk) += n * risk(expected, next, sd);
    work.of_year(YearSum::relapse_risk_without) += n * risk(expected - cash, next, sd);
  }
}

}  // namespace terrace::registry

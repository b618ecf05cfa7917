// The targeting ledger: who was registered and who was poor, at the close of each year, and what
// the programme cost. Group `targeting` of the results, in every region.
//
// Sums are over persons on 31 December unless said; S is the register, D a set of poor: by income
// (y < z), by permanent income (reference income < z), multidimensional (see sim/registry/mpi).
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <terrace/indicators.hpp>
#include <terrace/plan.hpp>

namespace terrace {

/// The ways of being poor against which the register is held.
enum class Concept : std::uint8_t { income, permanent, multidimensional };
inline constexpr std::size_t kConcepts = 3;

/// Sums of a county's year, kept in CountyReport::year.
enum class YearSum : std::uint8_t {
  persons,
  registered,
  ever_registered,
  poor_income,  ///< D, by Concept
  poor_permanent,
  poor_multidimensional,
  registered_poor_income,  ///< S and D, by Concept
  registered_poor_permanent,
  registered_poor_multidimensional,
  survey_persons,  ///< visited by the statistics survey, scaled to the county's persons
  survey_poor,     ///< of them measured poor
  late,            ///< registered, not poor this December nor last
  deprivations,    ///< of the multidimensionally poor, weighted share of indicators (M0)
  lacking,         ///< below the exit line or without one of the guarantees: the programme's rule

  exits,  ///< households let go this year
  wrongful_income,
  wrongful_guarantee,
  wrongful,    ///< poor or without a guarantee in the December of their exit
  consenting,  ///< eligible and willing, of modules outside entitlements and grants
  unserved,    ///< of them left without place or money
  starts,      ///< of such modules
  off_prescription,
  misdiagnosed,  ///< households whose recorded cause is not the heaviest
  diagnosed,     ///< households ever diagnosed, listed now

  spent,      ///< delivered, overhead and lost this year, all pots, nominal yuan
  delivered,  ///< delivered this year
  leaked,     ///< of it to households not poor without it, or captured
  captured,

  left_before,           ///< X: had left by last December, alive
  relapse_risk_set,      ///< of X, not poor last December
  relapse_true,          ///< of these, poor now
  relapse_survey_set,    ///< of X, visited in both Decembers and measured not poor in the first
  relapse_survey,        ///< of these, measured poor now
  relapse_register,      ///< of X, registered again this year
  relapse_risk,          ///< sum over X of the chance to be poor next year
  relapse_risk_without,  ///< the same without policy income
  watched,               ///< on the monitoring list
  newly_watched_households,

  teams,  ///< resident teams at work
  poor_villages,
  delisted_villages,
  poor_counties,  ///< designated and not delisted; a county's own weight in fractions
  designated_counties,
  evaluated_counties,
  passed_counties,
  clean_counties,  ///< evaluated, and nothing wrong found
  true_wrongful,   ///< evaluated counties times the share of their exited that left wrongly
  visits,  ///< of outsiders; they are as many in a sampled county, so a county's own weight counts
  found_wrongful,
  found_missed,
  general_survey,  ///< households seen by the general survey
  general_survey_cases,

  income,             ///< sum of y, nominal yuan, incomes floored at 100 yuan as in the next two
  income_log,         ///< sum of y ln y
  income_log_county,  ///< sum of y times the log of the county's mean income

  cause_illness,  ///< households on the register by recorded cause, in the order of Cause
  cause_disability,
  cause_schooling,
  cause_disaster,
  cause_land,
  cause_water,
  cause_skills,
  cause_funds,
  cause_labour,
  cause_transport,
  cause_motivation,
  cause_other,
  count
};
inline constexpr std::size_t kYearSums = static_cast<std::size_t>(YearSum::count);
constexpr std::size_t sum_index(YearSum s) { return static_cast<std::size_t>(s); }
/// The sum of a row of three for this concept.
constexpr std::size_t sum_index(YearSum first, Concept c) {
  return static_cast<std::size_t>(first) + static_cast<std::size_t>(c);
}

/// The indicators of group `targeting`, made from YearSum.
std::vector<IndicatorInfo> targeting_indicators();

/// Sums of one module's year, for group `modules`.
enum class ModuleYearSum : std::uint8_t {
  offered,
  taken,
  refused,
  unserved,
  failed,
  off_prescription,
  participants,  ///< in December
  spending,
  spent,                                                        ///< of it by Fate, nominal yuan
  served = static_cast<int>(spent) + static_cast<int>(kFates),  ///< by Served
  count = static_cast<int>(served) + static_cast<int>(kServed)
};
inline constexpr std::size_t kModuleYearSums = static_cast<std::size_t>(ModuleYearSum::count);

/// The indicators of group `modules`, which has them for each module.
std::vector<IndicatorInfo> module_indicators();

}  // namespace terrace

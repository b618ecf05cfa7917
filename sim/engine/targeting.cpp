// The indicators of group `targeting`, and the part of the ledger that only the engine can see.
#include <array>
#include <string>

#include <terrace/targeting.hpp>

#include "engine/county_year.hpp"

namespace terrace {

namespace {

using Y = YearSum;
using K = IndicatorKind;

struct Row {
  const char* name;
  const char* unit;
  K kind;
  bool flow;
  const char* meaning;
  Y numerator;
  Y denominator = Y::count;
  Y second_numerator = Y::count;
  Y second_denominator = Y::count;
};

constexpr Row kRows[] = {
    // How many are poor, counted three ways.
    {"poor_true", "persons", K::total, false,
     "persons below the statistical poverty line of the year, on calendar-year income",
     Y::poor_income},
    {"poor_survey", "persons", K::total, false,
     "persons below that line as the statistics survey measures incomes in December",
     Y::survey_poor},
    {"poor_register", "persons", K::total, false, "persons on the register of the poor",
     Y::registered},
    {"true_headcount", "1", K::ratio, false, "poor_true over all persons", Y::poor_income,
     Y::persons},
    {"survey_headcount", "1", K::ratio, false, "poor_survey over all persons of surveyed counties",
     Y::survey_poor, Y::survey_persons},
    {"registered_share", "1", K::ratio, false, "poor_register over all persons", Y::registered,
     Y::persons},
    {"ever_registered_share", "1", K::ratio, false,
     "persons in households that are or were on the register", Y::ever_registered, Y::persons},
    {"permanent_headcount", "1", K::ratio, false,
     "persons whose household's reference income (its own running mean) lies below the line",
     Y::poor_permanent, Y::persons},
    {"lacking_share", "1", K::ratio, false,
     "persons below the exit line or without one of the five guarantees of the programme",
     Y::lacking, Y::persons},

    // Multidimensional poverty (Alkire and Foster).
    {"mpi", "1", K::ratio, false,
     "adjusted multidimensional headcount M0: weighted deprivations of the poor over all persons",
     Y::deprivations, Y::persons},
    {"mpi_headcount", "1", K::ratio, false,
     "persons whose weighted share of deprivations reaches the cut-off (H)",
     Y::poor_multidimensional, Y::persons},
    {"mpi_intensity", "1", K::ratio, false,
     "mean weighted share of deprivations of these persons (A)", Y::deprivations,
     Y::poor_multidimensional},

    // What is done.
    {"leakage", "1", K::ratio, false,
     "money spent on households not poor without programme cash, or captured, over all delivered",
     Y::leaked, Y::delivered},
    {"captured", "yuan", K::total, true,
     "village works of the year that benefited others than the registered, nominal", Y::captured},
    {"programme_cost", "yuan", K::total, true,
     "delivered, overhead and lost in the year, all pots, nominal", Y::spent},
    {"cost_per_exit", "yuan/household", K::ratio, false,
     "programme_cost over the households let go in the year, nominal", Y::spent, Y::exits},
    {"unserved_share", "1", K::ratio, false,
     "of eligible and willing households, entitlements and grants apart, those left without place "
     "or money",
     Y::unserved, Y::consenting},
    {"off_prescription_share", "1", K::ratio, false,
     "of households begun with, entitlements and grants apart, those whose plan did not name the "
     "measure",
     Y::off_prescription, Y::starts},
    {"misdiagnosis_share", "1", K::ratio, false,
     "of diagnosed households on the register, those whose recorded cause is not the heaviest",
     Y::misdiagnosed, Y::diagnosed},

    // Who is let go, and falls back.
    {"late_exit_share", "1", K::ratio, false,
     "registered persons not below the line this December nor last, over all registered", Y::late,
     Y::registered},
    {"wrongful_exit_share", "1", K::ratio, false,
     "of the year's exits, households below the line or without a guarantee", Y::wrongful,
     Y::exits},
    {"wrongful_exit_share_income", "1", K::ratio, false,
     "of the year's exits, households below the line", Y::wrongful_income, Y::exits},
    {"wrongful_exit_share_guarantee", "1", K::ratio, false,
     "of the year's exits, households without one of the guarantees", Y::wrongful_guarantee,
     Y::exits},
    {"left_before", "persons", K::total, false,
     "persons whose household had left the register by last December and stood so in January",
     Y::left_before},
    {"relapse_true", "1", K::ratio, false, "of those, if not poor last December, the poor now",
     Y::relapse_true, Y::relapse_risk_set},
    {"relapse_survey", "1", K::ratio, false,
     "the same as measured by the statistics survey, of those it visited in both Decembers",
     Y::relapse_survey, Y::relapse_survey_set},
    {"relapse_register", "1", K::ratio, false,
     "of persons who had left, those registered again in the year", Y::relapse_register,
     Y::left_before},
    {"relapse_risk", "1", K::ratio, false,
     "of persons who had left, mean chance to be below the line next year", Y::relapse_risk,
     Y::left_before},
    {"relapse_risk_without_policy", "1", K::ratio, false,
     "the same if cash from the programme ended and nothing else changed", Y::relapse_risk_without,
     Y::left_before},
    {"watched_persons", "persons", K::total, false, "persons on the monitoring list", Y::watched},
    {"watched_share", "1", K::ratio, false, "of all persons, those on the monitoring list",
     Y::watched, Y::persons},
    {"newly_watched", "households", K::total, true,
     "households put on the monitoring list in the year", Y::newly_watched_households},

    // Places.
    {"teams", "teams", K::total, false, "resident teams at work in villages", Y::teams},
    {"poor_villages", "villages", K::total, false, "designated poor villages not delisted",
     Y::poor_villages},
    {"delisted_villages", "villages", K::total, false, "villages delisted so far",
     Y::delisted_villages},
    {"designated_counties", "counties", K::total, false,
     "counties designated poor, those since delisted included", Y::designated_counties},
    {"poor_counties", "counties", K::total, false,
     "designated counties that were not delisted by the year's beginning", Y::poor_counties},
    {"counties_evaluated", "counties", K::total, true,
     "counties visited from outside because they applied to be delisted", Y::evaluated_counties},
    {"counties_passed_share", "1", K::ratio, false, "of them those delisted thereupon",
     Y::passed_counties, Y::evaluated_counties},
    {"counties_clean_share", "1", K::ratio, false,
     "of them those in which no wrong exit and no missed household was found", Y::clean_counties,
     Y::evaluated_counties},
    {"true_wrongful_share", "1", K::ratio, false,
     "share of all their households that have left which left below the line or without a "
     "guarantee, mean of these counties",
     Y::true_wrongful, Y::evaluated_counties},
    {"evaluation_visits", "households", K::total, true, "households visited there", Y::visits},
    {"found_wrongful_share", "1", K::ratio, false, "of them wrong exits that were found",
     Y::found_wrongful, Y::visits},
    {"found_missed_share", "1", K::ratio, false,
     "and poor households found that neither are registered nor have left", Y::found_missed,
     Y::visits},
    {"general_survey_households", "households", K::total, true,
     "households seen by the general survey", Y::general_survey},
    {"general_survey_case_share", "1", K::ratio, false,
     "of them those below the exit line or without a guarantee as seen", Y::general_survey_cases,
     Y::general_survey},

    // Inequality between persons, incomes floored at 100 yuan.
    {"theil", "1", K::theil, false, "Theil T of household income a resident over persons",
     Y::income_log, Y::income, Y::income, Y::persons},
    {"theil_between_counties", "1", K::theil, false, "its part between the means of counties",
     Y::income_log_county, Y::income, Y::income, Y::persons},
    {"theil_within_counties", "1", K::remainder, false, "its part within counties", Y::income_log,
     Y::income, Y::income_log_county, Y::income},
};

IndicatorInfo make(const Row& r) {
  return {r.name,
          r.unit,
          r.meaning,
          r.kind,
          sum_index(r.numerator),
          sum_index(r.denominator),
          r.flow,
          sum_index(r.second_numerator),
          sum_index(r.second_denominator)};
}

struct Poor {
  const char* name;
  const char* meaning;
};
constexpr std::array<Poor, kConcepts> kPoor{
    {{"income", "income below the line"},
     {"permanent", "reference income (its own running mean) below the line"},
     {"multidimensional", "multidimensionally poor"}}};

/// The four ways to hold the register S against the poor D of one concept.
void add_errors(std::vector<IndicatorInfo>& out, Concept c) {
  const Poor& poor = kPoor[static_cast<std::size_t>(c)];
  const std::string by = std::string(" (persons; poor: ") + poor.meaning + ")";
  const std::size_t d = sum_index(Y::poor_income, c);
  const std::size_t both = sum_index(Y::registered_poor_income, c);
  const std::size_t s = sum_index(Y::registered);
  const auto named = [&](const char* what) { return std::string(what) + "_" + poor.name; };
  out.push_back({named("inclusion_error"), "1", "of the registered, those not poor" + by,
                 K::remainder, s, s, false, both, s});
  out.push_back({named("exclusion_error"), "1", "of the poor, those not registered" + by,
                 K::remainder, d, d, false, both, s});
  out.push_back({named("targeting_differential"), "1",
                 "registered share of the poor less that of the others" + by, K::differential, both,
                 d, false, s, sum_index(Y::persons)});
  out.push_back({named("register_ratio"), "1", "registered over poor" + by, K::ratio, s, d, false});
}

}  // namespace

std::vector<IndicatorInfo> targeting_indicators() {
  std::vector<IndicatorInfo> out;
  for (const Concept c : {Concept::income, Concept::permanent, Concept::multidimensional}) {
    add_errors(out, c);
  }
  for (const Row& r : kRows) out.push_back(make(r));
  for (std::size_t k = 0; k < kCauses; ++k) {
    const std::string name(name_of(static_cast<Cause>(k)));
    out.push_back({"cause_share_" + name, "1",
                   "of diagnosed households on the register, those with this recorded cause",
                   K::ratio, sum_index(Y::cause_illness) + k, sum_index(Y::diagnosed), false});
  }
  return out;
}

namespace engine {

void add_starts(CountyWork& work, const Model& model) {
  for (std::size_t m = 0; m < model.policies.size(); ++m) {
    const Allocation kind = model.policies.info(m).allocation;
    if (kind == Allocation::entitlement || kind == Allocation::grant || kind == Allocation::works)
      continue;
    for (const auto& month : work.report->sums) {
      const double taken = month[sum_index(m, ModuleSum::taken)];
      const double unserved = month[sum_index(m, ModuleSum::unserved)];
      work.of_year(Y::starts) += taken;
      work.of_year(Y::unserved) += unserved;
      work.of_year(Y::consenting) += taken + unserved;
      work.of_year(Y::off_prescription) += month[sum_index(m, ModuleSum::off_prescription)];
    }
  }
}

}  // namespace engine

}  // namespace terrace

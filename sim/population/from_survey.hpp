// Households drawn from those of a survey instead of made up.
//
// A county draws from the households that may stand for its province and kind, with chance
// proportional to their weights. Villages, geography and numbers of households are those of
// synthesis; so is whatever the survey does not know, by the same draws.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/random.hpp>
#include <terrace/scenario.hpp>

#include "population/fit_tally.hpp"
#include "population/people.hpp"
#include "population/population_parameters.hpp"

namespace terrace {

/// How near to a county the households are that it draws from.
enum class SurveyReach : std::uint8_t { kind, province, region, all };
inline constexpr std::size_t kSurveyReaches = 4;

/// The sample made ready for drawing. Keeps a reference to the sample.
class SurveyDraw {
 public:
  /// The population has a survey.
  SurveyDraw(const PopulationSpec& spec, const PopulationParameters& parameters);

  const SurveySample& sample() const { return *sample_; }
  SurveyReach reach(std::size_t province, bool designated) const {
    return of_[2 * province + (designated ? 1 : 0)].reach;
  }

  /// The sample's household at place `u` of the pool of a county, 0 to 1.
  std::uint32_t row(std::size_t province, bool designated, double u) const;

  /// Where a household's income a head stands among all by weight, as a standard normal; NaN where
  /// no incomes are known.
  float income_score(std::uint32_t row) const { return score_[row]; }

  /// The household whose incomes a member of the sample has: itself, or a similar one.
  std::uint32_t income_row(std::uint32_t row) const { return donor_[row]; }

 private:
  struct Pool {
    std::vector<std::uint32_t> rows;
    std::vector<double> upto;  ///< share of the weight up to and with each
  };
  struct Choice {
    std::uint32_t pool = 0;
    SurveyReach reach = SurveyReach::all;
  };

  std::uint32_t add_pool(const std::vector<std::uint32_t>& order, const std::vector<bool>& wanted);
  void choose_pools(const Layout& layout, std::size_t least);
  void find_donors();
  void score_incomes();

  const SurveySample* sample_;
  std::vector<Pool> pools_;
  std::vector<Choice> of_;  ///< by province and kind
  std::vector<float> score_;
  std::vector<std::uint32_t> donor_;
};

/// Income a head and year of a household of the sample, all components; NaN where not known.
double surveyed_income(const SurveySample& sample, std::size_t household);

/// Writes the members of a household of the sample in place of made-up ones.
void write_surveyed_members(County& county, const SurveySample& sample, std::uint32_t row,
                            const PeopleRules& rules, const HouseholdSeed& household, RunKey key);

/// Puts what the sample knows of its households over what was drawn for them. `rows` are those that
/// the county's households were drawn as.
void overlay_survey(County& county, const SurveyDraw& draw, std::span<const std::uint32_t> rows);

/// Persons a household in the population: of the survey, or of the fitted kinds.
double mean_household_size(const PopulationSpec& spec);

/// A county's part of the means that the fit report compares with the survey's.
SurveyTally tally_survey(const County& county, Month start);

/// The part of the fit report on a survey: how near the pools are, margins of sample and
/// population.
std::string survey_report(const PopulationSpec& spec, const FitTally& tally,
                          const PopulationParameters& parameters);

}  // namespace terrace

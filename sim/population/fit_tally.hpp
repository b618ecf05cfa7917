// Weighted sums over a synthetic population, from which the fit report is made: county by county,
// then added up in county order, so that they are the same bits wherever a county was tallied.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/scenario.hpp>

#include "population/population_parameters.hpp"

namespace terrace {

inline constexpr std::size_t kTraits = 5;  ///< of the copula

/// A weighted distribution of logarithms, exact to a tenth of a percent.
class LogHistogram {
 public:
  void add(double log_value, double weight);
  void add(const LogHistogram& other);
  double median() const;  ///< of the value, not of its logarithm

  /// Bins with weight, ascending, and their weights.
  void cells(std::vector<std::uint16_t>& bins, std::vector<double>& weights) const;
  /// False where there is no such bin.
  bool add_cells(std::span<const std::uint16_t> bins, std::span<const double> weights);

 private:
  static constexpr double kLow = -6.0;
  static constexpr double kStep = 0.002;
  static constexpr std::size_t kBins = 12000;
  std::vector<double> weights_ = std::vector<double>(kBins);
};

/// First and second moments of the copula's traits.
struct TraitMoments {
  double weight = 0.0;
  std::array<double, kTraits> sum{};
  std::array<std::array<double, kTraits>, kTraits> product{};

  void add(const std::array<double, kTraits>& traits, double w);
  void add(const TraitMoments& other);
  double correlation(std::size_t i, std::size_t j) const;
};

inline constexpr std::size_t kSurveyMeasures = 26;  ///< named in survey_report.cpp

/// Weighted means of the measures by which a population is compared with its survey.
struct SurveyTally {
  std::array<double, kSurveyMeasures> sum{};
  std::array<double, kSurveyMeasures> weight{};

  void add(const SurveyTally& other);
};

/// Sums over the sample, each county times its weight / fraction: estimates for the true
/// population.
struct FitTally {
  FitTally() = default;
  explicit FitTally(const Layout& layout);
  void add(const FitTally& other);

  /// `f` for every number and every vector of numbers but for the histograms.
  template <class F>
  void for_each_value(F f) {
    f(counties), f(villages), f(simulated_households), f(simulated_persons);
    f(households), f(persons), f(designated_persons), f(sizes), f(ages), f(kind_households);
    f(province_persons), f(adults), f(adult_schooling), f(disabled), f(chronic), f(dilapidated);
    f(water), f(expected_poor), f(expected_poor_movable), f(traits), f(survey);
  }

  std::uint64_t counties = 0;
  std::uint64_t villages = 0;
  std::uint64_t simulated_households = 0;
  std::uint64_t simulated_persons = 0;
  double households = 0.0;
  double persons = 0.0;
  double designated_persons = 0.0;
  std::vector<double> sizes;            ///< households by size, last "or more"
  std::vector<double> ages;             ///< persons by age group
  std::vector<double> kind_households;  ///< by province, its other and its designated counties
  std::vector<double> province_persons;
  double adults = 0.0;           ///< of 16 and more
  double adult_schooling = 0.0;  ///< their years
  double disabled = 0.0;
  double chronic = 0.0;
  double dilapidated = 0.0;  ///< households
  double water = 0.0;
  double expected_poor = 0.0;          ///< by the place effect of their county
  double expected_poor_movable = 0.0;  ///< of them in villages that relocation may move
  TraitMoments traits;
  SurveyTally survey;  ///< of people drawn from one
  LogHistogram assets, wealth, land;
};

FitTally tally_county(const PopulationSpec& spec, const County& county,
                      const PopulationParameters& parameters, Month start);
/// Of all counties, in their order.
FitTally tally_population(const PopulationSpec& spec, std::span<const County> counties,
                          const PopulationParameters& parameters, Month start);

}  // namespace terrace

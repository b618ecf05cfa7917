// Weighted sums over a synthetic population, from which the fit report is made.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <terrace/county.hpp>

#include "population/population_parameters.hpp"

namespace terrace {

inline constexpr std::size_t kTraits = 5;  ///< of the copula

/// A weighted distribution of logarithms, exact to a tenth of a percent.
class LogHistogram {
 public:
  void add(double log_value, double weight);
  double median() const;  ///< of the value, not of its logarithm

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
  double correlation(std::size_t i, std::size_t j) const;
};

/// Sums over the sample, each county times its weight / fraction: estimates for the true
/// population.
struct FitTally {
  std::size_t simulated_households = 0;
  std::size_t simulated_persons = 0;
  double households = 0.0;
  double persons = 0.0;
  double designated_persons = 0.0;
  std::vector<double> sizes;  ///< households by size, last "or more"
  std::vector<double> ages;   ///< persons by age group
  std::vector<double> province_persons;
  std::vector<bool> province_sampled;  ///< has counties here
  double adults = 0.0;                 ///< of 16 and more
  double adult_schooling = 0.0;        ///< their years
  double disabled = 0.0;
  double chronic = 0.0;
  double dilapidated = 0.0;  ///< households
  double water = 0.0;
  double expected_poor = 0.0;          ///< by the place effect of their county
  double expected_poor_movable = 0.0;  ///< of them in villages that relocation may move
  TraitMoments traits;
  LogHistogram assets, wealth, land;
};

FitTally tally_population(const Layout& layout, std::span<const County> counties,
                          const PopulationParameters& parameters, Month start);

}  // namespace terrace

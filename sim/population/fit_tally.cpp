#include "population/fit_tally.hpp"

#include <algorithm>
#include <cmath>

#include <terrace/check.hpp>
#include <terrace/maths.hpp>

#include "population/from_survey.hpp"
#include "population/geography.hpp"
#include "population/people.hpp"

namespace terrace {

namespace {

// Farther than this from the county seat, a village may be moved.
constexpr float kRemoteHours = 3.0F;

struct Scope {
  const Layout& layout;
  const County& county;
  const PopulationParameters& p;
  Month start;
  double weight;     ///< true households or persons for one simulated
  double incidence;  ///< expected
};

void tally_person(FitTally& tally, const Scope& scope, std::size_t row) {
  const PersonTable& persons = scope.county.persons;
  const int age = (scope.start - persons.birth[row]) / 12;
  const double w = scope.weight;
  for (std::size_t g = 0; g < tally.ages.size(); ++g) {
    const AgeMargin& group = scope.layout.ages[g];
    if (age >= group.age_low && age <= group.age_high) tally.ages[g] += w;
  }
  if (persons.disability[row] != 0) tally.disabled += w;
  if ((persons.flags[row] & flag::chronic) != 0) tally.chronic += w;
  if (age >= 16) {
    tally.adults += w;
    tally.adult_schooling += w * persons.schooling[row];
  }
}

/// How far the head's schooling lies from the mean of age and sex: what is seen of the trait.
double head_schooling(const Scope& scope, std::size_t row) {
  const PersonTable& persons = scope.county.persons;
  const int age = (scope.start - persons.birth[row]) / 12;
  return persons.schooling[row] -
         mean_schooling(scope.p, age, (persons.flags[row] & flag::woman) != 0);
}

void tally_household(FitTally& tally, const Scope& scope, std::size_t h) {
  const HouseholdTable& table = scope.county.households;
  const VillageTable& villages = scope.county.villages;
  const double w = scope.weight;
  const std::size_t members = table.members[h];
  tally.sizes[std::min(members, tally.sizes.size()) - 1] += w;
  if (table.house[h] >= static_cast<std::uint8_t>(House::c)) tally.dilapidated += w;
  if ((table.services[h] & service::water) != 0) tally.water += w;
  const std::size_t v = table.village[h];
  const double poor = w * scope.incidence * static_cast<double>(members);
  tally.expected_poor += poor;
  if (villages.uninhabitable[v] != 0 || villages.hazard[v] != 0 ||
      villages.remoteness[v] > kRemoteHours) {
    tally.expected_poor_movable += poor;
  }
  // Households of a survey may own nothing, or owe more than they have.
  const double assets = exact::log(std::max(1.0, static_cast<double>(table.assets[h])));
  const double wealth = exact::log(std::max(1.0, static_cast<double>(table.wealth[h])));
  const double land = exact::log(0.01 * std::max<int>(table.land[h], 1));
  tally.assets.add(assets, w);
  tally.wealth.add(wealth, w);
  tally.land.add(land, w);
  tally.traits.add({static_cast<double>(table.u_perm[h]), assets, wealth, land,
                    head_schooling(scope, table.first[h])},
                   w);
}

/// `into` plus `other`, cell by cell.
void add_all(std::span<double> into, std::span<const double> other) {
  require(into.size() == other.size(), "tallies of different layouts cannot be added");
  for (std::size_t i = 0; i < into.size(); ++i) into[i] += other[i];
}

}  // namespace

void LogHistogram::add(double log_value, double weight) {
  const double bin = std::clamp((log_value - kLow) / kStep, 0.0, static_cast<double>(kBins - 1));
  weights_[static_cast<std::size_t>(bin)] += weight;
}

void LogHistogram::add(const LogHistogram& other) { add_all(weights_, other.weights_); }

void LogHistogram::cells(std::vector<std::uint16_t>& bins, std::vector<double>& weights) const {
  static_assert(kBins <= 0x10000);
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (weights_[bin] == 0.0) continue;
    bins.push_back(static_cast<std::uint16_t>(bin));
    weights.push_back(weights_[bin]);
  }
}

bool LogHistogram::add_cells(std::span<const std::uint16_t> bins, std::span<const double> weights) {
  if (bins.size() != weights.size()) return false;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (bins[i] >= kBins) return false;
    weights_[bins[i]] += weights[i];
  }
  return true;
}

double LogHistogram::median() const {
  double total = 0.0;
  for (const double w : weights_) total += w;
  double below = 0.0;
  for (std::size_t bin = 0; bin < kBins; ++bin) {
    if (weights_[bin] > 0.0 && below + weights_[bin] >= 0.5 * total) {
      const double inside = (0.5 * total - below) / weights_[bin];
      return exact::exp(kLow + kStep * (static_cast<double>(bin) + inside));
    }
    below += weights_[bin];
  }
  return 0.0;
}

void TraitMoments::add(const std::array<double, kTraits>& traits, double w) {
  weight += w;
  for (std::size_t i = 0; i < kTraits; ++i) {
    sum[i] += w * traits[i];
    for (std::size_t j = 0; j <= i; ++j) product[i][j] += w * traits[i] * traits[j];
  }
}

void TraitMoments::add(const TraitMoments& other) {
  weight += other.weight;
  add_all(sum, other.sum);
  for (std::size_t i = 0; i < kTraits; ++i) add_all(product[i], other.product[i]);
}

double TraitMoments::correlation(std::size_t i, std::size_t j) const {
  const auto covariance = [this](std::size_t a, std::size_t b) {
    return product[std::max(a, b)][std::min(a, b)] / weight - sum[a] / weight * (sum[b] / weight);
  };
  const double spread = std::sqrt(covariance(i, i) * covariance(j, j));
  return spread > 0.0 ? covariance(i, j) / spread : 0.0;
}

void SurveyTally::add(const SurveyTally& other) {
  add_all(sum, other.sum);
  add_all(weight, other.weight);
}

FitTally::FitTally(const Layout& layout)
    : sizes(layout.household_sizes.size()),
      ages(layout.ages.size()),
      kind_households(2 * layout.provinces.size()),
      province_persons(layout.provinces.size()) {}

void FitTally::add(const FitTally& other) {
  counties += other.counties;
  villages += other.villages;
  simulated_households += other.simulated_households;
  simulated_persons += other.simulated_persons;
  households += other.households;
  persons += other.persons;
  designated_persons += other.designated_persons;
  add_all(sizes, other.sizes);
  add_all(ages, other.ages);
  add_all(kind_households, other.kind_households);
  add_all(province_persons, other.province_persons);
  adults += other.adults;
  adult_schooling += other.adult_schooling;
  disabled += other.disabled;
  chronic += other.chronic;
  dilapidated += other.dilapidated;
  water += other.water;
  expected_poor += other.expected_poor;
  expected_poor_movable += other.expected_poor_movable;
  traits.add(other.traits);
  survey.add(other.survey);
  assets.add(other.assets);
  wealth.add(other.wealth);
  land.add(other.land);
}

FitTally tally_county(const PopulationSpec& spec, const County& county,
                      const PopulationParameters& p, Month start) {
  const double raw = p.place_gain > 0.0 ? county.place / p.place_gain + p.place_centre : 0.0;
  const Scope scope{
      spec.layout, county, p, start, county.weight / county.fraction, expected_incidence(raw, p)};
  FitTally tally(spec.layout);
  for (std::size_t i = 0; i < county.persons.size(); ++i) tally_person(tally, scope, i);
  for (std::size_t h = 0; h < county.households.size(); ++h) tally_household(tally, scope, h);
  tally.counties = 1;
  tally.villages = county.villages.size();
  tally.simulated_households = county.households.size();
  tally.simulated_persons = county.persons.size();
  tally.households = scope.weight * static_cast<double>(county.households.size());
  tally.persons = scope.weight * static_cast<double>(county.persons.size());
  tally.kind_households[2U * county.province + (county.designated ? 1U : 0U)] = tally.households;
  tally.province_persons[county.province] = tally.persons;
  if (county.designated) tally.designated_persons = tally.persons;
  if (spec.survey) tally.survey = tally_survey(county, start);
  return tally;
}

FitTally tally_population(const PopulationSpec& spec, std::span<const County> counties,
                          const PopulationParameters& p, Month start) {
  FitTally all(spec.layout);
  for (const County& county : counties) all.add(tally_county(spec, county, p, start));
  return all;
}

}  // namespace terrace

// Why a household is poor: what each of the twelve causes takes from it, the two heaviest, and what
// is put on record. Pure functions of a few figures, so that they can be worked out by hand.
#pragma once

#include <array>

#include <terrace/prescription.hpp>

#include "population/county_work.hpp"
#include "registry/parameters.hpp"

namespace terrace::registry {

/// What the causes are weighed by. Money in yuan of 2012; sums of twelve months unless said.
struct Troubles {
  double residents = 1.0;
  double line = 0.0;  ///< z
  double wage = 0.0;  ///< a month in a local post of the county

  double medical_bills = 0.0;  ///< paid by itself
  double months_ill = 0.0;     ///< person-months without work
  int chronic = 0;
  int partly_disabled = 0;
  int severely_disabled = 0;
  double upper_fees = 0.0;     ///< of a year, beyond grade 9
  double disaster_loss = 0.0;  ///< of 24 months
  double farm = 0.0;           ///< farm income
  double local = 0.0;          ///< local wages
  double land = 0.0, median_land = 0.0;
  double assets = 0.0, median_assets = 0.0;  ///< productive, free tools included
  bool no_water = false;
  bool hazard = false;
  double school_years_short = 0.0;  ///< below nine, over able members without a paid post
  bool short_of_cash = false;       ///< liquid wealth below what it costs to go and look for work
  double labour = 0.0;              ///< able adults
  double hours = 0.0;               ///< to the county seat
  double effort = 1.0;
};

using Severities = std::array<double, kCauses>;

/// Lines a head that each cause takes, times its weight.
Severities severities(const Troubles& has, const Diagnosis& p, const Livelihood& l);
/// The two heaviest; of equal ones the earlier.
std::array<Cause, 2> heaviest(const Severities& s);
/// What is written down as the main cause: with this chance of error the second (half of the
/// errors) or any of the ten that are neither. Three uniforms decide.
Cause recorded_cause(const std::array<Cause, 2>& truth, double error,
                     const std::array<double, 3>& u);

/// The troubles of a household, now.
Troubles troubles_of(CountyWork& work, std::size_t household, const Livelihood& l);
/// Of the county, found once a year.
const CountyMedians& county_medians(CountyWork& work);

}  // namespace terrace::registry

// How fast this machine runs a scenario, found by running it in miniature.
#pragma once

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>

namespace terrace::cli {

struct Pace {
  double household_months = 0.0;
  double seconds = 0.0;
  double rate() const { return household_months / seconds; }  ///< a second, on one thread
};

/// Runs one province of the scenario, with the same policies and years and some thousand
/// households, whole, again and again with other draws until so many seconds have passed. On one
/// thread; writes nothing.
Pace measure_pace(const ScenarioSpec& spec, const PolicyCatalogue& catalogue, double seconds);

}  // namespace terrace::cli

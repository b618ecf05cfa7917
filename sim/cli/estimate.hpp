// What a run will need, said before it begins.
#pragma once

#include <cstddef>
#include <string>

#include <terrace/scenario.hpp>

namespace terrace::cli {

struct Estimate {
  std::size_t counties = 0;
  double households = 0.0;        ///< simulated
  double household_months = 0.0;  ///< of all replicates
  double state_bytes = 0.0;       ///< counties, households and persons
  double result_bytes = 0.0;      ///< results, as they are kept and as they are written
  double thread_seconds = 0.0;    ///< on one thread; divide by the number of threads
  double bytes() const { return state_bytes + result_bytes; }
};

/// `monthly`, `yearly`: how many indicators are recorded when a scenario asks for all.
Estimate estimate(const ScenarioSpec& spec, std::size_t monthly, std::size_t yearly);

/// How many threads a run takes if nobody says.
unsigned default_threads();

/// Memory that this process may still take: of the machine, its control group and its limits.
double available_bytes();

/// `1.2 GB`
std::string bytes_text(double bytes);
/// `2,520,371`
std::string count_text(double count);
/// `1 min 20 s`
std::string seconds_text(double seconds);

}  // namespace terrace::cli

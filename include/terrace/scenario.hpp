// A scenario after it has been read and checked: plain data, all defaults filled in.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/layout.hpp>
#include <terrace/parameters.hpp>
#include <terrace/series.hpp>
#include <terrace/survey_sample.hpp>

namespace terrace {

/// Switches and multipliers that every policy module has.
struct ModuleSettings {
  bool enabled = false;
  Month from = 0;                    ///< first month in force
  Month until = month_of(2100, 12);  ///< last month, inclusive
  double capacity =
      1.0;              ///< multiplies places and money; of an entitlement: share of claims handled
  double effect = 1.0;  ///< multiplies effects, and what of a payment reaches the household
  double cost = 1.0;    ///< multiplies what the public pays
  double ramp = 1.0;    ///< multiplies the time an effect takes to build up, where it does
};

struct PopulationSpec {
  Layout layout;
  std::shared_ptr<const SurveySample> survey;  ///< whom households are drawn from; null: made up
  std::vector<std::string> provinces;          ///< names; empty = all
  enum class Counties : std::uint8_t { all, designated } counties = Counties::all;
  double sample_counties = 0.1;  ///< share of counties in each province and kind, at least one
  double sample_villages = 0.1;  ///< share of villages in each sampled county, at least one
};

/// What is kept of a run beside its yearly and monthly indicators.
struct OutputSpec {
  std::uint32_t panel_households = 2000;   ///< founders that the panel follows; 0: no panel
  std::vector<std::string> panel_columns;  ///< names; empty = those kept by default
  std::uint32_t checkpoint_every =
      5;  ///< years from one checkpoint to the next; 0: only when stopped
  std::vector<int> checkpoint_keep;  ///< years whose opening state stays beside the results
};

struct ScenarioSpec {
  std::string name;
  std::string title;
  Month start = month_of(2008, 1);      ///< January
  Month programme = month_of(2013, 1);  ///< before it: burn-in at constant 2012 levels
  Month end = month_of(2020, 12);       ///< December, inclusive
  PopulationSpec population;
  bool registry = true;  ///< identification, adjustment, exit
  std::map<std::string, ModuleSettings>
      policies;                         ///< by module name; every module of the catalogue
  ParameterValues parameters;           ///< every parameter, by full name
  SeriesSet series;                     ///< every series that the model reads
  std::vector<std::string> indicators;  ///< names to record; empty = all
  OutputSpec output;
  std::uint64_t seed = 1;
  std::uint32_t replicates = 1;
  std::uint32_t first_replicate = 0;  ///< number of the first one, which draws go by
};

}  // namespace terrace

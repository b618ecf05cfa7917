// A study: many runs of one scenario over points in a space of parameters, policies and series.
//
// Read from YAML by sim/scenario/study_reader.hpp, kept in plan.json by sim/sweep/plan_files.hpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>

namespace terrace {

/// One thing that a study varies. A point gives each dimension one number: of a dimension with
/// choices the place in the list of choices, of any other the value itself.
struct StudyDimension {
  enum class Kind : std::uint8_t {
    parameter,  ///< of a process or a module; `key` is its full name, as in
                ///< ScenarioSpec::parameters
    policy,     ///< a module's switch, multiplier or month; `key` is `industry.enabled`
    series,     ///< a dated series, changed as `change` says; `key` is its name
    scenario    ///< another scenario in the place of the base; the choices are their names
  };
  enum class Change : std::uint8_t { factor, shift };

  std::string name;  ///< column of the plan and coordinate of the results
  Kind kind = Kind::parameter;
  std::string key;
  std::vector<std::string> also;  ///< more parameters, which take the same value as `key`
  std::string unit;               ///< "1" for factors and choices
  std::string meaning;            ///< one sentence

  double low = 0.0;  ///< ends of what designs may take, both included
  double high = 1.0;
  bool log_scale = false;  ///< designs divide the logarithm of the range evenly
  bool whole = false;      ///< whole numbers only: years, counts

  std::vector<std::string> choices;  ///< words: true, false, 2014-01, names of scenarios; or none
  std::vector<double>
      levels;  ///< what a grid takes; of choices all their places; else perhaps empty

  Change change = Change::factor;  ///< of a series
  int from = 0;                    ///< first and last year in which a series is changed
  int until = 0;
};

struct StudyDesign {
  enum class Kind : std::uint8_t {
    grid,             ///< all combinations of levels, the last dimension changing fastest
    list,             ///< the points of the study file, or of a CSV file that it names
    latin_hypercube,  ///< n points, each dimension's range cut into n parts with one point in each
    sobol,            ///< n points of the Sobol sequence
    saltelli,         ///< n (k + 2) points for first and total indices, n (2 k + 2) with second
    morris            ///< n trajectories of k + 1 points on a grid of `levels`
  };
  Kind kind = Kind::grid;
  std::uint32_t n = 0;
  std::uint32_t levels = 4;   ///< morris
  bool second_order = false;  ///< saltelli
  std::uint64_t seed = 1;     ///< of latin_hypercube and morris
};

/// What is kept of each run: the year's figures (yearly.hpp) of some indicators.
struct StudyOutput {
  std::vector<std::string> indicators;  ///< names, of any group; never empty
  int first_year = 0;                   ///< both ends included
  int last_year = 0;
  bool provinces = false;  ///< the provinces beside the nation
};

struct Study {
  std::string name;
  std::string title;
  std::vector<StudyDimension> dimensions;
  StudyDesign design;
  std::vector<std::vector<double>> points;  ///< of a list: [point][dimension]
  std::uint32_t replicates = 1;
  StudyOutput output;
};

}  // namespace terrace

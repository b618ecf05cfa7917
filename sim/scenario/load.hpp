// Scenario files: from YAML to a ScenarioSpec and back.
//
// A scenario is made of layers: built-in defaults, the files it extends (the furthest first), the
// file itself, and settings of the command line. Maps merge key by key; lists, dated series and the
// layout are replaced whole. Every layer is checked by itself, so a mistake is found even where a
// later layer replaces the value, and all mistakes of all files are reported together.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <terrace/parameters.hpp>
#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>
#include <terrace/series.hpp>
#include <terrace/survey_sample.hpp>

#include "scenario/diagnostic.hpp"

namespace terrace::scenario {

/// The names that a scenario may use. Everything is taken from what the model's parts declare.
struct Vocabulary {
  std::vector<ParameterBlock> blocks;        ///< of processes; those of modules stand in `policies`
  std::vector<SeriesInfo> series;            ///< read by processes; modules declare their own
  std::vector<const PolicyEntry*> policies;  ///< not null; must outlive the vocabulary
  std::vector<std::string> indicators;
  std::vector<std::string> panel_columns;
  SurveyReader survey_hdf5;  ///< may be null: then surveys come in CSV only

  /// Those of processes and of modules. A name may come twice, from two readers.
  std::vector<SeriesInfo> all_series() const;
};

/// The names of the model with the modules of `catalogue`, which must outlive the vocabulary.
Vocabulary vocabulary_of(const PolicyCatalogue& catalogue, SurveyReader survey_hdf5 = {});

struct Loaded {
  ScenarioSpec spec;  ///< complete and valid only if there are no errors
  /// From full key (`policies.relocation.enabled`) to `file:line`, `--set` or `default`.
  std::map<std::string, std::string> origin;
  std::vector<Diagnostic> errors;  ///< in the order of files and lines
  std::vector<std::string> notes;  ///< what is no mistake but should be known
};

/// Reads `file` and applies `sets` (each `a.b.c=value`). Never throws for what a file holds.
/// `data_dir` holds what a scenario does not give itself: china.yaml and series.yaml.
Loaded load_scenario(const std::filesystem::path& file, const std::vector<std::string>& sets,
                     const Vocabulary& vocabulary, const std::filesystem::path& data_dir);

/// The whole scenario as one file that needs no other and reads back to the same spec. With
/// `origin`, every value has a comment that says where it came from.
std::string resolved_yaml(const ScenarioSpec& spec, const Vocabulary& vocabulary,
                          const std::map<std::string, std::string>* origin = nullptr);

/// What a list of scenarios shows of one. Empty where the file cannot be read.
struct Heading {
  std::string name;
  std::string title;
};
Heading read_heading(const std::filesystem::path& file);

}  // namespace terrace::scenario

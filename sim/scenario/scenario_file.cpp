// The public way to read a scenario: load_scenario with the names of one catalogue.
#include <utility>

#include <terrace/scenario_file.hpp>

#include "scenario/load.hpp"

namespace terrace {

ScenarioFile read_scenario(const std::string& path, const std::vector<std::string>& sets,
                           const PolicyCatalogue& catalogue, const std::string& data_folder,
                           const SurveyReader& hdf5) {
  const scenario::Vocabulary vocabulary = scenario::vocabulary_of(catalogue, hdf5);
  scenario::Loaded loaded = scenario::load_scenario(path, sets, vocabulary, data_folder);
  ScenarioFile out{std::move(loaded.spec), {}, std::move(loaded.notes), {}};
  for (const scenario::Diagnostic& error : loaded.errors) {
    out.errors.push_back(scenario::to_string(error));
  }
  if (out.errors.empty()) out.resolved = scenario::resolved_yaml(out.spec, vocabulary);
  return out;
}

}  // namespace terrace

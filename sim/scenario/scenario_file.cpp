// The public way to read a scenario: load_scenario with the names of one catalogue.
#include <utility>

#include <terrace/indicators.hpp>
#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>
#include <terrace/targeting.hpp>

#include "scenario/load.hpp"

namespace terrace {

ScenarioFile read_scenario(const std::string& path, const std::vector<std::string>& sets,
                           const PolicyCatalogue& catalogue, const std::string& data_folder,
                           const SurveyReader& hdf5) {
  scenario::Vocabulary vocabulary;
  vocabulary.blocks = process_parameters();
  vocabulary.series = process_series();
  vocabulary.survey_hdf5 = hdf5;
  std::vector<std::string> modules;
  for (const PolicyEntry& entry : catalogue.entries()) {
    vocabulary.policies.push_back(&entry);
    modules.emplace_back(entry.info.name);
  }
  for (const IndicatorInfo& info : indicators(modules)) vocabulary.indicators.push_back(info.name);
  for (const IndicatorInfo& info : targeting_indicators())
    vocabulary.indicators.push_back(info.name);

  scenario::Loaded loaded = scenario::load_scenario(path, sets, vocabulary, data_folder);
  ScenarioFile out{std::move(loaded.spec), {}, std::move(loaded.notes)};
  for (const scenario::Diagnostic& error : loaded.errors) {
    out.errors.push_back(scenario::to_string(error));
  }
  return out;
}

}  // namespace terrace

// What a scenario may name: gathered from what the parts of the model declare.
#include <utility>

#include <terrace/indicators.hpp>
#include <terrace/recorder.hpp>
#include <terrace/simulation.hpp>
#include <terrace/targeting.hpp>

#include "scenario/load.hpp"

namespace terrace::scenario {

std::vector<SeriesInfo> Vocabulary::all_series() const {
  std::vector<SeriesInfo> all = series;
  for (const PolicyEntry* entry : policies) {
    all.insert(all.end(), entry->info.series.begin(), entry->info.series.end());
  }
  return all;
}

Vocabulary vocabulary_of(const PolicyCatalogue& catalogue, SurveyReader survey_hdf5) {
  Vocabulary out;
  out.blocks = process_parameters();
  out.series = process_series();
  out.survey_hdf5 = std::move(survey_hdf5);
  std::vector<std::string> modules;
  for (const PolicyEntry& entry : catalogue.entries()) {
    out.policies.push_back(&entry);
    modules.emplace_back(entry.info.name);
  }
  for (const PanelColumn& column : panel_columns()) out.panel_columns.push_back(column.name);
  for (const IndicatorInfo& info : indicators(modules)) out.indicators.push_back(info.name);
  for (const auto& yearly : {targeting_indicators(), module_indicators()}) {
    for (const IndicatorInfo& info : yearly) out.indicators.push_back(info.name);
  }
  return out;
}

}  // namespace terrace::scenario

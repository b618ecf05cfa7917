#include "engine/model.hpp"

#include <terrace/simulation.hpp>

#include "engine/panel.hpp"
#include "engine/streams.hpp"

namespace terrace {

namespace engine {

Model make_model(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue) {
  require_distinct_streams(catalogue);
  const ParameterValues& v = scenario.parameters;
  EconomyParameters economy = load_economy(v);
  const RegistryParameters registry = load_registry(v);
  const NationParameters nation = load_nation(v);
  const PopulationParameters population = load_parameters("population", population_table(), v);
  economy.var_pers = population.var_pers;
  economy.people.skill_sd = population.skill_sd;
  const policies::WalkRules walk{registry.exit.exit_margin, registry.exit.income_verify_sd,
                                 nation.budget.depth_weight};
  const policies::ConsentRules consent{economy.social.consent_effort,
                                       economy.social.bellwether_spill};
  return {economy,
          registry,
          nation,
          population,
          policies::Runner(catalogue, scenario, walk, consent, registry.diagnosis.mismatch_effect),
          panel_columns_of(scenario)};
}

}  // namespace engine

std::vector<ParameterBlock> process_parameters() {
  std::vector<ParameterBlock> all{block_of("population", population_table())};
  for (auto blocks : {economy_blocks(), registry_blocks(), nation_blocks()}) {
    all.insert(all.end(), blocks.begin(), blocks.end());
  }
  return all;
}

std::vector<SeriesInfo> process_series() { return nation_series(); }

}  // namespace terrace

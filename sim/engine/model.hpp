// Everything of a run that does not change while it goes on.
#pragma once

#include <cstddef>
#include <vector>

#include <terrace/scenario.hpp>

#include "economy/parameters.hpp"
#include "nation/parameters.hpp"
#include "policies/runner.hpp"
#include "population/synthesis.hpp"
#include "registry/parameters.hpp"

namespace terrace::engine {

struct Model {
  EconomyParameters economy;
  RegistryParameters registry;
  NationParameters nation;
  PopulationParameters population;
  policies::Runner policies;
  std::vector<std::size_t> panel;  ///< columns that the panel keeps; empty: no panel
};

Model make_model(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue);

}  // namespace terrace::engine

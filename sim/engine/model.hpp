// Everything of a run that does not change while it goes on.
#pragma once

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
};

Model make_model(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue);

}  // namespace terrace::engine

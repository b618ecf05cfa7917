// The tally from which the fit report is made, over ranks.
#pragma once

#include <vector>

#include <terrace/simulation.hpp>

#include "engine/ranks.hpp"
#include "population/fit_tally.hpp"

namespace terrace::engine {

/// Of all counties in their order, each tallied by its owner; on ranks other than 0 an empty one.
FitTally tally_fit(Team& team, CountyRunner& runner, const std::vector<County>& counties,
                   const ScenarioSpec& scenario, const PopulationParameters& parameters);

}  // namespace terrace::engine

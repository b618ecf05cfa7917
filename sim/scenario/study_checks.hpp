// What can be said of a study only when its scenarios are known.
#pragma once

#include <string>
#include <vector>

#include "scenario/study_parts.hpp"

namespace terrace::scenario {

/// Fills in the years in which a series changes, and checks that every value stays one that the
/// model accepts, in all scenarios.
void finish_series_dimension(DraftDimension& draft, const std::vector<ScenarioSpec>& scenarios,
                             const std::vector<SeriesInfo>& known, Problems& problems);

/// Refuses two dimensions that vary the same thing, and months in which a policy would end before
/// it begins.
void check_dimensions(const std::vector<DraftDimension>& dimensions,
                      const std::vector<ScenarioSpec>& scenarios, Problems& problems);

/// Refuses more points or runs than there may be.
void check_size(const Study& study, const Place& place, Problems& problems);

/// What is no mistake but should be known: dimensions that nothing in these scenarios acts on.
std::vector<std::string> study_notes(const Study& study,
                                     const std::vector<ScenarioSpec>& scenarios);

}  // namespace terrace::scenario

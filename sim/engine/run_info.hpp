// What a run will record, known before it begins.
#pragma once

#include <terrace/policy.hpp>
#include <terrace/recorder.hpp>
#include <terrace/scenario.hpp>

#include "engine/model.hpp"

namespace terrace::engine {

RunInfo info_of(const ScenarioSpec& scenario, const Model& model);
RunInfo info_of(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue);

}  // namespace terrace::engine

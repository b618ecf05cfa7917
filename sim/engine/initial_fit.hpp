// How the population stands at the end of the burn-in, beside the published figures of its layout.
#pragma once

#include <span>
#include <string>

#include <terrace/county.hpp>
#include <terrace/plan.hpp>
#include <terrace/scenario.hpp>

namespace terrace::engine {

/// A table in text: target, got, difference. Empty where the layout has no such figures or the
/// scenario takes only some of its provinces or counties.
std::string initial_fit(const ScenarioSpec& scenario, std::span<const County> counties,
                        std::span<const CountyReport> reports);

}  // namespace terrace::engine

// The panel: households that descend from chosen founders, followed month by month and written down
// with what happened to them.
//
// Founders are chosen by a draw that depends on the seed and on the founder alone, as many in each
// county as it has of the nation's households. So the same households are followed in every
// scenario with the same population, in every replicate, and all that split off from them too.
//
// A row is the end of a month as the month's decisions saw it. What happens when December is over
// (births, deaths, weddings, division, own repairs, both surveys) stands in December's diary and
// shows in January's row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/recorder.hpp>
#include <terrace/scenario.hpp>

#include "engine/model.hpp"
#include "population/county_work.hpp"

namespace terrace::engine {

/// Which of panel_columns() a run keeps, as indices; empty without a panel.
std::vector<std::size_t> panel_columns_of(const ScenarioSpec& scenario);

/// Sets panel_limit and panel_weight of counties that have just been peopled. `households` is how
/// many each has; one whose people are elsewhere gets its weight only.
void choose_panel(std::vector<County>& counties, std::span<const std::uint32_t> households,
                  const ScenarioSpec& scenario);

/// Finds the panel's rows in the county as its year opens.
void open_panel(CountyWork& work, const Model& model);
/// Writes the month's row, when the month is over.
void tally_panel(CountyWork& work, const Model& model);

/// Hands one year of the panel and its events to the recorder, county by county.
void record_panel_year(const RunInfo& info, std::uint32_t replicate, int year,
                       const std::vector<County>& counties,
                       const std::vector<CountyReport>& reports, Recorder& recorder);

}  // namespace terrace::engine

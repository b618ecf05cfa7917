// A county-year: the only unit of parallel work. It reads nothing outside its county but the frame
// and its plan, and writes nothing but its county and its report.
#pragma once

#include "engine/model.hpp"
#include "population/county_work.hpp"

namespace terrace::engine {

/// Advances the county by one year. `work` is scratch of the calling worker, in any state.
void run_county_year(County& county, const YearFrame& frame, const CountyPlan& plan,
                     const Model& model, CountyWork& work, CountyReport& report);

/// Starts of modules over the year into the year's sums, once all months are in the report
/// (sim/engine/targeting.cpp). They are the same household or another each time.
void add_starts(CountyWork& work, const Model& model);

/// Sums of the month into the report (sim/engine/tally.cpp).
void tally_month(CountyWork& work, const Model& model);

}  // namespace terrace::engine

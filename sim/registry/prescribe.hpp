// What is done for a household: its plan, a set of measures.
#pragma once

#include <terrace/prescription.hpp>

#include "population/county_work.hpp"
#include "registry/parameters.hpp"

namespace terrace::registry {

/// Measures that some module carries out this year and that could do something for this household.
Measures applicable(const CountyWork& work, std::size_t household);
/// Measures in force that answer a guarantee which the household lacks.
Measures for_guarantees(const CountyWork& work, std::size_t household);
/// The first applicable measures of the row of the cause, up to `most`; where there are fewer than
/// two, also of the row of cause `other`.
Measures by_cause(Cause recorded, Measures applicable, int most);
/// The plan of a household by the cause on record. In the arm without diagnosis (`at_random`) as
/// many applicable measures as its cause would give are drawn instead, the same ones every year.
Measures plan_for(const CountyWork& work, std::size_t household, const Diagnosis& p);

}  // namespace terrace::registry

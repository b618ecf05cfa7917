// From numbers of a design to values of a dimension, and from values to a scenario.
#pragma once

#include <cstddef>

#include <terrace/scenario.hpp>
#include <terrace/series.hpp>
#include <terrace/study.hpp>

namespace terrace::sweep {

/// The value of a dimension at `u` in [0, 1]. Choices, levels and whole numbers each get an equal
/// part; of anything else 0 is the low end and 1 the high end, and what lies between goes in
/// proportion, on a logarithmic scale in proportion of the logarithms.
double value_at(const StudyDimension& dimension, double u);

/// Changes `spec` as a dimension (of any kind but scenarios) says. Throws record::BadCheckpoint
/// where the scenario does not have what it names.
void apply_value(const StudyDimension& dimension, double value, ScenarioSpec& spec);

/// A series times a factor, or shifted, from the first to the last year that the dimension names.
/// Other years keep their values: those that were held from dates before are spelled out.
Series changed_series(const Series& series, const StudyDimension& dimension, double value);

}  // namespace terrace::sweep

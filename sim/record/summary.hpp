// The yearly table that most people open first.
#pragma once

#include <cstddef>
#include <string>

#include "record/memory_recorder.hpp"

namespace terrace::record {

/// A table of more rows than this leaves the counties out.
inline constexpr std::size_t kSummaryRows = 2'000'000;

/// summary.csv: one row for each replicate, year, region and indicator; December's value, or the
/// sum over the year for flows. The last year of burn-in is the first of the table. A missing value
/// is an empty field. What is left out is said in `log`.
std::string summary_csv(const MemoryRecorder& results, std::string& log,
                        std::size_t most_rows = kSummaryRows);

}  // namespace terrace::record

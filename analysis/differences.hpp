// Differences between two runs, replicate by replicate, for each year, region and indicator.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <terrace/result_table.hpp>
#include <terrace/run_reader.hpp>

#include "analysis/comparable.hpp"
#include "analysis/interval.hpp"

namespace terrace::analysis {

/// A figure of two runs over the replicates in which both have it; where there are none, each run's
/// own mean and no difference.
struct PairedFigure {
  double base = kNoNumber;  ///< means over the same replicates
  double alt = kNoNumber;
  MeanInterval difference;      ///< alt - base
  double relative = kNoNumber;  ///< mean difference over the base's mean; none where that is 0
};

/// Replicate r of `base` is set against replicate r of `alt`; a pair in which one is not a number
/// is left out.
PairedFigure paired(std::span<const double> base, std::span<const double> alt, double confidence);

/// Regions of which differences are wanted.
struct Levels {
  bool national = true;
  bool province = false;
  bool county = false;

  bool has(RegionLevel level) const;
};

/// What is asked of the differences.
struct DifferenceRequest {
  std::string nation;                   ///< what the nation is called
  std::vector<std::string> indicators;  ///< names; empty: all that both runs have
  Levels levels;
  Years years;
  int programme_year = 0;  ///< sums over years begin here
  CommonReplicates replicates;
  double confidence = 0.95;
};

/// The name and columns of the table, without rows.
ResultTable differences_table(double confidence);

/// How many rows append_differences() would add at most.
std::size_t difference_rows(const RunReader& base, const RunReader& alt,
                            const DifferenceRequest& request);

/// A row for each year, and one more for the sum over the years from the programme on where a sum
/// has a meaning: flows, and numbers of persons and households (person-years, household-years).
/// Rows that no run has a number for are left out. What only one run has is told in `notes`.
void append_differences(const RunReader& base, const RunReader& alt, const std::string& alt_name,
                        const DifferenceRequest& request, ResultTable& table,
                        std::vector<std::string>& notes);

}  // namespace terrace::analysis

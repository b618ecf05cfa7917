// What the analyses of a merged sweep share: which runs it lacks, and how its levels are written.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <terrace/sweep_results.hpp>

namespace terrace::analysis {

/// "3 runs: 4, 7, 19"; a long list is cut off.
std::string runs_text(const std::vector<std::size_t>& runs);

/// Throws NoAnswer (sensitivity_outputs.hpp) where runs have no result: `need` says why all are
/// needed; then the runs by number and the commands that do them, `folder` in them.
void refuse_missing_runs(const SweepResults& sweep, const std::string& need,
                         const std::string& folder);

/// Whether there are runs, run = point * replicates + replicate, each with all coordinates.
bool runs_in_order(const SweepResults& sweep);

/// A coordinate in words: the name of a choice, else the number at its shortest.
std::string level_text(const StudyDimension& dimension, double coordinate);

}  // namespace terrace::analysis

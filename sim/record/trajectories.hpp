// All results as the bytes of an HDF5 file; FORMAT.md says what is in it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "record/file_axes.hpp"
#include "record/memory_recorder.hpp"
#include "record/provenance.hpp"

namespace terrace::record {

/// Whether a run took its past from another run's rules: running its scenario alone gives other
/// results. Until the programme's first January a branch is the same as the run alone.
bool has_foreign_past(const Provenance& provenance, const RunInfo& info);

/// The version of the files of a run, which readers look at first.
inline constexpr int kFormat = 2;

/// A function of the results, of what their digest covers and, for a branch that left its base
/// after the programme had begun, of the base: two runs of one digest, neither such a branch, give
/// the same bytes. `path` is for messages only. Throws IoError.
std::vector<std::byte> trajectories_image(const MemoryRecorder& results,
                                          const Provenance& provenance, const std::string& path,
                                          Values values = Values::written,
                                          const Between& between = {});

}  // namespace terrace::record

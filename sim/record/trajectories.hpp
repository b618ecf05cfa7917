// The monthly results as the bytes of an HDF5 file; FORMAT.md says what is in it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "record/memory_recorder.hpp"
#include "record/provenance.hpp"

namespace terrace::record {

/// A function of the results and of what their digest covers: two runs of one digest give the same
/// bytes. `path` is for messages only. Throws IoError.
std::vector<std::byte> trajectories_image(const MemoryRecorder& results,
                                          const Provenance& provenance, const std::string& path);

}  // namespace terrace::record

// A published run as it was recorded.
#pragma once

#include <terrace/run_reader.hpp>

#include "record/memory_recorder.hpp"

namespace terrace::record {

/// Throws IoError, or another exception where the file's parts do not fit each other.
MemoryRecorder read_back(const RunReader& run);

}  // namespace terrace::record

// What a run came to, on one screen.
#pragma once

#include <string>
#include <vector>

#include "record/memory_recorder.hpp"

namespace terrace::cli {

/// National figures by year and the modules' of the last year; means over replicates. `modules` are
/// the names in the order of the catalogue.
std::string summary(const record::MemoryRecorder& results, const std::vector<std::string>& modules);

}  // namespace terrace::cli

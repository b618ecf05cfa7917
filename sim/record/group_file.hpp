// A group of regions in trajectories.h5: nation, provinces, counties, targeting ledger, modules.
#pragma once

#include <cstddef>

#include "record/file_axes.hpp"

namespace terrace::record {

void add_region_group(hid_t root, const MemoryRecorder& results, std::size_t number, Values values,
                      const Between& between);

}  // namespace terrace::record

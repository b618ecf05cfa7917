// The group `panel` of trajectories.h5: chosen households month by month, a variable a column.
#pragma once

#include "record/file_axes.hpp"

namespace terrace::record {

void add_panel(hid_t root, const MemoryRecorder& results, Values values, const Between& between);

}  // namespace terrace::record

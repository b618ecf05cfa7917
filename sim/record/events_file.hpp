// The group `events` of trajectories.h5: what happened to the panel's households, a row an event.
#pragma once

#include "record/file_axes.hpp"

namespace terrace::record {

void add_events(hid_t root, const MemoryRecorder& results);

}  // namespace terrace::record

// Says in what two HDF5 files differ that should consist of the same: groups, variables, types,
// dimensions and their scales, storage, attributes, and the values of one-dimensional variables.
#pragma once

#include <string>
#include <vector>

#include "record/hdf5_handle.hpp"

namespace terrace::record {

/// Each difference in words, with the path of what differs. Throws Hdf5Error.
std::vector<std::string> structure_differences(hid_t found, hid_t expected);

}  // namespace terrace::record

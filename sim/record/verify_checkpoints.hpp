// Whether the checkpoints that a run kept are whole.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>

namespace terrace::record {

/// Faults of the files of one year's checkpoint, in words; replicates have numbers from `first` on.
/// Any program's version will do: only what the files say of themselves is checked, that all
/// replicates are there and, if `start` is given, that the records go from there to the checkpoint.
std::vector<std::string> checkpoint_faults(const std::filesystem::path& folder, std::uint32_t first,
                                           std::uint32_t replicates, const Month* start);

}  // namespace terrace::record

// Results of runs on disk: files that appear whole, each with the results of some runs, checked by
// content whenever they are read. Any number of processes may write into one folder at once; the
// same run may be there more than once, with the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sweep/host.hpp"

namespace terrace::sweep {

struct RunResult {
  std::uint64_t run = 0;
  std::string digest;          ///< of all that the run recorded, 32 hexadecimal digits
  std::vector<double> values;  ///< as KeptLayout has them
  std::string program{};       ///< that did it, as program_name(); of results that were read
};

/// Publishes results as one file, named after its content. Throws record::IoError.
/// `plan`: the plan's digest; `values`: of a run; `program`: the one that did the runs.
void write_segment(const std::filesystem::path& folder, const std::string& plan, std::size_t values,
                   const std::vector<RunResult>& results,
                   const std::string& program = program_name());

/// What is wrong with a segment.
struct BadSegment {
  std::filesystem::path file;
  std::string why;
  std::vector<std::uint64_t> runs{};  ///< whose results stand before the damage
};

/// Reads all segments of a folder, by file name, and calls `take` for each whole result; what comes
/// before the damage in a damaged file counts. Throws record::IoError where the folder cannot be
/// read; one that is not there has no results. That a run is one of the plan's is for the caller to
/// check.
std::vector<BadSegment> read_segments(const std::filesystem::path& folder, const std::string& plan,
                                      std::size_t values,
                                      const std::function<void(RunResult&&)>& take);

}  // namespace terrace::sweep

// The merged results of a sweep, named by its folder or by the file itself.
#pragma once

#include <filesystem>
#include <string>

namespace terrace::cli {

struct MergedSweep {
  std::filesystem::path file;
  std::filesystem::path folder;  ///< of the sweep, for messages
};

/// Throws Failure, with the command that makes the file, where a folder has none.
MergedSweep merged_sweep(const std::string& given);

}  // namespace terrace::cli

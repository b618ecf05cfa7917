// Whether a published run is as it was written: bytes, structure, digests, and what follows from
// them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "record/errors.hpp"

namespace terrace::record {

struct Finding {
  std::string file;  ///< its name in the folder
  std::string what;
};

struct Verdict {
  std::string results_digest;  ///< empty unless all is well
  std::size_t files = 0;       ///< compared with their checksums
  std::uintmax_t bytes = 0;    ///< of these
  std::vector<Finding> faults;
  std::vector<Finding> notes;  ///< what does not belong to the run
};

/// Compares every file that provenance.json lists with its size and checksum, and that with its
/// own. If they are right: remakes from the values in trajectories.h5 the digests of results, the
/// structure of the file and summary.csv, and compares. Throws IoError if there is no such folder
/// or the system does not let it be read. Holds all results in memory.
Verdict verify_run(const std::filesystem::path& directory);

}  // namespace terrace::record

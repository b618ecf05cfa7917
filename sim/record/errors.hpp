// What can go wrong between a run and the disk.
#pragma once

#include <stdexcept>

namespace terrace::record {

/// Input or output failed; the message names the path and what the system said. Exit status 74.
struct IoError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// The place for a run's results is taken. Exit status 64.
struct DirectoryExists : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace terrace::record

// What can go wrong between a run and the disk.
#pragma once

#include <stdexcept>

#include <terrace/errors.hpp>

namespace terrace::record {

using terrace::IoError;

/// The place for a run's results is taken. Exit status 64.
struct DirectoryExists : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace terrace::record

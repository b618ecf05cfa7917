// What can go wrong between a program and the disk.
#pragma once

#include <stdexcept>

namespace terrace {

/// Input or output failed, or a file is damaged; the message names the path and what the system
/// said. Exit status 74.
struct IoError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace terrace

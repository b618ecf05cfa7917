// How the program ends, and the errors that say so.
#pragma once

#include <stdexcept>
#include <string>

namespace terrace::cli {

enum class Exit : int {
  done = 0,
  not_met = 1,        ///< a check that was asked for did not hold
  some_failed = 3,    ///< runs of a sweep
  usage = 64,         ///< also a results folder that exists already
  bad_scenario = 65,  ///< or bad data
  no_memory = 69,
  bug = 70,
  input_output = 74,
  stopped = 75
};

/// Ends the program with a message for people and a status for scripts.
struct Failure : std::runtime_error {
  Failure(Exit status, const std::string& message)
      : std::runtime_error(message), exit_status(status) {}
  Exit exit_status;
};

}  // namespace terrace::cli

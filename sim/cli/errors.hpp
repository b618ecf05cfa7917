// What an exception means for people and for scripts.
#pragma once

#include "cli/exit_codes.hpp"

namespace terrace::cli {

/// The exception that is being handled, as the program ends with it. An empty message: it has been
/// said already.
Failure failure_at_hand();

/// Says it, if it has a message, and gives the status.
int end_with(const Failure& failure);

}  // namespace terrace::cli

// From the words of the command line to the verb they ask for.
#pragma once

#include <functional>

#include "cli/exit_codes.hpp"

namespace terrace::cli {

using Call = std::function<Exit()>;

/// What to do: a verb with its options, or, where help was asked for or the words make no sense,
/// which has been said by then, nothing but an exit status.
Call read_command_line(int argc, char** argv);

}  // namespace terrace::cli

// Broken invariants. User errors are found before the engine starts (sim/scenario); what fails
// inside it is a bug, and the engine is built without exceptions, so a bug stops the process.
#pragma once

namespace terrace {

/// Prints `what` with its place to stderr and ends the process with status 70.
[[noreturn]] void bug(const char* what, const char* file, int line);

/// Ends the process when an invariant does not hold. Used at the borders between parts (sizes,
/// balances), not inside the month kernels.
inline void require(bool holds, const char* what, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  if (!holds) bug(what, file, line);
}

}  // namespace terrace

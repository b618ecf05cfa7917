// How the verbs of a sweep speak of runs, and of what to type next.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sweep/status.hpp"

namespace terrace::cli {

/// `run 7`, `runs 3,7-9`; a long list is cut off with their number.
std::string runs_words(const std::vector<std::size_t>& runs);

/// A run's standing as one line: what it says may come from a failed run's stderr.
std::string why_text(const std::string& why);

/// Why runs have no result, a line each, with their numbers; no more than `most` lines.
std::string reasons_text(const sweep::SweepStatus& status, std::size_t most);

/// The programs that have done runs, one a line with their runs.
std::string programs_text(const sweep::SweepStatus& status);
/// Files of results that are not as they were written, a line each.
std::string damage_text(const sweep::SweepStatus& status);

/// A word of a shell's command line.
std::string quoted(const std::string& word);

/// `terrace sweep <verb> DIR`
std::string sweep_command(const std::string& verb, const std::string& folder);

}  // namespace terrace::cli

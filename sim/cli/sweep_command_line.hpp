// The part of the command line that is about sweeps.
#pragma once

#include <string>

#include <CLI/CLI.hpp>

#include "cli/command_line.hpp"

namespace terrace::cli {

void add_sweep(CLI::App& app, const std::string& command, Call& chosen);
void add_effects(CLI::App& app, const std::string& command, Call& chosen);
void add_sensitivity(CLI::App& app, const std::string& command, Call& chosen);

}  // namespace terrace::cli

// In what a run is another world than the one that published figures describe.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/library.hpp"

namespace terrace::cli {

/// In what a run is not the full programme as it ships.
struct Departures {
  std::vector<std::string> keys;  ///< by which it is another world
  std::string sample;             ///< what a smaller sample is; empty: it is none
};

/// Of the run in a folder, by its resolved scenario.
Departures departures(const std::filesystem::path& run, const Model& model);

}  // namespace terrace::cli

// The design of a study: which points of its space are taken.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "scenario/study_parts.hpp"

namespace terrace::scenario {

DraftDesign read_design(const Node& node, const std::string& path, Problems& problems);

/// How many points a design has of so many dimensions. `listed`: those of a list.
double count_points(const Study& study);

/// Reads the points of a list, where the study or a file of CSV in `folder` gives them. Every
/// dimension is complete.
std::vector<std::vector<double>> read_points(const DraftDesign& design,
                                             const std::vector<DraftDimension>& dimensions,
                                             const std::filesystem::path& folder,
                                             const std::filesystem::path& shown_folder,
                                             Problems& problems);

}  // namespace terrace::scenario

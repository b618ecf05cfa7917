// scenarios/data/targets.yaml: published figures and how a run answers them.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include <terrace/targets.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace terrace::scenario {

/// Every mistake is reported; the list is complete and valid only if there is none. A figure that
/// is held out may not feed anything, nor may one that feeds something be held out.
TargetList read_targets_file(const std::filesystem::path& file, Problems& problems);

/// The key `answer` of a figure: the keys of a term, or `sum` of several; both with `over`.
std::optional<TargetAnswer> read_target_answer(const Node& node, const std::string& path,
                                               const std::set<std::string>& nation,
                                               Problems& problems);

}  // namespace terrace::scenario

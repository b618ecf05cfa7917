// Layout files: the geography and the margins a synthetic population is made from.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include <terrace/layout.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace terrace::scenario {

/// Reads a layout file with those it extends. `name` is how messages call it; where the file cannot
/// be read, that is reported at `named_at` under `path`.
std::optional<Layout> read_layout_file(const std::filesystem::path& file, const std::string& name,
                                       Problems& problems, const Place* named_at = nullptr,
                                       const std::string& path = {});

/// Reads a layout written out in a scenario, under the key `path`. Figures need no sources there,
/// since a resolved scenario has none. `extends` is relative to `folder`.
std::optional<Layout> read_inline_layout(const Node& node, const std::string& path,
                                         const std::filesystem::path& folder, Problems& problems);

}  // namespace terrace::scenario

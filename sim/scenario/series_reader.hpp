// Dated series, in scenarios and in the library's data.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/series.hpp>

#include "scenario/diagnostic.hpp"
#include "scenario/node.hpp"

namespace terrace::scenario {

/// What all readers of that name in `known` accept; nothing if there is none.
std::optional<SeriesInfo> series_of(std::string_view name, const std::vector<SeriesInfo>& known);

/// One entry `{unit, prices, source, values}`, checked against every reader of that name in
/// `known`.
std::optional<Series> read_series(const Node& node, const std::string& path, std::string_view name,
                                  const std::vector<SeriesInfo>& known, Problems& problems);

struct SeriesFile {
  SeriesSet series;
  std::map<std::string, std::string> origin;  ///< `file:line`, by name
};

/// The library's series.yaml. Of the names that nobody in `known` reads, none is kept.
SeriesFile read_series_file(const std::filesystem::path& file, const std::vector<SeriesInfo>& known,
                            Problems& problems);

}  // namespace terrace::scenario

// Writes tables of results: CSV for people, HDF5 (netCDF-4) with units for programs.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <terrace/result_table.hpp>

namespace terrace::record {

/// As RFC 4180: a header of names, then the rows; numbers are the shortest that read back exactly.
std::string table_csv(const ResultTable& table);

/// One group for each table with a dimension `row`; `attributes` of the root. `path` is for
/// messages. Throws IoError.
std::vector<std::byte> tables_image(
    std::span<const ResultTable> tables,
    const std::vector<std::pair<std::string, std::string>>& attributes, const std::string& path);

}  // namespace terrace::record

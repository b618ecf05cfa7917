// Tables of results as JSON on the screen.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include <terrace/result_table.hpp>

namespace terrace::cli {

/// An object a row, its members the columns.
nlohmann::ordered_json json_rows(const ResultTable& table);

/// Indented, with a line's end. Bytes that are no UTF-8 are replaced.
std::string json_text(const nlohmann::ordered_json& json);

}  // namespace terrace::cli

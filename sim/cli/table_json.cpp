#include "cli/table_json.hpp"

#include <cmath>
#include <cstdint>
#include <utility>

namespace terrace::cli {

using Json = nlohmann::ordered_json;

namespace {

/// Whole numbers without a point, what is missing as null.
Json number_of(double value) {
  constexpr double kExact = 9007199254740992.0;
  if (!std::isfinite(value)) return nullptr;
  if (std::trunc(value) == value && std::abs(value) < kExact) {
    return static_cast<std::int64_t>(value);
  }
  return value;
}

}  // namespace

Json json_rows(const ResultTable& table) {
  Json out = Json::array();
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Json entry;
    for (const TableColumn& column : table.columns) {
      if (column.words) {
        entry[column.name] = column.texts[row];
      } else {
        entry[column.name] = number_of(column.numbers[row]);
      }
    }
    out.push_back(std::move(entry));
  }
  return out;
}

std::string json_text(const Json& json) {
  // Names of folders may hold bytes that are no UTF-8.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace terrace::cli

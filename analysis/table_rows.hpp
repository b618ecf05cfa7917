// Fills a ResultTable row by row.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <terrace/result_table.hpp>

namespace terrace::analysis {

/// The column of this name; a table without it is a bug.
inline const TableColumn& column_of(const ResultTable& table, const std::string& name) {
  for (const TableColumn& column : table.columns) {
    if (column.name == name) return column;
  }
  throw std::logic_error("table " + table.name + " has no column " + name);
}

/// Takes the cells of rows in the order of the columns.
class RowWriter {
 public:
  explicit RowWriter(ResultTable& table) : table_(table) {}

  RowWriter& operator<<(double number) {
    next().numbers.push_back(number);
    return *this;
  }
  RowWriter& operator<<(std::string_view text) {
    next().texts.emplace_back(text);
    return *this;
  }

 private:
  TableColumn& next() {
    TableColumn& column = table_.columns[column_];
    column_ = (column_ + 1) % table_.columns.size();
    return column;
  }

  ResultTable& table_;
  std::size_t column_ = 0;
};

/// A column of words.
inline TableColumn words(std::string name, std::string meaning) {
  return {std::move(name), "", std::move(meaning), true};
}
inline TableColumn numbers(std::string name, std::string unit, std::string meaning) {
  return {std::move(name), std::move(unit), std::move(meaning)};
}

}  // namespace terrace::analysis

// A table of results, as `compare`, `attribute` and `targets` give it: rows of words and numbers,
// each column with its unit and meaning. Written as CSV and as HDF5 by one writer.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace terrace {

struct TableColumn {
  std::string name;
  std::string unit;  ///< "1" for shares; empty for words
  std::string meaning;
  bool words = false;                ///< `texts` holds the rows, else `numbers`
  std::vector<double> numbers = {};  ///< NaN: none
  std::vector<std::string> texts = {};

  std::size_t rows() const { return words ? texts.size() : numbers.size(); }
};

struct ResultTable {
  std::string name;   ///< of its file and group: `differences`
  std::string title;  ///< one sentence
  std::vector<TableColumn> columns;

  std::size_t rows() const { return columns.empty() ? 0 : columns.front().rows(); }
};

}  // namespace terrace

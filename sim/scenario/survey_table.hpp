// One table of a survey, from text to checked numbers.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <terrace/survey_sample.hpp>

#include "scenario/survey_columns.hpp"
#include "scenario/survey_csv.hpp"

namespace terrace::scenario {

/// How messages name a row: by line in CSV, by table and number in HDF5.
struct SurveyPlaces {
  std::string file;   ///< as messages call it
  std::string table;  ///< `households` or `persons` in a file that holds both; else empty
  Place of(std::size_t row) const;
  std::string path(std::string_view column, std::size_t row) const;
};

/// Columns by their place in the declaration; empty where the file has none. NaN and an empty text
/// mean that nothing is known. A row with a mistake keeps its place, so that its persons are found.
struct CheckedTable {
  SurveyPlaces places;
  std::vector<std::size_t> row;  ///< its number in the file
  std::vector<std::vector<double>> numbers;
  std::vector<std::vector<std::string>> texts;

  std::size_t size() const { return row.size(); }
  bool has(std::size_t column) const { return !numbers[column].empty() || !texts[column].empty(); }
  double number(std::size_t column, std::size_t i) const {
    return numbers[column].empty() ? static_cast<double>(kUnsurveyed) : numbers[column][i];
  }
  void mistake(SurveyMistakes& mistakes, std::string_view column, std::size_t i,
               std::string message, std::string hint = {}) const {
    mistakes.add(places.of(row[i]), places.path(column, row[i]), std::move(message),
                 std::move(hint));
  }
};

CheckedTable check_table(const SurveyText& text, const std::vector<SurveyColumn>& columns,
                         SurveyPlaces places, SurveyMistakes& mistakes);

}  // namespace terrace::scenario

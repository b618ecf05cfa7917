// The columns that a survey may have: one row for each, for the reader, the list and the manual.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <terrace/survey_sample.hpp>

#include "scenario/values.hpp"

namespace terrace::scenario {

enum class CellKind : std::uint8_t {
  text,
  number,
  whole,  ///< a whole number
  truth,  ///< 0 or 1
  word,   ///< one of a list
  month   ///< YYYY-MM
};

struct SurveyColumn {
  std::string_view name;
  CellKind kind = CellKind::number;
  Range range;  ///< of numbers
  std::string_view unit;
  std::string_view meaning;
  std::string_view missing;  ///< what happens where the column or a value is missing
  bool required = false;     ///< column and values
  int field = -1;            ///< of HouseholdField or PersonField, where it is kept as it stands
  std::vector<std::pair<std::string_view, int>> words{};  ///< and what is kept for them
};

/// Places in household_columns() that the reader asks for by name.
namespace household_column {
inline constexpr std::size_t id = 0, weight = 1, province = 2, designated = 3, size = 4,
                             interview = 5;
}
/// The same of person_columns().
namespace person_column {
inline constexpr std::size_t id = 0, age = 1, birth_month = 2;
}

const std::vector<SurveyColumn>& household_columns();
const std::vector<SurveyColumn>& person_columns();

/// What a cell may hold, in words: `from 0 to 1`, `one of: man, woman`.
std::string accepted(const SurveyColumn& column);

}  // namespace terrace::scenario

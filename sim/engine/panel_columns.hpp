// What the panel can show of a household at the end of a month.
#pragma once

#include <cstddef>
#include <span>

#include "population/county_work.hpp"

namespace terrace::engine {

struct PanelVariable {
  const char* name;
  const char* unit;
  const char* meaning;
  const char* flags;  ///< words for the codes 0, 1, ...; empty: a quantity
  bool by_default;
  bool running;  ///< `read` gives the sum since January: the column is what the month added
  float (*read)(const CountyWork& work, std::size_t household);
};

std::span<const PanelVariable> panel_variables();

}  // namespace terrace::engine

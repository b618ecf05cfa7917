// Making the columns of a table, and how they pack a value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace terrace {

/// Gives every column of a table `rows` values of zero, and room for no more: most counties keep
/// their size, and spare capacity would be paid for by every household.
template <class Table>
void resize_table(Table& table, std::size_t rows) {
  table.for_each_column([rows](auto& column) {
    using Column = std::remove_reference_t<decltype(column)>;
    column = Column(rows);
  });
}

/// Log wage of a person as PersonTable::skill holds it, in hundredths.
constexpr std::int8_t pack_skill(double log_wage) {
  const double hundredths = 100.0 * log_wage;
  const double kept = hundredths < -127.0 ? -127.0 : hundredths > 127.0 ? 127.0 : hundredths;
  return static_cast<std::int8_t>(kept + (kept < 0.0 ? -0.5 : 0.5));
}

}  // namespace terrace

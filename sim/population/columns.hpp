// Making the columns of a table.
#pragma once

#include <cstddef>
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

}  // namespace terrace

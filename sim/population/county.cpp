#include <terrace/county.hpp>

namespace terrace {

std::size_t bytes_of(County& county) {
  std::size_t bytes = 0;
  const auto add = [&bytes](const auto& column) { bytes += column.capacity() * sizeof(column[0]); };
  county.persons.for_each_column(add);
  county.households.for_each_column(add);
  county.villages.for_each_column(add);
  for (const auto& module : county.enrolments) add(module);
  return bytes;
}

}  // namespace terrace

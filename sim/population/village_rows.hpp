// Households lie by village: the rows of one are [villages.first[v], village_end(c, v)).
#pragma once

#include <cstddef>

#include <terrace/county.hpp>

namespace terrace {

inline std::size_t village_end(const County& c, std::size_t v) {
  return v + 1 < c.villages.size() ? c.villages.first[v + 1] : c.households.size();
}

}  // namespace terrace

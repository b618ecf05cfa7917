// Last December's twelve months, as the flows that households keep say.
#pragma once

#include <cstddef>

#include <terrace/tables.hpp>

namespace terrace {

/// Members at home in the mean of last year; all members where hardly anybody was.
inline float residents_last_year(const HouseholdTable& t, std::size_t h) {
  const auto members = static_cast<float>(t.members[h]);
  const float home = members - static_cast<float>(t.away_last_year[h]) / 12.0F;
  return home < 0.75F ? members : home;
}

/// Yuan of 2012 a head of these.
inline float income_last_year(const HouseholdTable& t, std::size_t h) {
  float total = 0.0F;
  for (const auto& component : t.last_year) total += component[h];
  return total / residents_last_year(t, h);
}

}  // namespace terrace

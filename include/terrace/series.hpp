// Dated series: one value a year, held constant before the first and after the last date.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace terrace {

struct Series {
  std::string unit;
  std::string prices;  ///< "nominal", "2012" or "none"
  std::string source;
  std::map<int, double> values;  ///< by year, never empty once a scenario has been read

  /// The value in force in `year`: that of the latest date not after it, or the first there is.
  double at(int year) const {
    auto next = values.upper_bound(year);
    if (next != values.begin()) --next;
    return next->second;
  }
};

/// What a part of the model expects of a series it reads by name.
struct SeriesInfo {
  std::string_view name;
  std::string_view unit;
  std::string_view prices;
  double low = 0.0;  ///< smallest and largest value accepted
  double high = 0.0;
  std::string_view meaning;
};

using SeriesSet = std::map<std::string, Series, std::less<>>;

}  // namespace terrace

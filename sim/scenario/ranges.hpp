// What the values of a scenario may be, for the reader and for the schema alike.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <terrace/policy.hpp>

#include "scenario/values.hpp"

namespace terrace::scenario {

inline constexpr Range kSampleShare{0.0, 1.0, true};
inline constexpr std::int64_t kMostReplicates = 10'000;
inline constexpr std::int64_t kLastFirstReplicate = 9'999'999;
inline constexpr std::int64_t kMostPanelHouseholds = 10'000'000;
/// Months of scenarios lie in these years.
inline constexpr std::int64_t kFirstYear = 2000;
inline constexpr std::int64_t kLastYear = 2100;
inline constexpr std::int64_t kMostYears = kLastYear - kFirstYear;
/// Series may begin before and go on after.
inline constexpr std::int64_t kFirstSeriesYear = 1900;
inline constexpr std::int64_t kLastSeriesYear = 2200;

inline constexpr std::size_t kLongestName = 80;    ///< it becomes part of a folder's name
inline constexpr std::size_t kLongestText = 2000;  ///< bytes

// Of layouts.
inline constexpr Range kShare{0.0, 1.0};
inline constexpr Range kPositiveShare{0.0, 1.0, true};
inline constexpr Range kPoorPersons{0.0, 1e9, true};  ///< of a province
inline constexpr Range kQuantity{0.0, 1e10, true};    ///< of the nation
inline constexpr Range kInitialValue{0.0, 1e12, true};
inline constexpr std::int64_t kOldest = 110;
inline constexpr std::int64_t kMostCountiesOfAKind = 5000;  ///< of a province

/// One of the four multipliers that every module has.
struct Multiplier {
  const char* name;
  double ModuleSettings::* member;
  Range range;
};

/// What a multiplier could not reach is refused rather than ignored: an entitlement, and places
/// without a series, reach at most everybody (of teams any number can be sent), and only an effect
/// that builds up has a ramp.
inline std::vector<Multiplier> multipliers(const ModuleInfo& info) {
  constexpr Range kAny{0.0, 100.0};
  constexpr Range kOne{1.0, 1.0};
  const Allocation way = info.allocation;
  const bool ranked = way == Allocation::places || way == Allocation::guarantee;
  const bool by_reach = (way == Allocation::entitlement && !info.sends_teams) ||
                        (ranked && info.places_series.empty());
  const Range capacity = by_reach ? Range{0.0, 1.0} : kAny;
  const Range ramp = info.ramps ? Range{0.0, 100.0, true} : kOne;
  return {{"capacity", &ModuleSettings::capacity, capacity},
          {"effect", &ModuleSettings::effect, kAny},
          {"cost", &ModuleSettings::cost, kAny},
          {"ramp", &ModuleSettings::ramp, ramp}};
}

/// A parameter in years takes whole ones only.
inline bool is_year(const ParameterInfo& info) { return info.unit == "year"; }

}  // namespace terrace::scenario

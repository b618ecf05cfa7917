// Codes and bits in the columns of tables.hpp: who somebody is, what they do, what a village has.
#pragma once

#include <cstddef>
#include <cstdint>

#include <terrace/calendar.hpp>

namespace terrace {

enum class Relation : std::uint8_t { head, spouse, child, child_in_law, parent, other };

/// Where a person stands in school. Grades are counted by `schooling` (years completed); a pupil is
/// in one of the nine compulsory grades.
enum class School : std::uint8_t {
  none,
  preschool,
  pupil,
  senior,
  vocational,
  tertiary,
  dropped,
  done
};

/// Beyond the compulsory grades and still at school.
constexpr bool in_upper_school(School s) {
  return s == School::senior || s == School::vocational || s == School::tertiary;
}
constexpr bool in_upper_school(std::uint8_t s) { return in_upper_school(static_cast<School>(s)); }

/// What a person does. Only `local_wage`, `migrant` and `public_post` are paid.
enum class Activity : std::uint8_t {
  child,
  pupil,
  farm,
  searching,
  local_wage,
  migrant,
  public_post,
  ill,
  retired
};

/// The kind of post a person holds, or where one works away. `none` without either.
enum class Post : std::uint8_t { none, enterprise, cooperative, public_service, near, far };

enum class House : std::uint8_t { a, b, c, d };  ///< c and d are dilapidated

enum class Status : std::uint8_t { no, registered, exited, relapsed, removed };

/// Counted as registered poor.
constexpr bool on_register(Status s) { return s == Status::registered || s == Status::relapsed; }
constexpr bool on_register(std::uint8_t s) { return on_register(static_cast<Status>(s)); }

/// Why a household is watched against falling (back) into poverty: it had left, was never
/// registered, or was struck by a sudden loss.
enum class Watch : std::uint8_t { none, unstable, marginal, sudden };
/// From which HouseholdTable::watch_since counts.
inline constexpr Month kWatchEpoch = month_of(2020, 1);

/// Where a village stands in the programme.
enum class VillageStanding : std::uint8_t { ordinary, poor, delisted };

/// Bits of HouseholdTable::notes: what the government remembers of a household.
namespace note {
inline constexpr std::uint8_t surveyed = 1,  ///< visited by the statistics survey last December
    survey_poor = 2,                         ///< and measured below the line
    queued = 4,          ///< asked for a place or project this year or last and was left without
    wrongful = 8,        ///< left the register while poor or without a guarantee
    listed = 16,         ///< has been on the register at some time
    surveyed_case = 32,  ///< watched since the general survey, beside the cap of the list
    matched = 64,        ///< struck off because data were matched
    defaulted = 128;     ///< has not paid back a loan
}  // namespace note

enum class Component : std::uint8_t { farm, local_wage, migrant_wage, transfer, property };
inline constexpr std::size_t kComponents = 5;

/// Bits of PersonTable::flags. `married` stays set when a spouse dies.
namespace flag {
inline constexpr std::uint8_t woman = 1, mandarin = 2, chronic = 4, married = 8;
}

/// `services` bits of a household.
namespace service {
inline constexpr std::uint8_t water = 1, insured = 2, moved = 4, power = 8, network = 16,
                              toilet = 32;
}

/// `origin` bits of a household: what it is born into.
namespace origin {
inline constexpr std::uint8_t minority = 1, cadre_kin = 2;
}

/// `access` bits of a village.
namespace access {
inline constexpr std::uint8_t road = 1, power = 2, network = 4, clinic = 8, teaching_point = 16;
}

/// What a village grows for the market beside its staples. Each has a price in each province.
enum class Crop : std::uint8_t { none, orchard, vegetables, livestock };
inline constexpr std::size_t kCrops = 4;  ///< `none` included, whose price is always 1

enum class Cooperative : std::uint8_t { none, running, failed };

inline constexpr std::size_t kYoung = 3;  ///< cohorts of planted land that do not bear yet

inline constexpr std::size_t kKin = 4;
inline constexpr std::uint16_t kNoKin = 0xffff;

}  // namespace terrace

// Why a household is poor, what may be done about it, and which measure answers which cause: the
// table by which registers are diagnosed and plans are made.
//
// Twelve causes, as the register of 2014 counts them. A diagnosed household has two true causes
// (the heaviest two at the time) and one recorded cause, which may be wrong. Its plan is a set of
// measures; measures without a module in the run are never prescribed.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace terrace {

enum class Cause : std::uint8_t {
  illness,
  disability,
  schooling,
  disaster,
  land,
  water,
  skills,
  funds,
  labour,
  transport,
  motivation,
  other
};
inline constexpr std::size_t kCauses = 12;
inline constexpr std::uint8_t kNoCause = 0xff;  ///< never diagnosed

/// What can be prescribed. A module says which of these it carries out (ModuleInfo::measures).
enum class Measure : std::uint8_t {
  industry,
  workshop,
  training,
  labour_service,
  loan,
  relocation,
  ecological_post,
  education,
  allowance,
  health,
  housing,
  water,
  infrastructure,
  solar,
  commerce,
  care
};
inline constexpr std::size_t kMeasureKinds = 16;

/// A set of measures: HouseholdTable::plan, ModuleInfo::measures.
using Measures = std::uint16_t;
constexpr Measures bit(Measure m) { return static_cast<Measures>(1U << static_cast<unsigned>(m)); }

/// What is done about a cause, the first choice first. `relocation` is meant only where the place
/// cannot support its people.
std::span<const Measure> measures_for(Cause cause);
/// Whether any of these measures stands in the row of this cause.
bool answers(Measures measures, Cause cause);

std::string_view name_of(Cause cause);
std::string_view name_of(Measure measure);

/// The two true causes of a household in one byte, the heavier one low.
constexpr std::uint8_t pack_causes(Cause first, Cause second) {
  return static_cast<std::uint8_t>(static_cast<unsigned>(first) |
                                   (static_cast<unsigned>(second) << 4U));
}
constexpr std::array<Cause, 2> unpack_causes(std::uint8_t packed) {
  return {static_cast<Cause>(packed & 15U), static_cast<Cause>(packed >> 4U)};
}

}  // namespace terrace

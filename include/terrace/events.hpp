// What happened to one household in one month, as the panel's diary keeps it: shocks, changes of
// its members, what the register decided, what programmes offered and what became of the offer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <terrace/calendar.hpp>

namespace terrace {

enum class EventKind : std::uint8_t {
  // Blows and strokes of luck. `amount` in brackets.
  illness,         ///< a member falls seriously ill (what the household pays itself, yuan of 2012)
  recovery,        ///< and can work again
  disabled,        ///< an illness leaves a disability
  disaster,        ///< strikes the village (share of the year's farm output lost)
  crop_price,      ///< January: the village's market crop has another price (over last year's)
  job_found,       ///< a member takes a post of an enterprise or a cooperative (Post)
  job_lost,        ///< and is in it no longer, for whatever reason; public posts too (Post)
  left_to_work,    ///< a member goes to work away (Post: near or far)
  returned,        ///< and comes back
  dropped_out,     ///< a member leaves school before its end
  went_on,         ///< a member enters senior, vocational or higher schooling (School)
  loan_taken,      ///< from the credit cooperative (nominal yuan)
  loan_defaulted,  ///< and not repaid when due (nominal yuan)
  // Members.
  birth,
  death,
  married_in,   ///< somebody joins by marriage
  married_out,  ///< somebody leaves by marriage
  moved_out,    ///< somebody leaves for good: to town or another household
  divided,      ///< a couple founds a household of its own (`amount` is its number of members)
  dissolved,    ///< the last members are gone
  // What the government decides.
  registered,
  passed_over,  ///< seen as poor in the first registration, or visited later, and not listed
                ///< (Reason)
  struck_off,   ///< found not to be poor (Reason)
  diagnosed,    ///< a cause is put on record (Cause)
  planned,      ///< another plan than before is made, or one on a new diagnosis (bits of Measures)
  kept,         ///< verified in November and not let go (Reason)
  exited,       ///< let go as no longer poor
  relapsed,     ///< back on the register after an exit
  watched,      ///< put on the monitoring list (Watch)
  unwatched,    ///< taken off it
  surveyed,     ///< visited by the statistics survey (its measured income, nominal yuan a head)
  // Programmes; `module` says which.
  // What is offered month after month to a household that declines or cannot be served is one
  // event a year and module.
  offered,
  refused,    ///< by the household (Reason)
  taken,      ///< it will start (units: places, persons or pupils)
  unserved,   ///< asked, or would have, and was left without (Reason)
  failed,     ///< (Reason, none where it is chance)
  ended,      ///< (Reason)
  paid,       ///< first payment of an enrolment, to the household or for it (nominal yuan)
  housed,     ///< its house is made safe (House); without module: by itself
  connected,  ///< gets services (bits of `service`); without module: by itself or ordinary works
  count
};
inline constexpr std::size_t kEventKinds = static_cast<std::size_t>(EventKind::count);

/// Why, where there is a choice of reasons. Where several hold, the first in this order.
enum class Reason : std::uint8_t {
  none,
  own_choice,       ///< the household says no
  no_place,         ///< places had run out
  no_money,         ///< the pot had run out
  no_capacity,      ///< offices could not handle the claim
  above_line,       ///< its measured income is above the line that was asked
  list_full,        ///< others came first, and the quota was used up
  data_matched,     ///< matching data found wealth or a salaried post
  income_too_low,   ///< not let go: verified income below what is asked
  food_or_clothes,  ///< not let go: one of the two assurances is missing
  schooling,        ///< not let go: a child is out of school
  insurance,        ///< not let go: not insured
  housing,          ///< not let go: unsafe house
  water,            ///< not let go: no safe water
  public_notice,    ///< not let go: neighbours know better
  not_in_plan,      ///< not let go: the county had its number
  ran_out,          ///< ended: its time was up
  done,             ///< ended: what it was for is done
  lost_eligibility,
  no_member,     ///< ended: no member is there or able whom it could serve
  went_back,     ///< failed: the household left what it was given
  care_forgone,  ///< of an illness: left untreated, its bill is out of reach
  stay_only,     ///< of an illness: a stay in hospital, without loss of work
  count
};
inline constexpr std::size_t kReasons = static_cast<std::size_t>(Reason::count);

inline constexpr std::uint8_t kNoModule = 0xff;
inline constexpr std::uint8_t kNobody = 0xff;

/// One entry of the diary.
struct Event {
  std::uint64_t household = 0;  ///< stable id: county number x 2^32 + id in the county
  Month month = 0;
  EventKind kind = EventKind::illness;
  std::uint8_t module = kNoModule;  ///< index in the catalogue
  Reason reason = Reason::none;
  std::uint8_t person = kNobody;  ///< number of the member concerned
  float amount = 0.0F;            ///< what it means stands beside the kind
};

/// The names by which files and tables call them, in the order of the enumerations.
std::array<std::string_view, kEventKinds> event_kind_names();
std::array<std::string_view, kReasons> reason_names();

/// Stable id of a household: unique in the nation, below 2^53, the same in every scenario with the
/// same population.
constexpr std::uint64_t household_key(std::uint16_t county, std::uint32_t id) {
  return static_cast<std::uint64_t>(county) << 32U | id;
}
constexpr std::uint16_t county_of(std::uint64_t household) {
  return static_cast<std::uint16_t>(household >> 32U);
}
constexpr std::uint32_t id_in_county(std::uint64_t household) {
  return static_cast<std::uint32_t>(household & 0xffffffffU);
}

}  // namespace terrace

// What a household has, when it is divided between two rows: stocks and flows.
#pragma once

#include <cstddef>
#include <cstdint>

#include <terrace/household_id.hpp>
#include <terrace/tables.hpp>

namespace terrace {

/// A part of a whole that goes by persons.
struct Portion {
  std::size_t persons = 0;
  std::size_t of = 1;
};

/// Moves a portion of this and last year's income from one household to another, and so many
/// person-months away. Sums over both do not change.
void move_flows(HouseholdTable& t, std::size_t from, std::size_t to, Portion portion,
                std::uint8_t months_away);

/// Appends a household that has split off with that portion of the land, also of what is let, of
/// assets, wealth, durables, allowance and flows, notes of last year's among them. Traits, house,
/// services, status and what is kept a head are those of the parents; loan, graduates and what
/// enrolments give (cover) stay with them. It has no members yet. Its kin, in the parents'
/// numbering of rows, are the parents and three of their kin.
std::size_t append_branch(HouseholdTable& t, std::size_t parents, std::uint16_t parents_in_village,
                          Portion portion, std::uint8_t months_away);

/// What a household that has died out leaves: land, assets, durables and wealth above zero. Debts
/// and loans lapse.
void inherit(HouseholdTable& t, std::size_t from, std::size_t heir);

}  // namespace terrace

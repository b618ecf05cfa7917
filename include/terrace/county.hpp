// A county: data that one thread owns for a whole year. It has no behaviour of its own; the order
// of the month stands in sim/engine/county_year.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <terrace/layout.hpp>
#include <terrace/ledger.hpp>
#include <terrace/tables.hpp>

namespace terrace {

struct County {
  // What it is. Fixed by the layout; the same county has the same number in every sample.
  std::uint16_t number = 0;    ///< among all counties of the layout
  std::uint16_t province = 0;  ///< index in Layout::provinces
  bool designated = false;
  bool signatory = false;  ///< its province signed the pledge
  std::string name;
  double weight = 1.0;  ///< inverse chance of being sampled; for the nation alone
  double fraction =
      1.0;  ///< simulated over true households; public money and places come times this
  bool surveyed = false;  ///< its households come from a survey with what they own
  double true_households = 0.0;
  double place = 0.0;             ///< log place effect (province, designation)
  std::uint64_t panel_limit = 0;  ///< descendants of founders whose draw is below are in the panel
  float panel_weight = 0.0F;      ///< households of the nation that one of them stands for

  PersonTable persons;
  HouseholdTable households;
  VillageTable villages;
  std::vector<std::vector<Enrolment>>
      enrolments;  ///< by module index, each sorted by household row
  Ledger ledger;
};

/// Bytes of all columns and enrolments that the county holds (capacity, not size).
std::size_t bytes_of(County& county);

}  // namespace terrace

// A county made by hand, for the steps of the village: villages with columns of their own.
#pragma once

#include "economy/village_business.hpp"
#include "support/hand_county.hpp"

namespace terrace::test {

/// begin() with the scratch that only these steps need.
inline void begin_village(HandCounty& hand, Month month) {
  hand.begin(month);
  hand.report = CountyReport{};
  hand.work.failures.assign(hand.county.households.size(), 0);
  hand.work.village_crop.assign(hand.county.villages.size(), 1.0F);
  hand.work.employed = hand.work.posts = hand.work.searching = 0.0;
}

/// Goes on to a month of the same year: this month's flows and events start anew.
inline void go_to(HandCounty& hand, int month) {
  hand.work.month = month_of(hand.frame.year, month);
  hand.work.events.fill(0.0);
  hand.work.flows.reset(hand.county.households.size());
}

/// Gives a village a crop, bearing, with its first `cohorts` young ones at rest.
inline void grow_crop(HandCounty& hand, std::size_t v, Crop crop, double bearing,
                      std::size_t cohorts) {
  VillageTable& t = hand.county.villages;
  t.crop[v] = static_cast<std::uint8_t>(crop);
  t.bearing[v] = static_cast<float>(bearing);
  for (std::size_t k = 0; k < cohorts; ++k)
    t.young[k][v] = static_cast<float>(bearing * hand.economy.market.retire_rate);
}

}  // namespace terrace::test

// What several modules need: paying under a scenario's multipliers, who is listed, the county's
// median land, and posts that members of a household take and leave.
#pragma once

#include <algorithm>
#include <vector>

#include <terrace/policy.hpp>
#include <terrace/random.hpp>

#include "population/farm_year.hpp"

namespace terrace::policies {

/// `effect` says how much of a payment reaches the household, `cost` what the public pays, which is
/// never less; the difference stays with those who deliver it.
inline void pay_with_effect(PolicyMonth& now, std::uint32_t household, double yuan,
                            const ModuleSettings& settings, Payee payee) {
  const Fen received = to_fen(yuan * settings.effect);
  const Fen total = std::max(received, to_fen(yuan * settings.cost));
  now.pay(household, received, payee);
  if (total > received) now.pay(household, total - received, Payee::supplier);
}

/// The household's enrolment in the module at hand, or null. In the month in which a contract is
/// renewed before it has run out, the old one.
inline const Enrolment* enrolment_of(const PolicyMonth& now, std::uint32_t household) {
  const std::vector<Enrolment>& list = now.county->enrolments[now.module];
  const auto at =
      std::lower_bound(list.begin(), list.end(), household,
                       [](const Enrolment& e, std::uint32_t row) { return e.household < row; });
  return at != list.end() && at->household == household ? &*at : nullptr;
}

/// On the register or on the monitoring list: whom plans are made for.
inline bool listed(const HouseholdTable& t, std::size_t household) {
  return on_register(t.status[household]) || static_cast<Watch>(t.watch[household]) != Watch::none;
}

/// Has not been struck off since it was registered.
inline bool ever_registered(std::uint8_t status) {
  return on_register(status) || static_cast<Status>(status) == Status::exited;
}

/// Whom resident teams and contact cadres visit: the listed and those who have left.
inline bool looked_after(const HouseholdTable& t, std::size_t household) {
  return listed(t, household) || ever_registered(t.status[household]);
}

/// On the programme's subsistence allowance, or on the ordinary one that it replaces.
inline bool on_allowance(const PolicyMonth& now, std::uint32_t household) {
  if (now.county->households.allowance[household] > 0.0F) return true;
  const auto at =
      std::lower_bound(now.on_allowance.begin(), now.on_allowance.end(), household,
                       [](const Enrolment& e, std::uint32_t row) { return e.household < row; });
  return at != now.on_allowance.end() && at->household == household;
}

/// Price of what projects in the household's village grow for the market, 1 where it grows none.
inline double project_price(const PolicyMonth& now, std::uint32_t household) {
  const County& c = *now.county;
  const std::size_t crop = c.villages.crop[c.households.village[household]];
  return crop < now.crop_price.size() ? now.crop_price[crop] : 1.0;
}

/// A project of the household's own adds this share of its usual farm income, at the usual price.
/// It is grown for the village's market, so its harvest counts when next year's price is made.
inline void add_to_harvest(PolicyMonth& now, std::uint32_t household, double share) {
  const double mu = 0.01 * now.county->households.land[household];
  now.flows->market_land[household] += static_cast<float>(share * mu);
}

/// The same for a farm project that adds its share month by month: it is sold at the village's
/// price of its market crop.
inline void grow_project(PolicyMonth& now, std::uint32_t household, double share) {
  now.flows->farm[household] *= static_cast<float>(1.0 + share * project_price(now, household));
  add_to_harvest(now, household, share);
}

/// Share of a year's farm income that comes in this month. What is sold of the harvest comes in
/// with it, so that whoever reckons a year from part of one reckons it right.
inline double harvest_share(Month month) {
  return static_cast<double>(kFarmMonth[month_in_year(month) - 1]);
}

/// Contracted land of the county's median household, hundredths of a mu; 0 without households.
inline double median_land(const HouseholdTable& t) {
  std::vector<std::uint16_t> land(t.land);
  if (land.empty()) return 0.0;
  std::sort(land.begin(), land.end());
  return land[land.size() / 2];
}

/// Row of the member with this number, or the table's size.
inline std::size_t member_by_number(const County& c, std::uint32_t h, std::uint8_t number) {
  const HouseholdTable& t = c.households;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    if (c.persons.number[i] == number) return i;
  }
  return c.persons.size();
}

/// Somebody to look after lives there: under 6, over 79 or severely disabled.
inline bool has_dependants(const County& c, std::uint32_t h, Month month) {
  const HouseholdTable& t = c.households;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (month - c.persons.birth[i]) / 12;
    if (age < 6 || age >= 80 || c.persons.disability[i] == 2) return true;
  }
  return false;
}

/// One draw a year for a household or village: the month, 1 to 12, in which what has this chance a
/// year happens to it; 13 if it does not.
inline int month_of_event(const PolicyMonth& now, StreamId stream, std::uint32_t id,
                          double chance) {
  const Entity who{id, now.county->number};
  const Block b = draw_block(now.frame->key, stream, who, month_of(now.frame->year, 1));
  if (uniform53(b[0], b[1]) >= chance) return 13;
  return 1 + static_cast<int>(12.0F * uniform24(b[2]));
}

/// At home and without a paid post.
inline bool free_for_post(const County& c, std::size_t person) {
  const auto a = static_cast<Activity>(c.persons.activity[person]);
  return a == Activity::farm || a == Activity::searching;
}

/// Row of the member of 18-59 in fair health who would take a reserved post, or the table's size.
/// A household holds one such post.
inline std::size_t able_member(const County& c, std::uint32_t h, Month month) {
  const HouseholdTable& t = c.households;
  std::size_t able = c.persons.size();
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (month - c.persons.birth[i]) / 12;
    if (static_cast<Activity>(c.persons.activity[i]) == Activity::public_post)
      return c.persons.size();
    if (able == c.persons.size() && age >= 18 && age < 60 && c.persons.health[i] >= 128 &&
        c.persons.disability[i] < 2 && free_for_post(c, i)) {
      able = i;
    }
  }
  return able;
}

inline bool holds_post(const County& c, std::size_t person) {
  return static_cast<Activity>(c.persons.activity[person]) == Activity::public_post;
}

/// Puts a member into a reserved post; false if it has found something else since the offer, or if
/// somebody of the household has taken a post of another module.
inline bool take_post(PolicyMonth& now, std::uint32_t household, std::size_t person) {
  const County& c = *now.county;
  if (!free_for_post(c, person)) return false;
  const HouseholdTable& t = c.households;
  for (std::size_t i = t.first[household]; i < t.first[household] + t.members[household]; ++i) {
    if (holds_post(c, i)) return false;
  }
  now.set_activity(household, person, Activity::public_post);
  return true;
}

/// Takes a member out of its post: into a search for another, or back to the farm.
inline void leave_post(PolicyMonth& now, std::uint32_t household, std::size_t person) {
  const PersonTable& persons = now.county->persons;
  if (!holds_post(*now.county, person)) return;
  const bool works =
      (now.month - persons.birth[person]) / 12 < 60 && persons.disability[person] < 2;
  now.set_activity(household, person, works ? Activity::searching : Activity::farm);
}

/// Whether a post goes on in a year that has fewer of them than are held, one a household. So many
/// of those among whom it falls go, by lot, whatever has been decided of others this month.
template <class Among>
bool post_left(const PolicyMonth& now, StreamId lot, std::uint32_t household, Among among) {
  const std::vector<Enrolment>& list = now.county->enrolments[now.module];
  const auto held = static_cast<std::int64_t>(list.size());
  if (now.places < 0 || held <= now.places) return true;
  const auto draw = [&](std::uint32_t h) {
    return key64(now.frame->key, lot, {now.county->households.id[h], now.county->number},
                 now.month);
  };
  const std::uint64_t own = draw(household);
  std::int64_t falls_among = 0;
  std::int64_t before = 0;
  for (const Enrolment& e : list) {
    if (!among(e)) continue;
    ++falls_among;
    const std::uint64_t other = draw(e.household);
    if (other < own || (other == own && e.household < household)) ++before;
  }
  return before < falls_among - (held - now.places);
}

/// What a reserved post takes of the household's farm labour, `share` of an adult's, though never
/// more than nine tenths of what there is.
inline void give_farm_time(PolicyMonth& now, std::uint32_t household, double share) {
  const float labour = static_cast<float>(now.county->households.labour[household]) / 16.0F;
  if (labour <= 0.0F) return;
  now.flows->farm_labour[household] *= std::max(0.1F, 1.0F - static_cast<float>(share) / labour);
}

}  // namespace terrace::policies

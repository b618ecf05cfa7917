#include "registry/prescribe.hpp"

#include <algorithm>
#include <bit>
#include <initializer_list>
#include <vector>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

namespace terrace::registry {

namespace {

constexpr StreamId kRandom = stream("diagnosis.random");

constexpr int kHalfAdult = 8;  // farm labour in sixteenths of an adult
constexpr int kLeast = 2;      // measures of a plan, where there are so many

/// Who lives in the household, as far as measures ask for it.
struct Household {
  bool pupil = false;   ///< at school from grade one on, or has left it too early
  bool worker = false;  ///< 16 to 59, out of school and able
  bool frail = false;   ///< disabled or of 60 and more
};

Household members_of(const CountyWork& work, std::size_t h) {
  const PersonTable& persons = work.county->persons;
  const HouseholdTable& t = work.county->households;
  Household out;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const int age = (work.month - persons.birth[i]) / 12;
    const auto school = static_cast<School>(persons.school[i]);
    const bool attends = school == School::pupil || in_upper_school(school);
    out.pupil = out.pupil || attends || (school == School::dropped && age < 16);
    out.worker = out.worker || (age >= 16 && age < 60 && !attends && persons.disability[i] < 2);
    out.frail = out.frail || age >= 60 || persons.disability[i] > 0;
  }
  return out;
}

void drop(Measures& from, bool unless, std::initializer_list<Measure> measures) {
  if (unless) return;
  for (const Measure m : measures) from = static_cast<Measures>(from & ~bit(m));
}

int count(Measures plan) { return std::popcount(plan); }

Measures add_row(Measures plan, Cause cause, Measures applicable, int until) {
  for (const Measure m : measures_for(cause)) {
    if (count(plan) >= until) break;
    plan = static_cast<Measures>(plan | (bit(m) & applicable));
  }
  return plan;
}

/// So many of the applicable measures, by the household's own lasting draw.
Measures drawn(const CountyWork& work, const Entity& who, Measures applicable, int number) {
  std::vector<RankedBid> bids;
  for (std::uint8_t m = 0; m < kMeasureKinds; ++m) {
    if ((applicable & bit(static_cast<Measure>(m))) == 0) continue;
    const auto draw = static_cast<std::uint8_t>(m + 1);
    bids.push_back({0.0, key64(work.key(), kRandom, who, 0, draw), m});
  }
  Measures plan = 0;
  for (const std::uint32_t m : ration(bids, static_cast<std::size_t>(number)))
    plan = static_cast<Measures>(plan | bit(static_cast<Measure>(m)));
  return plan;
}

}  // namespace

Measures applicable(const CountyWork& work, std::size_t h) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  const std::size_t v = t.village[h];
  const Household has = members_of(work, h);
  const bool moved = (t.services[h] & service::moved) != 0;
  const bool hard = c.villages.uninhabitable[v] != 0 || c.villages.hazard[v] != 0;
  const bool plant =
      c.villages.solar[v] > 0.0F ||
      static_cast<VillageStanding>(c.villages.standing[v]) != VillageStanding::ordinary;
  const bool shops = c.designated && (t.services[h] & service::network) != 0;
  Measures m = work.frame->measures;
  drop(m, plant, {Measure::solar});
  drop(m, shops, {Measure::commerce});
  drop(m, hard && !moved, {Measure::relocation});
  drop(m, c.villages.ecological[v] != 0 && has.worker, {Measure::ecological_post});
  drop(m, has.pupil, {Measure::education});
  drop(m, t.labour[h] >= kHalfAdult, {Measure::industry, Measure::loan});
  drop(m, has.worker, {Measure::workshop, Measure::training, Measure::labour_service});
  drop(m, has.frail, {Measure::care});
  drop(m, static_cast<House>(t.house[h]) >= House::c, {Measure::housing});
  drop(m, (t.services[h] & service::water) == 0, {Measure::water});
  return m;
}

Measures for_guarantees(const CountyWork& work, std::size_t h) {
  const HouseholdTable& t = work.county->households;
  Measures m = work.frame->measures & (bit(Measure::health) | bit(Measure::education) |
                                       bit(Measure::housing) | bit(Measure::water));
  drop(m, (t.services[h] & service::insured) == 0, {Measure::health});
  drop(m, t.dropouts[h] > 0, {Measure::education});
  drop(m, static_cast<House>(t.house[h]) >= House::c, {Measure::housing});
  drop(m, (t.services[h] & service::water) == 0, {Measure::water});
  return m;
}

Measures by_cause(Cause recorded, Measures applicable, int most) {
  const Measures plan = add_row(0, recorded, applicable, most);
  return add_row(plan, Cause::other, applicable, std::max(count(plan), kLeast));
}

Measures plan_for(const CountyWork& work, std::size_t h, const Diagnosis& p) {
  const HouseholdTable& t = work.county->households;
  const Measures can = applicable(work, h);
  const auto most = static_cast<int>(p.plan_max + 0.5);
  Measures plan = by_cause(static_cast<Cause>(t.diagnosed[h]), can, most);
  const Entity who{t.id[h], work.number()};
  if (p.at_random > 0.0 && uniform(work.key(), kRandom, who, 0) < p.at_random)
    plan = drawn(work, who, can, count(plan));
  return static_cast<Measures>(plan | for_guarantees(work, h));
}

}  // namespace terrace::registry

// Data matching: what banks and registries of cars, houses, firms and payrolls know of a household.
#include <algorithm>

#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kMatch = stream("register.match");

// What `CountyWork::matched` says of a household.
constexpr std::uint8_t kNotAsked = 0;
constexpr std::uint8_t kClean = 1;
constexpr std::uint8_t kFound = 2;

/// Money and durable goods a head that only somebody with a car, a shop or a flat in town has.
bool wealthy(const CountyWork& work, std::size_t h, const Identification& p) {
  const HouseholdTable& t = work.county->households;
  const double goods = 10.0 * t.durables[h];
  const double owned = std::max(0.0, static_cast<double>(t.wealth[h])) + goods;  // yuan of 2012
  const double line = work.frame->poverty_line / work.frame->price;
  return owned > p.veto_wealth * line * t.members[h];
}

/// On a payroll that offices can look up. The tables hold no posts of government or schools; an
/// enterprise's post in the county, held by somebody schooled enough for an office, stands for
/// them.
bool salaried(const CountyWork& work, std::size_t h, const Identification& p) {
  const County& c = *work.county;
  const std::size_t first = c.households.first[h];
  for (std::size_t i = first; i < first + c.households.members[h]; ++i) {
    if (static_cast<Activity>(c.persons.activity[i]) == Activity::local_wage &&
        static_cast<Post>(c.persons.post[i]) == Post::enterprise &&
        c.persons.schooling[i] >= p.salaried_schooling) {
      return true;
    }
  }
  return false;
}

}  // namespace

double veto_detection(int year, double team, const Identification& p) {
  double share = p.veto_detect_first;
  if (year >= p.veto_last_year) {
    share = p.veto_detect_last;
  } else if (year > p.veto_first_year) {
    const double gone = (year - p.veto_first_year) / (p.veto_last_year - p.veto_first_year);
    share += gone * (p.veto_detect_last - p.veto_detect_first);
  }
  return std::min(1.0, share * (1.0 + team));
}

bool vetoed(CountyWork& work, std::size_t household, const RegistryParameters& p) {
  const HouseholdTable& t = work.county->households;
  if (work.matched.size() != t.size()) work.matched.assign(t.size(), kNotAsked);
  std::uint8_t& answer = work.matched[household];
  if (answer == kNotAsked) {
    // One draw a household and year: who slips through in May does so in November too.
    const Entity who{t.id[household], work.number()};
    const double u = uniform(work.key(), kMatch, who, month_of(work.frame->year, 1));
    const double chance =
        veto_detection(work.frame->year, work.team[t.village[household]], p.identification);
    answer = u < chance && (wealthy(work, household, p.identification) ||
                            salaried(work, household, p.identification))
                 ? kFound
                 : kClean;
  }
  return answer == kFound;
}

bool found_by_match(const CountyWork& work, std::size_t household) {
  return household < work.matched.size() && work.matched[household] == kFound;
}

}  // namespace terrace::registry

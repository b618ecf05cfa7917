// Multidimensional poverty after Alkire and Foster: five dimensions of equal weight, the two
// indicators of a dimension sharing it. A household's members are deprived together.
//
//   income     1/5   y below the line
//   education  1/10  somebody of 6-15 has left school; 1/10 no adult has six years of schooling
//   health     1/10  not insured; 1/10 somebody is severely disabled or gravely ill now
//   housing    1/5   a dilapidated house (grade C or D)
//   living     1/10  no safe water; 1/10 no reliable electricity
//
// All weights are tenths, so that sums are exact and a cut-off is met or not without rounding.
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr int kWhole = 2, kHalf = 1;  // tenths
constexpr int kAdult = 16;            // age from which school years are counted
constexpr std::uint8_t kPrimary = 6;  // years of schooling
constexpr std::uint8_t kSevere = 2;   // of disability

struct Members {
  bool schooled = false;  ///< an adult has finished primary school, or there is none
  bool gravely_ill = false;
};

Members look_at(const CountyWork& work, std::size_t h) {
  const PersonTable& p = work.county->persons;
  const HouseholdTable& t = work.county->households;
  const Month adult_born = month_of(work.frame->year, 12) - 12 * kAdult;
  bool adults = false;
  Members m;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    const bool adult = p.birth[i] <= adult_born;
    adults = adults || adult;
    if (adult && p.schooling[i] >= kPrimary) m.schooled = true;
    if (p.disability[i] == kSevere || static_cast<Activity>(p.activity[i]) == Activity::ill)
      m.gravely_ill = true;
  }
  m.schooled = m.schooled || !adults;
  return m;
}

}  // namespace

std::vector<std::uint8_t> deprivations(const CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  std::vector<std::uint8_t> out(t.size());
  for (std::size_t h = 0; h < t.size(); ++h) {
    const Members members = look_at(work, h);
    const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
    int tenths = poor ? kWhole : 0;
    tenths += t.dropouts[h] > 0 ? kHalf : 0;
    tenths += members.schooled ? 0 : kHalf;
    tenths += (t.services[h] & service::insured) == 0 ? kHalf : 0;
    tenths += members.gravely_ill ? kHalf : 0;
    tenths += t.house[h] >= static_cast<std::uint8_t>(House::c) ? kWhole : 0;
    tenths += (t.services[h] & service::water) == 0 ? kHalf : 0;
    tenths += (t.services[h] & service::power) == 0 ? kHalf : 0;
    out[h] = static_cast<std::uint8_t>(tenths);
  }
  return out;
}

}  // namespace terrace::registry

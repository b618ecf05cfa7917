// Families by hand, for tests of marriage and of what divides a household.
#pragma once

#include <cmath>

#include "support/hand_county.hpp"

namespace terrace::economy {

using test::HandCounty;
using test::HandHousehold;
using test::HandPerson;

inline double tolerance(double p, double n) { return 4.5 * std::sqrt(p * (1 - p) / n); }

/// Nobody is born or dies, all who can marry want to, and nobody divides.
inline void only_weddings(HandCounty& hand) {
  DemographySchool& p = hand.economy.people;
  p.mortality_gompertz_a = p.tfr_rural = 0.0;
  p.marry_20 = p.marry_24 = p.marry_28 = 1.0;
  p.divide_at_marriage = 0.0;
}

inline HandPerson child(int age, bool woman) {
  return {.age = age, .woman = woman, .relation = Relation::child};
}

/// Parents and one grown child.
inline HandHousehold family(const HandPerson& grown) {
  return {.members = {{.age = 55, .married = true},
                      {.age = 54, .woman = true, .married = true, .relation = Relation::spouse},
                      grown}};
}

/// Many families with one grown child each, men and women in turn.
inline void many_families(HandCounty& hand, int families, int age) {
  for (int i = 0; i < families; ++i) {
    const bool rich = i % 4 < 2;
    HandHousehold f = family(child(age, i % 2 == 0));
    f.income = rich ? 12'000 : 3'000;
    hand.add(f);
  }
}

}  // namespace terrace::economy

// The close of the year in families, shared by demography.cpp, marriage.cpp and household.cpp.
#pragma once

#include <cstdint>
#include <vector>

#include "economy/economy.hpp"
#include "population/edit.hpp"

namespace terrace::economy {

inline constexpr int kAdult = 18;

/// What one county's close collects before the tables are rewritten.
struct FamilyYear {
  CountyWork& work;
  const DemographySchool& p;
  PersonEdit edit;
  std::vector<std::uint8_t> adults;   ///< of 18 and more who stay, by household
  std::vector<std::uint32_t> single;  ///< persons who may marry this year

  FamilyYear(CountyWork& w, const DemographySchool& rules)
      : work(w), p(rules), edit(*w.county), adults(w.county->households.size(), 0) {}

  Entity entity_of(std::size_t person) const {
    const County& c = *work.county;
    return {c.households.id[work.owner[person]], c.number, c.persons.number[person]};
  }
  int age(std::size_t person) const {
    return age_at(work.county->persons.birth[person], work.month);
  }
};

/// Whether a person could marry now, household and partner aside.
bool may_marry(const PersonTable& persons, std::size_t person, int age, const DemographySchool& p);

/// Person-months that a member who works away has in its household's count of the year just closed.
std::uint8_t months_away(const CountyWork& work, std::size_t person);

/// Finds husbands for the brides of the year and settles each couple.
void marry(FamilyYear& year);

/// The bride moves to the groom's household, or both found one of their own. False if neither can
/// be: she would leave nobody to keep her household.
bool settle(FamilyYear& year, std::size_t groom, std::size_t bride);

/// Gives a household whose head has gone a new one: the spouse, else the oldest.
void choose_head(County& county, std::size_t household);

}  // namespace terrace::economy

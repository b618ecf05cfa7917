#include "policies/diary.hpp"

namespace terrace::policies {

Dwellings::Dwellings(const CountyWork& work) {
  const HouseholdTable& t = work.county->households;
  for (const std::uint32_t h : work.panel_rows) {
    house_.push_back(t.house[h]);
    services_.push_back(t.services[h]);
  }
}

void Dwellings::look(CountyWork& work, std::uint8_t module) {
  const HouseholdTable& t = work.county->households;
  for (std::size_t i = 0; i < work.panel_rows.size(); ++i) {
    const std::uint32_t h = work.panel_rows[i];
    const bool safe = static_cast<House>(t.house[h]) < House::c;
    if (safe && static_cast<House>(house_[i]) >= House::c)
      work.note(h, EventKind::housed, t.house[h], module);
    const auto gained = static_cast<std::uint8_t>(t.services[h] & ~services_[i]);
    if (gained != 0) work.note(h, EventKind::connected, gained, module);
    house_[i] = t.house[h];
    services_[i] = t.services[h];
  }
}

std::uint8_t& told_of(CountyWork& work, std::size_t module, std::size_t household) {
  const std::size_t modules = work.county->enrolments.size();
  const std::size_t cells = work.county->households.size() * modules;
  if (work.told.size() != cells) work.told.assign(cells, 0);
  return work.told[household * modules + module];
}

bool tell(CountyWork& work, std::size_t module, std::size_t household, std::uint8_t bit) {
  std::uint8_t& told = told_of(work, module, household);
  if ((told & bit) != 0) return false;
  told = static_cast<std::uint8_t>(told | bit);
  return true;
}

}  // namespace terrace::policies

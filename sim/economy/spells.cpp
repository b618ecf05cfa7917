// Spells of work and illness that had begun before the run: people of a survey have them.
#include <terrace/random.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kBegun = stream("labour.begun");
constexpr int kLongest = 600;  // months; as of spells that begin in the run

}  // namespace

void date_spells(County& county, Month start, RunKey key, const EconomyParameters& p) {
  PersonTable& persons = county.persons;
  const HouseholdTable& t = county.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
      const auto activity = static_cast<Activity>(persons.activity[i]);
      const bool away = activity == Activity::migrant;
      if (!away && activity != Activity::local_wage && activity != Activity::ill) continue;
      if (persons.state_until[i] != kNoMonth) continue;
      const Entity who{t.id[h], county.number, persons.number[i]};
      // Spells have no memory: what is left of one is as long as a new one. An illness ends at some
      // month of its usual length.
      const double left = 1.0 + p.health.ill_labour_loss * uniform(key, kBegun, who, start);
      const int months = activity == Activity::ill
                             ? static_cast<int>(left)
                             : geometric_months(key, kBegun, who, start,
                                                away ? p.work.mig_return : p.work.h_sep, kLongest);
      persons.state_until[i] = pack_month(start + months);
    }
  }
}

}  // namespace terrace::economy

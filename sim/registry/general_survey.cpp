// The general survey at the end of the programme: everybody who was ever listed is visited once.
// Whoever is found below the exit line or without a guarantee is put on the monitoring list;
// nothing else is rewritten.
#include <algorithm>
#include <array>

#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kIncome = stream("general_survey.income");
constexpr StreamId kGuarantee = stream("general_survey.guarantee");

bool lacks_visibly(const CountyWork& work, std::size_t h, const RegistryParameters& p) {
  const Guarantees g = guarantees_of(work, h, p.c_sub);
  if (g.all()) return false;
  const Entity who{work.county->households.id[h], work.county->number};
  const std::array<bool, 5> met = {g.food, g.schooling, g.insurance, g.housing, g.water};
  for (std::size_t k = 0; k < met.size(); ++k) {
    const auto draw = static_cast<std::uint8_t>(k);
    if (!met[k] && uniform(work.key(), kGuarantee, who, work.month, draw) < p.evaluation.gs_seen)
      return true;
  }
  return false;
}

bool is_case(const CountyWork& work, std::size_t h, const RegistryParameters& p) {
  const Entity who{work.county->households.id[h], work.county->number};
  const double seen = static_cast<double>(work.income[h]) *
                      exact::exp(p.evaluation.gs_sd * normal(work.key(), kIncome, who, work.month));
  return seen < work.frame->exit_line || lacks_visibly(work, h, p);
}

}  // namespace

void general_survey(CountyWork& work, const RegistryParameters& p) {
  HouseholdTable& t = work.county->households;
  const bool due = work.frame->registry && work.county->signatory &&
                   work.frame->year == static_cast<int>(p.evaluation.gs_year);
  if (!due) return;
  // Without follow-up there is no list to join.
  const FollowUp& f = p.follow_up;
  const bool list = f.mon_sens > 0.0 && work.frame->year >= static_cast<int>(f.first_year);
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (!ever_listed(t, h)) continue;
    work.of_year(YearSum::general_survey) += 1.0;
    if (!is_case(work, h, p)) continue;
    work.of_year(YearSum::general_survey_cases) += 1.0;
    // Whoever is on the register is in better hands.
    if (!list || on_register(t.status[h])) continue;
    if (static_cast<Watch>(t.watch[h]) != Watch::none) continue;
    t.notes[h] = static_cast<std::uint8_t>(t.notes[h] | note::surveyed_case);
    put_on_watch(work, h, usual_watch(t, h), p);
  }
}

}  // namespace terrace::registry

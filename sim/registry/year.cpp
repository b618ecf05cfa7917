// The ends of the year: scratch in January, what December hands on.
#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

std::uint16_t whole_yuan(float yuan) {
  return static_cast<std::uint16_t>(yuan <= 0.0F       ? 0.0F
                                    : yuan >= 65535.0F ? 65535.0F
                                                       : yuan + 0.5F);
}

}  // namespace

void open_year(CountyWork& work) {
  const std::size_t n = work.county->households.size();
  work.year.fill(0.0);
  work.medians.reset();
  work.public_money.assign(n, 0.0F);
  work.delivered_to.assign(n, 0.0F);
  work.queued.assign(n, 0);
  work.matched.assign(n, 0);
  work.survey_now.assign(n, 0);
  work.status_before = work.county->households.status;
  work.spent_before = spent_so_far(work.county->ledger);
}

void close_year(CountyWork& work) {
  HouseholdTable& t = work.county->households;
  constexpr std::uint8_t kOfAYear = note::surveyed | note::survey_poor | note::queued;
  for (std::size_t h = 0; h < t.size(); ++h) {
    t.bills_last_year[h] = whole_yuan(t.bills[h]);
    t.public_last_year[h] = whole_yuan(work.public_money[h]);
    t.ill_last_year[h] = work.ill_months[h];
    const std::uint8_t queued = work.queued[h] != 0 ? note::queued : std::uint8_t{0};
    t.notes[h] = static_cast<std::uint8_t>((t.notes[h] & ~kOfAYear) | work.survey_now[h] | queued);
  }
}

}  // namespace terrace::registry

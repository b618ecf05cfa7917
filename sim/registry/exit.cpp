// Exit in December: public notice, data matching, and the county's plan, which caps it.
#include <algorithm>
#include <cmath>

#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "registry/registry.hpp"

namespace terrace::registry {

namespace {

constexpr StreamId kNotice = stream("register.notice");
constexpr StreamId kQueue = stream("register.exit");

/// Whoever passed in November and is neither held back nor struck off, highest verified first.
std::vector<RankedBid> cleared_to_leave(CountyWork& work, const RegistryParameters& p) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  std::vector<RankedBid> bids;
  for (std::size_t h = 0; h < t.size(); ++h) {
    if (!on_register(t.status[h]) || work.passes[h] == 0) continue;
    const Entity who{t.id[h], c.number};
    // Neighbours read the public notice: some truly poor are held back.
    const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
    if (poor && uniform(work.key(), kNotice, who, work.month) < p.exit.notice_catch) {
      work.note(h, EventKind::kept, Reason::public_notice);
      continue;
    }
    // The province then matches data, and finds some who should never have been listed.
    if (vetoed(work, h, p)) {
      strike_off(work, h, true);
      continue;
    }
    bids.push_back({-static_cast<double>(t.verified[h]), key64(work.key(), kQueue, who, work.month),
                    static_cast<std::uint32_t>(h)});
  }
  return bids;
}

/// Lets one household go and remembers whether that was right, by its true state this month.
void leave(CountyWork& work, std::size_t h, const RegistryParameters& p) {
  HouseholdTable& t = work.county->households;
  const bool poor = static_cast<double>(work.income[h]) < work.frame->poverty_line;
  const bool lacking = !guarantees_of(work, h, p.c_sub).all();
  t.status[h] = static_cast<std::uint8_t>(Status::exited);
  t.left[h] = static_cast<std::uint8_t>(std::clamp(work.frame->year - 2000, 0, 255));
  const auto others = static_cast<std::uint8_t>(t.notes[h] & ~note::wrongful);
  t.notes[h] = poor || lacking ? static_cast<std::uint8_t>(others | note::wrongful) : others;
  work.event(Sum::exits) += 1.0;
  work.note(h, EventKind::exited);
  work.of_year(YearSum::exits) += 1.0;
  work.of_year(YearSum::wrongful_income) += poor ? 1.0 : 0.0;
  work.of_year(YearSum::wrongful_guarantee) += lacking ? 1.0 : 0.0;
  work.event(Sum::wrongful_exits) += poor || lacking ? 1.0 : 0.0;
  work.of_year(YearSum::wrongful) += poor || lacking ? 1.0 : 0.0;
}

}  // namespace

void let_go(CountyWork& work, const RegistryParameters& p) {
  // 1.1 times 50 is a little more than 55 in binary.
  const double cap = std::ceil((1.0 + p.exit.exit_over) * work.exit_plan - 1e-9);
  const auto places = static_cast<std::size_t>(std::max(0.0, cap));
  const std::vector<RankedBid> cleared = cleared_to_leave(work, p);
  for (const std::uint32_t h : ration(cleared, places)) leave(work, h, p);
  for (const RankedBid& bid : cleared) {
    if (on_register(work.county->households.status[bid.index]))
      work.note(bid.index, EventKind::kept, Reason::not_in_plan);
  }
}

void month(CountyWork& work, const RegistryParameters& p) {
  if (!work.frame->registry) return;
  const int year = work.frame->year;
  const int first = static_cast<int>(p.identification.first_year);
  if (year < first) return;
  switch (work.month_number()) {
    case 5:
      if (year == first) identify(work, p);
      if (year >= static_cast<int>(p.identification.look_back_year) && year > first)
        adjust(work, p);
      diagnose(work, p);
      break;
    case 11:
      verify(work, p);
      break;
    case 12:
      let_go(work, p);
      delist_villages(work, p);
      break;
    default:
      break;
  }
  watch(work, p);
}

}  // namespace terrace::registry

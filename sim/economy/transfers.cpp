// The ordinary subsistence allowance, as it was before the programme: a yearly list with large
// errors.
#include <algorithm>

#include <terrace/fixed_sum.hpp>
#include <terrace/maths.hpp>
#include <terrace/random.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {
constexpr StreamId kList = stream("allowance.ordinary");
}

void list_ordinary_allowance(CountyWork& work, const EconomyParameters& p) {
  County& c = *work.county;
  HouseholdTable& t = c.households;
  std::fill(t.allowance.begin(), t.allowance.end(), 0.0F);
  for (std::uint8_t& s : t.services) s = static_cast<std::uint8_t>(s & ~service::allowance);
  if (!work.frame->ordinary_allowance) return;

  std::vector<RankedBid> bids;
  double persons = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    persons += t.members[h];
    if (t.reference[h] <= 0.0F) continue;  // no income known yet: the very first January
    const Entity who{t.id[h], c.number};
    const double seen = exact::log(std::max(100.0, static_cast<double>(work.income[h]))) +
                        p.transfers.allowance_sd * normal(work.key(), kList, who, work.month);
    bids.push_back(
        {seen, key64(work.key(), kList, who, work.month), static_cast<std::uint32_t>(h)});
  }
  double places = work.plan->allowance_share * persons;
  const double standard = p.transfers.allowance_line * work.frame->poverty_line;
  for (const std::uint32_t h : ration(bids, bids.size())) {
    places -= t.members[h];
    if (places < 0.0) break;
    const double gap =
        std::max(p.transfers.allowance_floor * standard,
                 p.transfers.allowance_gap * (standard - static_cast<double>(work.income[h])));
    t.allowance[h] = static_cast<float>(gap * t.members[h] / 12.0);
    t.services[h] = static_cast<std::uint8_t>(t.services[h] | service::allowance);
  }
}

}  // namespace terrace::economy

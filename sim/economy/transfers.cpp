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
  const std::vector<float> paid = t.allowance;
  std::fill(t.allowance.begin(), t.allowance.end(), 0.0F);
  if (!work.frame->ordinary_allowance) return;

  // Income without the allowance itself: who had it last year must not look less in need for that.
  auto own = [&](std::size_t h) {
    return static_cast<double>(work.income[h] - paid[h] * 12.0F / work.residents[h]);
  };
  std::vector<RankedBid> bids;
  double persons = 0.0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    persons += t.members[h];
    if (t.reference[h] <= 0.0F) continue;  // no income known yet: the very first January
    const Entity who{t.id[h], c.number};
    const double seen =
        exact::log(std::max(100.0, own(h))) +
        p.transfers.allowance_sd * normal(work.key(), kList, who, work.month) -
        ((t.origin[h] & origin::cadre_kin) != 0 ? p.transfers.allowance_favour : 0.0);
    bids.push_back(
        {seen, key64(work.key(), kList, who, work.month), static_cast<std::uint32_t>(h)});
  }
  double places = work.plan->allowance_share * persons;
  const double standard = p.transfers.allowance_line * work.frame->poverty_line;
  for (const std::uint32_t h : ration(bids, bids.size())) {
    places -= t.members[h];
    if (places < 0.0) break;
    const double gap = std::max(p.transfers.allowance_floor * standard,
                                p.transfers.allowance_gap * (standard - own(h)));
    t.allowance[h] = static_cast<float>(gap * static_cast<double>(work.residents[h]) / 12.0);
  }
}

}  // namespace terrace::economy

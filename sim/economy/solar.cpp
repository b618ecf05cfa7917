// Solar plants of villages. The grid pays the village's fund; part of that goes first to small
// works, which the poorest households that can work are hired for, part of the rest is shared out
// among registered households that cannot, and what is left stays in the fund.
#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "economy/village_business.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kPost = stream("solar.post");
constexpr StreamId kFail = stream("solar.failure");

/// Able: at least half an adult's farm labour.
constexpr int kAbleSixteenths = 8;

/// From the fund to a household. No public money moves, but without the programme's plant the
/// household would not have it.
void give(CountyWork& work, std::size_t v, std::size_t h, std::vector<float>& flow, double yuan) {
  const auto paid = static_cast<float>(yuan);
  flow[h] += paid;
  work.county->villages.fund[v] -= paid;
  if (!work.public_money.empty()) work.public_money[h] += paid;
}

void hire_poorest(CountyWork& work, std::size_t v, std::size_t posts, double pay) {
  const County& c = *work.county;
  std::vector<RankedBid> bids;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    if (c.households.labour[h] < kAbleSixteenths) continue;
    const Entity who{c.households.id[h], c.number};
    bids.push_back(
        {work.income[h], key64(work.key(), kPost, who, work.month), static_cast<std::uint32_t>(h)});
  }
  for (const std::uint32_t h : ration(bids, posts)) give(work, v, h, work.flows.local_wage, pay);
}

/// Registered, or let go with what it gets unchanged, and without the labour for small works.
bool gets_dividend(const HouseholdTable& t, std::size_t h) {
  const bool listed =
      on_register(t.status[h]) || static_cast<Status>(t.status[h]) == Status::exited;
  return listed && t.labour[h] < kAbleSixteenths;
}

/// In equal parts for every member; nothing where there is nobody to get it.
void share_out(CountyWork& work, std::size_t v, double yuan) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  double members = 0.0;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h)
    members += gets_dividend(t, h) ? t.members[h] : 0.0;
  if (members <= 0.0) return;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    if (gets_dividend(t, h)) give(work, v, h, work.flows.property, yuan / members * t.members[h]);
  }
}

}  // namespace

void solar_month(CountyWork& work, const EconomyParameters& p) {
  VillageTable& t = work.county->villages;
  const double sun = kSunMonth[work.month_number() - 1];
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (t.solar[v] <= 0.0F) continue;
    const double earned = static_cast<double>(t.solar[v]) * p.solar.solar_yield * sun;
    t.fund[v] += static_cast<float>(earned);
    work.event(Sum::solar_income) += earned;
    const double wages = p.solar.solar_wages * earned;
    const double posts = wages / p.solar.solar_pay;
    if (posts >= 1.0) hire_poorest(work, v, static_cast<std::size_t>(posts), p.solar.solar_pay);
    share_out(work, v, p.solar.solar_dividend * (earned - wages));
  }
}

void close_solar(CountyWork& work, const EconomyParameters& p) {
  VillageTable& t = work.county->villages;
  for (std::size_t v = 0; v < t.size(); ++v) {
    if (t.solar[v] <= 0.0F) continue;
    const Entity village{t.id[v], work.number()};
    if (bernoulli(work.key(), kFail, village, work.month, p.solar.solar_failure)) t.solar[v] = 0.0F;
  }
}

}  // namespace terrace::economy

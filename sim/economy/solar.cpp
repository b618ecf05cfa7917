// Solar plants of villages. The grid pays the village's fund; part of that goes first to small
// works, which the poorest households that can work are hired for, and the rest stays in the fund.
#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "economy/village_business.hpp"

namespace terrace::economy {

namespace {

constexpr StreamId kPost = stream("solar.post");
constexpr StreamId kFail = stream("solar.failure");

/// Able: at least half an adult's farm labour.
constexpr int kAbleSixteenths = 8;

void hire_poorest(CountyWork& work, std::size_t v, std::size_t posts, double pay) {
  const County& c = *work.county;
  std::vector<RankedBid> bids;
  for (std::size_t h = c.villages.first[v]; h < village_end(c, v); ++h) {
    if (c.households.labour[h] < kAbleSixteenths) continue;
    const Entity who{c.households.id[h], c.number};
    bids.push_back(
        {work.income[h], key64(work.key(), kPost, who, work.month), static_cast<std::uint32_t>(h)});
  }
  for (const std::uint32_t h : ration(bids, posts)) {
    work.flows.local_wage[h] += static_cast<float>(pay);
    work.county->villages.fund[v] -= static_cast<float>(pay);
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
    const double posts = p.solar.solar_wages * earned / p.solar.solar_pay;
    if (posts >= 1.0) hire_poorest(work, v, static_cast<std::size_t>(posts), p.solar.solar_pay);
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

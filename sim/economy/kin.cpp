// Help among kin: whoever would eat less than subsistence asks related households of the village.
//
// What a household gets this month is what its kin can spare, up to what it lacks, less what public
// money brings it. It comes out of the givers' income of the month, so that nothing is made.
#include <algorithm>
#include <array>

#include <terrace/check.hpp>

#include "economy/economy.hpp"

namespace terrace::economy {

namespace {

struct Kin {
  std::array<std::size_t, kKin> row{};
  std::array<double, kKin> spare{};
  std::size_t count = 0;
  double total = 0.0;
};

/// What the household would spend this month without help, yuan.
double planned_spending(const CountyWork& work, std::size_t h) {
  return static_cast<double>(work.planned[h]) * work.residents[h] * work.flows.need[h] / 12.0;
}

/// What a relative can give to one who asks: a share of this month's surplus, as long as there is
/// some left of it. Those in need themselves and those in debt give nothing.
double spare(const CountyWork& work, std::size_t giver, double subsistence, const Social& p) {
  const HouseholdTable& t = work.county->households;
  if (t.wealth[giver] <= 0.0F || work.planned[giver] < subsistence) return 0.0;
  // `received` and `kin` already have what others were given this month.
  const double left = static_cast<double>(work.received[giver]) - planned_spending(work, giver);
  const double surplus = left - static_cast<double>(work.kin[giver]);
  return std::max(0.0, std::min(p.kin_share * surplus, left));
}

Kin kin_of(const CountyWork& work, std::size_t h, double subsistence, const Social& p) {
  const County& c = *work.county;
  const std::size_t first = c.villages.first[c.households.village[h]];
  const auto degree = static_cast<std::size_t>(p.kin_degree + 0.5);
  Kin kin;
  for (std::size_t k = 0; k < degree; ++k) {
    const std::uint16_t link = c.households.kin[k][h];
    if (link == kNoKin || first + link == h) continue;
    const std::size_t row = first + link;
    require(row < c.households.size() && c.households.village[row] == c.households.village[h],
            "kin live in one village");
    bool again = false;  // two links to one household are one relative
    for (std::size_t i = 0; i < kin.count; ++i) again = again || kin.row[i] == row;
    if (again) continue;
    kin.row[kin.count] = row;
    kin.spare[kin.count] = spare(work, row, subsistence, p);
    kin.total += kin.spare[kin.count++];
  }
  return kin;
}

/// Public cash of the month, yuan of 2012: programme transfers and the ordinary allowance.
double public_cash(const CountyWork& work, std::size_t h) {
  return static_cast<double>(work.flows.transfer[h]) +
         static_cast<double>(work.county->households.allowance[h]) / work.frame->price;
}

/// Books yuan as a transfer of this month (negative: given), and into twelve-month income.
void book(CountyWork& work, std::size_t h, float yuan) {
  work.this_year[static_cast<std::size_t>(Component::transfer)][h] += yuan;
  work.received[h] += yuan;
  work.kin[h] += yuan;
  work.income_2012[h] += yuan / work.residents[h];
  work.income[h] = work.income_2012[h] * static_cast<float>(work.frame->price);
}

void help(CountyWork& work, std::size_t h, double subsistence, const Social& p) {
  const double scale = work.residents[h] * work.flows.need[h] / 12.0;
  const double lacks = (subsistence - static_cast<double>(work.planned[h])) * scale;
  const Kin kin = kin_of(work, h, subsistence, p);
  double wanted = std::min(lacks, kin.total) - p.crowd_out * public_cash(work, h);
  for (std::size_t k = 0; k < kin.count && wanted > 0.0; ++k) {
    const auto yuan = static_cast<float>(std::min(wanted, kin.spare[k]));
    if (!(yuan > 0.0F)) continue;
    book(work, kin.row[k], -yuan);
    book(work, h, yuan);
    wanted -= static_cast<double>(yuan);
    work.event(Sum::kin_received) += static_cast<double>(yuan);
  }
}

}  // namespace

void kin_transfers(CountyWork& work, const EconomyParameters& p) {
  const std::size_t n = work.county->households.size();
  work.kin.assign(n, 0.0F);
  if (p.social.kin_share <= 0.0) return;
  const double subsistence = p.farm.c_sub * work.frame->poverty_line / work.frame->price;
  const auto below = static_cast<float>(subsistence);
  for (std::size_t h = 0; h < n; ++h) {
    if (work.planned[h] < below) help(work, h, subsistence, p.social);
  }
}

}  // namespace terrace::economy

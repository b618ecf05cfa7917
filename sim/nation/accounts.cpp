// The county's pots month by month. Every step keeps inflow = delivered + overhead + lost + delayed
// + balance exactly.
#include <vector>

#include <terrace/fixed_sum.hpp>

#include "nation/nation.hpp"

namespace terrace::nation {

namespace {

constexpr int kFirstTranche = 6;  // months
constexpr int kLastTranche = 24;

void receive_pool(Ledger& ledger, const CountyPlan& plan, Month month, const Budget& b) {
  const Fen inflow = plan.pool;
  PotAccount& pool = ledger.of(Pot::pool);
  const auto overhead = static_cast<Fen>(b.overhead * static_cast<double>(inflow));
  // Irregular shares are published to a tenth of a percent: hundredths of a percent are exact.
  const auto basis_points = static_cast<Fen>(plan.irregular * 10000.0 + 0.5);
  const Fen odd = basis_points * inflow / 10000;
  const auto lost = static_cast<Fen>(b.stolen_of_irregular * static_cast<double>(odd));
  const Fen late = odd - lost;
  pool.inflow += inflow;
  pool.overhead += overhead;
  pool.lost += lost;
  pool.delayed += late;
  pool.balance += inflow - overhead - odd;
  ledger.lost_this_year = lost;
  // What village works of last year left over is planned anew with all there is.
  ledger.works = plan.village_works
                     ? static_cast<Fen>(b.village_share * static_cast<double>(pool.balance))
                     : 0;
  const std::vector<double> equal(static_cast<std::size_t>(kLastTranche - kFirstTranche + 1), 1.0);
  const auto parts = largest_remainder(late, equal);
  for (std::size_t k = 0; k < parts.size(); ++k) {
    if (parts[k] > 0)
      ledger.tranches.push_back(
          {pack_month(month + kFirstTranche + static_cast<int>(k)), parts[k]});
  }
}

}  // namespace

void month_accounts(County& county, const CountyPlan& plan, Month month, const Budget& budget,
                    Fen relocation_money) {
  Ledger& ledger = county.ledger;
  PotAccount& pool = ledger.of(Pot::pool);
  if (month_in_year(month) == 1) {
    receive_pool(ledger, plan, month, budget);
    ledger.of(Pot::relocation).inflow += relocation_money;
    ledger.of(Pot::relocation).balance += relocation_money;
  }
  std::erase_if(ledger.tranches, [&](const Tranche& t) {
    if (t.due != pack_month(month)) return false;
    pool.delayed -= t.amount;
    pool.balance += t.amount;
    return true;
  });
  if (month_in_year(month) == 7) {
    const auto recovered =
        static_cast<Fen>(budget.audit_recover * static_cast<double>(ledger.lost_this_year));
    pool.lost -= recovered;
    pool.balance += recovered;
    ledger.lost_this_year = 0;
  }
  require(ledger.balances(), "a county's ledger does not balance");
}

}  // namespace terrace::nation

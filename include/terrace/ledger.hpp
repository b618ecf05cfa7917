// A county's public money, in fen, by pot. Exactly, every month:
//   opening + inflow = delivered + overhead + lost + delayed + balance.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/check.hpp>
#include <terrace/money.hpp>

namespace terrace {

/// Where a module's money comes from.
enum class Pot : std::uint8_t {
  pool,  ///< special fund for households, given in January and spent by the county's own choice
  relocation,  ///< relocation money, given by place
  line         ///< entitlement lines: what is due is paid, inflow = payment
};
inline constexpr std::size_t kPots = 3;

/// Running totals of one pot since the programme began. `balance` is what is left to spend.
struct PotAccount {
  Fen inflow = 0;
  Fen delivered = 0;
  Fen overhead = 0;
  Fen lost = 0;     ///< stolen or wasted, less what audits recovered
  Fen delayed = 0;  ///< irregular money that will still arrive
  Fen balance = 0;

  bool balances() const { return inflow == delivered + overhead + lost + delayed + balance; }
};

/// Irregular money that comes late.
struct Tranche {
  std::uint16_t due = 0;  ///< Month
  Fen amount = 0;
};

/// The county's accounts. Households are reached only by `PolicyMonth::pay`, which books here
/// first.
struct Ledger {
  std::array<PotAccount, kPots> pots{};
  std::vector<Tranche> tranches;         ///< of the pool, by due month
  std::vector<Fen> delivered_by_module;  ///< running totals, by module index
  Fen lost_this_year = 0;                ///< of the pool; July's audit recovers a share of it
  Fen works = 0;     ///< part of the pool's balance that is set aside for village works
  Fen captured = 0;  ///< running total of village works that benefited others than the registered

  PotAccount& of(Pot p) { return pots[static_cast<std::size_t>(p)]; }
  const PotAccount& of(Pot p) const { return pots[static_cast<std::size_t>(p)]; }

  /// Books a payment. Entitlement lines are filled as they pay; the other pots must hold the
  /// amount.
  void deliver(Pot pot, std::size_t module, Fen amount) {
    require(amount >= 0, "a negative payment");
    PotAccount& account = of(pot);
    if (pot == Pot::line) {
      account.inflow += amount;
    } else {
      const Fen free = pot == Pot::pool ? account.balance - works : account.balance;
      require(free >= amount, "payment above the balance of its pot");
      account.balance -= amount;
    }
    account.delivered += amount;
    delivered_by_module[module] += amount;
  }

  /// Pays for village works out of what is set aside for them.
  void deliver_works(std::size_t module, Fen amount) {
    require(amount >= 0 && works >= amount, "village works above what is set aside");
    works -= amount;
    deliver(Pot::pool, module, amount);
  }
  /// What households' projects may still cost.
  Fen free_pool() const { return of(Pot::pool).balance - works; }

  bool balances() const {
    Fen waiting = 0;
    for (const Tranche& t : tranches) waiting += t.amount;
    bool all = waiting == of(Pot::pool).delayed && works >= 0 && works <= of(Pot::pool).balance;
    for (const PotAccount& p : pots) all = all && p.balances();
    return all;
  }
};

}  // namespace terrace

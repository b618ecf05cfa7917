// One month of one county as a policy module acts in it: what it reads, and the only ways by which
// it reaches anybody: MonthFlows for incomes, PolicyMonth::pay and its kin for public money,
// set_activity for what members do.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/events.hpp>
#include <terrace/plan.hpp>
#include <terrace/prescription.hpp>

namespace terrace {

/// What modules change in a household's month. One value a household; reset before every month.
struct MonthFlows {
  std::vector<float> farm;         ///< factor on farm income, starts at 1
  std::vector<float> wage;         ///< factor on wages, 1
  std::vector<float> need;         ///< factor on the cost of living (not in official income), 1
  std::vector<float> farm_labour;  ///< factor on farm labour, 1
  std::vector<float> transfer;     ///< cash, yuan of 2012, 0
  std::vector<float> local_wage;   ///< pay of public posts, yuan of 2012, 0
  std::vector<float> property;     ///< dividends and rents, yuan of 2012, 0
  std::vector<float> farm_cash;    ///< added to farm income as it is, yuan of 2012, 0
  std::vector<float> market_land;  ///< mu whose usual yearly earnings projects add, grown with the
                                   ///< village's market crop: counts in the harvest, 0
  std::vector<float> migrate;      ///< added to the log-odds of applying for work away, 0
  std::vector<float> search;       ///< factor on the pace of a search that begins, 1
  std::vector<float> dropout;      ///< factor on the chance of leaving school, 1
  std::vector<float> senior;       ///< added to the log-odds of entering senior school, 0
  void reset(std::size_t households);
};

/// Whose hands a payment reaches.
enum class Payee : std::uint8_t { transfer, wage, property, supplier };

/// One month of one county as a module acts in it.
struct PolicyMonth {
  County* county = nullptr;
  const YearFrame* frame = nullptr;
  MonthFlows* flows = nullptr;
  Month month = 0;
  std::size_t module = 0;    ///< its index in the catalogue
  std::int64_t places = -1;  ///< of the module in the county this year; -1 where not limited
  Pot pot = Pot::line;
  std::span<const float> income;                  ///< y, nominal yuan a head, last twelve months
  std::span<const float> residents;               ///< members at home, mean of twelve months
  std::vector<std::uint32_t>* touched = nullptr;  ///< households whose members changed activity

  std::span<const float> team;    ///< T of the resident team, by village (0 without any effect)
  std::span<float> public_money;  ///< cash from modules this year, yuan of 2012, by household
  std::span<float> delivered_to;  ///< all that was spent on it this year, nominal yuan
  Measures measures = 0;          ///< what the module at hand carries out
  double mismatch = 1.0;          ///< effect of a measure that answers no true cause

  double county_money = 0.0;  ///< the county's part of ModuleInfo::county_series, nominal yuan a
                              ///< year; nobody has it until the module spends or uses it
  std::span<const double> crop_price;       ///< of the province this year, by Crop; 1 is usual
  std::span<const Enrolment> on_allowance;  ///< in the programme's subsistence allowance; sorted by
                                            ///< household
  std::int64_t teams = 0;                   ///< resident teams that may be in the county's villages
  double cadres = 0.0;                      ///< contact cadres for its registered households
  double* posts = nullptr;         ///< enterprises' posts beside the ordinary ones, this month: add
  std::span<const float> covered;  ///< what HouseholdTable::cover has paid of this month's bills,
                                   ///< yuan of 2012, by household: bills come before modules act

  std::array<Fen, kFates>* fates = nullptr;  ///< where the module's money of the year went, or null
  Reason why = Reason::none;  ///< month(): why an enrolment fails or ends, where the module knows

  double* searching = nullptr;     ///< the county's count of persons in search of a local post
  double* public_posts = nullptr;  ///< and of those in public posts

  /// Changes what a member does: into a public post, or out of one (to farm, or to search, which
  /// the economy then dates). Labour and wages of the household are counted anew this month.
  void set_activity(std::uint32_t household, std::size_t person, Activity next);

  /// Effect of the module on a household: 1 if it answers a true cause of its poverty or nobody
  /// diagnosed it, `mismatch` otherwise. Guarantees and cash need not ask.
  double match(std::uint32_t household) const;

  /// Spends on a village's works what is set aside for them; `captured` of it benefits others than
  /// the registered.
  void pay_works(Fen amount, Fen captured);

  /// Pays suppliers for what no single household gets: a county's or a village's.
  void spend(Fen amount);

  /// Books `amount` in the ledger; unless a supplier gets it, also adds it to the household's
  /// flows.
  void pay(std::uint32_t household, Fen amount, Payee payee);
};

}  // namespace terrace

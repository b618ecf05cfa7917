// What a run reports: sums that add over households, and the indicators made from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace terrace {

/// Sums over the households of a county in a month; persons are residents unless said.
enum class Sum : std::uint8_t {
  households,
  persons,
  residents,
  poor_persons,
  poverty_gap,
  squared_gap,
  watts,
  below_exit_line,
  income,
  farm,
  local_wage,
  migrant_wage,
  transfer,
  property,
  consumption,
  assets,
  wealth,
  bills,
  adults,
  migrants,
  listed_migrants,
  local_workers,
  searching,
  pupils,
  dropouts,
  food,
  schooling,
  insurance,
  housing,
  good_housing,
  on_ordinary_allowance,
  water,
  registered_households,
  registered_persons,
  registered_poor,
  registered_income,
  exited_households,
  exited_persons,
  exited_poor,
  added,
  added_persons,
  exits,
  relapses,
  removed,
  removed_persons,
  registered_food,
  registered_schooling,
  registered_insurance,
  registered_housing,
  registered_water,
  births,
  deaths,
  illnesses,
  care_forgone,
  hardship,
  marriages,
  divisions,
  town_exits,
  was_poor,
  left_poverty,
  had_left,
  fell_back,
  applicants,
  refused,
  kin_received,
  effort,
  durables,
  debt,
  loans,
  defaults,
  public_posts,
  power,
  network,
  toilet,
  disasters,
  coop_members,
  coop_jobs,
  coop_dividends,
  coop_failures,
  crop_area,
  crop_worth,
  farm_area,
  solar_income,
  solar_villages,
  village_funds,
  money_in,
  money_delivered,
  money_overhead,
  money_lost,
  money_delayed,
  money_balance,
  money_captured,
  partner_money,
  wrongful_exits,
  vetoed,
  watched_households,
  count
};
inline constexpr std::size_t kSums = static_cast<std::size_t>(Sum::count);

/// Sums that every module has, after the kSums common ones.
enum class ModuleSum : std::uint8_t {
  participants,
  offered,
  taken,
  refused,
  unserved,
  failed,
  spending,
  off_prescription,
  count
};
inline constexpr std::size_t kModuleSums = static_cast<std::size_t>(ModuleSum::count);

constexpr std::size_t sum_index(Sum s) { return static_cast<std::size_t>(s); }
constexpr std::size_t sum_index(std::size_t module, ModuleSum s) {
  return kSums + module * kModuleSums + static_cast<std::size_t>(s);
}

/// How an indicator is made.
enum class IndicatorKind : std::uint8_t {
  ratio,      ///< numerator over denominator
  total,      ///< numerator, scaled up to the true population
  median,     ///< of income a head, from the histogram
  gini,       ///< of income a head, from the histogram
  remainder,  ///< numerator less the second, over denominator; NaN unless the second denominator,
              ///< too, is above zero
  differential,  ///< numerator over denominator, less the share of the others: (second numerator -
                 ///< numerator) / (second denominator - denominator)
  theil  ///< numerator over denominator, less the log of (second numerator / second denominator)
};

struct IndicatorInfo {
  std::string name;
  std::string unit;     ///< "1" for shares
  std::string meaning;  ///< one sentence, with the weight and the line or price year it refers to
  IndicatorKind kind = IndicatorKind::ratio;
  std::size_t numerator = 0;
  std::size_t denominator = 0;
  bool flow =
      false;  ///< a flow of the month: a year's figure is the sum; otherwise December's value
  std::size_t second_numerator = 0;  ///< remainder, differential, theil
  std::size_t second_denominator = 0;
};

/// All indicators of a run with these modules, in the order of results.
std::vector<IndicatorInfo> indicators(const std::vector<std::string>& modules);

}  // namespace terrace

// What travels between the two halves of the year: plans down, reports up.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <terrace/events.hpp>
#include <terrace/ledger.hpp>
#include <terrace/random.hpp>
#include <terrace/tables.hpp>

namespace terrace {

/// The year as all counties know it.
struct YearFrame {
  int year = 0;
  bool first_year = false;  ///< of the run: no twelve months have passed yet
  bool burn_in = false;     ///< spin-up at constant 2012 levels
  RunKey key{};
  RunKey lasting{};    ///< of what a person keeps for life; differs from `key` only in still years
  double price = 1.0;  ///< price level, 2012 = 1
  double inflation = 0.0;     ///< expected from this year to the next
  double poverty_line = 0.0;  ///< statistical line z, nominal yuan a head and year
  double exit_line = 0.0;     ///< administrative line x
  double local_wage = 0.0;    ///< mean pay of a local post, nominal yuan a month
  double migrant_wage = 0.0;
  double growth_years = 0.0;       ///< years of farm growth since 2012 (0 in burn-in)
  double pension = 0.0;            ///< nominal yuan a person of 60 and more, a year
  double reimbursement = 0.0;      ///< share of a medical bill paid by insurance
  double coverage_gain = 0.0;      ///< by how much that is above the share of 2012
  double reference_growth = 0.0;   ///< growth of mean real income last year, for reference income
  double safe_water_gain = 0.0;    ///< share of households without safe water that get it this year
  double allowance_line = 0.0;     ///< subsistence allowance standard, nominal yuan a head and year
  bool ordinary_allowance = true;  ///< no programme module has taken the allowance over
  bool registry = false;           ///< identification and register are in force
  double exit_pace = 0.0;          ///< e: share of the register that the year is planned to let go
  double next_line = 0.0;          ///< z of the year after, for the risk of falling back
  double support = 1.0;  ///< factor on pool and places: the transition of 2021-25, 1 before
  std::vector<bool> module_active;  ///< by module index
  Measures measures = 0;            ///< carried out by modules active this year or the next
};

/// What the nation hands to one county for a year.
struct CountyPlan {
  Fen pool = 0;                      ///< special fund of all levels and partner money
  Fen partner = 0;                   ///< of it from the paired eastern province
  double irregular = 0.0;            ///< share of it that audits will find irregular
  std::vector<std::int64_t> places;  ///< by module index; -1 where places are not limited
  double migrant_openings = 0.0;     ///< persons
  double quota_persons = 0.0;        ///< register quota, in the year of first identification
  std::int64_t poor_villages = 0;    ///< villages to designate then
  std::int64_t teams = 0;            ///< resident teams that may be in its villages
  double cadres = 0.0;               ///< contact cadres for its registered households
  bool village_works = false;        ///< a module for them is in force: January sets money aside
  bool earmarked = false;  ///< the pool is split among modules; money moves between none of them
  std::vector<Fen> grant;  ///< by module index: what a unit of Allocation::grant gets this year
  std::vector<double> county_money;  ///< by module index: its part of ModuleInfo::county_series
  bool delisted = false;             ///< no longer a poor county
  double delist_share = 0.02;        ///< register over persons below which it may be delisted
  std::array<double, kCrops> crop_price{1.0, 1.0, 1.0, 1.0};   ///< of its province, 1 is usual
  std::array<double, kCrops> crop_change{1.0, 1.0, 1.0, 1.0};  ///< that over last year's price
  double allowance_share = 0.0;        ///< share of persons on the ordinary allowance
  std::int64_t survey_households = 0;  ///< to be visited in December by the statistics survey
};

inline constexpr std::size_t kIncomeBins = 256;

/// Persons and their income by log income a head (nominal). Fixed point, so that sums have no
/// order. 256 bins from 50 to 500,000 yuan (sim/engine/histogram.hpp); the first and last are open.
struct IncomeHistogram {
  std::array<std::int64_t, kIncomeBins> persons{};
  std::array<Fen, kIncomeBins> income{};  ///< sum over the bin's persons
};

/// What visitors from outside found in a designated county that applied to be delisted.
struct Evaluation {
  double visits = 0.0;         ///< households visited; 0 where it did not apply
  double exited = 0.0;         ///< of them such as had left the register
  double unlisted = 0.0;       ///< and such as are not on it and have not left
  double wrongful = 0.0;       ///< wrong exits found
  double missed = 0.0;         ///< poor ones found among the latter
  double approval = 0.0;       ///< share of the visited that approve
  double true_wrongful = 0.0;  ///< share of all its exited households that left wrongly
};

/// Where a module's spending went in a year, yuan. What the county lost, overhead and what is still
/// to arrive belong to its pots, not to modules.
enum class Fate : std::uint8_t { cash, wages, property, supplies, captured, count };
inline constexpr std::size_t kFates = static_cast<std::size_t>(Fate::count);

/// Whom a module reached in a year.
enum class Served : std::uint8_t {
  taken_persons,  ///< members of the households that accepted it
  first_taken,    ///< of these households those that never had accepted it before
  persons,        ///< members of the households that it serves in December
  units,          ///< places that they hold then: persons, pupils, posts
  lent,           ///< by banks to those that accepted (Measure::loan), nominal yuan
  count
};
inline constexpr std::size_t kServed = static_cast<std::size_t>(Served::count);

/// What the panel's households of a county show of a year.
struct PanelReport {
  std::vector<std::uint32_t> households;  ///< ids, ascending
  std::vector<float> values;              ///< month x household x column
  std::vector<Event> events;
};

/// What a county reports of a year. Sums are over simulated people; whoever adds counties up
/// weights them by `scale` = County::weight / County::fraction.
struct CountyReport {
  std::uint16_t county = 0;
  std::array<std::vector<double>, 12> sums;  ///< by month: see Sum in indicators.hpp
  std::array<IncomeHistogram, 12> histogram;
  double survey_households = 0.0;  ///< visited
  double survey_poor = 0.0;        ///< share of their persons measured below the line
  double survey_gap = 0.0;         ///< their mean relative gap
  double survey_income = 0.0;      ///< their mean income, nominal yuan a head
  double persons = 0.0;
  std::array<double, kCrops> crop_bearing{};  ///< mu bearing
  std::array<double, kCrops> crop_output{};   ///< mu bearing times the year's yield
  double applicants = 0.0;                    ///< asked to work away, February
  double registered_households = 0.0;         ///< on the register at the year's end
  Evaluation evaluation;
  std::vector<double> year;    ///< sums of the year's close: see YearSum in targeting.hpp
  std::vector<double> demand;  ///< by module index: households or persons asking for a place
  std::vector<std::array<double, kFates>> fates;    ///< by module index, nominal yuan
  std::vector<std::array<double, kServed>> served;  ///< by module index
  PanelReport panel;
};

}  // namespace terrace

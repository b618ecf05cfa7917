// What travels between the two halves of the year: plans down, reports up.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

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
  std::vector<bool> module_active;  ///< by module index
};

/// What the nation hands to one county for a year.
struct CountyPlan {
  Fen pool = 0;                      ///< special fund for households
  double irregular = 0.0;            ///< share of it that audits will find irregular
  std::vector<std::int64_t> places;  ///< by module index; -1 where places are not limited
  double migrant_openings = 0.0;     ///< persons
  double quota_persons = 0.0;        ///< register quota, in the year of first identification
  std::array<double, kCrops> crop_price{1.0, 1.0, 1.0, 1.0};  ///< of its province, 1 is usual
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
  std::vector<double> demand;  ///< by module index: households or persons asking for a place
};

}  // namespace terrace

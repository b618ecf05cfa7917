// The year boundary: reads the reports of the year just closed, in county order, and says what each
// county is given. And the county's accounts, which follow its rules month by month.
#pragma once

#include <span>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/plan.hpp>
#include <terrace/scenario.hpp>

#include "nation/parameters.hpp"
#include "nation/prices.hpp"
#include "policies/runner.hpp"
#include "registry/parameters.hpp"
#include "registry/registry.hpp"

namespace terrace::nation {

/// How one county stands with the nation.
struct Standing {
  std::int32_t delisted = 0;    ///< year from whose spring it is no longer a poor county; 0 none
  double first_register = 0.0;  ///< households on it at the end of its first year
};

/// What the nation keeps on file from year to year. Empty before the first year has been closed.
struct Records {
  std::vector<Standing> counties;
  std::vector<std::int64_t> posts;  ///< held last year, by county and module
};

struct Boundary {
  const ScenarioSpec& scenario;
  const NationParameters& parameters;
  const RegistryParameters& registry;
  const policies::Runner& policies;
  double ordinary_allowance;  ///< national share of persons on the ordinary allowance
  double share_of_poor;  ///< part of the nation's poor in this world: its part of money and places
  RunKey key;
  const CropMarkets* crops = nullptr;            ///< prices in force; usual ones where null
  const Records* records = nullptr;              ///< none where null
  std::span<const std::uint32_t> villages = {};  ///< by county, how many it has
};

/// National mean income a resident and poor share from the reports, weighted; zero reports give
/// zeros.
struct NationalState {
  double mean_income_2012 = 0.0;
};

YearFrame frame_of(const Boundary& b, int year, const NationalState& last,
                   const NationalState& before);

/// Plans for all counties, in county order. `reports` is empty before the first year.
std::vector<CountyPlan> plan(const Boundary& b, const YearFrame& frame,
                             std::span<const County> counties,
                             std::span<const CountyReport> reports);

/// The survey's estimate of each county's poor share, shrunk to the mean of its province and kind.
std::vector<double> survey_estimates(const Boundary& b, std::span<const County> counties,
                                     std::span<const CountyReport> reports);

/// The year is over: what the next ones must know of it, and who is delisted in spring, which also
/// goes into the reports (YearSum::passed_counties).
void keep_records(Records& records, const Boundary& b, const YearFrame& frame,
                  std::span<const County> counties, std::span<const CountyPlan> plans,
                  std::span<CountyReport> reports);

/// January: overhead, irregular money, tranches; later: what falls due, what audits recover.
void month_accounts(County& county, const CountyPlan& plan, Month month, const Budget& budget,
                    Fen relocation_money);

}  // namespace terrace::nation

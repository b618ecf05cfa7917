// How results leave the engine: it calls a Recorder, which may write, digest or keep them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/events.hpp>
#include <terrace/indicators.hpp>
#include <terrace/layout.hpp>

namespace terrace {

/// What a region is.
enum class RegionLevel : std::uint8_t { national, province, county };

/// One region of a result group.
struct RegionInfo {
  std::uint32_t id = 0;  ///< 0 for the nation, province number + 1, county number + 1
  std::string name;
  std::string province;  ///< name; empty for the nation
  Region part = Region::east;
  bool designated = false;  ///< counties only
  double weight = 1.0;      ///< inverse sampling chance of a county
  double fraction = 1.0;    ///< share of its households that is simulated
  RegionLevel level = RegionLevel::national;
};

/// A result group of regions: national, province and county by month; targeting and modules by
/// year, with the regions of all three in one list.
struct GroupInfo {
  std::string name;
  std::vector<RegionInfo> regions;
  bool yearly = false;                      ///< a row is a year, not a month
  std::vector<IndicatorInfo> indicators{};  ///< of a yearly group
  std::vector<std::string> modules{};       ///< a row has a table of regions for each; or none
};

/// A variable of the panel.
struct PanelColumn {
  std::string name;
  std::string unit;     ///< "1" for shares, codes and bits
  std::string meaning;  ///< one sentence, with the price year of money
  std::string flags{};  ///< words for the codes 0, 1, ..., between blanks; empty: a quantity
  bool by_default = true;
};

/// All columns that a panel may have, in the order of results.
std::vector<PanelColumn> panel_columns();

/// A household of the panel in one year.
struct PanelHousehold {
  std::uint64_t id = 0;  ///< household_key(); of a household that split off, its own
  float weight = 1.0F;   ///< households of the nation that it stands for
};

/// What all calls that follow will look like.
struct RunInfo {
  Month start = 0;      ///< first month of results
  Month programme = 0;  ///< months before this are burn-in
  Month end = 0;        ///< last month, inclusive
  std::uint32_t replicates = 1;
  std::uint32_t first_replicate = 0;      ///< number of the first; calls count them from 0
  std::vector<IndicatorInfo> indicators;  ///< of the monthly groups, which share them
  std::vector<GroupInfo> groups;
  std::vector<PanelColumn> panel{};    ///< empty: no panel, and no events
  std::vector<std::string> modules{};  ///< of the catalogue, as Event::module counts them

  const std::vector<IndicatorInfo>& indicators_of(std::size_t group) const {
    return groups[group].yearly ? groups[group].indicators : indicators;
  }
  /// Rows that a group has of so many months from January on: a yearly one has a row a year.
  std::size_t rows(std::size_t group, std::size_t months) const {
    return groups[group].yearly ? months / 12 : months;
  }
  /// Values in one row.
  std::size_t row_size(std::size_t group) const {
    return std::max<std::size_t>(1, groups[group].modules.size()) * groups[group].regions.size() *
           indicators_of(group).size();
  }
};

/// Receives a run year by year; the digest of results is taken over exactly these calls. Calls of
/// one replicate come one after the other: by year every group, the panel, the events, end_year.
/// Those of different replicates may come at the same time from several threads. Nothing may throw:
/// what goes wrong is kept, and told when the run is over.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void begin(const RunInfo& info) = 0;
  /// `values`: rows x (modules x) regions x indicators, row-major, of `months` months from `first`.
  /// A row is a month; in a yearly group a year, which begins with `first` and every twelfth month
  /// after it.
  virtual void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
                      std::span<const double> values) = 0;
  /// `values`: 12 months from `first` x households x columns, row-major; NaN where a household has
  /// none. Households are those of the panel that lived on 1 January, by ascending id.
  virtual void record_panel(std::uint32_t replicate, Month first,
                            std::span<const PanelHousehold> households,
                            std::span<const float> values) {
    (void)replicate, (void)first, (void)households, (void)values;
  }
  /// By county, month and order of happening.
  virtual void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) {
    (void)replicate, (void)first, (void)events;
  }
  /// All of the replicate's year has been recorded.
  virtual void end_year(std::uint32_t replicate, int year) { (void)replicate, (void)year; }
  virtual void end() = 0;
};

}  // namespace terrace

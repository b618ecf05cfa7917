// How results leave the engine: it calls a Recorder, which may write, digest or keep them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>
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

/// A result group: national, province and county by month; targeting by year, with the regions of
/// all three in one list.
struct GroupInfo {
  std::string name;
  std::vector<RegionInfo> regions;
  bool yearly = false;                      ///< a row is a year, not a month
  std::vector<IndicatorInfo> indicators{};  ///< of a yearly group
};

/// What all calls that follow will look like.
struct RunInfo {
  Month start = 0;      ///< first month of results
  Month programme = 0;  ///< months before this are burn-in
  Month end = 0;        ///< last month, inclusive
  std::uint32_t replicates = 1;
  std::vector<IndicatorInfo> indicators;  ///< of the monthly groups, which share them
  std::vector<GroupInfo> groups;

  const std::vector<IndicatorInfo>& indicators_of(std::size_t group) const {
    return groups[group].yearly ? groups[group].indicators : indicators;
  }
  /// Rows that a group has of so many months from January on: a yearly one has a row a year.
  std::size_t rows(std::size_t group, std::size_t months) const {
    return groups[group].yearly ? months / 12 : months;
  }
  /// Values in one row.
  std::size_t row_size(std::size_t group) const {
    return groups[group].regions.size() * indicators_of(group).size();
  }
};

/// Receives a run year by year. Calls come from one thread, replicate by replicate, in order of
/// years and groups; the digest of results is taken over exactly these calls.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void begin(const RunInfo& info) = 0;
  /// `values`: rows x regions x indicators, row-major, of `months` months from `first`. A row is a
  /// month; in a yearly group a year, which begins with `first` and every twelfth month after it.
  virtual void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
                      std::span<const double> values) = 0;
  virtual void end() = 0;
};

}  // namespace terrace

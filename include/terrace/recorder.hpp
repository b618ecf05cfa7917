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

/// One region of a result group.
struct RegionInfo {
  std::uint32_t id = 0;  ///< 0 for the nation, province number + 1, county number + 1
  std::string name;
  std::string province;  ///< name; empty for the nation
  Region part = Region::east;
  bool designated = false;  ///< counties only
  double weight = 1.0;      ///< inverse sampling chance of a county
  double fraction = 1.0;    ///< share of its households that is simulated
};

/// A result group: national, province, county.
struct GroupInfo {
  std::string name;
  std::vector<RegionInfo> regions;
};

/// What all calls that follow will look like.
struct RunInfo {
  Month start = 0;      ///< first month of results
  Month programme = 0;  ///< months before this are burn-in
  Month end = 0;        ///< last month, inclusive
  std::uint32_t replicates = 1;
  std::vector<IndicatorInfo> indicators;
  std::vector<GroupInfo> groups;
};

/// Receives a run year by year. Calls come from one thread, replicate by replicate, in order of
/// years and groups; the digest of results is taken over exactly these calls.
class Recorder {
 public:
  virtual ~Recorder() = default;
  virtual void begin(const RunInfo& info) = 0;
  /// `values`: months x regions x indicators, row-major, of `months` months from `first`.
  virtual void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
                      std::span<const double> values) = 0;
  virtual void end() = 0;
};

}  // namespace terrace

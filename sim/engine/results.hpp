// From county reports to the rows that a Recorder receives, and the digest over them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/digest.hpp>
#include <terrace/indicators.hpp>
#include <terrace/plan.hpp>
#include <terrace/recorder.hpp>
#include <terrace/scenario.hpp>

#include "engine/histogram.hpp"

namespace terrace::engine {

/// Weighted sums of a region's counties in one month.
struct RegionSums {
  std::vector<double> sums;
  WeightedHistogram histogram;
  void add(const CountyReport& report, std::size_t month, double weight);
  void add_year(const CountyReport& report, double weight);  ///< the sums of group `targeting`
};

double value_of(const IndicatorInfo& info, const RegionSums& region);

/// Groups, regions, months and indicators of a run.
RunInfo describe_run(const ScenarioSpec& scenario, std::span<const County> counties,
                     const std::vector<std::string>& modules);

/// Hands one year of all groups to the recorder, counties added up in county order.
void record_year(const RunInfo& info, std::uint32_t replicate, int year,
                 std::span<const County> counties, std::span<const CountyReport> reports,
                 Recorder& recorder);

/// A recorder that digests what it passes on: per group, and over all groups.
class DigestRecorder final : public Recorder {
 public:
  explicit DigestRecorder(Recorder& next) : next_(next) {}
  void begin(const RunInfo& info) override;
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void end() override;
  std::string digest() const;
  std::vector<std::pair<std::string, std::string>> group_digests() const;

 private:
  Recorder& next_;
  std::vector<std::string> names_;
  std::vector<Digest> groups_;
};

}  // namespace terrace::engine

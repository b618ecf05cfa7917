// Keeps a whole run in memory, until it is published.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <terrace/recorder.hpp>

namespace terrace::record {

class MemoryRecorder final : public terrace::Recorder {
 public:
  void begin(const RunInfo& info) override;
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void end() override {}

  const RunInfo& info() const { return info_; }
  std::size_t months() const { return months_; }
  /// Months of the run, or its years for a yearly group.
  std::size_t rows(std::size_t group) const;

  /// [replicate][row][region][indicator], NaN where nothing was recorded.
  std::span<const double> values(std::size_t group) const { return values_.at(group); }

 private:
  RunInfo info_;
  std::size_t months_ = 0;
  std::vector<std::vector<double>> values_;  ///< one for each group
};

}  // namespace terrace::record

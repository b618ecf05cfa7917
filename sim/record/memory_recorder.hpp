// Keeps a whole run in memory, until it is published.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <terrace/recorder.hpp>

namespace terrace::record {

/// The panel in one year of one replicate.
struct PanelYear {
  std::vector<PanelHousehold> households;
  std::vector<float> values;  ///< [month][household][column]
};

class MemoryRecorder final : public terrace::Recorder {
 public:
  void begin(const RunInfo& info) override;
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void record_panel(std::uint32_t replicate, Month first,
                    std::span<const PanelHousehold> households,
                    std::span<const float> values) override;
  void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) override;
  void end() override {}

  const RunInfo& info() const { return info_; }
  std::size_t months() const { return months_; }
  /// Calendar years, the first and last perhaps in part.
  std::size_t years() const;
  /// Months of the run, or its years for a yearly group.
  std::size_t rows(std::size_t group) const;

  /// [replicate][row][module][region][indicator], NaN where nothing was recorded.
  std::span<const double> values(std::size_t group) const { return values_.at(group); }
  /// Of the year with this number from 0; empty without a panel.
  const PanelYear& panel(std::uint32_t replicate, std::size_t year) const {
    return panel_.at(replicate * years() + year);
  }
  std::span<const Event> events(std::uint32_t replicate, std::size_t year) const {
    return events_.at(replicate * years() + year);
  }

  /// Makes the calls again that filled it, of a run of whole years.
  void replay(Recorder& to) const;

 private:
  std::size_t year_place(std::uint32_t replicate, Month first) const;

  RunInfo info_;
  std::size_t months_ = 0;
  std::vector<std::vector<double>> values_;  ///< one for each group
  std::vector<PanelYear> panel_;             ///< by replicate and year
  std::vector<std::vector<Event>> events_;   ///< the same
};

}  // namespace terrace::record

// A run that keeps what the panel shows and its diary.
#pragma once

#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "support/small_scenario.hpp"

namespace terrace::test {

/// The panel of one replicate and year.
struct PanelYear {
  std::vector<PanelHousehold> households;
  std::vector<float> values;  ///< month x household x column
  std::vector<Event> events;

  std::set<std::uint64_t> ids() const {
    std::set<std::uint64_t> out;
    for (const PanelHousehold& h : households) out.insert(h.id);
    return out;
  }
};

class PanelKeeper final : public Recorder {
 public:
  void begin(const RunInfo& info) override {
    results.begin(info);
    info_ = info;
  }
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override {
    results.record(replicate, first, months, group, values);
  }
  void record_panel(std::uint32_t replicate, Month first,
                    std::span<const PanelHousehold> households,
                    std::span<const float> values) override {
    PanelYear& year = slot(replicate, first);
    year.households.assign(households.begin(), households.end());
    year.values.assign(values.begin(), values.end());
  }
  void record_events(std::uint32_t replicate, Month first, std::span<const Event> events) override {
    slot(replicate, first).events.assign(events.begin(), events.end());
  }
  void end() override {}

  const RunInfo& info() const { return info_; }
  const PanelYear& year(int year, std::uint32_t replicate = 0) const {
    return years_.at({replicate, year});
  }
  bool empty() const { return years_.empty(); }
  std::size_t column(std::string_view name) const {
    for (std::size_t k = 0; k < info_.panel.size(); ++k) {
      if (info_.panel[k].name == name) return k;
    }
    require(false, "no such column of the panel");
    return 0;
  }
  /// A column in one month (1-12) of a year, by household.
  std::vector<double> values(std::string_view name, int of_year, int month) const {
    const PanelYear& y = year(of_year);
    const std::size_t k = column(name);
    const std::size_t n = y.households.size();
    std::vector<double> out;
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t row = (static_cast<std::size_t>(month) - 1) * n + i;
      out.push_back(static_cast<double>(y.values.at(row * info_.panel.size() + k)));
    }
    return out;
  }

  record::MemoryRecorder results;

 private:
  PanelYear& slot(std::uint32_t replicate, Month first) {
    const std::lock_guard<std::mutex> lock(mutex_);  // replicates may come at once
    return years_[{replicate, year_of(first)}];
  }

  RunInfo info_;
  std::map<std::pair<std::uint32_t, int>, PanelYear> years_;
  std::mutex mutex_;
};

struct PanelRun {
  PanelKeeper kept;
  RunOutcome outcome;
};

/// All columns, and the panel as large as asked.
inline ScenarioSpec with_panel(ScenarioSpec s, std::uint32_t households) {
  s.output.panel_households = households;
  s.output.panel_columns.clear();
  for (const PanelColumn& c : panel_columns()) s.output.panel_columns.push_back(c.name);
  return s;
}
inline constexpr std::uint32_t kEverybody = 10'000'000;

inline void run_panel(PanelRun& run, const ScenarioSpec& s, const RunControl& control = {}) {
  SerialRunner runner;
  run.outcome = run_scenario(s, builtin_catalogue(), runner, run.kept, control);
}

/// Calls `see(household, month of the run, events of the month)` for every household and month of
/// a year.
inline void each_month(
    const PanelKeeper& kept, int year,
    const std::function<void(std::size_t, int, const std::vector<Event>&)>& see) {
  const PanelYear& y = kept.year(year);
  std::map<std::pair<std::uint64_t, int>, std::vector<Event>> by_month;
  for (const Event& e : y.events) by_month[{e.household, month_in_year(e.month)}].push_back(e);
  for (std::size_t h = 0; h < y.households.size(); ++h) {
    for (int m = 1; m <= 12; ++m) see(h, m, by_month[{y.households[h].id, m}]);
  }
}

}  // namespace terrace::test

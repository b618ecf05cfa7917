#include "record/memory_recorder.hpp"

#include <algorithm>
#include <functional>
#include <limits>
#include <stdexcept>

namespace terrace::record {

void MemoryRecorder::begin(const RunInfo& info) {
  if (info.end < info.start) throw std::logic_error("a run's end lies before its start");
  info_ = info;
  months_ = static_cast<std::size_t>(info.end - info.start) + 1;
  values_.clear();
  for (std::size_t g = 0; g < info_.groups.size(); ++g) {
    values_.emplace_back(info_.replicates * rows(g) * info_.row_size(g),
                         std::numeric_limits<double>::quiet_NaN());
  }
  const std::size_t panel_years = info_.panel.empty() ? 0 : info_.replicates * years();
  panel_.assign(panel_years, {});
  events_.assign(panel_years, {});
}

std::size_t MemoryRecorder::years() const {
  return static_cast<std::size_t>(year_of(info_.end) - year_of(info_.start)) + 1;
}

std::size_t MemoryRecorder::rows(std::size_t group) const {
  return info_.groups[group].yearly ? years() : months_;
}

void MemoryRecorder::record(std::uint32_t replicate, Month first, std::size_t months,
                            std::size_t group, std::span<const double> values) {
  std::vector<double>& kept = values_.at(group);
  const bool yearly = info_.groups[group].yearly;
  if (replicate >= info_.replicates || first < info_.start ||
      values.size() != info_.rows(group, months) * info_.row_size(group) ||
      (yearly && (months % 12 != 0 || month_in_year(first) != 1)) ||
      static_cast<std::size_t>(first - info_.start) + months > months_) {
    throw std::logic_error("a record does not fit what was announced in begin()");
  }
  const auto after = static_cast<std::size_t>(yearly ? year_of(first) - year_of(info_.start)
                                                     : first - info_.start);
  const std::size_t row = replicate * rows(group) + after;
  std::ranges::copy(values,
                    kept.begin() + static_cast<std::ptrdiff_t>(row * info_.row_size(group)));
}

std::size_t MemoryRecorder::year_place(std::uint32_t replicate, Month first) const {
  if (info_.panel.empty() || replicate >= info_.replicates || month_in_year(first) != 1 ||
      first < info_.start || first + 11 > info_.end) {
    throw std::logic_error("a year of the panel does not fit what was announced in begin()");
  }
  return replicate * years() + static_cast<std::size_t>(year_of(first) - year_of(info_.start));
}

void MemoryRecorder::record_panel(std::uint32_t replicate, Month first,
                                  std::span<const PanelHousehold> households,
                                  std::span<const float> values) {
  PanelYear& year = panel_.at(year_place(replicate, first));
  const bool ascending = std::ranges::adjacent_find(households, std::greater_equal<>(),
                                                    &PanelHousehold::id) == households.end();
  if (!ascending || values.size() != 12 * households.size() * info_.panel.size()) {
    throw std::logic_error("the panel's households or values are not as announced in begin()");
  }
  year.households.assign(households.begin(), households.end());
  year.values.assign(values.begin(), values.end());
}

void MemoryRecorder::record_events(std::uint32_t replicate, Month first,
                                   std::span<const Event> events) {
  std::vector<Event>& year = events_.at(year_place(replicate, first));
  year.assign(events.begin(), events.end());
  if (std::ranges::any_of(year,
                          [&](const Event& e) { return year_of(e.month) != year_of(first); })) {
    throw std::logic_error("an event lies outside its year");
  }
}

void MemoryRecorder::replay(Recorder& to) const {
  if (month_in_year(info_.start) != 1 || month_in_year(info_.end) != 12) {
    throw std::logic_error("a run of parts of years cannot be replayed");
  }
  to.begin(info_);
  for (std::uint32_t replicate = 0; replicate < info_.replicates; ++replicate) {
    for (std::size_t year = 0; year < years(); ++year) {
      const Month first = info_.start + 12 * static_cast<Month>(year);
      for (std::size_t g = 0; g < info_.groups.size(); ++g) {
        const std::size_t size = info_.rows(g, 12) * info_.row_size(g);
        to.record(replicate, first, 12, g,
                  values(g).subspan((replicate * years() + year) * size, size));
      }
      if (!info_.panel.empty()) {
        to.record_panel(replicate, first, panel(replicate, year).households,
                        panel(replicate, year).values);
        to.record_events(replicate, first, events(replicate, year));
      }
      to.end_year(replicate, year_of(first));
    }
  }
  to.end();
}

}  // namespace terrace::record

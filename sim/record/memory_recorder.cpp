#include "record/memory_recorder.hpp"

#include <algorithm>
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
}

std::size_t MemoryRecorder::rows(std::size_t group) const {
  if (!info_.groups[group].yearly) return months_;
  return static_cast<std::size_t>(year_of(info_.end) - year_of(info_.start)) + 1;
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

}  // namespace terrace::record

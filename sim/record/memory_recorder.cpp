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
  for (const GroupInfo& group : info_.groups) {
    values_.emplace_back(
        info_.replicates * months_ * group.regions.size() * info_.indicators.size(),
        std::numeric_limits<double>::quiet_NaN());
  }
}

void MemoryRecorder::record(std::uint32_t replicate, Month first, std::size_t months,
                            std::size_t group, std::span<const double> values) {
  std::vector<double>& kept = values_.at(group);
  const std::size_t row = info_.groups[group].regions.size() * info_.indicators.size();
  if (replicate >= info_.replicates || first < info_.start || values.size() != months * row ||
      static_cast<std::size_t>(first - info_.start) + months > months_) {
    throw std::logic_error("a record does not fit what was announced in begin()");
  }
  const std::size_t month = replicate * months_ + static_cast<std::size_t>(first - info_.start);
  std::ranges::copy(values, kept.begin() + static_cast<std::ptrdiff_t>(month * row));
}

}  // namespace terrace::record

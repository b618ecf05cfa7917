// A shipped scenario run on a sample, and its yearly figures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "record/memory_recorder.hpp"

namespace terrace::validation {

struct Arm {
  record::MemoryRecorder results;

  /// Of the nation, as summary.csv has it: December's value, or the sum of a flow over the year.
  double at(std::string_view indicator, int year) const;
  /// Of the nation in one month.
  double in_month(std::string_view indicator, Month month) const;
  /// The mean of an indicator in December over designated counties, weighted by another.
  double designated(std::string_view indicator, std::string_view weight, int year) const;
};

/// `scenario`: its file's name in scenarios/ without .yaml. Fails the running test where the
/// scenario does.
Arm run_arm(const std::string& scenario, const std::vector<std::string>& sets);

}  // namespace terrace::validation

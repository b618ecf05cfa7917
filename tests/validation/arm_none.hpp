// The shipped arm without a programme, on a sample.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "record/memory_recorder.hpp"
#include "validation/panel.hpp"

namespace terrace::validation {

struct NoneRun {
  Panel panel;                     ///< households by year, sorted
  record::MemoryRecorder results;  ///< the indicators asked for, by month and region

  bool finished() const { return !panel.empty(); }
  std::size_t counties() const { return results.info().groups[2].regions.size(); }
  /// An indicator of the nation (group 0) or of a county (group 2) in one month.
  double at(std::string_view indicator, Month month, std::size_t group = 0,
            std::size_t region = 0) const;
};

/// Runs scenarios/none.yaml with these settings (`a.b=value`) on one thread. Fails the running
/// test, and returns an empty panel, if the file is refused.
NoneRun run_none(const std::vector<std::string>& sets);

}  // namespace terrace::validation

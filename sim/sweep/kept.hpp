// What a sweep keeps of a run: the figures of a year of some indicators.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/recorder.hpp>
#include <terrace/study.hpp>

namespace terrace::sweep {

struct KeptVariable {
  std::string name;
  std::string unit;
  std::string meaning;
  std::string group;  ///< monthly, targeting or modules
  bool flow = false;
  bool by_module = false;
  std::size_t first = 0;  ///< where its values begin among those of a run
};

/// The same for all runs of a sweep. Values of a variable: [year][module][region].
struct KeptLayout {
  std::vector<int> years;
  std::vector<std::string> modules;  ///< empty if no variable is by module
  std::vector<RegionInfo> regions;   ///< the nation, then perhaps the provinces
  std::vector<KeptVariable> variables;
  std::size_t values = 0;  ///< of a run
};

KeptLayout layout_of(const RunInfo& info, const StudyOutput& output);

/// Whether values of one have the same places and meanings in the other.
bool same_shape(const KeptLayout& a, const KeptLayout& b);

/// Takes the figures out of a run of one replicate as it goes. `layout` outlives it.
class KeptRecorder final : public Recorder {
 public:
  KeptRecorder(const RunInfo& info, const KeptLayout& layout);
  void begin(const RunInfo&) override {}
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void end() override {}

  /// All values, NaN where nothing was recorded.
  const std::vector<double>& values() const { return values_; }

 private:
  void keep(const KeptVariable& variable, std::size_t year, Month first, std::size_t group,
            std::span<const double> values);

  RunInfo info_;
  const KeptLayout& layout_;
  std::vector<double> values_;
};

}  // namespace terrace::sweep

// One replicate on its way through the years, and what a stopped run needs to go on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/plan.hpp>
#include <terrace/recorder.hpp>

#include "engine/state.hpp"
#include "nation/nation.hpp"

namespace terrace::engine {

struct World {
  std::vector<County> counties;
  std::vector<CountyReport> reports;  ///< of the year just closed; empty before the first
  std::vector<CountyReport> current;  ///< of the year at hand, where `done`
  std::vector<std::uint8_t> done;     ///< counties that have finished the year at hand
  nation::NationalState last;
  nation::NationalState before;
  nation::CropMarkets crops;
  nation::Records records;
};

/// Passes calls on and remembers them, so that a checkpoint can hold the results so far.
class Journal final : public Recorder {
 public:
  explicit Journal(Recorder& next) : next_(next) {}
  void begin(const RunInfo& info) override { next_.begin(info); }
  void record(std::uint32_t replicate, Month first, std::size_t months, std::size_t group,
              std::span<const double> values) override;
  void end() override { next_.end(); }

  void put(StateWriter& out) const;
  /// Reads calls back and makes them again. False if the bytes are not such calls for `info`.
  bool replay(StateReader& in, const RunInfo& info);

 private:
  struct Call {
    std::uint32_t replicate = 0;
    Month first = 0;
    std::uint32_t months = 0;
    std::uint32_t group = 0;
    std::vector<double> values;
  };
  Recorder& next_;
  std::vector<Call> calls_;
};

/// Where a run stands: the replicate and the year at hand.
struct Position {
  std::uint32_t replicate = 0;
  std::int32_t year = 0;
};

Bytes save_run(const Position& position, World& world, const Journal& journal,
               const std::string& fit_report);

/// Restores into a world whose counties have been laid out. False if the bytes do not fit the run.
bool load_run(StateReader& in, const RunInfo& info, std::size_t modules, Position& position,
              World& world, Journal& journal, std::string& fit_report);

}  // namespace terrace::engine

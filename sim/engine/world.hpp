// One replicate on its way through the years, and its state to and from parts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/plan.hpp>
#include <terrace/simulation.hpp>

#include "engine/record_digest.hpp"
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

/// What a replicate leaves when it is over.
struct Remains {
  std::uint64_t households = 0;
  std::uint64_t persons = 0;
  std::uint64_t bytes = 0;
};

/// A replicate's state but for its counties.
struct ReplicateState {
  Standing standing;
  Remains remains;         ///< of a finished one
  std::string fit_report;  ///< of replicate 0
};

/// Hands over the state in parts: what stands before the counties, then, unless it is finished,
/// each county.
void put_state(const PutPart& put, const ReplicateState& state, World& world,
               const DigestRecorder& digests);

/// Restores into a world whose counties have been laid out. False if the parts do not fit the run.
bool get_state(const NextPart& next, const RunInfo& info, std::size_t modules,
               ReplicateState& state, World& world, DigestRecorder& digests);

/// Names the layout of the parts: the kinds of all columns in their order, so that a state that was
/// saved before a table changed is told from one of today.
std::string state_layout();

}  // namespace terrace::engine

// One replicate on its way through the years, and its state to and from parts: the head, then,
// unless it is finished, each county.
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
  std::vector<County> counties;         ///< all; those of other ranks without their people
  std::vector<std::uint32_t> villages;  ///< by county, how many it has
  std::vector<CountyReport> reports;    ///< of the year just closed; empty before the first
  std::vector<CountyReport> current;    ///< of the year at hand, where `done` and owned
  std::vector<std::uint8_t> done;       ///< counties that have finished the year at hand
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
  std::string fit_report;  ///< of the run's first replicate
};

/// What stands before the counties, and is all there is of a replicate that is finished.
Bytes put_head(const ReplicateState& state, const World& world, const DigestRecorder& digests);
/// Restores it into a world whose counties have been laid out. False if it does not fit the run.
bool get_head(std::span<const std::byte> part, const RunInfo& info, std::size_t modules,
              ReplicateState& state, World& world, DigestRecorder& digests);

/// One county with its reports.
Bytes put_part(World& world, std::size_t county);
bool get_part(std::span<const std::byte> part, World& world, std::size_t county,
              std::size_t modules);

/// Names the layout of the parts: the kinds of all columns in their order, so that a state that was
/// saved before a table changed is told from one of today.
std::string state_layout();

}  // namespace terrace::engine

// What ranks tell each other of a replicate: facts about counties, reports, and the parts of a
// state, which rank 0 hands over and takes back.
#pragma once

#include <cstdint>
#include <vector>

#include <terrace/simulation.hpp>

#include "engine/ranks.hpp"
#include "engine/world.hpp"

namespace terrace::engine {

/// All ranks learn of each county's people what the nation and the recorder go by, which does not
/// stand in reports. Gives the number of its households.
std::vector<std::uint32_t> learn_counties(Team& team, World& world);

/// All ranks learn the reports of all counties.
void share_reports(Team& team, std::vector<CountyReport>& reports);

/// A state on its way between rank 0, who has the callbacks, and the owners of its counties. Part
/// by part, so that no rank holds more than one county that is not its own.
class StateWay {
 public:
  StateWay(Team& team, World& world, ReplicateState& state, DigestRecorder& digests)
      : team_(team), world_(world), state_(state), digests_(digests), taken_(team.counties()) {}

  /// Calls `control.save` of rank 0, if it has one. It may ask for the parts any number of times.
  void save(const RunControl& control);
  /// `next` is that of rank 0. False, on all ranks, if any part does not fit the run.
  bool restore(const NextPart& next, const RunInfo& info, std::size_t modules);

 private:
  bool has_counties() const { return state_.standing.at != Standing::At::finished; }
  void hand_over(const PutPart& put);
  void give_own();
  void take_next();
  void take_rest();

  Team& team_;
  World& world_;
  ReplicateState& state_;
  DigestRecorder& digests_;
  std::size_t taken_;  ///< counties whose parts rank 0 has; all of them while nobody asks
  Bytes part_;         ///< at hand; kept here, for whoever takes it may throw
};

}  // namespace terrace::engine

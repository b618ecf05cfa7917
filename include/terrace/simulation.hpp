// Running a scenario from a program: make a Simulation, give it a recorder, run.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/policy.hpp>
#include <terrace/ranks.hpp>
#include <terrace/recorder.hpp>
#include <terrace/scenario.hpp>

namespace terrace {

/// Runs `count` independent jobs, in any order, on any number of workers. Job bodies never share
/// data but what they read, so the answer does not depend on how an implementation deals them out.
class CountyRunner {
 public:
  virtual ~CountyRunner() = default;
  virtual std::size_t workers() const = 0;
  virtual void run(std::size_t count,
                   const std::function<void(std::size_t job, std::size_t worker)>& body) = 0;
};

/// One after the other, on the calling thread.
class SerialRunner final : public CountyRunner {
 public:
  std::size_t workers() const override { return 1; }
  void run(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) override {
    for (std::size_t i = 0; i < count; ++i) body(i, 0);
  }
};

/// One county as its year closes: all twelve months are over, nobody has been born, died or moved.
struct CountyYear {
  std::uint32_t replicate = 0;
  const YearFrame& frame;
  const County& county;
  std::span<const float> income;     ///< by household: nominal yuan a resident, calendar year
  std::span<const float> residents;  ///< by household: members at home, mean of the year
  const std::array<std::vector<float>, kComponents>&
      flows;                           ///< by household: income by component, yuan of 2012
  std::span<const std::uint8_t> away;  ///< by household: person-months worked away
};

/// Takes the next part of a replicate's state: first what stands before the counties, then county
/// by county, so that nobody need hold the whole twice.
using PutPart = std::function<void(std::span<const std::byte>)>;
/// Gives the parts back in the same order; false when there is none left or it is damaged.
using NextPart = std::function<bool(std::vector<std::byte>&)>;

/// Where a replicate stands when its state is saved.
struct Standing {
  enum class At : std::uint8_t {
    opening,  ///< all counties are about to begin `year`
    within,   ///< it was asked to stop: some counties have finished `year`, the others not begun it
    finished  ///< the last year is over: the state is one small part
  };
  std::uint32_t replicate = 0;  ///< its number, not its place in the run
  int year = 0;
  At at = At::opening;
};

/// What a caller may learn or ask for while a run goes on. Callbacks may be called from several
/// threads at once, for different replicates or counties, and must not throw. Replicates have the
/// numbers that draws go by here, from ScenarioSpec::first_replicate on.
struct RunControl {
  const std::atomic<bool>* stop = nullptr;  ///< asked before every county-year
  std::function<void(std::uint32_t replicate, int year, std::size_t counties_done,
                     std::size_t counties)>
      progress;
  /// Called for every county-year at its close, from the thread that ran it: several at once for
  /// different counties, in no order. A resumed run does not call it for years it does not repeat.
  std::function<void(const CountyYear&)> observe;
  /// Whether to save the state at the opening of a year (not asked for the first one).
  std::function<bool(std::uint32_t replicate, int year)> wants_state;
  /// Called where `wants_state` said so, when a replicate stops early and when it finishes, after
  /// the year before was recorded. `write` makes the state and hands it over in parts.
  std::function<void(const Standing&, const std::function<void(const PutPart&)>& write)> save;
  /// The state from which a replicate goes on; an empty NextPart, or none, for one that starts
  /// afresh. What was recorded before that state is not recorded again. A state saved at the
  /// opening of a year may also be one of another scenario that differs only in what acts from then
  /// on: the run branches off.
  std::function<NextPart(std::uint32_t replicate)> resume;
  /// Runs this replicate alone. The digest is then over its records only.
  std::optional<std::uint32_t> only_replicate = std::nullopt;
  /// The other processes that share this run; null: none. All call run_scenario() with the same
  /// scenario. Rank 0 alone records, is asked by `save`, `resume` and `wants_state`, and reports
  /// `progress`, of its own counties; `observe` is called by a county's owner. A stop that any rank
  /// was asked for stops all at the year's boundary.
  Ranks* ranks = nullptr;
};

/// Blocks of parameters of all processes, without those of modules.
std::vector<ParameterBlock> process_parameters();
/// Series that processes and the nation read, without those of modules.
std::vector<SeriesInfo> process_series();

struct RunOutcome {
  bool finished = false;
  bool bad_checkpoint = false;  ///< a state that `resume` gave does not fit this scenario
  std::string digest;           ///< of all results, hexadecimal; empty unless finished
  std::vector<std::pair<std::string, std::string>> group_digests;
  std::string fit_report;      ///< how the synthetic population meets its margins
  std::size_t households = 0;  ///< at the end of the last replicate
  std::size_t persons = 0;
  std::size_t bytes = 0;  ///< of all counties' state then
};

/// Runs every replicate of a scenario: one after the other with their counties side by side, or,
/// where a replicate has too few counties to keep the workers busy, several replicates at once. A
/// pure function of (scenario, catalogue): the recorder sees the same bits on any runner, and
/// whether or not the run was stopped and resumed.
RunOutcome run_scenario(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue,
                        CountyRunner& runner, Recorder& recorder, const RunControl& control = {});

/// How many replicates such a run holds in memory at once.
std::size_t replicates_at_once(std::size_t replicates, std::size_t counties, std::size_t workers);

}  // namespace terrace

// Running a scenario from a program: make a Simulation, give it a recorder, run.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/policy.hpp>
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

/// What a caller may learn or ask for while a run goes on.
struct RunControl {
  const std::atomic<bool>* stop = nullptr;  ///< asked before every county-year
  std::function<void(std::uint32_t replicate, int year, std::size_t counties_done,
                     std::size_t counties)>
      progress;
  /// Called for every county-year at its close, from the thread that ran it: several at once for
  /// different counties, in no order. A resumed run does not call it for years it does not repeat.
  std::function<void(const CountyYear&)> observe;
  /// Called once if the run stops early, with all that `resume` needs. Memory: about the state
  /// again.
  std::function<void(std::span<const std::byte>)> save;
  /// What `save` was given by a run of the same scenario, seed included; empty to start afresh.
  std::span<const std::byte> resume;
};

/// Blocks of parameters of all processes, without those of modules.
std::vector<ParameterBlock> process_parameters();
/// Series that processes and the nation read, without those of modules.
std::vector<SeriesInfo> process_series();

struct RunOutcome {
  bool finished = false;
  bool bad_checkpoint = false;  ///< `resume` does not belong to this scenario, or is damaged
  std::string digest;           ///< of all results, hexadecimal; empty unless finished
  std::vector<std::pair<std::string, std::string>> group_digests;
  std::string fit_report;      ///< how the synthetic population meets its margins
  std::size_t households = 0;  ///< at the end of the last replicate
  std::size_t persons = 0;
  std::size_t bytes = 0;  ///< of all counties' state then
};

/// Runs every replicate of a scenario. A pure function of (scenario, catalogue): the recorder sees
/// the same bits on any runner, and whether or not the run was stopped and resumed (a resumed run
/// hands the recorder all years from the first again).
RunOutcome run_scenario(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue,
                        CountyRunner& runner, Recorder& recorder, const RunControl& control = {});

}  // namespace terrace

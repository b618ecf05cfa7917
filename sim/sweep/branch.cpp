#include "sweep/branch.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include <terrace/version.hpp>

#include "engine/world.hpp"
#include "record/frames.hpp"
#include "record/run_journal.hpp"
#include "record/segments.hpp"
#include "scenario/load.hpp"
#include "sweep/branch_rules.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::sweep {
namespace {

namespace fs = std::filesystem;
using record::BadCheckpoint;

/// All that is against these runs going on from there; of a key that differs in many points, once.
std::vector<Obstacle> obstacles_of(const Branch& branch, std::span<const std::size_t> runs,
                                   const Plan& plan, std::span<const ScenarioSpec> scenarios,
                                   const PolicyCatalogue& catalogue,
                                   const scenario::Vocabulary& vocabulary) {
  std::set<std::size_t> points;
  std::vector<Obstacle> all;
  for (const std::size_t run : runs) {
    if (!points.insert(plan.point_of(run)).second) continue;
    const ScenarioSpec spec = scenario_of(plan, scenarios, run);
    const std::string resolved = scenario::resolved_yaml(spec, vocabulary);
    for (Obstacle& obstacle : obstacles(branch, resolved, spec, catalogue)) {
      if (std::ranges::find(all, obstacle.key, &Obstacle::key) == all.end()) {
        all.push_back(std::move(obstacle));
      }
    }
  }
  return all;
}

/// How to make a baseline that fits, as it is typed.
std::string recipe(const fs::path& folder, const Plan& plan,
                   std::span<const ScenarioSpec> scenarios) {
  const ScenarioSpec& spec = scenarios.front();
  const int year = year_of(spec.programme);
  if (year <= year_of(spec.start)) {
    return "the programme begins with the runs: there are no years before it to share";
  }
  // Any end after the state will do.
  std::string out = "a baseline for them: terrace run " +
                    (folder / kScenarios / "0.yaml").string() + " --replicates " +
                    std::to_string(plan.study.replicates);
  if (spec.first_replicate != 0) out += " --set run.first_replicate=0";
  // In quotes: some shells take brackets for names of files.
  return out + " --set time.end=" + std::to_string(year) + "-12 --set 'output.checkpoints.keep=[" +
         std::to_string(year) + "]' -o BASELINE";
}

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw BadCheckpoint(path.string() + " " + why);
}

NextPart parts_in_memory(std::shared_ptr<const std::vector<std::vector<std::byte>>> parts) {
  return [parts = std::move(parts), next = std::size_t{0}](std::vector<std::byte>& part) mutable {
    if (next == parts->size()) return false;
    part = (*parts)[next++];
    return true;
  };
}

/// The engine knows no exceptions: what cannot be read ends the parts.
NextPart parts_on_disk(const fs::path& path, const record::CheckpointKind& kind) {
  const auto reader = std::make_shared<record::CheckpointReader>(path, kind);
  return [reader](std::vector<std::byte>& part) {
    try {
      return reader->next(part);
    } catch (const std::exception&) {
      return false;
    }
  };
}

}  // namespace

Baseline::Baseline(const fs::path& from, const fs::path& folder, const Plan& plan,
                   std::span<const ScenarioSpec> scenarios, std::span<const std::size_t> runs,
                   const PolicyCatalogue& catalogue, const scenario::Vocabulary& vocabulary) try
    : folder_(states_folder(from)), kind_{std::string(kVersion), engine::state_layout()} {
  open_states(runs, plan);
  check_runs(runs, plan, scenarios, catalogue, vocabulary);
} catch (const BadCheckpoint& error) {
  // What the recipe makes is the plan's own scenario up to the programme: would that do?
  const Branch best{plan.scenarios.front(), year_of(scenarios.front().programme), Past::own};
  const auto all = obstacles_of(best, runs, plan, scenarios, catalogue, vocabulary);
  std::string help = recipe(folder, plan, scenarios);
  if (!all.empty()) {
    help = "no baseline fits, for the runs share no years: they differ in ";
    for (const Obstacle& obstacle : all)
      help += (&obstacle == &all.front() ? "" : ", ") + obstacle.key;
  }
  throw BadCheckpoint(std::string(error.what()) + "; " + help);
}

void Baseline::open_states(std::span<const std::size_t> runs, const Plan& plan) {
  std::set<std::uint32_t> replicates;
  for (const std::size_t run : runs) replicates.insert(plan.replicate_of(run));
  for (const std::uint32_t number : replicates) {
    const fs::path path = folder_ / record::checkpoint_name(number);
    if (!fs::exists(path)) refuse(path, "is missing: the runs are of that replicate too");
    const record::CheckpointHead head = record::CheckpointReader(path, kind_).head();
    if (head.standing.at != Standing::At::opening || head.standing.replicate != number) {
      refuse(path, "is not the state of replicate " + std::to_string(number) +
                       " at the opening of a year");
    }
    if (states_.empty()) {
      year_ = head.standing.year;
      scenario_ = head.scenario;
    } else if (head.standing.year != year_ || head.scenario != scenario_) {
      refuse(path, "is of another year or scenario than the states of the other replicates");
    }
    states_[number] = {head.segment};
  }
}

void Baseline::check_runs(std::span<const std::size_t> runs, const Plan& plan,
                          std::span<const ScenarioSpec> scenarios, const PolicyCatalogue& catalogue,
                          const scenario::Vocabulary& vocabulary) const {
  const Branch branch{scenario_, year_, Past::own};
  const int last = year_of(scenarios.front().end);  // of all runs: no dimension moves it
  if (year_ > last) {
    refuse(folder_, "opens " + std::to_string(year_) + ", after the end of the runs (" +
                        std::to_string(last) + ")");
  }
  const auto all = obstacles_of(branch, runs, plan, scenarios, catalogue, vocabulary);
  if (all.empty()) return;
  refuse(folder_, "cannot be branched off from: what acts before " + std::to_string(year_) +
                      " must be the same in all runs, but " + obstacles_text(all));
}

std::uint64_t Baseline::keep_in_memory(std::uint64_t most_bytes) {
  std::uint64_t taken = 0;
  for (auto& [number, state] : states_) {
    const fs::path path = folder_ / record::checkpoint_name(number);
    std::error_code error;
    const std::uint64_t size = fs::file_size(path, error);
    if (error || size > most_bytes - taken) continue;
    Parts parts;
    record::CheckpointReader reader(path, kind_);
    for (std::vector<std::byte> part; reader.next(part);) parts.push_back(std::move(part));
    state.parts = std::make_shared<const Parts>(std::move(parts));
    taken += size;
  }
  return taken;
}

void Baseline::go_on(const ScenarioSpec& spec, const RunInfo& info, Recorder& to,
                     RunControl& control) const {
  const std::uint32_t number = spec.first_replicate;
  const State& state = states_.at(number);
  const fs::path records = folder_ / record::segment_name(number);
  record::expect_records(records, record::replay_segment(records, info, 0, year_, to),
                         state.segment);
  const fs::path path = folder_ / record::checkpoint_name(number);
  if (state.parts == nullptr) record::verify_checkpoint(path, kind_);
  control.resume = [parts = state.parts, path, kind = kind_](std::uint32_t) {
    return parts != nullptr ? parts_in_memory(parts) : parts_on_disk(path, kind);
  };
}

}  // namespace terrace::sweep

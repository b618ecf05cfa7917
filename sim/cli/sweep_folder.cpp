#include "cli/sweep_folder.hpp"

#include "engine/run_info.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::cli {
namespace {

// What a process has to itself before its run has any state: pages of the program's data that it
// writes to, and the system's tables (2.1 MB with runs that are estimated at 1.3).
constexpr double kProcessBytes = 2e6;

}  // namespace

SweepFolder open_sweep(const std::string& folder, const Model& model) {
  SweepFolder out;
  out.path = folder;
  out.plan = sweep::read_plan(out.path);
  for (std::size_t i = 0; i < out.plan.scenarios.size(); ++i) {
    out.scenarios.push_back(load_resolved(sweep::scenario_path(out.path, i), model).spec);
  }
  const RunInfo info = engine::info_of(out.scenarios.front(), model.catalogue);
  out.layout = sweep::layout_of(info, out.plan.study.output);
  return out;
}

RunNeed largest_need(const std::vector<ScenarioSpec>& scenarios, const Model& model) {
  RunNeed most;
  for (const ScenarioSpec& spec : scenarios) {
    ScenarioSpec one = spec;
    one.replicates = 1;
    const Estimate need = estimate(one, model, 1);
    if (most.scenario == nullptr || need.running_bytes() > most.estimate.running_bytes()) {
      most = {need, &spec};
    }
  }
  return most;
}

double bytes_of_a_run(const RunNeed& need) {
  return need.estimate.running_bytes() - need.estimate.base_bytes + kProcessBytes;
}

}  // namespace terrace::cli

// `terrace sweep status`: what is done, why the rest is not, and what to type next.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/estimate.hpp"
#include "cli/print.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_text.hpp"
#include "cli/table_json.hpp"
#include "cli/verbs.hpp"
#include "scenario/diagnostic.hpp"
#include "sweep/job_array.hpp"
#include "sweep/shard.hpp"

namespace terrace::cli {
namespace {

using sweep::RunState;
using sweep::SweepStatus;
using Json = nlohmann::ordered_json;

/// Something to type, and what for.
struct Command {
  std::string what;  ///< also its name in JSON, with '_' for blanks
  std::string line;
};

std::vector<Command> commands_of(const SweepFolder& sweep, const SweepStatus& status,
                                 const std::string& folder) {
  const std::optional<sweep::JobArray> array = sweep::read_job_array(sweep.path, sweep.plan);
  std::vector<Command> out;
  if (!status.disagreeing.empty()) return out;
  if (status.left + status.failed > 0) {
    // What is left may be the share of a process that is alive, and would be done twice.
    out.push_back(
        {status.at_work.empty() ? "go on" : "when these have ended", sweep_command("run", folder)});
  }
  const std::vector<std::size_t> failed = sweep::runs_in(status, RunState::failed);
  if (!failed.empty()) {
    constexpr std::size_t kLongest = 2000;  // of what a terminal takes well
    const std::string runs = sweep::runs_text(failed);
    if (runs.size() < kLongest) {
      out.push_back({"failed again", sweep_command("run", folder) + " --runs " + runs});
    }
    out.push_back(
        {"look at one", fmt::format("{} {}", sweep_command("replay", folder), failed.front())});
  }
  const std::vector<std::size_t> tasks =
      array ? sweep::tasks_to_do(status, *array) : std::vector<std::size_t>{};
  if (!tasks.empty()) {
    out.push_back({"as jobs", sweep::again_line(*array, tasks, folder)});
  }
  if (status.done == status.runs.size()) {
    out.push_back({"merge", sweep_command("merge", folder)});
  }
  return out;
}

std::string time_line(const SweepStatus& status) {
  if (status.done == status.runs.size()) return "";
  const std::string pace = status.seconds_a_run > 0.0
                               ? fmt::format("{:.3g} s a run; ", status.seconds_a_run)
                               : std::string();
  if (status.at_once == 0) return pace + "nothing is running\n";
  if (std::isnan(status.seconds_left)) return fmt::format("{} at a time\n", status.at_once);
  return fmt::format("{}about {} left, {} at a time\n", pace, seconds_text(status.seconds_left),
                     status.at_once);
}

std::string at_work_text(const SweepStatus& status) {
  constexpr std::size_t kMost = 4;
  std::string text;
  for (std::size_t i = 0; i < status.at_work.size() && i < kMost; ++i) {
    const sweep::AtWork& process = status.at_work[i];
    const std::string part = scenario::shown(process.shard);
    text += fmt::format("{}process {} on {}{}", i == 0 ? "at work: " : ", ", process.pid,
                        scenario::shown(process.host), part.empty() ? "" : " (" + part + ")");
  }
  const std::size_t all = status.at_work.size();
  if (all > kMost) text += fmt::format(" and {} more", all - kMost);
  return text.empty() ? text : text + '\n';
}

Json at_work_json(const SweepStatus& status) {
  Json out = Json::array();
  for (const sweep::AtWork& process : status.at_work) {
    out.push_back({{"pid", process.pid},
                   {"host", process.host},
                   {"shard", process.shard},
                   {"at_once", process.at_once}});
  }
  return out;
}

std::string screen(const SweepFolder& sweep, const SweepStatus& status, const std::string& folder) {
  constexpr std::size_t kReasons = 12;  // so that it fits a screen
  const auto count = [](std::size_t n) { return count_text(static_cast<double>(n)); };
  std::string text =
      fmt::format("{}: {} runs ({} points, {} replicate{} of each)\n", sweep.plan.study.name,
                  count(sweep.plan.runs()), count(sweep.plan.points.size()),
                  sweep.plan.study.replicates, sweep.plan.study.replicates == 1 ? "" : "s");
  text += fmt::format("{} done, {} failed, {} running, {} left\n", count(status.done),
                      count(status.failed), count(status.running), count(status.left));
  if (status.programs.size() > 1) {
    text += "runs done by different programs, which may give different results\n" +
            programs_text(status);
  }
  text += time_line(status) + at_work_text(status) + reasons_text(status, kReasons);
  if (!status.bad.empty()) text += "not counted, because\n" + damage_text(status);
  if (!status.disagreeing.empty()) {
    text +=
        fmt::format("{}: results that differ, which is a bug\n", runs_words(status.disagreeing));
  }
  for (const Command& command : commands_of(sweep, status, folder)) {
    text += fmt::format("{:<13} {}\n", command.what + ':', command.line);
  }
  return text;
}

const char* state_word(RunState state) {
  switch (state) {
    case RunState::running:
      return "running";
    case RunState::done:
      return "done";
    case RunState::failed:
      return "failed";
    case RunState::left:
      break;
  }
  return "left";
}

std::string replay_of(const std::string& folder, std::size_t run) {
  return fmt::format("{} {}", sweep_command("replay", folder), run);
}

std::string runs_lines(const SweepFolder& sweep, const SweepStatus& status,
                       const std::string& folder) {
  std::string text;
  for (std::size_t run = 0; run < status.runs.size(); ++run) {
    const sweep::RunStanding& standing = status.runs[run];
    if (standing.state == RunState::done) continue;
    text +=
        fmt::format("run {} (point {}, replicate {}): {}\n  {}\n", run, sweep.plan.point_of(run),
                    sweep.plan.replicate_of(run), why_text(standing.why), replay_of(folder, run));
  }
  return text;
}

/// `reason`: the place of each run's among the reasons.
Json not_done(const SweepFolder& sweep, const std::vector<sweep::Reason>& reasons,
              const std::string& folder) {
  std::map<std::size_t, std::size_t> reason_of;
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    for (const std::size_t run : reasons[i].runs) reason_of[run] = i;
  }
  Json out = Json::array();
  for (const auto& [run, reason] : reason_of) {
    out.push_back({{"run", run},
                   {"point", sweep.plan.point_of(run)},
                   {"replicate", sweep.plan.replicate_of(run)},
                   {"state", state_word(reasons[reason].state)},
                   {"reason", reason},
                   {"replay", replay_of(folder, run)}});
  }
  return out;
}

Json json_of(const SweepFolder& sweep, const SweepStatus& status, const std::string& folder) {
  Json out = {{"terrace_sweep_status", 1},
              {"folder", folder},
              {"study", sweep.plan.study.name},
              {"plan_digest", sweep.plan.digest},
              {"points", sweep.plan.points.size()},
              {"replicates", sweep.plan.study.replicates},
              {"runs", sweep.plan.runs()},
              {"done", status.done},
              {"failed", status.failed},
              {"running", status.running},
              {"left", status.left},
              {"complete", status.done == status.runs.size()},
              {"results_more_than_once", status.twice},
              {"seconds_a_run", nullptr},
              {"at_once", status.at_once},
              {"seconds_left", nullptr}};
  if (status.seconds_a_run > 0.0) out["seconds_a_run"] = status.seconds_a_run;
  if (!std::isnan(status.seconds_left)) out["seconds_left"] = status.seconds_left;
  out["programs"] = Json::array();
  for (const auto& [program, runs] : status.programs) {
    out["programs"].push_back({{"program", program}, {"runs", sweep::runs_text(runs)}});
  }
  out["at_work"] = at_work_json(status);
  out["disagreeing"] = status.disagreeing;
  out["damaged"] = Json::array();
  for (const sweep::BadSegment& bad : status.bad) {
    out["damaged"].push_back({{"file", bad.file.string()}, {"why", bad.why}});
  }
  out["reasons"] = Json::array();
  const std::vector<sweep::Reason> reasons = sweep::reasons_of(status);
  for (const sweep::Reason& reason : reasons) {
    out["reasons"].push_back({{"state", state_word(reason.state)},
                              {"why", reason.why},
                              {"runs", sweep::runs_text(reason.runs)}});
  }
  out["not_done"] = not_done(sweep, reasons, folder);
  out["commands"] = Json::object();
  for (const Command& command : commands_of(sweep, status, folder)) {
    std::string key = command.what;
    std::ranges::replace(key, ' ', '_');
    out["commands"][key] = command.line;
  }
  return out;
}

}  // namespace

Exit sweep_status(const SweepStatusOptions& options) {
  const Model model;
  const SweepFolder sweep = open_sweep(options.directory, model);
  const SweepStatus status = sweep::status_of(sweep.path, sweep.plan, sweep.layout.values);
  if (options.json) {
    put(json_text(json_of(sweep, status, options.directory)));
    return Exit::done;
  }
  put(screen(sweep, status, options.directory));
  if (options.verbose) put(runs_lines(sweep, status, options.directory));
  return Exit::done;
}

}  // namespace terrace::cli

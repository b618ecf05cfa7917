// `terrace sweep run`: does the runs of a sweep that have no valid result.
#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <sched.h>

#include "cli/estimate.hpp"
#include "cli/print.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_progress.hpp"
#include "cli/sweep_text.hpp"
#include "cli/verbs.hpp"
#include "parallel/launcher.hpp"
#include "scenario/diagnostic.hpp"
#include "sweep/branch.hpp"
#include "sweep/execute.hpp"
#include "sweep/host.hpp"
#include "sweep/shard.hpp"
#include "sweep/status.hpp"

namespace terrace::cli {
namespace {

/// Which runs of the plan this process is for.
struct Part {
  std::vector<std::size_t> runs;
  std::string name;  ///< `3/7`, `--runs 3,17`, or empty
};

std::string shortened(const std::string& text, std::size_t most) {
  return text.size() <= most ? text : text.substr(0, most) + "...";
}

Part part_of(const SweepRunOptions& options, std::size_t runs) {
  constexpr std::size_t kMostName = 200;
  if (options.shard.empty() && options.runs.empty()) {
    const std::string several = sweep::several_ranks(environment_of_process);
    if (!several.empty()) {
      throw sweep::BadShard(several +
                            ", and each would do all runs: give --shard auto, --shard i/n or "
                            "--runs");
    }
  }
  Part part;
  if (options.runs.empty()) {
    part.runs.resize(runs);
    std::iota(part.runs.begin(), part.runs.end(), std::size_t{0});
  } else {
    part.runs = sweep::read_runs(options.runs, runs);
    part.name = "--runs " + shortened(sweep::runs_text(part.runs), kMostName);
  }
  if (!options.shard.empty()) {
    const sweep::Shard shard = sweep::read_shard(options.shard, environment_of_process);
    part.runs = sweep::part_of(shard, part.runs);
    part.name = fmt::format("{}/{}{}{}", shard.index, shard.count, part.name.empty() ? "" : " of ",
                            part.name);
  }
  return part;
}

/// Those of the runs that have no valid result, each with why it is done.
std::vector<sweep::Todo> to_do(const sweep::SweepStatus& status, const Part& part) {
  std::vector<sweep::Todo> out;
  for (const std::size_t run : part.runs) {
    const sweep::RunStanding& standing = status.runs[run];
    if (standing.state != sweep::RunState::done) out.push_back({run, standing.why});
  }
  return out;
}

/// `25 to do: 22 have no result yet, 3 failed before`: by state, since causes may be many.
std::string reasons_text(const sweep::SweepStatus& status, const std::vector<sweep::Todo>& todo) {
  std::map<sweep::RunState, std::size_t> counts;
  for (const sweep::Todo& t : todo) ++counts[status.runs[t.run].state];
  std::string out = fmt::format("{} to do", todo.size());
  const char* between = ": ";
  for (const auto& [state, count] : counts) {
    const char* words = state == sweep::RunState::failed    ? "failed before"
                        : state == sweep::RunState::running ? "perhaps running elsewhere"
                                                            : "without a result";
    out += fmt::format("{}{} {}", between, count, words);
    between = ", ";
  }
  return out;
}

/// Runs at a time if nobody says: as many as there are cores for this process. Where a launcher has
/// started several, each has its core.
unsigned cores() {
  if (sweep::may_have_ranks_beside(environment_of_process)) return 1;
  cpu_set_t own;
  CPU_ZERO(&own);
  // More cores than such a set has room for are an error here, and all there are.
  if (::sched_getaffinity(0, sizeof(own), &own) != 0) return default_threads();
  return static_cast<unsigned>(std::max(1, CPU_COUNT(&own)));
}

/// How many runs at a time: as asked, or as many as there are cores and as fit into memory.
unsigned runs_at_once(const SweepRunOptions& options, std::size_t todo, double bytes) {
  const double available = available_bytes();
  const double fit = std::floor(available / std::max(bytes, 1.0));
  const auto most = static_cast<unsigned>(std::min<std::size_t>(todo, 1U << 16U));
  if (fit < 1.0) {
    throw Failure(Exit::no_memory,
                  fmt::format("a run needs about {} of memory and {} are free; take a smaller "
                              "sample, or a machine with more",
                              bytes_text(bytes), bytes_text(available)));
  }
  if (options.jobs != 0) {
    const unsigned jobs = std::min(options.jobs, most);
    if (jobs > fit) {
      throw Failure(Exit::no_memory,
                    fmt::format("{} runs at a time need about {} of memory ({} each) and {} are "
                                "free: -j {} fits",
                                jobs, bytes_text(jobs * bytes), bytes_text(bytes),
                                bytes_text(available), fit));
    }
    return jobs;
  }
  const unsigned jobs = std::min(cores(), most);
  if (jobs <= fit) return jobs;
  say(fmt::format("note: {} cores, but memory ({} a run, {} free) for {} runs at a time\n", cores(),
                  bytes_text(bytes), bytes_text(available), fit));
  return static_cast<unsigned>(fit);
}

void say_opening(const SweepFolder& sweep, const Part& part, const sweep::SweepStatus& status,
                 const std::vector<sweep::Todo>& todo, unsigned at_once, double bytes) {
  for (const sweep::BadSegment& bad : status.bad) {
    say(fmt::format("note: {} {}\n", bad.file.string(), bad.why));
  }
  say(fmt::format("{}: {} of {} runs{}, {} done already, {}; {} at a time, about {} each\n",
                  sweep.plan.study.name, part.runs.size(), sweep.plan.runs(),
                  part.name.empty() ? "" : " (" + part.name + ")", part.runs.size() - todo.size(),
                  reasons_text(status, todo), at_once, bytes_text(bytes)));
}

/// Results of two programs in one table would be taken for effects of what the study varies.
void refuse_mixing(const sweep::SweepStatus& status, const SweepRunOptions& options) {
  const std::string own = sweep::program_name();
  const bool alone =
      status.programs.empty() || (status.programs.size() == 1 && status.programs.contains(own));
  if (alone) return;
  const std::string what = fmt::format(
      "other programs have done runs of this sweep:\n{}and this is terrace {}; results are the "
      "same "
      "only if the model has not changed in between\n",
      programs_text(status), own);
  if (!options.allow_mixed) {
    throw Failure(Exit::bad_scenario,
                  what +
                      "go on with the program that began, plan anew into another "
                      "folder, or go on with --allow-mixed");
  }
  if (!options.quiet && !options.json) say("note: " + what);
}

std::vector<std::size_t> numbers_of(const std::vector<sweep::FailedRun>& failed) {
  std::vector<std::size_t> out;
  for (const sweep::FailedRun& run : failed) out.push_back(run.run);
  std::ranges::sort(out);
  return out;
}

/// Whether a failure ended it before its last run.
bool ended_by_fail_fast(const sweep::Executed& done) {
  return !done.stopped && done.counts.left > 0;
}

/// What to type next.
std::string next_command(const SweepRunOptions& options, const sweep::Executed& done,
                         bool whole_plan) {
  constexpr std::size_t kLongest = 2000;  // of what a terminal takes well
  const std::string runs = sweep::runs_text(numbers_of(done.failed));
  if (done.stopped || ended_by_fail_fast(done) || runs.size() > kLongest) return options.command;
  if (runs.empty()) return sweep_command(whole_plan ? "merge" : "status", options.directory);
  return sweep_command("run", options.directory) + " --runs " + runs +
         (options.from.empty() ? "" : " --from " + quoted(options.from));
}

std::string end_text(const sweep::Executed& done, std::size_t runs, std::size_t before,
                     double seconds) {
  return fmt::format("{} of {} runs done ({} now), {} failed, {} left, in {}{}\n",
                     before + done.counts.done, runs, done.counts.done, done.counts.failed,
                     done.counts.left, seconds_text(seconds),
                     ended_by_fail_fast(done) ? "; ended by --fail-fast at the first failure" : "");
}

void say_failed(const std::vector<sweep::FailedRun>& failed) {
  constexpr std::size_t kShown = 10;
  constexpr std::size_t kMostMessage = 300;
  for (std::size_t i = 0; i < std::min(kShown, failed.size()); ++i) {
    say(fmt::format("run {} failed: {}\n", failed[i].run,
                    scenario::shown(failed[i].message, kMostMessage)));
  }
  if (failed.size() > kShown) say(fmt::format("and {} more\n", failed.size() - kShown));
}

void say_end_json(const sweep::Executed& done, std::size_t runs, std::size_t before,
                  double seconds) {
  nlohmann::ordered_json json = {{"event", "end"},
                                 {"runs", runs},
                                 {"done", before + done.counts.done},
                                 {"done_now", done.counts.done},
                                 {"failed", done.counts.failed},
                                 {"left", done.counts.left},
                                 {"stopped", done.stopped},
                                 {"ended_by_fail_fast", ended_by_fail_fast(done)},
                                 {"seconds", seconds},
                                 {"failures", nlohmann::ordered_json::array()}};
  for (const sweep::FailedRun& run : done.failed) {
    json["failures"].push_back({{"run", run.run}, {"message", run.message}});
  }
  say(json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n');
}

std::string note_json(const std::string& message) {
  const nlohmann::ordered_json json = {{"event", "note"}, {"message", message}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

SweepProgress::Form form_of(const SweepRunOptions& options) {
  if (options.json) return SweepProgress::Form::json;
  return options.quiet ? SweepProgress::Form::none : SweepProgress::Form::text;
}

/// States of a baseline that runs go on from. What memory the runs leave may hold them.
std::unique_ptr<sweep::Baseline> open_baseline(const SweepRunOptions& options,
                                               const SweepFolder& sweep, const Part& part,
                                               const Model& model, double run_bytes) {
  if (options.from.empty()) return nullptr;
  auto baseline =
      std::make_unique<sweep::Baseline>(options.from, sweep.path, sweep.plan, sweep.scenarios,
                                        part.runs, model.catalogue, model.vocabulary);
  constexpr double kShare = 0.5;  // of what is left: others need memory too
  const double left = kShare * (available_bytes() - run_bytes);
  baseline->keep_in_memory(static_cast<std::uint64_t>(std::clamp(left, 0.0, 1e18)));
  return baseline;
}

/// Does the runs and says how that ended.
Exit carry_out(const SweepRunOptions& options, const SweepFolder& sweep, const Part& part,
               const std::vector<sweep::Todo>& todo, const sweep::Runs& runs, unsigned at_once,
               bool others_done) {
  const std::size_t before = part.runs.size() - todo.size();
  SweepProgress progress(part.runs.size(), before, form_of(options));
  sweep::ExecuteOptions execute;
  execute.folder = sweep.path;
  execute.at_once = at_once;
  execute.fail_fast = options.fail_fast;
  execute.shard = part.name;
  execute.stop = &StopOnSignals::asked();
  execute.progress = [&](const sweep::Counts& counts) { progress(counts); };
  execute.warn = [&](const std::string& message) {
    progress.clear();
    say(options.json ? note_json(message) : "note: " + message + '\n');
  };
  const sweep::Executed done = sweep::execute(runs, todo, execute);
  progress.clear();
  if (options.json) {
    say_end_json(done, part.runs.size(), before, progress.seconds());
  } else {
    say_failed(done.failed);
    if (!options.quiet) {
      const bool whole = others_done && done.counts.left == 0;
      say(end_text(done, part.runs.size(), before, progress.seconds()) +
          "next: " + next_command(options, done, whole) + '\n');
    }
  }
  if (done.stopped) {
    throw Failure(Exit::stopped, "stopped; what was finished is kept, the same command goes on");
  }
  return done.failed.empty() ? Exit::done : Exit::some_failed;
}

Exit run_part(const SweepRunOptions& options) {
  const StopOnSignals signals;
  const Model model;
  const SweepFolder sweep = open_sweep(options.directory, model);
  const Part part = part_of(options, sweep.plan.runs());
  const sweep::SweepStatus status = status_of(sweep.path, sweep.plan, sweep.layout.values);
  const std::vector<sweep::Todo> todo = to_do(status, part);
  if (!todo.empty()) refuse_mixing(status, options);
  const bool others_done = status.done + todo.size() == sweep.plan.runs();
  const double bytes = bytes_of_a_run(largest_need(sweep.scenarios, model));
  const unsigned at_once = todo.empty() ? 1 : runs_at_once(options, todo.size(), bytes);
  if (!options.quiet && !options.json) {
    say_opening(sweep, part, status, todo, at_once, bytes);
  }
  sweep::Runs runs{sweep.plan, sweep.scenarios, model.catalogue, sweep.layout};
  const auto baseline = open_baseline(options, sweep, part, model, at_once * bytes);
  if (baseline) {
    runs.go_on = [&](const ScenarioSpec& spec, const RunInfo& info, Recorder& to,
                     RunControl& control) { baseline->go_on(spec, info, to, control); };
  }
  return carry_out(options, sweep, part, todo, runs, at_once, others_done);
}

}  // namespace

Exit sweep_run(const SweepRunOptions& options) {
  try {
    return run_part(options);
  } catch (const sweep::BadShard& error) {
    throw Failure(Exit::usage, error.what());
  }
}

}  // namespace terrace::cli

// `terrace sweep replay`: one run of a sweep again, with all that a run writes.
#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include <fmt/core.h>

#include "cli/print.hpp"
#include "cli/run_job.hpp"
#include "cli/stop.hpp"
#include "cli/sweep_folder.hpp"
#include "sweep/host.hpp"
#include "sweep/plan_files.hpp"
#include "sweep/segments.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;

/// The digests that the sweep has of a run, none, one, or where something is wrong several, and a
/// program that gave each.
using Digests = std::map<std::string, std::string>;

Digests digests_of(const SweepFolder& sweep, std::uint64_t run, Log& log) {
  Digests out;
  const auto bad = sweep::read_segments(sweep.path / sweep::kSegmentFolder, sweep.plan.digest,
                                        sweep.layout.values, [&](sweep::RunResult&& result) {
                                          if (result.run == run)
                                            out.emplace(result.digest, result.program);
                                        });
  for (const sweep::BadSegment& segment : bad) {
    log.say("note: " + segment.file.string() + " " + segment.why);
  }
  return out;
}

/// Sets the digest of the run against those that the sweep has.
Exit compare_digests(const Digests& sweeps, const std::string& digest, std::uint64_t run,
                     Log& log) {
  if (sweeps.empty()) {
    log.say(fmt::format("the sweep has no result of run {} yet to compare with", run));
    return Exit::done;
  }
  if (sweeps.size() == 1 && sweeps.contains(digest)) {
    log.say(fmt::format("run {} has the same digest as in the sweep", run));
    return Exit::done;
  }
  std::string all;
  for (const auto& [one, program] : sweeps) {
    all += fmt::format("{}{} (of terrace {})", all.empty() ? "" : " and ", one, program);
  }
  throw Failure(
      Exit::not_met,
      fmt::format("run {} has the digest {} here (of terrace {}), but the sweep's result has {}: "
                  "they are of different programs, or this is a bug",
                  run, digest, sweep::program_name(), all));
}

RunOptions options_of(const SweepReplayOptions& options, const sweep::Plan& plan) {
  RunOptions out;
  out.directory = options.output;
  if (out.directory.empty()) {
    out.directory =
        (fs::path("results") / fmt::format("{}-run-{}", plan.study.name, options.run)).string();
  }
  out.threads = options.threads;
  out.force = options.force;
  out.quiet = options.quiet;
  out.command = options.command;
  return out;
}

}  // namespace

Exit sweep_replay(const SweepReplayOptions& options) {
  const StopOnSignals signals;
  const Model model;
  const SweepFolder sweep = open_sweep(options.directory, model);
  const sweep::Plan& plan = sweep.plan;
  if (options.run >= plan.runs()) {
    throw Failure(Exit::usage, fmt::format("{} has no run {}; its runs are 0 to {}",
                                           options.directory, options.run, plan.runs() - 1));
  }
  const auto number = static_cast<std::size_t>(options.run);
  const ScenarioSpec spec = sweep::scenario_of(plan, sweep.scenarios, number);
  const std::string resolved = scenario::resolved_yaml(spec, model.vocabulary);
  const RunOptions run = options_of(options, plan);
  const unsigned threads = threads_of(run);
  const Estimate need = estimate(spec, model, threads);
  refuse_what_does_not_fit(need);

  Log log(run);
  log.say(fmt::format("run {} of {}: point {}, replicate {}", options.run, plan.study.name,
                      plan.point_of(number), plan.replicate_of(number)));
  log.say(opening(spec, need, threads));
  const auto before = digests_of(sweep, options.run, log);
  record::RunDirectory directory(run.directory, resolved, run.force);
  Job job{run, model, spec, resolved, directory, log, threads};
  carry_out(job);
  return compare_digests(before, job.digest, options.run, log);
}

}  // namespace terrace::cli

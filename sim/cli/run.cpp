// `terrace run` and `terrace resume`: a scenario in, a folder of results out.
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <fmt/core.h>

#include <terrace/digest.hpp>
#include <terrace/simulation.hpp>
#include <terrace/version.hpp>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "cli/stop.hpp"
#include "cli/summary.hpp"
#include "cli/verbs.hpp"
#include "parallel/thread_runner.hpp"
#include "record/run_directory.hpp"

namespace terrace::cli {
namespace {

// What is said to the user, and kept for log.txt.
class Log {
 public:
  explicit Log(bool quiet) : quiet_(quiet) {}
  void say(const std::string& line) {
    text_ += line + '\n';
    if (!quiet_) cli::say(line + "\n");
  }
  void keep(const std::string& line) { text_ += line + '\n'; }
  const std::string& text() const { return text_; }

 private:
  bool quiet_;
  std::string text_;
};

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  if (::gmtime_r(&now, &utc) == nullptr) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

std::filesystem::path results_folder(const RunOptions& options, const ScenarioSpec& spec,
                                     const std::string& resolved) {
  if (!options.directory.empty()) return options.directory;
  constexpr std::size_t kDigits = 8;
  Digest digest;
  digest.add(resolved);
  return std::filesystem::path("results") / (spec.name + '-' + digest.hex().substr(0, kDigits));
}

void refuse_what_does_not_fit(const Estimate& need) {
  const double available = available_bytes();
  if (need.bytes() <= available) return;
  throw Failure(
      Exit::no_memory,
      fmt::format("the run needs about {} of memory and {} are free: {} households, {} of results; "
                  "take a smaller sample, fewer replicates or fewer indicators",
                  bytes_text(need.bytes()), bytes_text(available), count_text(need.households),
                  bytes_text(need.result_bytes)));
}

std::string opening(const ScenarioSpec& spec, const Estimate& need, unsigned threads) {
  return fmt::format(
      "{}{}: about {} households in {} counties, {} to {}, {}, {}, {}", spec.name,
      spec.title.empty() ? "" : " (" + spec.title + ")", count_text(need.households), need.counties,
      year_of(spec.start), year_of(spec.end),
      spec.replicates == 1 ? "1 replicate" : fmt::format("{} replicates", spec.replicates),
      threads == 1 ? "1 thread" : fmt::format("{} threads", threads), bytes_text(need.bytes()));
}

record::Provenance provenance_of(const RunOptions& options, const ScenarioSpec& spec,
                                 const RunOutcome& outcome) {
  record::Provenance out;
  out.results_digest = outcome.digest;
  out.group_digests = outcome.group_digests;
  out.scenario_name = spec.name;
  out.scenario_title = spec.title;
  out.command = options.command;
  out.version = std::string(kVersion);
  out.commit = std::string(commit());
  out.seed = spec.seed;
  out.replicates = spec.replicates;
  out.fit_report = outcome.fit_report;
  out.households = outcome.households;
  out.persons = outcome.persons;
  return out;
}

/// What `run` and `resume` share once the scenario and the folder are there.
struct Job {
  const RunOptions& options;
  const Model& model;
  const ScenarioSpec& spec;
  const std::string& resolved;
  record::RunDirectory& directory;
  Log& log;
  std::string started;
  unsigned threads;
};

std::string size_line(const RunOutcome& outcome, double seconds) {
  const double households = static_cast<double>(outcome.households);
  return fmt::format("simulated {} households ({} persons) in {}, {:.0f} bytes a household",
                     count_text(households), count_text(static_cast<double>(outcome.persons)),
                     seconds_text(seconds),
                     static_cast<double>(outcome.bytes) / std::max(1.0, households));
}

void publish(Job& job, const record::MemoryRecorder& results, const RunOutcome& outcome,
             double seconds) {
  job.log.keep(outcome.fit_report);
  if (job.options.verbose) say(outcome.fit_report + "\n");
  job.log.say(size_line(outcome, seconds));
  std::vector<std::string> modules;
  for (const PolicyEntry& entry : job.model.catalogue.entries()) {
    modules.emplace_back(entry.info.name);
  }
  const std::string table = summary(results, modules);
  job.log.keep(table);
  record::Provenance provenance = provenance_of(job.options, job.spec, outcome);
  provenance.resolved_yaml = job.resolved;
  provenance.threads = static_cast<int>(job.threads);
  provenance.seconds = seconds;
  provenance.started_utc = job.started;
  provenance.log = job.log.text();
  job.directory.publish(results, provenance);
  if (!job.options.quiet) {
    say(fmt::format("\n{}\nresults in {}\n", table, job.directory.path().string()));
  }
  put("digest: " + outcome.digest + "\n");
}

Exit carry_out(Job& job, std::span<const std::byte> checkpoint) {
  record::MemoryRecorder results;
  ThreadRunner runner(job.threads);
  Progress progress(job.spec, job.options.quiet);
  RunControl control;
  control.stop = &StopOnSignals::asked();
  control.progress = [&](std::uint32_t replicate, int year, std::size_t done, std::size_t all) {
    progress(replicate, year, done, all);
  };
  control.save = [&](std::span<const std::byte> state) {
    job.directory.save_checkpoint(job.resolved, state);
  };
  control.resume = checkpoint;
  const RunOutcome outcome = run_scenario(job.spec, job.model.catalogue, runner, results, control);
  progress.clear();
  if (outcome.bad_checkpoint) {
    throw record::BadCheckpoint((job.directory.path() / record::kCheckpoint).string() +
                                " does not fit the scenario beside it");
  }
  if (!outcome.finished) {
    throw Failure(Exit::stopped, "stopped; `terrace resume " + job.directory.path().string() +
                                     "` goes on from here");
  }
  publish(job, results, outcome, progress.seconds());
  return Exit::done;
}

void open_log(Log& log, const RunOptions& options, const std::string& started) {
  log.keep(options.command);
  log.keep("started " + started);
}

}  // namespace

Exit run(const RunOptions& options) {
  const StopOnSignals signals;
  const Model model;
  scenario::Loaded loaded = load(options.input, model);
  const ScenarioSpec& spec = loaded.spec;
  const std::string resolved = scenario::resolved_yaml(spec, model.vocabulary);
  const Estimate need = estimate(spec, model.indicators.size(), model.targeting.size());
  refuse_what_does_not_fit(need);
  const unsigned threads = options.threads != 0 ? options.threads : default_threads();

  Log log(options.quiet);
  const std::string started = utc_now();
  open_log(log, options, started);
  for (const std::string& note : loaded.notes) {  // `terrace check` says them too
    options.verbose ? log.say("note: " + note) : log.keep("note: " + note);
  }
  log.say(opening(spec, need, threads));
  record::RunDirectory directory(results_folder(options, spec, resolved), resolved, options.force);
  Job job{options, model, spec, resolved, directory, log, started, threads};
  return carry_out(job, {});
}

Exit resume(const RunOptions& options) {
  const StopOnSignals signals;
  const Model model;
  record::RunDirectory directory = record::RunDirectory::reopen(options.directory);
  const std::filesystem::path file = directory.path() / "scenario.resolved.yaml";
  ScenarioOptions input;
  input.scenario = file.string();
  scenario::Loaded loaded = load(input, model);
  const ScenarioSpec& spec = loaded.spec;
  const std::string resolved = record::read_file(file);
  const Estimate need = estimate(spec, model.indicators.size(), model.targeting.size());
  refuse_what_does_not_fit(need);
  const std::vector<std::byte> checkpoint = directory.load_checkpoint(resolved);
  const unsigned threads = options.threads != 0 ? options.threads : default_threads();

  Log log(options.quiet);
  const std::string started = utc_now();
  open_log(log, options, started);
  log.say(opening(spec, need, threads));
  log.say(checkpoint.empty() ? "no checkpoint: starting from the beginning"
                             : "resumed from the checkpoint");
  Job job{options, model, spec, resolved, directory, log, started, threads};
  return carry_out(job, checkpoint);
}

}  // namespace terrace::cli

#include "cli/run_job.hpp"

#include <algorithm>
#include <ctime>
#include <functional>
#include <optional>
#include <vector>

#include <fmt/core.h>
#if defined(__GLIBC__)
#include <malloc.h>
#endif

#include <terrace/simulation.hpp>
#include <terrace/version.hpp>

#include "cli/print.hpp"
#include "cli/progress.hpp"
#include "cli/stop.hpp"
#include "cli/summary.hpp"
#include "engine/nowhere.hpp"
#include "engine/record_digest.hpp"
#include "engine/run_info.hpp"
#include "engine/world.hpp"
#include "parallel/counted_ranks.hpp"
#include "parallel/thread_runner.hpp"
#include "scenario/resolved_keys.hpp"

namespace terrace::cli {
namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  if (::gmtime_r(&now, &utc) == nullptr) return {};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

record::Provenance provenance_of(const Job& job, const RunOutcome& outcome, double seconds) {
  record::Provenance out;
  out.results_digest = outcome.digest;
  out.group_digests = outcome.group_digests;
  out.scenario_name = job.spec.name;
  out.scenario_title = job.spec.title;
  out.resolved_yaml = job.resolved;
  out.command = job.options.command;
  out.version = std::string(kVersion);
  out.commit = std::string(commit());
  out.seed = job.spec.seed;
  out.replicates = job.spec.replicates;
  out.first_replicate = job.spec.first_replicate;
  out.threads = static_cast<int>(job.threads);
  out.ranks = job.ranks == nullptr ? 1 : static_cast<int>(job.ranks->count());
  out.seconds = seconds;
  out.started_utc = job.log.started();
  out.fit_report = outcome.fit_report;
  out.households = outcome.households;
  out.persons = outcome.persons;
  return out;
}

std::string size_line(const RunOutcome& outcome, double seconds, bool resumed) {
  const double households = static_cast<double>(outcome.households);
  return fmt::format("simulated {} households ({} persons) in {}{}, {:.0f} bytes a household",
                     count_text(households), count_text(static_cast<double>(outcome.persons)),
                     seconds_text(seconds), resumed ? " since it was resumed" : "",
                     static_cast<double>(outcome.bytes) / std::max(1.0, households));
}

/// What the ranks told each other, the start with its people included.
std::string exchange_line(const CountedRanks& ranks) {
  return fmt::format(
      "{} ranks: each was told {} by all, {} of states went by the first, which spent {} on "
      "telling "
      "and on waiting for others",
      ranks.count(), bytes_text(static_cast<double>(ranks.gathered())),
      bytes_text(static_cast<double>(ranks.passed())), seconds_text(ranks.seconds()));
}

// The allocator keeps what was freed; without this the run would count twice over.
void return_free_memory() {
#if defined(__GLIBC__)
  ::malloc_trim(0);
#endif
}

/// How an unfinished run goes on, and where results wait that it was to replace.
std::string how_to_go_on(const Job& job, bool from_here) {
  std::string out =
      fmt::format("`terrace resume {}` {}", job.directory.path().string(),
                  from_here ? "goes on from the last checkpoint" : "starts from the beginning");
  const std::filesystem::path earlier = job.directory.earlier_results();
  if (!earlier.empty()) {
    out += fmt::format("; the results that it replaces wait in {} until it is finished",
                       earlier.string());
  }
  return out;
}

[[noreturn]] void end_stopped(Job& job, const record::RunJournal& journal) {
  job.directory.keep();
  throw Failure(Exit::stopped, "stopped; " + how_to_go_on(job, journal.saved_any()));
}

/// Hands the records to `results`, which must be those that the run had the digest of: a folder's
/// files may each be whole and yet come from several runs.
void replay(const record::RunJournal& journal, const RunOutcome& outcome,
            const std::function<void()>& between, record::MemoryRecorder& results) {
  engine::DigestRecorder digests(results);
  journal.replay(digests, between);
  if (digests.digest() == outcome.digest) return;
  throw record::BadCheckpoint(
      "the records in the run's folder are not those of its states: they give the digest " +
      digests.digest() + " instead of " + outcome.digest);
}

void publish(Job& job, const record::RunJournal& journal, const RunOutcome& outcome,
             double seconds) {
  // A stop costs nothing here: all states are saved, and `resume` publishes.
  const auto between = [&] {
    if (StopOnSignals::asked()) end_stopped(job, journal);
  };
  // The state is gone by now: it and the results are never in memory together.
  return_free_memory();
  record::MemoryRecorder results;
  replay(journal, outcome, between, results);
  return_free_memory();
  job.log.keep(outcome.fit_report);
  if (job.options.verbose) say(outcome.fit_report + "\n");
  job.log.say(size_line(outcome, seconds, job.resumed));
  std::vector<std::string> modules;
  for (const PolicyEntry& entry : job.model.catalogue.entries()) {
    modules.emplace_back(entry.info.name);
  }
  const std::string table = summary(results, modules);
  job.log.keep(table);
  record::Provenance provenance = provenance_of(job, outcome, seconds);
  provenance.log = job.log.text();
  provenance.branched_from = journal.branched().scenario_digest;
  provenance.branched_year = journal.branched().year;
  job.directory.publish(results, provenance, between);
  if (!job.options.quiet) {
    say(fmt::format("\n{}\nresults in {}\n", table, job.directory.path().string()));
  }
  job.digest = outcome.digest;
  put("digest: " + outcome.digest + "\n");
}

/// Years of each replicate that are done already.
std::vector<int> years_done(const record::RunJournal& journal, const ScenarioSpec& spec) {
  std::vector<int> years;
  for (std::uint32_t r = 0; r < spec.replicates; ++r) {
    const auto& at = journal.standing(r);
    years.push_back(at ? at->year - year_of(spec.start) : 0);
  }
  return years;
}

std::string where_it_goes_on(const record::RunJournal& journal, const ScenarioSpec& spec) {
  if (!journal.saved_any()) return "no checkpoint: starting from the beginning";
  const int start = year_of(spec.start);
  const std::vector<int> years = years_done(journal, spec);
  const auto [first, last] = std::ranges::minmax(years);
  if (first > year_of(spec.end) - start) return "resumed: all years are done";
  if (first == last) return fmt::format("resumed from the checkpoint in {}", start + first);
  return fmt::format("resumed from the checkpoints of {} replicates, in {} to {}", years.size(),
                     start + first, std::min(start + last, year_of(spec.end)));
}

/// Something could not be written or read.
[[noreturn]] void end_failed(const Job& job, const record::RunJournal& journal,
                             const record::IoError& error) {
  std::string what = error.what();
  if (journal.saved_any()) what += "; once that is mended, " + how_to_go_on(job, true);
  throw Failure(Exit::input_output, what);
}

/// Says how a run ended that did not finish.
[[noreturn]] void end_unfinished(Job& job, const record::RunJournal& journal) {
  if (journal.saved_any()) job.directory.keep();
  try {
    journal.rethrow();
  } catch (const record::IoError& error) {
    end_failed(job, journal, error);
  }
  end_stopped(job, journal);
}

void open_journal(Job& job, record::RunJournal& journal) {
  journal.open();
  if (!job.resumed) return;
  if (journal.branched().year > 0) {
    job.log.say(
        fmt::format("branched off in January {} from another run", journal.branched().year));
  }
  job.log.say(where_it_goes_on(journal, job.spec));
}

RunOutcome advance(const ScenarioSpec& spec, const Model& model, unsigned threads,
                   Recorder& recorder, RunControl& control) {
  ThreadRunner runner(threads);
  control.stop = &StopOnSignals::asked();
  return run_scenario(spec, model.catalogue, runner, recorder, control);
}

void finish(Job& job, const record::RunJournal& journal, const RunOutcome& outcome,
            double seconds) {
  if (outcome.bad_checkpoint) {
    journal.rethrow();
    throw record::BadCheckpoint((job.directory.path() / record::kCheckpoint).string() +
                                " does not fit the scenario beside it");
  }
  // What could not be written in the last year shows only here.
  if (!outcome.finished || journal.failed()) end_unfinished(job, journal);
  // Should the results not fit on the disk, the finished run can still be published from its
  // records.
  if (journal.saved_any()) job.directory.keep();
  try {
    publish(job, journal, outcome, seconds);
  } catch (const record::IoError& error) {
    if (job.directory.published()) throw;
    end_failed(job, journal, error);
  }
}

/// A step that other ranks wait for, if there are any.
void together(const Job& job, const std::function<void()>& step) {
  job.ranks == nullptr ? step() : job.ranks->step(step);
}

}  // namespace

Log::Log(const RunOptions& options, bool first)
    : quiet_(options.quiet || !first), started_(utc_now()) {
  keep(options.command);
  keep("started " + started_);
}

void Log::say(const std::string& line) {
  text_ += line + '\n';
  if (!quiet_) cli::say(line + "\n");
}

unsigned threads_of(const RunOptions& options) {
  return options.threads != 0 ? options.threads : default_threads();
}

unsigned threads_of(const RunOptions& options, const RunRanks& ranks) {
  return options.threads == 0 && !ranks.alone() ? ranks.threads() : threads_of(options);
}

void expect_one_run(const std::string& resolved, RunRanks& ranks) {
  ranks.expect_same("version and commit of the program",
                    std::string(kVersion) + ' ' + std::string(commit()) + engine::state_layout());
  ranks.expect_same("scenario and data", resolved);
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

std::string opening(const ScenarioSpec& spec, const Estimate& need, unsigned threads,
                    std::size_t ranks) {
  std::string workers = threads == 1 ? "1 thread" : fmt::format("{} threads", threads);
  if (ranks > 1) workers = fmt::format("{} ranks, {} each", ranks, workers);
  return fmt::format(
      "{}{}: about {} households in {} counties, {} to {}, {}, {}, {}{}", spec.name,
      spec.title.empty() ? "" : " (" + spec.title + ")", count_text(need.households), need.counties,
      year_of(spec.start), year_of(spec.end),
      spec.replicates == 1 ? "1 replicate" : fmt::format("{} replicates", spec.replicates), workers,
      bytes_text(need.bytes()), ranks > 1 ? " on the first rank" : "");
}

record::JournalRun journal_run(const Model& model, const ScenarioSpec& spec,
                               const std::string& resolved) {
  return {resolved,
          engine::info_of(spec, model.catalogue),
          spec.output,
          {std::string(kVersion), engine::state_layout()},
          [](const std::string& there, const std::string& here) {
            return scenario::differences_text(scenario::differing_keys(there, here));
          }};
}

Exit take_part(const ScenarioSpec& spec, const Model& model, unsigned threads, RunRanks& ranks) {
  ranks.step([] {});         // the first rank opens its journal
  engine::Nowhere recorder;  // the first has the results
  RunControl control;
  control.ranks = &ranks.all();
  advance(spec, model, threads, recorder, control);
  return_free_memory();  // the first rank may need it for the results
  ranks.step([] {});     // the first rank publishes
  return Exit::done;
}

Exit carry_out(Job& job) {
  std::optional<record::RunJournal> journal;
  together(job, [&] {
    journal.emplace(job.directory.path(), journal_run(job.model, job.spec, job.resolved),
                    StopOnSignals::ask);
    open_journal(job, *journal);
  });
  Progress progress(job.spec, years_done(*journal, job.spec), job.options.quiet);
  RunControl control;
  journal->attach(control);
  std::optional<CountedRanks> ranks;
  if (job.ranks != nullptr && !job.ranks->alone()) {
    control.ranks = &ranks.emplace(job.ranks->all());
  }
  control.progress = [&](std::uint32_t replicate, int year, std::size_t done, std::size_t all) {
    progress(replicate - job.spec.first_replicate, year, done, all);
  };
  const RunOutcome outcome =
      advance(job.spec, job.model, job.threads, journal->recorder(), control);
  progress.clear();
  if (ranks) job.log.say(exchange_line(*ranks));
  together(job, [&] { finish(job, *journal, outcome, progress.seconds()); });
  return Exit::done;
}

}  // namespace terrace::cli

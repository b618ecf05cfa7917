// What `run` and `resume` share once the scenario and the folder are there.
#pragma once

#include <optional>
#include <string>

#include <terrace/scenario.hpp>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/ranks.hpp"
#include "cli/verbs.hpp"
#include "record/run_directory.hpp"
#include "record/run_journal.hpp"

namespace terrace::cli {

/// What is said to the user, and kept for log.txt.
class Log {
 public:
  /// Only the `first` rank of a run has anything to say.
  explicit Log(const RunOptions& options, bool first = true);
  void say(const std::string& line);
  void keep(const std::string& line) { text_ += line + '\n'; }
  const std::string& text() const { return text_; }
  const std::string& started() const { return started_; }

 private:
  bool quiet_;
  std::string started_;
  std::string text_;
};

struct Job {
  const RunOptions& options;
  const Model& model;
  const ScenarioSpec& spec;
  const std::string& resolved;
  record::RunDirectory& directory;
  Log& log;
  unsigned threads;
  bool resumed = false;
  std::string digest{};       ///< of the results, once they are published
  RunRanks* ranks = nullptr;  ///< null: this process is alone
};

/// Of each rank: as many as were asked for, or its part of the machine's cores.
unsigned threads_of(const RunOptions& options, const RunRanks& ranks);
unsigned threads_of(const RunOptions& options);

/// What the run needs on this rank.
Estimate estimate_of_rank(const ScenarioSpec& spec, const Model& model, unsigned threads,
                          RunRanks& ranks);

/// Throws Failure where the run needs more memory than there is.
void refuse_what_does_not_fit(const Estimate& need);
/// The same on each machine, for the ranks there together.
void refuse_what_does_not_fit(const Estimate& need, RunRanks& ranks);

/// Throws Failure unless all ranks are of one program and read the same scenario.
void expect_one_run(const std::string& resolved, RunRanks& ranks);

/// One line on what is about to run.
std::string opening(const ScenarioSpec& spec, const Estimate& need, unsigned threads,
                    std::size_t ranks = 1);

/// What a run's folder has to know of it.
record::JournalRun journal_run(const Model& model, const ScenarioSpec& spec,
                               const std::string& resolved);

/// Runs from where the folder stands to the end, and publishes. Of several ranks the first calls
/// it, the others take_part(), at the same time.
Exit carry_out(Job& job);
/// Runs the counties of this rank. The first has the folder, the records and the results.
Exit take_part(const ScenarioSpec& spec, const Model& model, unsigned threads, RunRanks& ranks);

}  // namespace terrace::cli

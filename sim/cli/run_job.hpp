// What `run` and `resume` share once the scenario and the folder are there.
#pragma once

#include <optional>
#include <string>

#include <terrace/scenario.hpp>

#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/verbs.hpp"
#include "record/run_directory.hpp"
#include "record/run_journal.hpp"

namespace terrace::cli {

/// What is said to the user, and kept for log.txt.
class Log {
 public:
  explicit Log(const RunOptions& options);
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
};

unsigned threads_of(const RunOptions& options);

/// Throws Failure where the run needs more memory than there is.
void refuse_what_does_not_fit(const Estimate& need);

/// One line on what is about to run.
std::string opening(const ScenarioSpec& spec, const Estimate& need, unsigned threads);

/// What a run's folder has to know of it.
record::JournalRun journal_run(const Model& model, const ScenarioSpec& spec,
                               const std::string& resolved);

/// Runs from where the folder stands to the end, and publishes.
Exit carry_out(Job& job);

}  // namespace terrace::cli

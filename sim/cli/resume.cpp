// `terrace resume`: a run that was stopped or killed goes on to the same results.
#include <filesystem>
#include <optional>
#include <string>

#include "cli/run_job.hpp"
#include "cli/stop.hpp"

namespace terrace::cli {
namespace {

/// On the first rank only, so it is opened later than it is declared; it cannot be moved.
struct Folder {
  explicit Folder(const std::string& name) : directory(record::RunDirectory::reopen(name)) {}
  record::RunDirectory directory;
};

Exit resume_here(const RunOptions& options, RunRanks& ranks) {
  const StopOnSignals signals;
  const Model model;
  std::optional<Folder> folder;
  ranks.first_step([&] { folder.emplace(options.directory); });
  const std::filesystem::path file =
      std::filesystem::absolute(options.directory) / "scenario.resolved.yaml";
  ScenarioOptions input;
  input.scenario = file.string();
  std::optional<scenario::Loaded> loaded;
  std::string resolved;
  ranks.first_then_others([&] {
    loaded.emplace(load(input, model));
    resolved = record::read_file(file);
  });
  expect_one_run(resolved, ranks);
  const unsigned threads = threads_of(options, ranks);
  const Estimate need = estimate_of_rank(loaded->spec, model, threads, ranks);
  refuse_what_does_not_fit(need, ranks);
  Log log(options, ranks.first());
  for (const std::string& note : loaded->notes) {
    options.verbose ? log.say("note: " + note) : log.keep("note: " + note);
  }
  log.say(opening(loaded->spec, need, threads, ranks.count()));
  if (!ranks.first()) return take_part(loaded->spec, model, threads, ranks);
  Job job{options, model, loaded->spec, resolved, folder->directory, log, threads, true};
  job.ranks = &ranks;
  return carry_out(job);
}

}  // namespace

Exit resume(const RunOptions& options) {
  RunRanks ranks;
  return ranks.run([&] { return resume_here(options, ranks); });
}

}  // namespace terrace::cli

// `terrace resume`: a run that was stopped or killed goes on to the same results.
#include <filesystem>

#include "cli/run_job.hpp"
#include "cli/stop.hpp"

namespace terrace::cli {

Exit resume(const RunOptions& options) {
  const StopOnSignals signals;
  const Model model;
  record::RunDirectory directory = record::RunDirectory::reopen(options.directory);
  const std::filesystem::path file = directory.path() / "scenario.resolved.yaml";
  ScenarioOptions input;
  input.scenario = file.string();
  const scenario::Loaded loaded = load(input, model);
  const std::string resolved = record::read_file(file);
  const unsigned threads = threads_of(options);
  const Estimate need = estimate(loaded.spec, model, threads);
  refuse_what_does_not_fit(need);
  Log log(options);
  for (const std::string& note : loaded.notes) {
    options.verbose ? log.say("note: " + note) : log.keep("note: " + note);
  }
  log.say(opening(loaded.spec, need, threads));
  Job job{options, model, loaded.spec, resolved, directory, log, threads, true};
  return carry_out(job);
}

}  // namespace terrace::cli

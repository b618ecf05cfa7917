// `terrace run`: a scenario in, a folder of results out.
#include <filesystem>
#include <optional>
#include <string>

#include <fmt/core.h>

#include <terrace/digest.hpp>

#include "cli/branch.hpp"
#include "cli/run_job.hpp"
#include "cli/stop.hpp"

namespace terrace::cli {
namespace {

std::filesystem::path results_folder(const RunOptions& options, const ScenarioSpec& spec,
                                     const std::string& resolved) {
  if (!options.directory.empty()) return options.directory;
  constexpr std::size_t kDigits = 8;
  Digest digest;
  digest.add(resolved);
  return std::filesystem::path("results") / (spec.name + '-' + digest.hex().substr(0, kDigits));
}

}  // namespace

Exit run(const RunOptions& options) {
  const StopOnSignals signals;
  const Model model;
  const scenario::Loaded loaded = load(options.input, model);
  const ScenarioSpec& spec = loaded.spec;
  const std::string resolved = scenario::resolved_yaml(spec, model.vocabulary);
  const unsigned threads = threads_of(options);
  const Estimate need = estimate(spec, model, threads);
  refuse_what_does_not_fit(need);

  Log log(options);
  for (const std::string& note : loaded.notes) {  // `terrace check` says them too
    options.verbose ? log.say("note: " + note) : log.keep("note: " + note);
  }
  log.say(opening(spec, need, threads));
  std::optional<record::BranchSource> source;
  std::function<void(const std::filesystem::path&)> fill;
  if (!options.from.empty()) {
    source = open_branch(options.from, spec, model.catalogue, journal_run(model, spec, resolved));
    log.say(fmt::format("branched off in January {} from {}", source->year(), options.from));
    fill = [&](const std::filesystem::path& directory) { source->fill(directory); };
  }
  record::RunDirectory directory(results_folder(options, spec, resolved), resolved, options.force,
                                 fill);
  Job job{options, model, spec, resolved, directory, log, threads};
  return carry_out(job);
}

}  // namespace terrace::cli

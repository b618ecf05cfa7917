// `terrace run`: a scenario in, a folder of results out.
#include <filesystem>
#include <memory>
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

/// Makes the folder; with `--from` it holds what the run goes on from.
void open_folder(const RunOptions& options, const Model& model, const ScenarioSpec& spec,
                 const std::string& resolved, Log& log,
                 std::unique_ptr<record::RunDirectory>& directory) {
  std::optional<record::BranchSource> source;
  std::function<void(const std::filesystem::path&)> fill;
  if (!options.from.empty()) {
    source = open_branch(options.from, spec, model.catalogue, journal_run(model, spec, resolved));
    log.say(fmt::format("branched off in January {} from {}", source->year(), options.from));
    fill = [&](const std::filesystem::path& folder) { source->fill(folder); };
  }
  directory = std::make_unique<record::RunDirectory>(results_folder(options, spec, resolved),
                                                     resolved, options.force, fill);
}

Exit run_here(const RunOptions& options, RunRanks& ranks) {
  const StopOnSignals signals;
  const Model model;
  std::optional<scenario::Loaded> loaded;
  ranks.first_then_others([&] { loaded.emplace(load(options.input, model)); });
  const ScenarioSpec& spec = loaded->spec;
  const std::string resolved = scenario::resolved_yaml(spec, model.vocabulary);
  expect_one_run(resolved, ranks);
  const unsigned threads = threads_of(options, ranks);
  const Estimate need = estimate_of_rank(spec, model, threads, ranks);
  refuse_what_does_not_fit(need, ranks);

  Log log(options, ranks.first());
  for (const std::string& note : loaded->notes) {  // `terrace check` says them too
    options.verbose ? log.say("note: " + note) : log.keep("note: " + note);
  }
  log.say(opening(spec, need, threads, ranks.count()));
  std::unique_ptr<record::RunDirectory> directory;
  ranks.first_step([&] { open_folder(options, model, spec, resolved, log, directory); });
  if (!ranks.first()) return take_part(spec, model, threads, ranks);
  Job job{options, model, spec, resolved, *directory, log, threads};
  job.ranks = &ranks;
  return carry_out(job);
}

}  // namespace

Exit run(const RunOptions& options) {
  RunRanks ranks;
  return ranks.run([&] { return run_here(options, ranks); });
}

}  // namespace terrace::cli

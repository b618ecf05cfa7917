// The public way to write a run's folder: what `terrace run` does, but for journal and checkpoints.
#include <array>
#include <chrono>
#include <ctime>

#include <terrace/run_folder.hpp>
#include <terrace/version.hpp>

#include "record/memory_recorder.hpp"
#include "record/provenance.hpp"
#include "record/run_directory.hpp"

namespace terrace {

namespace {

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  if (::gmtime_r(&now, &utc) == nullptr) return {};
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return {text.data(), length};
}

}  // namespace

RunOutcome run_to_folder(const ScenarioFile& file, const PolicyCatalogue& catalogue,
                         CountyRunner& runner, const std::filesystem::path& folder,
                         const RunFolderOptions& options) {
  record::RunDirectory directory(folder, file.resolved, options.force);
  record::Provenance provenance;
  provenance.started_utc = utc_now();
  const auto begin = std::chrono::steady_clock::now();
  record::MemoryRecorder results;
  RunOutcome outcome = run_scenario(file.spec, catalogue, runner, results);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  provenance.results_digest = outcome.digest;
  provenance.group_digests = outcome.group_digests;
  provenance.scenario_name = file.spec.name;
  provenance.scenario_title = file.spec.title;
  provenance.resolved_yaml = file.resolved;
  provenance.command = options.command;
  provenance.version = std::string(kVersion);
  provenance.commit = std::string(commit());
  provenance.seed = file.spec.seed;
  provenance.replicates = file.spec.replicates;
  provenance.first_replicate = file.spec.first_replicate;
  provenance.threads = static_cast<int>(runner.workers());
  provenance.seconds = seconds.count();
  provenance.log = options.command + "\nstarted " + provenance.started_utc + '\n';
  provenance.fit_report = outcome.fit_report;
  provenance.households = outcome.households;
  provenance.persons = outcome.persons;
  directory.publish(results, provenance);
  return outcome;
}

}  // namespace terrace

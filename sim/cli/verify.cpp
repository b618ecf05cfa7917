// `terrace verify`: checks the files of a run, or of a sweep, against their checksums and against
// each other.
#include "record/verify.hpp"

#include <filesystem>
#include <string>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "cli/estimate.hpp"
#include "cli/print.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_text.hpp"
#include "cli/verbs.hpp"
#include "record/frames.hpp"
#include "record/sweep_file.hpp"
#include "sweep/plan_files.hpp"
#include "sweep/status.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json as_json(const std::vector<record::Finding>& findings) {
  Json out = Json::array();
  for (const record::Finding& finding : findings) {
    out.push_back({{"file", finding.file}, {"what", finding.what}});
  }
  return out;
}

/// Of a sweep's merged file. Its plan's digest, unless it is empty, must be this one.
void check_merged(const fs::path& path, const std::string& plan, record::Verdict& verdict) {
  const record::MergedFacts facts = record::check_merged(path);
  ++verdict.files;
  verdict.bytes += facts.bytes;
  const std::string name = path.filename().string();
  if (!facts.fault.empty()) {
    verdict.faults.push_back({name, facts.fault});
    return;
  }
  if (!plan.empty() && facts.plan_digest != plan) {
    verdict.faults.push_back({name, "is of another plan"});
  }
  if (facts.done < facts.runs) {
    verdict.notes.push_back(
        {name, fmt::format("has results of {} of its {} runs", facts.done, facts.runs)});
  }
}

/// Those of a sweep that were read: the plan and the results of runs.
void count_files(const fs::path& folder, record::Verdict& verdict) {
  const auto count = [&](const fs::path& path) {
    ++verdict.files;
    verdict.bytes += fs::file_size(path);
  };
  count(folder / sweep::kPlan);
  count(folder / sweep::kTable);
  for (const fs::path& part : {folder / sweep::kScenarios, folder / sweep::kSegmentFolder}) {
    if (!fs::exists(part)) continue;
    for (const auto& entry : fs::directory_iterator(part)) count(entry.path());
  }
}

/// Of the plan, every file of results, and the merged file if there is one.
record::Verdict verify_sweep(const std::string& folder) {
  record::Verdict verdict;
  const Model model;
  try {
    const SweepFolder sweep = open_sweep(folder, model);
    const sweep::SweepStatus status = status_of(sweep.path, sweep.plan, sweep.layout.values);
    for (const sweep::BadSegment& bad : status.bad) {
      verdict.faults.push_back({bad.file.filename().string(), bad.why});
    }
    if (!status.disagreeing.empty()) {
      verdict.faults.push_back(
          {sweep::kSegmentFolder, "results differ of " + runs_words(status.disagreeing)});
    }
    count_files(sweep.path, verdict);
    if (fs::exists(sweep.path / sweep::kMerged)) {
      check_merged(sweep.path / sweep::kMerged, sweep.plan.digest, verdict);
    }
  } catch (const record::BadCheckpoint& error) {
    verdict.faults.push_back({sweep::kPlan, error.what()});
  }
  return verdict;
}

record::Verdict verdict_on(const std::string& path) {
  if (fs::is_directory(fs::path(path) / sweep::kScenarios)) return verify_sweep(path);
  if (!fs::is_regular_file(path)) return record::verify_run(path);
  record::Verdict verdict;
  check_merged(path, "", verdict);
  return verdict;
}

}  // namespace

Exit verify(const VerifyOptions& options) {
  const record::Verdict verdict = verdict_on(options.directory);
  const bool well = verdict.faults.empty();
  if (options.json) {
    const Json out = {{"directory", options.directory},
                      {"ok", well},
                      {"results_digest", verdict.results_digest},
                      {"files", verdict.files},
                      {"bytes", verdict.bytes},
                      {"faults", as_json(verdict.faults)},
                      {"notes", as_json(verdict.notes)}};
    put(out.dump(2, ' ', false, Json::error_handler_t::replace) + '\n');
    return well ? Exit::done : Exit::not_met;
  }
  for (const record::Finding& note : verdict.notes) {
    say(fmt::format("note: {}: {}\n", note.file, note.what));
  }
  for (const record::Finding& fault : verdict.faults) {
    put(fmt::format("{}: {}\n", fault.file, fault.what));
  }
  if (well) {
    const std::string digest =
        verdict.results_digest.empty() ? "" : "; digest " + verdict.results_digest;
    put(fmt::format("{}: {} files, {}, all as they were published{}\n", options.directory,
                    verdict.files, bytes_text(static_cast<double>(verdict.bytes)), digest));
  }
  return well ? Exit::done : Exit::not_met;
}

}  // namespace terrace::cli

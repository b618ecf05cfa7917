// `terrace attribute`: which batch lifted whom.
#include "analysis/attribute.hpp"

#include <chrono>
#include <ctime>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include <fmt/chrono.h>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <terrace/digest.hpp>
#include <terrace/version.hpp>

#include "cli/attribute_text.hpp"
#include "cli/estimate.hpp"
#include "cli/library.hpp"
#include "cli/print.hpp"
#include "cli/ranks.hpp"
#include "cli/stop.hpp"
#include "cli/table_json.hpp"
#include "cli/verbs.hpp"
#include "parallel/thread_runner.hpp"
#include "record/result_folder.hpp"
#include "record/table_file.hpp"

namespace terrace::cli {
namespace {

using attribution::Attribution;

constexpr const char* kMarker = "attribution.json";

/// One line, rewritten on a terminal; elsewhere a line after a run, but not more than one a second.
class RunsProgress {
 public:
  RunsProgress(std::size_t runs, std::uint32_t replicates, bool quiet)
      : runs_(runs), replicates_(replicates), quiet_(quiet) {}
  ~RunsProgress() { clear(); }
  RunsProgress(const RunsProgress&) = delete;
  RunsProgress& operator=(const RunsProgress&) = delete;

  void operator()(std::uint32_t replicate, double part, std::size_t runs_done) {
    if (quiet_) return;
    const std::lock_guard lock(mutex_);
    const std::size_t done = replicate * runs_ + runs_done;
    const auto now = std::chrono::steady_clock::now();
    if (!terminal_ && done <= done_) return;
    if (now - last_shown_ < std::chrono::milliseconds(terminal_ ? 100 : 1000)) return;
    last_shown_ = now;
    done_ = done;
    const double all = (replicate + part) / replicates_;
    const std::string text = fmt::format("{} of {} runs: {:3.0f} %, {} so far, about {} left", done,
                                         runs_ * replicates_, 100.0 * all, seconds_text(seconds()),
                                         seconds_text(seconds() * (1.0 - all) / all));
    say(terminal_ ? "\r" + text + "\x1b[K" : text + "\n");
    shown_ = terminal_;
  }

  void clear() {
    if (shown_) say("\r\x1b[K");
    shown_ = false;
  }

  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
  }

 private:
  std::size_t runs_;
  std::uint32_t replicates_;
  bool quiet_;
  bool terminal_ = ::isatty(STDERR_FILENO) == 1;
  bool shown_ = false;
  std::size_t done_ = 0;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::chrono::steady_clock::time_point last_shown_ = started_;
  std::mutex mutex_;
};

std::filesystem::path folder_of(const AttributeOptions& options, const ScenarioSpec& spec,
                                const std::string& resolved) {
  if (!options.directory.empty()) return options.directory;
  constexpr std::size_t kDigits = 8;
  Digest digest;
  digest.add(resolved);
  return std::filesystem::path("results") /
         ("attribute-" + spec.name + '-' + digest.hex().substr(0, kDigits));
}

/// The worlds that run at once, the state at the branch and what is kept of each household.
double bytes_needed(const Estimate& need, const ScenarioSpec& spec, unsigned threads) {
  const std::size_t runs = attribution::runs_of(spec);
  const auto worlds = static_cast<double>(replicates_at_once(runs, need.counties, threads));
  return need.base_bytes + need.scratch_bytes + need.state_bytes * (worlds + 1.0) +
         static_cast<double>(sizeof(attribution::Line)) * need.households;
}

void refuse_what_does_not_fit(double bytes) {
  const double available = available_bytes();
  if (bytes <= available) return;
  throw Failure(Exit::no_memory,
                fmt::format("the attribution needs about {} of memory and {} are free; take a "
                            "smaller sample or fewer threads",
                            bytes_text(bytes), bytes_text(available)));
}

nlohmann::ordered_json runs_json(const Attribution& result) {
  auto runs = nlohmann::ordered_json::array();
  for (const attribution::RunDigest& run : result.digests) {
    runs.push_back({{"replicate", run.replicate},
                    {"batches", attribution::name_of_coalition(run.coalition)},
                    {"digest", run.digest}});
  }
  return runs;
}

std::string provenance(const AttributeOptions& options, const ScenarioSpec& spec,
                       const Attribution& result, double seconds, unsigned threads,
                       const std::vector<record::FileChecksum>& files) {
  nlohmann::ordered_json json;
  json["terrace_attribution"] = 1;
  json["scenario"] = spec.name;
  json["title"] = spec.title;
  json["seed"] = std::to_string(spec.seed);  // text: many readers keep 53 bits of a number
  json["replicates"] = spec.replicates;
  if (spec.first_replicate != 0) json["first_replicate"] = spec.first_replicate;
  json["branch_year"] = result.branch;
  json["last_year"] = result.end;
  json["confidence"] = attribution::kConfidence;
  json["batches"] = attribution::name_of_coalition(result.able);
  json["terrace_version"] = kVersion;
  json["commit"] = commit();
  json["compiler"] = compiler();
  json["compile_flags"] = compile_flags();
  json["command"] = options.command;
  json["finished_utc"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr)));
  json["seconds"] = seconds;
  json["threads"] = threads;
  json["runs"] = runs_json(result);
  json["files"] = nlohmann::ordered_json::object();
  for (const record::FileChecksum& file : files) {
    json["files"][file.name] = {{"bytes", file.bytes}, {"xxh3_128", file.xxh3_128}};
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

/// What was run and every group's shares; single runs and households are in the files.
std::string attribution_json(const ScenarioSpec& spec, const Attribution& result) {
  nlohmann::ordered_json json = {{"terrace_attribution", 1},
                                 {"scenario", spec.name},
                                 {"replicates", result.replicates},
                                 {"branch_year", result.branch},
                                 {"last_year", result.end},
                                 {"confidence", attribution::kConfidence},
                                 {"intervals", analysis::kOneSample},
                                 {"batches", attribution::name_of_coalition(result.able)}};
  for (const ResultTable& table : result.tables) {
    if (table.name == "attribution") json["attribution"] = json_rows(table);
  }
  return json_text(json);
}

void write_tables(record::ResultFolder& folder, const ScenarioSpec& spec,
                  const std::string& resolved, const Attribution& result) {
  folder.add("scenario.resolved.yaml", resolved);
  std::vector<ResultTable> tables;
  for (const ResultTable& table : result.tables) {
    if (table.rows() == 0) continue;  // no panel, no households
    folder.add(table.name + ".csv", record::table_csv(table));
    tables.push_back(table);
  }
  const std::string name = "attribution.h5";
  folder.add(name, record::tables_image(tables,
                                        {{"title", "Shapley attribution of " + spec.name},
                                         {"scenario", spec.name},
                                         {"terrace_version", std::string(kVersion)},
                                         {"seed", std::to_string(spec.seed)},
                                         {"resolved_scenario", resolved}},
                                        (folder.path() / name).string()));
}

}  // namespace

Exit attribute(const AttributeOptions& options) {
  refuse_copies("terrace attribute");
  const StopOnSignals signals;
  const Model model;
  const scenario::Loaded loaded = load(options.input, model);
  const ScenarioSpec& spec = loaded.spec;
  const std::size_t runs = attribution::runs_of(spec);
  if (runs == 1) {
    throw Failure(
        Exit::bad_scenario,
        fmt::format("{} has none of the five batches enabled: there is nothing to share out",
                    spec.name));
  }
  const std::string resolved = scenario::resolved_yaml(spec, model.vocabulary);
  const unsigned threads = options.threads != 0 ? options.threads : default_threads();
  const Estimate need = estimate(spec, model, threads);
  const double bytes = bytes_needed(need, spec, threads);
  refuse_what_does_not_fit(bytes);
  record::ResultFolder folder(folder_of(options, spec, resolved), kMarker, options.force);
  if (!options.quiet) {
    say(
        fmt::format("{}: {} runs from the state of January {}, each of about {} households in {} "
                    "counties, {}\n",
                    spec.name, runs * spec.replicates, attribution::branch_year(spec),
                    count_text(need.households), need.counties, bytes_text(bytes)));
  }
  ThreadRunner runner(threads);
  RunsProgress progress(runs, spec.replicates, options.quiet);
  attribution::Control control;
  control.stop = &StopOnSignals::asked();
  control.progress = [&](std::uint32_t replicate, double part, std::size_t done) {
    progress(replicate - spec.first_replicate, part, done);
  };
  const Attribution result = attribution::attribute(spec, model.catalogue, runner, control);
  progress.clear();
  if (!result.finished) {
    throw Failure(Exit::stopped,
                  "stopped; nothing was written, the same command starts from the beginning");
  }
  write_tables(folder, spec, resolved, result);
  folder.add(kMarker,
             provenance(options, spec, result, progress.seconds(), threads, folder.checksums()));
  folder.publish();
  put(options.json ? attribution_json(spec, result) : attribution_text(result));
  if (!options.quiet) say("\ntables in " + folder.path().string() + "\n");
  return Exit::done;
}

}  // namespace terrace::cli

// `terrace sweep merge`: one file of all results of a sweep.
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "cli/estimate.hpp"
#include "cli/print.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/sweep_text.hpp"
#include "cli/verbs.hpp"
#include "record/sweep_file.hpp"
#include "sweep/merge.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;
using sweep::MergedFile;

constexpr std::size_t kReasons = 12;

/// Results of two programs in one table would be taken for effects of what the study varies.
void refuse_mixture(const sweep::SweepStatus& status, const SweepMergeOptions& options) {
  if (status.programs.size() < 2) return;
  const std::string what = fmt::format(
      "{} programs did the runs, whose results are the same only if the model did not change in "
      "between\n{}",
      status.programs.size(), programs_text(status));
  if (!options.allow_mixed) {
    throw Failure(Exit::bad_scenario,
                  what + "nothing was merged; merge with --allow-mixed, or do all runs with one");
  }
  if (!options.quiet) say("note: " + what);
}

/// Two results of one run that differ are no results at all.
void refuse_disagreement(const sweep::SweepStatus& status) {
  if (status.disagreeing.empty()) return;
  if (status.programs.size() > 1) {
    throw Failure(Exit::bad_scenario, runs_words(status.disagreeing) +
                                          " gave different results in different programs\n" +
                                          programs_text(status) + "nothing was merged");
  }
  throw Failure(Exit::bug, "this is a bug: " + runs_words(status.disagreeing) +
                               " gave different results when done again; nothing was merged");
}

void refuse_gaps(const sweep::SweepStatus& status, const SweepMergeOptions& options) {
  const std::size_t gaps = status.runs.size() - status.done;
  if (gaps == 0) return;
  const std::string what = fmt::format(
      "{} of {} runs have no result\n{}", count_text(static_cast<double>(gaps)),
      count_text(static_cast<double>(status.runs.size())), reasons_text(status, kReasons));
  if (options.allow_missing) {
    if (!options.quiet) say("note: " + what);
    return;
  }
  throw Failure(Exit::some_failed, what + "nothing was merged; go on with `" +
                                       sweep_command("run", options.directory) +
                                       "`, or merge with --allow-missing");
}

/// One a line.
std::string programs_of(const sweep::SweepStatus& status) {
  std::string text;
  for (const auto& [program, runs] : status.programs) text += (text.empty() ? "" : "\n") + program;
  return text;
}

void complete(MergedFile& file, bool force) {
  try {
    file.complete(force);
  } catch (const sweep::FileExists& error) {
    throw Failure(Exit::usage, std::string(error.what()) + "; --force replaces it");
  }
}

void refuse_one_name(const fs::path& merged, const std::string& table) {
  const auto whole = [](const fs::path& path) { return fs::weakly_canonical(fs::absolute(path)); };
  if (table.empty() || whole(merged) != whole(table)) return;
  throw Failure(Exit::usage, "--csv and the merged file have one name: " + table);
}

void write(MergedFile& file, const std::vector<std::byte>& bytes) {
  file.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string told(const fs::path& path, const MergedFile& file) {
  return path.string() + (file.same() ? ": the same as before\n" : "\n");
}

}  // namespace

Exit sweep_merge(const SweepMergeOptions& options) {
  const Model model;
  const SweepFolder sweep = open_sweep(options.directory, model);
  sweep::Gathered gathered = sweep::gather(sweep.path, sweep.plan, sweep.layout);
  if (!options.quiet && !gathered.status.bad.empty()) {
    say("note: not counted, because\n" + damage_text(gathered.status));
  }
  refuse_mixture(gathered.status, options);
  refuse_disagreement(gathered.status);
  refuse_gaps(gathered.status, options);

  const fs::path path =
      options.output.empty() ? sweep.path / sweep::kMerged : fs::path(options.output);
  refuse_one_name(path, options.csv);
  // Both files are on the disk before either gets its name.
  std::optional<MergedFile> table;
  if (!options.csv.empty()) {
    table.emplace(options.csv);
    sweep::write_table(gathered.results, [&](std::string_view piece) { table->write(piece); });
    complete(*table, options.force);
  }
  MergedFile merged(path);
  write(merged, record::sweep_image(std::move(gathered.results), programs_of(gathered.status),
                                    path.string()));
  complete(merged, options.force);
  merged.publish();
  if (table) table->publish();

  if (!options.quiet) {
    say("merged into " + told(path, merged));
    if (table) say("table in " + told(options.csv, *table));
  }
  return Exit::done;
}

}  // namespace terrace::cli

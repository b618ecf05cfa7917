// `terrace sweep slurm` and `terrace sweep pbs`: scripts that hand a sweep to a cluster.
#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/core.h>

#include "cli/estimate.hpp"
#include "cli/pilot.hpp"
#include "cli/print.hpp"
#include "cli/sweep_folder.hpp"
#include "cli/verbs.hpp"
#include "record/file_io.hpp"
#include "sweep/job_script.hpp"
#include "sweep/merge.hpp"
#include "sweep/plan_files.hpp"
#include "sweep/shard.hpp"
#include "sweep/status.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;
using sweep::JobNeeds;
using sweep::JobRequest;
using sweep::Scheduler;

fs::path whole_path(const fs::path& path) {
  const fs::path out = fs::absolute(path).lexically_normal();
  return out.has_filename() ? out : out.parent_path();  // without a slash at its end
}

fs::path this_program() {
  const fs::path program = program_file();
  std::error_code error;
  if (fs::is_regular_file(program, error)) return program;
  throw Failure(Exit::input_output,
                "cannot tell where this program lies, which jobs must start: " + program.string());
}

/// Beside the program, of a process that knows how every run stands: what `status`, and the `run`
/// of each task, keep for a run of the plan. As measured with 100,000 runs (sim/sweep/README.md).
constexpr double kBytesAPlannedRun = 2e3;
/// Of a merge: the values as they are read, as they go into the file, and the file's image.
constexpr double kCopiesOfValues = 4.0;

/// How long a run takes: as measured, or as a miniature of it takes here.
JobNeeds needs_of(const SweepFolder& sweep, const Model& model) {
  constexpr double kPilotSeconds = 1.0;
  const sweep::SweepStatus status = sweep::status_of(sweep.path, sweep.plan, sweep.layout.values);
  const RunNeed need = largest_need(sweep.scenarios, model);
  const auto runs = static_cast<double>(sweep.plan.runs());
  const auto values = static_cast<double>(sweep.layout.values);
  JobNeeds out;
  out.bytes_a_run = need.estimate.running_bytes() - need.estimate.base_bytes;
  out.base_bytes = need.estimate.base_bytes + kBytesAPlannedRun * runs;
  out.merge_bytes = out.base_bytes + kCopiesOfValues * runs * values * sizeof(double);
  out.measured = status.seconds_a_run > 0.0;
  out.seconds_a_run = status.seconds_a_run;
  if (!out.measured) {
    const Pace pace = measure_pace(*need.scenario, model.catalogue, kPilotSeconds);
    out.seconds_a_run = need.estimate.household_months / pace.rate();
  }
  return out;
}

JobRequest request_of(const SweepScriptOptions& options, const SweepFolder& sweep,
                      const Model& model) {
  JobRequest out;
  out.array.scheduler = options.pbs ? Scheduler::pbs : Scheduler::slurm;
  out.array.jobs = options.jobs;
  if (!options.runs.empty()) out.array.runs = sweep::read_runs(options.runs, sweep.plan.runs());
  out.study = sweep.plan.study.name;
  out.plan_digest = sweep.plan.digest;
  out.plan_runs = sweep.plan.runs();
  out.program = this_program();
  out.folder = whole_path(sweep.path);
  out.time = options.time;
  out.options = options.options;
  std::optional<double> limit;
  if (!out.time.empty()) limit = sweep::limit_seconds(out.time, out.array.scheduler);
  out.needs = needs_of(sweep, model);
  out.array.tasks = options.tasks != 0
                        ? options.tasks
                        : sweep::tasks_for(out.runs(), out.needs, out.array.jobs, limit);
  return out;
}

/// All three are on the disk before the first gets its name.
void write_scripts(const JobRequest& request, bool force) {
  const sweep::JobScripts scripts = sweep::job_scripts(request);
  const fs::path folder = request.folder / sweep::kJobFolder;
  record::make_directory(folder);
  sweep::MergedFile array(folder / array_file(request.array.scheduler));
  sweep::MergedFile merge(folder / merge_file(request.array.scheduler));
  sweep::MergedFile about(folder / sweep::kArrayAbout);
  array.write(scripts.array);
  merge.write(scripts.merge);
  about.write(scripts.about);
  for (sweep::MergedFile* file : {&array, &merge, &about}) file->complete(force);
  // What tells the tasks of a script comes last: until then `status` names none.
  for (sweep::MergedFile* file : {&array, &merge, &about}) file->publish();
}

void say_what_was_written(const JobRequest& request) {
  constexpr std::size_t kSlurmDefault = 1001;  // MaxArraySize, if the site left it alone
  const double seconds = sweep::task_seconds(request);
  const double limit = sweep::task_limit(request);
  const std::size_t tasks = request.array.tasks;
  const std::size_t runs = (request.runs() + tasks - 1) / tasks;
  say(fmt::format("{}: {} runs dealt to {} {} of {}{}, {} at a time\n", request.study,
                  count_text(static_cast<double>(request.runs())), tasks,
                  tasks == 1 ? "task" : "tasks", runs,
                  request.runs() % tasks == 0 ? "" : " or one less", request.array.jobs));
  say(fmt::format("about {} a run ({}), {} a task; limit {}, memory {} MiB\n",
                  seconds_text(request.needs.seconds_a_run),
                  request.needs.measured ? "measured" : "estimated on this machine",
                  seconds_text(seconds), seconds_text(limit),
                  sweep::megabytes(sweep::task_bytes(request))));
  if (seconds > limit) {
    say("note: tasks may not be done in that time; what they leave is done when they are "
        "submitted again\n");
  }
  if (request.array.scheduler == Scheduler::slurm && tasks > kSlurmDefault) {
    say(
        fmt::format("note: Slurm takes {} tasks in an array unless the site changed MaxArraySize "
                    "(scontrol show config)\n",
                    kSlurmDefault));
  }
  say(fmt::format("written to {}; to submit:\n", (request.folder / sweep::kJobFolder).string()));
}

}  // namespace

Exit sweep_script(const SweepScriptOptions& options) {
  try {
    const Model model;
    const SweepFolder sweep = open_sweep(options.directory, model);
    const JobRequest request = request_of(options, sweep, model);
    write_scripts(request, options.force);
    say_what_was_written(request);
    put(sweep::submit_lines(request.array.scheduler, options.directory));
    return Exit::done;
  } catch (const sweep::BadJob& error) {
    throw Failure(Exit::usage, error.what());
  } catch (const sweep::BadShard& error) {
    throw Failure(Exit::usage, error.what());
  } catch (const sweep::FileExists& error) {
    throw Failure(Exit::usage, std::string(error.what()) + "; --force replaces it");
  }
}

}  // namespace terrace::cli

#include "sweep/job_array.hpp"

#include <algorithm>
#include <set>
#include <system_error>

#include <nlohmann/json.hpp>

#include "record/file_io.hpp"
#include "sweep/plan_files.hpp"
#include "sweep/shard.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

constexpr int kVersion = 1;

std::string slashed(std::size_t index, std::size_t count) {
  return std::to_string(index) + '/' + std::to_string(count);
}

bool is_at_work(const SweepStatus& status, const std::string& shard) {
  return std::ranges::any_of(status.at_work, [&](const AtWork& process) {
    return process.shard == shard || process.shard.starts_with(shard + ' ');
  });
}

}  // namespace

std::string array_file(Scheduler scheduler) {
  return scheduler == Scheduler::slurm ? "array.sbatch" : "array.pbs";
}

std::string merge_file(Scheduler scheduler) {
  return scheduler == Scheduler::slurm ? "merge.sbatch" : "merge.pbs";
}

// After any end, not only a good one: where a task fails, a job that waits for success would wait
// for ever, and nobody would learn what is missing. The merge refuses gaps itself.
std::string submit_lines(Scheduler scheduler, const std::string& folder) {
  const std::string jobs = folder + '/' + kJobFolder;
  if (scheduler == Scheduler::slurm) {
    return "array=$(sbatch --parsable " + shell_word(jobs + '/' + array_file(scheduler)) +
           ")\nsbatch --dependency=afterany:\"${array%%;*}\" " +
           shell_word(jobs + '/' + merge_file(scheduler)) + '\n';
  }
  const std::string in = "cd " + shell_word(jobs) + " && qsub ";
  return "array=$(" + in + array_file(scheduler) + ")\n(" + in + "-W depend=afterany:\"$array\" " +
         merge_file(scheduler) + ")\n";
}

std::string job_array_text(const JobArray& array, const std::string& plan_digest) {
  nlohmann::ordered_json json;
  json["terrace_jobs"] = kVersion;
  json["scheduler"] = array.scheduler == Scheduler::slurm ? "slurm" : "pbs";
  json["plan_digest"] = plan_digest;
  json["tasks"] = array.tasks;
  json["jobs"] = array.jobs;
  json["runs"] = runs_text(array.runs);
  return json.dump(2) + '\n';
}

std::optional<JobArray> read_job_array(const fs::path& folder, const Plan& plan) {
  const fs::path jobs = folder / kJobFolder;
  std::error_code error;
  if (!fs::is_regular_file(jobs / kArrayAbout, error)) return {};
  const auto json = nlohmann::json::parse(record::read_file(jobs / kArrayAbout), nullptr, false);
  if (!json.is_object()) return {};
  const auto text = [&](const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_string() ? at->get<std::string>() : std::string();
  };
  const auto number = [&](const char* key) {
    const auto at = json.find(key);
    return at != json.end() && at->is_number_unsigned() ? at->get<std::uint64_t>() : 0;
  };
  JobArray array;
  array.scheduler = text("scheduler") == "pbs" ? Scheduler::pbs : Scheduler::slurm;
  array.tasks = number("tasks");
  array.jobs = static_cast<unsigned>(std::clamp<std::uint64_t>(number("jobs"), 1, 4096));
  const bool ours = number("terrace_jobs") == kVersion && text("plan_digest") == plan.digest &&
                    fs::is_regular_file(jobs / array_file(array.scheduler), error);
  if (!ours || array.tasks == 0) return {};
  if (text("runs").empty()) return array;
  try {
    array.runs = read_runs(text("runs"), plan.runs());
  } catch (const BadShard&) {
    return {};
  }
  return array;
}

std::vector<std::size_t> tasks_to_do(const SweepStatus& status, const JobArray& array) {
  const std::size_t runs = array.runs.empty() ? status.runs.size() : array.runs.size();
  std::set<std::size_t> found;
  for (std::size_t place = 0; place < runs; ++place) {
    const std::size_t run = array.runs.empty() ? place : array.runs[place];
    const RunState state = status.runs[run].state;
    if (state == RunState::failed || state == RunState::left) found.insert(place % array.tasks);
  }
  std::erase_if(
      found, [&](std::size_t task) { return is_at_work(status, slashed(task + 1, array.tasks)); });
  return {found.begin(), found.end()};
}

std::string again_line(const JobArray& array, const std::vector<std::size_t>& tasks,
                       const std::string& folder) {
  const std::string jobs = folder + '/' + kJobFolder;
  if (array.scheduler == Scheduler::slurm) {
    return "sbatch --array=" + runs_text(tasks) + ' ' +
           shell_word(jobs + '/' + array_file(array.scheduler));
  }
  // PBS takes no lists of tasks; those with nothing to do end at once.
  return "cd " + shell_word(jobs) + " && qsub " + array_file(array.scheduler);
}

std::string shell_word(std::string_view word) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./,:=+@%";
  if (!word.empty() && word.find_first_not_of(kPlain) == std::string_view::npos) {
    return std::string(word);
  }
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace terrace::sweep

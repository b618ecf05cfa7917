#include "sweep/job_script.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <system_error>
#include <vector>

#include "sweep/plan_files.hpp"
#include "sweep/shard.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

constexpr double kMinute = 60.0;
constexpr double kHour = 3600.0;
constexpr double kDay = 86400.0;

// Each task costs the scheduler a launch and a place in its queue, and itself a second or two to
// read the sweep. With half an hour each neither matters, clusters that ask for few launches a
// minute are content, and what a task loses when its machine fails is little.
constexpr double kTaskSeconds = 30.0 * kMinute;
// Half of what Slurm takes in one array if its MaxArraySize (1001) was left alone; many sites allow
// a user no more jobs than that in the queue.
constexpr std::size_t kMostTasks = 500;
// Machines differ, and other jobs share their memory's bandwidth.
constexpr double kTimeMargin = 2.0;
constexpr double kTimeSpare = 10.0 * kMinute;
constexpr double kTimeStep = 5.0 * kMinute;
constexpr double kMergeSeconds = 30.0 * kMinute;
constexpr double kMemoryMargin = 1.25;
constexpr double kMemorySpare = 64.0;  // megabytes
constexpr double kMegabyte = 1048576.0;

[[noreturn]] void refuse_time(std::string_view text, Scheduler scheduler) {
  throw BadJob("--time '" + std::string(text) + "' is no limit that " +
               (scheduler == Scheduler::slurm
                    ? "Slurm takes: minutes, h:mm:ss, days-hours or days-hh:mm:ss"
                    : "PBS takes: seconds, mm:ss or hh:mm:ss"));
}

/// Numbers between colons; none where the text is anything else.
std::vector<double> colon_numbers(std::string_view text) {
  constexpr std::size_t kLongest = 9;  // digits: enough for any limit
  std::vector<double> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t colon = std::min(text.find(':', from), text.size());
    const std::string_view part = text.substr(from, colon - from);
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    const bool whole = error == std::errc{} && end == part.data() + part.size();
    if (!whole || part.size() > kLongest) return {};
    out.push_back(value);
    from = colon + 1;
  }
  return out;
}

double seconds_from(const std::vector<double>& numbers, double first_unit) {
  double unit = first_unit;
  double seconds = 0.0;
  for (const double number : numbers) {
    seconds += number * unit;
    unit = unit == kDay ? kHour : unit / 60.0;
  }
  return seconds;
}

/// `12:05:00`; both schedulers take it, hours of any size.
std::string clock_text(double seconds) {
  const auto whole = static_cast<std::uint64_t>(std::ceil(seconds));
  const auto two = [](std::uint64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return std::to_string(whole / 3600) + ':' + two(whole / 60 % 60) + ':' + two(whole % 60);
}

std::size_t most_runs_of_a_task(const JobRequest& request) {
  return (request.runs() + request.array.tasks - 1) / request.array.tasks;
}

/// Three digits are enough of an estimate.
std::string short_number(double value) {
  std::array<char, 32> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 3);
  return {text.data(), end.ptr};
}

/// What names of jobs may hold everywhere.
std::string job_name(const std::string& study) {
  constexpr std::size_t kLongest = 60;
  std::string name = "terrace-" + study.substr(0, kLongest);
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '_' && c != '.') c = '-';
  }
  return name;
}

/// A path in a line of #SBATCH, whose quoting is the scheduler's own: in double quotes only these
/// mean something. In names of files % begins what stands for numbers.
std::string slurm_path(const fs::path& path) {
  std::string out;
  for (const char c : path.string()) {
    if (c == '\\') {
      throw BadJob("Slurm cannot write its output to a folder with a backslash in its name: " +
                   path.string());
    }
    if (c == '"') out += '\\';
    out += c;
    if (c == '%') out += '%';
  }
  return out;
}

void refuse_control_characters(const std::string& text, const std::string& what) {
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      throw BadJob(what + " may not have control characters, such as ends of lines");
    }
  }
}

void check_options(const JobRequest& request) {
  refuse_control_characters(request.options, "--options");
  if (request.options.empty()) return;
  if (request.options.front() != '-') {
    throw BadJob(
        "--options are words as the scheduler's command takes them, such as '" +
        std::string(request.array.scheduler == Scheduler::slurm ? "--partition=long" : "-q long") +
        "', not '" + request.options + "'");
  }
  const std::string spaced = ' ' + request.options;
  const char* const of_arrays = request.array.scheduler == Scheduler::slurm ? " --array" : " -J";
  const bool array =
      spaced.find(of_arrays) != std::string::npos ||
      (request.array.scheduler == Scheduler::slurm && spaced.find(" -a") != std::string::npos);
  if (array) throw BadJob("--options may not set the array: its tasks are those of --tasks");
}

/// The lines in which a script speaks to the scheduler.
class Head {
 public:
  explicit Head(const JobRequest& request)
      : request_(request),
        slurm_(request.array.scheduler == Scheduler::slurm),
        text_("#!/bin/sh\n") {}

  void remark(const std::string& line) { text_ += "# " + line + '\n'; }
  void line(const std::string& words) { text_ += (slurm_ ? "#SBATCH " : "#PBS ") + words + '\n'; }

  void name(const std::string& name) { line(slurm_ ? "--job-name=" + name : "-N " + name); }

  void resources(unsigned cores, double bytes, const std::string& time) {
    const std::string number = std::to_string(megabytes(bytes));
    const std::string cpus = std::to_string(cores);
    if (slurm_) {
      line("--nodes=1 --ntasks=1 --cpus-per-task=" + cpus);
      line("--mem=" + number + 'M');
      line("--time=" + time);
    } else {
      line("-l select=1:ncpus=" + cpus + ":mem=" + number + "mb");
      line("-l walltime=" + time);
    }
  }

  /// Where messages go. PBS leaves them where its command was typed.
  void messages(const std::string& log) {
    if (slurm_) {
      line("--open-mode=append");
      line("--output=\"" + slurm_path(request_.folder / kJobFolder) + '/' + log + '"');
    } else {
      line("-j oe");
    }
  }

  void options() {
    if (!request_.options.empty()) line(request_.options);
  }

  std::string text() const { return text_; }

 private:
  const JobRequest& request_;
  bool slurm_;
  std::string text_;
};

/// `/opt/terrace sweep merge /data/sweep`
std::string command(const JobRequest& request, const std::string& verb) {
  return shell_word(request.program.string()) + " sweep " + verb + ' ' +
         shell_word(request.folder.string());
}

void say_what_it_is(const JobRequest& request, Head& head) {
  const JobArray& array = request.array;
  head.remark("Study " + job_name(request.study).substr(std::string("terrace-").size()) + ": " +
              std::to_string(request.runs()) + " runs dealt to " + std::to_string(array.tasks) +
              " tasks, " + std::to_string(most_runs_of_a_task(request)) +
              (request.runs() % array.tasks == 0 ? "" : " or one less") + " to each, " +
              std::to_string(array.jobs) + " at a time, about " +
              short_number(request.needs.seconds_a_run) + " s a run " +
              (request.needs.measured ? "(measured)." : "(estimated)."));
  head.remark("A task does those of its runs that have no result, so it may be submitted again.");
  head.remark("Memory: " + short_number(request.needs.base_bytes / kMegabyte) + " MB and " +
              short_number(request.needs.bytes_a_run / kMegabyte) +
              " MB for each run at a time, a quarter more, and " + short_number(kMemorySpare) +
              " MB.");
}

std::string array_script(const JobRequest& request) {
  const JobArray& array = request.array;
  const bool slurm = array.scheduler == Scheduler::slurm;
  const std::string last = std::to_string(array.tasks - 1);
  Head head(request);
  say_what_it_is(request, head);
  head.name(job_name(request.study));
  if (slurm) {
    head.line("--array=0-" + last);
    head.line("--requeue");
    head.line("--signal=B:TERM@60");  // to the script itself; PBS sends it at the limit, to all
  } else {
    if (array.tasks > 1) head.line("-J 0-" + last);  // PBS has no arrays of one
    head.line("-r y");
  }
  head.resources(array.jobs, task_bytes(request), clock_text(task_limit(request)));
  head.messages("%A_%a.out");
  head.options();
  // The number of tasks must not come from the scheduler, who counts those submitted now.
  const std::string task = slurm ? "${SLURM_ARRAY_TASK_ID:?is not set: this is for sbatch}"
                           : array.tasks > 1
                               ? "${PBS_ARRAY_INDEX:?is not set: this is for qsub of PBS}"
                               : "0";
  std::string last_line = "exec " + command(request, "run") + " --shard $((task + 1))/" +
                          std::to_string(array.tasks) + " -j " + std::to_string(array.jobs);
  if (!array.runs.empty()) last_line += " --runs " + runs_text(array.runs);
  // `exec`, so that the scheduler's signal reaches the program and not a shell that waits for it.
  return head.text() + "set -eu\ntask=" + task + '\n' + last_line + " -q\n";
}

std::string merge_script(const JobRequest& request) {
  Head head(request);
  head.remark("Merges the results of all runs, or says which are missing and what to do.");
  head.name(job_name(request.study) + "-merge");
  head.options();  // before what is the merge's own
  head.resources(1, request.needs.merge_bytes, clock_text(kMergeSeconds));
  head.messages("merge-%j.out");
  return head.text() + command(request, "merge") + " && exit\nstatus=$?\n" +
         command(request, "status") + "\nexit \"$status\"\n";
}

}  // namespace

std::size_t tasks_for(std::size_t runs, const JobNeeds& needs, unsigned jobs,
                      std::optional<double> limit) {
  const double seconds = limit ? std::min(kTaskSeconds, *limit / kTimeMargin) : kTaskSeconds;
  const double at_once = jobs;
  const double rounds = std::max(1.0, std::floor(seconds / std::max(needs.seconds_a_run, 1e-9)));
  const double tasks = std::ceil(static_cast<double>(runs) / (rounds * at_once));
  return static_cast<std::size_t>(std::clamp(tasks, 1.0, static_cast<double>(kMostTasks)));
}

double limit_seconds(std::string_view text, Scheduler scheduler) {
  const std::size_t hyphen = text.find('-');
  const bool days = scheduler == Scheduler::slurm && hyphen != std::string_view::npos;
  std::vector<double> numbers;
  if (days) {
    numbers = colon_numbers(text.substr(0, hyphen));
    const std::vector<double> rest = colon_numbers(text.substr(hyphen + 1));
    if (numbers.size() != 1 || rest.empty()) refuse_time(text, scheduler);
    numbers.insert(numbers.end(), rest.begin(), rest.end());
  } else {
    numbers = colon_numbers(text);
  }
  if (numbers.empty() || numbers.size() > (days ? 4U : 3U)) refuse_time(text, scheduler);
  double unit = kHour;
  if (days) {
    unit = kDay;
  } else if (numbers.size() == 2) {
    unit = kMinute;
  } else if (numbers.size() == 1) {
    unit = scheduler == Scheduler::slurm ? kMinute : 1.0;
  }
  const double seconds = seconds_from(numbers, unit);
  if (seconds <= 0.0) refuse_time(text, scheduler);
  return seconds;
}

double task_seconds(const JobRequest& request) {
  const std::size_t runs = most_runs_of_a_task(request);
  const std::size_t rounds = (runs + request.array.jobs - 1) / request.array.jobs;
  return static_cast<double>(rounds) * request.needs.seconds_a_run;
}

double task_limit(const JobRequest& request) {
  if (!request.time.empty()) return limit_seconds(request.time, request.array.scheduler);
  const double seconds = kTimeMargin * task_seconds(request) + kTimeSpare;
  return kTimeStep * std::ceil(seconds / kTimeStep);
}

double task_bytes(const JobRequest& request) {
  return request.needs.base_bytes +
         static_cast<double>(request.array.jobs) * request.needs.bytes_a_run;
}

std::uint64_t megabytes(double bytes) {
  return static_cast<std::uint64_t>(std::ceil(kMemoryMargin * bytes / kMegabyte + kMemorySpare));
}

JobScripts job_scripts(const JobRequest& request) {
  if (request.array.tasks == 0 || request.array.tasks > request.runs()) {
    throw BadJob("--tasks " + std::to_string(request.array.tasks) + ": there are " +
                 std::to_string(request.runs()) + " runs to deal out, at least one to each task");
  }
  refuse_control_characters(request.folder.string(), "names of the sweep's folder");
  refuse_control_characters(request.program.string(), "names of the program's folder");
  check_options(request);
  return {array_script(request), merge_script(request),
          job_array_text(request.array, request.plan_digest)};
}

}  // namespace terrace::sweep

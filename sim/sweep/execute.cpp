#include "sweep/execute.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>

#include <unistd.h>

#include "engine/run_info.hpp"
#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "sweep/host.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::sweep {
namespace {

using Clock = std::chrono::steady_clock;
using Event = JournalEntry::Event;
using std::chrono::milliseconds;

constexpr std::size_t kDigestSize = 32;

/// Results wait to be published together: a file each would be too many, and what waits is lost
/// with the process. So no more than these, and no longer than a few seconds, or a twentieth of
/// what has been spent so far, up to a minute.
constexpr std::size_t kMostWaiting = 500;
constexpr std::size_t kMostWaitingBytes = std::size_t{16} << 20U;
constexpr double kLeastWait = 5.0;
constexpr double kWaitShare = 0.05;
constexpr double kMostWait = 60.0;

/// Between looks at clocks and at whether to stop; a signal and a child's end come through at once.
constexpr milliseconds kLook{200};
/// How long a child that was asked to stop has before it is ended: its run is lost either way.
constexpr milliseconds kGrace{2000};
/// A signal to the whole group may reach children first. How long after a child that has stopped of
/// itself the same signal is expected here.
constexpr milliseconds kEcho{500};
constexpr milliseconds kEchoLook{5};

double seconds_since(Clock::time_point then) {
  return std::chrono::duration<double>(Clock::now() - then).count();
}

double unix_time() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::vector<std::byte> to_bytes(const RunResult& result) {
  const std::size_t size = result.values.size() * sizeof(double);
  std::vector<std::byte> bytes(kDigestSize + size);
  std::memcpy(bytes.data(), result.digest.data(), kDigestSize);
  if (size > 0) std::memcpy(bytes.data() + kDigestSize, result.values.data(), size);
  return bytes;
}

RunResult to_result(std::size_t run, const std::vector<std::byte>& bytes) {
  RunResult result{run, std::string(kDigestSize, '\0'), {}};
  const std::size_t size = bytes.size() - kDigestSize;
  result.values.resize(size / sizeof(double));
  std::memcpy(result.digest.data(), bytes.data(), kDigestSize);
  if (size > 0) std::memcpy(result.values.data(), bytes.data() + kDigestSize, size);
  return result;
}

JournalEntry entry_of(Event event, std::size_t run = 0) {
  JournalEntry entry;
  entry.event = event;
  entry.run = run;
  entry.time = unix_time();
  return entry;
}

JournalEntry opening(const ExecuteOptions& options) {
  JournalEntry entry = entry_of(Event::opened);
  entry.pid = ::getpid();
  entry.host = host_name();
  entry.program = program_name();
  entry.shard = options.shard;
  entry.at_once = options.at_once;
  return entry;
}

std::string lost_words(std::size_t runs) {
  return runs == 1 ? "the result of 1 finished run is lost"
                   : "the results of " + std::to_string(runs) + " finished runs are lost";
}

class Execution {
 public:
  Execution(const Runs& runs, const std::vector<Todo>& todo, const ExecuteOptions& options)
      : runs_(runs),
        todo_(todo),
        options_(options),
        segments_(options.folder / kSegmentFolder),
        journal_(options.folder / kJournalFolder, opening(options)),
        pool_([&runs](std::size_t run,
                      const std::atomic<bool>& stop) { return work(runs, run, stop); },
              kDigestSize + runs.layout.values * sizeof(double)) {}

  Executed carry_out() {
    try {
      do_runs();
    } catch (const record::IoError& error) {
      publish_if_possible();
      if (waiting_.empty()) throw;
      throw record::IoError(std::string(error.what()) + "; " + lost_words(waiting_.size()));
    }
    note(entry_of(Event::closed));
    out_.counts = counts();
    out_.stopped = asked_to_stop();
    return std::move(out_);
  }

 private:
  static std::optional<std::vector<std::byte>> work(const Runs& runs, std::size_t run,
                                                    const std::atomic<bool>& stop) {
    const std::optional<RunResult> result = do_run(runs, run, stop);
    if (!result) return std::nullopt;
    return to_bytes(*result);
  }

  void do_runs() {
    while (!halted() && (next_ < todo_.size() || pool_.running() > 0)) {
      start_some();
      take_all(pool_.wait(kLook));
      if (is_due()) publish();
    }
    // Before waiting for children: a second signal ends this process at once.
    publish();
    if (pool_.running() == 0) return;
    end_children();
    publish();
  }

  /// Results never depend on journals: one that cannot be written ends nothing.
  void note(const JournalEntry& entry) {
    try {
      journal_.add(entry);
    } catch (const record::IoError& error) {
      if (!journal_fails_ && options_.warn) {
        options_.warn(std::string(error.what()) +
                      "; `terrace sweep status` will know less of these runs");
      }
      journal_fails_ = true;
    }
  }

  bool asked_to_stop() const { return options_.stop != nullptr && *options_.stop; }
  bool halted() const { return asked_to_stop() || (options_.fail_fast && !out_.failed.empty()); }

  Counts counts() const {
    const std::size_t running = pool_.running();
    const std::size_t failed = out_.failed.size();
    return {done_, failed, running, todo_.size() - done_ - failed - running};
  }

  void tell() const {
    if (options_.progress) options_.progress(counts());
  }

  void start_some() {
    while (pool_.running() < options_.at_once && next_ < todo_.size() && !halted()) {
      const Todo& todo = todo_[next_];
      JournalEntry started = entry_of(Event::started, todo.run);
      const std::optional<pid_t> process = pool_.start(todo.run);
      if (!process) {
        // The system has no room for one more: with those there are it goes on.
        if (pool_.running() > 0) return;
        throw record::IoError(
            "cannot start a process: the system has none to give, or lets no more files be open");
      }
      ++next_;
      started.pid = *process;
      started.message = todo.why;
      note(started);
    }
  }

  void take_all(std::vector<Ended>&& all) {
    if (std::ranges::any_of(all, &Ended::by_signal)) wait_for_echo();
    for (Ended& ended : all) take(ended);
    tell();
  }

  void wait_for_echo() const {
    const auto deadline = Clock::now() + kEcho;
    while (!asked_to_stop() && Clock::now() < deadline) std::this_thread::sleep_for(kEchoLook);
  }

  void take(Ended& ended) {
    if (ended.by_signal && asked_to_stop()) ended.how = Ended::How::stopped;
    if (ended.how == Ended::How::stopped) {
      note(stopping_of(ended.run));
      return;
    }
    if (ended.how == Ended::How::failed) {
      JournalEntry failed = entry_of(Event::failed, ended.run);
      failed.message = ended.message;
      out_.failed.push_back({ended.run, std::move(ended.message)});
      note(failed);
      return;
    }
    if (waiting_.empty()) waiting_since_ = Clock::now();
    waiting_.push_back(to_result(ended.run, ended.result));
    ++done_;
    JournalEntry done = entry_of(Event::done, ended.run);
    done.seconds = ended.seconds;
    note(done);
  }

  /// Without a message it was a signal.
  JournalEntry stopping_of(std::size_t run) const {
    JournalEntry entry = entry_of(Event::stopped, run);
    if (!asked_to_stop() && !out_.failed.empty()) {
      entry.message =
          "ended by --fail-fast when run " + std::to_string(out_.failed.front().run) + " failed";
    }
    return entry;
  }

  bool is_due() const {
    if (waiting_.empty()) return false;
    const std::size_t bytes = waiting_.size() * runs_.layout.values * sizeof(double);
    if (waiting_.size() >= kMostWaiting || bytes >= kMostWaitingBytes) return true;
    const double wait = std::clamp(kWaitShare * seconds_since(started_), kLeastWait, kMostWait);
    return seconds_since(waiting_since_) >= wait;
  }

  void publish() {
    if (waiting_.empty()) return;
    // Not by who came first: the same results are the same file then.
    std::ranges::sort(waiting_, {}, &RunResult::run);
    write_segment(segments_, runs_.plan.digest, runs_.layout.values, waiting_);
    waiting_.clear();
  }

  /// Something else has gone wrong already, which is what will be told.
  void publish_if_possible() {
    try {
      publish();
    } catch (const record::IoError&) {
      return;
    }
  }

  void end_children() {
    pool_.ask_to_stop();
    const auto deadline = Clock::now() + kGrace;
    while (pool_.running() > 0 && Clock::now() < deadline) take_all(pool_.wait(kLook));
    pool_.kill();
    while (pool_.running() > 0) take_all(pool_.wait(kLook));
  }

  const Runs& runs_;
  const std::vector<Todo>& todo_;
  const ExecuteOptions& options_;
  std::filesystem::path segments_;
  Journal journal_;
  Pool pool_;
  std::size_t next_ = 0;  ///< in todo_
  std::size_t done_ = 0;
  std::vector<RunResult> waiting_;  ///< not yet published
  Clock::time_point started_ = Clock::now();
  Clock::time_point waiting_since_;
  bool journal_fails_ = false;
  Executed out_;
};

}  // namespace

std::optional<RunResult> do_run(const Runs& runs, std::size_t run, const std::atomic<bool>& stop) {
  const ScenarioSpec spec = scenario_of(runs.plan, runs.scenarios, run);
  const RunInfo info = engine::info_of(spec, runs.catalogue);
  if (!same_shape(layout_of(info, runs.plan.study.output), runs.layout)) {
    throw std::runtime_error(
        "its regions or modules are not those of the plan's first scenario, so its results have no "
        "place among those of the others");
  }
  KeptRecorder kept(info, runs.layout);
  RunControl control;
  control.stop = &stop;
  if (runs.go_on) runs.go_on(spec, info, kept, control);
  SerialRunner runner;
  const RunOutcome outcome = run_scenario(spec, runs.catalogue, runner, kept, control);
  if (outcome.bad_checkpoint) {
    throw std::runtime_error("the state that it was to go on from does not fit its scenario");
  }
  if (!outcome.finished) return std::nullopt;
  return RunResult{run, outcome.digest, kept.values()};
}

Executed execute(const Runs& runs, const std::vector<Todo>& todo, const ExecuteOptions& options) {
  if (todo.empty()) return {};  // nothing has happened that a journal could tell
  raise_limit_of_open_files();
  record::make_directory(options.folder / kSegmentFolder);
  record::make_directory(options.folder / kJournalFolder);
  return Execution(runs, todo, options).carry_out();
}

}  // namespace terrace::sweep

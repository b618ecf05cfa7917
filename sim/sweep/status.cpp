#include "sweep/status.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <span>
#include <string_view>
#include <system_error>
#include <utility>

#include <terrace/digest.hpp>

#include "scenario/diagnostic.hpp"
#include "sweep/host.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

using Event = JournalEntry::Event;

constexpr const char* kNeverStarted = "not started yet";

/// Gathers results; of each run it keeps no more than what another can be compared with.
class Results {
 public:
  Results(const Plan& plan, const TakeResult& take)
      : take_(take), prints_(plan.runs()), times_(plan.runs()) {}

  void add(const RunResult& result, SweepStatus& status) {
    if (result.run >= prints_.size()) {
      beyond_ = std::max(beyond_, result.run);
      return;
    }
    ++times_[result.run];
    RunStanding& standing = status.runs[result.run];
    const std::string print = fingerprint(result);
    status.programs[result.program].push_back(result.run);
    if (standing.state != RunState::done) {
      standing.state = RunState::done;
      standing.digest = result.digest;
      prints_[result.run] = print;
      if (take_) take_(result);
      return;
    }
    ++status.twice;
    if (print != prints_[result.run] || result.digest != standing.digest) {
      status.disagreeing.push_back(result.run);
    }
  }

  /// Says of files that are damaged when nothing of the plan needs them any more.
  void tell_what_may_go(std::vector<BadSegment>& bad) {
    for (const BadSegment& file : bad) {
      for (const std::uint64_t run : file.runs) {
        if (run < times_.size()) --times_[run];
      }
    }
    if (std::ranges::find(times_, 0U) != times_.end()) return;
    for (BadSegment& file : bad) {
      file.why += "; all runs have their results in other files, so it may be removed";
    }
  }

  /// The highest number that no run of the plan has; 0 if there was none.
  std::uint64_t beyond() const { return beyond_; }

 private:
  static std::string fingerprint(const RunResult& result) {
    Digest digest;
    digest.add(std::as_bytes(std::span(result.values)));
    return digest.hex();
  }

  const TakeResult& take_;
  std::vector<std::string> prints_;
  std::vector<unsigned> times_;  ///< how often each run was found
  std::uint64_t beyond_ = 0;
};

/// The last that journals say of a run.
struct Trace {
  const JournalFile* journal = nullptr;
  const JournalEntry* entry = nullptr;
};

bool is_of_a_run(const JournalEntry& entry) {
  return entry.event != Event::opened && entry.event != Event::closed;
}

/// Whether what a process alive has begun, which clocks of several machines cannot say, or else
/// what happened last by the clock.
bool is_news(const Trace& known, const Trace& now) {
  if (known.entry == nullptr) return true;
  const auto at_work = [](const Trace& trace) {
    return trace.journal->alive && trace.entry->event == Event::started;
  };
  if (at_work(known) != at_work(now)) return at_work(now);
  return now.entry->time >= known.entry->time;
}

/// The last entry of each run in one journal, whose lines are in order.
std::map<std::uint64_t, const JournalEntry*> last_of(const JournalFile& journal) {
  std::map<std::uint64_t, const JournalEntry*> last;
  for (const JournalEntry& entry : journal.entries) {
    if (is_of_a_run(entry)) last[entry.run] = &entry;
  }
  return last;
}

std::vector<Trace> traces_of(const std::vector<JournalFile>& journals, std::size_t runs) {
  std::vector<Trace> traces(runs);
  for (const JournalFile& journal : journals) {
    for (const auto& [run, entry] : last_of(journal)) {
      if (run >= runs) continue;
      const Trace now{&journal, entry};
      if (is_news(traces[run], now)) traces[run] = now;
    }
  }
  return traces;
}

std::string process_of(const JournalFile& journal) {
  if (journal.entries.empty() || journal.entries.front().event != Event::opened) {
    return "process of " + journal.path.filename().string();
  }
  const JournalEntry& opened = journal.entries.front();
  return "process " + std::to_string(opened.pid) + " on " + opened.host;
}

/// Why a run failed, without most of what it left on stderr: there may be as many such messages as
/// runs. All of it is in the journal.
std::string cause_of(const std::string& message) {
  constexpr std::size_t kMost = 300;
  if (message.empty()) return "no message";
  const std::string_view start = scenario::start_of(message, kMost);
  return std::string(start) + (start.size() < message.size() ? "..." : "");
}

/// Of a run without a result.
RunStanding standing_of(const Trace& trace, bool files_damaged) {
  if (trace.entry == nullptr) return {RunState::left, kNeverStarted, ""};
  const std::string process = process_of(*trace.journal);
  switch (trace.entry->event) {
    case Event::started:
      if (trace.journal->alive) return {RunState::running, "running: " + process, ""};
      return {RunState::left, "its " + process + " ended without a result", ""};
    case Event::failed:
      return {RunState::failed, "failed: " + cause_of(trace.entry->message), ""};
    case Event::stopped: {
      const std::string& message = trace.entry->message;
      return {RunState::left, message.empty() ? "stopped before its end by a signal" : message, ""};
    }
    default:
      // Its process had a result; results are written some at a time.
      if (trace.journal->alive) return {RunState::running, "about to be written: " + process, ""};
      return {RunState::left,
              files_damaged ? "was done, but no whole file holds its result: see what is damaged"
                            : "was done, but its result is not there: its " + process +
                                  " ended before it was written, or a file was removed",
              ""};
  }
}

void add_times(const std::vector<JournalFile>& journals, SweepStatus& status) {
  double seconds = 0.0;
  std::size_t runs = 0;
  for (const JournalFile& journal : journals) {
    for (const JournalEntry& entry : journal.entries) {
      if (entry.event == Event::done && entry.seconds > 0.0) {
        seconds += entry.seconds;
        ++runs;
      } else if (entry.event == Event::opened && journal.alive) {
        status.at_once += entry.at_once;
        status.at_work.push_back({entry.pid, entry.host, entry.shard, entry.at_once});
      }
    }
  }
  status.seconds_a_run = runs > 0 ? seconds / static_cast<double>(runs) : 0.0;
  const std::size_t waiting = status.left + status.running;
  if (waiting == 0) {
    status.seconds_left = 0.0;
  } else if (runs == 0 || status.at_once == 0) {
    status.seconds_left = std::numeric_limits<double>::quiet_NaN();
  } else {
    status.seconds_left =
        static_cast<double>(waiting) * status.seconds_a_run / static_cast<double>(status.at_once);
  }
}

void make_set(std::vector<std::size_t>& runs) {
  std::ranges::sort(runs);
  const auto again = std::ranges::unique(runs);
  runs.erase(again.begin(), again.end());
}

void count(SweepStatus& status) {
  for (const RunStanding& run : status.runs) {
    switch (run.state) {
      case RunState::done:
        ++status.done;
        break;
      case RunState::failed:
        ++status.failed;
        break;
      case RunState::running:
        ++status.running;
        break;
      case RunState::left:
        ++status.left;
        break;
    }
  }
}

}  // namespace

SweepStatus status_of(const fs::path& folder, const Plan& plan, std::size_t values,
                      const TakeResult& take) {
  SweepStatus status;
  status.runs.resize(plan.runs());
  // Journals first: of a run that ends in between the result is found, not the end missed.
  const std::vector<JournalFile> journals = read_journals(folder / kJournalFolder);
  Results results(plan, take);
  const fs::path segments = folder / kSegmentFolder;
  status.bad = read_segments(segments, plan.digest, values,
                             [&](RunResult&& result) { results.add(result, status); });
  results.tell_what_may_go(status.bad);
  if (results.beyond() > 0) {
    status.bad.push_back({segments, "has a result of run " + std::to_string(results.beyond()) +
                                        ", but the plan has " + std::to_string(plan.runs()) +
                                        " runs"});
  }
  make_set(status.disagreeing);
  for (auto& [program, runs] : status.programs) make_set(runs);
  const std::vector<Trace> traces = traces_of(journals, plan.runs());
  for (std::size_t run = 0; run < traces.size(); ++run) {
    if (status.runs[run].state == RunState::done) continue;
    status.runs[run] = standing_of(traces[run], !status.bad.empty());
  }
  count(status);
  add_times(journals, status);
  return status;
}

std::vector<Reason> reasons_of(const SweepStatus& status) {
  std::vector<Reason> reasons;
  std::map<std::pair<RunState, std::string_view>, std::size_t> places;
  for (std::size_t run = 0; run < status.runs.size(); ++run) {
    const RunStanding& standing = status.runs[run];
    if (standing.state == RunState::done) continue;
    const auto [at, fresh] = places.try_emplace({standing.state, standing.why}, reasons.size());
    if (fresh) reasons.push_back({standing.state, standing.why, {}});
    reasons[at->second].runs.push_back(run);
  }
  return reasons;
}

std::vector<std::size_t> runs_in(const SweepStatus& status, RunState state) {
  std::vector<std::size_t> runs;
  for (std::size_t run = 0; run < status.runs.size(); ++run) {
    if (status.runs[run].state == state) runs.push_back(run);
  }
  return runs;
}

}  // namespace terrace::sweep

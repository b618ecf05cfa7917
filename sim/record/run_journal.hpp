// What a run keeps in its folder while it goes on, so that nothing is lost: the records of each
// year (segments/), the newest state of each replicate (checkpoint/), opening states that stay
// (checkpoints/YEAR/).
//
// A state appears under its name only when the records before it are on disk. So whatever happens,
// what has a name goes together.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <terrace/simulation.hpp>

#include "record/checkpoint_file.hpp"
#include "record/segments.hpp"

namespace terrace::record {

inline constexpr const char* kSegments = "segments";      ///< folder of records, by replicate
inline constexpr const char* kCheckpoint = "checkpoint";  ///< folder of the newest states
inline constexpr const char* kKept = "checkpoints";       ///< folder of folders of those that stay

/// File beside them in the folder of a branch, which cannot begin without its states.
inline constexpr const char* kBranch = "branched_from";

/// Name of the state of the replicate with this number.
std::string checkpoint_name(std::uint32_t number);

/// What a run's journal has to know of it.
struct JournalRun {
  std::string scenario;  ///< resolved, as text
  RunInfo info;
  OutputSpec output;
  CheckpointKind kind;
  /// What differs between two resolved scenarios, in words.
  std::function<std::string(const std::string&, const std::string&)> difference;
};

class RunJournal {
 public:
  /// `directory` is the run's. `ask_to_stop` is called, from any thread, when something could not
  /// be written: the run cannot be finished then.
  RunJournal(const std::filesystem::path& directory, JournalRun run,
             std::function<void()> ask_to_stop);

  /// Opens what the folder holds. Throws BadCheckpoint where it is damaged or of another run,
  /// program or scenario; IoError where it cannot be read or written.
  void open();

  /// Where a replicate, by its place in the run, will go on; nothing if it starts from the
  /// beginning.
  const std::optional<Standing>& standing(std::uint32_t replicate) const {
    return standings_.at(replicate);
  }
  /// Whether there is a state to go on from, now.
  bool saved_any() const { return saved_.load(); }
  const BranchedFrom& branched() const { return branched_; }

  /// What the run records to.
  Recorder& recorder() { return segments_; }
  /// Sets the callbacks that save states and give them back.
  void attach(RunControl& control);
  /// Whether something went wrong while the run went on; rethrow() throws it.
  bool failed() const { return segments_.failed(); }
  void rethrow() const { segments_.rethrow(); }
  /// Hands all records to another recorder. Throws IoError or BadCheckpoint.
  /// `between` is called between years and may throw.
  void replay(Recorder& to, const std::function<void()>& between = {}) const {
    segments_.replay(to, between);
  }

 private:
  bool due(int year) const;
  bool kept(int year) const;
  void open_replicate(std::uint32_t place);
  std::uint32_t place_of(const Standing& at) const {
    return at.replicate - run_.info.first_replicate;
  }
  void save(const Standing& at, const std::function<void(const PutPart&)>& write);
  void publish(const std::filesystem::path& folder, const Standing& at,
               const std::function<void(const PutPart&)>& write) const;
  void keep(const Standing& at, const std::function<void(const PutPart&)>& write) const;
  NextPart parts_of(std::uint32_t number);

  std::filesystem::path directory_;
  JournalRun run_;
  SegmentRecorder segments_;
  std::vector<std::optional<Standing>> standings_;  ///< when opened, by place
  BranchedFrom branched_;
  std::atomic<bool> saved_{false};
};

/// A branch: from a folder of kept states, a run that goes on from them in another scenario.
class BranchSource {
 public:
  /// Reads the heads of the states of all replicates of `run`. Throws BadCheckpoint where one is
  /// missing, damaged or of another program, or where they do not open the same year.
  BranchSource(const std::filesystem::path& folder, const JournalRun& run);

  int year() const { return year_; }
  const std::string& scenario() const { return scenario_; }  ///< that they were written for
  const std::string& records() const { return records_; }    ///< records_digest() of their run

  /// Fills a run's new folder with states and records, all checked. Throws as the constructor, and
  /// IoError.
  void fill(const std::filesystem::path& directory) const;

 private:
  std::filesystem::path folder_;
  JournalRun run_;
  int year_ = 0;
  std::string scenario_;
  std::string records_;
};

}  // namespace terrace::record

// What processes did, for `status`: a file of lines for each process, which only grows. Results
// never depend on it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace terrace::sweep {

/// One line: an object of JSON.
struct JournalEntry {
  enum class Event : std::uint8_t { opened, started, done, failed, stopped, closed };
  Event event = Event::opened;
  std::uint64_t run = 0;  ///< started, done, failed, stopped
  double time = 0.0;      ///< seconds since 1970
  double seconds = 0.0;   ///< done: how long it took
  std::string message;    ///< failed, stopped: why; started: why it is done
  std::int64_t pid = 0;   ///< opened: the process; started: the one that does the run
  std::string host;       ///< opened
  std::string program;    ///< opened: as program_name()
  std::string shard;      ///< opened: `3/7`, `--runs ...` or empty
  unsigned at_once = 1;   ///< opened: runs at a time
};

/// Appends lines; a line is written at once. Holds a lock (flock) on its file as long as the
/// process lives; on file systems that keep locks to one machine, such as some NFS, others cannot
/// see it.
class Journal {
 public:
  /// Makes a file of its own in the folder. Throws record::IoError.
  Journal(const std::filesystem::path& folder, const JournalEntry& opened);
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;
  ~Journal();

  /// Throws record::IoError; may be called again afterwards.
  void add(const JournalEntry& entry);

 private:
  int file_ = -1;
  bool cut_off_ = false;  ///< the last line has no end
  std::filesystem::path path_;
};

struct JournalFile {
  std::filesystem::path path;
  std::vector<JournalEntry> entries;  ///< those that are whole
  bool alive = false;                 ///< its process still holds the lock
};

/// All journals of a folder, by name; none where there is no such folder. A last line that was cut
/// off is left out, and so is any that is not ours.
std::vector<JournalFile> read_journals(const std::filesystem::path& folder);

}  // namespace terrace::sweep

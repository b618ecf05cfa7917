#include "record/run_directory.hpp"

#include <algorithm>
#include <cerrno>
#include <deque>
#include <system_error>
#include <utility>
#include <vector>

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <terrace/digest.hpp>

#include "record/folder_names.hpp"
#include "record/run_journal.hpp"
#include "record/summary.hpp"
#include "record/trajectories.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

constexpr const char* kScenario = "scenario.resolved.yaml";
constexpr const char* kProvenance = "provenance.json";

/// Marks a run's folder as one that a process is at work in, as long as it lives. False if another
/// is; a file system that knows no locks lets everybody in.
bool lock(const FileDescriptor& directory) {
  return ::flock(directory.get(), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

/// Takes the name away first, so that a kill leaves no directory with a part of its files.
void discard(const fs::path& dir) {
  const fs::path nameless = hidden_sibling(dir, ".discarded");
  fs::remove_all(nameless);
  fs::rename(dir, nameless);
  fs::remove_all(nameless);
}

std::vector<std::string> folders_in(const fs::path& dir) {
  std::vector<std::string> names;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(dir, none)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

/// Removes a directory that was not given its name in the end.
class RemovedUnlessKept {
 public:
  explicit RemovedUnlessKept(fs::path path) : path_(std::move(path)) {}
  RemovedUnlessKept(const RemovedUnlessKept&) = delete;
  RemovedUnlessKept& operator=(const RemovedUnlessKept&) = delete;
  ~RemovedUnlessKept() {
    std::error_code ignored;
    if (!kept_) fs::remove_all(path_, ignored);
  }
  void keep() { kept_ = true; }

 private:
  fs::path path_;
  bool kept_ = false;
};

/// All files of a run, complete on disk under temporary names.
class StagedRun {
 public:
  StagedRun(const FileDescriptor& directory, const fs::path& path)
      : directory_(directory), path_(path) {}

  template <typename Bytes>
  void add(const std::string& name, const Bytes& contents) {
    const auto bytes = std::as_bytes(std::span(contents));
    StagedFile& file = files_.emplace_back(directory_, path_, name);
    file.write(bytes);
    file.complete();
    list(name, bytes);
  }

  /// Lists a file that is there already.
  void list(const std::string& name) {
    const std::string contents = read_file(path_ / name);
    list(name, std::as_bytes(std::span(contents)));
  }

  const std::vector<FileChecksum>& checksums() const { return checksums_; }

  /// In the order in which they were added. `published` tells if any was, should this throw.
  void publish(bool& published) {
    for (StagedFile& file : files_) {
      file.publish();
      published = true;
    }
    sync_directory(directory_, path_);
  }

 private:
  void list(const std::string& name, std::span<const std::byte> bytes) {
    Digest digest;
    digest.add(bytes);
    checksums_.push_back({name, bytes.size(), digest.hex()});
  }

  const FileDescriptor& directory_;
  fs::path path_;
  std::deque<StagedFile> files_;
  std::vector<FileChecksum> checksums_;
};

}  // namespace

RunDirectory::RunDirectory(const fs::path& dir, const std::string& resolved_yaml, bool force,
                           const std::function<void(const fs::path&)>& fill) try
    : dir_(absolute_name(dir)), aside_(hidden_sibling(dir_, ".previous")) {
  const bool taken = fs::exists(fs::symlink_status(dir_));
  if (taken && !force) {
    throw DirectoryExists(dir_.string() + " exists; choose another folder or use --force");
  }
  if (taken && !fs::exists(dir_ / kScenario) && !(fs::is_directory(dir_) && fs::is_empty(dir_))) {
    throw DirectoryExists(dir_.string() + " is not a folder of results (it holds no " + kScenario +
                          "), so --force does not replace it");
  }
  if (!force && fs::exists(aside_)) {
    throw DirectoryExists(aside_.string() + " holds the results that a run with --force was to " +
                          "replace, which was not finished; rename it to " +
                          dir_.filename().string() + " or delete it, or use --force");
  }
  fs::create_directories(dir_.parent_path());
  const fs::path temporary = hidden_sibling(dir_, "." + std::to_string(::getpid()) + ".partial");
  RemovedUnlessKept made(temporary);
  fs::remove_all(temporary);
  fs::create_directory(temporary);
  handle_ = open_directory(temporary);
  lock(handle_);
  StagedFile scenario(handle_, dir_, kScenario);
  scenario.write(resolved_yaml);
  scenario.complete();
  scenario.publish();
  if (fill) fill(temporary);
  sync_directory(handle_, dir_);
  if (taken) put_aside();
  try {
    fs::rename(temporary, dir_);
  } catch (const fs::filesystem_error&) {
    restore();
    throw;
  }
  made.keep();
  sync_directory(open_directory(dir_.parent_path()), dir_.parent_path());
} catch (const fs::filesystem_error& error) {
  throw IoError("cannot create folder " + dir.string() + ": " + error.code().message());
}

RunDirectory::RunDirectory(Reopen, const fs::path& dir)
    : dir_(absolute_name(dir)), aside_(hidden_sibling(dir_, ".previous")), kept_(true) {
  if (!fs::exists(dir_ / kScenario)) {
    throw IoError("cannot resume " + dir_.string() + ": it holds no " + kScenario);
  }
  if (fs::exists(dir_ / kProvenance)) {
    throw DirectoryExists(dir_.string() + " holds a finished run: there is nothing to resume");
  }
  handle_ = open_directory(dir_);
  if (!lock(handle_)) {
    throw DirectoryExists("another process is at work in " + dir_.string());
  }
}

RunDirectory RunDirectory::reopen(const fs::path& dir) { return RunDirectory(Reopen{}, dir); }

// Between this and the rename that follows a kill leaves no directory, but the earlier results
// under their hidden name: the next run there with --force brings them back or, if it succeeds,
// deletes them; one without is refused.
void RunDirectory::put_aside() {
  if (fs::exists(dir_ / kProvenance)) {
    fs::remove_all(aside_);
    fs::rename(dir_, aside_);
  } else {
    discard(dir_);  // an unfinished run: nothing to bring back
  }
}

void RunDirectory::restore() noexcept {
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(dir_, ignored))) return;
  if (fs::exists(aside_, ignored)) fs::rename(aside_, dir_, ignored);
}

RunDirectory::~RunDirectory() {
  if (published_ || kept_) return;
  // Another process may have replaced the directory by its own, which is not ours to remove.
  struct stat ours{}, there{};
  if (::fstat(handle_.get(), &ours) != 0 || ::lstat(dir_.c_str(), &there) != 0) return;
  if (ours.st_dev != there.st_dev || ours.st_ino != there.st_ino) return;
  try {
    discard(dir_);
  } catch (const fs::filesystem_error&) {
    return;  // it stays; somebody who may not remove it has not lost anything
  }
  restore();
}

fs::path RunDirectory::earlier_results() const {
  std::error_code ignored;
  return fs::exists(aside_, ignored) ? aside_ : fs::path();
}

void RunDirectory::publish(const MemoryRecorder& results, const Provenance& provenance,
                           const std::function<void()>& between) {
  StagedRun run(handle_, dir_);
  std::string log = provenance.log;
  {
    const std::vector<std::byte> image = trajectories_image(
        results, provenance, (dir_ / "trajectories.h5").string(), Values::written, between);
    run.add("trajectories.h5", image);
  }
  run.add("summary.csv", summary_csv(results, log));
  run.add("log.txt", log);
  run.add("fit_report.txt", provenance.fit_report);
  run.list(kScenario);
  // Last, because it says that the run is complete.
  run.add(kProvenance, provenance_json(provenance, run.checksums(), folders_in(dir_ / kKept)));
  if (between) between();
  run.publish(published_);
  std::error_code ignored;
  fs::remove_all(dir_ / kCheckpoint, ignored);
  fs::remove_all(dir_ / kSegments, ignored);
  fs::remove(dir_ / kBranch, ignored);
  fs::remove_all(aside_, ignored);
}

}  // namespace terrace::record

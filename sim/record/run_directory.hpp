// The folder that holds a run's results: it appears whole and its files appear whole, or not at
// all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "record/checkpoint_file.hpp"
#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "record/memory_recorder.hpp"
#include "record/provenance.hpp"

namespace terrace::record {

class RunDirectory {
 public:
  /// Creates `dir` by a rename, already holding scenario.resolved.yaml. Throws DirectoryExists if
  /// the name is taken, IoError if the system refuses. With `force` an existing run directory (it
  /// holds scenario.resolved.yaml) or an empty one is put aside: deleted once something is
  /// published, brought back if nothing is.
  RunDirectory(const std::filesystem::path& dir, const std::string& resolved_yaml, bool force);
  /// Opens a directory whose run was stopped or killed. Throws IoError if it is not one, and
  /// DirectoryExists if its run is finished. Nothing is removed from it whatever happens.
  static RunDirectory reopen(const std::filesystem::path& dir);
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  /// Removes the directory if nothing was published or saved.
  ~RunDirectory();

  /// Keeps a stopped run's state beside its scenario, so that it can be resumed. Throws IoError.
  void save_checkpoint(const std::string& resolved_yaml, std::span<const std::byte> state);
  /// The saved state; empty if the run has to start from the beginning. Throws IoError or
  /// BadCheckpoint.
  std::vector<std::byte> load_checkpoint(const std::string& resolved_yaml) const;

  /// Writes trajectories.h5, summary.csv, log.txt, fit_report.txt and, last, provenance.json. All
  /// are complete on disk under temporary names before the first one gets its own. Throws IoError.
  void publish(const MemoryRecorder& results, const Provenance& provenance);

  /// Absolute.
  const std::filesystem::path& path() const { return dir_; }

 private:
  struct Reopen {};
  RunDirectory(Reopen, const std::filesystem::path& dir);
  void put_aside();
  void restore() noexcept;

  std::filesystem::path dir_;
  std::filesystem::path aside_;  ///< where an earlier run's results wait
  FileDescriptor handle_;        ///< of the directory, whatever becomes of its name
  bool published_ = false;
  bool kept_ = false;
};

}  // namespace terrace::record

// The folder that holds a run's results: it appears whole and its files appear whole, or not at
// all.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

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
  /// published, brought back if nothing is and the directory is not kept. Without it, results that
  /// wait so are refused as taken. `fill` may put more into the new directory, by the
  /// name that it has then, before it appears.
  RunDirectory(const std::filesystem::path& dir, const std::string& resolved_yaml, bool force,
               const std::function<void(const std::filesystem::path&)>& fill = {});
  /// Opens a directory whose run was stopped or killed. Throws IoError if it is not one, and
  /// DirectoryExists if its run is finished. Nothing is removed from it whatever happens.
  static RunDirectory reopen(const std::filesystem::path& dir);
  RunDirectory(const RunDirectory&) = delete;
  RunDirectory& operator=(const RunDirectory&) = delete;

  /// Removes the directory if nothing was published and it was not kept.
  ~RunDirectory();

  /// From now on the directory stays whatever happens: a stopped run can be resumed in it.
  void keep() { kept_ = true; }

  /// Writes trajectories.h5, summary.csv, log.txt, fit_report.txt and, last, provenance.json. All
  /// are complete on disk under temporary names before the first one gets its own. After that
  /// segments and the newest checkpoint are removed; kept checkpoints stay. Throws IoError. Before
  /// the first file gets its name `between` is called now and then; where it throws nothing is
  /// published.
  void publish(const MemoryRecorder& results, const Provenance& provenance,
               const std::function<void()>& between = {});

  /// Where the results of an earlier run wait that this one replaces once it is published; empty
  /// if there are none.
  std::filesystem::path earlier_results() const;

  /// Whether any file of results has its name.
  bool published() const { return published_; }

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

// One table of all results of a sweep. It depends on the plan and on what the runs gave, not on how
// they were dealt out, nor on when or where they were done.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <terrace/sweep_results.hpp>

#include "sweep/kept.hpp"
#include "sweep/plan.hpp"
#include "sweep/status.hpp"

namespace terrace::sweep {

struct Gathered {
  SweepResults results;  ///< NaN and a status where a run has none
  SweepStatus status;
};

/// Reads all results that are there. Throws record::IoError where the folder cannot be read.
Gathered gather(const std::filesystem::path& folder, const Plan& plan, const KeptLayout& layout);

/// A line for each run, year and region, a column for each dimension and indicator (of modules
/// `offered.relocation`), as RFC 4180; numbers are the shortest that read back exactly and empty
/// where there is none. `write` gets it in pieces.
void write_table(const SweepResults& sweep, const std::function<void(std::string_view)>& write);

/// A file that is there holds something else, and `force` was not given. Exit status 64.
struct FileExists : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Makes a file whole under a temporary name, in pieces, and gives it its own: at once, or not at
/// all. A file that holds the same bytes already stays.
class MergedFile {
 public:
  /// Throws record::IoError where the folder cannot be written to.
  explicit MergedFile(const std::filesystem::path& path);
  MergedFile(const MergedFile&) = delete;
  MergedFile& operator=(const MergedFile&) = delete;
  ~MergedFile();

  void write(std::string_view bytes);
  /// The disk holds all bytes after this. Throws FileExists unless `force` is given.
  void complete(bool force);
  void publish();
  /// Whether the file was there already, with the same bytes.
  bool same() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace terrace::sweep

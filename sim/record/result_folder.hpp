// A folder of results that are not a run's own, such as a comparison or an attribution: it appears
// with all its files at once, or not at all.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/file_io.hpp"
#include "record/provenance.hpp"

namespace terrace::record {

class ResultFolder {
 public:
  /// Makes the folder under a temporary name, so that a disk that cannot be written to is known
  /// before the work begins. Throws DirectoryExists if `dir` is taken, unless `force` is given and
  /// it is empty or holds a file called `marker`; throws IoError if the system refuses.
  ResultFolder(const std::filesystem::path& dir, std::string marker, bool force);
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;
  /// Removes everything that was not published.
  ~ResultFolder();

  /// A file of the folder, or of a folder in it (`tables/a.csv`), complete on disk. Throws IoError.
  void add(const std::string& name, std::span<const std::byte> contents);
  void add(const std::string& name, std::string_view contents) {
    add(name, std::as_bytes(std::span(contents)));
  }
  /// What was added so far.
  const std::vector<FileChecksum>& checksums() const { return checksums_; }

  /// Gives the folder its name, in the place of an earlier one. The marker must be in it.
  void publish();

  /// Absolute.
  const std::filesystem::path& path() const { return dir_; }

 private:
  std::filesystem::path dir_;
  std::string marker_;
  bool force_;
  std::filesystem::path temporary_;  ///< empty once published
  FileDescriptor handle_;
  std::vector<FileChecksum> checksums_;
};

}  // namespace terrace::record

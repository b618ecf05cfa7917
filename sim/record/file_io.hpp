// Files that are whole or not there: every return is checked, every byte is synced before its name
// appears.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

namespace terrace::record {

/// Owns an open file of the system.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) : number_(number) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  ~FileDescriptor();

  int get() const { return number_; }
  /// Closes it and gives the system's error, or 0.
  int close();

 private:
  int number_ = -1;
};

/// Throws IoError: "cannot <action> <path>: <what the system says of `error`>".
[[noreturn]] void throw_io_error(std::string_view action, const std::filesystem::path& path,
                                 int error);

FileDescriptor open_directory(const std::filesystem::path& path);
/// Makes names that were given or taken in a directory last through a power cut.
void sync_directory(const FileDescriptor& directory, const std::filesystem::path& path);

/// The whole file. Throws IoError.
std::string read_file(const std::filesystem::path& path);

/// A file that is written under a temporary name in its directory and gets its own by publish().
/// Until then it is not there, and if it is not published nothing of it is left.
class StagedFile {
 public:
  /// `path` is the directory's, for messages. Throws IoError, and so do the others.
  StagedFile(const FileDescriptor& directory, const std::filesystem::path& path, std::string name);
  StagedFile(const StagedFile&) = delete;
  StagedFile& operator=(const StagedFile&) = delete;
  ~StagedFile();

  void write(std::span<const std::byte> bytes);
  void write(std::string_view text) { write(std::as_bytes(std::span(text))); }
  /// Syncs and closes. After this the disk holds the bytes.
  void complete();
  void publish();

 private:
  const FileDescriptor& directory_;
  std::filesystem::path path_;  ///< of the file under its own name
  std::string name_;
  std::string temporary_;  ///< empty once there is no such file
  FileDescriptor file_;
};

}  // namespace terrace::record

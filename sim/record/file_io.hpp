// Files that are whole or not there: every return is checked, every byte is synced before its name
// appears.
#pragma once

#include <cstddef>
#include <cstdint>
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

/// A file that grows at its end, under its own name from the beginning: whoever reads it must be
/// able to tell how far it is whole. Members throw IoError.
class AppendedFile {
 public:
  /// Opens the file, or makes it, and cuts it off after `keep` bytes.
  AppendedFile(const std::filesystem::path& path, std::uint64_t keep);

  void write(std::span<const std::byte> bytes);
  void write(std::string_view text) { write(std::as_bytes(std::span(text))); }
  /// After this the disk holds the bytes.
  void sync();
  std::uint64_t size() const { return size_; }

 private:
  std::filesystem::path path_;
  FileDescriptor file_;
  std::uint64_t size_;
};

/// A file that is read from front to back. Members throw IoError.
class ReadFile {
 public:
  explicit ReadFile(const std::filesystem::path& path);
  /// Fills `bytes` as far as the file goes and gives how many there were.
  std::size_t read(std::span<std::byte> bytes);
  std::uint64_t left() const { return left_; }

 private:
  std::filesystem::path path_;
  std::uint64_t left_ = 0;  ///< before the file, whose opening sets it
  FileDescriptor file_;
};

/// Makes a folder, if it is not there, that lasts. Throws IoError.
void make_directory(const std::filesystem::path& path);

/// A file that is written under a temporary name in its directory and gets its own by publish().
/// Until then it is not there, and if it is not published nothing of it is left.
class StagedFile {
 public:
  /// `path` is the directory's, for messages. `writer` goes into the temporary name where several
  /// processes may write files of one name. Throws IoError, and so do the others.
  StagedFile(const FileDescriptor& directory, const std::filesystem::path& path, std::string name,
             const std::string& writer = {});
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

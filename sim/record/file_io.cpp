#include "record/file_io.hpp"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/errors.hpp"

namespace terrace::record {
namespace {

/// Calls again what a signal has interrupted.
template <typename Call>
auto retry(Call call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

/// A file-size limit is told twice: by an error and by SIGXFSZ, which would end the process. While
/// this object lives, only the error is left.
class FileSizeSignalBlocked {
 public:
  FileSizeSignalBlocked() {
    sigemptyset(&signal_);
    sigaddset(&signal_, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &signal_, &before_);
  }
  FileSizeSignalBlocked(const FileSizeSignalBlocked&) = delete;
  FileSizeSignalBlocked& operator=(const FileSizeSignalBlocked&) = delete;
  ~FileSizeSignalBlocked() {
    if (sigismember(&before_, SIGXFSZ) == 0) {
      const timespec no_time{};
      retry([&] { return sigtimedwait(&signal_, nullptr, &no_time); });  // takes a waiting one away
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t signal_;
  sigset_t before_;
};

/// All of them, or IoError.
void write_all(const FileDescriptor& file, const std::filesystem::path& path,
               std::span<const std::byte> bytes) {
  const FileSizeSignalBlocked blocked;
  while (!bytes.empty()) {
    const ssize_t written = retry([&] { return ::write(file.get(), bytes.data(), bytes.size()); });
    if (written <= 0) throw_io_error("write", path, written < 0 ? errno : EIO);
    bytes = bytes.subspan(static_cast<std::size_t>(written));  // a disk may take a part only
  }
}

/// Opened for reading, at its front, with the number of its bytes.
FileDescriptor open_to_read(const std::filesystem::path& path, std::uint64_t& bytes) {
  // O_NONBLOCK: to open a pipe would wait for a writer; of a file it changes nothing.
  constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  FileDescriptor file(retry([&] { return ::open(path.c_str(), flags); }));
  if (file.get() < 0) throw_io_error("open", path, errno);
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) throw_io_error("read", path, errno);
  if (!S_ISREG(status.st_mode)) throw IoError("cannot read " + path.string() + ": not a file");
  bytes = static_cast<std::uint64_t>(status.st_size);
  return file;
}

}  // namespace

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1)) {}

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

FileDescriptor::~FileDescriptor() { close(); }

int FileDescriptor::close() {
  if (number_ < 0) return 0;
  // Not again after EINTR: the number is free by then and may be somebody else's.
  return ::close(std::exchange(number_, -1)) == 0 || errno == EINTR ? 0 : errno;
}

void throw_io_error(std::string_view action, const std::filesystem::path& path, int error) {
  throw IoError("cannot " + std::string(action) + " " + path.string() + ": " +
                std::generic_category().message(error));
}

FileDescriptor open_directory(const std::filesystem::path& path) {
  FileDescriptor directory(
      retry([&] { return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); }));
  if (directory.get() < 0) throw_io_error("open folder", path, errno);
  return directory;
}

void sync_directory(const FileDescriptor& directory, const std::filesystem::path& path) {
  if (retry([&] { return ::fsync(directory.get()); }) == 0) return;
  // Some file systems cannot sync a folder; they have nothing to sync then.
  if (errno != EINVAL && errno != ENOTSUP) throw_io_error("sync folder", path, errno);
}

std::string read_file(const std::filesystem::path& path) {
  ReadFile file(path);
  std::string bytes(static_cast<std::size_t>(file.left()), '\0');
  bytes.resize(file.read(std::as_writable_bytes(std::span(bytes))));
  return bytes;
}

ReadFile::ReadFile(const std::filesystem::path& path)
    : path_(path), file_(open_to_read(path, left_)) {}

std::size_t ReadFile::read(std::span<std::byte> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t got =
        retry([&] { return ::read(file_.get(), bytes.data() + done, bytes.size() - done); });
    if (got < 0) throw_io_error("read", path_, errno);
    if (got == 0) break;  // it has become shorter
    done += static_cast<std::size_t>(got);
  }
  left_ -= std::min<std::uint64_t>(left_, done);
  return done;
}

AppendedFile::AppendedFile(const std::filesystem::path& path, std::uint64_t keep)
    : path_(path), size_(keep) {
  constexpr int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
  file_ = FileDescriptor(retry([&] { return ::open(path_.c_str(), flags, 0666); }));
  if (file_.get() < 0) throw_io_error("create", path_, errno);
  if (retry([&] { return ::ftruncate(file_.get(), static_cast<off_t>(keep)); }) != 0 ||
      ::lseek(file_.get(), 0, SEEK_END) < 0) {
    throw_io_error("write", path_, errno);
  }
}

void AppendedFile::write(std::span<const std::byte> bytes) {
  write_all(file_, path_, bytes);
  size_ += bytes.size();
}

void AppendedFile::sync() {
  if (retry([&] { return ::fsync(file_.get()); }) != 0) throw_io_error("sync", path_, errno);
}

void make_directory(const std::filesystem::path& path) {
  if (::mkdir(path.c_str(), 0777) != 0) {
    if (errno == EEXIST) return;
    throw_io_error("create folder", path, errno);
  }
  sync_directory(open_directory(path.parent_path()), path.parent_path());
}

StagedFile::StagedFile(const FileDescriptor& directory, const std::filesystem::path& path,
                       std::string name, const std::string& writer)
    : directory_(directory),
      path_(path / name),
      name_(std::move(name)),
      temporary_("." + name_ + writer + ".partial") {
  // A kill may have left one of this name; it is of no use to anybody.
  constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW;
  file_ = FileDescriptor(
      retry([&] { return ::openat(directory_.get(), temporary_.c_str(), flags, 0666); }));
  if (file_.get() < 0) throw_io_error("create", path_, errno);
}

StagedFile::~StagedFile() {
  if (!temporary_.empty()) ::unlinkat(directory_.get(), temporary_.c_str(), 0);
}

void StagedFile::write(std::span<const std::byte> bytes) { write_all(file_, path_, bytes); }

void StagedFile::complete() {
  if (retry([&] { return ::fsync(file_.get()); }) != 0) throw_io_error("sync", path_, errno);
  if (const int error = file_.close(); error != 0) throw_io_error("close", path_, error);
}

void StagedFile::publish() {
  if (::renameat(directory_.get(), temporary_.c_str(), directory_.get(), name_.c_str()) != 0) {
    throw_io_error("rename to", path_, errno);
  }
  temporary_.clear();
}

}  // namespace terrace::record

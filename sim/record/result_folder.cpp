#include "record/result_folder.hpp"

#include <system_error>
#include <utility>

#include <unistd.h>

#include <terrace/check.hpp>
#include <terrace/digest.hpp>

#include "record/errors.hpp"
#include "record/folder_names.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

bool taken(const fs::path& dir) { return fs::exists(fs::symlink_status(dir)); }

bool may_be_replaced(const fs::path& dir, const std::string& marker) {
  return fs::is_directory(dir) && (fs::exists(dir / marker) || fs::is_empty(dir));
}

void refuse_if_taken(const fs::path& dir, const std::string& marker, bool force) {
  if (!taken(dir)) return;
  if (!force) {
    throw DirectoryExists(dir.string() + " exists; choose another folder or use --force");
  }
  if (!may_be_replaced(dir, marker)) {
    throw DirectoryExists(dir.string() + " holds no " + marker +
                          ", so --force does not replace it");
  }
}

void write_file(const FileDescriptor& directory, const fs::path& path, const std::string& name,
                std::span<const std::byte> contents) {
  StagedFile file(directory, path, name);
  file.write(contents);
  file.complete();
  file.publish();
}

[[noreturn]] void cannot(const std::string& what, const fs::path& dir,
                         const fs::filesystem_error& error) {
  throw IoError("cannot " + what + " folder " + dir.string() + ": " + error.code().message());
}

}  // namespace

ResultFolder::ResultFolder(const fs::path& dir, std::string marker, bool force) try
    : dir_(absolute_name(dir)), marker_(std::move(marker)), force_(force) {
  refuse_if_taken(dir_, marker_, force);
  fs::create_directories(dir_.parent_path());
  const fs::path partial = hidden_sibling(dir_, "." + std::to_string(::getpid()) + ".partial");
  fs::remove_all(partial);
  fs::create_directory(partial);
  temporary_ = partial;
  handle_ = open_directory(partial);
} catch (const fs::filesystem_error& error) {
  cannot("create", dir, error);
}

ResultFolder::~ResultFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

void ResultFolder::add(const std::string& name, std::span<const std::byte> contents) {
  const fs::path place(name);
  if (place.has_parent_path()) {
    const fs::path inner = temporary_ / place.parent_path();
    make_directory(inner);
    const FileDescriptor handle = open_directory(inner);
    write_file(handle, dir_ / place.parent_path(), place.filename().string(), contents);
    sync_directory(handle, inner);
  } else {
    write_file(handle_, dir_, name, contents);
  }
  Digest digest;
  digest.add(contents);
  checksums_.push_back({name, contents.size(), digest.hex()});
}

void ResultFolder::publish() try {
  require(fs::exists(temporary_ / marker_), "the file that marks a folder of results is missing");
  sync_directory(handle_, dir_);
  const fs::path before = hidden_sibling(dir_, ".previous");
  refuse_if_taken(dir_, marker_, force_);  // it may have come while we worked
  const bool replace = taken(dir_);
  if (replace) {  // a kill between the two renames leaves the earlier results as `before`
    fs::remove_all(before);
    fs::rename(dir_, before);
  }
  std::error_code failed;
  fs::rename(temporary_, dir_, failed);
  if (failed) {
    std::error_code ignored;
    if (replace) fs::rename(before, dir_, ignored);
    throw fs::filesystem_error("rename", temporary_, dir_, failed);
  }
  temporary_.clear();
  sync_directory(open_directory(dir_.parent_path()), dir_.parent_path());
  std::error_code ignored;
  fs::remove_all(before, ignored);
} catch (const fs::filesystem_error& error) {
  cannot("publish", dir_, error);
}

}  // namespace terrace::record

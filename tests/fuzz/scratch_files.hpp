// Files that a fuzz target writes anew for every input: in memory, removed with the process.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <unistd.h>

namespace terrace::fuzz {

class ScratchFiles {
 public:
  ScratchFiles() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code error;
    const auto base = std::filesystem::is_directory(memory, error)
                          ? memory
                          : std::filesystem::temp_directory_path();
    static int made = 0;
    folder_ = base / ("terrace-fuzz-" + std::to_string(::getpid()) + '-' + std::to_string(made++));
    std::filesystem::create_directories(folder_);
  }
  ScratchFiles(const ScratchFiles&) = delete;
  ScratchFiles& operator=(const ScratchFiles&) = delete;
  ~ScratchFiles() {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    std::filesystem::path file = folder_ / name;
    std::ofstream(file, std::ios::binary)
        .write(text.data(), static_cast<std::streamsize>(text.size()));
    return file;
  }
  const std::filesystem::path& folder() const { return folder_; }

 private:
  std::filesystem::path folder_;
};

/// A target calls this where its answer is wrong: the fuzzer keeps the input.
inline void expect(bool holds) {
  if (!holds) std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace terrace::fuzz

// Names of folders of results and of what waits beside them.
#pragma once

#include <filesystem>
#include <string>

namespace terrace::record {

/// The folder itself where the name is that of a link.
inline std::filesystem::path absolute_name(const std::filesystem::path& dir) {
  std::filesystem::path path = std::filesystem::absolute(dir).lexically_normal();
  if (!path.has_filename()) path = path.parent_path();  // "results/x/" means "results/x"
  return std::filesystem::is_symlink(path) ? std::filesystem::canonical(path) : path;
}

inline std::filesystem::path hidden_sibling(const std::filesystem::path& dir,
                                            const std::string& ending) {
  return dir.parent_path() / ("." + dir.filename().string() + ending);
}

}  // namespace terrace::record

#include "cli/merged_sweep.hpp"

#include <system_error>

#include "cli/errors.hpp"
#include "cli/sweep_text.hpp"
#include "sweep/plan_files.hpp"

namespace terrace::cli {

MergedSweep merged_sweep(const std::string& given) {
  const std::filesystem::path path(given);
  std::error_code error;
  if (!std::filesystem::is_directory(path, error)) {
    return {path, path.has_parent_path() ? path.parent_path() : "."};
  }
  const std::filesystem::path file = path / sweep::kMerged;
  if (!std::filesystem::exists(file, error)) {
    throw Failure(Exit::input_output, file.string() +
                                          ": there are no merged results; make them with\n  " +
                                          sweep_command("merge", path.string()));
  }
  return {file, path};
}

}  // namespace terrace::cli

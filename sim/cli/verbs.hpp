// One function a verb. Each prints its data to stdout and all else to stderr; throws Failure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/exit_codes.hpp"

namespace terrace::cli {

/// What every verb that reads a scenario takes.
struct ScenarioOptions {
  std::string scenario;           ///< a file, or the name of a shipped one
  std::vector<std::string> sets;  ///< `a.b.c=value`
  std::optional<std::string> seed;
  std::optional<std::string> replicates;
};

struct RunOptions {
  ScenarioOptions input;
  std::string directory;  ///< empty: named after the scenario
  unsigned threads = 0;   ///< 0: all there are
  bool force = false;
  bool quiet = false;
  bool verbose = false;
  std::string command;  ///< as it was typed
};

struct CheckOptions {
  ScenarioOptions input;
  bool quiet = false;  ///< say only whether it is in order
};

struct ListOptions {
  std::string what;
  bool json = false;
};

Exit run(const RunOptions& options);
/// Goes on with the run in `options.directory`; its scenario is the one that lies there.
Exit resume(const RunOptions& options);
Exit check(const CheckOptions& options);
Exit list(const ListOptions& options);

/// What may be listed.
const std::vector<std::string>& list_topics();

}  // namespace terrace::cli

// One function a verb. Each prints its data to stdout and all else to stderr; throws Failure.
#pragma once

#include <cstdint>
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
  std::string from;       ///< folder of kept checkpoints to branch off from; empty: none
  unsigned threads = 0;   ///< 0: all there are
  bool force = false;
  bool quiet = false;
  bool verbose = false;
  std::string command;  ///< as it was typed
};

struct CheckOptions {
  ScenarioOptions input;
  bool quiet = false;          ///< say only whether it is in order
  unsigned threads = 0;        ///< of the run that is estimated; 0: all there are
  double pilot_seconds = 1.0;  ///< how long to measure how fast this machine is; 0: not at all
};

struct ListOptions {
  std::string what;
  bool json = false;
};

struct TargetsOptions {
  std::string directory;  ///< of the run
  bool strict = false;    ///< a figure that fails is an error
  bool json = false;
  bool verbose = false;  ///< name every figure without an answer
  std::string output;    ///< folder for the tables; empty: none are written
  bool force = false;    ///< over an earlier one
  std::string command;   ///< as it was typed
};

struct CompareVerbOptions {
  std::vector<std::string> folders;     ///< the base's first
  std::string directory;                ///< empty: no files
  std::vector<std::string> indicators;  ///< empty: the headlines on the terminal, all in files
  std::string level;                    ///< national, province, county, all, or empty
  std::string years;                    ///< 2013-2020, 2016, or empty
  double confidence = 0.95;
  double threshold = 0.01;
  bool replicates_in_common = false;
  bool json = false;
  bool force = false;
  std::string command;  ///< as it was typed
};

struct ExplainOptions {
  std::string directory;
  std::string other;      ///< a second run, or empty
  std::string household;  ///< `county:id` or the number in the file; empty: list examples
  std::uint32_t replicate = 0;
  std::string from;  ///< `2015-03`, or empty
  std::string to;
  bool all = false;  ///< quiet months too
  bool json = false;
};

struct AttributeOptions {
  ScenarioOptions input;
  std::string directory;  ///< empty: named after the scenario
  unsigned threads = 0;   ///< 0: all there are
  bool force = false;
  bool quiet = false;
  bool json = false;
  std::string command;  ///< as it was typed
};

struct VerifyOptions {
  std::string directory;
  bool json = false;
};

Exit run(const RunOptions& options);
/// Goes on with the run in `options.directory`; its scenario is the one that lies there.
Exit resume(const RunOptions& options);
Exit check(const CheckOptions& options);
Exit list(const ListOptions& options);
/// Prints the JSON Schema of a scenario.
Exit schema();
/// Holds a run against the published figures of the library.
Exit targets(const TargetsOptions& options);
Exit compare(const CompareVerbOptions& options);
Exit explain(const ExplainOptions& options);
Exit attribute(const AttributeOptions& options);
/// Says whether the files of a run are as they were published; `not_met` if not.
Exit verify(const VerifyOptions& options);

/// What may be listed.
const std::vector<std::string>& list_topics();

}  // namespace terrace::cli

// Where a run's results come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace terrace::record {

/// The version of provenance.json.
inline constexpr int kProvenanceVersion = 2;

struct Provenance {
  std::string results_digest;
  std::vector<std::pair<std::string, std::string>> group_digests;  ///< by group name
  std::string scenario_name;
  std::string scenario_title;
  std::string resolved_yaml;  ///< the whole scenario; running it alone gives the same digest
  std::string command;        ///< as it was typed
  std::string version;
  std::string commit;
  std::uint64_t seed = 0;
  std::uint32_t replicates = 1;
  std::uint32_t first_replicate = 0;  ///< number of the first
  int ranks = 1;                      ///< processes that shared the run
  int threads = 1;                    ///< of each
  double seconds = 0;
  std::string started_utc;  ///< ISO 8601
  std::string log;
  std::string fit_report;
  std::size_t households = 0;  ///< simulated, at the end of the last replicate
  std::size_t persons = 0;
  /// Of a run that goes on from a checkpoint of another scenario: the digest of that scenario, and
  /// the first year of its own. Empty for others.
  std::string branched_from;
  int branched_year = 0;
};

/// A published file, as provenance.json lists it.
struct FileChecksum {
  std::string name;
  std::size_t bytes = 0;
  std::string xxh3_128;  ///< hexadecimal
};

/// The text of provenance.json. Everything that may differ between two runs of one digest stands in
/// it and in no other file but the log. `checkpoints`: names of the folders of states that were
/// kept.
std::string provenance_json(const Provenance& provenance, const std::vector<FileChecksum>& files,
                            const std::vector<std::string>& checkpoints = {});

/// The files that a provenance.json lists. `path` is for messages. Throws IoError.
std::vector<FileChecksum> listed_files(const std::string& json, const std::string& path);

}  // namespace terrace::record

// Whether two runs differ by their policies alone, so that replicate can be set against replicate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <terrace/calendar.hpp>
#include <terrace/run_reader.hpp>

#include "analysis/settings.hpp"

namespace terrace::analysis {

/// What a run says of itself.
struct RunFacts {
  std::string path;      ///< as the user named it
  std::string scenario;  ///< name
  std::string title;
  std::string digest;  ///< of its results
  std::string seed;
  std::string version;
  std::string commit;
  std::string replay;  ///< the command that gives its results again
  Settings settings;
  Month start = 0;
  Month programme = 0;
  Month end = 0;
  std::size_t replicates = 0;
  std::uint32_t first_replicate = 0;  ///< number of the first; the others follow
  std::vector<RegionInfo> regions;    ///< provinces and counties
  bool panel = false;
};

/// Throws IoError, also if the run is of a version that does not say what is needed.
RunFacts facts_of(const RunReader& run, const std::string& path);

struct Years {
  int first = 0;
  int last = 0;  ///< not before the first

  std::size_t count() const {
    return static_cast<std::size_t>(last) - static_cast<std::size_t>(first) + 1;
  }
};

/// What the user allows.
struct Pairing {
  std::optional<Years> years;         ///< compare these; empty: all that results hold
  bool replicates_in_common = false;  ///< leave out replicates that one run only has
};

/// Replicates that two runs have both, by their numbers: draws go by these.
struct CommonReplicates {
  std::size_t count = 0;  ///< 0: none
  std::size_t base = 0;   ///< place of the first of them in the base
  std::size_t alt = 0;    ///< and in the other run
};

CommonReplicates common_replicates(const RunFacts& base, const RunFacts& alt);

/// `3 replicates`, with their numbers where these do not begin with 0.
std::string replicates_text(const RunFacts& facts);

/// What stands against a comparison, and what a reader of it should know.
struct PairingVerdict {
  std::vector<std::string> reasons;  ///< all there are; none: the runs are comparable
  std::vector<std::string> notes;
};

/// By what the runs say of themselves.
PairingVerdict compare_facts(const RunFacts& base, const RunFacts& alt, const Pairing& pairing);

/// Both runs should have lived the same years before the programme, to the last bit: same people,
/// same weather, same luck. Where parameters or series differ they may not have, which is a note;
/// if nothing explains it that is a reason. Looks at the nation and the provinces.
PairingVerdict compare_burn_in(const RunFacts& base, const RunReader& base_run, const RunFacts& alt,
                               const RunReader& alt_run);

/// Settings in which two comparable runs differ: what the comparison is about. Without names,
/// output, replicates and the end.
std::vector<SettingDifference> what_differs(const RunFacts& base, const RunFacts& alt);

/// Years that a comparison is over. The facts must be comparable.
Years compared_years(const RunFacts& base, const RunFacts& alt, const Pairing& pairing);

/// "a, b, c and 4 more".
std::string shortened(const std::vector<std::string>& names, std::size_t most = 3);

}  // namespace terrace::analysis

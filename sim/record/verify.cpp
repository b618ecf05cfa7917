#include "record/verify.hpp"

#include <algorithm>
#include <span>
#include <system_error>

#include <nlohmann/json.hpp>

#include <terrace/digest.hpp>
#include <terrace/run_reader.hpp>

#include "engine/record_digest.hpp"
#include "record/file_io.hpp"
#include "record/hdf5_compare.hpp"
#include "record/hdf5_read.hpp"
#include "record/provenance.hpp"
#include "record/read_back.hpp"
#include "record/run_journal.hpp"
#include "record/summary.hpp"
#include "record/trajectories.hpp"
#include "record/verify_checkpoints.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

constexpr const char* kProvenance = "provenance.json";
constexpr const char* kTrajectories = "trajectories.h5";
constexpr const char* kSummary = "summary.csv";
constexpr const char* kScenario = "scenario.resolved.yaml";

class Verification {
 public:
  explicit Verification(fs::path directory) : directory_(std::move(directory)) {}

  Verdict verdict;

  void run() {
    if (!fs::is_directory(directory_)) throw IoError(directory_.string() + " is not a folder");
    if (!check_list()) return;
    check_others();
    check_checkpoints(nullptr);
    if (!verdict.faults.empty()) return;  // what follows would only repeat them
    try {
      check_results();
    } catch (const std::exception& error) {  // parts that do not fit each other
      fault(kTrajectories, error.what());
    }
    if (verdict.faults.empty()) verdict.results_digest = digest_;
  }

 private:
  void fault(const std::string& file, const std::string& what) {
    verdict.faults.push_back({file, what});
  }

  /// Every listed file is there with its bytes; false if there is no list.
  bool check_list() {
    const fs::path path = directory_ / kProvenance;
    if (!fs::exists(path)) {
      fault(kProvenance, "is missing: the run is not finished, or its files were moved");
      return false;
    }
    list_ = read_file(path);
    std::vector<FileChecksum> files;
    try {
      files = listed_files(list_, kProvenance);
    } catch (const IoError& error) {
      fault(kProvenance, error.what());
      return false;
    }
    known_.emplace_back(kProvenance);
    for (const FileChecksum& file : files) check_file(file);
    for (const char* name : {kTrajectories, kSummary, kScenario}) {
      if (std::ranges::count(known_, name) == 0) {
        fault(kProvenance, std::string("does not list ") + name);
      }
    }
    return true;
  }

  void check_file(const FileChecksum& file) {
    known_.push_back(file.name);
    const fs::path path = directory_ / file.name;
    if (!fs::is_regular_file(path)) return fault(file.name, "is missing");
    const std::string bytes = read_file(path);
    ++verdict.files;
    verdict.bytes += bytes.size();
    Digest digest;
    digest.add(std::as_bytes(std::span(bytes)));
    if (bytes.size() != file.bytes) {
      fault(file.name, "has " + std::to_string(bytes.size()) + " bytes instead of " +
                           std::to_string(file.bytes));
    } else if (digest.hex() != file.xxh3_128) {
      fault(file.name, "is damaged: its checksum is not that of provenance.json");
    }
  }

  void check_others() {
    for (const auto& entry : fs::directory_iterator(directory_)) {
      const std::string name = entry.path().filename().string();
      const bool kept = entry.is_directory() && name == kKept;
      if (kept || std::ranges::count(known_, name) > 0) continue;
      verdict.notes.push_back({name, "is not of this run"});
    }
  }

  /// Those that the run was told to keep.
  void check_checkpoints(const Month* start) {
    const fs::path folder = directory_ / kKept;
    const auto json = nlohmann::json::parse(list_);
    for (const auto& year : json.value("checkpoints", std::vector<std::string>())) {
      if (!fs::is_directory(folder / year)) fault(std::string(kKept) + "/" + year, "is missing");
    }
    if (!fs::is_directory(folder)) return;
    const auto replicates = json.at("replicates").get<std::uint32_t>();
    const auto first = json.value("first_replicate", std::uint32_t{0});
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = std::string(kKept) + "/" + entry.path().filename().string();
      for (const std::string& what : checkpoint_faults(entry.path(), first, replicates, start)) {
        fault(name, what);
      }
    }
  }

  /// Remakes what can be remade from the values in the file.
  void check_results() {
    const RunReader reader(directory_);
    const MemoryRecorder results = read_back(reader);
    MemoryRecorder nowhere;
    engine::DigestRecorder digests(nowhere);
    results.replay(digests);
    check_checkpoints(&results.info().start);
    check_counties(results.info());
    check_digests(reader, digests);
    check_structure(reader, results, digests);
    if (reader.attribute("resolved_scenario") != read_file(directory_ / kScenario)) {
      fault(kScenario, "is not the scenario of trajectories.h5");
    }
    std::string log;
    if (summary_csv(results, log) != read_file(directory_ / kSummary)) {
      fault(kSummary, "does not follow from trajectories.h5");
    }
  }

  /// No digest covers what the groups say of a county, but they must all say the same.
  void check_counties(const RunInfo& info) {
    const auto of_county = std::ranges::find(info.groups, "county", &GroupInfo::name);
    if (of_county == info.groups.end()) return;
    for (const GroupInfo& group : info.groups) {
      for (const RegionInfo& region : group.regions) {
        if (!group.yearly || region.level != RegionLevel::county) continue;
        const auto same = std::ranges::find(of_county->regions, region.id, &RegionInfo::id);
        if (same == of_county->regions.end() || !alike(*same, region)) {
          fault(kTrajectories, "county and " + group.name + " do not say the same of county " +
                                   std::to_string(region.id));
        }
      }
    }
  }

  static bool alike(const RegionInfo& a, const RegionInfo& b) {
    return a.name == b.name && a.province == b.province && a.part == b.part &&
           a.designated == b.designated && a.weight == b.weight && a.fraction == b.fraction;
  }

  void check_digests(const RunReader& reader, const engine::DigestRecorder& digests) {
    const auto json = nlohmann::json::parse(list_);
    const auto compare = [&](const std::string& of, const std::string& attribute,
                             const nlohmann::json& listed, const std::string& due) {
      const std::string stored = reader.attribute(attribute);
      if (stored != due) {
        fault(kTrajectories,
              attribute + " is " + stored + ", but the values of " + of + " give " + due);
      }
      if (listed != due) {
        fault(kProvenance, "the digest of " + of + " is not that of the values, " + due);
      }
    };
    digest_ = digests.digest();
    compare("all groups", "results_digest", json.at("results_digest"), digest_);
    for (const auto& [group, due] : digests.group_digests()) {
      compare(group, "digest_" + group, json.at("group_digests").value(group, ""), due);
    }
  }

  /// The file against one that is made now, but for the values that the digests cover.
  void check_structure(const RunReader& reader, const MemoryRecorder& results,
                       const engine::DigestRecorder& digests) {
    const auto json = nlohmann::json::parse(list_);
    Provenance expected;
    expected.results_digest = digests.digest();
    expected.group_digests = digests.group_digests();
    expected.scenario_name = json.at("scenario");
    expected.scenario_title = json.at("title");
    expected.resolved_yaml = reader.attribute("resolved_scenario");
    expected.version = json.at("terrace_version");
    expected.commit = json.at("commit");
    expected.seed = std::stoull(json.at("seed").get<std::string>());
    if (json.contains("branched_from")) {
      expected.branched_from = json.at("branched_from").at("scenario_digest");
      expected.branched_year = json.at("branched_from").at("year");
    }
    if (json.at("replicates") != results.info().replicates) {
      fault(kProvenance, "has another number of replicates than trajectories.h5");
    }
    if (json.value("first_replicate", 0U) != results.info().first_replicate) {
      fault(kProvenance, "has another first replicate than trajectories.h5");
    }
    const auto image = trajectories_image(results, expected, kTrajectories, Values::left_out);
    const Hdf5Silence silence;
    const std::string due(reinterpret_cast<const char*>(image.data()), image.size());
    const Hdf5Id due_file = open_image(due);
    const Hdf5Id file = open_image(read_file(directory_ / kTrajectories));
    for (const std::string& difference :
         structure_differences(open_group(file, "/"), open_group(due_file, "/"))) {
      fault(kTrajectories, difference);
    }
  }

  fs::path directory_;
  std::string list_;                ///< text of provenance.json
  std::vector<std::string> known_;  ///< files that are listed, and the list
  std::string digest_;
};

}  // namespace

Verdict verify_run(const fs::path& directory) try {
  Verification verification(directory);
  verification.run();
  return std::move(verification.verdict);
} catch (const fs::filesystem_error& error) {
  throw IoError("cannot read " + directory.string() + ": " + error.code().message());
}

}  // namespace terrace::record

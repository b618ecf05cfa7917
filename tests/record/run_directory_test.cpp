#include "record/run_directory.hpp"

#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void publish(const fs::path& dir, bool force, const Provenance& provenance,
             const MemoryRecorder& run) {
  RunDirectory directory(dir, provenance.resolved_yaml, force);
  directory.publish(run, provenance);
}

void publish(const fs::path& dir, bool force = false) {
  const MemoryRecorder run = made_up_run();
  publish(dir, force, made_up_provenance(run), run);
}

template <typename Error>
std::string message(const fs::path& dir, bool force) {
  try {
    const RunDirectory directory(dir, kMadeUpScenario, force);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(RunDirectory, HoldsTheScenarioFirstAndAllFilesInTheEnd) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  {
    RunDirectory directory(scratch / "results/new/run/", kMadeUpScenario, false);
    EXPECT_EQ(directory.path(), scratch / "results/new/run");
    EXPECT_THAT(names_in(directory.path()), ElementsAre("scenario.resolved.yaml"));
    EXPECT_EQ(read_file(directory.path() / "scenario.resolved.yaml"), kMadeUpScenario);
    directory.publish(run, made_up_provenance(run));
  }
  EXPECT_THAT(names_in(scratch / "results/new/run"),
              ElementsAre("fit_report.txt", "log.txt", "provenance.json", "scenario.resolved.yaml",
                          "summary.csv", "trajectories.h5"));
  EXPECT_THAT(names_in(scratch / "results/new"), ElementsAre("run"));
  EXPECT_EQ(read_file(scratch / "results/new/run/log.txt"), "all went well\n");
  EXPECT_EQ(read_file(scratch / "results/new/run/fit_report.txt"), "all margins met\n");
}

TEST(RunDirectory, LeavesNothingWhenNothingWasPublished) {
  const Scratch scratch;
  {
    const RunDirectory directory(scratch / "run", kMadeUpScenario, false);
  }
  EXPECT_THAT(names_in(scratch.path()), IsEmpty());
}

TEST(RunDirectory, RefusesATakenName) {
  const Scratch scratch;
  publish(scratch / "run");
  EXPECT_THAT(message<DirectoryExists>(scratch / "run", false), HasSubstr("--force"));
  fs::create_directory(scratch / "empty");
  EXPECT_THAT(message<DirectoryExists>(scratch / "empty", false), HasSubstr("exists"));
}

TEST(RunDirectory, ForceReplacesOnlyResults) {
  const Scratch scratch;
  fs::create_directory(scratch / "home");
  std::ofstream(scratch / "home/thesis.txt") << "years of work";
  std::ofstream(scratch / "file") << "not a folder";
  EXPECT_THAT(message<DirectoryExists>(scratch / "home", true),
              HasSubstr("not a folder of results"));
  EXPECT_THAT(message<DirectoryExists>(scratch / "file", true),
              HasSubstr("not a folder of results"));
  EXPECT_EQ(read_file(scratch / "home/thesis.txt"), "years of work");

  publish(scratch / "run");
  std::ofstream(scratch / "run/old.txt") << "old";
  publish(scratch / "run", true);
  EXPECT_FALSE(fs::exists(scratch / "run/old.txt"));
  EXPECT_THAT(names_in(scratch.path()), ElementsAre("file", "home", "run"));
  fs::create_directory(scratch / "empty");
  publish(scratch / "empty", true);
  EXPECT_TRUE(fs::exists(scratch / "empty/summary.csv"));
}

TEST(RunDirectory, ForceBringsEarlierResultsBackIfNothingIsPublished) {
  const Scratch scratch;
  publish(scratch / "run");
  std::ofstream(scratch / "run/mark.txt") << "earlier";
  {
    const RunDirectory directory(scratch / "run", "name: other\n", true);
    EXPECT_THAT(names_in(directory.path()), ElementsAre("scenario.resolved.yaml"));
  }
  EXPECT_EQ(read_file(scratch / "run/mark.txt"), "earlier");
  EXPECT_THAT(names_in(scratch.path()), ElementsAre("run"));
}

TEST(RunDirectory, DoesNotTouchADirectoryThatTookItsPlace) {
  const Scratch scratch;
  {
    const RunDirectory first(scratch / "run", kMadeUpScenario, false);
    publish(scratch / "run", true);
  }
  EXPECT_TRUE(fs::exists(scratch / "run/provenance.json"));
}

TEST(RunDirectory, SaysWhichPathCannotBeWritten) {
  const Scratch scratch;
  std::ofstream(scratch / "file") << "not a folder";
  EXPECT_THAT(
      message<IoError>(scratch / "file/run", false),
      ::testing::AllOf(HasSubstr((scratch / "file/run").string()), HasSubstr("Not a directory")));
  EXPECT_THAT(message<IoError>("/proc/terrace/run", false), HasSubstr("/proc/terrace/run"));
}

TEST(RunDirectory, TwoRunsOfOneDigestGiveTheSameBytes) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  Provenance provenance = made_up_provenance(run);
  publish(scratch / "a", false, provenance, run);
  provenance.command = "terrace run made-up.yaml --threads 7 -o elsewhere";
  provenance.threads = 7;
  provenance.seconds = 99.0;
  provenance.started_utc = "2025-12-31T23:59:59Z";
  publish(scratch / "b", false, provenance, run);
  EXPECT_EQ(read_file(scratch / "a/trajectories.h5"), read_file(scratch / "b/trajectories.h5"));
  EXPECT_EQ(read_file(scratch / "a/summary.csv"), read_file(scratch / "b/summary.csv"));
  EXPECT_NE(read_file(scratch / "a/provenance.json"), read_file(scratch / "b/provenance.json"));
}

TEST(RunDirectory, NeitherTheSignOfZeroNorTheKindOfNanReachesTheFiles) {
  const Scratch scratch;
  const double quiet = std::numeric_limits<double>::quiet_NaN();
  for (const bool other : {false, true}) {
    RunInfo info = made_up_info({});
    info.groups.resize(1);
    info.end = info.start + 11;
    info.programme = info.start;
    info.replicates = 1;
    std::vector<double> values(12 * info.indicators.size(), other ? -0.0 : 0.0);
    values[3] = other ? -quiet : quiet;
    MemoryRecorder run;
    run.begin(info);
    run.record(0, info.start, 12, 0, values);
    publish(scratch / (other ? "b" : "a"), false, made_up_provenance(run), run);
  }
  EXPECT_EQ(read_file(scratch / "a/trajectories.h5"), read_file(scratch / "b/trajectories.h5"));
  EXPECT_EQ(read_file(scratch / "a/summary.csv"), read_file(scratch / "b/summary.csv"));
}

TEST(RunDirectory, TwoProcessesDoNotWorkInOne) {
  const Scratch scratch;
  {
    RunDirectory first(scratch / "run", kMadeUpScenario, false);
    first.keep();
    EXPECT_THROW(RunDirectory::reopen(scratch / "run"), DirectoryExists);
  }
  EXPECT_NO_THROW(RunDirectory::reopen(scratch / "run"));
}

TEST(RunDirectory, ListsTheScenarioAndClearsWhatOnlyAGoingRunNeeds) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  Provenance provenance = made_up_provenance(run);
  provenance.branched_from = "abc";
  provenance.branched_year = 2013;
  RunDirectory directory(scratch / "run", kMadeUpScenario, false, [](const fs::path& fresh) {
    for (const char* folder : {"segments", "checkpoint", "checkpoints/2013"}) {
      fs::create_directories(fresh / folder);
      std::ofstream(fresh / folder / "0.bin") << "state";
    }
  });
  EXPECT_TRUE(fs::exists(scratch / "run/segments/0.bin"));
  directory.publish(run, provenance);
  EXPECT_FALSE(fs::exists(scratch / "run/segments"));
  EXPECT_FALSE(fs::exists(scratch / "run/checkpoint"));
  EXPECT_TRUE(fs::exists(scratch / "run/checkpoints/2013/0.bin"));
  const auto json = nlohmann::json::parse(read_file(scratch / "run/provenance.json"));
  EXPECT_EQ(json.at("files").at("scenario.resolved.yaml").at("bytes"),
            std::string(kMadeUpScenario).size());
  EXPECT_EQ(json.at("branched_from").at("scenario_digest"), "abc");
  EXPECT_EQ(json.at("branched_from").at("year"), 2013);
  EXPECT_EQ(json.at("checkpoints"), nlohmann::json::array({"2013"}));
}

TEST(RunDirectory, ProvenanceSaysWhereItCameFrom) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  Provenance provenance = made_up_provenance(run);
  provenance.command +=
      " -o bad\xff"
      "bytes";  // a folder's name may be any bytes
  publish(scratch / "run", false, provenance, run);
  const auto json = nlohmann::json::parse(read_file(scratch / "run/provenance.json"));
  EXPECT_EQ(json.at("results_digest"), provenance.results_digest);
  EXPECT_EQ(json.at("group_digests").at("county"), provenance.group_digests[2].second);
  EXPECT_EQ(json.at("seed"), "18446744073709551615");
  EXPECT_EQ(json.at("threads"), 2);
  EXPECT_EQ(json.at("households"), 1000);
  EXPECT_EQ(json.at("seconds"), 1.5);
  EXPECT_FALSE(json.at("compiler").get<std::string>().empty());
  EXPECT_FALSE(json.at("host").get<std::string>().empty());
  EXPECT_EQ(json.at("files").at("summary.csv").at("bytes"),
            fs::file_size(scratch / "run/summary.csv"));
}

}  // namespace
}  // namespace terrace::record

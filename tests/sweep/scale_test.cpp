// A sweep of 100 shards of 1,000 runs: what status and merge need of time and memory.
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <terrace/sweep_results.hpp>

#include "sweep/journal.hpp"
#include "sweep/plan_files.hpp"
#include "sweep/segments.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kShards = 100;
constexpr std::size_t kRunsOfAShard = 1000;
constexpr std::size_t kValues = 90;   // 10 indicators in 9 years
constexpr std::size_t kWaiting = 50;  // runs in a file of results

struct Need {
  int status = 0;
  double seconds = 0.0;  ///< of processor time, which a busy machine does not change much
  double megabytes = 0.0;
};

/// Runs the program with its output in a file.
Need call(const fs::path& log, const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  int status = 0;
  rusage used{};
  ::wait4(child, &status, 0, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
  };
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          seconds(used.ru_utime) + seconds(used.ru_stime),
          static_cast<double>(used.ru_maxrss) / 1024.0};
}

double value_of(std::size_t run, std::size_t place) {
  return 1.0 / static_cast<double>(run * kValues + place + 1);
}

void write_shard(const fs::path& folder, const Plan& plan, std::size_t shard) {
  JournalEntry entry;
  entry.host = "node" + std::to_string(shard);
  entry.pid = 1000;
  Journal journal(folder / kJournalFolder, entry);
  std::vector<RunResult> results;
  for (std::size_t i = 0; i < kRunsOfAShard; ++i) {
    const std::size_t run = i * kShards + shard;
    entry.run = run;
    entry.event = JournalEntry::Event::started;
    journal.add(entry);
    RunResult result;
    result.run = run;
    result.digest = std::string(32, static_cast<char>('0' + run % 10));
    for (std::size_t k = 0; k < kValues; ++k) result.values.push_back(value_of(run, k));
    results.push_back(std::move(result));
    entry.event = JournalEntry::Event::done;
    entry.seconds = 0.25;
    journal.add(entry);
    if (results.size() < kWaiting) continue;
    write_segment(folder / kSegmentFolder, plan.digest, kValues, results);
    results.clear();
  }
}

constexpr const char* kStudy =
    "study: 1\n"
    "name: scale\n"
    "title: A hundred thousand runs\n"
    "base: teach\n"
    "over: {time: {start: 2012-01, end: 2020-12}}\n"
    "dimensions:\n"
    "  trap: {parameter: farm_assets.tau}\n"
    "  industry: {policy: industry.enabled, choices: [true, false]}\n"
    "  budget: {series: fund_central, factor: [0.5, 2], from: 2014}\n"
    "design: {kind: latin-hypercube, n: 50000}\n"
    "replicates: 2\n"
    "indicators: [headcount_ratio, poverty_gap, squared_poverty_gap, watts, poor_persons, persons,"
    " households, mean_income, median_income, gini]\n"
    "years: [2012, 2020]\n";

TEST(SweepScaleSlow, AHundredShardsOfAThousandRuns) {
  const record::Scratch scratch;
  const fs::path folder = scratch / "sweep";
  const fs::path log = scratch / "log";
  std::string study = kStudy;
  study.replace(study.find("teach"), 5, std::string(TERRACE_SOURCE_DIR) + "/scenarios/teach.yaml");
  std::ofstream(scratch / "study.yaml") << study;
  const auto measured = [&](const std::string& verb, std::vector<std::string> more) {
    std::vector<std::string> words{TERRACE_PROGRAM, "sweep", verb};
    words.insert(words.end(), more.begin(), more.end());
    const Need need = call(log, words);
    std::ifstream said(log);
    EXPECT_EQ(need.status, 0) << verb << std::string(std::istreambuf_iterator<char>(said), {});
    EXPECT_LT(need.megabytes, 500.0) << verb;
    EXPECT_LT(need.seconds, 60.0) << verb;  // seconds; so many only on a very slow machine
    GTEST_LOG_(INFO) << verb << ": " << need.seconds << " s, " << need.megabytes << " MB";
  };
  measured("plan", {(scratch / "study.yaml").string(), "-o", folder.string(), "-q"});
  const Plan plan = read_plan(folder);
  ASSERT_EQ(plan.runs(), kShards * kRunsOfAShard);
  fs::create_directories(folder / kSegmentFolder);
  fs::create_directories(folder / kJournalFolder);
  for (std::size_t shard = 0; shard < kShards; ++shard) write_shard(folder, plan, shard);
  measured("status", {folder.string()});
  measured("status", {folder.string(), "--json"});
  measured("merge", {folder.string(), "-q", "--csv", (scratch / "runs.csv").string()});

  const SweepResults sweep = read_sweep(folder / kMerged);
  ASSERT_EQ(sweep.runs(), plan.runs());
  for (const std::size_t run : {0U, 12345U, 99999U}) {
    EXPECT_EQ(sweep.status[run], RunStatus::done);
    EXPECT_EQ(sweep.coordinates[0][run], plan.points[run / 2][0]);
    EXPECT_EQ(sweep.variables[9].values[run * 9 + 8], value_of(run, 89));
  }
}

}  // namespace
}  // namespace terrace::sweep

// A full disk and a kill: whatever happens, what can be seen under its name is whole.
#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <terrace/run_reader.hpp>

#include "record/run_directory.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

enum Outcome { published = 0, io_error = 74, wrong_message = 2, left_files = 3 };

/// In a process of its own, since a limit cannot be raised again.
int publish_under_limit(const fs::path& dir, const MemoryRecorder& run, rlim_t bytes) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int outcome = published;
    try {
      RunDirectory directory(dir, kMadeUpScenario, false);
      try {
        directory.publish(run, made_up_provenance(run));
      } catch (const IoError&) {
        if (names_in(dir) != std::vector<std::string>{"scenario.resolved.yaml"}) {
          outcome = left_files;
        }
        if (outcome == published) throw;
      }
    } catch (const IoError& error) {
      const std::string text = error.what();
      const bool clear =
          text.find(dir.string()) != text.npos && text.find("File too large") != text.npos;
      outcome = clear ? io_error : wrong_message;
    }
    ::_exit(outcome);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST(Failure, AFullDiskIsAnErrorAndLeavesNothing) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  ASSERT_EQ(publish_under_limit(scratch / "whole", run, RLIM_INFINITY), published);
  std::vector<std::uintmax_t> sizes;
  for (const auto& file : fs::directory_iterator(scratch / "whole")) {
    sizes.push_back(fs::file_size(file));
  }
  const std::uintmax_t largest = *std::ranges::max_element(sizes);
  std::vector<std::uintmax_t> limits{0, 1, largest - 1};
  for (const std::uintmax_t size : sizes) limits.push_back(size - 1);
  for (std::uintmax_t i = 1; i < 60; ++i) limits.push_back(largest * i / 60);
  for (const std::uintmax_t limit : limits) {
    EXPECT_EQ(publish_under_limit(scratch / "run", run, limit), io_error) << limit << " bytes";
    EXPECT_THAT(names_in(scratch.path()), ElementsAre("whole")) << limit << " bytes";
  }
  EXPECT_EQ(publish_under_limit(scratch / "run", run, largest), published);
  EXPECT_EQ(names_in(scratch / "run"), names_in(scratch / "whole"));
}

TEST(Failure, AFullDiskBringsEarlierResultsBack) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  ASSERT_EQ(publish_under_limit(scratch / "run", run, RLIM_INFINITY), published);
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{2000, 2000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      RunDirectory directory(scratch / "run", "name: other\n", true);
      directory.publish(run, made_up_provenance(run));
    } catch (const IoError&) {
      ::_exit(io_error);
    }
    ::_exit(published);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), io_error);
  EXPECT_EQ(read_file(scratch / "run/scenario.resolved.yaml"), kMadeUpScenario);
  EXPECT_NO_THROW(RunReader(scratch / "run").read("county", "headcount_ratio"));
  EXPECT_THAT(names_in(scratch.path()), ElementsAre("run"));
}

TEST(Failure, ARemovedFolderIsAnError) {
  const Scratch scratch;
  const MemoryRecorder run = made_up_run();
  RunDirectory directory(scratch / "run", kMadeUpScenario, false);
  fs::remove_all(scratch / "run");
  EXPECT_THROW(directory.publish(run, made_up_provenance(run)), IoError);
  EXPECT_THAT(names_in(scratch.path()), IsEmpty());
}

/// Publishes to one directory again and again, until it is killed. An error aborts it.
[[noreturn]] void publish_for_ever(const fs::path& dir, const MemoryRecorder& run) noexcept {
  for (;;) {
    RunDirectory directory(dir, kMadeUpScenario, true);
    directory.publish(run, made_up_provenance(run));
  }
}

/// Looks at what a kill has left. True if the run is complete.
bool check_whole(const fs::path& dir, const fs::path& whole) {
  for (const std::string& name : names_in(dir)) {
    if (name.front() == '.') continue;  // the temporary ones
    if (name == "provenance.json") {
      EXPECT_NO_THROW(RunReader(dir).read("county", "headcount_ratio"));
    } else {
      EXPECT_EQ(read_file(dir / name), read_file(whole / name)) << name;
    }
  }
  return fs::exists(dir / "provenance.json");
}

TEST(Failure, AKillAtAnyMomentLeavesWholeFilesOnly) {
  using std::chrono::steady_clock;
  const Scratch scratch;
  const fs::path whole = scratch / "whole";
  const fs::path dir = scratch / "run";
  const MemoryRecorder run = made_up_run();
  const auto start = steady_clock::now();
  for (const fs::path& first : {whole, dir}) {
    RunDirectory directory(first, kMadeUpScenario, false);
    directory.publish(run, made_up_provenance(run));
  }
  const auto twice =
      std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start);
  std::mt19937 random(3);
  int unfinished = 0;
  for (int round = 0; round < 100; ++round) {
    const pid_t child = ::fork();
    if (child == 0) publish_for_ever(dir, run);
    std::this_thread::sleep_for(twice * (random() % 1000) / 1000);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "ended by itself";
    const bool complete = check_whole(dir, whole);
    // Results that were there are never lost, though they may wait under their hidden name.
    EXPECT_TRUE(complete || fs::exists(scratch / ".run.previous/provenance.json"));
    unfinished += complete ? 0 : 1;
  }
  EXPECT_GT(unfinished, 10) << "kills came too late to mean anything";
  {
    RunDirectory directory(dir, kMadeUpScenario, true);
    directory.publish(run, made_up_provenance(run));
  }
  EXPECT_EQ(names_in(dir), names_in(whole));
  EXPECT_FALSE(fs::exists(scratch / ".run.previous"));
}

}  // namespace
}  // namespace terrace::record

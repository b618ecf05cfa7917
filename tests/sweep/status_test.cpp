#include "sweep/status.hpp"

#include <cmath>
#include <fstream>
#include <memory>
#include <numeric>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/file_io.hpp"
#include "sweep/journal.hpp"
#include "tests/record/scratch.hpp"
#include "tests/sweep/made_up_results.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

using record::Scratch;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Event = JournalEntry::Event;

constexpr std::size_t kValues = 6;

class Status : public ::testing::Test {
 protected:
  Status() { make_folders(scratch.path()); }

  SweepStatus status() const { return status_of(scratch.path(), plan, kValues); }

  /// A process that lives as long as what is returned.
  std::unique_ptr<Journal> process(std::int64_t pid, unsigned at_once = 1) const {
    JournalEntry opened;
    opened.pid = pid;
    opened.host = "node7";
    opened.shard = "2/5";
    opened.at_once = at_once;
    opened.time = 1000.0;
    return std::make_unique<Journal>(scratch / kJournalFolder, opened);
  }

  static JournalEntry entry(Event event, std::uint64_t run, double time,
                            const std::string& message = "") {
    JournalEntry out;
    out.event = event;
    out.run = run;
    out.time = time;
    out.seconds = event == Event::done ? 2.0 : 0.0;
    out.message = message;
    return out;
  }

  void results(const std::vector<std::size_t>& runs) const {
    write_results(scratch.path(), plan, kValues, runs);
  }

  fs::path segment() const { return fs::directory_iterator(scratch / kSegmentFolder)->path(); }

  const Scratch scratch;
  const Plan plan = made_up_plan(2, 2);  // 8 runs
};

TEST_F(Status, NothingHasRun) {
  const SweepStatus found = status();
  EXPECT_EQ(found.left, 8U);
  EXPECT_EQ(found.done + found.failed + found.running, 0U);
  EXPECT_EQ(found.runs[3].why, "not started yet");
  EXPECT_TRUE(std::isnan(found.seconds_left));
}

TEST_F(Status, FoldersThatAreNotThereYetHoldNothing) {
  fs::remove_all(scratch / kSegmentFolder);
  fs::remove_all(scratch / kJournalFolder);
  EXPECT_EQ(status().left, 8U);
}

TEST_F(Status, ProgramsAreToldWithTheirRuns) {
  const fs::path segments = scratch / kSegmentFolder;
  const auto write = [&](std::uint64_t run, const char* program) {
    write_segment(segments, plan.digest, kValues, {made_up_result(run, kValues)}, program);
  };
  write(5, "0.1.0 b");
  write(2, "0.1.0 b");
  write(2, "0.1.0 a");  // the same bits, so no disagreement
  const SweepStatus found = status();
  ASSERT_EQ(found.programs.size(), 2U);
  EXPECT_THAT(found.programs.at("0.1.0 a"), ElementsAre(2));
  EXPECT_THAT(found.programs.at("0.1.0 b"), ElementsAre(2, 5));
  EXPECT_EQ(found.done, 2U);
  EXPECT_THAT(found.disagreeing, IsEmpty());
}

TEST_F(Status, DoneIsWhatHasAResult) {
  results({0, 1, 2});
  results({3, 4, 5, 6, 7});
  const SweepStatus found = status();
  EXPECT_EQ(found.done, 8U);
  EXPECT_EQ(found.runs[4].state, RunState::done);
  EXPECT_EQ(found.runs[4].why, "");
  EXPECT_EQ(found.runs[4].digest, std::string(31, '0') + "4");
  EXPECT_EQ(found.seconds_left, 0.0);
  EXPECT_EQ(found.twice, 0U);
}

TEST_F(Status, TakesEachRunOnce) {
  results({0, 1});
  results({1, 2});
  std::vector<std::uint64_t> taken;
  const SweepStatus found = status_of(scratch.path(), plan, kValues, [&](const RunResult& result) {
    taken.push_back(result.run);
    EXPECT_EQ(result.values, made_up_result(result.run, kValues).values);
  });
  EXPECT_THAT(taken, ::testing::UnorderedElementsAre(0, 1, 2));
  EXPECT_EQ(found.twice, 1U);
  EXPECT_THAT(found.disagreeing, IsEmpty());
}

TEST_F(Status, ResultsThatDifferAreTold) {
  results({0, 1});
  RunResult other = made_up_result(1, kValues);
  other.values[3] += 1e-9;
  write_segment(scratch / kSegmentFolder, plan.digest, kValues, {other});
  other = made_up_result(0, kValues);
  other.digest = std::string(32, 'f');
  write_segment(scratch / kSegmentFolder, plan.digest, kValues, {other});
  EXPECT_THAT(status().disagreeing, ElementsAre(0, 1));
}

TEST_F(Status, SaysWhyEachRunWouldRepeat) {
  results({0});
  {
    const auto dead = process(41);
    dead->add(entry(Event::started, 1, 1001));
    dead->add(entry(Event::started, 2, 1001));
    dead->add(entry(Event::failed, 2, 1002, "killed by signal 9"));
    dead->add(entry(Event::started, 3, 1003));
    dead->add(entry(Event::stopped, 3, 1004));
    dead->add(entry(Event::started, 4, 1005));
    dead->add(entry(Event::done, 4, 1006));
    dead->add(entry(Event::started, 0, 1007));  // has a result from elsewhere
    dead->add(entry(Event::failed, 0, 1008, "out of memory"));
  }
  const auto alive = process(42, 3);
  alive->add(entry(Event::started, 5, 1001));
  const SweepStatus found = status();
  EXPECT_EQ(found.runs[0].state, RunState::done);
  EXPECT_EQ(found.runs[1].state, RunState::left);
  EXPECT_EQ(found.runs[1].why, "its process 41 on node7 ended without a result");
  EXPECT_EQ(found.runs[2].state, RunState::failed);
  EXPECT_EQ(found.runs[2].why, "failed: killed by signal 9");
  EXPECT_EQ(found.runs[3].why, "stopped before its end by a signal");
  EXPECT_THAT(found.runs[4].why, HasSubstr("its result is not there"));
  EXPECT_EQ(found.runs[5].state, RunState::running);
  EXPECT_EQ(found.runs[5].why, "running: process 42 on node7");
  EXPECT_EQ(found.runs[6].why, "not started yet");
  EXPECT_EQ(found.done, 1U);
  EXPECT_EQ(found.failed, 1U);
  EXPECT_EQ(found.running, 1U);
  EXPECT_EQ(found.left, 5U);
  // 6 runs to go at 3 at a time of 2 seconds each.
  EXPECT_EQ(found.at_once, 3U);
  ASSERT_EQ(found.at_work.size(), 1U);
  EXPECT_EQ(found.at_work[0].pid, 42);
  EXPECT_EQ(found.at_work[0].host, "node7");
  EXPECT_EQ(found.at_work[0].shard, "2/5");
  EXPECT_EQ(found.at_work[0].at_once, 3U);
  EXPECT_EQ(found.seconds_a_run, 2.0);
  EXPECT_EQ(found.seconds_left, 4.0);
  const std::vector<Reason> reasons = reasons_of(found);
  ASSERT_EQ(reasons.size(), 6U);
  EXPECT_THAT(reasons.back().runs, ElementsAre(6, 7));
  EXPECT_THAT(runs_in(found, RunState::failed), ElementsAre(2));
}

TEST_F(Status, WhatHappenedLastCounts) {
  {
    const auto first = process(41);
    first->add(entry(Event::started, 1, 1001));
    first->add(entry(Event::failed, 1, 1002, "early"));
    first->add(entry(Event::started, 2, 1009));
    first->add(entry(Event::failed, 2, 1010, "late"));
    const auto second = process(42);
    second->add(entry(Event::started, 1, 1003));
    second->add(entry(Event::failed, 1, 1004, "late"));
    second->add(entry(Event::started, 2, 1003));
    second->add(entry(Event::failed, 2, 1004, "early"));
  }
  EXPECT_EQ(status().runs[1].why, "failed: late");
  EXPECT_EQ(status().runs[2].why, "failed: late");
  // Clocks of two machines need not agree: who is alive is at work now.
  const auto alive = process(43);
  alive->add(entry(Event::started, 2, 900));
  EXPECT_EQ(status().runs[2].state, RunState::running);
}

TEST_F(Status, ADamagedFileIsNamed) {
  results({0, 1, 2});
  const fs::path file = segment();
  std::string bytes = record::read_file(file);
  bytes.at(bytes.size() - 40) = static_cast<char>(bytes.at(bytes.size() - 40) ^ 1);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  process(41)->add(entry(Event::done, 2, 1001));
  const SweepStatus found = status();
  ASSERT_EQ(found.bad.size(), 1U);
  EXPECT_EQ(found.bad[0].file, file);
  EXPECT_THAT(found.bad[0].why, HasSubstr("damaged"));
  EXPECT_EQ(found.done, 2U);  // what stands before the damage
  EXPECT_THAT(found.runs[2].why, HasSubstr("see what is damaged"));
}

TEST_F(Status, ADamagedFileMayGoOnceAllItHeldIsElsewhere) {
  results({0, 1, 2});
  const fs::path file = segment();
  std::string bytes = record::read_file(file);
  bytes.at(bytes.size() - 40) = static_cast<char>(bytes.at(bytes.size() - 40) ^ 1);
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
  const auto why = [&] { return status().bad.at(0).why; };
  results({2, 3, 4, 5, 6, 7});
  EXPECT_EQ(status().done, 8U);
  EXPECT_THAT(why(), Not(HasSubstr("removed")));  // it alone has 0 and 1
  results({0, 1});
  EXPECT_THAT(why(), HasSubstr("so it may be removed"));
}

TEST_F(Status, ResultsOfAnotherPlanDoNotCount) {
  const Plan other = made_up_plan(3, 2);
  write_results(scratch.path(), other, kValues, {0, 1});
  const SweepStatus found = status();
  EXPECT_EQ(found.done, 0U);
  ASSERT_EQ(found.bad.size(), 1U);
  EXPECT_THAT(found.bad[0].why, HasSubstr("another plan"));
}

TEST_F(Status, ARunBeyondThePlanIsTold) {
  results({7, 8});
  const SweepStatus found = status();
  EXPECT_EQ(found.done, 1U);
  ASSERT_EQ(found.bad.size(), 1U);
  EXPECT_THAT(found.bad[0].why, HasSubstr("run 8"));
}

TEST_F(Status, JournalsOfAnythingElseAreNoHarm) {
  std::ofstream(scratch / kJournalFolder / "x.jsonl")
      << "not JSON\n[1,2]\n{\"event\":\"started\",\"run\":99999999999,\"time\":1}\n"
      << "{\"event\":\"failed\",\"run\":3,\"time\":5,\"message\":\"m\"}\n{\"event\":\"star";
  EXPECT_EQ(status().runs[3].why, "failed: m");
  EXPECT_EQ(status().failed, 1U);
}

TEST_F(Status, TimesThatMakeNoSenseAreNotInTheMean) {
  std::ofstream(scratch / kJournalFolder / "x.jsonl")
      << "{\"event\":\"done\",\"run\":1,\"seconds\":1e308}\n"
      << "{\"event\":\"done\",\"run\":2,\"seconds\":1e308}\n"
      << "{\"event\":\"done\",\"run\":3,\"seconds\":-7}\n"
      << "{\"event\":\"done\",\"run\":4,\"seconds\":3}\n";
  EXPECT_EQ(status().seconds_a_run, 3.0);
}

}  // namespace
}  // namespace terrace::sweep

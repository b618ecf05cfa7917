// What a run keeps while it goes on: records and states that come back whole or are refused.
#include "record/run_journal.hpp"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record/errors.hpp"
#include "tests/record/made_up_journal.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(RunJournal, GivesBackAllCallsInOrder) {
  const Scratch scratch;
  MadeUpRun run(scratch.path(), journal_run());
  run.open();
  run.go(2015);
  EXPECT_FALSE(run.asked_to_stop);
  EXPECT_EQ(run.replayed(), expected());
  EXPECT_GT(expected().size(), 10'000U);
}

TEST(RunJournal, GoesOnWhereItWasStopped) {
  const Scratch scratch;
  stopped_run(scratch.path());
  EXPECT_THAT(names_in(scratch / kCheckpoint), ElementsAre("0.bin", "1.bin"));
  MadeUpRun run(scratch.path(), journal_run());
  run.open();
  ASSERT_TRUE(run.journal.standing(1).has_value());
  EXPECT_EQ(run.journal.standing(1)->year, 2013);
  EXPECT_EQ(run.journal.standing(1)->at, Standing::At::within);
  run.go(2015);
  EXPECT_EQ(run.replayed(), expected());
}

TEST(RunJournal, ReplicatesGoOnFromYearsOfTheirOwn) {
  const Scratch scratch;
  {
    MadeUpRun run(scratch.path(), journal_run());
    run.open();
    run.go(1, 2014);
  }
  MadeUpRun run(scratch.path(), journal_run());
  run.open();
  EXPECT_FALSE(run.journal.standing(0).has_value());
  EXPECT_TRUE(run.journal.saved_any());
  run.go(2015);
  EXPECT_EQ(run.replayed(), expected());
}

TEST(RunJournal, RecordsAfterTheStateAreCutOff) {
  const Scratch scratch;
  stopped_run(scratch.path());
  const fs::path segment = scratch / kSegments / "0.seg";
  const std::string whole = read_file(segment);
  std::string longer;
  {
    MadeUpRun run(scratch.path(), journal_run());
    run.open();
    make_year(run.journal.recorder(), small_info(), 0, 2013);
    longer = read_file(segment);
  }
  ASSERT_GT(longer.size(), whole.size());
  for (const std::string& bytes :
       {longer, longer.substr(0, longer.size() - 5), whole + "x", whole + std::string(9, '\0')}) {
    write(segment, bytes);
    MadeUpRun run(scratch.path(), journal_run());
    run.open();
    EXPECT_EQ(read_file(segment), whole);
  }
  MadeUpRun run(scratch.path(), journal_run());
  run.open();
  run.go(2015);
  EXPECT_EQ(run.replayed(), expected());
}

TEST(RunJournal, DamagedRecordsBeforeTheStateAreRefused) {
  const Scratch scratch;
  stopped_run(scratch.path());
  const fs::path segment = scratch / kSegments / "1.seg";
  const std::string whole = read_file(segment);
  const auto refused = [&](const std::string& bytes) {
    write(segment, bytes);
    return refusal(scratch.path());
  };
  for (std::size_t at = 0; at < whole.size(); at += 1 + whole.size() / 200) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    EXPECT_THAT(refused(bytes), HasSubstr("1.seg")) << at;
  }
  std::string late = whole;
  late[late.size() - 40] = static_cast<char>(late[late.size() - 40] ^ 1);
  EXPECT_THAT(refused(late), HasSubstr("records of 2012 do not fit their checksum"));
  EXPECT_THAT(refused(whole.substr(0, whole.size() - 1)), HasSubstr("records of 2012 are missing"));
  EXPECT_THAT(refused(whole.substr(0, 300)), HasSubstr("records of 2011"));
  EXPECT_THAT(refused(""), HasSubstr("not a file of records"));
  EXPECT_THAT(refused(read_file(scratch / kSegments / "0.seg")), HasSubstr("another run"));
  JournalRun other = journal_run();
  other.info.indicators.pop_back();
  write(segment, whole);
  EXPECT_THAT(refusal(scratch.path(), other), HasSubstr("other indicators"));
}

TEST(RunJournal, EveryRefusalOfACheckpointSaysWhy) {
  const Scratch scratch;
  stopped_run(scratch.path());
  const fs::path state = scratch / kCheckpoint / "0.bin";
  const std::string whole = read_file(state);
  const auto refused = [&](const std::string& bytes) {
    write(state, bytes);
    return refusal(scratch.path());
  };
  EXPECT_EQ(refused(whole), "");
  EXPECT_THAT(refused(""), HasSubstr("is not a checkpoint"));
  EXPECT_THAT(refused("PK\x03\x04 something else\n"), HasSubstr("is not a checkpoint"));
  EXPECT_THAT(refused("terrace checkpoint 1\n0.4.0\n"),
              HasSubstr("of another format (terrace checkpoint 1; this program writes"));
  EXPECT_THAT(refused(whole.substr(0, 60)), HasSubstr("the head"));
  const std::size_t part = whole.find(std::string(500, static_cast<char>(2013)));
  ASSERT_NE(part, whole.npos);
  std::string bytes = whole;
  bytes[part + 100] = 'x';
  EXPECT_THAT(refused(bytes), HasSubstr("part 1 does not fit its checksum"));
  EXPECT_THAT(refused(whole.substr(0, part + 100)), HasSubstr("ends where part 1 should stand"));
  EXPECT_THAT(refused(whole + "x"), HasSubstr("does not end after its 1 parts"));
  for (std::size_t at = 0; at < whole.size(); at += 7) {
    bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ 4);
    EXPECT_THAT(refused(bytes), HasSubstr("0.bin")) << at;
  }
  write(state, read_file(scratch / kCheckpoint / "1.bin"));
  EXPECT_THAT(refusal(scratch.path()), HasSubstr("another replicate"));
  write(state, whole);
  JournalRun other = journal_run();
  other.kind.version = "1.2.4";
  EXPECT_THAT(refusal(scratch.path(), other), HasSubstr("version 1.2.3 of the program; this is"));
  other = journal_run();
  other.kind.layout = "other";
  EXPECT_THAT(refusal(scratch.path(), other), HasSubstr("tables have another layout"));
  other = journal_run();
  other.scenario = "a: 2\n";
  EXPECT_THAT(refusal(scratch.path(), other),
              HasSubstr("another scenario than the one beside it: a: 1\n against a: 2"));
}

TEST(RunJournal, SavesEverySoManyYearsAndKeepsWhatItIsTold) {
  JournalRun run = journal_run();
  const auto asked = [&](std::uint32_t every, std::vector<int> keep) {
    const Scratch scratch;
    run.output.checkpoint_every = every;
    run.output.checkpoint_keep = std::move(keep);
    RunJournal journal(scratch.path(), run, [] {});
    RunControl control;
    journal.attach(control);
    std::vector<int> years;
    for (int year = 2012; year <= 2014; ++year) {
      if (control.wants_state(0, year)) years.push_back(year);
    }
    return years;
  };
  EXPECT_THAT(asked(1, {}), ElementsAre(2012, 2013, 2014));
  EXPECT_THAT(asked(2, {}), ElementsAre(2013));
  EXPECT_THAT(asked(0, {}), ElementsAre());
  EXPECT_THAT(asked(5, {2012}), ElementsAre(2012));
  EXPECT_THAT(asked(3, {2013}), ElementsAre(2013, 2014));
}

TEST(RunJournal, KeptStatesCarryTheirRecordsAndBranchesGoOnFromThem) {
  const Scratch scratch;
  fs::create_directories(scratch / "base");
  JournalRun keeping = journal_run();
  keeping.output.checkpoint_keep = {2013};
  MadeUpRun base(scratch / "base", keeping);
  base.open();
  base.go(2015);
  const fs::path kept = scratch / "base" / kKept / "2013";
  EXPECT_THAT(names_in(kept), ElementsAre("0.bin", "0.seg", "1.bin", "1.seg"));

  JournalRun other = journal_run();
  other.scenario = "a: 2\n";
  const BranchSource source(kept, other);
  EXPECT_EQ(source.year(), 2013);
  EXPECT_EQ(source.scenario(), "a: 1\n");
  fs::create_directories(scratch / "branch");
  source.fill(scratch / "branch");
  MadeUpRun branch(scratch / "branch", other);
  branch.open();
  EXPECT_EQ(branch.journal.branched().year, 2013);
  EXPECT_EQ(branch.journal.branched().scenario_digest.size(), 32U);
  branch.go(2014);  // stopped
  MadeUpRun again(scratch / "branch", other);
  again.open();
  EXPECT_EQ(again.journal.branched().year, 2013) << "a stopped branch knows what it is";
  again.go(2015);
  EXPECT_EQ(again.replayed(), expected());

  other.info.replicates = 3;
  EXPECT_THROW(BranchSource(kept, other), BadCheckpoint) << "a replicate is missing";
  other.info.replicates = 1;
  fs::create_directories(scratch / "one");
  BranchSource(kept, other).fill(scratch / "one");
  write(kept / "0.seg", read_file(kept / "0.seg").substr(0, 500));
  fs::create_directories(scratch / "two");
  EXPECT_THROW(BranchSource(kept, other).fill(scratch / "two"), BadCheckpoint);
  EXPECT_THROW(BranchSource(scratch / "base" / kCheckpoint, journal_run()), BadCheckpoint)
      << "finished states open no year";
}

TEST(RunJournal, RecordsOfAnotherRunAreRefusedThoughTheyAreWhole) {
  const Scratch scratch;
  stopped_run(scratch.path());
  const RunInfo info = small_info();
  fs::remove(scratch / kSegments / "0.seg");
  SegmentRecorder other(scratch / kSegments, info, [] {});
  other.open(0, year_of(info.start), "");
  for (int year = 2011; year < 2013; ++year) other.end_year(0, year);
  other.sync(0);
  EXPECT_NO_THROW(verify_segment(other.path(0), info, 0, 2013));
  EXPECT_THAT(refusal(scratch.path()), HasSubstr("0.seg holds the records of another run"));
}

TEST(RunJournal, ABranchWithoutAStateIsRefused) {
  const Scratch scratch;
  stopped_run(scratch.path());
  write(scratch / kBranch, "base/checkpoints/2012\n");
  EXPECT_EQ(refusal(scratch.path()), "");
  fs::remove(scratch / kCheckpoint / "1.bin");
  EXPECT_THAT(refusal(scratch.path()), HasSubstr("1.bin is missing"));
}

/// What a process with a limit on the size of its files leaves: 0 nothing went wrong, 1 the run was
/// asked to stop and says why, 2 anything else.
int run_under_limit(const fs::path& directory, rlim_t bytes) {
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int outcome = 2;
    try {
      JournalRun settings = journal_run();
      settings.output.checkpoint_every = 1;
      MadeUpRun run(directory, settings);
      run.open();
      run.go(2015);
      try {
        run.journal.rethrow();
        outcome = run.asked_to_stop ? 2 : 0;
      } catch (const IoError& error) {
        const bool told = std::string(error.what()).find("File too large") != std::string::npos;
        outcome = told && run.asked_to_stop ? 1 : 2;
      }
    } catch (const IoError&) {
      outcome = 1;  // before it began
    }
    ::_exit(outcome);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(RunJournal, AFullDiskStopsTheRunAndWhatWasPublishedGoesOn) {
  std::size_t failed = 0;
  std::size_t resumable = 0;
  for (rlim_t limit = 0; limit < 40'000; limit += 1'000) {
    const Scratch scratch;
    const int outcome = run_under_limit(scratch.path(), limit);
    ASSERT_NE(outcome, 2) << limit;
    ASSERT_NE(outcome, -1) << limit;
    failed += outcome == 1 ? 1U : 0U;
    MadeUpRun run(scratch.path(), journal_run());
    run.open();
    resumable += outcome == 1 && run.journal.saved_any() ? 1U : 0U;
    run.go(2015);
    EXPECT_EQ(run.replayed(), expected()) << limit;
  }
  EXPECT_GT(failed, 2U);
  EXPECT_GT(resumable, 0U);
}

}  // namespace
}  // namespace terrace::record

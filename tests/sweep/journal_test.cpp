#include "sweep/journal.hpp"

#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::sweep {
namespace {

namespace fs = std::filesystem;
using record::Scratch;
using ::testing::HasSubstr;
using Event = JournalEntry::Event;

JournalEntry opened() {
  JournalEntry entry;
  entry.time = 1700000000.5;
  entry.pid = 42;
  entry.host = "node-7";
  entry.shard = "3/7";
  entry.at_once = 4;
  return entry;
}

JournalEntry of_run(Event event, std::uint64_t run) {
  JournalEntry entry;
  entry.event = event;
  entry.run = run;
  return entry;
}

TEST(Journal, ReadsBackWhatWasAdded) {
  const Scratch folder;
  {
    Journal journal(folder.path(), opened());
    JournalEntry started = of_run(Event::started, 17);
    started.pid = 43;
    started.message = "no result yet";
    journal.add(started);
    JournalEntry done = of_run(Event::done, 17);
    done.seconds = 2.25;
    journal.add(done);
    JournalEntry failed = of_run(Event::failed, 18);
    failed.message = "line one\nline \"two\" \xff";
    journal.add(failed);
    journal.add(of_run(Event::stopped, 19));
    EXPECT_TRUE(read_journals(folder.path()).at(0).alive);
  }
  const auto journals = read_journals(folder.path());
  ASSERT_EQ(journals.size(), 1U);
  EXPECT_FALSE(journals[0].alive);
  EXPECT_THAT(journals[0].path.filename().string(), ::testing::StartsWith("20231114T221320Z-"));
  const auto& entries = journals[0].entries;
  ASSERT_EQ(entries.size(), 5U);
  EXPECT_EQ(entries[0].event, Event::opened);
  EXPECT_EQ(entries[0].time, 1700000000.5);
  EXPECT_EQ(entries[0].host, "node-7");
  EXPECT_EQ(entries[0].shard, "3/7");
  EXPECT_EQ(entries[0].at_once, 4U);
  EXPECT_EQ(entries[0].pid, 42);
  EXPECT_EQ(entries[1].event, Event::started);
  EXPECT_EQ(entries[1].run, 17U);
  EXPECT_EQ(entries[1].pid, 43);
  EXPECT_EQ(entries[1].message, "no result yet");
  EXPECT_EQ(entries[2].seconds, 2.25);
  EXPECT_EQ(entries[3].message, "line one\nline \"two\" \xef\xbf\xbd");
  EXPECT_EQ(entries[4].event, Event::stopped);
}

TEST(Journal, EachProcessHasAFileOfItsOwn) {
  const Scratch folder;
  const Journal first(folder.path(), opened());
  const Journal second(folder.path(), opened());
  const auto journals = read_journals(folder.path());
  ASSERT_EQ(journals.size(), 2U);
  EXPECT_NE(journals[0].path, journals[1].path);
  EXPECT_TRUE(journals[0].alive && journals[1].alive);
}

TEST(Journal, TheLockEndsWithTheProcess) {
  const Scratch folder;
  const pid_t child = ::fork();
  if (child == 0) {
    const Journal journal(folder.path(), opened());
    for (;;) ::pause();
  }
  ASSERT_GT(child, 0);
  while (read_journals(folder.path()).empty() ||
         read_journals(folder.path()).at(0).entries.empty()) {
  }
  EXPECT_TRUE(read_journals(folder.path()).at(0).alive);
  ASSERT_EQ(::kill(child, SIGKILL), 0);
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  EXPECT_FALSE(read_journals(folder.path()).at(0).alive);
}

TEST(Journal, CutAtAnyByteTheLinesBeforeCount) {
  const Scratch folder;
  {
    Journal(folder.path(), opened()).add(of_run(Event::started, 3));
  }
  const fs::path file = read_journals(folder.path()).at(0).path;
  const std::string whole = record::read_file(file);
  const std::size_t first = whole.find('\n') + 1;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::ofstream(file, std::ios::binary) << whole.substr(0, size);
    EXPECT_EQ(read_journals(folder.path()).at(0).entries.size(), size < first ? 0U : 1U) << size;
  }
}

TEST(Journal, StrangeLinesAreLeftOut) {
  const Scratch folder;
  const std::string deep = std::string(60000, '[') + '\n';
  const std::string lines[] = {
      "",
      "null",
      "[]",
      "{",
      "{}",
      R"({"event":1})",
      R"({"event":"burnt","run":3})",
      R"({"event":"done"})",
      R"({"event":"done","run":-3})",
      R"({"event":"done","run":1.5})",
      R"({"event":"done","run":"3"})",
      R"({"event":"done","run":99999999999999999999999})",
      R"({"event":"done","run":3,"time":1e999})",
      "\xff\xfe",
      std::string(200000, 'x'),
      deep,
  };
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  text += R"({"event":"done","run":5,"seconds":"x","at_once":-1,"pid":1e3})"
          "\n";
  std::ofstream(folder / "a.jsonl", std::ios::binary) << text;
  std::ofstream(folder / "b.txt") << R"({"event":"done","run":6})"
                                     "\n";
  fs::create_directory(folder / "c.jsonl");
  const auto journals = read_journals(folder.path());
  ASSERT_EQ(journals.size(), 2U);
  ASSERT_EQ(journals[0].entries.size(), 1U);
  EXPECT_EQ(journals[0].entries[0].run, 5U);
  EXPECT_EQ(journals[0].entries[0].at_once, 1U);
  EXPECT_TRUE(journals[1].entries.empty());
}

TEST(Journal, FoldersThatAreNotThere) {
  const Scratch folder;
  EXPECT_TRUE(read_journals(folder / "none").empty());
  try {
    const Journal journal(folder / "none", opened());
    FAIL();
  } catch (const record::IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("none"));
  }
}

TEST(Journal, APipeIsNoJournalAndIsNotWaitedFor) {
  const Scratch folder;
  const fs::path pipe = folder / "20231114T221320Z-node-7.jsonl";
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  const auto journals = read_journals(folder.path());
  ASSERT_EQ(journals.size(), 1U);
  EXPECT_TRUE(journals[0].entries.empty());
}

TEST(Journal, TimesThatMakeNoSenseArePassedOver) {
  const Scratch folder;
  for (const char* seconds : {"1e308", "-2.5", "1e999", "null", "\"2\""}) {
    std::ofstream(folder / "a.jsonl")
        << R"({"event":"done","run":1,"time":-1,"seconds":)" << seconds << "}\n";
    const std::vector<JournalFile> journals = read_journals(folder.path());
    ASSERT_EQ(journals.size(), 1U);
    for (const JournalEntry& entry : journals[0].entries) {
      EXPECT_EQ(entry.seconds, 0.0) << seconds;
      EXPECT_EQ(entry.time, 0.0);
    }
  }
}

}  // namespace
}  // namespace terrace::sweep

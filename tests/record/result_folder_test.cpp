// A folder of results appears whole or not at all.
#include "record/result_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <terrace/digest.hpp>

#include "record/errors.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

void publish(const fs::path& dir, const std::string& text, bool force = false) {
  ResultFolder folder(dir, "about.json", force);
  folder.add("table.csv", text);
  folder.add("about.json", "{}");
  folder.publish();
}

TEST(ResultFolder, AppearsWithAllItsFiles) {
  const Scratch scratch;
  {
    ResultFolder folder(scratch / "deep" / "out/", "about.json", false);
    EXPECT_EQ(folder.path(), scratch / "deep" / "out");
    folder.add("table.csv", "a,b\n");
    ASSERT_EQ(folder.checksums().size(), 1U);
    EXPECT_EQ(folder.checksums()[0].bytes, 4U);
    Digest digest;
    digest.add(std::as_bytes(std::span(std::string_view("a,b\n"))));
    EXPECT_EQ(folder.checksums()[0].xxh3_128, digest.hex());
    folder.add("about.json", "{}");
    EXPECT_FALSE(fs::exists(scratch / "deep" / "out"));
    folder.publish();
  }
  EXPECT_THAT(names_in(scratch / "deep"), ElementsAre("out"));
  EXPECT_THAT(names_in(scratch / "deep" / "out"), ElementsAre("about.json", "table.csv"));
  EXPECT_EQ(read_file(scratch / "deep" / "out" / "table.csv"), "a,b\n");
}

TEST(ResultFolder, LeavesNothingUnlessPublished) {
  const Scratch scratch;
  {
    ResultFolder folder(scratch / "out", "about.json", false);
    folder.add("table.csv", "a,b\n");
  }
  EXPECT_THAT(names_in(scratch.path()), IsEmpty());
}

TEST(ResultFolder, KeepsWhatIsThereUnlessForced) {
  const Scratch scratch;
  publish(scratch / "out", "first");
  EXPECT_THROW(publish(scratch / "out", "second"), DirectoryExists);
  EXPECT_EQ(read_file(scratch / "out" / "table.csv"), "first");
  publish(scratch / "out", "second", true);
  EXPECT_EQ(read_file(scratch / "out" / "table.csv"), "second");
  EXPECT_THAT(names_in(scratch.path()), ElementsAre("out"));
}

TEST(ResultFolder, ForceTakesNoFolderOfAnotherKind) {
  const Scratch scratch;
  fs::create_directory(scratch / "mine");
  publish(scratch / "mine", "into an empty one", true);
  fs::remove(scratch / "mine" / "about.json");
  EXPECT_THROW(publish(scratch / "mine", "over", true), DirectoryExists);
  EXPECT_EQ(read_file(scratch / "mine" / "table.csv"), "into an empty one");
  fs::create_symlink("nowhere", scratch / "link");
  EXPECT_ANY_THROW(publish(scratch / "link", "over", true));
}

TEST(ResultFolder, WhatCameMeanwhileIsNotReplaced) {
  const Scratch scratch;
  ResultFolder folder(scratch / "out", "about.json", false);
  folder.add("about.json", "{}");
  publish(scratch / "quicker", "quicker");
  fs::rename(scratch / "quicker", scratch / "out");
  EXPECT_THROW(folder.publish(), DirectoryExists);
  EXPECT_EQ(read_file(scratch / "out" / "table.csv"), "quicker");
}

// As a full disk: the earlier results stay, and nothing else.
TEST(ResultFolder, AFullDiskLeavesTheEarlierResults) {
  const Scratch scratch;
  publish(scratch / "out", "first");
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit limit{100, 100};  // in a process of its own: a limit cannot be raised again
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int outcome = 0;
    try {
      publish(scratch / "out", std::string(1000, 'x'), true);
    } catch (const IoError& error) {
      outcome = std::string(error.what()).find("File too large") != std::string::npos ? 74 : 1;
    }
    ::_exit(outcome);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 74);
  EXPECT_EQ(read_file(scratch / "out" / "table.csv"), "first");
  EXPECT_THAT(names_in(scratch.path()), ElementsAre("out"));
}

}  // namespace
}  // namespace terrace::record

#include "sweep/segments.hpp"

#include <chrono>
#include <cmath>
#include <cstring>
#include <fstream>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::sweep {
namespace {

namespace fs = std::filesystem;
using record::Scratch;
using ::testing::HasSubstr;

const std::string kPlan(32, 'a');
constexpr std::size_t kValues = 3;

RunResult result_of(std::uint64_t run, std::size_t values = kValues) {
  RunResult result{run, std::string(32, static_cast<char>('0' + run % 10)), {}};
  for (std::size_t i = 0; i < values; ++i) {
    result.values.push_back(i == 1 ? std::nan("") : static_cast<double>(run) + 0.25);
  }
  return result;
}

bool same(const RunResult& a, const RunResult& b) {
  return a.run == b.run && a.digest == b.digest && a.values.size() == b.values.size() &&
         std::memcmp(a.values.data(), b.values.data(), a.values.size() * sizeof(double)) == 0;
}

struct Read {
  std::map<std::uint64_t, int> times;
  std::vector<BadSegment> bad;
  bool right = true;  ///< every result is as it was written
};

Read read(const fs::path& folder, const std::string& plan = kPlan, std::size_t values = kValues) {
  Read out;
  out.bad = read_segments(folder, plan, values, [&](RunResult&& result) {
    ++out.times[result.run];
    out.right = out.right && same(result, result_of(result.run, values));
  });
  return out;
}

void put(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

TEST(Segments, ReadBackWhatWasWritten) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(7), result_of(3)});
  write_segment(folder.path(), kPlan, kValues, {result_of(12)});
  const Read got = read(folder.path());
  EXPECT_TRUE(got.right);
  EXPECT_TRUE(got.bad.empty());
  EXPECT_EQ(got.times, (std::map<std::uint64_t, int>{{3, 1}, {7, 1}, {12, 1}}));
}

TEST(Segments, TheSameResultsAreTheSameFile) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(7), result_of(3)});
  const auto names = record::names_in(folder.path());
  ASSERT_EQ(names.size(), 1U);
  EXPECT_TRUE(names[0].starts_with("7-2-")) << names[0];
  const std::string before = record::read_file(folder / names[0]);
  write_segment(folder.path(), kPlan, kValues, {result_of(7), result_of(3)});
  EXPECT_EQ(record::names_in(folder.path()), names);
  EXPECT_EQ(record::read_file(folder / names[0]), before);
  write_segment(folder.path(), kPlan, kValues, {result_of(3), result_of(7)});
  EXPECT_EQ(read(folder.path()).times.at(7), 2);  // in another order it is another file
}

TEST(Segments, NameTheProgramThatDidTheRuns) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(1)}, "0.1.0 abc-dirty");
  write_segment(folder.path(), kPlan, kValues, {result_of(2)});
  std::map<std::uint64_t, std::string> programs;
  read_segments(folder.path(), kPlan, kValues,
                [&](RunResult&& result) { programs[result.run] = result.program; });
  EXPECT_EQ(programs.at(1), "0.1.0 abc-dirty");
  EXPECT_EQ(programs.at(2), program_name());
}

TEST(Segments, NoFolderHoldsNoResults) {
  const Scratch folder;
  EXPECT_TRUE(read(folder / "none").times.empty());
  put(folder / "file", "");
  EXPECT_THROW(read(folder / "file"), record::IoError);
}

TEST(Segments, AllThatStandsBeforeDamageCounts) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(0), result_of(1), result_of(2)});
  const fs::path file = folder / record::names_in(folder.path())[0];
  const std::string whole = record::read_file(file);
  const std::size_t frame = 9 + (8 + 32 + kValues * 8) + 32;
  const std::size_t head = whole.size() - 3 * frame;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] = static_cast<char>(bytes[at] ^ (1 << at % 8));
    put(file, bytes);
    const Read got = read(folder.path());
    ASSERT_EQ(got.bad.size(), 1U) << "byte " << at;
    EXPECT_EQ(got.bad[0].file, file);
    EXPECT_TRUE(got.right) << "byte " << at;
    ASSERT_EQ(got.times.size(), at < head ? 0 : (at - head) / frame) << "byte " << at;
  }
}

TEST(Segments, AFileCutAnywhereIsFound) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(0), result_of(1), result_of(2)});
  const fs::path file = folder / record::names_in(folder.path())[0];
  const std::string whole = record::read_file(file);
  const std::size_t frame = 9 + (8 + 32 + kValues * 8) + 32;
  const std::size_t head = whole.size() - 3 * frame;
  for (std::size_t size = 0; size < whole.size(); ++size) {
    put(file, whole.substr(0, size));
    const Read got = read(folder.path());
    ASSERT_EQ(got.bad.size(), 1U) << size;
    ASSERT_EQ(got.times.size(), size < head ? 0 : (size - head) / frame) << size;
  }
  put(file, whole + "x");
  EXPECT_EQ(read(folder.path()).bad.size(), 1U);
  EXPECT_EQ(read(folder.path()).times.size(), 3U);
}

TEST(Segments, WhatIsOfAnotherPlanIsNotUsed) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(0)});
  Read got = read(folder.path(), std::string(32, 'b'));
  ASSERT_EQ(got.bad.size(), 1U);
  EXPECT_THAT(got.bad[0].why, HasSubstr("another plan"));
  EXPECT_TRUE(got.times.empty());
  got = read(folder.path(), kPlan, kValues + 1);
  ASSERT_EQ(got.bad.size(), 1U);
  EXPECT_THAT(got.bad[0].why, HasSubstr("other indicators"));
  EXPECT_TRUE(got.times.empty());
}

TEST(Segments, StrangeThingsInTheFolder) {
  const Scratch folder;
  write_segment(folder.path(), kPlan, kValues, {result_of(0)});
  fs::create_directory(folder / "1-folder.seg");
  put(folder / "2-text.seg", "a note\n");
  put(folder / "3-empty.seg", "");
  put(folder / "note.txt", "not looked at");
  put(folder / ".4-1-x.seg.host-1.partial", "of a killed process");
  std::string huge = "terrace sweep results 1\n";
  huge += std::string(7, '\xff') + '\x7f' + 'h';
  put(folder / "5-huge.seg", huge);
  put(folder / "6-sparse.seg", huge.substr(0, 24) + std::string("\0\0\0\0\1\0\0\0h", 9));
  fs::resize_file(folder / "6-sparse.seg", std::uintmax_t{1} << 33U);  // its 4 GB are all "there"
  ASSERT_EQ(::mkfifo((folder / "7-pipe.seg").c_str(), 0600), 0);       // nobody writes to it
  const Read got = read(folder.path());
  EXPECT_EQ(got.times.size(), 1U);
  ASSERT_EQ(got.bad.size(), 6U);
  EXPECT_THAT(got.bad[0].why, HasSubstr("not a file"));
  EXPECT_THAT(got.bad[1].why, HasSubstr("not a file of results"));
  EXPECT_THAT(got.bad[4].why, HasSubstr("damaged"));
  EXPECT_THAT(got.bad[5].why, HasSubstr("not a file"));
}

TEST(Segments, AFullFolderIsAnErrorThatNamesIt) {
  try {
    write_segment("/proc/nowhere", kPlan, kValues, {result_of(0)});
    FAIL();
  } catch (const record::IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("/proc/nowhere"));
  }
}

TEST(SegmentsSlow, AHundredThousandResultsInTwoThousandFiles) {
  const Scratch folder;
  constexpr std::size_t kMany = 24;
  for (std::uint64_t first = 0; first < 100000; first += 50) {
    std::vector<RunResult> results;
    for (std::uint64_t run = first; run < first + 50; ++run) {
      results.push_back(result_of(run, kMany));
    }
    write_segment(folder.path(), kPlan, kMany, results);
  }
  const auto started = std::chrono::steady_clock::now();
  const Read got = read(folder.path(), kPlan, kMany);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
  EXPECT_EQ(got.times.size(), 100000U);
  EXPECT_TRUE(got.bad.empty() && got.right);
  EXPECT_LT(took.count(), 10.0);
  RecordProperty("seconds", std::to_string(took.count()));
}

}  // namespace
}  // namespace terrace::sweep

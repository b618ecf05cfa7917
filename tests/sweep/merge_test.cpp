#include "sweep/merge.hpp"

#include <cmath>
#include <fstream>
#include <numeric>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/errors.hpp"
#include "record/file_io.hpp"
#include "record/sweep_file.hpp"
#include "sweep/journal.hpp"
#include "tests/record/scratch.hpp"
#include "tests/sweep/made_up_results.hpp"

namespace terrace::sweep {
namespace fs = std::filesystem;
namespace {

using record::names_in;
using record::read_file;
using record::Scratch;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::size_t> all_runs(const Plan& plan) {
  std::vector<std::size_t> runs(plan.runs());
  std::iota(runs.begin(), runs.end(), std::size_t{0});
  return runs;
}

std::string image(const fs::path& folder, const Plan& plan, const KeptLayout& layout) {
  const auto bytes =
      record::sweep_image(gather(folder, plan, layout).results, "0.1.0 abc", "sweep.h5");
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Deals the runs to so many processes, each of which writes them a few at a time in an order of
/// its own; every fifth run is done by two of them.
void deal(const fs::path& folder, const Plan& plan, std::size_t values, std::size_t processes) {
  make_folders(folder);
  std::mt19937 random(static_cast<std::uint32_t>(processes));
  for (std::size_t p = 0; p < processes; ++p) {
    std::vector<std::size_t> runs;
    for (std::size_t run = 0; run < plan.runs(); ++run) {
      if (run % processes == p || (run % 5 == 0 && run % processes == (p + 1) % processes)) {
        runs.push_back(run);
      }
    }
    for (std::size_t i = runs.size(); i > 1; --i) std::swap(runs[i - 1], runs[random() % i]);
    for (std::size_t i = 0; i < runs.size(); i += 7) {
      const auto first = runs.begin() + static_cast<std::ptrdiff_t>(i);
      const auto last = runs.begin() + static_cast<std::ptrdiff_t>(std::min(i + 7, runs.size()));
      write_results(folder, plan, values, {first, last});
    }
  }
}

TEST(Merge, TheSameBytesForAnyShardsAndOrder) {
  const Scratch scratch;
  const Plan plan = made_up_plan(50, 3);  // 300 runs
  const KeptLayout layout = made_up_layout(true);
  const fs::path at_once = scratch / "at-once";
  make_folders(at_once);
  write_results(at_once, plan, layout.values, all_runs(plan));
  const std::string wanted = image(at_once, plan, layout);
  for (const std::size_t processes : {1U, 2U, 7U, 100U}) {
    const fs::path folder = scratch / std::to_string(processes);
    deal(folder, plan, layout.values, processes);
    EXPECT_EQ(gather(folder, plan, layout).status.twice, processes == 1 ? 0U : 60U);
    EXPECT_TRUE(image(folder, plan, layout) == wanted) << processes << " shards";
  }
}

// Two levels, two choices, two replicates: run 5 is replicate 1 of point 2, whose trap is its
// second level, 0.5, and whose arm is the first choice. Of 12 values a run, the first 2 x 1 are
// headcount_ratio [year], the others offered [year][module], of the nation alone 2 + 4 = 6.
TEST(Merge, ValuesStandWhereTheyBelong) {
  const Scratch scratch;
  const Plan plan = made_up_plan(2, 2);
  const KeptLayout layout = made_up_layout();
  ASSERT_EQ(layout.values, 6U);
  make_folders(scratch.path());
  write_results(scratch.path(), plan, layout.values, {7, 6, 5, 4, 3, 2, 1, 0});
  const SweepResults sweep = gather(scratch.path(), plan, layout).results;
  ASSERT_EQ(sweep.runs(), 8U);
  EXPECT_EQ(sweep.point[5], 2U);
  EXPECT_EQ(sweep.replicate[5], 1U);
  EXPECT_EQ(sweep.coordinates[0][5], 0.5);
  EXPECT_EQ(sweep.coordinates[1][5], 0.0);
  EXPECT_EQ(sweep.coordinates[1][6], 1.0);
  EXPECT_EQ(sweep.digest[5], std::string(31, '0') + "5");
  EXPECT_EQ(sweep.status[5], RunStatus::done);
  EXPECT_EQ(sweep.variables[0].values[5 * 2 + 1], 501.0);
  EXPECT_EQ(sweep.variables[1].values[5 * 4 + 3], 505.0);
  EXPECT_EQ(sweep.variables[1].unit, "households");
  EXPECT_TRUE(sweep.variables[1].flow);
  EXPECT_FALSE(sweep.variables[1].by_region);
  EXPECT_EQ(sweep.seed, 20131103U);
  EXPECT_EQ(sweep.plan_digest, plan.digest);
}

TEST(Merge, GapsAreNaNWithAStatusNeverZeros) {
  const Scratch scratch;
  const Plan plan = made_up_plan(2, 2);
  const KeptLayout layout = made_up_layout();
  make_folders(scratch.path());
  write_results(scratch.path(), plan, layout.values, {0, 1, 2, 5, 6, 7});
  {
    JournalEntry opened;
    opened.host = "here";
    Journal journal(scratch / kJournalFolder, opened);
    JournalEntry entry;
    entry.event = JournalEntry::Event::failed;
    entry.run = 4;
    entry.message = "killed";
    journal.add(entry);
  }
  const SweepResults sweep = gather(scratch.path(), plan, layout).results;
  EXPECT_EQ(sweep.status[3], RunStatus::missing);
  EXPECT_EQ(sweep.status[4], RunStatus::failed);
  for (const std::size_t run : {3U, 4U}) {
    EXPECT_EQ(sweep.digest[run], "");
    EXPECT_EQ(sweep.point[run], run / 2);
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_TRUE(std::isnan(sweep.variables[0].values[run * 2 + i]));
    }
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_TRUE(std::isnan(sweep.variables[1].values[run * 4 + i]));
    }
  }
  EXPECT_EQ(sweep.variables[0].values[5 * 2], 500.0);
}

std::string table_of(const SweepResults& sweep) {
  std::string text;
  write_table(sweep, [&](std::string_view piece) { text += piece; });
  return text;
}

TEST(Merge, TableHasARowForEachRunAndYear) {
  const Scratch scratch;
  const Plan plan = made_up_plan(1, 1);
  const KeptLayout layout = made_up_layout();
  make_folders(scratch.path());
  write_results(scratch.path(), plan, layout.values, {1});
  EXPECT_EQ(table_of(gather(scratch.path(), plan, layout).results),
            "run,point,replicate,status,trap,arm,year,headcount_ratio,offered.relocation,"
            "offered.industry\n"
            "0,0,0,missing,0,true,2012,,,\n"
            "0,0,0,missing,0,true,2013,,,\n"
            "1,1,0,done,0,false,2012,100,102,103\n"
            "1,1,0,done,0,false,2013,101,104,105\n");
}

// Values of a run: headcount_ratio [year][region] 0-5, offered [year][module][region] 6-17.
TEST(Merge, TableHasARowForEachRegion) {
  const Scratch scratch;
  const Plan plan = made_up_plan(1, 1);
  const KeptLayout layout = made_up_layout(true);
  make_folders(scratch.path());
  write_results(scratch.path(), plan, layout.values, {0, 1});
  const std::string text = table_of(gather(scratch.path(), plan, layout).results);
  EXPECT_THAT(text, HasSubstr("arm,year,region,region_name,headcount_ratio,offered.relocation"));
  EXPECT_THAT(text, HasSubstr("\n0,0,0,done,0,true,2013,9,\"East, far\",5,14,17\n"));
  EXPECT_EQ(std::ranges::count(text, '\n'), 1 + 2 * 2 * 3);
}

class MergedFileTest : public ::testing::Test {
 protected:
  /// Writes the text as a whole file; says whether it was there already.
  bool put(const std::string& text, bool force = false) const {
    MergedFile file(path);
    file.write(text.substr(0, 1));
    file.write(text.substr(1));
    file.complete(force);
    file.publish();
    return file.same();
  }
  const Scratch scratch;
  const fs::path path = scratch / "sweep.h5";
};

TEST_F(MergedFileTest, ReplacesOnlyWhenAsked) {
  EXPECT_FALSE(put("abc"));
  EXPECT_TRUE(put("abc"));
  EXPECT_THROW(put("abd"), FileExists);
  EXPECT_EQ(read_file(path), "abc");
  EXPECT_FALSE(put("abd", true));
  EXPECT_EQ(read_file(path), "abd");
  EXPECT_THAT(names_in(scratch.path()), ElementsAre("sweep.h5"));
}

TEST_F(MergedFileTest, LeavesNothingUnlessPublished) {
  {
    MergedFile file(path);
    file.write("abc");
    file.complete(false);
    EXPECT_FALSE(fs::exists(path));
  }
  EXPECT_TRUE(names_in(scratch.path()).empty());
}

TEST_F(MergedFileTest, NamesTheFolderThatIsNotThere) {
  try {
    MergedFile file(scratch / "none" / "sweep.h5");
    FAIL();
  } catch (const record::IoError& error) {
    EXPECT_THAT(error.what(), HasSubstr("none"));
  }
}

TEST_F(MergedFileTest, AFolderOfThatNameIsNotReplaced) {
  fs::create_directory(path);
  EXPECT_THROW(put("abc", true), FileExists);
  EXPECT_TRUE(fs::is_directory(path));
}

}  // namespace
}  // namespace terrace::sweep

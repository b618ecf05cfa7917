#include "sweep/plan_files.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "record/errors.hpp"
#include "record/frames.hpp"
#include "sweep/journal.hpp"
#include "sweep_study.hpp"

namespace terrace::sweep {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string text_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void put(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

Study hard_study() {
  Study study = test::small_study();
  study.title = "Umlauts \xc3\xa4, \"quotes\" and\nlines";
  StudyDimension budget = test::number_dimension("budget", "fund_central", -1e-7, 1e22);
  budget.kind = StudyDimension::Kind::series;
  budget.change = StudyDimension::Change::shift;
  budget.from = 2014;
  budget.until = 2020;
  StudyDimension arm;
  arm.name = "arm";
  arm.kind = StudyDimension::Kind::scenario;
  arm.choices = {"tpa", "tpa, late", "say \"none\""};
  study.dimensions.push_back(budget);
  study.dimensions.push_back(arm);
  study.dimensions[0].also = {"other.tau"};
  study.design.kind = StudyDesign::Kind::list;
  study.design.seed = 18'446'744'073'709'551'615ULL;
  study.points = {{1.0 / 3.0, 0.0, -1e-7, 0.0}, {0.1, 1.0, 1e22, 1.0}, {0.9, 1.0, 0.0, 2.0}};
  return study;
}

class PlanFiles : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::temp_directory_path() / ("terrace-plan-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directory(root_);
    folder_ = root_ / "sweep";
  }
  void TearDown() override { fs::remove_all(root_); }

  /// What reading the folder says is wrong.
  std::string complaint() const {
    try {
      read_plan(folder_);
    } catch (const record::BadCheckpoint& error) {
      return error.what();
    }
    return "nothing";
  }

  fs::path root_;
  fs::path folder_;
  Plan plan_ = make_plan(test::small_study(), {"terrace: 1\n"}, 7);
};

TEST_F(PlanFiles, ReadsBackWhatWasWritten) {
  const Plan hard = make_plan(hard_study(), {"a\n", "b\n", ""}, 18'446'744'073'709'551'615ULL);
  EXPECT_TRUE(write_plan(folder_, hard, false));
  const Plan back = read_plan(folder_);
  EXPECT_EQ(back.digest, hard.digest);
  EXPECT_EQ(digest_of(back), hard.digest);  // covers every member: see plan_test.cpp
  EXPECT_EQ(back.points, hard.points);
  EXPECT_EQ(back.scenarios, hard.scenarios);
  EXPECT_EQ(back.seed, hard.seed);
}

TEST_F(PlanFiles, TableIsPlain) {
  write_plan(folder_, plan_, false);
  EXPECT_THAT(text_of(folder_ / kTable), StartsWith("run,point,replicate,seed,trap,relocation\n"
                                                    "0,0,0,7,0.1,true\n"
                                                    "1,0,1,7,0.1,true\n"
                                                    "2,1,0,7,0.1,false\n"
                                                    "3,1,1,7,0.1,false\n"
                                                    "4,2,0,7,0.5,true\n"));
  EXPECT_EQ(text_of(scenario_path(folder_, 0)), "terrace: 1\n");
}

TEST_F(PlanFiles, TheSamePlanAgainChangesNothing) {
  ASSERT_TRUE(write_plan(folder_, plan_, false));
  put(folder_ / kMerged, "results");
  EXPECT_FALSE(write_plan(folder_, plan_, false));
  EXPECT_FALSE(write_plan(folder_, plan_, true));
  EXPECT_TRUE(fs::exists(folder_ / kMerged));
}

TEST_F(PlanFiles, AnotherPlanIsRefusedOrReplacesEverything) {
  write_plan(folder_, plan_, false);
  for (const char* name : {kSegmentFolder, kJournalFolder, kJobFolder}) {
    fs::create_directory(folder_ / name);
    put(folder_ / name / "file", "x");
  }
  put(folder_ / kMerged, "results");
  const Plan other = make_plan(test::small_study(), {"terrace: 1\n"}, 8);
  EXPECT_THROW(write_plan(folder_, other, false), record::DirectoryExists);
  EXPECT_EQ(read_plan(folder_).digest, plan_.digest);
  EXPECT_TRUE(write_plan(folder_, other, true));
  EXPECT_EQ(read_plan(folder_).digest, other.digest);
  for (const char* name : {kSegmentFolder, kJournalFolder, kJobFolder, kMerged}) {
    EXPECT_FALSE(fs::exists(folder_ / name)) << name;
  }
  // Nothing hidden is left beside it.
  EXPECT_EQ(std::distance(fs::directory_iterator(root_), fs::directory_iterator()), 1);
}

TEST_F(PlanFiles, ADamagedPlanIsReplacedOnlyByForce) {
  write_plan(folder_, plan_, false);
  put(folder_ / kTable, "x");
  EXPECT_THROW(write_plan(folder_, plan_, false), record::DirectoryExists);
  EXPECT_TRUE(write_plan(folder_, plan_, true));
  EXPECT_EQ(read_plan(folder_).digest, plan_.digest);
}

TEST_F(PlanFiles, AFolderOfOtherThingsIsNeverReplaced) {
  fs::create_directory(folder_);
  put(folder_ / "thesis.tex", "years of work");
  EXPECT_THROW(write_plan(folder_, plan_, false), record::DirectoryExists);
  EXPECT_THROW(write_plan(folder_, plan_, true), record::DirectoryExists);
  EXPECT_EQ(text_of(folder_ / "thesis.tex"), "years of work");
}

TEST_F(PlanFiles, IsNotReplacedWhileAProcessIsAtWork) {
  write_plan(folder_, plan_, false);
  fs::create_directory(folder_ / kJournalFolder);
  const Plan other = make_plan(test::small_study(), {"terrace: 1\n"}, 8);
  {
    const Journal at_work(folder_ / kJournalFolder, {});
    EXPECT_THROW(write_plan(folder_, other, true), record::DirectoryExists);
  }
  EXPECT_TRUE(write_plan(folder_, other, true));
}

TEST_F(PlanFiles, NamesTheLineThatWasChanged) {
  write_plan(folder_, plan_, false);
  const std::string table = text_of(folder_ / kTable);
  const std::string line = "6,3,0,7,0.5,false\n";
  const std::size_t at = table.find(line);
  ASSERT_NE(at, std::string::npos);
  for (const char* now : {"6,3,0,7,0.6,false\n", "6,3,0,7,0.50,false\n", "6,3,0,7,0.5,true\n",
                          "6,3,0,8,0.5,false\n", "7,3,0,7,0.5,false\n", "6,3,0,7,nan,false\n",
                          "6,3,0,7,0.5\n", "\n", "", "6,3,0,7,0.5,false,\n"}) {
    put(folder_ / kTable, std::string(table).replace(at, line.size(), now));
    EXPECT_THAT(complaint(), HasSubstr("plan.csv:8: is not as it was planned")) << now;
  }
}

TEST_F(PlanFiles, FindsLinesThatWereTakenAwayOrAdded) {
  write_plan(folder_, plan_, false);
  const std::string table = text_of(folder_ / kTable);
  const std::string last = "11,5,1,7,0.9,false\n";
  ASSERT_TRUE(table.ends_with(last));
  put(folder_ / kTable, table.substr(0, table.size() - last.size()));
  EXPECT_THAT(complaint(), HasSubstr("plan.csv has 11 runs and the plan has 12"));
  put(folder_ / kTable, table.substr(0, table.size() - 1));
  EXPECT_THAT(complaint(), HasSubstr("plan.csv:13:"));
  put(folder_ / kTable, table + "12,6,0,7,0.9,false\n");
  EXPECT_THAT(complaint(), HasSubstr("plan.csv:14:"));
  put(folder_ / kTable, "run,point,replicate,seed,trap\n");
  EXPECT_THAT(complaint(), HasSubstr("plan.csv:1:"));
  put(folder_ / kTable, "");
  EXPECT_THAT(complaint(), HasSubstr("plan.csv:1:"));
}

TEST_F(PlanFiles, FindsAScenarioThatWasChanged) {
  write_plan(folder_, plan_, false);
  put(scenario_path(folder_, 0), "terrace: 2\n");
  EXPECT_THAT(complaint(), HasSubstr("0.yaml is not the scenario that was planned"));
  fs::remove(scenario_path(folder_, 0));
  EXPECT_THROW(read_plan(folder_), record::IoError);
}

TEST_F(PlanFiles, RefusesForeignAndNewerPlans) {
  write_plan(folder_, plan_, false);
  const std::string json = text_of(folder_ / kPlan);
  const auto with = [&](const std::string& now) {
    put(folder_ / kPlan, now);
    return complaint();
  };
  EXPECT_THAT(with("{}"), HasSubstr("it is no plan of a sweep"));
  EXPECT_THAT(with("[1]"), HasSubstr("it is no plan of a sweep"));
  EXPECT_THAT(with(""), HasSubstr("no whole file of JSON"));
  EXPECT_THAT(with(json.substr(0, json.size() / 2)), HasSubstr("no whole file of JSON"));
  EXPECT_THAT(with(std::string(100'000, '[')), HasSubstr("plan.json"));
  EXPECT_THAT(with(std::string(100'000, '[') + std::string(100'000, ']')), HasSubstr("plan.json"));
  const auto replaced = [&](const std::string& was, const std::string& now) {
    std::string text = json;
    const std::size_t at = text.find(was);
    EXPECT_NE(at, std::string::npos) << was;
    return with(text.replace(at, was.size(), now));
  };
  EXPECT_THAT(replaced("\"terrace_plan\": 1", "\"terrace_plan\": 2"), HasSubstr("another version"));
  EXPECT_THAT(replaced("\"replicates\": 2", "\"replicates\": 0"), HasSubstr("no replicates"));
  EXPECT_THAT(replaced("\"replicates\": 2", "\"replicates\": -2"), HasSubstr("out of range"));
  EXPECT_THAT(replaced("\"replicates\": 2", "\"replicates\": \"2\""), HasSubstr("is damaged"));
  EXPECT_THAT(replaced("\"replicates\": 2", "\"replicates\": 3"), HasSubstr("plan.csv:4:"));
  EXPECT_THAT(replaced("\"points\": 6", "\"points\": 1000000000000"), HasSubstr("plan.csv"));
  EXPECT_THAT(replaced("\"grid\"", "\"cube\""), HasSubstr("'cube' is none of the words"));
  EXPECT_THAT(replaced("What matters", "What mutters"), HasSubstr("does not fit its digest"));
  EXPECT_THAT(replaced("\"first_year\": 2012", "\"first_year\": 2013"),
              HasSubstr("does not fit its digest"));
}

// Whatever byte is changed or taken away: an error that names a file of the folder, never a plan
// that passes for the one that was made.
TEST_F(PlanFiles, EveryFlippedByteAndEveryCutIsFound) {
  write_plan(folder_, plan_, false);
  for (const fs::path& path : {folder_ / kPlan, folder_ / kTable, scenario_path(folder_, 0)}) {
    const std::string text = text_of(path);
    for (std::size_t i = 0; i < text.size(); i += 3) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ 4);
      for (const std::string& now : {flipped, text.substr(0, i)}) {
        put(path, now);
        const std::string found = complaint();
        if (found != "nothing") {
          ASSERT_THAT(found, StartsWith(folder_.string())) << i;
        } else {
          // Blanks of JSON and what repeats other numbers say nothing: the plan is the same.
          ASSERT_EQ(path, folder_ / kPlan);
          ASSERT_EQ(digest_of(read_plan(folder_)), plan_.digest) << i;
        }
      }
    }
    put(path, text);
  }
  EXPECT_EQ(complaint(), "nothing");
}

}  // namespace
}  // namespace terrace::sweep

#include "record/summary.hpp"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/record/made_up_run.hpp"

namespace terrace::record {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

/// A run of one region, one stock and one flow; the value is the month's number plus 0.1.
MemoryRecorder counting_run(Month start, Month programme, Month end) {
  RunInfo info;
  info.start = start;
  info.programme = programme;
  info.end = end;
  info.indicators = {{"stock", "1", "", IndicatorKind::ratio, 0, 0, false},
                     {"flow", "yuan", "", IndicatorKind::total, 0, 0, true}};
  info.groups = {{"national", {{}}}};
  info.groups[0].regions[0].name = "China";
  MemoryRecorder run;
  run.begin(info);
  for (Month month = start; month <= end; ++month) {
    const double value = month - start + 0.5;
    run.record(0, month, 1, 0, std::vector<double>{value, value});
  }
  return run;
}

TEST(Summary, TakesDecemberOfStocksAndTheSumOfFlowsFromTheYearBeforeTheProgramme) {
  std::string log;
  const auto rows = lines(
      summary_csv(counting_run(month_of(2010, 1), month_of(2013, 1), month_of(2014, 12)), log));
  ASSERT_EQ(rows.size(), 7u);
  EXPECT_EQ(rows[0], "replicate,year,region_level,region,region_name,indicator,unit,value");
  EXPECT_EQ(rows[1], "0,2012,national,0,China,stock,1,35.5");
  EXPECT_EQ(rows[2], "0,2012,national,0,China,flow,yuan,360");
  EXPECT_EQ(rows[5], "0,2014,national,0,China,stock,1,59.5");
  EXPECT_EQ(rows[6], "0,2014,national,0,China,flow,yuan,648");
  EXPECT_EQ(log, "");
}

TEST(Summary, LeavesIncompleteYearsOut) {
  std::string log;
  const auto no_burn_in = lines(
      summary_csv(counting_run(month_of(2013, 1), month_of(2013, 1), month_of(2014, 6)), log));
  ASSERT_EQ(no_burn_in.size(), 3u);
  EXPECT_THAT(no_burn_in[1], StartsWith("0,2013,"));
  EXPECT_EQ(lines(summary_csv(
                      counting_run(month_of(2013, 2), month_of(2013, 2), month_of(2013, 12)), log))
                .size(),
            1u);
}

TEST(Summary, QuotesNamesAndLeavesMissingValuesEmpty) {
  std::string log;
  const std::string text = summary_csv(made_up_run(), log);
  EXPECT_THAT(text, HasSubstr(",province,1,\"Inner, \"\"North\"\"\",headcount_ratio,1,"));
  EXPECT_THAT(text, HasSubstr(",province,2,贵州,"));
  EXPECT_THAT(text, HasSubstr(",households,\n"));  // a flow with a month missing
  EXPECT_EQ(lines(text).size(), 1u + 2 * 3 * (1 + 3 + 7) * (5 + 2));
}

TEST(Summary, NumbersReadBackExactly) {
  std::string log;
  const MemoryRecorder run = made_up_run();
  for (const std::string& row : lines(summary_csv(run, log))) {
    if (row.rfind("1,2013,county,61,County 6,headcount_ratio,1,", 0) != 0) continue;
    EXPECT_EQ(std::stod(row.substr(row.rfind(',') + 1)), made_up_value(2, 1, 35, 6, 0));
    return;
  }
  FAIL() << "row not found";
}

TEST(Summary, TakesYearlyGroupsAsTheyAreAndNamesTheLevelOfTheirRegions) {
  std::string log;
  const std::vector<std::string> rows = lines(summary_csv(made_up_run(), log));
  // Replicate 1, the third year; County 6 is region 10 of the list of all levels.
  const std::string start = "1,2013,county,61,County 6,programme_cost,yuan,";
  std::size_t found = 0;
  for (const std::string& row : rows) {
    if (row.rfind(start, 0) != 0) continue;
    ++found;
    EXPECT_EQ(std::stod(row.substr(start.size())), made_up_value(3, 1, 2, 10, 1));
  }
  EXPECT_EQ(found, 1u);
  EXPECT_EQ(std::count_if(rows.begin(), rows.end(),
                          [](const std::string& row) {
                            return row.rfind("0,2014,national,0,China,leakage,1,", 0) == 0;
                          }),
            1);
}

TEST(Summary, NoIndicatorStandsTwiceForAYearAndRegion) {
  std::string log;
  std::set<std::string> keys;
  for (const std::string& row : lines(summary_csv(made_up_run(), log))) {
    EXPECT_TRUE(keys.insert(row.substr(0, row.rfind(','))).second) << row;
  }
}

TEST(Summary, LeavesCountiesOutOfATableTooLongAndSaysSo) {
  std::string log = "before";
  const std::string text = summary_csv(made_up_run(), log, 300);
  EXPECT_EQ(lines(text).size(), 1u + 2 * 3 * (1 + 3) * (5 + 2));
  EXPECT_EQ(text.find(",county,"), std::string::npos);
  EXPECT_THAT(log, StartsWith("before\nsummary.csv leaves the counties out"));
}

}  // namespace
}  // namespace terrace::record

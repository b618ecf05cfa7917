#include "record/table_file.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "record/hdf5_read.hpp"

namespace terrace::record {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

ResultTable table() {
  return {"differences",
          "Differences of two runs",
          {{"indicator", "", "name of the indicator", true, {}, {"gini", "a \"b\", c", "贵州"}},
           {"difference", "1", "alt less base", false, {0.1, kNone, -0.0}, {}}}};
}

Hdf5Id open(const std::vector<ResultTable>& tables) {
  const auto image = tables_image(tables, {{"base", "run-a"}, {"alt", "跑"}}, "x.h5");
  return open_image(std::string(reinterpret_cast<const char*>(image.data()), image.size()));
}

TEST(TableFile, CsvQuotesAndReadsBack) {
  EXPECT_EQ(table_csv(table()), "indicator,difference\ngini,0.1\n\"a \"\"b\"\", c\",\n贵州,0\n");
  ResultTable empty = table();
  empty.columns[0].texts.clear();
  empty.columns[1].numbers.clear();
  EXPECT_EQ(table_csv(empty), "indicator,difference\n");
}

TEST(TableFile, Hdf5HoldsWordsNumbersAndUnits) {
  ResultTable empty = table();
  empty.name = "none";
  for (TableColumn& column : empty.columns) column.texts.clear(), column.numbers.clear();
  const Hdf5Id file = open({table(), empty});
  EXPECT_EQ(names(file), (std::vector<std::string>{"differences", "none"}));
  const Hdf5Id group = open_group(file, "differences");
  EXPECT_EQ(names(group), (std::vector<std::string>{"row", "indicator", "difference"}));
  EXPECT_EQ(read_texts(group, "indicator"), table().columns[0].texts);
  const auto numbers = read_values<double>(group, "difference", H5T_NATIVE_DOUBLE);
  EXPECT_EQ(numbers.at(0), 0.1);
  EXPECT_TRUE(std::isnan(numbers.at(1)));
  EXPECT_FALSE(std::signbit(numbers.at(2)));
  EXPECT_GT(H5Aexists_by_name(group, "difference", "units", H5P_DEFAULT), 0);
  EXPECT_GT(H5Aexists_by_name(group, "indicator", "long_name", H5P_DEFAULT), 0);
  EXPECT_TRUE(read_texts(open_group(file, "none"), "indicator").empty());
}

// Columns of words once took 256 kB each, whatever the number of rows.
TEST(TableFile, AFewRowsTakeLittleRoom) {
  EXPECT_LT(tables_image(std::vector<ResultTable>{table()}, {}, "x.h5").size(), 20'000U);
}

TEST(TableFile, TheSameTablesGiveTheSameBytes) {
  const std::vector<ResultTable> tables{table()};
  EXPECT_EQ(tables_image(tables, {}, "a.h5"), tables_image(tables, {}, "b.h5"));
}

TEST(TableFile, ColumnsOfDifferentLengthsAreABug) {
  ResultTable wrong = table();
  wrong.columns[1].numbers.pop_back();
  EXPECT_THROW(table_csv(wrong), std::logic_error);
  EXPECT_THROW(tables_image(std::vector{wrong}, {}, "a.h5"), std::logic_error);
}

}  // namespace
}  // namespace terrace::record

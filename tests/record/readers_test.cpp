// The readers that people use open our files, with named dimensions, units and time.
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/run_directory.hpp"
#include "record/table_file.hpp"
#include "tests/record/command.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace {

using ::testing::HasSubstr;

class Readers : public ::testing::Test {
 protected:
  std::string publish(const std::string& name, const MadeUpSize& size = {}) const {
    const MemoryRecorder run = made_up_run(size);
    RunDirectory directory(scratch / name, kMadeUpScenario, false);
    directory.publish(run, made_up_provenance(run));
    return directory.path().string();
  }

  /// A file of a table with words, a missing number and a name outside ASCII.
  std::string table() const {
    const ResultTable table{"differences",
                            "Differences of two runs",
                            {{"region", "", "name of the region", true, {}, {"China", "贵州"}},
                             {"mean", "yuan", "alt less base", false, {0.1, std::nan("")}, {}}}};
    const std::string path = (scratch / "table.h5").string();
    const auto bytes = tables_image({&table, 1}, {{"base", "run-a"}}, path);
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<long>(bytes.size()));
    return path;
  }

  // The system's Python is the one that has the packages.
  const std::string python = "PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 ";
  const std::string here = std::string(TERRACE_SOURCE_DIR) + "/tests/record/";
  const Scratch scratch;
};

TEST_F(Readers, NcdumpShowsDimensionsAndUnits) {
  const Result header = command("ncdump -h " + publish("run") + "/trajectories.h5");
  ASSERT_EQ(header.status, 0) << header.output;
  EXPECT_THAT(header.output, HasSubstr("double headcount_ratio(replicate, time, region)"));
  EXPECT_THAT(header.output, HasSubstr("double headcount_ratio(replicate, time) ;"));
  EXPECT_THAT(header.output, HasSubstr("indicator_1:units = \"yuan/person/year\""));
  EXPECT_THAT(header.output, HasSubstr("time:units = \"days since 2008-01-01\""));
  EXPECT_THAT(header.output, HasSubstr("string region_name(region)"));
  EXPECT_THAT(header.output, HasSubstr("double offered(replicate, time, module, region)"));
  EXPECT_THAT(header.output, HasSubstr("int64 household(household)"));
  EXPECT_THAT(header.output, HasSubstr("float income(replicate, time, household)"));
  EXPECT_THAT(header.output, HasSubstr("income:_FillValue = NaNf"));
  EXPECT_THAT(header.output, HasSubstr("register_status:flag_values = 0.f, 1.f, 2.f"));
  EXPECT_THAT(header.output, HasSubstr("event = UNLIMITED ; // (49 currently)"));
  EXPECT_THAT(header.output, HasSubstr("int64 household(event)"));
  EXPECT_THAT(header.output, HasSubstr("byte kind(event)"));
  EXPECT_THAT(header.output, HasSubstr("amount:units = \"by kind\""));
  EXPECT_EQ(header.output.find("phony"), std::string::npos);
  // All values, which meets what only reading them would.
  EXPECT_EQ(command("ncdump " + (scratch / "run/trajectories.h5").string()).status, 0);
}

TEST_F(Readers, Python) {
  const Result result = command(python + here + "open_with_readers.py " + publish("run") + " " +
                                publish("quiet", {.events = false}) + " " + table());
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(Readers, R) {
  const Result result = command("Rscript " + here + "open_with_r.R " + publish("run") + " " +
                                publish("quiet", {.events = false}));
  EXPECT_EQ(result.status, 0) << result.output;
}

}  // namespace
}  // namespace terrace::record

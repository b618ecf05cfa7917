// The readers that people use open our files, with named dimensions, units and time.
#include <cstdio>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "record/run_directory.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace {

using ::testing::HasSubstr;

struct Result {
  int status = 0;
  std::string output;
};

Result command(const std::string& line) {
  Result result;
  FILE* pipe = ::popen((line + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return {-1, "cannot start"};
  for (int c; (c = std::fgetc(pipe)) != EOF;) result.output += static_cast<char>(c);
  result.status = ::pclose(pipe);
  return result;
}

class Readers : public ::testing::Test {
 protected:
  std::string publish(const std::string& name) const {
    const MemoryRecorder run = made_up_run();
    RunDirectory directory(scratch / name, kMadeUpScenario, false);
    directory.publish(run, made_up_provenance(run));
    return directory.path().string();
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
  EXPECT_EQ(header.output.find("phony"), std::string::npos);
  // All values, which meets what only reading them would.
  EXPECT_EQ(command("ncdump " + (scratch / "run/trajectories.h5").string()).status, 0);
}

TEST_F(Readers, Python) {
  const Result result = command(python + here + "open_with_readers.py " + publish("run"));
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(Readers, R) {
  // R is large, so it is not among what tests install; where it is, it must open the file.
  if (command("Rscript -e 'library(ncdf4)'").status != 0) {
    std::puts("no R with ncdf4 here: nothing to check");
    return;
  }
  const Result result = command("Rscript " + here + "open_with_r.R " + publish("run"));
  EXPECT_EQ(result.status, 0) << result.output;
}

TEST_F(Readers, AnalysisScripts) {
  const Result result = command(python + here + "check_analysis_scripts.py " + TERRACE_SOURCE_DIR +
                                " " + publish("base") + " " + publish("alt"));
  EXPECT_EQ(result.status, 0) << result.output;
}

}  // namespace
}  // namespace terrace::record

// A run that a program other than `terrace` writes.
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include <terrace/run_folder.hpp>
#include <terrace/run_reader.hpp>

#include "record/scratch.hpp"
#include "support/small_scenario.hpp"

namespace terrace::record {
namespace {

const std::string kScenarios = std::string(TERRACE_SOURCE_DIR) + "/scenarios";

ScenarioFile classroom() {
  return read_scenario(kScenarios + "/teach.yaml",
                       {"time.end=2013-12", "output.panel.households=0"}, test::builtin_catalogue(),
                       kScenarios + "/data");
}

RunOutcome run_into(const std::filesystem::path& folder, const RunFolderOptions& options = {}) {
  SerialRunner runner;
  return run_to_folder(classroom(), test::builtin_catalogue(), runner, folder, options);
}

TEST(RunFolder, HoldsWhatARecorderGets) {
  const Scratch scratch;
  const RunOutcome out =
      run_into(scratch / "run", {.force = false, .command = "outside teach.yaml"});
  SerialRunner runner;
  MemoryRecorder results;
  const ScenarioFile file = classroom();
  EXPECT_EQ(run_scenario(file.spec, test::builtin_catalogue(), runner, results).digest, out.digest);
  const RunReader reader(scratch / "run");
  EXPECT_EQ(reader.attribute("results_digest"), out.digest);
  EXPECT_EQ(reader.attribute("scenario"), "teach");
  const StoredIndicator stored = reader.read("national", "headcount_ratio");
  std::size_t k = 0;
  while (results.info().indicators.at(k).name != "headcount_ratio") ++k;
  const std::size_t columns = results.info().indicators.size();
  ASSERT_EQ(stored.months, results.months());
  for (std::size_t month = 0; month < stored.months; ++month)
    ASSERT_EQ(stored.at(0, month, 0), results.values(0)[month * columns + k]);
  std::ifstream text(scratch / "run" / "provenance.json");
  std::stringstream provenance;
  provenance << text.rdbuf();
  EXPECT_NE(provenance.str().find("outside teach.yaml"), std::string::npos);
}

TEST(RunFolder, KeepsEarlierResultsUnlessForced) {
  const Scratch scratch;
  const RunOutcome out = run_into(scratch / "run");
  EXPECT_THROW(run_into(scratch / "run"), std::runtime_error);
  EXPECT_EQ(run_into(scratch / "run", {.force = true, .command = {}}).digest, out.digest);
}

}  // namespace
}  // namespace terrace::record

#include "validation/arm.hpp"

#include <gtest/gtest.h>

#include <terrace/check.hpp>
#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>

#include "parallel/thread_runner.hpp"

namespace terrace::validation {

namespace {

struct Column {
  std::size_t group = 0;
  std::size_t index = 0;
  bool flow = false;
};

Column find(const RunInfo& info, std::string_view name, std::string_view in = "") {
  for (std::size_t g = 0; g < info.groups.size(); ++g) {
    if (!in.empty() && info.groups[g].name != in) continue;
    const auto& list = info.indicators_of(g);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].name == name) return {g, i, list[i].flow};
    }
  }
  require(false, "an indicator that was not recorded");
  return {};
}

double value(const record::MemoryRecorder& results, const Column& c, std::size_t row,
             std::size_t region) {
  const RunInfo& info = results.info();
  return results.values(c.group)[row * info.row_size(c.group) +
                                 region * info.indicators_of(c.group).size() + c.index];
}

}  // namespace

double Arm::at(std::string_view indicator, int year) const {
  const RunInfo& info = results.info();
  const Column c = find(info, indicator);
  const auto years = static_cast<std::size_t>(year - year_of(info.start));
  if (info.groups[c.group].yearly) return value(results, c, years, 0);
  if (!c.flow) return value(results, c, 12 * years + 11, 0);
  double sum = 0.0;
  for (std::size_t month = 12 * years; month < 12 * years + 12; ++month)
    sum += value(results, c, month, 0);
  return sum;
}

double Arm::in_month(std::string_view indicator, Month month) const {
  const Column c = find(results.info(), indicator, "national");
  return value(results, c, static_cast<std::size_t>(month - results.info().start), 0);
}

double Arm::designated(std::string_view indicator, std::string_view weight, int year) const {
  const RunInfo& info = results.info();
  const Column of = find(info, indicator, "county");
  const Column by = find(info, weight, "county");
  const auto row = static_cast<std::size_t>(12 * (year - year_of(info.start)) + 11);
  double sum = 0.0;
  double weights = 0.0;
  const auto& counties = info.groups[of.group].regions;
  for (std::size_t r = 0; r < counties.size(); ++r) {
    if (!counties[r].designated) continue;
    const double w = counties[r].weight * value(results, by, row, r);
    sum += w * value(results, of, row, r);
    weights += w;
  }
  return sum / weights;
}

Arm run_arm(const std::string& scenario, const std::vector<std::string>& sets) {
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  const ScenarioFile file = read_scenario(TERRACE_SOURCE_DIR "/scenarios/" + scenario + ".yaml",
                                          sets, catalogue, TERRACE_SOURCE_DIR "/scenarios/data");
  Arm arm;
  for (const std::string& error : file.errors) ADD_FAILURE() << error;
  if (!file.errors.empty()) return arm;
  ThreadRunner runner(2);
  EXPECT_TRUE(run_scenario(file.spec, catalogue, runner, arm.results).finished);
  return arm;
}

}  // namespace terrace::validation

#include "validation/arm_none.hpp"

#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/check.hpp>
#include <terrace/scenario_file.hpp>

namespace terrace::validation {

namespace {

/// What a resident of each household of one county has consumed since January, yuan of 2012.
using Eaten = std::vector<double>;

/// A module that serves nobody. From the programme's start on it is asked every month, after
/// households have consumed, and so can add up what the tables keep only as a rate.
class Meter final : public PolicyModule {
 public:
  explicit Meter(Eaten* eaten) : eaten_(eaten) {}

  void candidates(const PolicyMonth& now, std::vector<Candidate>& /*out*/) const override {
    const std::vector<float>& rate = now.county->households.consumption;
    if (month_in_year(now.month) == 1) eaten_->assign(rate.size(), 0.0);
    require(eaten_->size() == rate.size(), "households come and go at the year's close only");
    for (std::size_t h = 0; h < rate.size(); ++h) {
      (*eaten_)[h] += static_cast<double>(rate[h]) / 12.0;
    }
  }
  void start(PolicyMonth& /*now*/, const Candidate& /*who*/, Enrolment& /*e*/) const override {}
  void month(PolicyMonth& /*now*/, Enrolment& /*e*/) const override {}

 private:
  Eaten* eaten_;
};

PolicyCatalogue with_meter(Eaten& eaten) {
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  PolicyEntry entry;
  entry.info.name = "meter";
  entry.info.title = "Adds up consumption";
  entry.info.offer_months = 0xfff;
  entry.parameters.name = "policies.meter";
  entry.make = [&eaten](const ParameterValues&, const ModuleSettings&, const SeriesSet&) {
    return std::make_unique<Meter>(&eaten);
  };
  catalogue.add(std::move(entry));
  return catalogue;
}

}  // namespace

double NoneRun::at(std::string_view indicator, Month month, std::size_t group,
                   std::size_t region) const {
  const RunInfo& info = results.info();
  std::size_t column = 0;
  while (column < info.indicators.size() && info.indicators[column].name != indicator) ++column;
  require(column < info.indicators.size(), "an indicator that was not recorded");
  const auto row = static_cast<std::size_t>(month - info.start) * info.groups[group].regions.size();
  return results.values(group)[(row + region) * info.indicators.size() + column];
}

NoneRun run_none(const std::vector<std::string>& sets) {
  Eaten eaten;  // of the county at hand: one thread takes county-years one after the other
  const PolicyCatalogue catalogue = with_meter(eaten);
  ScenarioFile file = read_scenario(TERRACE_SOURCE_DIR "/scenarios/none.yaml", sets, catalogue,
                                    TERRACE_SOURCE_DIR "/scenarios/data");
  NoneRun run;
  for (const std::string& error : file.errors) ADD_FAILURE() << error;
  if (!file.errors.empty()) return run;
  file.spec.indicators = {"persons", "births", "deaths", "town_exits", "mean_income"};
  ModuleSettings& meter = file.spec.policies.at("meter");
  meter.enabled = true;
  meter.from = file.spec.start;
  RunControl control;
  control.observe = [&](const CountyYear& closed) { add(run.panel, closed, eaten); };
  SerialRunner runner;
  EXPECT_TRUE(run_scenario(file.spec, catalogue, runner, run.results, control).finished);
  sort(run.panel);
  return run;
}

}  // namespace terrace::validation

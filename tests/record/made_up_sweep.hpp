// A sweep that never ran: every value can be told from its place.
#pragma once

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <terrace/sweep_results.hpp>

namespace terrace::record {

inline constexpr double kNoValue = std::numeric_limits<double>::quiet_NaN();

/// 1000 run + place, a quarter of a run's first value NaN.
inline double made_up_value(std::size_t run, std::size_t place) {
  if (place == 0 && run % 4 == 3) return kNoValue;
  return 1000.0 * static_cast<double>(run) + static_cast<double>(place) + 0.1;
}

inline std::vector<StudyDimension> made_up_dimensions() {
  StudyDimension trap;
  trap.name = "trap";
  trap.key = "farm_assets.tau";
  trap.also = {"farm_assets.phi", "industry.tau"};
  trap.unit = "yuan";
  trap.meaning = "strength of the trap, 陷阱";
  trap.low = 0.1;
  trap.high = 10.0;
  trap.log_scale = true;
  StudyDimension budget;
  budget.name = "budget";
  budget.kind = StudyDimension::Kind::series;
  budget.key = "fund_central";
  budget.unit = "1";
  budget.meaning = "factor of the central fund";
  budget.low = 0.5;
  budget.high = 2.0;
  budget.levels = {0.5, 1.0, 2.0};
  budget.change = StudyDimension::Change::shift;
  budget.from = 2014;
  budget.until = 2020;
  StudyDimension arm;
  arm.name = "arm";
  arm.kind = StudyDimension::Kind::scenario;
  arm.unit = "1";
  arm.meaning = "the scenario";
  arm.high = 1.0;
  arm.choices = {"full programme", "none"};
  arm.levels = {0.0, 1.0};
  return {trap, budget, arm};
}

struct MadeUpSweepSize {
  std::size_t points = 6;
  std::uint32_t replicates = 2;
  bool provinces = true;
};

inline SweepVariable made_up_variable(const SweepResults& sweep, const std::string& name,
                                      const std::string& group, bool flow) {
  SweepVariable variable{
      name, "yuan", "meaning of " + name, group, group == "modules", sweep.regions.size() > 1};
  variable.flow = flow;
  const std::size_t size = sweep.years.size() * (variable.by_module ? sweep.modules.size() : 1) *
                           (variable.by_region ? sweep.regions.size() : 1);
  for (std::size_t run = 0; run < sweep.runs(); ++run) {
    for (std::size_t i = 0; i < size; ++i) {
      variable.values.push_back(sweep.status[run] == RunStatus::done ? made_up_value(run, i)
                                                                     : kNoValue);
    }
  }
  return variable;
}

/// Run 1 failed, run 2 is missing.
inline SweepResults made_up_sweep(const MadeUpSweepSize& size = {}) {
  SweepResults sweep;
  sweep.name = "made-up";
  sweep.title = "Never simulated, 从未模拟";
  sweep.plan_digest = std::string(32, 'c');
  sweep.scenario = "terrace: 1\n" + std::string(70000, '#') + "\n";  // attributes may be long
  sweep.dimensions = made_up_dimensions();
  sweep.design = {StudyDesign::Kind::morris, 3, 8, false, 18446744073709551615U};
  sweep.replicates = size.replicates;
  sweep.seed = 18446744073709551615U;
  sweep.years = {2012, 2013, 2014};
  sweep.modules = {"relocation", "industry"};
  sweep.regions = {{0, "China", ""}};
  if (size.provinces) {
    sweep.regions.push_back(
        {7, "贵州", "贵州", Region::west, false, 1.0, 1.0, RegionLevel::province});
    sweep.regions.push_back(
        {9, "P9", "P9", Region::central, false, 1.0, 1.0, RegionLevel::province});
  }
  sweep.coordinates.resize(3);
  const std::size_t runs = size.points * size.replicates;
  for (std::size_t run = 0; run < runs; ++run) {
    const std::size_t point = run / size.replicates;
    sweep.point.push_back(static_cast<std::uint32_t>(point));
    sweep.replicate.push_back(static_cast<std::uint32_t>(run % size.replicates));
    sweep.status.push_back(run == 1   ? RunStatus::failed
                           : run == 2 ? RunStatus::missing
                                      : RunStatus::done);
    sweep.digest.push_back(sweep.status[run] == RunStatus::done
                               ? std::string(31, 'a') + "0123456789"[run % 10]
                               : std::string());
    sweep.coordinates[0].push_back(0.1 + 0.3 * static_cast<double>(point));
    sweep.coordinates[1].push_back(0.5 + 0.01 * static_cast<double>(point));
    sweep.coordinates[2].push_back(static_cast<double>(point % 2));
  }
  sweep.variables.push_back(made_up_variable(sweep, "headcount_ratio", "monthly", false));
  sweep.variables.push_back(made_up_variable(sweep, "programme_cost", "targeting", true));
  sweep.variables.push_back(made_up_variable(sweep, "offered", "modules", true));
  return sweep;
}

}  // namespace terrace::record

// A small nation that can be run in code: all parameters at their defaults, constant or simple
// series, and counties of a few hundred households. A run of ten years takes some 50 ms.
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <utility>

#include <terrace/policy.hpp>
#include <terrace/scenario.hpp>
#include <terrace/simulation.hpp>

#include "record/memory_recorder.hpp"
#include "support/small_layout.hpp"

namespace terrace::test {

/// The modules that ship, in their order, but for the one called `without`.
inline PolicyCatalogue builtin_catalogue(std::string_view without = "") {
  PolicyCatalogue all;
  register_builtin_policies(all);
  PolicyCatalogue some;
  for (const PolicyEntry& entry : all.entries()) {
    if (entry.info.name != without) some.add(entry);
  }
  return some;
}

/// Every parameter of processes and modules at its default, by full name.
inline ParameterValues default_values() {
  ParameterValues values;
  auto blocks = process_parameters();
  const PolicyCatalogue catalogue = builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) blocks.push_back(entry.parameters);
  for (const ParameterBlock& block : blocks) {
    for (const ParameterInfo& p : block.parameters) {
      values[block.name + "." + std::string(p.name)] = p.value;
    }
  }
  return values;
}

inline Series series_of(std::initializer_list<std::pair<const int, double>> values) {
  return {"", "none", "made up", values};
}

/// Plausible figures, near the published ones, for every series that the model reads.
inline SeriesSet small_series() {
  SeriesSet s;
  s["poverty_line"] = series_of({{2012, 2625}, {2014, 2800}, {2016, 2952}, {2019, 3218}});
  s["exit_line"] =
      series_of({{2012, 2625}, {2014, 2800}, {2016, 3146}, {2017, 3335}, {2020, 4000}});
  s["migrant_wage"] = series_of({{2012, 2290}, {2014, 2864}, {2016, 3275}, {2018, 3721}});
  s["pension"] = series_of({{2012, 880}, {2016, 1356}});
  s["reimbursement"] = series_of({{2012, 0.43}, {2016, 0.51}});
  s["safe_water"] = series_of({{2012, 0.62}, {2015, 0.70}, {2018, 0.78}});
  s["allowance_standard"] = series_of({{2012, 2068}, {2014, 2777}, {2016, 3744}, {2018, 4833}});
  s["fund_central"] = series_of({{2012, 33.2}, {2014, 43.3}, {2016, 66.1}});
  s["irregular_share"] = series_of({{2012, 0.258}, {2017, 0.1}, {2018, 0.0387}});
  s["east_west_fund"] = series_of({{2012, 0}, {2015, 4}, {2016, 6.5}, {2017, 10}, {2018, 20}});
  s["transition_support"] = series_of({{2012, 1}});
  s["relocation_places"] = series_of({{2012, 0}, {2016, 2.49e6}, {2017, 3.4e6}, {2018, 2.8e6}});
  s["housing_places"] = series_of({{2012, 1e6}});
  s["workshop_posts"] = series_of({{2012, 0}, {2016, 2e4}, {2017, 8e4}, {2018, 2e5}});
  // Twenty times as many as were built: a village of so small a sample stands for hundreds.
  s["solar_villages"] = series_of({{2012, 0}, {2015, 8e4}, {2016, 3e5}, {2017, 6e5}});
  s["pairing_investment"] = series_of({{2012, 0}, {2015, 100}, {2018, 200}});
  s["e_commerce_fund"] = series_of({{2012, 0}, {2014, 1.5}, {2015, 3.5}});
  s["purchases"] = series_of({{2012, 0}, {2018, 100}});
  s["cash_fund"] = series_of({{2012, 100.0}});
  s["ecological_posts"] = series_of({{2012, 0}, {2016, 2.2e5}, {2017, 4.4e5}, {2018, 6.6e5}});
  return s;
}

/// The small nation 2011-2018, all modules of the programme on, as a part of a nation with China's
/// poor.
inline ScenarioSpec small_scenario() {
  ScenarioSpec s;
  s.name = "small";
  s.start = month_of(2011, 1);
  s.programme = month_of(2013, 1);
  s.end = month_of(2018, 12);
  s.population = small_population(0.1, 0.02);
  s.population.layout.national_poor_2013 = 82.49e6;
  s.population.layout.national_households = 1.9e8;
  s.parameters = default_values();
  s.series = small_series();
  const PolicyCatalogue catalogue = builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) {
    ModuleSettings settings;
    // Cash in place of a programme is no part of one.
    settings.enabled = entry.info.allocation != Allocation::grant;
    settings.from = month_of(entry.info.default_from_year, 1);
    settings.until = s.end;
    s.policies[std::string(entry.info.name)] = settings;
  }
  s.seed = 11;
  return s;
}

/// The same until 2021, so that relief and the years after the programme are in it, and with cash
/// beside it: every module of the catalogue acts.
inline ScenarioSpec full_scenario() {
  ScenarioSpec s = small_scenario();
  s.end = month_of(2021, 12);
  for (auto& [name, settings] : s.policies) {
    settings.enabled = true;
    settings.until = s.end;
  }
  s.series["cash_fund"] = series_of({{2012, 1.0}});  // so little that the others still matter
  // A village costs what it costs in full, and the money of so small a sample is a village's.
  s.series["solar_villages"] = series_of({{2012, 1e6}});
  s.parameters["policies.solar.unit_cost"] = 5e4;
  return s;
}

inline ScenarioSpec without(ScenarioSpec s, const std::string& module) {
  s.policies.at(module).enabled = false;
  return s;
}

/// No register and no module: growth and ordinary welfare only.
inline ScenarioSpec no_programme(ScenarioSpec s) {
  for (auto& [name, settings] : s.policies) settings.enabled = false;
  s.registry = false;
  return s;
}

/// A run and everything it recorded.
struct SmallRun {
  record::MemoryRecorder results;
  RunOutcome outcome;

  std::size_t indicator(std::string_view name) const {
    const auto& list = results.info().indicators;
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].name == name) return i;
    }
    require(false, "no such indicator");
    return 0;
  }
  std::size_t regions(std::size_t group) const {
    return results.info().groups[group].regions.size();
  }
  /// Groups: 0 national, 1 province, 2 county.
  double at(std::string_view name, Month month, std::size_t group = 0, std::size_t region = 0,
            std::size_t replicate = 0) const {
    const std::size_t row =
        replicate * results.months() + static_cast<std::size_t>(month - results.info().start);
    const std::size_t columns = results.info().indicators.size();
    return results.values(group)[(row * regions(group) + region) * columns + indicator(name)];
  }
  /// Of group `targeting`, whose regions are the nation, the provinces and the counties.
  double targeting(std::string_view name, int year, std::size_t region = 0) const {
    const RunInfo& info = results.info();
    const auto& list = info.indicators_of(3);
    for (std::size_t i = 0; i < list.size(); ++i) {
      if (list[i].name != name) continue;
      const auto row = static_cast<std::size_t>(year - year_of(info.start));
      return results.values(3)[(row * regions(3) + region) * list.size() + i];
    }
    require(false, "no such indicator of targeting");
    return 0.0;
  }
  double december(std::string_view name, int year, std::size_t group = 0,
                  std::size_t region = 0) const {
    return at(name, month_of(year, 12), group, region);
  }
  /// Of a flow: all twelve months.
  double year_sum(std::string_view name, int year, std::size_t group = 0,
                  std::size_t region = 0) const {
    double sum = 0.0;
    for (int m = 1; m <= 12; ++m) sum += at(name, month_of(year, m), group, region);
    return sum;
  }
};

inline SmallRun run_small(const ScenarioSpec& s, CountyRunner& runner,
                          const PolicyCatalogue& catalogue = builtin_catalogue()) {
  SmallRun run;
  run.outcome = run_scenario(s, catalogue, runner, run.results);
  return run;
}

inline SmallRun run_small(const ScenarioSpec& s,
                          const PolicyCatalogue& catalogue = builtin_catalogue()) {
  SerialRunner runner;
  return run_small(s, runner, catalogue);
}

}  // namespace terrace::test

// The month's kernels and a whole county-year on a county as `tpa` has it: one designated county of
// Gansu, one village in ten, in the year 2017 with all five modules in force. Items are
// household-months.
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include <benchmark/benchmark.h>

#include <terrace/scenario_file.hpp>
#include <terrace/simulation.hpp>

#include "economy/economy.hpp"
#include "engine/county_year.hpp"
#include "nation/nation.hpp"
#include "population/synthesis.hpp"

namespace {

using namespace terrace;

constexpr int kYear = 2017;

ScenarioSpec read_spec(const PolicyCatalogue& catalogue) {
  const auto folder = std::filesystem::path(__FILE__).parent_path() / ".." / "scenarios";
  const ScenarioFile file =
      read_scenario((folder / "tpa.yaml").string(),
                    {"population.provinces=[Gansu]", "population.sample.counties=0.01"}, catalogue,
                    (folder / "data").string());
  for (const std::string& error : file.errors) std::fprintf(stderr, "%s\n", error.c_str());
  if (!file.errors.empty()) std::exit(65);
  return file.spec;
}

PolicyCatalogue builtin() {
  PolicyCatalogue catalogue;
  register_builtin_policies(catalogue);
  return catalogue;
}

/// Two counties, brought to January of kYear; the benchmarks use the first.
struct World {
  PolicyCatalogue catalogue = builtin();
  ScenarioSpec spec = read_spec(catalogue);
  engine::Model model = engine::make_model(spec, catalogue);
  RunKey key{spec.seed, 0};
  nation::Boundary boundary{spec,
                            model.nation,
                            model.registry,
                            model.policies,
                            model.economy.transfers.allowance_share,
                            share_of_national_poor(spec.population, model.population, spec.seed),
                            key};
  std::vector<County> counties = lay_out_counties(spec.population, model.population, spec.seed);
  std::vector<CountyReport> reports;
  YearFrame frame;
  std::vector<CountyPlan> plans;
  CountyWork work;

  World() {
    const HouseholdMix mix = fit_household_mix(spec.population.layout);
    for (County& c : counties) {
      synthesise_county(c, spec.population, model.population, mix, key, spec.start);
      c.enrolments.resize(model.policies.size());
      c.ledger.delivered_by_module.assign(model.policies.size(), 0);
      for (std::size_t h = 0; h < c.households.size(); ++h) {
        economy::refresh_household(c, h, spec.start, model.economy);
      }
    }
    for (int year = year_of(spec.start); year < kYear; ++year) {
      plan(year);
      std::vector<CountyReport> next(counties.size());
      for (std::size_t i = 0; i < counties.size(); ++i) {
        engine::run_county_year(counties[i], frame, plans[i], model, work, next[i]);
      }
      reports = std::move(next);
    }
    plan(kYear);
  }

  void plan(int year) {
    frame = nation::frame_of(boundary, year, {}, {});
    plans = nation::plan(boundary, frame, counties, reports);
  }
};

World& world() {
  static World the_world;
  return the_world;
}

/// A copy of the county, opened in June of kYear with the first five months behind it, so that a
/// step can be called again and again.
struct OpenCounty {
  World& w = world();
  County county = w.counties.front();
  CountyReport report;
  CountyWork work;

  OpenCounty() {
    work.county = &county;
    work.frame = &w.frame;
    work.plan = &w.plans.front();
    work.report = &report;
    work.module_events.assign(w.model.policies.size(), {});
    work.month = month_of(kYear, 1);
    economy::open_year(work, w.model.economy);
    for (int month = 1; month <= 6; ++month) {
      work.month = month_of(kYear, month);
      work.flows.reset(county.households.size());
      economy::shocks(work, w.model.economy);
      economy::labour(work, w.model.economy);
      economy::income(work, w.model.economy);
      economy::consumption(work, w.model.economy);
    }
  }
};

void count(benchmark::State& state, std::size_t households, int months = 1) {
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(households) * months);
  state.counters["households"] = static_cast<double>(households);
}

void month_income(benchmark::State& state) {
  OpenCounty open;
  for (auto _ : state) {
    economy::income(open.work, open.w.model.economy);
    benchmark::ClobberMemory();
  }
  count(state, open.county.households.size());
}
BENCHMARK(month_income);

void month_consumption(benchmark::State& state) {
  OpenCounty open;
  for (auto _ : state) {
    economy::consumption(open.work, open.w.model.economy);
    benchmark::ClobberMemory();
  }
  count(state, open.county.households.size());
}
BENCHMARK(month_consumption);

void month_tally(benchmark::State& state) {
  OpenCounty open;
  for (auto _ : state) {
    engine::tally_month(open.work, open.w.model);
    benchmark::ClobberMemory();
  }
  count(state, open.county.households.size());
}
BENCHMARK(month_tally);

void county_year(benchmark::State& state) {
  World& w = world();
  CountyReport report;
  for (auto _ : state) {
    state.PauseTiming();
    County county = w.counties.front();
    state.ResumeTiming();
    engine::run_county_year(county, w.frame, w.plans.front(), w.model, w.work, report);
    benchmark::DoNotOptimize(report.persons);
    state.PauseTiming();
    county = County{};  // its memory is not part of the year
    state.ResumeTiming();
  }
  count(state, w.counties.front().households.size(), 12);
}
BENCHMARK(county_year)->Unit(benchmark::kMillisecond);

}  // namespace

// Synthesis of a population: households a second, and bytes a household in memory.
#include <benchmark/benchmark.h>

#include "population/synthesis.hpp"
#include "tests/support/small_layout.hpp"

namespace {

using namespace terrace;

void synthesis(benchmark::State& state) {
  const PopulationSpec spec = test::small_population(0.2, 0.1);
  const PopulationParameters parameters = default_population_parameters();
  const HouseholdMix mix = fit_household_mix(spec.layout);
  std::size_t households = 0;
  std::size_t bytes = 0;
  for (auto _ : state) {
    households = bytes = 0;
    auto counties = lay_out_counties(spec, parameters, 1);
    for (County& county : counties) {
      synthesise_county(county, spec, parameters, mix, {1, 0});
      households += county.households.size();
      bytes += bytes_of(county);
    }
    benchmark::DoNotOptimize(counties.data());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(households) * state.iterations());
  state.counters["bytes_per_household"] =
      static_cast<double>(bytes) / static_cast<double>(households);
}
BENCHMARK(synthesis)->Unit(benchmark::kMillisecond);

void fit_mix(benchmark::State& state) {
  const Layout layout = test::small_layout();
  for (auto _ : state) benchmark::DoNotOptimize(fit_household_mix(layout));
}
BENCHMARK(fit_mix)->Unit(benchmark::kMillisecond);

void lay_out(benchmark::State& state) {
  const PopulationSpec spec = test::small_population(1.0, 0.1);
  const PopulationParameters parameters = default_population_parameters();
  for (auto _ : state) benchmark::DoNotOptimize(lay_out_counties(spec, parameters, 1));
}
BENCHMARK(lay_out)->Unit(benchmark::kMillisecond);

}  // namespace

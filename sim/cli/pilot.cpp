#include "cli/pilot.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

#include <terrace/recorder.hpp>
#include <terrace/simulation.hpp>

#include "population/synthesis.hpp"

namespace terrace::cli {
namespace {

using Clock = std::chrono::steady_clock;

// All years of so many households take a fraction of a second: the years of the programme, which
// take longer than those of burn-in, are then in the measure.
constexpr double kHouseholds = 4000.0;

// Replicates of one run: what is kept of them until it ends grows with their number, and what they
// share is made once for all.
constexpr std::uint32_t kReplicates = 100;

// Notes when the run begins in earnest, after what all replicates share has been made.
class StartOfRun final : public Recorder {
 public:
  void begin(const RunInfo&) override { begun_ = Clock::now(); }
  void record(std::uint32_t, Month, std::size_t, std::size_t, std::span<const double>) override {}
  void end() override {}
  double seconds() const { return std::chrono::duration<double>(Clock::now() - begun_).count(); }

 private:
  Clock::time_point begun_ = Clock::now();
};

double true_households(const ScenarioSpec& spec) {
  const auto parameters =
      load_parameters<PopulationParameters>(kPopulationBlock, population_table(), spec.parameters);
  double out = 0.0;
  for (const County& county : lay_out_counties(spec.population, parameters, spec.seed)) {
    out += county.true_households * county.fraction;
  }
  return out;
}

// A province with both kinds of county, if there is one: they differ in what is done there.
std::string one_province(const PopulationSpec& population) {
  const std::vector<std::string>& chosen = population.provinces;
  std::string out;
  for (const ProvinceLayout& p : population.layout.provinces) {
    const bool in =
        chosen.empty() || std::find(chosen.begin(), chosen.end(), p.name) != chosen.end();
    if (!in || (population.counties == PopulationSpec::Counties::designated && p.designated == 0)) {
      continue;
    }
    if (out.empty()) out = p.name;
    if (p.designated > 0 && p.other > 0) return p.name;
  }
  return out;
}

ScenarioSpec miniature(ScenarioSpec spec) {
  const double all = true_households(spec);
  PopulationSpec& population = spec.population;
  if (all > kHouseholds) {
    population.provinces = {one_province(population)};
    population.sample_counties = 1e-9;  // one of each kind
    const double there = true_households(spec);
    population.sample_villages *= std::min(1.0, kHouseholds / there);
  }
  const double share = std::min(1.0, true_households(spec) / all);
  spec.output.panel_households =
      static_cast<std::uint32_t>(share * static_cast<double>(spec.output.panel_households));
  spec.first_replicate = 0;
  spec.replicates = kReplicates;
  return spec;
}

}  // namespace

Pace measure_pace(const ScenarioSpec& spec, const PolicyCatalogue& catalogue, double seconds) {
  ScenarioSpec small = miniature(spec);
  Pace pace;
  StartOfRun recorder;
  std::atomic<bool> enough = false;
  while (!enough) {
    const Pace before = pace;
    double so_far = 0.0;
    std::optional<std::uint32_t> replicate;
    const auto one_is_over = [&] {
      pace = {before.household_months + so_far, before.seconds + recorder.seconds()};
      enough = pace.seconds >= seconds;
    };
    RunControl control;
    control.stop = &enough;
    control.observe = [&](const CountyYear& year) {  // one at a time: there is one worker
      if (replicate && *replicate != year.replicate) one_is_over();
      replicate = year.replicate;
      so_far += 12.0 * static_cast<double>(year.income.size());
    };
    SerialRunner runner;
    run_scenario(small, catalogue, runner, recorder, control);
    if (!enough) one_is_over();
    small.first_replicate += kReplicates;
  }
  return pace;
}

}  // namespace terrace::cli

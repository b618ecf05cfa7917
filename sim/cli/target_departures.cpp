#include "cli/target_departures.hpp"

#include <utility>

#include <fmt/core.h>

#include "scenario/load.hpp"

namespace terrace::cli {
namespace {

namespace fs = std::filesystem;

bool same(const ModuleSettings& a, const ModuleSettings& b) {
  return a.enabled == b.enabled &&
         (!a.enabled || (a.from == b.from && a.until == b.until && a.capacity == b.capacity &&
                         a.effect == b.effect && a.cost == b.cost && a.ramp == b.ramp));
}

/// Keys of time and people by which a run is not that of the nation and years as they ship.
std::vector<std::string> other_people(const ScenarioSpec& here, const ScenarioSpec& full) {
  std::vector<std::string> out;
  const auto check = [&out](bool equal, const char* key) {
    if (!equal) out.emplace_back(key);
  };
  check(here.start == full.start, "time.start");
  check(here.programme == full.programme, "time.programme");
  check(here.end == full.end, "time.end");
  const PopulationSpec& ours = here.population;
  const PopulationSpec& theirs = full.population;
  check((ours.survey == nullptr) == (theirs.survey == nullptr), "population.source");
  check(ours.layout.name == theirs.layout.name, "population.layout");
  check(ours.provinces == theirs.provinces, "population.provinces");
  check(ours.counties == theirs.counties, "population.counties");
  return out;
}

std::string smaller_sample(const PopulationSpec& here, const PopulationSpec& full) {
  if (here.survey || (here.sample_counties >= full.sample_counties &&
                      here.sample_villages >= full.sample_villages)) {
    return {};
  }
  return fmt::format("{} of counties and {} of their villages, shipped: {} and {}",
                     here.sample_counties, here.sample_villages, full.sample_counties,
                     full.sample_villages);
}

}  // namespace

Departures departures(const fs::path& run, const Model& model) {
  const fs::path data = scenario_folder() / "data";
  const auto load_file = [&](const fs::path& file) {
    return scenario::load_scenario(file, {}, model.vocabulary, data);
  };
  const scenario::Loaded here = load_file(run / "scenario.resolved.yaml");
  const scenario::Loaded full = load_file(scenario_folder() / "tpa.yaml");
  if (!here.errors.empty() || !full.errors.empty()) {
    return {{"its scenario cannot be read back"}, {}};
  }
  std::vector<std::string> out = other_people(here.spec, full.spec);
  if (here.spec.registry != full.spec.registry) out.emplace_back("registry.enabled");
  for (const auto& [name, settings] : full.spec.policies) {
    const auto own = here.spec.policies.find(name);
    if (own == here.spec.policies.end() || !same(own->second, settings)) {
      out.push_back("policies." + name);
    }
  }
  for (const auto& [name, series] : full.spec.series) {
    const auto own = here.spec.series.find(name);
    if (own == here.spec.series.end() || own->second.values != series.values) {
      out.push_back("series." + name);
    }
  }
  for (const auto& [name, value] : full.spec.parameters) {
    const auto own = here.spec.parameters.find(name);
    if (own == here.spec.parameters.end() || own->second != value) out.push_back(name);
  }
  return {std::move(out), smaller_sample(here.spec.population, full.spec.population)};
}

}  // namespace terrace::cli

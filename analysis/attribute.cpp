#include "analysis/attribute.hpp"

#include <array>
#include <utility>

#include "analysis/attribute_groups.hpp"
#include "analysis/attribute_tables.hpp"

namespace terrace::attribution {

std::string_view name_of(Level level) {
  constexpr std::array<std::string_view, kLevels> kNames{"nation",   "designation", "part",
                                                         "province", "cause",       "county"};
  return kNames.at(static_cast<std::size_t>(level));
}

std::string_view name_of(Outcome outcome) {
  return outcome == Outcome::exits ? "exits" : "squared_gap";
}

std::string_view unit_of(Outcome outcome) {
  return outcome == Outcome::exits ? "households" : "person-years";
}

Attribution attribute(const ScenarioSpec& scenario, const PolicyCatalogue& catalogue,
                      CountyRunner& runner, const Control& control) {
  Groups groups;
  ResultTable coalitions = coalition_table();
  ResultTable lines = line_table();
  Attribution out;
  const std::uint32_t first = scenario.first_replicate;
  for (std::uint32_t r = first; r < first + scenario.replicates; ++r) {
    ReplicateRuns runs(scenario);
    run_replicate(runs, scenario, catalogue, runner, r, control);
    if (!runs.finished) return {};
    groups.add(runs);
    add_coalitions(coalitions, runs, r);
    add_lines(lines, runs, r);
    out.digests.insert(out.digests.end(), runs.digests.begin(), runs.digests.end());
  }
  out.finished = true;
  out.branch = branch_year(scenario);
  out.end = year_of(scenario.end);
  out.able = batches_of(scenario);
  out.replicates = scenario.replicates;
  out.sharings = groups.sharings();
  out.tables = {sharing_table(out.sharings), std::move(coalitions), std::move(lines)};
  return out;
}

}  // namespace terrace::attribution

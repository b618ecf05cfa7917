#include "engine/ranks_fit.hpp"

namespace terrace::engine {

namespace {

/// Without the bins that nobody is in, which are most.
Bytes put_tally(FitTally tally) {
  Bytes bytes;
  StateWriter out(bytes);
  tally.for_each_value([&](const auto& value) { out.put(value); });
  for (const LogHistogram* h : {&tally.assets, &tally.wealth, &tally.land}) {
    std::vector<std::uint16_t> bins;
    std::vector<double> weights;
    h->cells(bins, weights);
    out.put(bins);
    out.put(weights);
  }
  return bytes;
}

FitTally get_tally(std::span<const std::byte> bytes) {
  FitTally tally;
  StateReader in(bytes);
  tally.for_each_value([&](auto& value) { in.get(value); });
  bool good = true;
  for (LogHistogram* h : {&tally.assets, &tally.wealth, &tally.land}) {
    std::vector<std::uint16_t> bins;
    std::vector<double> weights;
    in.get(bins);
    in.get(weights);
    good = good && h->add_cells(bins, weights);
  }
  require(good && in.at_end(), "ranks do not agree on what they tally");
  return tally;
}

}  // namespace

FitTally tally_fit(Team& team, CountyRunner& runner, const std::vector<County>& counties,
                   const ScenarioSpec& scenario, const PopulationParameters& parameters) {
  const PopulationSpec& spec = scenario.population;
  std::vector<Bytes> own(counties.size());
  runner.run(team.own().size(), [&](std::size_t job, std::size_t) {
    const std::size_t i = team.own()[job];
    own[i] = put_tally(tally_county(spec, counties[i], parameters, scenario.start));
  });
  FitTally all(spec.layout);
  for (std::size_t i = 0; i < counties.size(); ++i) {
    if (!team.concerned(i)) continue;
    const Bytes bytes = team.collect(i, [&] { return std::move(own[i]); });
    if (team.leads()) all.add(get_tally(bytes));
  }
  return all;
}

}  // namespace terrace::engine

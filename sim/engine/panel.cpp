#include "engine/panel.hpp"

#include <algorithm>

#include <terrace/check.hpp>
#include <terrace/fixed_sum.hpp>
#include <terrace/random.hpp>

#include "engine/panel_columns.hpp"
#include "population/divide.hpp"

namespace terrace::engine {

namespace {

constexpr StreamId kChoice = stream("panel.choice");
constexpr std::uint64_t kEverybody = std::uint64_t{1} << 63U;  // above every draw

/// A founder's place among those of its county. Of the run only the seed counts: replicates and
/// scenarios follow the same households.
std::uint64_t draw_of(std::uint64_t seed, std::uint16_t county, std::uint32_t founder) {
  return key64({seed, 0}, kChoice, {founder, county}, 0) >> 1U;
}

std::vector<std::uint64_t> draws_of(const County& c, std::uint64_t seed) {
  std::vector<std::uint64_t> out;
  out.reserve(c.households.size());
  for (const std::uint32_t id : c.households.id)
    out.push_back(draw_of(seed, c.number, founder_of(id)));
  return out;
}

/// Founders that each county gives, by its households in the nation; what is more than a county has
/// is divided among the others.
std::vector<std::int64_t> divide_founders(std::int64_t total, std::vector<double> weights,
                                          std::span<const std::uint32_t> households) {
  std::vector<std::int64_t> out(households.size(), 0);
  while (total > 0) {
    const std::vector<std::int64_t> parts = largest_remainder(total, weights);
    bool over = false;
    for (std::size_t i = 0; i < households.size(); ++i) {
      const std::int64_t all = households[i];
      if (parts[i] < all || weights[i] <= 0.0) continue;
      out[i] = all;
      total -= all;
      over = over || parts[i] > all;
      weights[i] = 0.0;
    }
    if (over) continue;
    for (std::size_t i = 0; i < households.size(); ++i) {
      if (weights[i] > 0.0) out[i] = parts[i];
    }
    break;
  }
  return out;
}

/// The draw below which exactly so many of the county's founders lie.
std::uint64_t limit_of(std::vector<std::uint64_t> draws, std::size_t chosen) {
  if (chosen >= draws.size()) return kEverybody;
  std::sort(draws.begin(), draws.end());
  return draws[chosen];
}

}  // namespace

std::vector<std::size_t> panel_columns_of(const ScenarioSpec& scenario) {
  std::vector<std::size_t> out;
  if (scenario.output.panel_households == 0) return out;
  const std::vector<std::string>& names = scenario.output.panel_columns;
  const auto all = panel_variables();
  for (std::size_t k = 0; k < all.size(); ++k) {
    const bool named = std::find(names.begin(), names.end(), all[k].name) != names.end();
    if (names.empty() ? all[k].by_default : named) out.push_back(k);
  }
  return out;
}

void choose_panel(std::vector<County>& counties, std::span<const std::uint32_t> households,
                  const ScenarioSpec& scenario) {
  std::vector<double> nation;  // households of it that each county stands for
  double all = 0.0;
  for (const County& c : counties) {
    nation.push_back(c.weight * c.true_households);
    all += nation.back();
  }
  const auto parts = divide_founders(scenario.output.panel_households, nation, households);
  double covered = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) covered += parts[i] > 0 ? nation[i] : 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    County& c = counties[i];
    c.panel_limit = 0;
    c.panel_weight = 0.0F;
    if (parts[i] <= 0) continue;
    if (c.households.size() > 0)
      c.panel_limit = limit_of(draws_of(c, scenario.seed), static_cast<std::size_t>(parts[i]));
    // Where the panel is too small for every county, those that have part stand for the others.
    c.panel_weight =
        static_cast<float>(nation[i] / static_cast<double>(parts[i]) * (all / covered));
  }
}

void open_panel(CountyWork& work, const Model& model) {
  const County& c = *work.county;
  const HouseholdTable& t = c.households;
  work.panel_rows.clear();
  work.in_panel.clear();
  work.panel_so_far.clear();
  if (model.panel.empty() || c.panel_limit == 0) return;
  work.in_panel.assign(t.size(), 0);
  PanelReport& out = work.report->panel;
  std::uint32_t founder = 0;
  bool chosen = false;
  for (std::size_t h = 0; h < t.size(); ++h) {
    // Branches lie behind the household from which they split off.
    if (h == 0 || founder_of(t.id[h]) != founder) {
      founder = founder_of(t.id[h]);
      chosen = draw_of(work.key().seed, c.number, founder) < c.panel_limit;
    }
    if (!chosen) continue;
    work.in_panel[h] = 1;
    work.panel_rows.push_back(static_cast<std::uint32_t>(h));
    out.households.push_back(t.id[h]);
  }
  const std::size_t row = work.panel_rows.size() * model.panel.size();
  work.panel_so_far.assign(row, 0.0F);
  out.values.reserve(12 * row);
}

void tally_panel(CountyWork& work, const Model& model) {
  const auto variables = panel_variables();
  std::vector<float>& values = work.report->panel.values;
  std::size_t cell = 0;
  for (const std::uint32_t h : work.panel_rows) {
    for (const std::size_t k : model.panel) {
      const float now = variables[k].read(work, h);
      float& before = work.panel_so_far[cell++];
      values.push_back(variables[k].running ? now - before : now);
      before = now;
    }
  }
}

void record_panel_year(const RunInfo& info, std::uint32_t replicate, int year,
                       const std::vector<County>& counties,
                       const std::vector<CountyReport>& reports, Recorder& recorder) {
  std::vector<PanelHousehold> households;
  std::vector<Event> events;
  for (std::size_t i = 0; i < counties.size(); ++i) {
    const PanelReport& panel = reports[i].panel;
    for (const std::uint32_t id : panel.households)
      households.push_back({household_key(counties[i].number, id), counties[i].panel_weight});
    events.insert(events.end(), panel.events.begin(), panel.events.end());
  }
  std::vector<float> values;
  values.reserve(12 * households.size() * info.panel.size());
  for (std::size_t month = 0; month < 12; ++month) {
    for (const CountyReport& report : reports) {
      const std::size_t row = report.panel.households.size() * info.panel.size();
      require(report.panel.values.size() == 12 * row, "the panel lacks months");
      const auto from = report.panel.values.begin() + static_cast<std::ptrdiff_t>(month * row);
      values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(row));
    }
  }
  recorder.record_panel(replicate, month_of(year, 1), households, values);
  recorder.record_events(replicate, month_of(year, 1), events);
}

}  // namespace terrace::engine

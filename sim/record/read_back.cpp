#include "record/read_back.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace terrace::record {
namespace {

/// All indicators of a group.
std::vector<StoredIndicator> indicators_of(const RunReader& run, const StoredGroup& group) {
  std::vector<StoredIndicator> all;
  for (const std::string& name : group.indicators) all.push_back(run.read(group.name, name));
  return all;
}

std::vector<IndicatorInfo> described(const std::vector<StoredIndicator>& stored) {
  std::vector<IndicatorInfo> infos;
  for (const StoredIndicator& indicator : stored) {
    IndicatorInfo& info = infos.emplace_back();
    info.name = indicator.name;
    info.unit = indicator.unit;
    info.meaning = indicator.meaning;
    info.flow = indicator.flow;
  }
  return infos;
}

void read_dates(const StoredGroup& monthly, RunInfo& info) {
  if (monthly.months.empty()) throw std::runtime_error("it has no months");
  info.start = monthly.months.front();
  info.end = monthly.months.back();
  info.programme = info.start + static_cast<Month>(std::ranges::count(monthly.burn_in, true));
  if (monthly.replicates.empty()) throw std::runtime_error("it has no replicates");
  info.replicates = static_cast<std::uint32_t>(monthly.replicates.size());
  info.first_replicate = monthly.replicates.front();
  for (std::uint32_t place = 0; place < info.replicates; ++place) {
    if (monthly.replicates[place] != info.first_replicate + place) {
      throw std::runtime_error("the numbers of its replicates do not follow each other");
    }
  }
}

/// Puts one group's values, each indicator a table of its own, into rows of all indicators.
void record_group(MemoryRecorder& to, std::size_t group,
                  const std::vector<StoredIndicator>& indicators) {
  const RunInfo& info = to.info();
  const std::size_t step = to.rows(group) * info.row_size(group);
  std::vector<double> values(step);
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      const std::size_t cells = step / indicators.size();
      for (std::size_t k = 0; k < cells; ++k) {
        values[k * indicators.size() + i] = indicators[i].values.at(replicate * cells + k);
      }
    }
    to.record(replicate, info.start, to.months(), group, values);
  }
}

/// The panel's households of one January, as places in the list of all.
std::vector<std::size_t> followed(const StoredPanel& panel, std::size_t row) {
  std::vector<std::size_t> places;
  const std::size_t all = panel.households.size();
  for (std::size_t h = 0; h < all; ++h) {
    const bool there = panel.followed.at(row * all + h);
    for (std::size_t month = 1; month < 12; ++month) {
      if (panel.followed.at((row + month) * all + h) != there) {
        throw std::runtime_error("panel/followed changes within a year");
      }
    }
    if (there) places.push_back(h);
  }
  return places;
}

void refuse_values_of_others(const StoredPanel& panel, const StoredPanelColumn& column) {
  for (std::size_t at = 0; at < column.values.size(); ++at) {
    if (!panel.followed.at(at) && !std::isnan(column.values[at])) {
      throw std::runtime_error("panel/" + column.info.name +
                               " holds a value where its household is not in the panel");
    }
  }
}

void record_panel_years(const StoredPanel& panel, const std::vector<StoredPanelColumn>& columns,
                        MemoryRecorder& to) {
  const RunInfo& info = to.info();
  for (const StoredPanelColumn& column : columns) refuse_values_of_others(panel, column);
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    for (std::size_t year = 0; year < to.years(); ++year) {
      const std::size_t row = replicate * to.months() + 12 * year;
      const std::vector<std::size_t> places = followed(panel, row);
      std::vector<PanelHousehold> households;
      for (const std::size_t h : places) {
        households.push_back({panel.households[h], panel.weights.at(h)});
      }
      std::vector<float> values;
      values.reserve(12 * places.size() * columns.size());
      for (std::size_t month = 0; month < 12; ++month) {
        for (const std::size_t h : places) {
          for (const StoredPanelColumn& c : columns) {
            values.push_back(c.values.at((row + month) * panel.households.size() + h));
          }
        }
      }
      to.record_panel(replicate, info.start + 12 * static_cast<Month>(year), households, values);
    }
  }
}

void record_events(const StoredEvents& stored, MemoryRecorder& to) {
  const RunInfo& info = to.info();
  std::size_t at = 0;
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    for (std::size_t year = 0; year < to.years(); ++year) {
      const Month january = info.start + 12 * static_cast<Month>(year);
      const std::size_t from = at;
      while (at < stored.events.size() &&
             stored.replicates.at(at) == info.first_replicate + replicate &&
             year_of(stored.events[at].month) == year_of(january)) {
        ++at;
      }
      to.record_events(replicate, january, std::span(stored.events).subspan(from, at - from));
    }
  }
  if (at != stored.events.size()) throw std::runtime_error("events are not in order");
}

}  // namespace

MemoryRecorder read_back(const RunReader& run) {
  RunInfo info;
  std::vector<std::vector<StoredIndicator>> stored;
  for (const std::string& name : run.groups()) {
    const StoredGroup group = run.group(name);
    stored.push_back(indicators_of(run, group));
    std::vector<IndicatorInfo> indicators = described(stored.back());
    GroupInfo& entry =
        info.groups.emplace_back(GroupInfo{name, group.regions, group.yearly, {}, group.modules});
    if (group.yearly) {
      entry.indicators = std::move(indicators);
    } else {
      info.indicators = std::move(indicators);
      read_dates(group, info);
    }
  }
  StoredPanel panel;
  std::vector<StoredPanelColumn> columns;
  StoredEvents events;
  if (run.has_panel()) {
    panel = run.panel();
    events = run.events();
    info.panel = panel.columns;
    info.modules = events.modules;
    for (const PanelColumn& column : panel.columns)
      columns.push_back(run.panel_column(column.name));
  }
  MemoryRecorder results;
  results.begin(info);
  for (std::size_t g = 0; g < stored.size(); ++g) record_group(results, g, stored[g]);
  if (run.has_panel()) {
    record_panel_years(panel, columns, results);
    record_events(events, results);
  }
  return results;
}

}  // namespace terrace::record

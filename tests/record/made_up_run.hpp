// A run that was never simulated: every kind of value, name and region that a file has to carry.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "engine/record_digest.hpp"
#include "record/memory_recorder.hpp"
#include "record/provenance.hpp"

namespace terrace::record {

struct MadeUpSize {
  std::uint32_t replicates = 2;
  std::size_t provinces = 3;
  std::size_t counties = 7;
  std::size_t indicators = 5;
  Month start = month_of(2011, 1);
  Month end = month_of(2014, 12);
  std::size_t panel = 6;    ///< founders; 0: no panel
  std::size_t columns = 4;  ///< of the panel
  bool events = true;
};

/// A number that looks random and depends on its place only.
inline double made_up_value(std::uint64_t group, std::uint64_t replicate, std::uint64_t month,
                            std::uint64_t region, std::uint64_t indicator) {
  std::uint64_t x = ((((group * 31 + replicate) * 4096 + month) * 4096 + region) * 256) + indicator;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  x ^= x >> 31;
  if (x % 101 == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(x >> 11) * 0x1p-53 * (indicator % 3 == 1 ? 1e6 : 1.0);
}

inline RunInfo made_up_info(const MadeUpSize& size) {
  RunInfo info;
  info.start = size.start;
  info.programme = month_of(2013, 1);
  info.end = size.end;
  info.replicates = size.replicates;
  for (std::size_t i = 0; i < size.indicators; ++i) {
    IndicatorInfo indicator;
    indicator.name = i == 0 ? "headcount_ratio" : "indicator_" + std::to_string(i);
    indicator.unit = i % 3 == 0 ? "1" : i % 3 == 1 ? "yuan/person/year" : "households";
    indicator.meaning = "Made up for a test, number " + std::to_string(i) + ".";
    indicator.flow = i % 3 == 2;
    info.indicators.push_back(indicator);
  }
  info.groups = {{"national", {{}}}, {"province", {}}, {"county", {}}};
  info.groups[0].regions[0].name = "China";
  for (std::uint32_t p = 0; p < size.provinces; ++p) {
    // One name with what CSV has to quote, one outside ASCII.
    const std::string name = p == 0   ? "Inner, \"North\""
                             : p == 1 ? "贵州"
                                      : "P" + std::to_string(p);
    info.groups[1].regions.push_back(
        {p + 1, name, "", static_cast<Region>(p % 3), false, 1.0, 1.0, RegionLevel::province});
  }
  for (std::uint32_t c = 0; c < size.counties; ++c) {
    const RegionInfo& province = info.groups[1].regions[c % size.provinces];
    info.groups[2].regions.push_back({c * 10 + 1, "County " + std::to_string(c), province.name,
                                      province.part, c % 2 == 1, 10.0, 0.1, RegionLevel::county});
  }
  GroupInfo targeting{"targeting", {}, true};
  for (const GroupInfo& group : info.groups) {
    targeting.regions.insert(targeting.regions.end(), group.regions.begin(), group.regions.end());
  }
  for (const char* name : {"leakage", "programme_cost"}) {
    IndicatorInfo indicator;
    indicator.name = name;
    indicator.flow = !targeting.indicators.empty();
    indicator.unit = indicator.flow ? "yuan" : "1";
    indicator.meaning = std::string("Made up, ") + name + ".";
    targeting.indicators.push_back(indicator);
  }
  info.groups.push_back(targeting);
  info.modules = {"relocation", "low_income_allowance"};
  GroupInfo modules{"modules", targeting.regions, true, {}, info.modules};
  for (const char* name : {"offered", "participants"}) {
    IndicatorInfo indicator;
    indicator.name = name;
    indicator.flow = modules.indicators.empty();
    indicator.unit = "households";
    indicator.meaning = std::string("Made up, households ") + name + ".";
    modules.indicators.push_back(indicator);
  }
  info.groups.push_back(modules);
  for (std::size_t c = 0; c < (size.panel > 0 ? size.columns : 0); ++c) {
    PanelColumn column{"column_" + std::to_string(c), "yuan", "Made up, yuan of 2012."};
    if (c == 0) column = {"income", "yuan/person/year", "Income of twelve months, nominal."};
    if (c == 1) {
      column = {"register_status", "1", "Where it stands with the register.",
                "no registered exited"};
    }
    info.panel.push_back(column);
  }
  return info;
}

/// Founders, each in the county after, and one branch of the first founder from the second year on
/// (in replicate 1 from the third). Founder 1 is gone after the second year.
inline std::vector<PanelHousehold> made_up_households(const MadeUpSize& size,
                                                      std::uint32_t replicate, std::size_t year) {
  std::vector<PanelHousehold> households;
  for (std::uint32_t h = 0; h < size.panel; ++h) {
    const auto county = static_cast<std::uint16_t>(1 + 10 * (h % size.counties));
    const float weight = 100.0F + static_cast<float>(county);
    const std::uint32_t founder = (7 + h / static_cast<std::uint32_t>(size.counties)) << 12U;
    if (h != 1 || year < 2) households.push_back({household_key(county, founder), weight});
    if (h == 0 && year > replicate) {
      households.push_back({household_key(county, founder + 0x200), weight});
    }
  }
  std::sort(households.begin(), households.end(),
            [](const PanelHousehold& a, const PanelHousehold& b) { return a.id < b.id; });
  return households;
}

/// Codes in column 1, now and then NaN.
inline float made_up_panel_value(std::uint32_t replicate, std::size_t month,
                                 std::uint64_t household, std::size_t column) {
  const std::uint64_t county = county_of(household);
  const std::uint64_t number = id_in_county(household) >> 9U;
  const double value = made_up_value(10, replicate, month, county * 7 + number, 3 * column);
  if (column == 1 && !std::isnan(value)) return static_cast<float>(static_cast<int>(value * 3.0));
  return static_cast<float>(value * 1e4);
}

inline std::vector<Event> made_up_events(const std::vector<PanelHousehold>& households,
                                         Month january, std::uint32_t replicate) {
  std::vector<Event> events;
  std::uint8_t number = static_cast<std::uint8_t>(replicate);
  for (const PanelHousehold& h : households) {
    const auto kind = static_cast<EventKind>((number * 7U) % kEventKinds);
    Event event{h.id, january + number % 12, kind};
    event.amount = 0.1F * static_cast<float>(number);
    if (number % 2 == 1) event.module = number % 4 == 1 ? 0 : 1;
    if (number % 3 == 1) event.reason = Reason::no_place;
    if (number % 3 == 2) event.person = number;
    events.push_back(event);
    ++number;
  }
  return events;
}

inline void record_made_up_panel(MemoryRecorder& recorder, const MadeUpSize& size,
                                 std::uint32_t replicate, Month january) {
  const RunInfo& info = recorder.info();
  const auto before = static_cast<std::size_t>(january - info.start);
  const auto households = made_up_households(size, replicate, before / 12);
  std::vector<float> values;
  for (std::size_t month = before; month < before + 12; ++month) {
    for (const PanelHousehold& h : households) {
      for (std::size_t c = 0; c < info.panel.size(); ++c) {
        values.push_back(made_up_panel_value(replicate, month, h.id, c));
      }
    }
  }
  recorder.record_panel(replicate, january, households, values);
  recorder.record_events(
      replicate, january,
      size.events ? made_up_events(households, january, replicate) : std::vector<Event>{});
}

/// Recorded year by year, as a run does it.
inline MemoryRecorder made_up_run(const MadeUpSize& size = {}) {
  MemoryRecorder recorder;
  const RunInfo info = made_up_info(size);
  recorder.begin(info);
  for (std::uint32_t replicate = 0; replicate < info.replicates; ++replicate) {
    for (Month first = info.start; first <= info.end; first += 12) {
      for (std::size_t group = 0; group < info.groups.size(); ++group) {
        std::vector<double> values;
        const bool yearly = info.groups[group].yearly;
        const auto before = static_cast<std::uint64_t>(first - info.start) / (yearly ? 12 : 1);
        for (std::uint64_t row = before; row < before + info.rows(group, 12); ++row) {
          const std::size_t tables = std::max<std::size_t>(1, info.groups[group].modules.size());
          const std::size_t regions = tables * info.groups[group].regions.size();
          for (std::size_t region = 0; region < regions; ++region) {
            for (std::size_t i = 0; i < info.indicators_of(group).size(); ++i) {
              values.push_back(made_up_value(group, replicate, row, region, i));
            }
          }
        }
        recorder.record(replicate, first, 12, group, values);
      }
      if (!info.panel.empty()) record_made_up_panel(recorder, size, replicate, first);
    }
  }
  recorder.end();
  return recorder;
}

inline constexpr const char* kMadeUpScenario =
    "terrace: 1\nname: made-up\ntitle: Never simulated\nrun: {seed: 18446744073709551615}\n";

/// The digests that such a run has.
inline void put_digests(const MemoryRecorder& run, Provenance& provenance) {
  MemoryRecorder nowhere;
  engine::DigestRecorder digests(nowhere);
  run.replay(digests);
  provenance.results_digest = digests.digest();
  provenance.group_digests = digests.group_digests();
}

inline Provenance made_up_provenance(const MemoryRecorder& run) {
  Provenance provenance;
  put_digests(run, provenance);
  provenance.scenario_name = "made-up";
  provenance.scenario_title = "Never simulated, 从未模拟";
  provenance.resolved_yaml = kMadeUpScenario;
  provenance.command = "terrace run made-up.yaml --threads 2";
  provenance.version = "0.1.0";
  provenance.commit = "0123456789abcdef";
  provenance.seed = std::numeric_limits<std::uint64_t>::max();
  provenance.replicates = run.info().replicates;
  provenance.threads = 2;
  provenance.seconds = 1.5;
  provenance.started_utc = "2024-01-02T03:04:05Z";
  provenance.log = "all went well\n";
  provenance.fit_report = "all margins met\n";
  provenance.households = 1000;
  provenance.persons = 3500;
  return provenance;
}

}  // namespace terrace::record

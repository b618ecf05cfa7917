// A run that was never simulated: every kind of value, name and region that a file has to carry.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

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
  return info;
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
          for (std::size_t region = 0; region < info.groups[group].regions.size(); ++region) {
            for (std::size_t i = 0; i < info.indicators_of(group).size(); ++i) {
              values.push_back(made_up_value(group, replicate, row, region, i));
            }
          }
        }
        recorder.record(replicate, first, 12, group, values);
      }
    }
  }
  recorder.end();
  return recorder;
}

inline constexpr const char* kMadeUpScenario =
    "terrace: 1\nname: made-up\ntitle: Never simulated\nrun: {seed: 18446744073709551615}\n";

inline Provenance made_up_provenance(const MemoryRecorder& run) {
  Provenance provenance;
  provenance.results_digest = "00112233445566778899aabbccddeeff";
  provenance.group_digests = {
      {"national", "01"}, {"province", "02"}, {"county", "03"}, {"targeting", "04"}};
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

// Folders of results whose every number is set by hand.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <terrace/digest.hpp>
#include <terrace/recorder.hpp>

#include "record/memory_recorder.hpp"
#include "record/provenance.hpp"
#include "record/trajectories.hpp"

namespace terrace::analysis {

/// Two years of burn-in and two of a programme in one province of two counties.
struct HandRun {
  std::uint32_t replicates = 3;
  Month start = month_of(2011, 1);
  Month programme = month_of(2013, 1);
  Month end = month_of(2014, 12);
  std::string seed = "1";
  std::string version = "0.1.0";
  double weight = 10.0;  ///< of the counties
  std::string population = "synthetic";
  std::string survey;
  std::string panel_size = "4";
  std::string tau = "0.5";        ///< a parameter
  std::string industry = "true";  ///< a policy
  std::string second = "exits";   ///< name of the second indicator
  /// Of an indicator at a month; region 0 is the first of its group.
  std::function<double(const std::string& group, std::uint32_t replicate, Month month,
                       std::size_t region, const std::string& indicator)>
      value = [](auto&&...) { return 0.0; };
  /// By replicate; none: no panel.
  std::vector<PanelHousehold> households{};
  /// Of the panel's columns; NaN: the household is not there.
  std::function<float(std::uint32_t replicate, Month month, std::uint64_t household,
                      const std::string& column)>
      panel = [](auto&&...) { return 0.0F; };
};

inline std::string month_name(Month month) {
  const int number = month_in_year(month);
  return std::to_string(year_of(month)) + (number < 10 ? "-0" : "-") + std::to_string(number);
}

inline std::string hand_scenario(const HandRun& run) {
  std::string text = "terrace: 1\nname: \"hand\"\ntitle: \"By \\\"hand\\\"\"\ntime:\n  start: " +
                     month_name(run.start) + "\n  programme: " + month_name(run.programme) +
                     "\n  end: " + month_name(run.end) +
                     "\npopulation:\n  source: " + run.population + "\n";
  if (!run.survey.empty()) text += "  digest: \"" + run.survey + "\"\n";
  return text + "  layout:\n    name: \"Handland\"\n    provinces:\n      rows:\n" +
         "        - {name: \"P\", region: west}\n" +
         "policies:\n  industry:\n    enabled: " + run.industry +
         "\nparameters:\n  farm_assets:\n    tau: " + run.tau +
         "\nseries:\n  poverty_line:\n    unit: \"yuan/person/year\"\n" +
         "    values: {2012: 2000, 2013: 2500, 2014: 3000}\n" +
         "output:\n  panel:\n    households: " + run.panel_size + "\nrun:\n  seed: " + run.seed +
         "\n  replicates: " + std::to_string(run.replicates) + "\n";
}

inline IndicatorInfo hand_indicator(const std::string& name, const std::string& unit, bool flow) {
  IndicatorInfo out;
  out.name = name;
  out.unit = unit;
  out.meaning = "by hand";
  out.flow = flow;
  return out;
}

inline RunInfo hand_info(const HandRun& run) {
  RunInfo info;
  info.start = run.start;
  info.programme = run.programme;
  info.end = run.end;
  info.replicates = run.replicates;
  info.indicators = {hand_indicator("headcount_ratio", "1", false),
                     hand_indicator(run.second, "households", true),
                     hand_indicator("poor_persons", "persons", false)};
  const RegionInfo nation{0, "Handland", "", Region::east, false, 1.0, 1.0, RegionLevel::national};
  const RegionInfo province{1, "P", "P", Region::west, false, 1.0, 1.0, RegionLevel::province};
  const RegionInfo first{1, "One", "P", Region::west, true, run.weight, 0.5, RegionLevel::county};
  const RegionInfo other{2, "Two", "P", Region::west, false, run.weight, 0.5, RegionLevel::county};
  info.groups = {{"national", {nation}}, {"province", {province}}, {"county", {first, other}}};
  GroupInfo targeting{"targeting", {nation, province, first, other}, true};
  targeting.indicators = {hand_indicator("programme_cost", "yuan", true)};
  GroupInfo modules{"modules", targeting.regions, true, {}, {"industry", "cash"}};
  modules.indicators = {hand_indicator("offered", "households", true)};
  info.groups.push_back(targeting);
  info.groups.push_back(modules);
  info.modules = {"industry", "cash"};
  if (!run.households.empty()) {
    info.panel = {{"income", "yuan/person/year", "by hand"},
                  {"poor", "1", "by hand", "not_poor poor"},
                  {"register_status", "1", "by hand", "no registered exited"}};
  }
  return info;
}

inline std::vector<double> hand_values(const HandRun& run, const RunInfo& info, std::size_t group,
                                       std::uint32_t replicate, Month first) {
  const GroupInfo& g = info.groups[group];
  std::vector<double> out;
  const std::size_t tables = std::max<std::size_t>(1, g.modules.size());
  for (std::size_t row = 0; row < info.rows(group, 12); ++row) {
    for (std::size_t table = 0; table < tables; ++table) {
      for (std::size_t region = 0; region < g.regions.size(); ++region) {
        for (const IndicatorInfo& i : info.indicators_of(group)) {
          const std::string name = g.modules.empty() ? g.name : g.modules[table];
          out.push_back(
              run.value(name, replicate, first + static_cast<Month>(row), region, i.name));
        }
      }
    }
  }
  return out;
}

inline void record_hand_panel(const HandRun& run, const RunInfo& info, std::uint32_t replicate,
                              Month first, record::MemoryRecorder& recorder) {
  std::vector<float> values;
  for (Month month = first; month < first + 12; ++month) {
    for (const PanelHousehold& h : run.households) {
      for (const PanelColumn& column : info.panel) {
        values.push_back(run.panel(replicate, month, h.id, column.name));
      }
    }
  }
  recorder.record_panel(replicate, first, run.households, values);
  recorder.record_events(replicate, first, {});
}

inline void write_bytes(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

/// Writes the folder and gives its path.
inline std::string write_hand_run(const std::filesystem::path& folder, const HandRun& run) {
  record::MemoryRecorder recorder;
  const RunInfo info = hand_info(run);
  recorder.begin(info);
  for (std::uint32_t replicate = 0; replicate < run.replicates; ++replicate) {
    for (Month first = run.start; first <= run.end; first += 12) {
      for (std::size_t group = 0; group < info.groups.size(); ++group) {
        recorder.record(replicate, first, 12, group,
                        hand_values(run, info, group, replicate, first));
      }
      if (!info.panel.empty()) record_hand_panel(run, info, replicate, first, recorder);
    }
  }
  recorder.end();
  record::Provenance provenance;
  provenance.resolved_yaml = hand_scenario(run);
  provenance.scenario_name = "hand";
  provenance.results_digest = "d1ce";
  provenance.seed = std::stoull(run.seed);
  provenance.version = run.version;
  provenance.commit = "abc";
  provenance.replicates = run.replicates;
  std::filesystem::create_directories(folder);
  const auto image = record::trajectories_image(recorder, provenance, folder.string());
  write_bytes(folder / "trajectories.h5", image);
  Digest digest;
  digest.add(std::span<const std::byte>(image));
  const std::string json =
      record::provenance_json(provenance, {{"trajectories.h5", image.size(), digest.hex()}});
  write_bytes(folder / "provenance.json", std::as_bytes(std::span(json)));
  return folder.string();
}

}  // namespace terrace::analysis

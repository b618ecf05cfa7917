// A small model to write scenarios for, and a folder to write them in.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <unistd.h>

#include "scenario/load.hpp"

namespace terrace::scenario {

/// Two modules, two blocks, three series; nothing of the real model.
class Fake {
 public:
  Fake() {
    relocation_.info.name = "relocation";
    relocation_.info.allocation = Allocation::places;
    relocation_.info.ramps = true;
    relocation_.info.places_series = "places";
    relocation_.info.default_from_year = 2016;
    relocation_.info.series = {{"places", "persons/year", "none", 0.0, 1e8, "places"}};
    relocation_.parameters = {"policies.relocation",
                              {{"consent", "1", 0.5, 0.0, 1.0, "chance", "made up"},
                               {"wage_gain", "log", 0.1, -1.0, 1.0, "gain", "made up"}}};
    industry_.info.name = "industry";
    industry_.info.default_from_year = 2014;
    industry_.parameters.name = "policies.industry";
    vocabulary.blocks = {{"farm_assets",
                          {{"tau", "1", 0.5, 0.0, 1.0, "trap", "made up"},
                           {"tools", "yuan", 2500.0, 0.0, 4000.0, "tools", "made up"}}},
                         {"risk", {{"phi", "1", 0.95, 0.85, 1.0, "memory", "made up"}}}};
    vocabulary.series = {{"poverty_line", "yuan/person/year", "nominal", 100.0, 1e5, "line"},
                         {"wage", "yuan/month", "2012", 100.0, 1e5, "wage"}};
    vocabulary.policies = {&industry_, &relocation_};
    vocabulary.indicators = {"headcount_ratio", "mean_income", "gini"};
    vocabulary.panel_columns = {"income", "assets"};
  }
  Fake(const Fake&) = delete;
  Fake& operator=(const Fake&) = delete;
  /// From now on places are not limited by a series.
  void drop_places_series() { relocation_.info.places_series = {}; }

  Vocabulary vocabulary;

 private:
  PolicyEntry relocation_;
  PolicyEntry industry_;
};

/// A layout of two provinces; its lines are numbered in tests that expect mistakes.
inline const std::string kLayout = R"(layout: 1
name: two
national_poor_2013: {value: 1000, unit: persons, source: s, provenance: memory}
national_households: {value: 4000, unit: households, source: s, provenance: memory}
provinces:
  source: s
  provenance: memory
  rows:
    - {name: Hill, region: west, poor_2013: 700, incidence_2013: 0.1, designated: 2, other: 1, signatory: true}
    - {name: Plain, region: east, poor_2013: 300, incidence_2013: 0.05, designated: 0, other: 3, signatory: false}
kinds:
  source: s
  provenance: assumption
  range: [0.5, 2]
  rows:
    - {name: single, prior: 0.25, members: [{relation: head, age: [20, 80], female: 0.5}]}
    - {name: couple, prior: 0.75, members: [{relation: head, age: [20, 80], female: 0}, {relation: spouse, age: [20, 80], female: 1}]}
ages:
  source: s
  provenance: assumption
  rows:
    - {age: [0, 59], share: 0.8}
    - {age: [60, 89], share: 0.2}
household_sizes: {source: s, provenance: assumption, values: [0.25, 0.75]}
copula:
  traits: [permanent_income, assets, wealth, land, schooling]
  source: s
  provenance: assumption
  rows:
    - [1, 0.5, 0.4, 0.1, 0.3]
    - [0.5, 1, 0.3, 0.3, 0.1]
    - [0.4, 0.3, 1, 0.1, 0.2]
    - [0.1, 0.3, 0.1, 1, -0.1]
    - [0.3, 0.1, 0.2, -0.1, 1]
)";

inline const std::string kSeries = R"(series: 1
values:
  poverty_line: {unit: yuan/person/year, prices: nominal, source: s, provenance: memory, values: {2012: 2625, 2020: 4000}}
  wage: {unit: yuan/month, prices: 2012, source: s, provenance: memory, values: {2012: 2290.5, 2020: 4072}}
  places: {unit: persons/year, prices: none, source: s, provenance: memory, values: {2012: 0, 2016: 2490000, 2020: 0}}
  unread: {anything: goes}
)";

/// A folder of its own for each test, removed with it.
class ScenarioTest : public testing::Test {
 protected:
  ScenarioTest() {
    const auto* info = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("terrace-" + std::string(info->name()) + '-' + std::to_string(::getpid()));
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_ / "data");
    write("data/china.yaml", kLayout);
    write("data/series.yaml", kSeries);
  }
  ~ScenarioTest() override {
    std::error_code error;
    std::filesystem::remove_all(folder_, error);
  }

  std::filesystem::path write(const std::string& name, const std::string& text) const {
    const std::filesystem::path file = folder_ / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
  }

  Loaded load(const std::string& text, const std::vector<std::string>& sets = {}) const {
    return load_file(write("x.yaml", text), sets);
  }

  Loaded load_file(const std::filesystem::path& file,
                   const std::vector<std::string>& sets = {}) const {
    return load_scenario(file, sets, fake_.vocabulary, folder_ / "data");
  }

  /// All mistakes, one a line, with the folder left out.
  std::string errors(const Loaded& loaded) const {
    std::string out;
    for (const Diagnostic& d : loaded.errors) out += to_string(d) + '\n';
    const std::string prefix = folder_.string() + '/';
    for (std::size_t at = out.find(prefix); at != std::string::npos; at = out.find(prefix)) {
      out.erase(at, prefix.size());
    }
    return out;
  }

  std::string resolved(const Loaded& loaded) const {
    return resolved_yaml(loaded.spec, fake_.vocabulary);
  }

  Fake fake_;
  std::filesystem::path folder_;
};

}  // namespace terrace::scenario

#include <bit>
#include <cmath>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <terrace/run_reader.hpp>

#include "record/run_directory.hpp"
#include "tests/record/made_up_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::record {
namespace fs = std::filesystem;
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class RunReaderTest : public ::testing::Test {
 protected:
  void publish(const Provenance& provenance) {
    RunDirectory directory(dir, provenance.resolved_yaml, true);
    directory.publish(run, provenance);
  }

  /// What the reader says when it reads all there is; empty if it read all.
  std::string complaint() const {
    try {
      const RunReader reader(dir);
      for (const std::string& group : reader.groups()) {
        for (const std::string& name : reader.group(group).indicators) reader.read(group, name);
      }
    } catch (const IoError& error) {
      return error.what();
    }
    return "";
  }

  void overwrite(const std::string& name, const std::string& bytes) const {
    std::ofstream(dir / name, std::ios::binary | std::ios::trunc) << bytes;
  }

  const Scratch scratch;
  const fs::path dir = scratch / "run";
  const MemoryRecorder run = made_up_run();
};

TEST_F(RunReaderTest, GivesBackWhatWasRecorded) {
  publish(made_up_provenance(run));
  const RunReader reader(dir);
  EXPECT_THAT(reader.groups(),
              ElementsAre("national", "province", "county", "targeting", "modules"));
  for (std::size_t g = 0; g < 5; ++g) {
    const std::string group = reader.groups()[g];
    const auto& indicators = run.info().indicators_of(g);
    ASSERT_EQ(reader.group(group).indicators.size(), g < 3 ? 5u : 2u);
    EXPECT_EQ(reader.group(group).yearly, g >= 3);
    EXPECT_EQ(reader.group(group).modules, run.info().groups[g].modules);
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      const StoredIndicator stored = reader.read(group, reader.group(group).indicators[i]);
      EXPECT_EQ(stored.unit, indicators[i].unit);
      EXPECT_EQ(stored.meaning, indicators[i].meaning);
      EXPECT_EQ(stored.flow, indicators[i].flow);
      EXPECT_EQ(stored.modules, g == 4 ? 2u : 1u);
      ASSERT_EQ(stored.values.size(),
                2u * (g < 3 ? 48u : 4u) * stored.modules * run.info().groups[g].regions.size());
      for (std::size_t k = 0; k < stored.values.size(); ++k) {
        const double recorded = run.values(g)[k * indicators.size() + i];
        ASSERT_EQ(std::bit_cast<std::uint64_t>(stored.values[k]),
                  std::bit_cast<std::uint64_t>(recorded));
      }
    }
  }
}

TEST_F(RunReaderTest, GivesBackRegionsAndTime) {
  publish(made_up_provenance(run));
  const StoredGroup group = RunReader(dir).group("county");
  EXPECT_EQ(group.units[1], "yuan/person/year");
  EXPECT_THAT(group.replicates, ElementsAre(0, 1));
  ASSERT_EQ(group.months.size(), 48u);
  EXPECT_EQ(group.months.front(), month_of(2011, 1));
  EXPECT_EQ(group.months.back(), month_of(2014, 12));
  EXPECT_TRUE(group.burn_in[23]);
  EXPECT_FALSE(group.burn_in[24]);
  ASSERT_EQ(group.regions.size(), 7u);
  const RegionInfo& county = group.regions[4];
  EXPECT_EQ(county.id, 41u);
  EXPECT_EQ(county.name, "County 4");
  EXPECT_EQ(county.province, "贵州");
  EXPECT_EQ(county.part, Region::central);
  EXPECT_FALSE(county.designated);
  EXPECT_EQ(county.weight, 10.0);
  EXPECT_EQ(county.fraction, 0.1);
  EXPECT_EQ(RunReader(dir).group("national").regions.size(), 1u);
}

TEST_F(RunReaderTest, GivesBackTheYearsAndLevelsOfAYearlyGroup) {
  publish(made_up_provenance(run));
  const StoredGroup group = RunReader(dir).group("targeting");
  EXPECT_THAT(group.months, ElementsAre(month_of(2011, 1), month_of(2012, 1), month_of(2013, 1),
                                        month_of(2014, 1)));
  EXPECT_THAT(group.burn_in, ElementsAre(true, true, false, false));
  ASSERT_EQ(group.regions.size(), 1u + 3u + 7u);
  EXPECT_EQ(group.regions[0].level, RegionLevel::national);
  EXPECT_EQ(group.regions[0].id, 0u);
  EXPECT_EQ(group.regions[2].level, RegionLevel::province);
  EXPECT_EQ(group.regions[2].name, "贵州");
  EXPECT_EQ(group.regions[2].id, 2u);
  EXPECT_EQ(group.regions[8].level, RegionLevel::county);
  EXPECT_EQ(group.regions[8].id, 41u);
  EXPECT_EQ(group.regions[8].province, "贵州");
  EXPECT_EQ(group.regions[8].weight, 10.0);
  EXPECT_EQ(RunReader(dir).group("province").regions[1].level, RegionLevel::province);
}

TEST_F(RunReaderTest, PlacesAValueByModuleAndRegion) {
  publish(made_up_provenance(run));
  const StoredIndicator offered = RunReader(dir).read("modules", "offered");
  // Replicate 1, the third year, module 1; 11 regions a module.
  EXPECT_EQ(offered.at(1, 2, 5, 1), made_up_value(4, 1, 2, 11 + 5, 0));
  EXPECT_EQ(RunReader(dir).group("modules").modules[1], "low_income_allowance");
  EXPECT_EQ(RunReader(dir).group("national").regions[0].name, "China");
}

TEST_F(RunReaderTest, GivesBackThePanel) {
  publish(made_up_provenance(run));
  const RunReader reader(dir);
  ASSERT_TRUE(reader.has_panel());
  const StoredPanel panel = reader.panel();
  // Six founders in counties 1, 11, ..., 51 and a branch of the first, which comes after it.
  ASSERT_EQ(panel.households.size(), 7u);
  EXPECT_EQ(panel.households[0], household_key(1, 7U << 12U));
  EXPECT_EQ(panel.households[1], household_key(1, (7U << 12U) + 0x200U));
  EXPECT_EQ(panel.households[6], household_key(51, 7U << 12U));
  EXPECT_EQ(panel.weights[1], 101.0F);
  EXPECT_EQ(panel.weights[2], 111.0F);
  EXPECT_THAT(panel.replicates, ElementsAre(0, 1));
  ASSERT_EQ(panel.months.size(), 48u);
  EXPECT_EQ(panel.months[47], month_of(2014, 12));
  EXPECT_TRUE(panel.burn_in[23]);
  EXPECT_FALSE(panel.burn_in[24]);
  ASSERT_EQ(panel.columns.size(), 4u);
  EXPECT_EQ(panel.columns[0].name, "income");
  EXPECT_EQ(panel.columns[0].unit, "yuan/person/year");
  EXPECT_EQ(panel.columns[0].flags, "");
  EXPECT_EQ(panel.columns[1].flags, "no registered exited");
  for (std::size_t c = 0; c < 4; ++c) {
    const StoredPanelColumn column = reader.panel_column(panel.columns[c].name);
    EXPECT_EQ(column.info.meaning, run.info().panel[c].meaning);
    for (std::uint32_t r = 0; r < 2; ++r) {
      for (std::size_t month = 0; month < 48; ++month) {
        for (std::size_t h = 0; h < 7; ++h) {
          const std::size_t year = month / 12;
          const bool there = h == 1 ? year > r : h != 2 || year < 2;
          const float value = column.at(r, month, h);
          const float recorded = made_up_panel_value(r, month, panel.households[h], c);
          const bool same = there && !std::isnan(recorded) ? value == recorded : std::isnan(value);
          ASSERT_TRUE(same) << c << ' ' << r << ' ' << month << ' ' << h;
        }
      }
    }
  }
}

TEST_F(RunReaderTest, GivesBackEveryEvent) {
  publish(made_up_provenance(run));
  const StoredEvents stored = RunReader(dir).events();
  EXPECT_THAT(stored.modules, ElementsAre("relocation", "low_income_allowance"));
  std::size_t i = 0;
  for (std::uint32_t r = 0; r < 2; ++r) {
    for (std::size_t year = 0; year < 4; ++year) {
      for (const Event& recorded : run.events(r, year)) {
        const Event& event = stored.events.at(i);
        EXPECT_EQ(stored.replicates.at(i++), r);
        EXPECT_EQ(event.household, recorded.household);
        EXPECT_EQ(event.month, recorded.month);
        EXPECT_EQ(event.kind, recorded.kind);
        EXPECT_EQ(event.module, recorded.module);
        EXPECT_EQ(event.reason, recorded.reason);
        EXPECT_EQ(event.person, recorded.person);
        EXPECT_EQ(event.amount, recorded.amount);
      }
    }
  }
  EXPECT_EQ(stored.events.size(), i);
  EXPECT_EQ(i, 49u);  // 2 x (6 + 7 + 6 + 6), less the branch that replicate 1 gets a year later
}

TEST_F(RunReaderTest, APanelMayBeMissingAndADiaryEmpty) {
  MadeUpSize size;
  size.panel = 0;
  const MemoryRecorder none = made_up_run(size);
  const fs::path without = scratch / "without";
  RunDirectory(without, kMadeUpScenario, false).publish(none, made_up_provenance(none));
  EXPECT_FALSE(RunReader(without).has_panel());
  EXPECT_THROW(RunReader(without).panel(), IoError);
  size = {.events = false};
  const MemoryRecorder quiet = made_up_run(size);
  const fs::path silent = scratch / "silent";
  RunDirectory(silent, kMadeUpScenario, false).publish(quiet, made_up_provenance(quiet));
  EXPECT_TRUE(RunReader(silent).has_panel());
  EXPECT_TRUE(RunReader(silent).events().events.empty());
  EXPECT_EQ(RunReader(silent).events().modules.size(), 2u);
}

TEST_F(RunReaderTest, GivesBackAttributesHoweverLong) {
  Provenance provenance = made_up_provenance(run);
  while (provenance.resolved_yaml.size() < 300'000)
    provenance.resolved_yaml += "# 一个很长的场景\n";
  publish(provenance);
  const RunReader reader(dir);
  EXPECT_EQ(reader.attribute("resolved_scenario"), provenance.resolved_yaml);
  EXPECT_EQ(reader.attribute("results_digest"), provenance.results_digest);
  EXPECT_EQ(reader.attribute("digest_county"), provenance.group_digests[2].second);
  EXPECT_EQ(reader.attribute("seed"), "18446744073709551615");
  EXPECT_EQ(reader.attribute("title"), "Never simulated, 从未模拟");
}

TEST_F(RunReaderTest, TwoRunsCanBeOpenAtATime) {
  publish(made_up_provenance(run));
  MadeUpSize other_size;
  other_size.counties = 9;
  const MemoryRecorder other = made_up_run(other_size);
  {
    RunDirectory directory(scratch / "other", kMadeUpScenario, false);
    directory.publish(other, made_up_provenance(other));
  }
  const RunReader first(dir);
  const RunReader second(scratch / "other");
  EXPECT_EQ(first.read("county", "headcount_ratio").regions, 7u);
  EXPECT_EQ(second.read("county", "headcount_ratio").regions, 9u);
}

TEST_F(RunReaderTest, NamesWhatIsNotThere) {
  EXPECT_THAT(complaint(), HasSubstr("No such file"));
  publish(made_up_provenance(run));
  const RunReader reader(dir);
  const auto message = [&](auto action) -> std::string {
    try {
      action();
    } catch (const IoError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(message([&] { reader.read("county", "no_such"); }), HasSubstr("no_such"));
  EXPECT_THAT(message([&] { reader.read("county", "weight"); }), HasSubstr("not an indicator"));
  EXPECT_THAT(message([&] { reader.read("village", "gini"); }), HasSubstr("village"));
  EXPECT_THAT(message([&] { reader.group("village"); }),
              HasSubstr((dir / "trajectories.h5").string()));
  EXPECT_THAT(message([&] { reader.attribute("terrace_format"); }), HasSubstr("not a text"));
}

TEST_F(RunReaderTest, RefusesEveryDamagedFile) {
  publish(made_up_provenance(run));
  ASSERT_EQ(complaint(), "");
  const std::string whole = read_file(dir / "trajectories.h5");
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    std::string bytes = whole;
    if (round % 3 == 0) {
      bytes.resize(random() % whole.size());
    } else {
      char& byte = bytes[random() % whole.size()];
      byte = static_cast<char>(byte ^ (1 << (random() % 8)));
    }
    overwrite("trajectories.h5", bytes);
    ASSERT_THAT(complaint(), HasSubstr("is damaged")) << "round " << round;
  }
}

TEST_F(RunReaderTest, SurvivesADamagedListOfFiles) {
  publish(made_up_provenance(run));
  const std::string whole = read_file(dir / "provenance.json");
  std::mt19937 random(2);
  int refused = 0;
  for (int round = 0; round < 200; ++round) {
    std::string text = whole;
    if (round % 2 == 0) {
      text.resize(random() % (whole.size() - 2));  // the last two characters are "}\n"
    } else {
      text[random() % text.size()] = static_cast<char>(random() % 256);
    }
    overwrite("provenance.json", text);
    const bool complained = !complaint().empty();
    refused += complained ? 1 : 0;
    EXPECT_TRUE(complained || round % 2 == 1) << round;
  }
  EXPECT_GT(refused, 100);
}

}  // namespace
}  // namespace terrace::record

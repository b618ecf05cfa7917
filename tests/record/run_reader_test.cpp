#include "record/run_reader.hpp"

#include <bit>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
  EXPECT_THAT(reader.groups(), ElementsAre("national", "province", "county", "targeting"));
  for (std::size_t g = 0; g < 4; ++g) {
    const std::string group = reader.groups()[g];
    const auto& indicators = run.info().indicators_of(g);
    ASSERT_EQ(reader.group(group).indicators.size(), g < 3 ? 5u : 2u);
    EXPECT_EQ(reader.group(group).yearly, g == 3);
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      const StoredIndicator stored = reader.read(group, reader.group(group).indicators[i]);
      EXPECT_EQ(stored.unit, indicators[i].unit);
      EXPECT_EQ(stored.meaning, indicators[i].meaning);
      ASSERT_EQ(stored.values.size(),
                2u * (g < 3 ? 48u : 4u) * run.info().groups[g].regions.size());
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

TEST_F(RunReaderTest, GivesBackAttributesHoweverLong) {
  Provenance provenance = made_up_provenance(run);
  while (provenance.resolved_yaml.size() < 300'000)
    provenance.resolved_yaml += "# 一个很长的场景\n";
  publish(provenance);
  const RunReader reader(dir);
  EXPECT_EQ(reader.attribute("resolved_scenario"), provenance.resolved_yaml);
  EXPECT_EQ(reader.attribute("results_digest"), provenance.results_digest);
  EXPECT_EQ(reader.attribute("digest_county"), "03");
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

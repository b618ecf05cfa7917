// What people read: exact messages for the mistakes that are most likely, all of them at once.
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "scenario/fixture.hpp"
#include "scenario/layout_reader.hpp"

namespace terrace::scenario {
namespace {

using testing::HasSubstr;

class MessagesTest : public ScenarioTest {
 protected:
  std::string layout_errors(const std::string& from, const std::string& to) const {
    std::string text = kLayout;
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    write("data/china.yaml", text);
    return errors(load("terrace: 1\n"));
  }
};

TEST_F(MessagesTest, AMisspeltPolicy) {
  EXPECT_EQ(errors(load("terrace: 1\npolicies:\n  relocaton: {enabled: false}\n")),
            "x.yaml:3:3: policies.relocaton: unknown policy; did you mean 'relocation'?\n");
}

TEST_F(MessagesTest, AllMistakesOfAllFilesAtOnce) {
  write("base.yaml", "terrace: 1\nrun: {seeds: 1}\nregistry: {enabled: yes}\n");
  EXPECT_EQ(errors(load("terrace: 1\nextends: base.yaml\ntime: {start: 2008-02}\n"
                        "policies: {relocation: {capacity: -1, Enabled: true}}\nrun: {seed: 1, "
                        "seed: 2}\n",
                        {"run.replicates=0"})),
            "x.yaml:3:15: time.start: must be a January; write 2008-01\n"
            "x.yaml:4:35: policies.relocation.capacity: -1 is out of range; accepted: from 0 to "
            "100\n"
            "x.yaml:4:39: policies.relocation.Enabled: unknown key; did you mean 'enabled'?\n"
            "x.yaml:5:16: run.seed: duplicate key; it stands in this map already\n"
            "base.yaml:2:7: run.seeds: unknown key; did you mean 'seed'?\n"
            "base.yaml:3:21: registry.enabled: must be true or false, found 'yes'; write true\n"
            "--set run.replicates=0: run.replicates: 0 is out of range; accepted: 1 to 10000\n");
}

TEST_F(MessagesTest, ColumnsCountCharacters) {
  EXPECT_EQ(errors(load("terrace: 1\n{title: x}\n")).rfind("x.yaml:2:1: not valid YAML", 0), 0U);
  EXPECT_EQ(errors(load("{terrace: 1, title: 贫困, runn: 1}\n")),
            "x.yaml:1:25: runn: unknown key; did you mean 'run'?\n");
}

TEST_F(MessagesTest, ExtendsThatCannotBeFollowed) {
  EXPECT_EQ(errors(load("terrace: 1\nextends: no.yaml\n")),
            "x.yaml:2:10: extends: 'no.yaml' does not exist\n");
  EXPECT_EQ(errors(load("terrace: 1\nextends: x.yaml\n")),
            "x.yaml:2:10: extends: a cycle: 'x.yaml' is in this chain of files already\n");
  write("a.yaml", "terrace: 1\nextends: data/../x.yaml\n");
  EXPECT_EQ(errors(load("terrace: 1\nextends: a.yaml\n")),
            "a.yaml:2:10: extends: a cycle: 'data/../x.yaml' is in this chain of files already\n");
  EXPECT_EQ(errors(load("terrace: 1\nextends: data\n")),
            "x.yaml:2:10: extends: 'data' is not a file\n");
  EXPECT_THAT(errors(load("terrace: 1\nextends: [a.yaml]\n")), HasSubstr("must be a text"));
  for (int i = 0; i < 40; ++i) {
    write("c" + std::to_string(i) + ".yaml",
          "terrace: 1\nextends: c" + std::to_string(i + 1) + ".yaml\n");
  }
  EXPECT_THAT(errors(load_file(folder_ / "c0.yaml")), HasSubstr("a chain of more than 32 files"));
}

TEST_F(MessagesTest, WhatTakesTheWholeToSee) {
  EXPECT_EQ(errors(load("terrace: 1\ntime: {programme: 2007-01}\n")),
            "x.yaml:2:19: time.programme: the programme begins before the run starts (2007 against "
            "2008)\n");
  EXPECT_EQ(
      errors(load("terrace: 1\ntime: {end: 2012-12}\n")),
      "x.yaml:2:13: time.end: the run ends before the programme begins (2012 against 2013)\n");
  EXPECT_EQ(errors(load("terrace: 1\n", {"policies.relocation.until=2015-01"})),
            "--set policies.relocation.until=2015-01: policies.relocation.until: the policy ends "
            "before it begins\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {provinces: [Plain], counties: designated}\n")),
            "x.yaml:2:44: population.counties: the provinces chosen have no designated county; "
            "write `counties: all`\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {provinces: [Hil]}\n")),
            "x.yaml:2:26: population.provinces[0]: unknown province 'Hil'; did you mean 'Hill'?\n");
}

TEST_F(MessagesTest, Series) {
  EXPECT_EQ(errors(load("terrace: 1\nseries:\n  wage: {unit: yuan/year, prices: nominal, "
                        "values: {12: 3, 2012: 1}}\n")),
            "x.yaml:3:9: series.wage: 'source' is missing\n"
            "x.yaml:3:16: series.wage.unit: must be 'yuan/month', found 'yuan/year'; convert the "
            "values; the model reads no other\n"
            "x.yaml:3:35: series.wage.prices: must be '2012', found 'nominal'; convert the values; "
            "the model reads no other\n"
            "x.yaml:3:53: series.wage.values.12: 12 is out of range; accepted: 1900 to 2200\n"
            "x.yaml:3:57: series.wage.values.12: 3 is out of range; accepted: from 100 to 100000\n"
            "x.yaml:3:66: series.wage.values.2012: 1 is out of range; accepted: from 100 to "
            "100000\n");
  write("data/series.yaml", "series: 1\nvalues: {}\n");
  const std::string missing = errors(load("terrace: 1\n"));
  EXPECT_THAT(missing, HasSubstr("series.wage: the model reads this series and nobody gives it"));
  EXPECT_THAT(missing, HasSubstr("series.places: "));
  std::filesystem::remove(folder_ / "data/series.yaml");
  EXPECT_EQ(errors(load("terrace: 1\n")), "data/series.yaml: does not exist\n");
}

TEST_F(MessagesTest, LayoutFiles) {
  EXPECT_EQ(layout_errors("name: Plain", "name: Hill"),
            "data/china.yaml:10:14: provinces.rows[1].name: the name 'Hill' is taken already\n");
  EXPECT_EQ(layout_errors("share: 0.8", "share: 0.7"),
            "data/china.yaml:19:3: ages: the shares add up to 0.8999999999999999, not to 1\n");
  EXPECT_EQ(layout_errors("prior: 0.25", "prior: 0.26"),
            "data/china.yaml:12:3: kinds: the priors add up to 1.01, not to 1\n");
  EXPECT_EQ(layout_errors("designated: 2", "designated: -2"),
            "data/china.yaml:9:83: provinces.rows[0].designated: -2 is out of range; accepted: 0 "
            "to 5000\n");
  EXPECT_THAT(layout_errors("[1, 0.5,", "[1, 0.6,"), HasSubstr("copula: must be symmetric: 0.5"));
  EXPECT_THAT(layout_errors("[1, 0.5, 0.4", "[2, 0.5, 0.4"), HasSubstr("accepted: from -1 to 1"));
  EXPECT_THAT(layout_errors("region: west", "region: north"),
              HasSubstr("must be one of east, central, west, found 'north'"));
  EXPECT_THAT(layout_errors("age: [60, 89]", "age: [61, 89]"), HasSubstr("must begin at age 60"));
  EXPECT_THAT(layout_errors("age: [60, 89]", "age: [60]"), HasSubstr("must be two ages"));
  EXPECT_THAT(layout_errors("unit: persons, ", ""), testing::StrEq(""));
  EXPECT_THAT(layout_errors("unit: persons", "unit: 10000 persons"),
              HasSubstr("national_poor_2013.unit: must be 'persons'"));
  EXPECT_THAT(layout_errors("source: s, provenance: memory}", "provenance: memory}"),
              HasSubstr("national_poor_2013: 'source' is missing"));
  EXPECT_THAT(layout_errors("{relation: head, age: [20, 80], female: 0}, ", ""),
              HasSubstr("must have one head"));
  EXPECT_THAT(layout_errors("designated: 2, other: 1", "designated: 0, other: 0"),
              HasSubstr("a province without counties"));
  EXPECT_THAT(layout_errors("poor_2013: 700, ", "poor_2013: 700000000, "),
              HasSubstr("population.layout: provinces: Hill has more than"));
  EXPECT_THAT(layout_errors("values: [0.25, 0.75]", "values: [0.25, 0.5, 0.25]"),
              HasSubstr("population.layout: household_sizes: no kind has 3 members"));
  EXPECT_THAT(layout_errors("age: [60, 89]", "age: [60, 79]"),
              HasSubstr("population.layout: kinds"));
  EXPECT_THAT(layout_errors("name: two", "name: two\nextends: china.yaml"), HasSubstr("a cycle"));
  EXPECT_THAT(layout_errors("layout: 1", "layout: 2"), HasSubstr("accepted: 1 to 1"));
  EXPECT_THAT(layout_errors("copula:", "copla:"), HasSubstr("did you mean 'copula'?"));
}

// Correlations that no variables can have pass every look at single entries.
TEST_F(MessagesTest, ImpossibleCorrelations) {
  std::string text = kLayout;
  const auto at = text.find("    - [1, 0.5");
  text.replace(at, std::string::npos,
               "    - [1, 0.9, -0.9, 0, 0]\n    - [0.9, 1, 0.9, 0, 0]\n    - [-0.9, 0.9, 1, 0, 0]\n"
               "    - [0, 0, 0, 1, 0]\n    - [0, 0, 0, 0, 1]\n");
  write("data/china.yaml", text);
  EXPECT_THAT(errors(load("terrace: 1\n")), HasSubstr("not positive definite"));
}

TEST_F(MessagesTest, SuggestionsFollowEditDistance) {
  const std::vector<std::string> known = {"industry", "relocation", "ecological_posts"};
  EXPECT_EQ(closest("industri", known), "industry");
  EXPECT_EQ(closest("ecological-posts", known), "ecological_posts");
  EXPECT_EQ(closest("Relocation", known), "relocation");
  EXPECT_EQ(closest("erlocation", known), "relocation");
  EXPECT_EQ(closest("health", known), "");
  EXPECT_EQ(suggestion("health", known), "known here: industry, relocation, ecological_posts");
  EXPECT_EQ(closest(std::string(100000, 'a'), known), "");
}

}  // namespace
}  // namespace terrace::scenario

// What a right scenario comes to: layers, settings, origins, notes, and the way back to YAML.
#include "scenario/load.hpp"

#include <algorithm>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <gmock/gmock.h>

#include "scenario/fixture.hpp"

namespace terrace::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class LoadTest : public ScenarioTest {};

const std::string kFull = R"(terrace: 1
name: full
title: "All keys: \"quoted\", #, 贫困"
time: {start: 2009-01, programme: 2014-01, end: 2019-12}
population:
  source: synthetic
  layout: data/china.yaml
  provinces: [Plain, Hill]
  counties: designated
  sample: {counties: 0.25, villages: 1}
registry: {enabled: false}
policies:
  relocation: {enabled: true, from: 2015-03, until: 2018-09, capacity: 0.1, effect: 2, cost: 1e-3, ramp: 0.3333333333333333, consent: 0.123456789012345678, wage_gain: -0.5}
parameters:
  farm_assets: {tau: 0.1}
series:
  wage: {unit: yuan/month, prices: 2012, source: "mine: a\nb", values: {2013: 3000.25, 2010: 200}}
output: {indicators: [gini, headcount_ratio]}
run: {seed: 18446744073709551615, replicates: 10000}
)";

// Every member, compared as exactly as it is stored.
void expect_same(const ScenarioSpec& a, const ScenarioSpec& b) {
  EXPECT_EQ(std::tie(a.name, a.title, a.start, a.programme, a.end, a.registry, a.parameters,
                     a.indicators, a.seed, a.replicates),
            std::tie(b.name, b.title, b.start, b.programme, b.end, b.registry, b.parameters,
                     b.indicators, b.seed, b.replicates));
  const PopulationSpec& p = a.population;
  const PopulationSpec& q = b.population;
  EXPECT_EQ(std::tie(p.provinces, p.counties, p.sample_counties, p.sample_villages),
            std::tie(q.provinces, q.counties, q.sample_counties, q.sample_villages));
  const Layout& l = p.layout;
  const Layout& m = q.layout;
  EXPECT_EQ(std::tie(l.name, l.national_poor_2013, l.national_households, l.household_sizes,
                     l.correlation),
            std::tie(m.name, m.national_poor_2013, m.national_households, m.household_sizes,
                     m.correlation));
  EXPECT_TRUE(std::equal(l.provinces.begin(), l.provinces.end(), m.provinces.begin(),
                         m.provinces.end(), [](const auto& x, const auto& y) {
                           return std::tie(x.name, x.region, x.poor_2013, x.incidence_2013,
                                           x.designated, x.other, x.signatory) ==
                                  std::tie(y.name, y.region, y.poor_2013, y.incidence_2013,
                                           y.designated, y.other, y.signatory);
                         }));
  const auto same_member = [](const auto& x, const auto& y) {
    return std::tie(x.relation, x.age_low, x.age_high, x.female) ==
           std::tie(y.relation, y.age_low, y.age_high, y.female);
  };
  EXPECT_TRUE(std::equal(l.kinds.begin(), l.kinds.end(), m.kinds.begin(), m.kinds.end(),
                         [&](const auto& x, const auto& y) {
                           return x.name == y.name && x.prior == y.prior &&
                                  std::equal(x.members.begin(), x.members.end(), y.members.begin(),
                                             y.members.end(), same_member);
                         }));
  EXPECT_TRUE(std::equal(
      l.ages.begin(), l.ages.end(), m.ages.begin(), m.ages.end(), [](const auto& x, const auto& y) {
        return std::tie(x.age_low, x.age_high, x.share) == std::tie(y.age_low, y.age_high, y.share);
      }));
  EXPECT_TRUE(std::equal(
      a.policies.begin(), a.policies.end(), b.policies.begin(), b.policies.end(),
      [](const auto& x, const auto& y) {
        const ModuleSettings& s = x.second;
        const ModuleSettings& t = y.second;
        return x.first == y.first &&
               std::tie(s.enabled, s.from, s.until, s.capacity, s.effect, s.cost, s.ramp) ==
                   std::tie(t.enabled, t.from, t.until, t.capacity, t.effect, t.cost, t.ramp);
      }));
  EXPECT_TRUE(std::equal(a.series.begin(), a.series.end(), b.series.begin(), b.series.end(),
                         [](const auto& x, const auto& y) {
                           const Series& s = x.second;
                           const Series& t = y.second;
                           return x.first == y.first &&
                                  std::tie(s.unit, s.prices, s.source, s.values) ==
                                      std::tie(t.unit, t.prices, t.source, t.values);
                         }));
}

TEST_F(LoadTest, DefaultsAreComplete) {
  const Loaded loaded = load("terrace: 1\n");
  ASSERT_EQ(errors(loaded), "");
  const ScenarioSpec& spec = loaded.spec;
  EXPECT_EQ(spec.name, "x");
  EXPECT_EQ(spec.start, month_of(2008, 1));
  EXPECT_EQ(spec.programme, month_of(2013, 1));
  EXPECT_EQ(spec.end, month_of(2020, 12));
  EXPECT_TRUE(spec.registry);
  EXPECT_EQ(spec.population.layout.name, "two");
  EXPECT_FALSE(spec.policies.at("relocation").enabled);
  EXPECT_EQ(spec.policies.at("relocation").from, month_of(2016, 1));
  EXPECT_EQ(spec.policies.at("industry").from, month_of(2014, 1));
  EXPECT_EQ(spec.policies.at("industry").until, month_of(2100, 12));
  EXPECT_EQ(spec.parameters.size(), 5U);
  EXPECT_EQ(spec.parameters.at("farm_assets.tau"), 0.5);
  EXPECT_EQ(spec.parameters.at("policies.relocation.consent"), 0.5);
  EXPECT_EQ(spec.series.size(), 3U);  // not `unread`
  EXPECT_EQ(spec.series.at("places").at(2017), 2490000.0);
  EXPECT_EQ(loaded.origin.at("run.seed"), "default");
  EXPECT_THAT(loaded.origin.at("series.wage"), HasSubstr("series.yaml:4"));
}

TEST_F(LoadTest, EveryKeyIsRead) {
  const Loaded loaded = load(kFull);
  ASSERT_EQ(errors(loaded), "");
  const ScenarioSpec& spec = loaded.spec;
  EXPECT_EQ(spec.name, "full");
  EXPECT_EQ(spec.title, "All keys: \"quoted\", #, 贫困");
  EXPECT_EQ(spec.start, month_of(2009, 1));
  EXPECT_EQ(spec.programme, month_of(2014, 1));
  EXPECT_EQ(spec.end, month_of(2019, 12));
  EXPECT_THAT(spec.population.provinces, ElementsAre("Plain", "Hill"));
  EXPECT_EQ(spec.population.counties, PopulationSpec::Counties::designated);
  EXPECT_EQ(spec.population.sample_counties, 0.25);
  EXPECT_FALSE(spec.registry);
  const ModuleSettings& relocation = spec.policies.at("relocation");
  EXPECT_TRUE(relocation.enabled);
  EXPECT_EQ(relocation.from, month_of(2015, 3));
  EXPECT_EQ(relocation.until, month_of(2018, 9));
  EXPECT_EQ(relocation.cost, 1e-3);
  EXPECT_EQ(spec.parameters.at("policies.relocation.wage_gain"), -0.5);
  EXPECT_EQ(spec.parameters.at("farm_assets.tau"), 0.1);
  EXPECT_EQ(spec.series.at("wage").source, "mine: a\nb");
  EXPECT_EQ(spec.series.at("wage").values.size(), 2U);
  EXPECT_THAT(spec.indicators, ElementsAre("gini", "headcount_ratio"));
  EXPECT_EQ(spec.seed, 18446744073709551615U);
  EXPECT_EQ(spec.replicates, 10000U);
  EXPECT_THAT(loaded.origin.at("policies.relocation.capacity"), HasSubstr("x.yaml:13"));
}

TEST_F(LoadTest, LayersOverrideKeyByKey) {
  std::filesystem::create_directories(folder_ / "sub");
  write("sub/a.yaml",
        "terrace: 1\nname: a\ntitle: A\n"
        "policies: {relocation: {enabled: true, capacity: 3, effect: 3}}\n"
        "series: {wage: {unit: yuan/month, prices: 2012, source: a, values: {2011: 200, 2012: "
        "201}}}\n"
        "output: {indicators: [gini]}\nrun: {seed: 1, replicates: 5}\n");
  write("sub/b.yaml",
        "terrace: 1\nextends: a.yaml\npolicies: {relocation: {capacity: 4}}\n"
        "series: {wage: {unit: yuan/month, prices: 2012, source: b, values: {2013: 300}}}\n");
  const Loaded loaded =
      load("terrace: 1\nextends: sub/b.yaml\noutput: {indicators: [mean_income]}\nrun: {seed: 2}\n",
           {"policies.relocation.effect=5", "run.seed=3", "run.seed=4"});
  ASSERT_EQ(errors(loaded), "");
  const ScenarioSpec& spec = loaded.spec;
  EXPECT_EQ(spec.name, "x") << "a name is not inherited";
  EXPECT_EQ(spec.title, "");
  EXPECT_TRUE(spec.policies.at("relocation").enabled);
  EXPECT_EQ(spec.policies.at("relocation").capacity, 4.0);
  EXPECT_EQ(spec.policies.at("relocation").effect, 5.0);
  EXPECT_EQ(spec.seed, 4U);
  EXPECT_EQ(spec.replicates, 5U);
  EXPECT_THAT(spec.indicators, ElementsAre("mean_income"));
  EXPECT_EQ(spec.series.at("wage").values.size(), 1U) << "a series is replaced whole";
  EXPECT_EQ(spec.series.at("wage").source, "b");
  EXPECT_THAT(loaded.origin.at("policies.relocation.enabled"), HasSubstr("sub/a.yaml:4"));
  EXPECT_EQ(loaded.origin.at("run.seed"), "--set");
}

TEST_F(LoadTest, SettingsAreTyped) {
  const Loaded loaded = load("terrace: 1\n", {"population.provinces=[Hill]", "title='a: b'",
                                              "time.end=2015-12", "output.indicators=default",
                                              "registry.enabled=false", "parameters.risk.phi=0.9"});
  ASSERT_EQ(errors(loaded), "");
  EXPECT_THAT(loaded.spec.population.provinces, ElementsAre("Hill"));
  EXPECT_EQ(loaded.spec.title, "a: b");
  EXPECT_EQ(loaded.spec.end, month_of(2015, 12));
  EXPECT_FALSE(loaded.spec.registry);
  EXPECT_EQ(loaded.spec.parameters.at("risk.phi"), 0.9);
}

TEST_F(LoadTest, SeriesHeldOutsideTheirDatesAreNoted) {
  const Loaded loaded = load(
      "terrace: 1\nseries: {wage: {unit: yuan/month, prices: 2012, source: s, values: {2014: 300, "
      "2018: 400}}}\n");
  ASSERT_EQ(errors(loaded), "");
  EXPECT_THAT(loaded.notes, ElementsAre("series.wage: holds its value of 2014 before that year",
                                        "series.wage: holds its value of 2018 to 2020"));
}

TEST_F(LoadTest, ResolvedTextReadsBackToTheSameSpec) {
  write("full.yaml", kFull);
  for (const std::string& text :
       {std::string("terrace: 1\n"), kFull, std::string("terrace: 1\nextends: full.yaml\n")}) {
    const Loaded first = load(text, {"policies.relocation.capacity=0.30000000000000004"});
    ASSERT_EQ(errors(first), "");
    const std::string once = resolved(first);
    // It needs no other file: neither the library's nor those it extended.
    const auto alone = folder_ / "alone";
    std::filesystem::create_directories(alone);
    const Loaded second =
        load_scenario(write("alone/r.yaml", once), {}, fake_.vocabulary, alone / "no-such-folder");
    ASSERT_EQ(errors(second), "") << once;
    expect_same(first.spec, second.spec);
    EXPECT_EQ(resolved(second), once);
    const Loaded commented = load(resolved_yaml(first.spec, fake_.vocabulary, &first.origin));
    ASSERT_EQ(errors(commented), "");
    expect_same(first.spec, commented.spec);
  }
}

// Random values of every kind survive the way to text and back bit by bit.
TEST_F(LoadTest, NumbersReadBackExactly) {
  std::mt19937_64 random(7);
  Loaded loaded = load(kFull);
  ASSERT_EQ(errors(loaded), "");
  for (int round = 0; round < 200; ++round) {
    const auto unit = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    loaded.spec.parameters["farm_assets.tau"] = unit();
    loaded.spec.parameters["farm_assets.tools"] = unit() * 4000.0;
    loaded.spec.parameters["policies.relocation.wage_gain"] = unit() - 0.5;
    loaded.spec.policies["relocation"].ramp = unit() * 1e-300 + 5e-324;
    loaded.spec.series["wage"].values[2015] = 100.0 + unit() * 9e4;
    loaded.spec.seed = random();
    const Loaded again = load(resolved(loaded));
    ASSERT_EQ(errors(again), "");
    expect_same(loaded.spec, again.spec);
  }
}

TEST_F(LoadTest, OrderOfKeysMeansNothing) {
  const std::string reference = resolved(load(kFull));
  std::vector<std::string> blocks;
  std::string::size_type begin = 0;
  while (begin < kFull.size()) {  // a block begins where a line is not indented
    auto end = kFull.find('\n', begin) + 1;
    while (end < kFull.size() && kFull[end] == ' ') end = kFull.find('\n', end) + 1;
    blocks.push_back(kFull.substr(begin, end - begin));
    begin = end;
  }
  std::mt19937 random(3);
  for (int round = 0; round < 50; ++round) {
    std::shuffle(blocks.begin(), blocks.end(), random);
    std::string text;
    for (const std::string& block : blocks) text += block;
    const Loaded loaded = load(text);
    ASSERT_EQ(errors(loaded), "") << text;
    EXPECT_EQ(resolved(loaded), reference);
  }
}

TEST_F(LoadTest, LayoutsExtendEachOtherBySection) {
  write("data/village.yaml",
        "layout: 1\nname: village\nextends: china.yaml\n"
        "household_sizes: {source: s, provenance: seed, values: [0.5, 0.5]}\n");
  const Loaded loaded = load("terrace: 1\npopulation: {layout: data/village.yaml}\n");
  ASSERT_EQ(errors(loaded), "");
  EXPECT_EQ(loaded.spec.population.layout.name, "village");
  EXPECT_THAT(loaded.spec.population.layout.household_sizes, ElementsAre(0.5, 0.5));
  EXPECT_EQ(loaded.spec.population.layout.provinces.size(), 2U);
}

TEST_F(LoadTest, TextMayBeginWithAMarkAndEndLinesLikeWindows) {
  const Loaded loaded = load("\xef\xbb\xbfterrace: 1\r\nname: dos\r\nrun:\r\n  seed: 5\r\n");
  ASSERT_EQ(errors(loaded), "");
  EXPECT_EQ(loaded.spec.name, "dos");
  EXPECT_EQ(loaded.spec.seed, 5U);
}

TEST_F(LoadTest, HeadingsAreReadWithoutTheRest) {
  const Heading heading = read_heading(write("h.yaml", "name: n\ntitle: T\nbroken_key: 1\n"));
  EXPECT_EQ(heading.name, "n");
  EXPECT_EQ(heading.title, "T");
  EXPECT_EQ(read_heading(folder_ / "none.yaml").name, "");
}

}  // namespace
}  // namespace terrace::scenario

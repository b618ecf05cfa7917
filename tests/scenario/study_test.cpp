// Studies that are right: what is read, from where, and what is filled in. Wrong ones stand in
// tests/cli/study_malformed_test.py.
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>

#include "scenario/fixture.hpp"
#include "scenario/study_design.hpp"
#include "scenario/study_reader.hpp"

namespace terrace::scenario {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = StudyDimension::Kind;

class StudyTest : public ScenarioTest {
 protected:
  StudyTest() {
    write("base.yaml",
          "terrace: 1\ntitle: Base\ntime: {start: 2010-01, end: 2020-12}\n"
          "policies: {relocation: {enabled: true}}\n"
          "output: {indicators: [gini], panel: {households: 20}}\n"
          "run: {seed: 11, replicates: 3}\n");
  }

  LoadedStudy study(const std::string& text, const std::vector<std::string>& sets = {}) const {
    return load_study(write("mine.yaml", text), sets, fake_.vocabulary, folder_ / "data");
  }

  /// A study of these dimensions, one a line; fails where it has mistakes.
  LoadedStudy with(const std::string& dimensions, const std::string& rest = "",
                   const std::string& design = "{kind: sobol, n: 4}") const {
    LoadedStudy loaded = study("study: 1\nbase: base.yaml\ndimensions:\n" + dimensions +
                               "design: " + design + "\n" + rest);
    for (const Diagnostic& d : loaded.errors) ADD_FAILURE() << to_string(d);
    if (loaded.study.dimensions.empty()) loaded.study.dimensions.emplace_back();
    return loaded;
  }

  static const StudyDimension& first(const LoadedStudy& loaded) {
    return loaded.study.dimensions.front();
  }
};

TEST_F(StudyTest, WhatIsLeftOutIsFilledIn) {
  const LoadedStudy loaded = with("  trap: {parameter: farm_assets.tau}\n");
  const Study& s = loaded.study;
  EXPECT_EQ(s.name, "mine");
  EXPECT_EQ(s.title, "");
  EXPECT_EQ(s.replicates, 1U);
  EXPECT_EQ(s.output.first_year, 2012);  // the last of burn-in
  EXPECT_EQ(s.output.last_year, 2020);
  EXPECT_FALSE(s.output.provinces);
  EXPECT_THAT(s.output.indicators, ElementsAre("headcount_ratio", "mean_income", "gini"));
  ASSERT_EQ(loaded.scenarios.size(), 1U);
  const ScenarioSpec& base = loaded.scenarios.front();
  EXPECT_EQ(base.name, "base");
  EXPECT_EQ(base.title, "Base");
  EXPECT_EQ(base.seed, 11U);  // the base's
  EXPECT_EQ(base.replicates, 1U);
  EXPECT_EQ(base.first_replicate, 0U);
  EXPECT_EQ(base.output.panel_households, 0U);
  EXPECT_EQ(base.indicators, s.output.indicators);
}

TEST_F(StudyTest, LaterLayersWin) {
  const std::string text =
      "study: 1\nname: other\ntitle: t\nbase: base.yaml\nreplicates: 5\nseed: 7\n"
      "over: {parameters: {farm_assets: {tau: 0.1, tools: 1000}}, time: {end: 2018-12},\n"
      "       output: {panel: {households: 4}}}\n"
      "dimensions: {phi: {parameter: risk.phi}}\ndesign: {kind: sobol, n: 4}\n"
      "indicators: [gini]\nyears: [2013, 2014]\nregions: provinces\n";
  const LoadedStudy plain = study(text);
  ASSERT_THAT(plain.errors, IsEmpty());
  EXPECT_EQ(plain.study.name, "other");
  EXPECT_EQ(plain.study.title, "t");
  EXPECT_EQ(plain.study.replicates, 5U);
  EXPECT_THAT(plain.study.output.indicators, ElementsAre("gini"));
  EXPECT_EQ(plain.study.output.first_year, 2013);
  EXPECT_EQ(plain.study.output.last_year, 2014);
  EXPECT_TRUE(plain.study.output.provinces);
  const ScenarioSpec& base = plain.scenarios.front();
  EXPECT_EQ(base.seed, 7U);
  EXPECT_EQ(base.parameters.at("farm_assets.tau"), 0.1);
  EXPECT_EQ(base.end, month_of(2018, 12));
  EXPECT_EQ(base.start, month_of(2010, 1));
  EXPECT_EQ(base.output.panel_households, 4U);

  const LoadedStudy set = study(text, {"parameters.farm_assets.tau=0.2", "run.seed=8",
                                       "run={replicates: 6}", "output.panel.households=9"});
  ASSERT_THAT(set.errors, IsEmpty());
  EXPECT_EQ(set.study.replicates, 6U);
  EXPECT_EQ(set.scenarios.front().seed, 8U);
  EXPECT_EQ(set.scenarios.front().replicates, 6U);
  EXPECT_EQ(set.scenarios.front().parameters.at("farm_assets.tau"), 0.2);
  EXPECT_EQ(set.scenarios.front().parameters.at("farm_assets.tools"), 1000.0);
  EXPECT_EQ(set.scenarios.front().output.panel_households, 9U);
}

TEST_F(StudyTest, FilesAreRelativeToTheStudy) {
  std::filesystem::create_directories(folder_ / "deep/studies");
  write("deep/studies/two.yaml", kLayout);
  const auto file =
      write("deep/studies/s.yaml",
            "study: 1\nbase: ../../base.yaml\nover: {population: {layout: two.yaml}}\n"
            "dimensions: {a: {parameter: farm_assets.tau}}\n"
            "design: {kind: list, csv: ../points.csv}\n");
  write("deep/points.csv", "a\n0.5\n");
  const LoadedStudy loaded = load_study(file, {}, fake_.vocabulary, folder_ / "data");
  for (const Diagnostic& d : loaded.errors) ADD_FAILURE() << to_string(d);
  EXPECT_EQ(loaded.study.name, "s");
  EXPECT_EQ(loaded.scenarios.front().name, "base");
  EXPECT_EQ(loaded.scenarios.front().population.layout.name, "two");
  EXPECT_THAT(loaded.study.points, ElementsAre(ElementsAre(0.5)));
}

TEST_F(StudyTest, ParametersTakeTheTablesRange) {
  const auto trap = with("  trap: {parameter: parameters.farm_assets.tau}\n");
  EXPECT_EQ(first(trap).name, "trap");
  EXPECT_EQ(first(trap).kind, Kind::parameter);
  EXPECT_EQ(first(trap).key, "farm_assets.tau");
  EXPECT_EQ(first(trap).unit, "1");
  EXPECT_EQ(first(trap).meaning, "trap");
  EXPECT_EQ(first(trap).low, 0.0);
  EXPECT_EQ(first(trap).high, 1.0);
  EXPECT_FALSE(first(trap).log_scale);
  EXPECT_FALSE(first(trap).whole);
  EXPECT_THAT(first(trap).levels, IsEmpty());

  const auto gain = with("  g: {parameter: policies.relocation.wage_gain, high: 0.25}\n");
  EXPECT_EQ(first(gain).key, "policies.relocation.wage_gain");
  EXPECT_EQ(first(gain).low, -1.0);
  EXPECT_EQ(first(gain).high, 0.25);

  // Of several, what all of them may take: [0, 1] and [0.85, 1].
  const auto both = with("  b: {parameter: [farm_assets.tau, risk.phi], scale: log}\n");
  EXPECT_EQ(first(both).key, "farm_assets.tau");
  EXPECT_THAT(first(both).also, ElementsAre("risk.phi"));
  EXPECT_EQ(first(both).low, 0.85);
  EXPECT_EQ(first(both).high, 1.0);
  EXPECT_TRUE(first(both).log_scale);
}

TEST_F(StudyTest, LevelsOfGrids) {
  const std::string grid = "{kind: grid}";
  const auto listed = with("  a: {parameter: farm_assets.tau, levels: [0.5, 0, 1]}\n", "", grid);
  EXPECT_THAT(first(listed).levels, ElementsAre(0.5, 0.0, 1.0));
  const auto even = with("  a: {parameter: farm_assets.tau, low: 0.5, levels: 3}\n", "", grid);
  EXPECT_THAT(first(even).levels, ElementsAre(0.5, 0.75, 1.0));
  // 1, sqrt(4), 4
  const auto log =
      with("  a: {policy: relocation.effect, low: 1, high: 4, scale: log, levels: 3}\n", "", grid);
  ASSERT_EQ(first(log).levels.size(), 3U);
  EXPECT_EQ(first(log).levels.front(), 1.0);
  EXPECT_NEAR(first(log).levels[1], 2.0, 1e-15);
  EXPECT_EQ(first(log).levels.back(), 4.0);
  // A multiplier's levels stand for its ends.
  const auto multiplier = with("  a: {policy: relocation.effect, levels: [0, 2]}\n", "", grid);
  EXPECT_THAT(first(multiplier).levels, ElementsAre(0.0, 2.0));
}

TEST_F(StudyTest, SettingsOfWhatVariesAreRefused) {
  const std::string text =
      "study: 1\nbase: base.yaml\ndimensions:\n"
      "  trap: {parameter: farm_assets.tau}\n  on: {policy: relocation.enabled}\n"
      "design: {kind: sobol, n: 4}\n";
  const auto refused = [&](const std::string& setting) {
    const LoadedStudy loaded = study(text, {setting});
    return loaded.errors.size() == 1 ? to_string(loaded.errors[0]) : std::string();
  };
  EXPECT_THAT(refused("parameters.farm_assets.tau=0.9"), HasSubstr("'trap' varies this"));
  EXPECT_THAT(refused("policies.relocation={enabled: true}"), HasSubstr("'on' varies this"));
  EXPECT_THAT(study(text, {"policies.relocation.from=2016-01"}).errors, IsEmpty());
}

TEST_F(StudyTest, Policies) {
  const auto on = with("  on: {policy: policies.relocation.enabled}\n");
  EXPECT_EQ(first(on).kind, Kind::policy);
  EXPECT_EQ(first(on).key, "relocation.enabled");
  EXPECT_THAT(first(on).choices, ElementsAre("false", "true"));
  EXPECT_THAT(first(on).levels, ElementsAre(0.0, 1.0));
  EXPECT_EQ(first(on).low, 0.0);
  EXPECT_EQ(first(on).high, 1.0);
  // Off is 0 however it was written.
  const auto off = with("  on: {policy: relocation.enabled, choices: [true, false]}\n");
  EXPECT_THAT(first(off).choices, ElementsAre("false", "true"));
  const auto from = with("  f: {policy: relocation.from, choices: [2018-07, 2016-01, 2019-01]}\n");
  EXPECT_THAT(first(from).choices, ElementsAre("2016-01", "2018-07", "2019-01"));
  EXPECT_EQ(first(from).high, 2.0);
  const auto ramp = with("  r: {policy: relocation.ramp, low: 0.5, high: 2}\n");
  EXPECT_EQ(first(ramp).key, "relocation.ramp");
  EXPECT_EQ(first(ramp).unit, "1");
  EXPECT_EQ(first(ramp).low, 0.5);
  EXPECT_EQ(first(ramp).high, 2.0);
}

TEST_F(StudyTest, Series) {
  const auto factor = with("  p: {series: places, factor: [0.5, 2]}\n");
  EXPECT_EQ(first(factor).kind, Kind::series);
  EXPECT_EQ(first(factor).change, StudyDimension::Change::factor);
  EXPECT_EQ(first(factor).key, "places");
  EXPECT_EQ(first(factor).unit, "1");
  EXPECT_EQ(first(factor).low, 0.5);
  EXPECT_EQ(first(factor).high, 2.0);
  EXPECT_EQ(first(factor).from, 2013);  // the programme's first year
  EXPECT_EQ(first(factor).until, 2020);
  const auto shift =
      with("  p: {series: series.poverty_line, shift: [-2000, 500], from: 2012, until: 2015}\n");
  EXPECT_EQ(first(shift).change, StudyDimension::Change::shift);
  EXPECT_EQ(first(shift).unit, "yuan/person/year");
  EXPECT_EQ(first(shift).low, -2000.0);
  EXPECT_EQ(first(shift).from, 2012);
  EXPECT_EQ(first(shift).until, 2015);
}

// The line is 2625 to 2019 and 4000 in 2020, and may be 100 to 100,000: 40 times 2625 is 105,000.
TEST_F(StudyTest, ASeriesStaysInItsRangeInAllYears) {
  const auto mistakes = [&](const std::string& dimension) {
    std::string out;
    for (const Diagnostic& d :
         study("study: 1\nbase: base.yaml\ndimensions: {p: {series: poverty_line, " + dimension +
               "}}\ndesign: {kind: sobol, n: 4}\n")
             .errors) {
      out += d.path + ": " + d.message + '\n';
    }
    return out;
  };
  EXPECT_EQ(mistakes("factor: [1, 38]"),
            "dimensions.p.factor: a factor of 38 makes poverty_line "
            "of 2020 152000, which is out of range\n");
  EXPECT_EQ(mistakes("factor: [1, 38], until: 2019"), "");
  EXPECT_EQ(mistakes("factor: [1, 40], until: 2019"),
            "dimensions.p.factor: a factor of 40 makes poverty_line of 2013 105000, which is out "
            "of range\n");
  EXPECT_EQ(mistakes("shift: [-2526, 0], from: 2020"), "");
  EXPECT_EQ(mistakes("shift: [-2525, 0]"), "");  // just 100
  EXPECT_EQ(mistakes("shift: [-2526, 0]"),
            "dimensions.p.shift: a shift of -2526 makes "
            "poverty_line of 2013 99, which is out of range\n");
}

TEST_F(StudyTest, OtherScenariosInThePlaceOfTheBase) {
  write("b.yaml",
        "terrace: 1\nextends: base.yaml\nname: second\nregistry: {enabled: false}\n"
        "output: {panel: {columns: [income]}, checkpoints: {every: 2}}\n");
  const LoadedStudy loaded = study(
      "study: 1\nover: {parameters: {risk: {phi: 0.9}}}\n"
      "dimensions: {arm: {scenarios: [base.yaml, b.yaml]}}\ndesign: {kind: grid}\n");
  for (const Diagnostic& d : loaded.errors) ADD_FAILURE() << to_string(d);
  ASSERT_EQ(loaded.scenarios.size(), 2U);
  EXPECT_TRUE(loaded.scenarios[0].registry);
  EXPECT_FALSE(loaded.scenarios[1].registry);
  for (const ScenarioSpec& spec : loaded.scenarios) {
    EXPECT_EQ(spec.parameters.at("risk.phi"), 0.9);
  }
  EXPECT_EQ(first(loaded).kind, Kind::scenario);
  EXPECT_THAT(first(loaded).choices, ElementsAre("base", "second"));
  EXPECT_THAT(first(loaded).levels, ElementsAre(0.0, 1.0));
  EXPECT_EQ(first(loaded).high, 1.0);
}

TEST_F(StudyTest, ScenariosThatDifferInWhatAllRunsShare) {
  const std::vector<std::string> kDiffer = {"time: {end: 2019-12}", "time: {programme: 2014-01}",
                                            "population: {sample: {villages: 0.5}}",
                                            "population: {provinces: [Hill]}", "run: {seed: 12}"};
  for (const std::string& text : kDiffer) {
    write("b.yaml", "terrace: 1\nextends: base.yaml\n" + text + "\n");
    const std::string rest =
        "dimensions: {arm: {scenarios: [base.yaml, b.yaml]}}\ndesign: {kind: grid}\n";
    const auto loaded = study("study: 1\n" + rest);
    ASSERT_EQ(loaded.errors.size(), 1U) << text;
    EXPECT_EQ(loaded.errors[0].path, "dimensions.arm.scenarios[1]") << text;
    EXPECT_THAT(loaded.errors[0].message, HasSubstr("does not go with the first")) << text;
    const std::string over = text.starts_with("run") ? "seed: 5" : "over: {" + text + "}";
    EXPECT_THAT(study("study: 1\n" + over + "\n" + rest).errors, IsEmpty()) << text;
  }
}

// Two dimensions, 3 levels and 2 choices.
TEST_F(StudyTest, DesignsAndHowManyPointsTheyHave) {
  const std::string two = "  a: {parameter: farm_assets.tau}\n  b: {policy: relocation.enabled}\n";
  const auto count = [&](const std::string& design) {
    return count_points(with(two, "", design).study);
  };
  EXPECT_EQ(count("{kind: sobol, n: 7}"), 7.0);
  EXPECT_EQ(count("{kind: latin-hypercube, n: 7}"), 7.0);
  EXPECT_EQ(count("{kind: saltelli, n: 8}"), 32.0);                      // 8 (2 + 2)
  EXPECT_EQ(count("{kind: saltelli, n: 8, second_order: true}"), 48.0);  // 8 (4 + 2)
  EXPECT_EQ(count("{kind: saltelli, n: 8, second_order: false}"), 32.0);
  EXPECT_EQ(count("{kind: morris, n: 5}"), 15.0);  // 5 (2 + 1)
  EXPECT_EQ(count_points(with("  a: {parameter: farm_assets.tau, levels: 3}\n"
                              "  b: {policy: relocation.enabled}\n",
                              "", "{kind: grid}")
                             .study),
            6.0);
  const StudyDesign morris = with(two, "", "{kind: morris, n: 5, levels: 6, seed: 9}").study.design;
  EXPECT_EQ(morris.kind, StudyDesign::Kind::morris);
  EXPECT_EQ(morris.levels, 6U);
  EXPECT_EQ(morris.seed, 9U);
  EXPECT_EQ(with(two).study.design.seed, 1U);
  EXPECT_TRUE(
      with(two, "", "{second_order: true, n: 8, kind: saltelli}").study.design.second_order);
}

TEST_F(StudyTest, PointsOfAListAndOfATable) {
  const std::string dimensions =
      "  a: {parameter: farm_assets.tau, low: 0.25}\n  b: {policy: relocation.enabled}\n"
      "  c: {policy: relocation.cost}\n  d: {policy: relocation.from, choices: [2016-01, "
      "2017-01]}\n";
  const auto list = with(dimensions, "",
                         "{kind: list, points: [{a: 0.5, b: true, c: 70, d: 2017-01},\n"
                         "  {d: 2016-01, c: 0, b: false, a: 1}]}");
  EXPECT_THAT(list.study.points,
              ElementsAre(ElementsAre(0.5, 1.0, 70.0, 1.0), ElementsAre(1.0, 0.0, 0.0, 0.0)));
  EXPECT_EQ(count_points(list.study), 2.0);
  write("points.csv",
        "\xef\xbb\xbf"
        "c,a,b,\"d\"\r\n70,0.5,true,2017-01\r\n0,1e0,\"false\",2016-01");
  const auto table = with(dimensions, "", "{kind: list, csv: points.csv}");
  EXPECT_EQ(table.study.points, list.study.points);
}

TEST_F(StudyTest, NotesOfWhatChangesNothing) {
  const auto notes = [&](const std::string& dimensions, const std::string& rest = "",
                         const std::string& design = "{kind: saltelli, n: 4}") {
    std::string out;
    for (const std::string& note : with(dimensions, rest, design).notes) {
      if (!note.starts_with("series.")) out += note + '\n';
    }
    return out;
  };
  const std::string consent = "  c: {parameter: policies.relocation.consent}\n";
  const std::string effect = "  e: {policy: industry.effect, low: 0, high: 2}\n";
  EXPECT_EQ(notes(consent), "");
  EXPECT_EQ(notes(consent, "over: {policies: {relocation: {enabled: false}}}\n"),
            "dimensions.c: policies.relocation.consent changes nothing: the module relocation acts "
            "in no scenario of the study\n");
  EXPECT_EQ(notes(effect),
            "dimensions.e: industry.effect changes nothing: the module industry acts in no "
            "scenario of the study\n");
  EXPECT_EQ(notes(effect + "  on: {policy: industry.enabled}\n"), "");
  EXPECT_THAT(notes(consent + effect + "  on: {policy: industry.enabled}\n", "",
                    "{kind: saltelli, n: 100}"),
              testing::StartsWith("design.n: 100 is no power of two"));
  EXPECT_EQ(notes(consent, "", "{kind: sobol, n: 100}"), "");
}

class RealStudy : public testing::Test {
 protected:
  RealStudy() { register_builtin_policies(catalogue_); }

  LoadedStudy load(const std::string& name, const std::vector<std::string>& sets = {}) const {
    const auto folder = std::filesystem::path(TERRACE_SOURCE_DIR) / "scenarios";
    return load_study(folder / "studies" / (name + ".yaml"), sets, vocabulary_of(catalogue_),
                      folder / "data");
  }

  /// A study over a shipped scenario.
  LoadedStudy made(const std::string& base, const std::string& rest,
                   const std::string& dimensions) const {
    const auto folder = std::filesystem::path(TERRACE_SOURCE_DIR) / "scenarios";
    const auto file = std::filesystem::path(testing::TempDir()) / "made_study.yaml";
    std::ofstream(file) << "study: 1\nbase: " << (folder / (base + ".yaml")).string() << '\n'
                        << rest << "dimensions:\n"
                        << dimensions << "design: {kind: sobol, n: 4}\n";
    return load_study(file, {}, vocabulary_of(catalogue_), folder / "data");
  }

 private:
  PolicyCatalogue catalogue_;
};

TEST_F(RealStudy, RulesOfARegisterThatIsNotThere) {
  const auto notes = [&](const std::string& set) {
    std::string out;
    for (const std::string& note : load("tiny-morris", {set}).notes) {
      if (!note.starts_with("series.")) out += note + '\n';
    }
    return out;
  };
  EXPECT_EQ(notes("registry.enabled=true"), "");
  EXPECT_EQ(notes("registry.enabled=false"),
            "dimensions.error: identification.sigma_score_2014 changes nothing: registry.enabled "
            "is false in every scenario of the study\n");
}

TEST_F(RealStudy, WhatTheModelRoundsTakesWholeNumbers) {
  const std::vector<std::string> whole = {"credit.loan_extension",
                                          "credit.loan_months",
                                          "demography_school.bride_from",
                                          "demography_school.bride_until",
                                          "demography_school.groom_from",
                                          "demography_school.groom_until",
                                          "diagnosis.plan_max",
                                          "evaluation.tp_n",
                                          "evaluation.tp_villages",
                                          "farm_assets.still_years",
                                          "health.ill_labour_loss",
                                          "identification.look_back_year",
                                          "identification.survey_rotation",
                                          "policies.cash.target",
                                          "policies.housing.build_months",
                                          "policies.infrastructure.build_months",
                                          "policies.infrastructure.works_per_year",
                                          "policies.relief.lag",
                                          "policies.resident_teams.settling_months",
                                          "policies.resident_teams.team_rotation",
                                          "population.survey_least",
                                          "social.kin_degree",
                                          "social.neighbours"};
  std::string dimensions = "  broken: {parameter: farm_assets.tau}\n";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    dimensions += "  d" + std::to_string(i) + ": {parameter: " + whole[i] + "}\n";
  }
  const LoadedStudy loaded = made("teach", "over: {time: {end: 2020-12}}\n", dimensions);
  for (const Diagnostic& error : loaded.errors) ADD_FAILURE() << to_string(error);
  ASSERT_EQ(loaded.study.dimensions.size(), whole.size() + 1);
  for (const StudyDimension& d : loaded.study.dimensions) {
    EXPECT_EQ(d.whole, d.name != "broken") << d.key;
    if (!d.whole) continue;
    EXPECT_EQ(d.low, std::floor(d.low)) << d.key;
    EXPECT_EQ(d.high, std::floor(d.high)) << d.key;
  }
}

TEST_F(RealStudy, WhatChangesNothingIsSaid) {
  const auto notes = [&](const std::string& dimensions) {
    const LoadedStudy loaded = made("teach", "over: {time: {end: 2015-12}}\n", dimensions);
    for (const Diagnostic& error : loaded.errors) ADD_FAILURE() << to_string(error);
    std::string out;
    for (const std::string& note : loaded.notes) {
      if (!note.starts_with("series.")) out += note + '\n';
    }
    return out;
  };
  const std::string off = "dimensions.d: ";
  const std::string relocation =
      " changes nothing: the module relocation is in force in no month "
      "of the runs\n";
  EXPECT_EQ(notes("  d: {policy: relocation.enabled}\n"), off + "relocation.enabled" + relocation);
  EXPECT_EQ(notes("  d: {policy: relocation.effect, low: 0, high: 2}\n  m: {policy: "
                  "relocation.from, choices: [2015-01, 2016-01]}\n"),
            "");
  EXPECT_EQ(notes("  d: {policy: industry.from, choices: [2016-01, 2017-01]}\n"),
            off +
                "industry.from changes nothing: all values lie after 2015, the last year of the "
                "runs\n");
  EXPECT_EQ(notes("  d: {parameter: identification.look_back_year, high: 2020}\n"),
            off +
                "5 of 6 values of identification.look_back_year lie after 2015, the last year of "
                "the runs, and make no difference to each other\n");
  EXPECT_EQ(notes("  d: {series: cash_fund, factor: [0.5, 2]}\n"),
            off + "cash_fund changes nothing: the series is 0 in 2013 to 2015\n");
  EXPECT_EQ(notes("  d: {series: cash_fund, shift: [0, 2]}\n"), "");
}

TEST_F(RealStudy, TheOneThatMattersHas640PointsTwice) {
  const LoadedStudy loaded = load("trap-targeting-budget");
  EXPECT_EQ(count_points(loaded.study), 640.0);
  EXPECT_EQ(loaded.study.replicates, 2U);
  EXPECT_THAT(loaded.study.dimensions[1].also, ElementsAre("identification.sigma_score_2016"));
}

class ShippedStudy : public RealStudy, public testing::WithParamInterface<const char*> {};

TEST_P(ShippedStudy, IsInOrder) {
  const LoadedStudy loaded = load(GetParam());
  for (const Diagnostic& error : loaded.errors) ADD_FAILURE() << to_string(error);
  EXPECT_EQ(loaded.study.name, GetParam());
  EXPECT_NE(loaded.study.title, "");
  for (const std::string& note : loaded.notes) {
    EXPECT_TRUE(note.starts_with("series.")) << note;
  }
  for (const StudyDimension& d : loaded.study.dimensions) {
    EXPECT_NE(d.meaning, "");
    EXPECT_NE(d.unit, "");
  }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedStudy,
                         testing::Values("trap-targeting-budget", "tiny", "tiny-saltelli",
                                         "tiny-morris"));

}  // namespace
}  // namespace terrace::scenario

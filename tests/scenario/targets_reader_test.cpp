// The list of published figures: what it may hold, and that each kind of mistake is told by its
// place and key.
#include "scenario/targets_reader.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "scenario/fixture.hpp"

namespace terrace::scenario {
namespace {

const std::string kHead = R"(targets: 1
nation: [Hill, Plain]
reasons: {input: an input, past: too early}
patterns: {1: falls, 22: glut}
figures:
)";

const std::string kPlain = R"(  - id: poor_2015
    quantity: rural poor
    value: 55.75
    unit: million persons
    period: "2015"
    scope: rural China
    source: a bureau
    provenance: memory
    kind: calibration
    role: open
    answer: {indicator: poor, group: targeting, year: 2015, factor: 1e-6}
    tolerance: {pass: 0.1, near: 0.2, why: a sample}
)";

class TargetsReader : public ScenarioTest {
 protected:
  TargetList read(const std::string& text) {
    const std::filesystem::path file = write("targets.yaml", text);
    Problems problems;
    TargetList list = read_targets_file(file, problems);
    said.clear();
    for (const Diagnostic& d : problems.sorted()) {
      said += to_string(d).substr(file.string().size()) + "\n";
    }
    return list;
  }

  /// The plain figure with one text replaced.
  TargetList with(std::string_view old, const std::string& now) {
    std::string text = kHead + kPlain;
    const std::size_t at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return read(text.replace(at, old.size(), now));
  }

  void expect(const std::string& message) {
    EXPECT_NE(said.find(message), std::string::npos) << "asked: " << message << "\nsaid: " << said;
  }

  std::string said;
};

TEST_F(TargetsReader, ReadsAFigureWithAllItsParts) {
  const TargetList list = read(kHead + kPlain);
  ASSERT_EQ(said, "");
  ASSERT_EQ(list.targets.size(), 1u);
  const Target& t = list.targets.front();
  EXPECT_EQ(t.id, "poor_2015");
  EXPECT_EQ(t.values, std::vector<double>{55.75});
  EXPECT_EQ(t.role, TargetRole::open);
  EXPECT_FALSE(t.holdout);
  ASSERT_TRUE(t.answer);
  ASSERT_EQ(t.answer->terms.size(), 1u);
  const TargetTerm& term = t.answer->terms.front();
  EXPECT_EQ(term.indicator, "poor");
  EXPECT_EQ(term.group, "targeting");
  EXPECT_EQ(term.from, 2015);
  EXPECT_EQ(term.to, 2015);
  EXPECT_EQ(term.factor, 1e-6);
  EXPECT_TRUE(t.tolerance.relative);
  EXPECT_EQ(t.tolerance.near, 0.2);
  EXPECT_EQ(list.patterns.size(), 2u);
  EXPECT_EQ(list.reasons.at("past"), "too early");
}

TEST_F(TargetsReader, ReadsSumsRatiosRegionsAndYears) {
  const TargetList list = with(
      "{indicator: poor, group: targeting, year: 2015, factor: 1e-6}",
      "{sum: [{indicator: a, year: 2013, where: designated, weight: persons}, {indicator: b, "
      "years: [2013, 2015], take: sum, where: [Hill]}], over: {indicator: c, year: 2014, where: "
      "west}, factor: -2}");
  ASSERT_EQ(said, "");
  const TargetAnswer& answer = *list.targets.front().answer;
  ASSERT_EQ(answer.terms.size(), 2u);
  EXPECT_EQ(answer.terms[0].where, TargetWhere::designated);
  EXPECT_EQ(answer.terms[0].weight, "persons");
  EXPECT_EQ(answer.terms[1].take, TargetTake::sum);
  EXPECT_EQ(answer.terms[1].from, 2013);
  EXPECT_EQ(answer.terms[1].to, 2015);
  EXPECT_EQ(answer.terms[1].provinces, std::vector<std::string>{"Hill"});
  ASSERT_EQ(answer.over.size(), 1u);
  EXPECT_EQ(answer.over[0].where, TargetWhere::part);
  EXPECT_EQ(answer.over[0].part, Region::west);
  EXPECT_EQ(answer.factor, -2.0);
}

TEST_F(TargetsReader, NamesLineColumnAndKey) {
  with("value: 55.75", "value: many");
  EXPECT_EQ(said, ":8:12: figures[poor_2015].value: must be a number, found 'many'\n");
}

TEST_F(TargetsReader, RefusesWhatItDoesNotKnow) {
  with("scope:", "scop:");
  expect(":11:5: figures[poor_2015].scop: unknown key; did you mean 'scope'?");
  expect("figures[poor_2015]: 'scope' is missing");
  with("near: 0.2", "nearly: 0.2");
  expect("figures[poor_2015].tolerance.nearly: unknown key; did you mean 'near'?");
  with("indicator: poor", "indikator: poor");
  expect("figures[poor_2015].answer: 'indicator' is missing");
  with("group: targeting", "group: yearly");
  expect("figures[poor_2015].answer.group: must be one of monthly, targeting, modules");
  with("provenance: memory", "provenance: hearsay");
  expect("must be one of seed, search, derived, memory");
  with("role: open", "role: opened");
  expect("did you mean 'open'?");
  with("kind: calibration", "kind: callibration");
  expect("did you mean 'calibration'?");
}

TEST_F(TargetsReader, RefusesDuplicatesOfKeysAndOfFigures) {
  with("unit: million persons", "unit: million persons\n    unit: persons");
  expect("figures[0].unit: duplicate key");
  read(kHead + kPlain + kPlain);
  expect(":18:9: figures[poor_2015].id: 'poor_2015' names a figure above already");
  with("id: poor_2015", "id: Poor 2015");
  expect("must be lower-case letters, digits and underscores");
}

TEST_F(TargetsReader, HoldsOutWhatIsHeldOut) {
  with("role: open", "role: open\n    holdout: true");
  expect("a figure kept out of fitting has the role held_out");
  with("role: open", "role: fitted\n    feeds: [parameters.a.b]\n    holdout: true");
  expect("a figure kept out of fitting has the role held_out");
  with("role: open", "role: held_out");
  expect("role held_out needs holdout: true");
  with("role: open", "role: held_out\n    holdout: true\n    feeds: [parameters.a.b]");
  expect("feeds nothing; no constant may be set by a held-out figure");
  with("role: open", "role: held_out\n    holdout: true");
  EXPECT_EQ(said, "");
}

TEST_F(TargetsReader, WantsToKnowWhatAFittedOrUsedFigureFeeds) {
  for (const char* role : {"role: fitted", "role: used"}) {
    with("role: open", role);
    expect("'feeds' is missing; name the constants that it sets");
  }
  with("role: open", "role: used\n    feeds: [series.x, series.x]");
  expect("'series.x' stands in the list already");
}

TEST_F(TargetsReader, WantsAToleranceWithAReasonBesideEachAnswer) {
  with("    tolerance: {pass: 0.1, near: 0.2, why: a sample}\n", "");
  expect("an answer needs a tolerance");
  with(", why: a sample", "");
  expect("figures[poor_2015].tolerance: 'why' is missing");
  with("pass: 0.1", "pass: 0.3");
  expect("near must not be narrower than pass");
  with("near: 0.2", "near: 1");
  expect("near must be below 1 of the figure");
  with("pass: 0.1", "pass: -0.1");
  expect("figures[poor_2015].tolerance.pass: -0.1 is out of range");
  with("value: 55.75", "value: 0");
  expect("a tolerance relative to 0; write of: unit");
}

TEST_F(TargetsReader, WantsEitherAnAnswerOrAReason) {
  with("    tolerance:", "    without: past\n    tolerance:");
  expect("both answer and without");
  const std::string answer =
      "    answer: {indicator: poor, group: targeting, year: 2015, factor: 1e-6}\n";
  with(answer, "");
  expect("neither answer nor without");
  expect("a tolerance without an answer");
  const std::string both = answer + "    tolerance: {pass: 0.1, near: 0.2, why: a sample}\n";
  with(both, "    without: pasts\n");
  expect("figures[poor_2015].without: unknown reason 'pasts'; did you mean 'past'?");
  with(both, "    without: past\n");
  EXPECT_EQ(said, "");
}

TEST_F(TargetsReader, WantsOneFormOfTheNumber) {
  with("value: 55.75", "value: 55.75\n    range: [1, 2]");
  expect("more than one of value, range, values, words");
  with("value: 55.75", "range: [2, 1]");
  expect("must be two numbers, the lower first");
  with("value: 55.75", "values: [2]");
  expect("fewer than two; write value: ...");
  with("value: 55.75", "values: [2, 3]");
  expect("'part' must say which of the values is answered");
  with("value: 55.75", "values: [2, 3]\n    part: 3");
  expect("'part' counts the numbers of 'values' from 1");
  with("value: 55.75", "part: 1\n    value: 2");
  expect("'part' counts the numbers of 'values' from 1");
  with("value: 55.75", "words: [pigs, tea]");
  expect("an answer without a number to compare with");
  with("value: 55.75", "values: [2, 3]\n    part: 2");
  EXPECT_EQ(said, "");
}

TEST_F(TargetsReader, ChecksYearsAndRegions) {
  with("year: 2015", "year: 1066");
  expect("figures[poor_2015].answer.year: 1066 is out of range; accepted: 2000 to 2100");
  with("year: 2015, ", "");
  expect("figures[poor_2015].answer: 'year' is missing");
  with("year: 2015", "year: 2015, years: [2013, 2015]");
  expect("both year and years");
  with("year: 2015", "years: [2015, 2013], take: sum");
  expect("the last year must be after the first");
  with("year: 2015", "years: [2013], take: sum");
  expect("must be the first and the last year; such as [2013, 2020]");
  with("year: 2015", "years: [2013, 2015]");
  expect("what to take of several years is missing");
  with("year: 2015", "year: 2015, take: change");
  expect("one year has nothing to take but its value");
  with("year: 2015", "year: 2015, where: [Hills]");
  expect("figures[poor_2015].answer.where[0]: unknown province 'Hills'; did you mean 'Hill'?");
  with("year: 2015", "year: 2015, where: north");
  expect("must be one of nation, designated, east, central, west");
  with("year: 2015", "year: 2015, weight: persons");
  expect("a weight for one region");
  with("group: targeting", "group: modules");
  expect("'module' belongs to group modules, which needs one");
  with("factor: 1e-6", "factor: 0");
  expect("figures[poor_2015].answer.factor: must not be 0");
}

TEST_F(TargetsReader, KnowsPatterns) {
  with("role: open", "role: open\n    pattern: 2");
  expect("figures[poor_2015].pattern: no such pattern above");
  with("role: open", "role: open\n    pattern: 22");
  EXPECT_EQ(said, "");
}

TEST_F(TargetsReader, TellsOfAFileThatIsNotThere) {
  Problems problems;
  read_targets_file(folder_ / "nowhere.yaml", problems);
  ASSERT_EQ(problems.size(), 1u);
  EXPECT_NE(to_string(problems.sorted().front()).find("does not exist"), std::string::npos);
}

}  // namespace
}  // namespace terrace::scenario

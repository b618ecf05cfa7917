#include "analysis/compare.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/table_rows.hpp"
#include "tests/analysis/hand_run.hpp"
#include "tests/record/scratch.hpp"

namespace terrace::analysis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

class Compare : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const HandRun& run) {
    return write_hand_run(scratch_ / name, run);
  }

  static Comparison compare(const std::vector<std::string>& paths, CompareOptions options = {}) {
    const std::vector<RunName> names = run_names(paths);
    Comparer comparer(names[0], RunReader(names[0].path), std::move(options));
    for (std::size_t i = 1; i < names.size(); ++i) comparer.add(names[i], RunReader(names[i].path));
    return comparer.finish();
  }

  std::vector<std::string> reasons(const HandRun& base, const HandRun& alt,
                                   const CompareOptions& options = {}) {
    try {
      compare({write("base", base), write("alt", alt)}, options);
    } catch (const NotComparable& error) {
      return error.reasons;
    }
    return {};
  }

  record::Scratch scratch_;
};

/// The row of `table` where these columns hold these texts and, by name, these numbers.
class RowOf {
 public:
  RowOf(const ResultTable& table, std::vector<std::pair<std::string, std::string>> words,
        std::vector<std::pair<std::string, double>> numbers)
      : table_(table) {
    for (std::size_t row = 0; row < table.rows(); ++row) {
      bool fits = true;
      for (const auto& [name, text] : words) fits &= column_of(table, name).texts[row] == text;
      for (const auto& [name, x] : numbers) fits &= column_of(table, name).numbers[row] == x;
      if (!fits) continue;
      EXPECT_FALSE(row_.has_value()) << "two rows of " << words.front().second;
      row_ = row;
    }
  }
  bool there() const { return row_.has_value(); }
  double operator[](const std::string& column) const {
    return column_of(table_, column).numbers.at(row_.value());
  }
  std::string text(const std::string& column) const {
    return column_of(table_, column).texts.at(row_.value());
  }

 private:
  const ResultTable& table_;
  std::optional<std::size_t> row_;
};

RowOf nation(const Comparison& found, const std::string& indicator, double from, double to) {
  return {found.differences,
          {{"indicator", indicator}, {"region_level", "national"}, {"module", ""}},
          {{"from_year", from}, {"to_year", to}}};
}

/// What `from` gives in Decembers from 2013 on, by replicate; zero before and for others.
auto by_replicate(std::vector<double> values) {
  return [=](const std::string&, std::uint32_t replicate, Month month, std::size_t,
             const std::string&) { return month < month_of(2013, 1) ? 0.0 : values.at(replicate); };
}

// Differences -0.02, -0.01, -0.05: mean -0.08/3, deviations 0.02/3, 0.05/3, -0.07/3, variance
// 0.0078/9/2, standard error sqrt(0.0078/54) = 0.01201850; times t(2) = 4.302653 is 0.05171144.
TEST_F(Compare, AnIntervalByHand) {
  HandRun base;
  HandRun alt;
  base.value = by_replicate({0.10, 0.12, 0.20});
  alt.value = by_replicate({0.08, 0.11, 0.15});
  const Comparison found = compare({write("base", base), write("alt", alt)});
  const RowOf row = nation(found, "headcount_ratio", 2014, 2014);
  EXPECT_EQ(row["n"], 3);
  EXPECT_NEAR(row["base"], 0.14, 1e-12);
  EXPECT_NEAR(row["alt_value"], 0.34 / 3, 1e-12);
  EXPECT_NEAR(row["difference"], -0.08 / 3, 1e-12);
  EXPECT_NEAR(row["error"], 0.01201850, 1e-8);
  EXPECT_NEAR(row["low"], -0.08 / 3 - 0.05171144, 1e-7);
  EXPECT_NEAR(row["high"], -0.08 / 3 + 0.05171144, 1e-7);
  EXPECT_NEAR(row["relative"], -0.08 / 0.42, 1e-12);
  EXPECT_EQ(row.text("region_name"), "Handland");
  EXPECT_EQ(row.text("alt"), "alt");
  EXPECT_EQ(row.text("note"), "");
  EXPECT_EQ(found.years.first, 2012);
  EXPECT_EQ(found.years.last, 2014);
}

// t(2) at 90 % is 2.919986.
TEST_F(Compare, AnotherConfidence) {
  HandRun base;
  HandRun alt;
  alt.value = by_replicate({1, 2, 3});
  CompareOptions options;
  options.confidence = 0.9;
  const Comparison found = compare({write("base", base), write("alt", alt)}, options);
  EXPECT_NEAR(nation(found, "headcount_ratio", 2013, 2013)["high"], 2 + 2.919986 / std::sqrt(3.0),
              1e-6);
}

// 2, 3 and 4 a month in 2013 and 2014: 24, 36, 48 a year; 48, 72, 96 over both.
TEST_F(Compare, FlowsAreYearsOfTwelveMonthsAndAddUpFromTheProgrammeOn) {
  HandRun base;
  HandRun alt;
  alt.value = by_replicate({2, 3, 4});
  const Comparison found = compare({write("base", base), write("alt", alt)});
  EXPECT_EQ(nation(found, "exits", 2012, 2012)["difference"], 0);
  EXPECT_EQ(nation(found, "exits", 2014, 2014)["difference"], 36);
  const RowOf sum = nation(found, "exits", 2013, 2014);
  EXPECT_EQ(sum["difference"], 72);
  EXPECT_NEAR(sum["error"], 24 / std::sqrt(3.0), 1e-9);
  EXPECT_EQ(sum.text("unit"), "households");
  EXPECT_EQ(nation(found, "poor_persons", 2013, 2014).text("unit"), "person-years");
  EXPECT_EQ(nation(found, "poor_persons", 2013, 2014)["difference"], 6);
  EXPECT_EQ(nation(found, "programme_cost", 2013, 2014)["difference"], 6);  // a row is a year
  EXPECT_FALSE(nation(found, "headcount_ratio", 2013, 2014).there());       // a share has no sum
}

TEST_F(Compare, APairWithAMissingValueIsLeftOut) {
  HandRun base;
  HandRun alt;
  base.value = by_replicate({1, 2, kNan});
  alt.value = by_replicate({4, kNan, 9});
  const Comparison one = compare({write("base", base), write("alt", alt)});
  const RowOf row = nation(one, "headcount_ratio", 2014, 2014);
  EXPECT_EQ(row["n"], 1);
  EXPECT_EQ(row["base"], 1);  // of the pair that is left, not of all
  EXPECT_EQ(row["difference"], 3);
  EXPECT_TRUE(std::isnan(row["low"]) && std::isnan(row["error"]));
  EXPECT_EQ(row.text("note"), "n too small");

  alt.value = by_replicate({kNan, kNan, 9});
  const Comparison none = compare({write("base", base), write("alt", alt)});
  const RowOf apart = nation(none, "headcount_ratio", 2014, 2014);
  EXPECT_EQ(apart["n"], 0);
  EXPECT_EQ(apart["base"], 1.5);  // no pair is left: each run's own mean
  EXPECT_EQ(apart["alt_value"], 9);
  EXPECT_TRUE(std::isnan(apart["difference"]) && std::isnan(apart["relative"]));
  base.value = alt.value = by_replicate({kNan, kNan, kNan});
  const Comparison nothing = compare({write("base", base), write("alt", alt)});
  EXPECT_FALSE(nation(nothing, "headcount_ratio", 2014, 2014).there());
  EXPECT_TRUE(nation(nothing, "headcount_ratio", 2012, 2012).there());
}

TEST_F(Compare, OneReplicateIsTooFewForAnInterval) {
  HandRun run;
  run.replicates = 1;
  const Comparison found = compare({write("base", run), write("alt", run)});
  for (const std::string& note : column_of(found.differences, "note").texts) {
    EXPECT_EQ(note, "n too small");
  }
}

TEST_F(Compare, ARunWithItself) {
  HandRun run;
  run.value = [](const std::string& group, std::uint32_t replicate, Month month, std::size_t region,
                 const std::string& indicator) {
    return 0.1 * static_cast<double>(group.size() + replicate + region + indicator.size()) +
           static_cast<double>(month);
  };
  run.households = {{household_key(1, 7), 3.0F}, {household_key(2, 7), 5.0F}};
  run.panel = [](std::uint32_t, Month month, std::uint64_t, const std::string&) {
    return static_cast<float>(month);
  };
  CompareOptions options;
  options.levels = {true, true, true};
  const Comparison found = compare({write("base", run), scratch_ / "base"}, options);
  ASSERT_GT(found.differences.rows(), 0U);
  for (const char* name : {"difference", "error", "low", "high"}) {
    for (const double x : column_of(found.differences, name).numbers) EXPECT_EQ(x, 0.0) << name;
  }
  EXPECT_TRUE(found.alts[0].differs.empty());
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("do not keep: cause")));
}

TEST_F(Compare, LevelsRegionsAndModules) {
  HandRun base;
  HandRun alt;
  alt.value = [](const std::string& group, std::uint32_t, Month month, std::size_t region,
                 const std::string&) {
    if (month < month_of(2013, 1)) return 0.0;
    return static_cast<double>(region) + (group == "cash" ? 100.0 : 10.0);
  };
  CompareOptions options;
  options.levels = {false, false, true};
  options.indicators = {"poor_persons", "offered"};
  const Comparison found = compare({write("base", base), write("alt", alt)}, options);
  const RowOf second(found.differences, {{"indicator", "poor_persons"}, {"region_name", "Two"}},
                     {{"to_year", 2014}, {"from_year", 2014}});
  EXPECT_EQ(second["difference"], 11);  // the second county
  EXPECT_EQ(second["region"], 2);
  EXPECT_EQ(second.text("region_level"), "county");
  // In the yearly groups all regions are in one list: Two is the fourth.
  for (const auto& [module, expected] : {std::pair("industry", 13.0), std::pair("cash", 103.0)}) {
    const RowOf row(found.differences,
                    {{"indicator", "offered"}, {"region_name", "Two"}, {"module", module}},
                    {{"to_year", 2014}, {"from_year", 2014}});
    EXPECT_EQ(row["difference"], expected) << module;
  }
  for (const std::string& level : column_of(found.differences, "region_level").texts) {
    EXPECT_EQ(level, "county");
  }
}

TEST_F(Compare, TheOrderOfRunsChangesNoNumber) {
  HandRun base;
  HandRun a;
  HandRun b;
  a.value = by_replicate({1, 2, 4});
  b.value = by_replicate({5, 3, 4});
  const std::string x = write("base", base);
  const std::string y = write("a", a);
  const std::string z = write("b", b);
  const Comparison one = compare({x, y, z});
  const Comparison other = compare({x, z, y});
  ASSERT_EQ(one.differences.rows(), other.differences.rows());
  const std::size_t half = one.differences.rows() / 2;
  const auto swapped = [&](std::size_t row) { return row < half ? row + half : row - half; };
  for (std::size_t c = 0; c < one.differences.columns.size(); ++c) {
    const TableColumn& p = one.differences.columns[c];
    const TableColumn& q = other.differences.columns[c];
    for (std::size_t row = 0; row < 2 * half; ++row) {
      if (p.words) {
        EXPECT_EQ(p.texts[row], q.texts[swapped(row)]);
      } else if (!std::isnan(p.numbers[row])) {
        EXPECT_EQ(p.numbers[row], q.numbers[swapped(row)]);
      }
    }
  }
}

TEST_F(Compare, EachReasonIsNamed) {
  const HandRun base;
  const auto refused = [&](auto change, const char* why) {
    HandRun alt;
    change(alt);
    EXPECT_THAT(reasons(base, alt), ElementsAre(HasSubstr(why)));
  };
  refused([](HandRun& r) { r.seed = "2"; }, "seeds differ: 1 in");
  refused([](HandRun& r) { r.replicates = 2; }, "numbers of replicates differ: 3 in");
  refused([](HandRun& r) { r.start = month_of(2010, 1); }, "starts differ: 2011-01 in");
  refused([](HandRun& r) { r.programme = month_of(2014, 1); }, "differ: 2013-01 in");
  refused([](HandRun& r) { r.end = month_of(2015, 12); }, "ends differ: 2014-12 in");
  refused([](HandRun& r) { r.population = "other.csv"; }, "population.source (synthetic, other");
  refused([](HandRun& r) { r.survey = "beef"; }, "population.digest (none, \"beef\")");
  refused([](HandRun& r) { r.weight = 11.0; }, "other weights: One, Two");
}

TEST_F(Compare, AllReasonsAreNamedAtOnce) {
  HandRun alt;
  alt.seed = "2";
  alt.population = "other";
  alt.end = month_of(2013, 12);
  HandRun second;
  second.seed = "3";
  try {
    compare({write("base", {}), write("alt", alt), write("second", second)});
    FAIL();
  } catch (const NotComparable& error) {
    EXPECT_EQ(error.reasons.size(), 4U) << error.what();
    EXPECT_THAT(error.reasons.back(), HasSubstr("3 in " + (scratch_ / "second").string()));
  }
}

TEST_F(Compare, WhatMayBeAllowed) {
  HandRun base;
  HandRun alt;
  base.survey = alt.survey = "beef";
  alt.population = "elsewhere/households.csv";  // the same survey by its digest
  alt.replicates = 2;
  alt.end = month_of(2015, 12);
  CompareOptions options;
  options.pairing = {Years{2013, 2014}, true};
  const Comparison found = compare({write("base", base), write("alt", alt)}, options);
  EXPECT_THAT(found.notes,
              ElementsAre(HasSubstr("only the first 2 replicates"), HasSubstr("has no panel")));
  EXPECT_EQ(nation(found, "exits", 2013, 2014)["n"], 2);
  options.pairing.years = Years{2013, 2015};
  EXPECT_THAT(reasons(base, alt, options),
              ElementsAre(HasSubstr("years 2013-2015 do not lie in the results of")));
}

TEST_F(Compare, YearsBeforeTheProgrammeShouldBeTheSameBits) {
  HandRun base;
  HandRun alt;
  base.value = [](auto&&...) { return 1.0; };
  alt.value = [](const std::string& group, std::uint32_t replicate, Month month, std::size_t,
                 const std::string& indicator) {
    const bool there = group == "province" && replicate == 2 && indicator == "exits";
    return there && month >= month_of(2012, 5) ? 1.0 + 0x1p-52 : 1.0;
  };
  EXPECT_THAT(reasons(base, alt), ElementsAre(HasSubstr("from 2012-05 on (exits)")));
  alt.tau = "0.6";
  const Comparison found = compare({write("base", base), write("alt", alt)});
  EXPECT_THAT(found.notes.front(), HasSubstr("from 2012-05 on (exits); 1 parameter or series "
                                             "differs: parameters.farm_assets.tau"));
  alt.tau = base.tau;
  alt.industry = "false";  // policies do not act before the programme
  EXPECT_EQ(reasons(base, alt).size(), 1U);
}

TEST_F(Compare, OtherVersionsAndIndicatorsAreNotes) {
  HandRun base;
  HandRun alt;
  alt.version = "0.2.0";
  alt.second = "relapses";
  const Comparison found = compare({write("base", base), write("alt", alt)});
  EXPECT_THAT(found.notes, ElementsAre(HasSubstr("0.2.0 (abc)"), HasSubstr("exits, relapses"),
                                       HasSubstr("no panel")));
  EXPECT_FALSE(nation(found, "exits", 2014, 2014).there());
  CompareOptions options;
  options.indicators = {"exits", "gini"};
  EXPECT_THAT(reasons(base, base, options), ElementsAre(HasSubstr("no figures of gini in")));
}

TEST_F(Compare, SaysInWhatTheScenariosDiffer) {
  HandRun alt;
  alt.industry = "false";
  const Comparison found = compare({write("base", {}), write("alt", alt)});
  ASSERT_EQ(found.alts[0].differs.size(), 1U);
  EXPECT_EQ(found.alts[0].differs[0].key, "policies.industry.enabled");
  EXPECT_EQ(found.alts[0].differs[0].base, "true");
  EXPECT_EQ(found.alts[0].differs[0].alt, "false");
}

TEST(RunNames, AreThoseOfFoldersIfTheyDiffer) {
  const auto labels = [](const std::vector<std::string>& paths) {
    std::vector<std::string> out;
    for (const RunName& name : run_names(paths)) out.push_back(name.label);
    return out;
  };
  EXPECT_THAT(labels({"results/tpa", "./none/"}), ElementsAre("tpa", "none"));
  EXPECT_THAT(labels({"a/tpa", "b/tpa/"}), ElementsAre("a/tpa", "b/tpa/"));
  EXPECT_THAT(labels({"r/tpa", "r/none", "r/none"}), ElementsAre("tpa", "none", "none (2)"));
}

TEST(Settings, KeysSectionsListsAndSeries) {
  const Settings got = settings_of(
      "name: \"a \\\"b\\\": c\"\ntime:\n  end: 2020-12\nlist:\n  rows:\n    - {a: 1}\n    - x\n"
      "  # said\nseries:\n  line:\n    values: {2012: 2625, 2014: 2800.5}\n");
  EXPECT_EQ(got.size(), 5U);
  EXPECT_EQ(text_of(got, "name"), "a \"b\": c");
  EXPECT_EQ(text_of(got, "time.end"), "2020-12");
  EXPECT_EQ(text_of(got, "list.rows[1]"), "x");
  EXPECT_EQ(text_of(got, "nothing"), "");
  EXPECT_EQ(series_of(got, "line").at(2013), 2625.0);
  EXPECT_EQ(series_of(got, "line").at(2014), 2800.5);
  EXPECT_TRUE(series_of(got, "other").values.empty());
  EXPECT_THAT(setting_differences(got, got), IsEmpty());
}

}  // namespace
}  // namespace terrace::analysis

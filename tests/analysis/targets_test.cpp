// A run beside published figures, worked out by hand on the run of figures_run.hpp.
#include "analysis/targets.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "analysis/figures_run.hpp"
#include "record/scratch.hpp"

namespace terrace::analysis {
namespace {

TargetTerm term(const std::string& indicator, int from, int to = 0,
                TargetTake take = TargetTake::value) {
  TargetTerm out;
  out.indicator = indicator;
  const bool yearly = indicator == "poor" || indicator == "visits";
  out.group = yearly ? "targeting" : "monthly";
  out.from = from;
  out.to = to == 0 ? from : to;
  out.take = take;
  return out;
}

TargetTerm in(TargetTerm term, TargetWhere where, const std::string& weight = "") {
  term.where = where;
  term.weight = weight;
  return term;
}

Target figure(std::vector<double> values, const TargetTerm& first) {
  Target out;
  out.id = first.indicator;
  out.values = std::move(values);
  out.answer = TargetAnswer{{first}, {}, 1.0};
  out.tolerance = {0.1, 0.2, true, "by hand"};
  return out;
}

class Targets : public testing::Test {
 protected:
  /// The card of a run with so many replicates.
  const TargetCard& card(std::vector<Target> targets, std::uint32_t replicates = 2) {
    list.nation = {"Hill", "Plain"};
    list.targets = std::move(targets);
    const record::Scratch scratch;
    write_figures_run(scratch / "run", replicates);
    card_ = evaluate_targets(list, RunReader(scratch / "run"));
    return card_;
  }

  /// What the run gives for one term, by replicate.
  std::vector<double> answer(const TargetTerm& term) {
    return card({figure({1.0}, term)}).results.front().replicates;
  }

  std::string why(const TargetTerm& term) {
    const TargetResult& r = card({figure({1.0}, term)}).results.front();
    EXPECT_EQ(r.verdict, Verdict::not_in_run);
    EXPECT_TRUE(std::isnan(r.mean));
    return r.why;
  }

  TargetList list;

 private:
  TargetCard card_;
};

using Values = std::vector<double>;

TEST_F(Targets, AStockIsDecembersAndAFlowTheSumOfTheYear) {
  EXPECT_EQ(answer(term("income", 2013)), (Values{300, 310}));
  EXPECT_EQ(answer(term("served", 2013)), (Values{13, 13}));
  EXPECT_EQ(answer(term("poor", 2013)), (Values{4, 5}));
}

TEST_F(Targets, TakesSumMeanChangeAndGrowthOfYears) {
  EXPECT_EQ(answer(term("served", 2012, 2014, TargetTake::sum)), (Values{39, 39}));
  EXPECT_EQ(answer(term("income", 2012, 2014, TargetTake::mean)), (Values{300, 310}));
  EXPECT_EQ(answer(term("poor", 2012, 2014, TargetTake::change)), (Values{-6, -6}));
  const Values growth = answer(term("income", 2012, 2014, TargetTake::growth));
  EXPECT_NEAR(growth[0], std::sqrt(400.0 / 200.0) - 1.0, 1e-12);
  EXPECT_NEAR(growth[1], std::sqrt(410.0 / 210.0) - 1.0, 1e-12);
}

TEST_F(Targets, RegionsAreAddedUpOrWeighted) {
  // Designated are A and B: 10 x 1 + 5 x 4 persons.
  EXPECT_EQ(answer(in(term("persons", 2013), TargetWhere::designated)), (Values{30, 30}));
  // Their income is 300 and 301, by 10 and 20 persons.
  const Values income = answer(in(term("income", 2013), TargetWhere::designated, "persons"));
  EXPECT_NEAR(income[0], (10.0 * 300.0 + 20.0 * 301.0) / 30.0, 1e-9);
  EXPECT_NEAR(income[1] - income[0], 10.0, 1e-9);
  TargetTerm west = in(term("persons", 2013), TargetWhere::part);
  west.part = Region::west;
  EXPECT_EQ(answer(west), (Values{60, 60}));
  west.part = Region::central;
  EXPECT_EQ(answer(west), (Values{0, 0}));
  TargetTerm plain = in(term("poor", 2013), TargetWhere::provinces);
  plain.provinces = {"Plain"};
  EXPECT_EQ(answer(plain), (Values{2, 2.5}));
}

TEST_F(Targets, NothingTimesNothingKnownIsNothing) {
  TargetTerm passed = term("visits", 2014);
  passed.times = "passed";
  EXPECT_EQ(answer(passed), (Values{4, 4}));
  passed.from = passed.to = 2013;
  EXPECT_EQ(answer(passed), (Values{0, 0}));
}

TEST_F(Targets, SumsRatiosAndFactors) {
  Target share = figure({50.0}, term("poor", 2014));
  TargetTerm less = term("poor", 2013);
  less.factor = -1.0;
  share.answer = TargetAnswer{{term("poor", 2014), less}, {term("poor", 2013)}, -100.0};
  const TargetResult r = card({share}).results.front();
  EXPECT_NEAR(r.replicates[0], 50.0, 1e-12);  // 100 x (4 - 2) / 4
  EXPECT_NEAR(r.replicates[1], 40.0, 1e-12);  // 100 x (5 - 3) / 5
  EXPECT_NEAR(r.mean, 45.0, 1e-12);
  EXPECT_NEAR(r.ratio, 0.9, 1e-12);
  EXPECT_EQ(r.verdict, Verdict::pass);
}

TEST_F(Targets, IntervalIsStudentsOverReplicates) {
  // 300, 310, 320: mean 310, standard error 10 / sqrt 3, t of two degrees of freedom 4.302653.
  const TargetResult r = card({figure({290.0}, term("income", 2013))}, 3).results.front();
  EXPECT_DOUBLE_EQ(r.mean, 310.0);
  EXPECT_NEAR(r.high - r.mean, 4.302653 * 10.0 / std::sqrt(3.0), 1e-4);
  EXPECT_NEAR(r.mean - r.low, r.high - r.mean, 1e-9);
  EXPECT_TRUE(r.covered);
  EXPECT_FALSE(card({figure({280.0}, term("income", 2013))}, 3).results.front().covered);
  const TargetResult one = card({figure({300.0}, term("income", 2013))}, 1).results.front();
  EXPECT_TRUE(std::isnan(one.low));
  EXPECT_FALSE(one.covered);
  EXPECT_EQ(one.verdict, Verdict::pass);
}

TEST_F(Targets, JudgesByDistanceInTheFiguresShareOrUnit) {
  Target t = figure({100.0}, term("income", 2013));
  EXPECT_EQ(judge(t, 110.0), Verdict::pass);
  EXPECT_EQ(judge(t, 110.1), Verdict::near);
  EXPECT_EQ(judge(t, 80.0), Verdict::near);
  EXPECT_EQ(judge(t, 79.9), Verdict::fail);
  t.tolerance.relative = false;
  EXPECT_EQ(judge(t, 100.1), Verdict::pass);
  EXPECT_EQ(judge(t, 99.85), Verdict::near);
  EXPECT_EQ(judge(t, 100.3), Verdict::fail);
  t = figure({90.0, 98.0}, term("income", 2013));
  t.range = true;
  EXPECT_EQ(judge(t, 95.0), Verdict::pass);
  EXPECT_EQ(judge(t, 81.0), Verdict::pass);  // a tenth of 90 below it
  EXPECT_EQ(judge(t, 110.0), Verdict::near);
  t.range = false;
  t.part = 1;
  EXPECT_EQ(published(t), Values{98.0});
  EXPECT_EQ(judge(t, 81.0), Verdict::near);
}

TEST_F(Targets, SaysWhatIsNotInTheRun) {
  EXPECT_EQ(why(term("income", 2015)), "its years are 2012 to 2014");
  EXPECT_EQ(why(term("income", 2011)), "its years are 2012 to 2014");  // burn-in but for its last
  EXPECT_EQ(why(term("gini", 2013)), "gini was not recorded");
  TargetTerm passed = term("visits", 2013);
  passed.indicator = "passed";
  EXPECT_EQ(why(passed), "no value in this run");
  TargetTerm elsewhere = in(term("persons", 2013), TargetWhere::provinces);
  elsewhere.provinces = {"Hill", "Coast"};
  EXPECT_EQ(why(elsewhere), "it has no Coast");
  elsewhere.group = "modules";
  elsewhere.provinces = {"Hill"};
  EXPECT_EQ(why(elsewhere), "it has no group modules");
}

TEST_F(Targets, ARunOfSomeProvincesDoesNotSpeakOfTheNation) {
  const record::Scratch scratch;
  write_figures_run(scratch / "run", 1);
  list.nation = {"Hill", "Plain", "Coast"};
  TargetTerm hill = in(term("persons", 2013), TargetWhere::provinces);
  hill.provinces = {"Hill"};
  list.targets = {figure({100.0}, term("persons", 2013)), figure({60.0}, hill)};
  const TargetCard c = evaluate_targets(list, RunReader(scratch / "run"));
  EXPECT_FALSE(c.whole_nation);
  EXPECT_EQ(c.results[0].why, "it is not of the whole nation");
  EXPECT_EQ(c.results[1].verdict, Verdict::pass);
}

TEST_F(Targets, CountsByRoleAndPattern) {
  list.reasons = {{"past", "too early"}};
  list.patterns = {{1, "falls"}, {2, "never asked"}, {3, "other years"}};
  Target good = figure({300.0}, term("income", 2013));
  good.role = TargetRole::held_out;
  good.pattern = 1;
  Target bad = good;
  bad.values = {1000.0};
  bad.role = TargetRole::fitted;
  Target later = figure({1.0}, term("income", 2020));
  later.pattern = 3;
  Target none;
  none.id = "none";
  none.without = "past";
  none.pattern = 1;
  const TargetCard& c = card({good, bad, later, none}, 1);
  EXPECT_EQ(count(c, TargetRole::held_out)[Verdict::pass], 1u);
  EXPECT_EQ(count(c, TargetRole::fitted)[Verdict::fail], 1u);
  EXPECT_EQ(count(c, TargetRole::open)[Verdict::not_in_run], 1u);
  EXPECT_EQ(count(c, TargetRole::open)[Verdict::no_indicator], 1u);
  EXPECT_EQ(c.results[3].why, "too early");
  EXPECT_EQ(c.patterns[0].verdict, Verdict::fail);  // the worst
  EXPECT_EQ(c.patterns[0].figures, 2u);
  EXPECT_EQ(c.patterns[1].verdict, Verdict::no_indicator);
  EXPECT_EQ(c.patterns[2].verdict, Verdict::not_in_run);
  EXPECT_EQ(count_patterns(c)[Verdict::fail], 1u);
}

TEST_F(Targets, TableHasARowAFigure) {
  Target none;
  none.id = "none";
  none.without = "past";
  list.reasons = {{"past", "too early"}};
  const ResultTable table = targets_table(card({figure({300.0}, term("income", 2013)), none}));
  ASSERT_EQ(table.rows(), 2u);
  for (const TableColumn& column : table.columns) {
    EXPECT_EQ(column.rows(), 2u) << column.name;
    if (column.name == "simulated") {
      EXPECT_DOUBLE_EQ(column.numbers[0], 305.0);
      EXPECT_TRUE(std::isnan(column.numbers[1]));
    }
    if (column.name == "reason") {
      EXPECT_EQ(column.texts[1], "too early");
    }
    if (column.name == "verdict") {
      EXPECT_EQ(column.texts[0], "pass");
    }
  }
}

TEST_F(Targets, AnswersAreCheckedAgainstWhatAModelRecords) {
  const RunInfo info = figures_info(1);
  const auto wrong = [&](const TargetTerm& term) {
    list.targets = {figure({1.0}, term)};
    const auto all = check_answers(list, info.indicators, info.groups[3].indicators, {});
    return all.empty() ? std::string() : all.front();
  };
  EXPECT_EQ(wrong(term("income", 2013)), "");
  EXPECT_EQ(wrong(term("gini", 2013)), "gini: group monthly has no indicator gini");
  EXPECT_EQ(wrong(in(term("income", 2013), TargetWhere::designated)),
            "income: income needs a weight over regions");
  EXPECT_EQ(wrong(in(term("income", 2013), TargetWhere::designated, "income")),
            "income: income is no total to weight by");
  EXPECT_EQ(wrong(in(term("persons", 2013), TargetWhere::designated, "persons")),
            "persons: persons is a total, which takes no weight over regions");
  EXPECT_EQ(wrong(term("persons", 2013, 2014, TargetTake::sum)),
            "persons: persons is no flow: years of it cannot be added up");
  EXPECT_EQ(wrong(term("served", 2013, 2014, TargetTake::sum)), "");
}

}  // namespace
}  // namespace terrace::analysis

// Which county ceases to be poor, and when that shows.
#include <gtest/gtest.h>

#include "engine/world.hpp"
#include "hand_nation.hpp"
#include "record/memory_recorder.hpp"
#include "support/saved_states.hpp"

namespace terrace::nation {
namespace {

using registry::passes;
using test::HandNation;

EvaluationRules rules() { return HandNation().model.registry.evaluation; }

Evaluation good() {
  Evaluation e;
  e.visits = 218;
  e.exited = 109;
  e.unlisted = 54;
  e.approval = 0.95;
  return e;
}

TEST(Passes, TwoWrongExitsOf109AreTolerated) {
  const EvaluationRules r = rules();
  Evaluation e = good();
  EXPECT_TRUE(passes(e, {0.01, 0.1}, 0.03, r));
  e.wrongful = 2;  // 1.8 %
  EXPECT_TRUE(passes(e, {0.01, 0.1}, 0.03, r));
  e.wrongful = 3;  // 2.8 %
  EXPECT_FALSE(passes(e, {0.01, 0.1}, 0.03, r));
}

TEST(Passes, OneMissedHouseholdOf54IsToleratedWhereTheCompositeAllows) {
  const EvaluationRules r = rules();
  Evaluation e = good();
  e.missed = 1;  // 1.85 %, of the 89 % that never were on the register: 1.65 % of all
  EXPECT_TRUE(passes(e, {0.01, 0.1}, 0.03, r)) << "0.01 + 0.0165 < 0.03";
  EXPECT_FALSE(passes(e, {0.01, 0.1}, 0.02, r)) << "but not below 2 %";
  EXPECT_TRUE(passes(e, {0.003, 0.1}, 0.02, r));
  e.wrongful = 2;  // 1.83 % of the 10 %: 0.18 % more
  EXPECT_FALSE(passes(e, {0.003, 0.1}, 0.02, r));
  e.missed = 2;
  EXPECT_FALSE(passes(e, {0.0, 0.1}, 0.05, r)) << "the missed alone are above 2 %";
}

TEST(Passes, NeedsApprovalVisitsAndASmallRegister) {
  const EvaluationRules r = rules();
  Evaluation e = good();
  e.approval = 0.899;
  EXPECT_FALSE(passes(e, {0.01, 0.1}, 0.03, r));
  e = good();
  EXPECT_FALSE(passes(e, {0.03, 0.1}, 0.03, r)) << "not below";
  e.exited = 0.0;
  e.unlisted = 0.0;
  EXPECT_TRUE(passes(e, {0.01, 0.1}, 0.03, r)) << "nothing visited, nothing found";
  e.visits = 0.0;
  EXPECT_FALSE(passes(e, {0.0, 0.1}, 0.03, r)) << "did not apply";
}

/// A and a second designated county have been visited; one of them well.
HandNation visited() {
  HandNation n;
  n.add(1, true, 1'000, 0.10, 0.02, 12'000);
  for (const std::size_t i : {0U, 1U, 4U}) {
    n.reports[i].evaluation = good();
    n.reports[i].sums[11].assign(kSums, 0.0);
    n.reports[i].sums[11][sum_index(Sum::persons)] = 1'000;
    n.reports[i].sums[11][sum_index(Sum::registered_persons)] = 25;
  }
  return n;
}

TEST(Delisting, WestAndOthersHaveTheirOwnLimit) {
  HandNation n = visited();
  const auto plans = n.plans(2016);
  EXPECT_EQ(plans[0].delist_share, 0.03);
  EXPECT_EQ(plans[2].delist_share, 0.02);
  EXPECT_EQ(plans[3].delist_share, 0.02);
  n.close(2016, plans);
  EXPECT_EQ(n.records.counties[0].delisted, 2017) << "2.5 % in the West";
  EXPECT_EQ(n.records.counties[4].delisted, 0) << "2.5 % in the centre";
  EXPECT_EQ(n.records.counties[1].delisted, 0) << "was not designated";
}

TEST(Delisting, ShowsFromTheYearAfterTheVisitsAndForGood) {
  HandNation n = visited();
  n.counties[0].fraction = 0.25;
  const auto plans = n.plans(2016);
  EXPECT_FALSE(plans[0].delisted);
  n.close(2016, plans);
  EXPECT_EQ(n.reports[0].year[sum_index(YearSum::passed_counties)], 0.25);
  EXPECT_EQ(n.reports[4].year[sum_index(YearSum::passed_counties)], 0.0);
  EXPECT_TRUE(n.plans(2017)[0].delisted);
  for (CountyReport& r : n.reports) r.year.assign(kYearSums, 0.0);
  n.reports[0].evaluation = {};
  n.close(2017, n.plans(2017));
  EXPECT_EQ(n.records.counties[0].delisted, 2017);
  EXPECT_EQ(n.reports[0].year[sum_index(YearSum::passed_counties)], 0.0) << "only once";
  EXPECT_TRUE(n.plans(2018)[0].delisted);
  // Designation, and with it money, goes on.
  EXPECT_GT(n.money(n.frame(2018))[0].integrated, 0.0);
  EXPECT_FALSE(n.plans(2018)[0].earmarked);
}

TEST(Delisting, NotWithoutARegister) {
  ScenarioSpec s = test::small_scenario();
  s.registry = false;
  HandNation n(s);
  n.reports[0].evaluation = good();
  n.close(2016, n.plans(2016));
  EXPECT_EQ(n.records.counties[0].delisted, 0);
}

/// Saves a world of these records and loads it back.
struct SavedWorld {
  static constexpr std::size_t kModules = 2;
  explicit SavedWorld(const Records& records, const std::vector<CountyReport>& reports) {
    engine::World world;
    world.records = records;
    world.reports = reports;
    world.counties.resize(reports.size());
    for (County& c : world.counties) {
      c.enrolments.resize(kModules);
      c.ledger.delivered_by_module.assign(kModules, 0);
    }
    if (!world.counties.empty()) {
      Ledger& books = world.counties[0].ledger;
      books.of(Pot::pool).inflow = books.of(Pot::pool).balance = 500;
      books.works = 300;
      books.deliver_works(1, 100);
      books.captured = 70;
    }
    world.done.assign(reports.size(), 0);
    RunInfo info;
    info.start = month_of(2011, 1);
    info.end = month_of(2018, 12);
    record::MemoryRecorder nowhere;
    engine::DigestRecorder digests(nowhere);
    digests.begin(info);
    engine::ReplicateState state;
    state.standing.year = 2011;
    const test::Parts parts = test::put_state(state, world, digests);
    engine::World back;
    back.counties.resize(reports.size());
    good = test::get_state(parts, info, kModules, state, back, digests);
    restored = back.records;
    if (!back.counties.empty()) ledger = back.counties[0].ledger;
  }
  Records restored;
  Ledger ledger;
  bool good = false;
};

TEST(Records, ComeBackFromACheckpoint) {
  Records records;
  records.counties = {{2017, 123.0}, {0, 77.5}};
  records.posts = {11, 12, 21, 22};
  const std::vector<CountyReport> reports(2);
  const SavedWorld saved(records, reports);
  ASSERT_TRUE(saved.good);
  EXPECT_EQ(saved.restored.counties[0].delisted, 2017);
  EXPECT_EQ(saved.restored.counties[1].first_register, 77.5);
  EXPECT_EQ(saved.restored.posts, records.posts);
  EXPECT_EQ(saved.ledger.works, 200);
  EXPECT_EQ(saved.ledger.captured, 70);
  EXPECT_EQ(saved.ledger.delivered_by_module, (std::vector<Fen>{0, 100}));
  Records fewer = records;
  fewer.posts.pop_back();
  EXPECT_FALSE(SavedWorld(fewer, reports).good) << "posts of another world";
  records.counties.pop_back();
  records.posts.resize(2);
  EXPECT_FALSE(SavedWorld(records, reports).good) << "not of this world";
}

TEST(Records, ReportsHoldAWholeYearOrNone) {
  Records records;
  records.counties = {{2017, 123.0}};
  records.posts = {1, 2};
  std::vector<CountyReport> reports(1);
  for (const std::size_t sums : {std::size_t{0}, kYearSums, kYearSums - 1, kYearSums + 1}) {
    reports[0].year.assign(sums, 1.0);
    EXPECT_EQ(SavedWorld(records, reports).good, sums == 0 || sums == kYearSums) << sums;
  }
}

}  // namespace
}  // namespace terrace::nation

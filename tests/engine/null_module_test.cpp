// What must hold of every module of the catalogue, whatever it does: without capacity it is not
// there, without effect it moves no income, and with both it does something. And of all at once:
// money adds up, and neither threads, order of counties nor a restart changes a bit.
#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "parallel/thread_runner.hpp"
#include "support/saved_states.hpp"
#include "support/small_scenario.hpp"

namespace terrace {
namespace {

using test::full_scenario;
using test::run_small;
using test::SmallRun;
using test::without;

std::vector<std::string> names() {
  std::vector<std::string> out;
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) out.emplace_back(entry.info.name);
  return out;
}

ModuleInfo info_of(const std::string& module) {
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  for (const PolicyEntry& entry : catalogue.entries()) {
    if (entry.info.name == module) return entry.info;
  }
  return {};
}

const SmallRun& all_on() {
  static const SmallRun run = run_small(full_scenario());
  return run;
}

ScenarioSpec without_any() {
  ScenarioSpec s = full_scenario();
  for (auto& [name, settings] : s.policies) settings.enabled = false;
  return s;
}

/// Register, watch and lines as ever, and one module.
ScenarioSpec only(const std::string& module) {
  ScenarioSpec s = without_any();
  s.policies.at(module).enabled = true;
  return s;
}

const SmallRun& none() {
  static const SmallRun run = run_small(without_any());
  return run;
}

/// The largest difference of the nation's mean income in any month, over that of `none`.
double largest_difference(const SmallRun& run) {
  double most = 0.0;
  for (Month m = run.results.info().start; m <= run.results.info().end; ++m) {
    const double without = none().at("mean_income", m);
    most = std::max(most, std::abs(run.at("mean_income", m) / without - 1.0));
  }
  return most;
}

double most_of(const SmallRun& run, const std::string& indicator) {
  double most = 0.0;
  for (Month m = run.results.info().start; m <= run.results.info().end; ++m)
    most = std::max(most, run.at(indicator, m));
  return most;
}

class EveryModuleSlow : public testing::TestWithParam<std::string> {};

// Also of its indicators, the panel and the diary.
TEST_P(EveryModuleSlow, WithoutCapacityIsNotThere) {
  const SmallRun off = run_small(without(full_scenario(), GetParam()));
  ScenarioSpec s = full_scenario();
  s.policies.at(GetParam()).capacity = 0.0;
  const SmallRun null = run_small(s);
  EXPECT_EQ(null.outcome.digest, off.outcome.digest);
  EXPECT_EQ(null.outcome.group_digests, off.outcome.group_digests);
  EXPECT_NE(off.outcome.digest, all_on().outcome.digest) << "else that says nothing";
}

TEST_P(EveryModuleSlow, ActsWhereItIsOn) {
  double acts = most_of(all_on(), "participants_" + GetParam());
  acts += most_of(all_on(), "spending_" + GetParam());
  if (info_of(GetParam()).sends_teams) acts += all_on().targeting("teams", 2018);
  // Pairing enrols nobody and pays nobody: it brings partners' money, and firms' posts.
  if (info_of(GetParam()).brings_partner_money) acts += most_of(all_on(), "partner_money");
  EXPECT_GT(acts, 0.0);
}

// Nothing but what a page names: wealth paid into a house or a move, aspirations lost with a failed
// project, hands that hold a post without pay. These come to less than six in ten thousand here.
TEST_P(EveryModuleSlow, WithoutEffectMovesNoIncome) {
  if (info_of(GetParam()).replaces_ordinary_allowance)
    GTEST_SKIP() << "the ordinary list ends with it, whatever it pays";
  ScenarioSpec s = only(GetParam());
  s.policies.at(GetParam()).effect = 0.0;
  const double difference = largest_difference(run_small(s));
  const std::set<std::string> late = {"housing", "relocation", "industry", "micro_loans",
                                      "ecological_posts"};
  EXPECT_LE(difference, late.count(GetParam()) != 0 ? 6e-4 : 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Catalogue, EveryModuleSlow, testing::ValuesIn(names()),
                         [](const auto& of) { return of.param; });

TEST(AllModulesSlow, MoneyByFateIsTheSpendingAndAllThatIsDelivered) {
  const GroupInfo& group = all_on().results.info().groups[4];
  const auto rows = static_cast<std::size_t>(2021 - year_of(all_on().results.info().start) + 1);
  const auto column = [&](std::string_view name) {
    std::size_t k = 0;
    while (group.indicators.at(k).name != name) ++k;
    return k;
  };
  const auto at = [&](std::size_t k, std::size_t row, std::size_t module) {
    const std::size_t cell = (row * group.modules.size() + module) * group.regions.size();
    return all_on().results.values(4)[cell * group.indicators.size() + k];
  };
  double all = 0.0;
  for (std::size_t m = 0; m < group.modules.size(); ++m) {
    for (std::size_t row = 0; row < rows; ++row) {
      double sum = 0.0;
      for (const char* fate :
           {"spent_cash", "spent_wages", "spent_property", "spent_supplies", "spent_captured"})
        sum += at(column(fate), row, m);
      const double spending = at(column("spending"), row, m);
      ASSERT_NEAR(sum, spending, 0.01 + 1e-9 * spending) << group.modules[m];
      all += spending;
    }
  }
  EXPECT_GT(all, 0.0);
  EXPECT_NEAR(all / all_on().december("public_delivered", 2021), 1.0, 1e-9);
}

/// The last county first.
class BackwardRunner final : public CountyRunner {
 public:
  std::size_t workers() const override { return 1; }
  void run(std::size_t count, const std::function<void(std::size_t, std::size_t)>& body) override {
    for (std::size_t i = count; i-- > 0;) body(i, 0);
  }
};

TEST(AllModulesSlow, ThreadsAndOrderDoNotMatter) {
  ThreadRunner threads(3);
  EXPECT_EQ(run_small(full_scenario(), threads).outcome.group_digests,
            all_on().outcome.group_digests);
  BackwardRunner backward;
  EXPECT_EQ(run_small(full_scenario(), backward).outcome.group_digests,
            all_on().outcome.group_digests);
}

TEST(AllModulesSlow, ARunGoesOnFromAnyOpening) {
  test::SavedStates states;
  RunControl control;
  std::vector<int> years;
  control.wants_state = [&](std::uint32_t, int year) {
    years.push_back(year);
    return true;
  };
  states.attach(control);
  SerialRunner runner;
  const auto run = [&](const RunControl& how) {
    record::MemoryRecorder results;
    return run_scenario(full_scenario(), test::builtin_catalogue(), runner, results, how).digest;
  };
  EXPECT_EQ(run(control), all_on().outcome.digest) << "saving changes nothing";
  ASSERT_GE(years.size(), 9U);
  for (const int year : {2015, 2017, 2020, 2021}) {
    ASSERT_EQ(std::count(years.begin(), years.end(), year), 1);
    states.go_back(0, year);
    RunControl resumed;
    states.give(resumed);
    EXPECT_EQ(run(resumed), all_on().outcome.digest) << year;
  }
}

}  // namespace
}  // namespace terrace

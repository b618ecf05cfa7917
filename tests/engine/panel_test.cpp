// Who is in the panel, what stands for whom, and what its columns say.
#include "engine/panel.hpp"

#include <algorithm>
#include <sstream>

#include <gtest/gtest.h>

#include "population/divide.hpp"
#include "population/synthesis.hpp"
#include "support/panel_run.hpp"

namespace terrace {
namespace {

using test::PanelRun;
using test::small_scenario;

ScenarioSpec first_years(std::uint32_t panel, int last = 2011) {
  ScenarioSpec s = test::with_panel(small_scenario(), panel);
  s.end = month_of(last, 12);
  s.programme = month_of(std::min(last, 2013), 1);
  return s;
}

std::set<std::uint64_t> ids(const ScenarioSpec& s, std::uint32_t replicate = 0) {
  PanelRun run;
  run_panel(run, s);
  return run.kept.year(2011, replicate).ids();
}

TEST(PanelChoice, IsTheSameInEveryScenarioAndReplicate) {
  ScenarioSpec s = first_years(200);
  s.replicates = 2;
  const std::set<std::uint64_t> chosen = ids(s);
  EXPECT_EQ(chosen.size(), 200U);
  EXPECT_EQ(ids(s, 1), chosen);
  EXPECT_EQ(ids(test::no_programme(s)), chosen);
  s.output.panel_columns = {"wealth"};
  EXPECT_EQ(ids(s), chosen);
  s.seed = 12;
  EXPECT_NE(ids(s), chosen);
}

TEST(PanelChoice, AgreesWhereSamplesOverlap) {
  // In each county one of two panels holds all that both could have chosen of the other's.
  std::array<std::set<std::uint64_t>, 2> chosen;
  std::array<std::set<std::uint64_t>, 2> all;
  for (const std::size_t i : {0U, 1U}) {
    ScenarioSpec s = first_years(300);
    s.population.sample_villages = i == 0 ? 0.02 : 0.04;
    chosen[i] = ids(s);
    s.output.panel_households = test::kEverybody;
    all[i] = ids(s);
  }
  std::map<std::uint16_t, std::array<int, 3>> both;  // in both panels, in the first only, second
  for (const std::uint64_t id : all[0]) {
    if (all[1].count(id) == 0) continue;
    const bool a = chosen[0].count(id) != 0;
    const bool b = chosen[1].count(id) != 0;
    auto& counts = both[county_of(id)];
    counts[0] += a && b ? 1 : 0;
    counts[1] += a && !b ? 1 : 0;
    counts[2] += b && !a ? 1 : 0;
  }
  int shared = 0;
  for (const auto& [county, n] : both) {
    EXPECT_TRUE(n[1] == 0 || n[2] == 0) << county;
    shared += n[0];
  }
  EXPECT_GT(shared, 20);
}

TEST(PanelChoice, WeightsSumToTheHouseholdsOfTheNation) {
  const ScenarioSpec s = small_scenario();
  const engine::Model model = engine::make_model(s, test::builtin_catalogue());
  double nation = 0.0;
  std::size_t counties = 0;
  for (const County& c : lay_out_counties(s.population, model.population, s.seed)) {
    nation += c.weight * c.true_households;
    ++counties;
  }
  for (const std::uint32_t n : {3U, 200U, test::kEverybody}) {
    PanelRun run;
    run_panel(run, first_years(n));
    const auto& households = run.kept.year(2011).households;
    double sum = 0.0;
    for (const PanelHousehold& h : households) sum += static_cast<double>(h.weight);
    EXPECT_NEAR(sum / nation, 1.0, 1e-5) << n;
    EXPECT_TRUE(std::is_sorted(households.begin(), households.end(),
                               [](const auto& a, const auto& b) { return a.id < b.id; }));
    EXPECT_LE(households.size(), std::size_t{n});
  }
  ASSERT_GT(counties, 3U);
}

/// A county of so many households that stands for `nation` of them.
County county_of_size(std::uint16_t number, std::uint32_t households, double nation) {
  County c;
  c.number = number;
  c.true_households = nation;
  for (std::uint32_t h = 0; h < households; ++h)
    c.households.id.push_back((h + 1) << kFounderShift);
  return c;
}

TEST(PanelChoice, ByHandWhatACountyHasNotComesFromOthers) {
  // 30 of 100, 300, 600 households are 3, 9, 18; the third has 10, and the other 8 fall to the two
  // others: 20 of 100 and 300 are 5 and 15.
  std::vector<County> counties = {county_of_size(1, 50, 100), county_of_size(2, 50, 300),
                                  county_of_size(3, 10, 600)};
  ScenarioSpec s;
  s.output.panel_households = 30;
  const std::vector<std::uint32_t> households = {50, 50, 10};
  engine::choose_panel(counties, households, s);
  EXPECT_EQ(counties[0].panel_weight, 20.0F);
  EXPECT_EQ(counties[1].panel_weight, 20.0F);
  EXPECT_EQ(counties[2].panel_weight, 60.0F);
  s.output.panel_households = 0;
  engine::choose_panel(counties, households, s);
  for (const County& c : counties) EXPECT_EQ(c.panel_limit, 0U);
}

TEST(PanelColumns, HaveNamesUnitsAndFlagsThatFit) {
  std::set<std::string> names;
  for (const PanelColumn& c : panel_columns()) {
    EXPECT_TRUE(names.insert(c.name).second) << c.name;
    EXPECT_FALSE(c.unit.empty());
    EXPECT_GT(c.meaning.size(), 5U);
    if (!c.flags.empty()) {
      EXPECT_EQ(c.unit, "1") << c.name;
    }
    if (c.name != "cause") continue;
    std::istringstream words(c.flags);
    std::string word;
    words >> word;
    EXPECT_EQ(word, "none");
    for (std::size_t k = 0; k < kCauses; ++k) {
      words >> word;
      EXPECT_EQ(word, name_of(static_cast<Cause>(k)));
    }
    EXPECT_FALSE(words >> word);
  }
  EXPECT_GT(names.size(), 35U);
}

TEST(PanelColumns, ThePlanNamesItsBits) {
  for (const PanelColumn& c : panel_columns()) {
    if (c.name != "plan") continue;
    for (std::size_t m = 0; m < kMeasureKinds; ++m) {
      const auto measure = static_cast<Measure>(m);
      const std::string words = std::to_string(bit(measure)) + ' ' + std::string(name_of(measure));
      EXPECT_NE(c.meaning.find(words), std::string::npos) << words;
    }
  }
}

/// Everybody, through the whole run; and every county as its years closed.
class PanelOfEverybody : public testing::Test {
 protected:
  struct Closed {
    std::vector<std::uint32_t> ids;
    std::vector<float> income, residents, wealth, bills;
    std::vector<std::uint8_t> members, status;
    std::array<std::vector<float>, kComponents> flows;
  };
  struct Whole {
    PanelRun run;
    std::map<std::pair<int, std::uint16_t>, Closed> closed;
  };
  static const Whole& whole() {
    static const Whole& it = *make();
    return it;
  }
  static const test::PanelKeeper& kept() { return whole().run.kept; }
  static int first() { return year_of(kept().info().start); }
  static int last() { return year_of(kept().info().end); }

 private:
  static Whole* make() {
    static Whole w;
    RunControl control;
    control.observe = [](const CountyYear& y) {
      Closed& c = w.closed[{y.frame.year, y.county.number}];
      const HouseholdTable& t = y.county.households;
      c.ids = t.id;
      c.members = t.members;
      c.status = t.status;
      c.wealth = t.wealth;
      c.bills = t.bills;
      c.income.assign(y.income.begin(), y.income.end());
      c.residents.assign(y.residents.begin(), y.residents.end());
      c.flows = y.flows;
    };
    run_panel(w.run, test::with_panel(small_scenario(), test::kEverybody), control);
    return &w;
  }
};

TEST_F(PanelOfEverybody, WeightedMeansAreTheNationsIndicators) {
  const auto& info = kept().info();
  const auto indicator = [&](std::string_view name, Month month) {
    std::size_t k = 0;
    while (info.indicators[k].name != name) ++k;
    return kept().results.values(
        0)[static_cast<std::size_t>(month - info.start) * info.indicators.size() + k];
  };
  for (int year = first(); year <= last(); ++year) {
    for (const int month : {1, 6, 12}) {
      const auto income = kept().values("income", year, month);
      const auto residents = kept().values("residents", year, month);
      const auto members = kept().values("members", year, month);
      const auto poor = kept().values("poor", year, month);
      double money = 0.0, home = 0.0, persons = 0.0, below = 0.0;
      for (std::size_t h = 0; h < income.size(); ++h) {
        const auto w = static_cast<double>(kept().year(year).households[h].weight);
        money += w * income[h] * residents[h];
        home += w * residents[h];
        persons += w * members[h];
        below += w * members[h] * poor[h];
      }
      const Month m = month_of(year, month);
      EXPECT_NEAR(money / home / indicator("mean_income", m), 1.0, 1e-5) << year << '-' << month;
      EXPECT_NEAR(below / persons, indicator("headcount_ratio", m), 1e-6) << year << '-' << month;
    }
  }
}

TEST_F(PanelOfEverybody, DecemberIsWhatTheYearClosesWith) {
  for (int year = first(); year <= last(); ++year) {
    const auto income = kept().values("income", year, 12);
    const auto residents = kept().values("residents", year, 12);
    const auto wealth = kept().values("wealth", year, 12);
    const auto members = kept().values("members", year, 12);
    const auto status = kept().values("register_status", year, 12);
    const auto& households = kept().year(year).households;
    std::size_t h = 0;
    for (const RegionInfo& region : kept().info().groups[2].regions) {
      const Closed& c = whole().closed.at({year, static_cast<std::uint16_t>(region.id)});
      for (std::size_t i = 0; i < c.ids.size(); ++i, ++h) {
        ASSERT_LT(h, households.size());
        ASSERT_EQ(households[h].id, household_key(static_cast<std::uint16_t>(region.id), c.ids[i]));
        ASSERT_EQ(income[h], static_cast<double>(c.income[i]));
        ASSERT_EQ(residents[h], static_cast<double>(c.residents[i]));
        ASSERT_EQ(wealth[h], static_cast<double>(c.wealth[i]));
        ASSERT_EQ(members[h], c.members[i]);
        ASSERT_EQ(status[h], c.status[i]);
      }
    }
    EXPECT_EQ(h, households.size());
  }
}

TEST_F(PanelOfEverybody, MonthsAddUpToTheYearsFlowsAndBills) {
  const std::array<const char*, kComponents> names = {
      "farm_month", "local_wage_month", "migrant_wage_month", "transfer_month", "property_month"};
  for (const int year : {2012, 2017}) {
    std::vector<double> flows;
    std::vector<double> bills;
    for (const RegionInfo& region : kept().info().groups[2].regions) {
      const Closed& c = whole().closed.at({year, static_cast<std::uint16_t>(region.id)});
      for (std::size_t i = 0; i < c.ids.size(); ++i) {
        for (const auto& flow : c.flows) flows.push_back(static_cast<double>(flow[i]));
        bills.push_back(static_cast<double>(c.bills[i]));
      }
    }
    const std::size_t n = kept().year(year).households.size();
    std::vector<double> sums(n * kComponents, 0.0);
    std::vector<double> paid(n, 0.0);
    for (int month = 1; month <= 12; ++month) {
      const auto received = kept().values("income_month", year, month);
      const auto own = kept().values("bills_month", year, month);
      std::vector<double> parts(n, 0.0);
      for (std::size_t k = 0; k < kComponents; ++k) {
        const auto part = kept().values(names[k], year, month);
        for (std::size_t h = 0; h < n; ++h) {
          parts[h] += part[h];
          sums[h * kComponents + k] += part[h];
        }
      }
      for (std::size_t h = 0; h < n; ++h) {
        ASSERT_NEAR(parts[h], received[h], 0.05 + 1e-5 * std::abs(received[h]));
        paid[h] += own[h];
      }
    }
    for (std::size_t i = 0; i < sums.size(); ++i)
      ASSERT_NEAR(sums[i], flows[i], 0.01 + 1e-5 * std::abs(flows[i]));
    for (std::size_t h = 0; h < n; ++h) ASSERT_NEAR(paid[h], bills[h], 0.01 + 1e-5 * bills[h]);
  }
}

TEST_F(PanelOfEverybody, CodesHaveWords) {
  for (const PanelColumn& c : kept().info().panel) {
    if (c.flags.empty()) continue;
    const auto words = std::count(c.flags.begin(), c.flags.end(), ' ') + 1;
    for (const int year : {2012, 2015, last()}) {
      for (const double v : kept().values(c.name, year, 12)) {
        ASSERT_TRUE(v >= 0.0 && v < static_cast<double>(words) && v == std::floor(v)) << c.name;
      }
    }
  }
}

TEST(PanelOfSome, FollowsBranchesUnderIdsOfTheirOwn) {
  PanelRun run;
  run_panel(run, first_years(300, 2018));
  const auto begin = run.kept.year(2011).ids();
  const auto end = run.kept.year(2018).ids();
  std::size_t branches = 0;
  for (const std::uint64_t id : end) {
    const std::uint32_t own = id_in_county(id);
    const std::uint64_t founder = household_key(county_of(id), founder_of(own) << kFounderShift);
    EXPECT_EQ(begin.count(founder), 1U);
    branches += id != founder ? 1 : 0;
  }
  EXPECT_GT(branches, 3U);
}

TEST(PanelOfSome, ChangesNothingElse) {
  const ScenarioSpec s = small_scenario();
  PanelRun none;
  PanelRun some;
  run_panel(none, test::with_panel(s, 0));
  run_panel(some, test::with_panel(s, 500));
  EXPECT_TRUE(none.kept.empty());
  EXPECT_TRUE(none.kept.info().panel.empty());
  ASSERT_EQ(none.outcome.group_digests.size(), 5U);
  ASSERT_EQ(some.outcome.group_digests.size(), 7U);
  for (std::size_t g = 0; g < 5; ++g)
    EXPECT_EQ(some.outcome.group_digests[g], none.outcome.group_digests[g]);
}

TEST(PanelOfSome, ShowsTheColumnsThatWereAskedFor) {
  PanelRun all;
  run_panel(all, first_years(100));
  ScenarioSpec s = first_years(100);
  s.output.panel_columns = {"wealth", "income"};
  PanelRun two;
  run_panel(two, s);
  ASSERT_EQ(two.kept.info().panel.size(), 2U);
  EXPECT_EQ(two.kept.info().panel[0].name, "income");
  EXPECT_EQ(two.kept.values("income", 2011, 7), all.kept.values("income", 2011, 7));
  EXPECT_EQ(two.kept.values("wealth", 2011, 7), all.kept.values("wealth", 2011, 7));
  s.output.panel_columns.clear();
  PanelRun usual;
  run_panel(usual, s);
  std::size_t by_default = 0;
  for (const PanelColumn& c : panel_columns()) by_default += c.by_default ? 1 : 0;
  EXPECT_EQ(usual.kept.info().panel.size(), by_default);
  EXPECT_LT(by_default, panel_columns().size());
}

}  // namespace
}  // namespace terrace

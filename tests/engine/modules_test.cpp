// Group `modules`: what each module did in a year, and where its money went.
#include <array>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include <terrace/targeting.hpp>

#include "support/small_scenario.hpp"

namespace terrace {
namespace {

using test::SmallRun;

class ModulesOfARun : public testing::Test {
 protected:
  static const SmallRun& run() {
    static const SmallRun it = test::run_small(test::small_scenario());
    return it;
  }
  static const GroupInfo& group() { return run().results.info().groups[4]; }
  static int first() { return year_of(run().results.info().start); }
  static int last() { return year_of(run().results.info().end); }
  static double at(std::string_view name, int year, std::size_t module, std::size_t region = 0) {
    std::size_t k = 0;
    while (group().indicators.at(k).name != name) ++k;
    const auto row = static_cast<std::size_t>(year - first());
    const std::size_t cell =
        (row * group().modules.size() + module) * group().regions.size() + region;
    return run().results.values(4)[cell * group().indicators.size() + k];
  }
};

TEST_F(ModulesOfARun, HasATableOfRegionsForEachModule) {
  EXPECT_EQ(group().name, "modules");
  EXPECT_TRUE(group().yearly);
  EXPECT_EQ(group().modules, run().results.info().modules);
  EXPECT_EQ(group().regions.size(), run().regions(3));
  EXPECT_EQ(group().indicators.size(), module_indicators().size());
}

TEST_F(ModulesOfARun, MoneyByFateIsTheSpending) {
  double all = 0.0;
  std::array<double, kFates> by_fate{};
  for (std::size_t m = 0; m < group().modules.size(); ++m) {
    for (int year = first(); year <= last(); ++year) {
      for (std::size_t r = 0; r < group().regions.size(); ++r) {
        const double spending = at("spending", year, m, r);
        double sum = 0.0;
        std::size_t fate = 0;
        for (const char* name :
             {"spent_cash", "spent_wages", "spent_property", "spent_supplies", "spent_captured"}) {
          const double part = at(name, year, m, r);
          ASSERT_GE(part, 0.0);
          sum += part;
          if (r == 0) by_fate[fate] += part;
          ++fate;
        }
        ASSERT_NEAR(sum, spending, 0.01 + 1e-9 * spending) << group().modules[m] << ' ' << year;
        if (r == 0) all += spending;
      }
    }
  }
  const double delivered = run().december("public_delivered", last());
  EXPECT_NEAR(all / delivered, 1.0, 1e-9);
  EXPECT_NEAR(by_fate[4] / run().december("public_captured", last()), 1.0, 1e-9);
  for (const Fate f : {Fate::cash, Fate::wages, Fate::supplies, Fate::captured})
    EXPECT_GT(by_fate[static_cast<std::size_t>(f)], 0.0);
}

TEST_F(ModulesOfARun, AYearIsTheSumOfItsMonthsAndDecembersParticipants) {
  for (std::size_t m = 0; m < group().modules.size(); ++m) {
    const std::string& name = group().modules[m];
    for (int year = first(); year <= last(); ++year) {
      for (const char* what :
           {"offered", "taken", "refused", "unserved", "failed", "off_prescription", "spending"}) {
        const double monthly = run().year_sum(std::string(what) + '_' + name, year);
        ASSERT_NEAR(at(what, year, m), monthly, 1e-9 * monthly) << what << ' ' << name;
      }
      ASSERT_EQ(at("participants", year, m), run().december("participants_" + name, year));
    }
  }
}

TEST_F(ModulesOfARun, ReachFitsWhatWasTaken) {
  const PolicyCatalogue catalogue = test::builtin_catalogue();
  double again = 0.0;
  for (std::size_t m = 0; m < group().modules.size(); ++m) {
    const ModuleInfo& info = catalogue.entries()[m].info;
    const bool lends = (info.measures & bit(Measure::loan)) != 0;
    for (int year = first(); year <= last(); ++year) {
      const double taken = at("taken", year, m);
      ASSERT_GE(at("taken_persons", year, m), taken) << info.name << ' ' << year;
      ASSERT_LE(at("first_taken", year, m), taken) << info.name << ' ' << year;
      again += taken - at("first_taken", year, m);
      const bool serves = info.allocation != Allocation::works && at("participants", year, m) > 0.0;
      ASSERT_EQ(at("served_persons", year, m) > 0.0, serves) << info.name << ' ' << year;
      ASSERT_EQ(at("lent", year, m) > 0.0, lends && taken > 0.0) << info.name << ' ' << year;
    }
  }
  EXPECT_GT(again, 0.0) << "allowances, say, are taken again and again";
}

TEST_F(ModulesOfARun, CountiesAddUpToTheNation) {
  const std::size_t provinces = run().regions(1);
  for (const IndicatorInfo& i : group().indicators) {
    for (std::size_t m = 0; m < group().modules.size(); ++m) {
      double sum = 0.0;
      for (std::size_t r = 1 + provinces; r < group().regions.size(); ++r)
        sum += group().regions[r].weight * at(i.name, last(), m, r);
      const double nation = at(i.name, last(), m);
      ASSERT_NEAR(sum, nation, 1e-9 * nation) << i.name;
    }
  }
}

TEST(ModulesChoice, OnlyWhatIsAskedForIsRecorded) {
  ScenarioSpec s = test::small_scenario();
  s.end = month_of(2014, 12);
  s.indicators = {"headcount_ratio", "spent_cash"};
  const SmallRun run = test::run_small(s);
  ASSERT_EQ(run.results.info().groups.size(), 4U);
  EXPECT_EQ(run.results.info().groups[3].name, "modules");
  EXPECT_EQ(run.results.info().indicators_of(3).size(), 1U);
}

TEST(ModulesChoice, NamesAreNobodyElses) {
  std::set<std::string> names;
  for (const IndicatorInfo& i : indicators({"industry"})) names.insert(i.name);
  for (const IndicatorInfo& i : targeting_indicators()) names.insert(i.name);
  for (const IndicatorInfo& i : module_indicators()) {
    EXPECT_TRUE(names.insert(i.name).second) << i.name;
    EXPECT_LT(i.numerator, kModuleYearSums);
  }
}

}  // namespace
}  // namespace terrace

// What a month's figures are: worked out by hand, and consistent with each other in a run.
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "engine/county_year.hpp"
#include "engine/model.hpp"
#include "engine/results.hpp"
#include "support/hand_county.hpp"

namespace terrace {
namespace {

using test::HandCounty;
using test::SmallRun;

double value(const HandCounty& hand, const char* name) {
  engine::RegionSums region;
  region.add(hand.report, 11, 10.0);
  for (const IndicatorInfo& i : indicators({"a", "b", "c", "d", "e"})) {
    if (i.name == name) return engine::value_of(i, region);
  }
  ADD_FAILURE() << name;
  return 0.0;
}

TEST(Indicators, OfACountyMadeByHand) {
  HandCounty hand(2017);
  hand.frame.price = 1.1;
  // Line 2,952. Persons: 2 at half the line, 4 at 2,951, 2 at 3,000, 2 at 10,000.
  hand.add({.income = 1'476, .consumption = 500, .status = Status::registered});
  hand.add({.income = 2'951, .house = House::d, .members = {{}, {}, {}, {}}});
  hand.add({.income = 3'000, .water = false, .status = Status::relapsed});
  hand.add({.income = 10'000, .insured = false, .status = Status::exited});
  hand.begin(month_of(2017, 12));
  const engine::Model model = engine::make_model(test::small_scenario(), test::builtin_catalogue());
  engine::tally_month(hand.work, model);

  EXPECT_DOUBLE_EQ(value(hand, "persons"), 100.0);
  EXPECT_DOUBLE_EQ(value(hand, "households"), 40.0);
  EXPECT_DOUBLE_EQ(value(hand, "poor_persons"), 60.0);
  EXPECT_DOUBLE_EQ(value(hand, "headcount_ratio"), 0.6);
  EXPECT_DOUBLE_EQ(value(hand, "headcount_ratio_exit_line"), 0.8);
  EXPECT_NEAR(value(hand, "poverty_gap"), (2 * 0.5 + 4 / 2'952.0) / 10, 1e-12);
  EXPECT_NEAR(value(hand, "squared_poverty_gap"), (2 * 0.25 + 4 / 2'952.0 / 2'952.0) / 10, 1e-12);
  EXPECT_NEAR(value(hand, "watts"), (2 * std::log(2.0) + 4 * std::log(2'952.0 / 2'951.0)) / 10,
              1e-9);
  EXPECT_NEAR(value(hand, "mean_income"), (2 * 1'476 + 4 * 2'951 + 2 * 3'000 + 2 * 10'000) / 10.0,
              1e-9);
  EXPECT_DOUBLE_EQ(value(hand, "registered_persons"), 40.0);
  EXPECT_DOUBLE_EQ(value(hand, "registered_households"), 20.0);
  EXPECT_DOUBLE_EQ(value(hand, "inclusion_error"), 0.5);
  EXPECT_DOUBLE_EQ(value(hand, "exclusion_error"), 4.0 / 6.0);
  EXPECT_DOUBLE_EQ(value(hand, "exited_households"), 10.0);
  EXPECT_DOUBLE_EQ(value(hand, "exited_poor_share"), 0.0);
  EXPECT_DOUBLE_EQ(value(hand, "registered_income"), (1'476 + 3'000) / 2.0);
  EXPECT_DOUBLE_EQ(value(hand, "food_share"), 0.8);
  EXPECT_DOUBLE_EQ(value(hand, "housing_share"), 0.6);
  EXPECT_DOUBLE_EQ(value(hand, "water_share"), 0.8);
  EXPECT_DOUBLE_EQ(value(hand, "insurance_share"), 0.8);
  EXPECT_DOUBLE_EQ(value(hand, "registered_water_share"), 0.5);
  EXPECT_DOUBLE_EQ(value(hand, "registered_food_share"), 0.5);
  EXPECT_NEAR(value(hand, "median_income"), 2'951, 0.037 * 2'951);
}

TEST(Indicators, AreNaNWithoutADenominator) {
  HandCounty hand(2017);
  hand.add({});
  hand.begin(month_of(2017, 12));
  const engine::Model model = engine::make_model(test::small_scenario(), test::builtin_catalogue());
  engine::tally_month(hand.work, model);
  for (const char* name :
       {"inclusion_error", "exclusion_error", "registered_income", "exited_poor_share"}) {
    EXPECT_TRUE(std::isnan(value(hand, name))) << name;
  }
}

TEST(Indicators, HaveNamesOfTheirOwnAndSayWhatTheyAre) {
  std::set<std::string> names;
  for (const IndicatorInfo& i : indicators({"industry", "relocation"})) {
    EXPECT_TRUE(names.insert(i.name).second) << i.name;
    EXPECT_FALSE(i.unit.empty());
    EXPECT_GT(i.meaning.size(), 5U);
  }
  EXPECT_EQ(names.count("spending_relocation"), 1U);
}

class IndicatorsOfARun : public testing::Test {
 protected:
  static const SmallRun& run() {
    static const SmallRun it = test::run_small(test::small_scenario());
    return it;
  }
  static Month first() { return run().results.info().start; }
  static Month last() { return run().results.info().end; }
};

TEST_F(IndicatorsOfARun, SharesLieBetweenZeroAndOne) {
  const auto& info = run().results.info();
  std::size_t shares = 0;
  // Figures of unit 1 that are no shares.
  const std::set<std::string> free = {"watts", "mean_effort", "market_crop_price"};
  for (const IndicatorInfo& i : info.indicators) {
    if (i.unit != "1" || free.count(i.name) != 0) continue;
    ++shares;
    for (std::size_t g = 0; g < 3; ++g) {
      for (std::size_t r = 0; r < run().regions(g); ++r) {
        for (Month m = first(); m <= last(); ++m) {
          const double v = run().at(i.name, m, g, r);
          if (!std::isnan(v)) {
            ASSERT_TRUE(v >= 0.0 && v <= 1.0) << i.name << ' ' << v;
          }
        }
      }
    }
  }
  EXPECT_GT(shares, 15U);
}

TEST_F(IndicatorsOfARun, NothingIsInfiniteAndTotalsAreNotNegative) {
  const auto& info = run().results.info();
  for (const IndicatorInfo& i : info.indicators) {
    for (Month m = first(); m <= last(); ++m) {
      const double v = run().at(i.name, m);
      ASSERT_FALSE(std::isinf(v)) << i.name;
      if (i.kind == IndicatorKind::total) {
        ASSERT_GE(v, 0.0) << i.name;
      }
    }
  }
}

TEST_F(IndicatorsOfARun, TotalsOfRegionsAddUp) {
  const auto& info = run().results.info();
  for (const IndicatorInfo& i : info.indicators) {
    if (i.kind != IndicatorKind::total) continue;
    for (Month m = first(); m <= last(); m += 5) {
      double provinces = 0.0;
      double counties = 0.0;
      for (std::size_t p = 0; p < run().regions(1); ++p) provinces += run().at(i.name, m, 1, p);
      for (std::size_t c = 0; c < run().regions(2); ++c) {
        counties += info.groups[2].regions[c].weight * run().at(i.name, m, 2, c);
      }
      const double nation = run().at(i.name, m);
      ASSERT_NEAR(provinces, nation, 1e-9 * nation) << i.name;
      ASSERT_NEAR(counties, nation, 1e-9 * nation) << i.name;
    }
  }
}

TEST_F(IndicatorsOfARun, NationalRatiosAreWeightedMeansOfCounties) {
  const auto& info = run().results.info();
  for (Month m = first(); m <= last(); m += 7) {
    double poor = 0.0;
    double persons = 0.0;
    for (std::size_t c = 0; c < run().regions(2); ++c) {
      const double n = info.groups[2].regions[c].weight * run().at("persons", m, 2, c);
      persons += n;
      poor += n * run().at("headcount_ratio", m, 2, c);
    }
    ASSERT_NEAR(run().at("headcount_ratio", m), poor / persons, 1e-12);
  }
}

TEST_F(IndicatorsOfARun, ComponentsAddUpToMeanIncome) {
  for (Month m = month_of(2012, 1); m <= last(); ++m) {  // the first year has no year before it
    double sum = 0.0;
    for (const char* part : {"income_farm", "income_local_wage", "income_migrant_wage",
                             "income_transfer", "income_property"}) {
      sum += run().at(part, m);
    }
    ASSERT_NEAR(sum / run().at("mean_income", m), 1.0, 1e-5) << m;
  }
}

TEST_F(IndicatorsOfARun, PersonsOfTheNextYearAreThoseOfThisPlusBirthsLessWhoDiedOrLeft) {
  for (std::size_t c = 0; c < run().regions(2); ++c) {
    for (int year = 2011; year < 2018; ++year) {
      const double expected =
          run().december("persons", year, 2, c) + run().year_sum("births", year, 2, c) -
          run().year_sum("deaths", year, 2, c) - run().year_sum("town_exits", year, 2, c);
      ASSERT_NEAR(run().at("persons", month_of(year + 1, 1), 2, c), expected, 1e-6 * expected)
          << year;
    }
  }
}

TEST_F(IndicatorsOfARun, PublicMoneyBalancesEveryMonth) {
  const auto& info = run().results.info();
  std::vector<double> spent(info.indicators.size(), 0.0);
  for (Month m = first(); m <= last(); ++m) {
    double parts = 0.0;
    for (const char* part : {"public_delivered", "public_overhead", "public_lost", "public_delayed",
                             "public_balance"}) {
      parts += run().at(part, m);
    }
    const double inflow = run().at("public_inflow", m);
    ASSERT_NEAR(parts, inflow, 1e-9 * inflow + 0.01);
    double delivered = 0.0;
    std::size_t k = 0;
    for (const IndicatorInfo& i : info.indicators) {
      if (i.name.rfind("spending_", 0) != 0) continue;
      spent[k] += run().at(i.name, m);
      delivered += spent[k++];
    }
    ASSERT_NEAR(delivered, run().at("public_delivered", m), 1e-9 * delivered + 0.01)
        << "month " << m;
  }
}

TEST_F(IndicatorsOfARun, TheRegisterKeepsItsBooks) {
  double listed = 0.0;
  for (Month m = first(); m <= last(); ++m) {
    const double change = run().at("additions", m) + run().at("relapses", m) -
                          run().at("removals", m) - run().at("exits", m);
    const double now = run().at("registered_households", m);
    // In January the dead of December are gone from the list, and branches of the listed are on it.
    if (month_in_year(m) != 1) {
      ASSERT_NEAR(now, listed + change, 1e-6 * (listed + 1)) << m;
    } else {
      const double branches = m > first() ? run().at("divisions", m - 1) : 0.0;
      ASSERT_LE(now, listed + branches + 1e-6);
    }
    listed = now;
  }
  EXPECT_GT(listed, 0.0);
}

}  // namespace
}  // namespace terrace

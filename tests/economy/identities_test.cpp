// What must hold in every household and county at all times of a run.
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "support/small_world.hpp"

namespace terrace {
namespace {

using test::small_scenario;
using test::SmallWorld;

struct People {
  double employed = 0, searching = 0, away = 0, pupils = 0;
};

People count(const County& c) {
  People n;
  for (const std::uint8_t a : c.persons.activity) {
    const auto activity = static_cast<Activity>(a);
    if (activity == Activity::local_wage) n.employed += 1;
    if (activity == Activity::searching) n.searching += 1;
    if (activity == Activity::migrant) n.away += 1;
    if (activity == Activity::pupil) n.pupils += 1;
  }
  return n;
}

TEST(Identity, CountersFollowPeopleThroughEveryMonth) {
  for (const int year : {2012, 2018}) {
    ScenarioSpec spec = small_scenario();
    spec.policies.at("ecological_posts").capacity = 100.0;  // so that many change between posts
    SmallWorld w(spec);
    w.advance_to(year);
    std::map<const County*, People> last;
    w.watch_year([&](CountyWork& work) {
      const County& c = *work.county;
      const People now = count(c);
      ASSERT_EQ(work.employed, now.employed) << year << " month " << work.month_number();
      ASSERT_EQ(work.searching, now.searching) << year << " month " << work.month_number();
      ASSERT_EQ(work.pupils, now.pupils) << year << " month " << work.month_number();
      double away = 0.0;
      for (const std::uint8_t n : c.households.away) away += n;
      ASSERT_EQ(away, now.away);
      // Nobody is hired beyond the posts, nobody leaves beyond the openings; what is above them
      // from before only shrinks.
      if (work.month_number() > 1) {
        ASSERT_LE(now.employed, std::max(work.posts + work.module_posts, last[&c].employed));
        ASSERT_LE(now.away, std::max(work.plan->migrant_openings, last[&c].away));
        if (work.month_number() != 2) {
          ASSERT_LE(now.away, last[&c].away) << "people leave in February";
        }
      }
      last[&c] = now;
    });
  }
}

TEST(Identity, HouseholdColumnsAreWhatTheirMembersMake) {
  SmallWorld w(small_scenario());
  w.advance_to(2017);
  w.watch_year([&](CountyWork& work) {
    if (work.month_number() % 3 != 0) return;
    County copy = *work.county;
    for (std::size_t h = 0; h < copy.households.size(); ++h) {
      economy::refresh_household(copy, h, work.month, w.model.economy);
    }
    // Ages move on between refreshes, so labour and elders may lag behind; activities may not.
    ASSERT_EQ(copy.households.away, work.county->households.away);
    const HouseholdTable& t = work.county->households;
    for (std::size_t h = 0; h < t.size(); ++h) {
      ASSERT_NEAR(copy.households.local_rate[h], t.local_rate[h], 0.05F + 0.05F * t.local_rate[h]);
      ASSERT_NEAR(copy.households.migrant_rate[h], t.migrant_rate[h],
                  0.05F + 0.05F * t.migrant_rate[h]);
    }
  });
}

TEST(Identity, WealthChangesByWhatComesInAndGoesOut) {
  SmallWorld w(small_scenario());
  w.advance_to(2014);
  const double keep = 1.0 - w.model.economy.consumption.asset_discount;
  const double kept = std::pow(1.0 - w.model.economy.farm.delta_K, 1.0 / 12.0);
  std::map<const County*, HouseholdTable> last;
  std::size_t checked = 0;
  std::size_t sales = 0;
  std::size_t goods_sold = 0;
  w.watch_year(
      [&](CountyWork& work) {
        const HouseholdTable& t = work.county->households;
        const int month = work.month_number();
        for (std::size_t h = 0; month > 2 && h < t.size();
             ++h) {  // February has the cost of moving
          if (work.village_disaster_month[t.village[h]] == month) continue;
          const HouseholdTable& b = last[work.county];
          const double spent = static_cast<double>(t.consumption[h]) * work.residents[h] / 12.0;
          const double bills = static_cast<double>(t.bills[h]) - b.bills[h];
          const double goods = 10.0 * (b.durables[h] - t.durables[h]);
          ASSERT_GE(goods, 0.0);
          const double cash = static_cast<double>(t.wealth[h]) - b.wealth[h] - work.received[h] +
                              spent + bills - keep * goods;
          const double assets = t.assets[h] - kept * b.assets[h];
          // cash = -investment + keep x sold, assets = investment - sold
          const double sold = -(cash + assets) / (1.0 - keep);
          const double invested = assets + sold;
          const double tolerance = 0.02 + 4e-6 * (std::abs(t.wealth[h]) + t.assets[h] + t.bills[h]);
          ASSERT_GE(sold, -tolerance / (1.0 - keep));
          ASSERT_GE(invested, -2 * tolerance / (1.0 - keep));
          const double limit = -w.model.economy.consumption.debt_limit *
                               static_cast<double>(work.income_2012[h]) * work.residents[h];
          if (t.wealth[h] > limit + 1.0) {
            ASSERT_NEAR(sold, 0.0, tolerance / (1.0 - keep)) << h;
            ASSERT_TRUE(goods == 0.0 || t.wealth[h] < limit + 10.0) << h;
          }
          if (sold > 1.0) {
            ASSERT_EQ(t.durables[h], 0) << "goods go before assets";
          }
          if (goods > 0.0) ++goods_sold;
          if (sold > 1.0) ++sales;
          ++checked;
        }
        last[work.county] = t;
      },
      false);
  EXPECT_GT(checked, 10'000U);
  EXPECT_GT(sales, 10U) << "the case of sales is among them";
  EXPECT_GT(goods_sold, 10U);
}

TEST(Identity, IncomeOfTwelveMonthsIsTheCalendarYearInDecember) {
  SmallWorld w(small_scenario());
  w.advance_to(2015);
  w.watch_year([&](CountyWork& work) {
    if (work.month_number() != 12) return;
    for (std::size_t h = 0; h < work.county->households.size(); ++h) {
      double sum = 0.0;
      for (const auto& component : work.this_year) sum += static_cast<double>(component[h]);
      ASSERT_NEAR(static_cast<double>(work.income_2012[h]) * work.residents[h], sum,
                  1e-5 * sum + 0.01);
      ASSERT_NEAR(work.income[h], work.income_2012[h] * w.frame.price, 1e-4 * work.income[h]);
    }
  });
}

TEST(Identity, TablesStayConsistentYearByYear) {
  SmallWorld w(small_scenario());
  while (w.year <= 2018) {
    std::map<std::pair<int, std::uint32_t>, std::size_t> before;  // number of persons by id
    double persons = 0.0;
    for (const County& c : w.counties) persons += static_cast<double>(c.persons.size());
    w.advance();
    double after = 0.0;
    for (std::size_t k = 0; k < w.counties.size(); ++k) {
      County& c = w.counties[k];
      after += static_cast<double>(c.persons.size());
      after -= w.reports[k].sums[11][sum_index(Sum::births)];
      after += w.reports[k].sums[11][sum_index(Sum::deaths)];
      after += w.reports[k].sums[11][sum_index(Sum::town_exits)];
      const std::size_t n = c.households.size();
      c.households.for_each_column([&](const auto& column) { ASSERT_EQ(column.size(), n); });
      c.persons.for_each_column(
          [&](const auto& column) { ASSERT_EQ(column.size(), c.persons.size()); });
      std::size_t next = 0;
      for (std::size_t h = 0; h < n; ++h) {
        ASSERT_EQ(c.households.first[h], next);
        ASSERT_GT(c.households.members[h], 0);
        if (h > 0) {
          ASSERT_LT(c.households.id[h - 1], c.households.id[h]);
        }
        if (h > 0) {
          ASSERT_LE(c.households.village[h - 1], c.households.village[h]);
        }
        for (std::size_t i = next + 1; i < next + c.households.members[h]; ++i) {
          ASSERT_LT(c.persons.number[i - 1], c.persons.number[i]);
        }
        ASSERT_LT(c.persons.number[next + c.households.members[h] - 1],
                  c.households.numbers_used[h]);
        next += c.households.members[h];
      }
      ASSERT_EQ(next, c.persons.size());
      for (const auto& module : c.enrolments) {
        for (std::size_t e = 0; e < module.size(); ++e) {
          ASSERT_LT(module[e].household, n);
          if (e > 0) {
            ASSERT_LE(module[e - 1].household, module[e].household);
          }
        }
      }
      ASSERT_TRUE(c.ledger.balances());
    }
    ASSERT_EQ(after, persons) << w.year << ": persons(t + 1) = persons + births - deaths - exits";
  }
}

TEST(Identity, NobodyIsAPupilForEver) {
  SmallWorld w(small_scenario());
  w.advance_to(2019);
  for (const County& c : w.counties) {
    for (std::size_t i = 0; i < c.persons.size(); ++i) {
      if (static_cast<Activity>(c.persons.activity[i]) != Activity::pupil) continue;
      ASSERT_LE(economy::age_at(c.persons.birth[i], month_of(2018, 12)), 25);
      ASSERT_LE(c.persons.schooling[i], 15) << "graduates have left";
    }
  }
}

}  // namespace
}  // namespace terrace

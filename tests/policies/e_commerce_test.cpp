// When a county's service points open, who keeps a shop, and what comes of it.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "policies/policy_bench.hpp"

namespace terrace::policies {
namespace {

using test::e_commerce;
using test::HandPerson;

constexpr Fen kYuan = 100;

/// A county in which everybody is young, connected and willing.
class ShopBench : public test::PolicyBench {
 public:
  ShopBench() : PolicyBench(2017, {"e_commerce"}) {
    set("e_commerce", "consent", 1.0 - 1e-12);
    set("e_commerce", "grant", 3e7);
    set("e_commerce", "youngest", 18);
    set("e_commerce", "oldest", 40);
    set("e_commerce", "schooling", 9);
    set("e_commerce", "income_gain", 0);
    set("e_commerce", "winners", 0.1);
    set("e_commerce", "tail", 2.5);
    set("e_commerce", "time_cost", 0.05);
    set("e_commerce", "cheaper", 0.01);
    hand.plan.county_money.assign(hand.county.enrolments.size(), 0.0);
  }
  std::size_t add(std::vector<HandPerson> members = {{.age = 30}}, bool network = true) {
    const std::size_t h = hand.add({.members = std::move(members)});
    if (network) hand.county.households.services[h] |= service::network;
    return h;
  }
  /// As if so much had been spent in earlier years.
  void had(Fen yuan) { hand.county.ledger.deliver(Pot::line, e_commerce, yuan * kYuan); }
  void pays(double yuan_a_year) { hand.plan.county_money[e_commerce] = yuan_a_year; }
  float farm(std::size_t h) const { return hand.work.flows.farm[h]; }
  float need(std::size_t h) const { return hand.work.flows.need[h]; }
};

TEST(ECommerce, GrantsAreSpentMonthByMonthByTheCountyAndNotByHouseholds) {
  ShopBench b;
  const std::size_t h = b.add();
  b.set("e_commerce", "consent", 1e-12);
  b.pays(1'200'000);
  b.month(month_of(2017, 1));
  EXPECT_EQ(b.delivered(e_commerce), 100'000 * kYuan);
  b.months(month_of(2017, 2), month_of(2017, 12));
  EXPECT_EQ(b.delivered(e_commerce), 1'200'000 * kYuan);
  EXPECT_EQ(b.hand.work.flows.transfer[h], 0.0F);
  EXPECT_EQ(b.hand.work.public_money[h], 0.0F);
  b.settings("e_commerce").until = month_of(2017, 12);
  b.runner.reset();
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.delivered(e_commerce), 1'200'000 * kYuan) << "nothing after the end";
}

TEST(ECommerce, CountiesOpenInTheOrderOfTheirDrawAsMoneyComes) {
  // 15 of 30 million: half of the counties, and of those that are simulated to a fifth with 3 of 6.
  for (const double fraction : {1.0, 0.2}) {
    ShopBench b;
    b.add();
    b.had(static_cast<Fen>(15'000'000 * fraction));
    b.hand.county.fraction = fraction;
    int open = 0;
    for (std::uint16_t county = 1; county <= 1'000; ++county) {
      b.hand.county.number = county;
      b.month(month_of(2017, 1));
      open += b.enrolled(e_commerce).empty() ? 0 : 1;
      b.hand.county.enrolments[e_commerce].clear();
    }
    EXPECT_NEAR(open, 500, 72);  // sd 15.8; 4.5 sd
  }
  ShopBench none;
  none.add();
  none.month(month_of(2017, 1));
  EXPECT_TRUE(none.enrolled(e_commerce).empty()) << "not without any money";
  ShopBench all;
  all.add();
  all.had(30'000'000);
  all.month(month_of(2017, 1));
  EXPECT_EQ(all.enrolled(e_commerce).size(), 1U);
  ShopBench dearer;
  dearer.add();
  dearer.settings("e_commerce").cost = 2.0;
  dearer.had(30'000'000);
  int open = 0;
  for (std::uint16_t county = 1; county <= 1'000; ++county) {
    dearer.hand.county.number = county;
    dearer.month(month_of(2017, 1));
    open += dearer.enrolled(e_commerce).empty() ? 0 : 1;
    dearer.hand.county.enrolments[e_commerce].clear();
  }
  EXPECT_NEAR(open, 500, 72) << "the same money opens half as many";
}

TEST(ECommerce, AYoungSchooledMemberAtHomeInAConnectedHousehold) {
  ShopBench b;
  const std::size_t fit = b.add({{.age = 30}});
  const std::size_t offline = b.add({{.age = 30}}, false);
  const std::size_t old = b.add({{.age = 41}});
  const std::size_t unschooled = b.add({{.age = 30, .schooling = 6}});
  const std::size_t away = b.add({{.age = 30, .activity = Activity::migrant}});
  const std::size_t two = b.add({{.age = 35, .schooling = 9}, {.age = 25, .schooling = 12}});
  b.had(30'000'000);
  b.month(month_of(2017, 1));
  EXPECT_NE(b.enrolment(e_commerce, fit), nullptr);
  for (const std::size_t h : {offline, old, unschooled, away})
    EXPECT_EQ(b.enrolment(e_commerce, h), nullptr) << h;
  ASSERT_NE(b.enrolment(e_commerce, two), nullptr);
  EXPECT_EQ(b.enrolment(e_commerce, two)->person, 1) << "the better schooled";
}

TEST(ECommerce, FewWantIt) {
  ShopBench b;
  b.set("e_commerce", "consent", 0.1);
  for (int i = 0; i < 3'000; ++i) b.add();
  b.had(30'000'000);
  b.month(month_of(2017, 1));
  // sd 16.4; 4.5 sd.
  EXPECT_NEAR(static_cast<double>(b.enrolled(e_commerce).size()), 300, 74);
  EXPECT_EQ(b.event(e_commerce, ModuleSum::offered), 3'000);
}

/// What 20,000 shops add, as shares of farm income, in ascending order.
std::vector<double> gains(double income_gain) {
  ShopBench b;
  b.set("e_commerce", "income_gain", income_gain);
  for (int i = 0; i < 20'000; ++i) b.add();
  b.had(30'000'000);
  b.month(month_of(2017, 1));
  std::vector<double> out;
  for (const Enrolment& e : b.enrolled(e_commerce)) out.push_back(static_cast<double>(e.amount));
  std::sort(out.begin(), out.end());
  return out;
}

double mean(const std::vector<double>& of) {
  double sum = 0.0;
  for (const double x : of) sum += x;
  return sum / static_cast<double>(of.size());
}

TEST(ECommerce, ManyLoseALittleFewGainMuchAndTheMeanIsNought) {
  const std::vector<double> of = gains(0.0);
  ASSERT_EQ(of.size(), 20'000U);
  const auto losers = std::count_if(of.begin(), of.end(), [](double x) { return x < 0.0; });
  EXPECT_NEAR(static_cast<double>(losers), 18'000, 191);  // sd 42.4; 4.5 sd
  EXPECT_NEAR(of.front(), -0.05, 1e-6);
  EXPECT_NEAR(of[static_cast<std::size_t>(losers) - 1], -0.05, 1e-6);
  // Winners gain 0.9 x 0.05 / 0.1 = 0.45 on average. A Pareto variable of index 2.5 is at least
  // 1 - 1/2.5 = 0.6 of its mean, 0.27; half of its draws are below 0.27 x 2^(1/2.5) = 0.356.
  EXPECT_NEAR(of[static_cast<std::size_t>(losers)], 0.27, 0.002);
  const std::size_t winners = of.size() - static_cast<std::size_t>(losers);
  EXPECT_NEAR(of[static_cast<std::size_t>(losers) + winners / 2], 0.356, 0.02);
  EXPECT_GT(of.back(), 3.0);
  // Variance 0.1 x (0.45^2 + 0.45^2 / (2.5 x 0.5)) + 0.9 x 0.05^2 = 0.0387: sd of the mean 0.0014.
  EXPECT_NEAR(mean(of), 0.0, 0.0063);
}

TEST(ECommerce, AMeanGainIsTheWinners) {
  const std::vector<double> of = gains(0.05);
  EXPECT_NEAR(of.front(), -0.05, 1e-6);
  // (exp(0.05) - 1 + 0.045) / 0.1 = 0.96271 on average; sd of the mean of all 0.0030.
  EXPECT_NEAR(mean(of), std::exp(0.05) - 1.0, 0.0135);
}

TEST(ECommerce, ChangesFarmIncomeAndTheCostOfLivingByEffect) {
  for (const double effect : {0.0, 1.0, 2.0}) {
    ShopBench b;
    b.settings("e_commerce").effect = effect;
    std::vector<std::size_t> rows;
    for (int i = 0; i < 50; ++i) rows.push_back(b.add());
    const std::size_t old = b.add({{.age = 60}});
    const std::size_t offline = b.add({{.age = 30}}, false);
    b.had(30'000'000);
    b.months(month_of(2017, 1), month_of(2017, 2));
    for (const std::size_t h : rows) {
      const Enrolment* shop = b.enrolment(e_commerce, h);
      ASSERT_NE(shop, nullptr);
      EXPECT_NEAR(static_cast<double>(b.farm(h)), 1.0 + effect * static_cast<double>(shop->amount),
                  1e-6);
      EXPECT_NEAR(static_cast<double>(b.need(h)), 1.0 - 0.01 * effect, 1e-6);
    }
    for (const std::size_t h : {old, offline}) {
      EXPECT_EQ(b.farm(h), 1.0F);
      EXPECT_EQ(b.need(h), 1.0F);
    }
  }
}

TEST(ECommerce, LuckLasts) {
  ShopBench b;
  const std::size_t h = b.add();
  b.had(30'000'000);
  b.month(month_of(2017, 1));
  const float first = b.enrolment(e_commerce, h)->amount;
  b.hand.county.enrolments[e_commerce].clear();
  b.month(month_of(2018, 1));
  EXPECT_EQ(b.enrolment(e_commerce, h)->amount, first) << "who tries again fares the same";
}

TEST(ECommerce, EndsWithItsKeeperTheConnectionOrTheModule) {
  ShopBench b;
  b.settings("e_commerce").until = month_of(2017, 5);
  const std::size_t leaves = b.add();
  const std::size_t offline = b.add();
  const std::size_t dies = b.add();
  const std::size_t stays = b.add();
  b.had(30'000'000);
  b.months(month_of(2017, 1), month_of(2017, 2));
  ASSERT_EQ(b.enrolled(e_commerce).size(), 4U);
  const auto& t = b.hand.county.households;
  b.hand.county.persons.activity[t.first[leaves]] = static_cast<std::uint8_t>(Activity::migrant);
  b.hand.county.households.services[offline] = 0;
  b.hand.county.persons.number[t.first[dies]] = 7;  // somebody else
  b.month(month_of(2017, 3));
  ASSERT_EQ(b.enrolled(e_commerce).size(), 1U);
  EXPECT_NE(b.enrolment(e_commerce, stays), nullptr);
  EXPECT_EQ(b.farm(leaves), 1.0F);
  b.months(month_of(2017, 4), month_of(2017, 6));
  EXPECT_TRUE(b.enrolled(e_commerce).empty());
  EXPECT_EQ(b.farm(stays), 1.0F);
  EXPECT_EQ(b.need(stays), 1.0F);
  EXPECT_EQ(b.event(e_commerce, ModuleSum::failed), 0.0);
}

}  // namespace
}  // namespace terrace::policies

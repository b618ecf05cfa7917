// Visitors from outside: whom they visit, what they find, and how often a county with many wrong
// exits would pass all the same.
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

/// Villages with so many households let go, registered and never listed in each.
void fill(HandCounty& hand, int villages, int left, int listed, int never) {
  for (int v = 0; v < villages; ++v) {
    if (v > 0) hand.add_village({});
    for (int i = 0; i < left; ++i) hand.add({.status = Status::exited});
    for (int i = 0; i < listed; ++i) hand.add({.status = Status::registered});
    for (int i = 0; i < never; ++i) hand.add({});
  }
  hand.plan.delist_share = 0.5;
}

const Evaluation& december(HandCounty& hand, const RegistryParameters& p) {
  hand.begin(month_of(hand.frame.year, 12));
  evaluate(hand.work, p);
  return hand.report.evaluation;
}

TEST(Evaluation, HalfOfTheVisitsGoToThoseLetGo) {
  HandCounty hand(2017);
  fill(hand, 8, 60, 30, 60);
  const Evaluation& e = december(hand, hand.registry);
  EXPECT_EQ(e.visits, 218.0);
  EXPECT_EQ(e.exited, 109.0);
  EXPECT_EQ(e.unlisted, 54.0);  // 54.5 each; the odd one goes to the registered
  EXPECT_EQ(e.wrongful, 0.0);
  EXPECT_EQ(e.missed, 0.0);
  EXPECT_NEAR(e.approval, 0.97, 4.5 * std::sqrt(0.97 * 0.03 / 218));
}

TEST(Evaluation, OnlyDesignatedCountiesThatQualifyAreVisited) {
  const auto visits = [](auto&& change) {
    HandCounty hand(2017);
    fill(hand, 6, 20, 1, 29);  // 2 % of persons are registered
    hand.plan.delist_share = 0.021;
    RegistryParameters p = hand.registry;
    change(hand, p);
    return december(hand, p).visits;
  };
  EXPECT_EQ(visits([](HandCounty&, RegistryParameters&) {}), 169.0);
  EXPECT_EQ(visits([](HandCounty& c, RegistryParameters&) { c.county.designated = false; }), 0.0);
  EXPECT_EQ(visits([](HandCounty& c, RegistryParameters&) { c.plan.delisted = true; }), 0.0);
  EXPECT_EQ(visits([](HandCounty& c, RegistryParameters&) { c.plan.delist_share = 0.02; }), 0.0);
  EXPECT_EQ(visits([](HandCounty& c, RegistryParameters&) { c.frame.registry = false; }), 0.0);
  EXPECT_EQ(visits([](HandCounty&, RegistryParameters& p) { p.evaluation.first_year = 2018; }),
            0.0);
  EXPECT_EQ(visits([](HandCounty&, RegistryParameters& p) { p.evaluation.tp_n = 0; }), 0.0);
}

TEST(Evaluation, WhereAStratumIsShortAllOfItIsVisited) {
  HandCounty hand(2017);
  fill(hand, 6, 20, 2, 100);
  const Evaluation& e = december(hand, hand.registry);
  EXPECT_EQ(e.exited, 109.0);
  EXPECT_EQ(e.unlisted, 54.0);
  EXPECT_EQ(e.visits, 109.0 + 12.0 + 54.0);
}

TEST(Evaluation, ASampledCountyIsVisitedAsAWholeOneWouldBe) {
  // Two villages stand for six: each is drawn anew, and its households with it.
  HandCounty hand(2017);
  fill(hand, 2, 30, 12, 20);
  double visits = 0.0;
  for (std::uint32_t r = 0; r < 20; ++r) {
    hand.frame.key.replicate = r;
    const Evaluation& e = december(hand, hand.registry);
    EXPECT_EQ(e.exited, 109.0);
    visits += e.visits;
  }
  EXPECT_EQ(visits, 20 * 218.0);
}

TEST(Evaluation, FindsWrongExitsAndMissedHouseholdsAtItsSensitivity) {
  HandCounty hand(2017);
  for (int i = 0; i < 2'000; ++i) {
    hand.add({.income = 2'000, .status = Status::exited});
    hand.add({.income = 2'000, .status = Status::removed});  // as if never listed
    hand.add({.income = i % 2 == 0 ? 2'000.0 : 9'000.0});
  }
  auto& notes = hand.county.households.notes;
  for (std::size_t h = 0; h < notes.size(); h += 6) notes[h] = note::wrongful;
  RegistryParameters p = hand.registry;
  p.evaluation.tp_n = 4'000;
  p.evaluation.tp_villages = 1;
  p.evaluation.tp_sens = 0.7;
  const Evaluation& e = december(hand, p);
  EXPECT_EQ(e.exited, 2'000.0);
  EXPECT_EQ(e.unlisted, 1'000.0);
  EXPECT_EQ(e.visits, 3'000.0);
  EXPECT_DOUBLE_EQ(e.true_wrongful, 0.5);
  EXPECT_NEAR(e.wrongful, 700.0, 4.5 * std::sqrt(1'000 * 0.21));
  // Of 4,000 neither listed nor let go three quarters are poor.
  EXPECT_NEAR(e.missed, 525.0, 4.5 * std::sqrt(1'000 * 0.525 * 0.475));
  // An income below the line is an error of the unlisted only: exits go by their December.
  p.evaluation.tp_sens = 1.0;
  EXPECT_EQ(december(hand, p).wrongful, 1'000.0);
}

TEST(Evaluation, FindsThePoorAmongThoseStruckOff) {
  HandCounty hand(2017);
  for (int i = 0; i < 100; ++i) hand.add({.income = 2'000, .status = Status::removed});
  for (auto& n : hand.county.households.notes) n = note::listed;
  hand.plan.delist_share = 0.5;
  RegistryParameters p = hand.registry;
  p.evaluation.tp_n = 200;
  p.evaluation.tp_villages = 1;
  p.evaluation.tp_sens = 1.0;
  const Evaluation& e = december(hand, p);
  EXPECT_EQ(e.unlisted, 50.0);
  EXPECT_EQ(e.missed, 50.0);
}

TEST(Evaluation, GrievancesCostApproval) {
  const auto approval = [](bool queued_before, bool queued_now, double income, Status status) {
    HandCounty hand(2017);
    for (int i = 0; i < 4'000; ++i) hand.add({.income = income, .status = status});
    hand.plan.delist_share = 2.0;
    hand.begin(month_of(2017, 12));
    for (auto& n : hand.county.households.notes) n = queued_before ? note::queued : 0;
    hand.work.queued.assign(4'000, queued_now ? 1 : 0);
    RegistryParameters p = hand.registry;
    p.evaluation.tp_n = 16'000;
    p.evaluation.tp_villages = 1;
    evaluate(hand.work, p);
    EXPECT_EQ(hand.report.evaluation.visits, 4'000.0);
    return hand.report.evaluation.approval;
  };
  const double three_sd = 4.5 * std::sqrt(0.25 / 4'000);
  EXPECT_NEAR(approval(false, false, 9'000, Status::no), 0.97, three_sd);
  EXPECT_NEAR(approval(true, false, 9'000, Status::exited), 0.67, three_sd);
  EXPECT_NEAR(approval(false, true, 9'000, Status::registered), 0.67, three_sd);
  EXPECT_NEAR(approval(false, false, 2'000, Status::no), 0.67, three_sd);
  EXPECT_NEAR(approval(true, true, 2'000, Status::no), 0.37, three_sd);
  EXPECT_NEAR(approval(false, false, 2'000, Status::registered), 0.97, three_sd);
}

/// How often 0-2 wrong exits are found among 109, and how often none is, where each exit is wrong
/// with chance `rate`, correlated within villages.
struct Power {
  double passes = 0.0, nothing = 0.0;
};
constexpr int kReplications = 2'000;

Power power_of(double rate, double sensitivity, double correlation) {
  HandCounty hand(2018);
  fill(hand, 6, 30, 0, 4);
  RegistryParameters p = hand.registry;
  p.evaluation.tp_sens = sensitivity;
  std::mt19937_64 random(42);
  std::uniform_real_distribution<double> uniform;
  const double ab = correlation > 0.0 ? (1.0 - correlation) / correlation : 0.0;
  hand.begin(month_of(2018, 12));
  auto& t = hand.county.households;
  Power power;
  for (std::uint32_t r = 0; r < kReplications; ++r) {
    hand.frame.key.replicate = r;
    double here = rate;
    for (std::size_t h = 0; h < t.size(); ++h) {
      if (correlation > 0.0 && h % 34 == 0) {  // another village: its own beta rate
        const double a = std::gamma_distribution<double>(rate * ab)(random);
        const double b = std::gamma_distribution<double>((1.0 - rate) * ab)(random);
        here = a / (a + b);
      }
      t.notes[h] = uniform(random) < here ? note::wrongful : 0;
    }
    evaluate(hand.work, p);
    const Evaluation& e = hand.report.evaluation;
    EXPECT_EQ(e.exited, 109.0);
    if (e.wrongful / e.exited < p.evaluation.wrong_max) power.passes += 1.0 / kReplications;
    if (e.wrongful == 0.0) power.nothing += 1.0 / kReplications;
  }
  return power;
}

void expect_share(double share, double expected, double rate) {
  const double e = std::max(0.005, expected);
  // Tables give two decimals.
  EXPECT_NEAR(share, expected, 0.006 + 4.5 * std::sqrt(e * (1.0 - e) / kReplications)) << rate;
}

TEST(EvaluationPowerSlow, AllFound) {
  // Binomial: at most two of 109.
  expect_share(power_of(0.01, 1.0, 0.0).passes, 0.90, 0.01);
  expect_share(power_of(0.02, 1.0, 0.0).passes, 0.63, 0.02);
  expect_share(power_of(0.04, 1.0, 0.0).passes, 0.18, 0.04);
  expect_share(power_of(0.08, 1.0, 0.0).passes, 0.01, 0.08);
}

TEST(EvaluationPowerSlow, SevenTenthsFound) {
  expect_share(power_of(0.01, 0.7, 0.0).passes, 0.96, 0.01);
  expect_share(power_of(0.02, 0.7, 0.0).passes, 0.80, 0.02);
  expect_share(power_of(0.04, 0.7, 0.0).passes, 0.41, 0.04);
  expect_share(power_of(0.08, 0.7, 0.0).passes, 0.05, 0.08);
}

TEST(EvaluationPowerSlow, ErrorsThatClusterInVillages) {
  const double expected[4][3] = {
      {0.01, 0.92, 0.55}, {0.02, 0.78, 0.30}, {0.04, 0.46, 0.09}, {0.08, 0.10, 0.01}};
  for (const auto& [rate, passes, nothing] : expected) {
    const Power power = power_of(rate, 0.7, 0.05);
    expect_share(power.passes, passes, rate);
    expect_share(power.nothing, nothing, rate);
  }
}

}  // namespace
}  // namespace terrace::registry

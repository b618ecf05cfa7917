// Loans of the credit cooperative and durable goods, by hand.
#include <cmath>

#include <gtest/gtest.h>

#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

using test::HandCounty;

void set_figures(Credit& p) {
  p.loan_rate = 1.0;
  p.loan_labour = 1.0;
  p.loan_cap = 10'000;
  p.loan_share = 0.3;
  p.loan_interest = 0.06;
  p.loan_months = 24;
  p.loan_default = 0.2;
  p.loan_extension = 12;
  p.durable_share = 0.06;
  p.durable_decay = 0.1;
}

TEST(Credit, ALoanIsInvested) {
  HandCounty hand(2015);
  set_figures(hand.economy.credit);
  hand.frame.price = 1.25;
  hand.add({.income = 10'000, .assets = 3'000});  // 8,000 yuan of 2012 a head, two members
  hand.add({.income = 60'000, .assets = 3'000});
  hand.begin(month_of(2015, 1));
  open_credit(hand.work, hand.economy);
  const HouseholdTable& t = hand.county.households;
  EXPECT_EQ(t.loan[0], 600) << "0.3 x 16,000 x 1.25, tens of nominal yuan";
  EXPECT_NEAR(t.assets[0], 3'000 + 4'800, 0.01);
  EXPECT_EQ(t.loan_due[0], pack_month(month_of(2017, 1)));
  EXPECT_EQ(t.loan[1], 1'250) << "10,000 yuan of 2012 at most";
}

TEST(Credit, WhoGetsNone) {
  HandCounty hand(2015);
  set_figures(hand.economy.credit);
  const std::size_t able = hand.add({});
  const std::size_t poor = hand.add({.income = 2'900});
  const std::size_t weak = hand.add({.members = {{.disability = 1}}});
  const std::size_t owing = hand.add({});
  const std::size_t in_debt = hand.add({.wealth = -8'500});  // the limit: 0.53 x 16,000 = 8,480
  hand.begin(month_of(2015, 1));
  HouseholdTable& t = hand.county.households;
  t.loan[owing] = 100;
  t.loan_due[owing] = pack_month(month_of(2016, 1));
  open_credit(hand.work, hand.economy);
  EXPECT_GT(t.loan[able], 0);
  EXPECT_EQ(t.loan[poor], 0);
  EXPECT_EQ(t.loan[weak], 0);
  EXPECT_EQ(t.loan[in_debt], 0);
  EXPECT_EQ(t.loan_due[poor], kNoMonth);
  EXPECT_EQ(t.loan[owing], 100);
  EXPECT_EQ(t.loan_due[owing], pack_month(month_of(2016, 1)));
}

TEST(Credit, IsTakenAtItsRate) {
  HandCounty hand(2015);
  set_figures(hand.economy.credit);
  hand.economy.credit.loan_rate = 0.04;
  for (int k = 0; k < 4'000; ++k) hand.add({});
  hand.begin(month_of(2015, 1));
  open_credit(hand.work, hand.economy);
  int loans = 0;
  for (const std::uint16_t loan : hand.county.households.loan) loans += loan > 0 ? 1 : 0;
  // 160 expected, standard deviation 12.4: a false alarm in one of 15,000 seeds.
  EXPECT_NEAR(loans, 160, 50);
}

TEST(Credit, InterestIsNegativePropertyIncome) {
  HandCounty hand(2015);
  set_figures(hand.economy.credit);
  hand.frame.price = 1.25;
  hand.add({.assets = 0, .wealth = 50'000});
  hand.begin(month_of(2015, 3));
  HouseholdTable& t = hand.county.households;
  t.loan[0] = 600;
  t.loan_due[0] = pack_month(month_of(2016, 1));
  hand.work.received[0] = 1'000.0F;
  pay_interest(hand.work, hand.economy);
  const double interest = 6'000 * 0.06 / 12 / 1.25;
  EXPECT_NEAR(hand.work.this_year[static_cast<std::size_t>(Component::property)][0], -interest,
              1e-3);
  EXPECT_NEAR(hand.work.received[0], 1'000 - interest, 1e-3);
}

/// A household with 16,000 yuan a year and a loan of 5,000 that is due now, after consumption.
HandCounty& due(HandCounty& hand, int households, double wealth, double default_chance) {
  set_figures(hand.economy.credit);
  hand.economy.credit.loan_default = default_chance;
  for (int k = 0; k < households; ++k) hand.add({.income = 8'000, .wealth = wealth});
  hand.begin(month_of(2015, 1));
  for (std::size_t h = 0; h < hand.county.households.size(); ++h) {
    hand.county.households.loan[h] = 500;
    hand.county.households.loan_due[h] = pack_month(month_of(2015, 1));
  }
  repay_loans(hand.work, hand.economy);
  return hand;
}

TEST(Credit, IsRepaidOutOfWealthDownToTheDebtLimit) {
  HandCounty hand(2015);
  const HouseholdTable& t = due(hand, 1, -3'400, 1.0).county.households;
  EXPECT_NEAR(t.wealth[0], -8'400, 0.01) << "the limit is 8,480";
  EXPECT_EQ(t.loan[0], 0);
  EXPECT_EQ(t.loan_due[0], kNoMonth);
  EXPECT_EQ(hand.work.event(Sum::defaults), 0.0);
}

TEST(Credit, OutOfReachItIsExtendedOrWrittenOff) {
  HandCounty extended(2015);
  const HouseholdTable& later = due(extended, 1, -3'600, 0.0).county.households;
  EXPECT_EQ(later.loan[0], 500);
  EXPECT_EQ(later.loan_due[0], pack_month(month_of(2016, 1)));
  EXPECT_EQ(later.wealth[0], -3'600.0F);
  HandCounty lost(2015);
  const HouseholdTable& t = due(lost, 1'000, -3'600, 0.2).county.households;
  int defaults = 0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    ASSERT_EQ(t.wealth[h], -3'600.0F) << "nothing is paid either way";
    ASSERT_EQ(t.loan[h] == 0, t.loan_due[h] == kNoMonth);
    defaults += t.loan[h] == 0 ? 1 : 0;
  }
  // 200 expected, standard deviation 12.6.
  EXPECT_NEAR(defaults, 200, 50);
  EXPECT_EQ(lost.work.event(Sum::defaults), defaults);
}

TEST(Durables, AreRenewedByAShareOfConsumption) {
  HandCounty hand(2015);
  set_figures(hand.economy.credit);
  hand.add({.consumption = 6'000});
  hand.begin(month_of(2015, 1));
  HouseholdTable& t = hand.county.households;
  t.durables[0] = 500;
  hand.economy.credit.loan_rate = 0.0;
  open_credit(hand.work, hand.economy);
  EXPECT_EQ(t.durables[0], 522) << "0.9 x 5,000 + 0.06 x 12,000 = 5,220";
  t.durables[0] = 0;
  hand.frame.first_year = true;
  open_credit(hand.work, hand.economy);
  EXPECT_EQ(t.durables[0], 72) << "who has sold all begins anew, in the first year too";
}

/// What distress leaves: a household at its debt limit that lacks some thousand yuan.
struct Left {
  double goods, assets, wealth, limit, cash, invested;
};

Left sell(double goods) {
  HandCounty hand(2013);
  hand.add({.assets = 2'000, .wealth = -6'500});
  HouseholdTable& t = hand.county.households;
  t.last_year[static_cast<std::size_t>(Component::transfer)][0] = 12'000.0F;
  t.reference[0] = 5'500.0F;
  t.durables[0] = static_cast<std::uint16_t>(goods / 10);
  hand.begin(month_of(2013, 1));
  hand.work.received[0] = 100.0F;
  consumption(hand.work, hand.economy);
  const double x = t.reference[0];
  const double rate = 0.06 + 0.11 * (x / 2'952 - 1);
  const double invested = 0.105 * rate * (11'000 - 2 * 0.8 * 2'952) / 12;
  const double cash = -6'500 + 100 - static_cast<double>(t.consumption[0]) * 2 / 12 - invested;
  return {10.0 * t.durables[0], t.assets[0], t.wealth[0], -0.53 * 11'000, cash, invested};
}

TEST(Durables, AreSoldBeforeProductiveAssets) {
  const Left many = sell(5'000);
  const double kept = 2'000 * std::pow(0.9, 1.0 / 12) + many.invested;
  const double lacks = (many.limit - many.cash) / 0.7;
  EXPECT_NEAR(many.assets, kept, 0.5) << "assets stay";
  EXPECT_NEAR(5'000 - many.goods, lacks, 10.0) << "in whole tens, at a discount of 0.3";
  EXPECT_GE(5'000 - many.goods, lacks - 0.5);
  EXPECT_NEAR(many.wealth, many.cash + 0.7 * (5'000 - many.goods), 0.5);
  const Left few = sell(800);
  EXPECT_EQ(few.goods, 0.0);
  EXPECT_NEAR(kept - few.assets, lacks - 800, 0.5) << "then what is still lacking";
  EXPECT_NEAR(few.wealth, few.limit, 0.5);
}

}  // namespace
}  // namespace terrace::economy

// Four measures of falling back, each worked by hand.
#include <cmath>

#include <gtest/gtest.h>

#include <terrace/maths.hpp>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

constexpr std::uint8_t kSeenPoor = note::surveyed | note::survey_poor;

class Relapse : public testing::Test {
 protected:
  /// Two members unless said; exited before this year.
  std::size_t left(double income, Status status = Status::exited, std::size_t members = 2) {
    return hand.add(
        {.income = income, .status = status, .members = std::vector<test::HandPerson>(members)});
  }
  void begin() { hand.begin(month_of(2017, 12)); }
  double count(YearSum which) {
    count_relapses(hand.work, hand.registry);
    return hand.work.of_year(which);
  }
  HandCounty hand{2017};
  HouseholdTable& t = hand.county.households;
};

TEST_F(Relapse, IsCountedOverThoseWhoHadLeftOnTheFirstOfJanuary) {
  left(8'000, Status::exited, 3);
  left(8'000, Status::registered);
  left(8'000, Status::relapsed);
  left(8'000, Status::no);
  const auto this_year = left(8'000, Status::registered);
  begin();
  hand.work.status_before = t.status;
  t.status[this_year] = static_cast<std::uint8_t>(Status::exited);
  EXPECT_EQ(count(YearSum::left_before), 3.0);
}

TEST_F(Relapse, IsTrueWhereOneIsPoorNowAndWasNotLastDecember) {
  left(2'951, Status::exited, 3);  // falls below 2,952
  const auto poor = left(2'000);   // was poor already: it never got out
  left(2'952, Status::exited, 4);  // at the line
  begin();
  t.poor_years[poor] = 1;
  EXPECT_EQ(count(YearSum::relapse_true), 3.0);
  EXPECT_EQ(hand.work.of_year(YearSum::relapse_risk_set), 7.0);
}

TEST_F(Relapse, IsSeenByTheSurveyOnlyWhereItCameTwice) {
  for (int i = 0; i < 5; ++i) left(8'000, Status::exited, static_cast<std::size_t>(i) + 1);
  begin();
  t.notes = {note::surveyed, note::surveyed, note::surveyed, kSeenPoor, 0};
  t.notes[1] |= note::listed;  // other notes do not matter
  hand.work.survey_now = {kSeenPoor, kSeenPoor, note::surveyed, kSeenPoor, kSeenPoor};
  EXPECT_EQ(count(YearSum::relapse_survey), 1.0 + 2.0);
  EXPECT_EQ(hand.work.of_year(YearSum::relapse_survey_set), 1.0 + 2.0 + 3.0);
}

TEST_F(Relapse, IsOnTheRegisterOnceWhereOneIsListedAgain) {
  const auto back = left(1'000, Status::exited, 5);
  left(8'000);
  t.left = {15, 15};
  RegistryParameters p = hand.registry;
  p.identification.sigma_score_2016 = 0.0;
  p.identification.adj_reach = 1.0;
  hand.begin(month_of(2017, 5));
  adjust(hand.work, p);
  ASSERT_EQ(hand.status(back), Status::relapsed);
  hand.work.month = month_of(2017, 12);
  EXPECT_EQ(count(YearSum::relapse_register), 5.0);
  EXPECT_EQ(hand.work.of_year(YearSum::left_before), 7.0);
}

TEST_F(Relapse, RiskIsTheChanceToBeBelowNextYearsLine) {
  const auto h = left(3'500);
  begin();
  hand.frame.next_line = 2'995;
  EXPECT_NEAR(count(YearSum::relapse_risk) / t.members[h],
              exact::normal_cdf(std::log(2'995 / 3'500.0) / 0.32), 1e-9);
  EXPECT_EQ(hand.work.of_year(YearSum::relapse_risk),
            hand.work.of_year(YearSum::relapse_risk_without))
      << "no programme paid anything";
}

TEST_F(Relapse, RiskTakesTheYearsFarmShockAsGone) {
  const auto h = left(3'500);
  begin();
  hand.frame.price = 1.1;
  hand.frame.inflation = 0.02;
  hand.frame.reference_growth = 0.05;
  hand.frame.next_line = 3'000;
  hand.work.this_year[0][h] =
      2'000.0F;  // of two residents, 1,000 yuan of 2012 a head, 1,100 nominal
  hand.work.farm_shock[h] = -0.5F;
  const double expected = (3'500 + 1'100 * (std::exp(0.5) - 1)) * 1.02 * 1.05;
  EXPECT_NEAR(count(YearSum::relapse_risk) / 2.0,
              exact::normal_cdf(std::log(3'000 / expected) / 0.32), 1e-6);
}

TEST_F(Relapse, RiskWithoutPolicyTakesItsCashAway) {
  const auto h = left(3'500);
  begin();
  hand.frame.price = 1.1;
  hand.frame.next_line = 3'000;
  hand.work.public_money[h] = 2'000.0F;  // 1,100 a head, nominal
  const double with = count(YearSum::relapse_risk);
  EXPECT_NEAR(hand.work.of_year(YearSum::relapse_risk_without) / 2.0,
              exact::normal_cdf(std::log(3'000 / 2'400.0) / 0.32), 1e-6);
  EXPECT_LT(with, hand.work.of_year(YearSum::relapse_risk_without));
}

TEST_F(Relapse, RiskWithoutAnyOtherIncomeIsAlmostCertain) {
  const auto h = left(3'500);
  begin();
  hand.work.public_money[h] = 1e6F;
  hand.frame.next_line = 3'000;
  EXPECT_NEAR(count(YearSum::relapse_risk_without) / 2.0, 1.0, 1e-9);
}

}  // namespace
}  // namespace terrace::registry

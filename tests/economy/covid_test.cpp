// The path of the epidemic.
#include "economy/covid.hpp"

#include <gtest/gtest.h>

#include "economy/economy.hpp"
#include "support/hand_county.hpp"

namespace terrace::economy {
namespace {

double months_lost(const Covid& c, int year) {
  double lost = 0.0;
  for (int month = 1; month <= 8; ++month) lost += covid_loss(c, year, month);
  return lost;
}

TEST(Epidemic, LosesWhatThePathLosesBeyondAUsualYear) {
  Covid c = load_economy(test::default_values()).covid;
  // 1 + 0.75 + 0.45 + 0.2 + 0.08 + 0.03 = 2.51 months away from work, one of them every year.
  EXPECT_NEAR(months_lost(c, 2020), 1.51, 1e-9);
  EXPECT_NEAR(covid_loss(c, 2020, 2), 1.51 / 2.51, 1e-12);
  EXPECT_EQ(covid_loss(c, 2020, 1), 0.0);
  EXPECT_EQ(covid_loss(c, 2020, 9), 0.05);
  EXPECT_EQ(months_lost(c, 2019), 0.0);
  c.normal_gap = 2.0;
  EXPECT_NEAR(months_lost(c, 2020), 0.51, 1e-9);
  c.epidemic = 0.0;
  EXPECT_EQ(months_lost(c, 2020), 0.0);
  EXPECT_EQ(covid_loss(c, 2020, 12), 0.0);
}

TEST(Epidemic, CutsWagesNotFarmsOrTransfers) {
  auto earn = [](double epidemic, int month) {
    test::HandCounty hand(2020);
    hand.economy.covid.epidemic = epidemic;
    hand.add(
        {.members = {{.activity = Activity::migrant}, {.activity = Activity::local_wage}, {}}});
    hand.begin(month_of(2020, month));
    income(hand.work, hand.economy);
    std::array<float, kComponents> out{};
    for (std::size_t k = 0; k < kComponents; ++k) out[k] = hand.work.this_year[k][0];
    return out;
  };
  const auto with = earn(1.0, 3);
  const auto without = earn(0.0, 3);
  const double lost = 0.75 * 1.51 / 2.51;
  EXPECT_NEAR(with[2] / without[2], 1.0 - lost, 1e-5);
  EXPECT_NEAR(with[1] / without[1], 1.0 - 0.4 * lost, 1e-5);
  EXPECT_EQ(with[0], without[0]);
  EXPECT_EQ(with[3], without[3]);
  EXPECT_NEAR(earn(1.0, 10)[1] / earn(0.0, 10)[1], 0.95, 1e-5) << "all wages alike from September";
}

}  // namespace
}  // namespace terrace::economy

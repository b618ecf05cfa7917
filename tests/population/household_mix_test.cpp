#include "population/household_mix.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/small_layout.hpp"

namespace terrace {
namespace {

using test::small_layout;
using testing::HasSubstr;

double mean_of(const std::vector<double>& sizes) {
  double mean = 0.0;
  for (std::size_t s = 0; s < sizes.size(); ++s) mean += static_cast<double>(s + 1) * sizes[s];
  return mean;
}

TEST(HouseholdMix, MeetsBothMargins) {
  const Layout layout = small_layout();
  const HouseholdMix mix = fit_household_mix(layout);
  EXPECT_LT(mix.worst, 1e-8);
  EXPECT_LT(mix.rounds, 5000u);
  ASSERT_EQ(mix.margins.size(), layout.household_sizes.size() + layout.ages.size());
  for (const MarginRow& row : mix.margins) EXPECT_NEAR(row.fitted, row.target, 1e-8) << row.what;
  EXPECT_NEAR(mix.mean_size, mean_of(layout.household_sizes), 1e-8);
  EXPECT_NEAR(mix.kinds.back().upto, 1.0, 1e-12);
}

TEST(HouseholdMix, AgesOfMembersAddUpToTheMargin) {
  const Layout layout = small_layout();
  const HouseholdMix mix = fit_household_mix(layout);
  constexpr int kSteps = 20000;
  std::vector<double> persons(layout.ages.size(), 0.0);
  for (const KindPlan& kind : mix.kinds) {
    for (const MemberPlan& member : kind.members) {
      for (int i = 0; i < kSteps; ++i) {
        const int age = age_months(member, (i + 0.5) / kSteps) / 12;
        for (std::size_t g = 0; g < persons.size(); ++g) {
          if (age >= layout.ages[g].age_low && age <= layout.ages[g].age_high) {
            persons[g] += kind.share / kSteps;
          }
        }
      }
    }
  }
  for (std::size_t g = 0; g < persons.size(); ++g) {
    EXPECT_NEAR(persons[g] / mix.mean_size, layout.ages[g].share, 2e-4);
  }
}

TEST(HouseholdMix, AgesStayInTheMembersRange) {
  const Layout layout = small_layout();
  const HouseholdMix mix = fit_household_mix(layout);
  for (std::size_t k = 0; k < mix.kinds.size(); ++k) {
    for (std::size_t m = 0; m < mix.kinds[k].members.size(); ++m) {
      const auto& asked = layout.kinds[k].members[m];
      int before = -1;
      for (int i = 0; i <= 1000; ++i) {
        const int age = age_months(mix.kinds[k].members[m], i / 1000.5);
        EXPECT_GE(age, before);  // older at a later place: relatives age together
        before = age;
      }
      EXPECT_EQ(age_months(mix.kinds[k].members[m], 0.0), 12 * asked.age_low);
      EXPECT_LT(before, 12 * (asked.age_high + 1));
    }
  }
}

TEST(HouseholdMix, FactorTimesItsTransposeIsTheCorrelation) {
  const Layout layout = small_layout();
  const HouseholdMix mix = fit_household_mix(layout);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t j = 0; j < 5; ++j) {
      double product = 0.0;
      for (std::size_t k = 0; k < 5; ++k) product += mix.factor[i][k] * mix.factor[j][k];
      EXPECT_NEAR(product, layout.correlation[i][j], 1e-14);
      EXPECT_TRUE(j <= i || mix.factor[i][j] == 0.0);
    }
  }
}

TEST(HouseholdMix, SaysHowFarItIsFromMarginsThatContradict) {
  Layout layout = small_layout();
  layout.ages = {{0, 15, 0.80}, {16, 24, 0.05}, {25, 44, 0.05}, {45, 59, 0.05}, {60, 89, 0.05}};
  const HouseholdMix mix = fit_household_mix(layout);
  EXPECT_GT(mix.worst, 0.1);
  for (const KindPlan& kind : mix.kinds) EXPECT_TRUE(kind.share >= 0.0 && kind.share <= 1.0);
  for (std::size_t s = 0; s < layout.household_sizes.size(); ++s) {
    EXPECT_NEAR(mix.margins[s].fitted, layout.household_sizes[s], 1e-9);  // sizes come first
  }
}

TEST(HouseholdMix, ASizeThatNobodyHasIsAllowedAShareOfZero) {
  Layout layout = small_layout();
  layout.household_sizes = {0.0, 0.22, 0.24, 0.26, 0.14, 0.14};
  const HouseholdMix mix = fit_household_mix(layout);
  EXPECT_EQ(mix.kinds[0].share, 0.0);
  EXPECT_TRUE(std::isfinite(mix.worst));
}

TEST(LayoutProblem, FindsWhatSynthesisCannotUse) {
  EXPECT_EQ(layout_problem(small_layout()), std::nullopt);

  Layout no_kind = small_layout();
  no_kind.kinds.erase(no_kind.kinds.begin(), no_kind.kinds.begin() + 2);
  EXPECT_THAT(layout_problem(no_kind).value_or(""), HasSubstr("no kind has 1 members"));

  Layout too_old = small_layout();
  too_old.kinds[0].members[0].age_high = 95;
  EXPECT_THAT(layout_problem(too_old).value_or(""), HasSubstr("elder is not covered"));

  Layout lopsided = small_layout();
  lopsided.correlation[0][1] = 0.2;
  EXPECT_THAT(layout_problem(lopsided).value_or(""), HasSubstr("symmetric"));

  Layout impossible = small_layout();
  impossible.correlation[0][1] = impossible.correlation[1][0] = 0.99;
  impossible.correlation[0][2] = impossible.correlation[2][0] = -0.99;
  EXPECT_THAT(layout_problem(impossible).value_or(""), HasSubstr("positive definite"));

  Layout crowded = small_layout();
  crowded.provinces[2].poor_2013 = 1e6;
  EXPECT_THAT(layout_problem(crowded).value_or(""), HasSubstr("Coast"));
}

}  // namespace
}  // namespace terrace

// Places, posts, grants and quotas of the four counties of hand_nation.hpp.
#include <gtest/gtest.h>

#include "hand_nation.hpp"
#include "nation/split.hpp"

namespace terrace::nation {
namespace {

using test::HandNation;

/// Registers 100, 50, 50 and 200 households; only the last county's province did not sign.
HandNation listed(ScenarioSpec scenario = test::small_scenario()) {
  HandNation n(std::move(scenario));
  const double register_of[] = {100, 50, 50, 200};
  for (std::size_t i = 0; i < 4; ++i) n.reports[i].registered_households = register_of[i];
  return n;
}

TEST(Places, GuaranteesGoByTheRegisterInProvincesThatSigned) {
  const HandNation n = listed();
  const std::size_t housing = n.module("housing");
  const auto plans = n.plans(2015);
  EXPECT_EQ(plans[0].places[housing], 500'000);
  EXPECT_EQ(plans[1].places[housing], 250'000);
  EXPECT_EQ(plans[2].places[housing], 250'000);
  EXPECT_EQ(plans[3].places[housing], 0);
}

TEST(Places, NobodyGetsMorePlacesThanItCouldUse) {
  HandNation n = listed();
  const std::size_t housing = n.module("housing");
  n.reports[0].demand[housing] = 400'000;  // of 500,000 by its register
  n.reports[2].demand[housing] = 900'000;
  n.reports[3].demand[housing] = 900'000;
  const auto plans = n.plans(2015);
  EXPECT_EQ(plans[0].places[housing], 400'000);
  EXPECT_EQ(plans[1].places[housing], 0) << "no demand";
  EXPECT_EQ(plans[2].places[housing], 600'000) << "what is left";
  EXPECT_EQ(plans[3].places[housing], 0) << "did not sign";
}

TEST(Places, GrowthOfPostsStopsWhereNobodyCouldTakeOne) {
  HandNation n = listed();
  const std::size_t eco = n.module("ecological_posts");
  n.close(2016, n.plans(2016));        // 110,000, 55,000, 55,000
  n.reports[0].demand[eco] = 120'000;  // those held, and 10,000 more
  n.reports[1].demand[eco] = 500'000;
  n.reports[2].demand[eco] = 40'000;
  const auto plans = n.plans(2017);
  EXPECT_EQ(plans[0].places[eco], 120'000);
  EXPECT_EQ(plans[1].places[eco], 265'000);
  EXPECT_EQ(plans[2].places[eco], 55'000) << "keeps what it has";
}

TEST(Places, BeforeThereIsARegisterTheyGoByTheSurvey) {
  const HandNation n;
  const std::size_t housing = n.module("housing");
  const auto plans = n.plans(2014);
  EXPECT_EQ(plans[0].places[housing], 600'000) << "300 poor of the 500 in provinces that signed";
  EXPECT_EQ(plans[3].places[housing], 0);
}

TEST(Places, RelocationGoesByDemandWhateverTheRegister) {
  HandNation n = listed();
  const std::size_t relocation = n.module("relocation");
  n.reports[1].demand[relocation] = 30;
  n.reports[3].demand[relocation] = 10;
  const auto plans = n.plans(2016);
  EXPECT_EQ(plans[0].places[relocation], 0);
  EXPECT_EQ(plans[1].places[relocation], 1'867'500);
  EXPECT_EQ(plans[3].places[relocation], 622'500);
}

TEST(Places, PostsStayWhereTheyAreAndGrowByTheRegister) {
  HandNation n = listed();
  const std::size_t eco = n.module("ecological_posts");
  auto plans = n.plans(2016);
  EXPECT_EQ(plans[0].places[eco], 110'000);
  EXPECT_EQ(plans[1].places[eco], 55'000);
  n.close(2016, plans);
  // A's register is gone: it keeps its posts, the 220,000 more go to B and C.
  n.reports[0].registered_households = 0;
  plans = n.plans(2017);
  EXPECT_EQ(plans[0].places[eco], 110'000);
  EXPECT_EQ(plans[1].places[eco], 165'000);
  EXPECT_EQ(plans[2].places[eco], 165'000);
  n.close(2017, plans);
  // Half the posts in transition: all lose alike.
  n.spec.series["transition_support"] = test::series_of({{2012, 1}, {2018, 1.0 / 3}});
  plans = n.plans(2018);
  EXPECT_EQ(plans[0].places[eco], 55'000);
  EXPECT_EQ(plans[1].places[eco], 82'500);
  EXPECT_EQ(plans[2].places[eco], 82'500);
}

TEST(Places, LessThanOneAYearComesEverySoOften) {
  ScenarioSpec s = test::small_scenario();
  s.series["housing_places"] = test::series_of({{2012, 0.4}});
  const HandNation n = listed(s);
  const std::size_t housing = n.module("housing");
  std::int64_t given = 0;
  for (int year = 2014; year < 2024; ++year) {
    std::int64_t now = 0;
    for (const CountyPlan& plan : n.plans(year)) now += plan.places[housing];
    EXPECT_LE(now, 1) << year;
    given += now;
  }
  EXPECT_EQ(given, 4) << "two fifths of a place a year in ten years";
}

TEST(Places, TransitionScalesPlaces) {
  HandNation n = listed();
  n.spec.series["transition_support"] = test::series_of({{2012, 1}, {2021, 0.2}});
  const std::size_t housing = n.module("housing");
  EXPECT_EQ(n.plans(2021)[0].places[housing], 100'000);
  EXPECT_EQ(n.plans(2020)[0].places[housing], 500'000);
}

TEST(Places, AGrantIsTheSameForEveryUnit) {
  ScenarioSpec s = test::small_scenario();
  s.policies.at("cash").enabled = true;
  s.policies.at("cash").from = month_of(2014, 1);
  HandNation n(s);
  const std::size_t cash = n.module("cash");
  const double persons[] = {400e6, 0, 100e6, 0};
  for (std::size_t i = 0; i < 4; ++i) n.reports[i].demand[cash] = persons[i];
  n.simulate(0, 0.5);  // 200 million simulated still stand for 400
  for (const CountyPlan& p : n.plans(2015))
    EXPECT_EQ(p.grant[cash], 20'000) << "100 billion over 500 million, in fen";
}

TEST(Quotas, PoorVillagesFollowTheQuotaAsFarAsThereAreVillages) {
  HandNation n;
  n.model.registry.identification.poor_villages = 20;
  auto plans = n.plans(2014);
  // 540 poor for 20 villages: A would get 11.1 and has 10; the other ten by 100 : 100 : 40.
  EXPECT_EQ(plans[0].poor_villages, 10);
  EXPECT_EQ(plans[1].poor_villages, 4);
  EXPECT_EQ(plans[2].poor_villages, 4);
  EXPECT_EQ(plans[3].poor_villages, 2);
  EXPECT_NEAR(plans[0].quota_persons, 1.086 * 300, 1e-6);
  EXPECT_EQ(n.plans(2015)[1].poor_villages, 0) << "only with the first registration";
}

TEST(Quotas, TeamsAndCadresComeWithTheModuleThatSendsThem) {
  const auto first_county = [](bool enabled, double capacity) {
    ScenarioSpec spec = test::small_scenario();
    spec.policies.at("resident_teams").enabled = enabled;
    spec.policies.at("resident_teams").capacity = capacity;
    HandNation n = listed(spec);
    n.close(2014, n.plans(2014));
    return n.plans(2015)[0];
  };
  EXPECT_EQ(first_county(true, 0.5).teams, 31'875) << "a quarter of half of 255,000";
  EXPECT_NEAR(first_county(true, 0.5).cadres, 0.625e6, 1e-3);
  EXPECT_EQ(first_county(false, 1.0).teams, 0);
  EXPECT_EQ(first_county(false, 1.0).cadres, 0.0);
}

TEST(Quotas, TeamsAndCadresAreSharedOutByTheFirstRegister) {
  HandNation n = listed();
  n.close(2014, n.plans(2014));
  n.reports[3].registered_households = 0;  // what happens later moves nobody
  n.close(2015, n.plans(2015));
  const auto plans = n.plans(2016);
  EXPECT_EQ(plans[0].teams, 63'750) << "a quarter of 255,000";
  EXPECT_EQ(plans[3].teams, 127'500);
  EXPECT_NEAR(plans[0].cadres, 1.25e6, 1e-3);
  const HandNation first;
  EXPECT_EQ(first.plans(2014)[0].teams, 0) << "nobody has counted yet";
  EXPECT_NEAR(first.plans(2014)[0].cadres, 5e6 * 300 / 540, 1e-3) << "by quota";
}

}  // namespace
}  // namespace terrace::nation

// How heavy each cause weighs, worked out by hand, and what of it goes on record.
#include "registry/causes.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"
#include "support/small_world.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;
using test::HandPerson;

Diagnosis plain_weights() {
  Diagnosis p{};
  for (double* w :
       {&p.weight_illness, &p.weight_disability, &p.weight_schooling, &p.weight_disaster,
        &p.weight_land, &p.weight_water, &p.weight_skills, &p.weight_funds, &p.weight_labour,
        &p.weight_transport, &p.weight_motivation, &p.weight_other})
    *w = 1.0;
  return p;
}

Livelihood round_livelihood() {
  Livelihood l;
  l.rho_edu = 0.05;
  l.alpha_K = 0.4;
  l.K_base = 1'000;
  l.mig_cost = 1'500;
  l.fee_preschool = 1'000;
  l.fee_senior = 2'400;
  l.fee_vocational = 3'000;
  l.fee_tertiary = 9'000;
  return l;
}

/// Four residents and a line of 2,500, so that a line for all is 10,000; a year's wage is 12,000.
Troubles four() {
  Troubles t;
  t.residents = 4;
  t.line = 2'500;
  t.wage = 1'000;
  t.labour = 2;
  return t;
}

double of(Cause cause, const Troubles& t) {
  return severities(t, plain_weights(), round_livelihood())[static_cast<std::size_t>(cause)];
}

TEST(Severity, OfAHouseholdWithoutTroublesIsTheUnexplained) {
  const Severities s = severities(four(), plain_weights(), round_livelihood());
  for (std::size_t k = 0; k + 1 < kCauses; ++k) EXPECT_EQ(s[k], 0.0) << k;
  EXPECT_EQ(s[kCauses - 1], 0.05);
  EXPECT_EQ(heaviest(s)[0], Cause::other);
  EXPECT_EQ(heaviest(s)[1], Cause::illness) << "of equal ones the first";
}

TEST(Severity, OfPeople) {
  Troubles t = four();
  t.medical_bills = 3'000;
  t.months_ill = 4;
  t.chronic = 2;
  EXPECT_DOUBLE_EQ(of(Cause::illness, t), 0.3 + 0.4 + 0.05);
  t.partly_disabled = 1;
  t.severely_disabled = 1;
  EXPECT_DOUBLE_EQ(of(Cause::disability, t), 1.8);
  t.upper_fees = 5'000;
  EXPECT_DOUBLE_EQ(of(Cause::schooling, t), 0.5);
  t.school_years_short = 5;
  EXPECT_DOUBLE_EQ(of(Cause::skills, t), 12'000 * 0.05 * 5 / 1e4);
  t.labour = 1.25;  // of two that four people need
  EXPECT_DOUBLE_EQ(of(Cause::labour, t), 1.8);
  EXPECT_EQ(of(Cause::motivation, t), 0.0);
  t.effort = 0.8;
  EXPECT_NEAR(of(Cause::motivation, t), 0.3, 1e-12);
  t.effort = 1.1;
  EXPECT_EQ(of(Cause::motivation, t), 0.0);
}

TEST(Severity, OfPlaceAndMeans) {
  Troubles t = four();
  t.farm = 8'000;
  t.local = 2'000;
  t.disaster_loss = 1'200;
  EXPECT_DOUBLE_EQ(of(Cause::disaster, t), 0.06);
  t.land = 4;
  t.median_land = 8;
  EXPECT_NEAR(of(Cause::land, t), 0.3 * 8'000 * 0.693147180560 / 1e4, 1e-9);
  t.land = 9;
  EXPECT_EQ(of(Cause::land, t), 0.0);
  t.no_water = true;
  EXPECT_EQ(of(Cause::water, t), 0.1);
  t.hazard = true;
  EXPECT_EQ(of(Cause::water, t), 0.2);
  t.assets = 2'000;
  t.median_assets = 4'000;
  EXPECT_EQ(of(Cause::funds, t), 0.0) << "who has cash can buy tools";
  t.short_of_cash = true;
  EXPECT_NEAR(of(Cause::funds, t), 0.4 * 8'000 * 0.693147180560 / 1e4, 1e-9);
  t.hours = 3;
  EXPECT_NEAR(of(Cause::transport, t), 0.05 * 3 * 10'000 / 1e4, 1e-12);
}

TEST(Severity, IsTimesItsWeight) {
  Troubles t = four();
  t.severely_disabled = 1;  // 1.2
  t.labour = 1.5;           // 1.2
  Diagnosis p = plain_weights();
  EXPECT_EQ(heaviest(severities(t, p, round_livelihood())),
            (std::array{Cause::disability, Cause::labour}));
  p.weight_labour = 1.5;
  const Severities s = severities(t, p, round_livelihood());
  EXPECT_DOUBLE_EQ(s[static_cast<std::size_t>(Cause::labour)], 1.8);
  EXPECT_EQ(heaviest(s), (std::array{Cause::labour, Cause::disability}));
}

TEST(Record, IsTheTruthTheSecondOrAnyOfTheOtherTen) {
  const std::array truth{Cause::disability, Cause::land};
  EXPECT_EQ(recorded_cause(truth, 0.2, {0.2, 0.1, 0.5}), Cause::disability);
  EXPECT_EQ(recorded_cause(truth, 0.2, {0.19, 0.49, 0.5}), Cause::land);
  const Cause ten[] = {Cause::illness,    Cause::schooling, Cause::disaster, Cause::water,
                       Cause::skills,     Cause::funds,     Cause::labour,   Cause::transport,
                       Cause::motivation, Cause::other};
  for (int k = 0; k < 10; ++k)
    EXPECT_EQ(recorded_cause(truth, 0.2, {0.19, 0.51, 0.1 * k + 0.05}), ten[k]) << k;
  EXPECT_EQ(recorded_cause(truth, 0.0, {1e-9, 0.1, 0.1}), Cause::disability);
}

TEST(Troubles, AreReadFromTwelveMonthsOfTheHousehold) {
  HandCounty hand(2014);
  hand.set_village(0, {.remoteness = 2.5, .hazard = true});
  const auto h = hand.add(
      {.farm = 10'000,
       .land_mu = 3.0,
       .assets = 500,
       .wealth = 1'000,
       .water = false,
       .members = {
           {.age = 45, .chronic = true, .schooling = 5},
           {.age = 70, .schooling = 0, .disability = 2},
           {.age = 17, .schooling = 9, .school = School::senior, .activity = Activity::pupil},
           {.age = 25, .schooling = 4, .activity = Activity::migrant, .disability = 1}}});
  hand.add({.land_mu = 6.0, .assets = 4'000});
  hand.add({.land_mu = 8.0, .assets = 9'000});
  HouseholdTable& t = hand.county.households;
  t.last_year[1][h] = 1'200.0F;
  t.bills[h] = 100.0F;
  t.bills_last_year[h] = 2'400;
  t.ill_last_year[h] = 6;
  hand.county.villages.loss[0][0] = 0.2F;
  hand.county.villages.loss[1][0] = 0.12F;
  hand.begin(month_of(2014, 5));
  hand.work.this_year[0][h] = 700.0F;
  hand.work.this_year[1][h] = 300.0F;
  hand.work.ill_months[h] = 2;
  hand.work.effort[h] = 0.9F;
  hand.work.residents[h] = 3.0F;
  hand.work.village_loss[0] = 0.3F;
  hand.work.village_disaster_month[0] = 6;
  hand.frame.price = 1.25;
  hand.frame.poverty_line = 2'500;

  Troubles got = troubles_of(hand.work, h, round_livelihood());
  EXPECT_EQ(got.residents, 3.0);
  EXPECT_DOUBLE_EQ(got.line, 2'000);
  EXPECT_DOUBLE_EQ(got.wage, 2'000 / 1.25);
  // Bills 100 + 7/12 of 2,400, of which 7/12 of 2,400 were the fees of last September.
  EXPECT_NEAR(got.medical_bills, 100.0, 1e-9);
  EXPECT_EQ(got.upper_fees, 2'400);
  EXPECT_DOUBLE_EQ(got.months_ill, 2 + 7.0 / 12 * 6);
  EXPECT_EQ(got.chronic, 1);
  EXPECT_EQ(got.partly_disabled, 1);
  EXPECT_EQ(got.severely_disabled, 1);
  // January to May bring 0.27 of a farm year.
  EXPECT_NEAR(got.farm, 700 + 0.73 * 10'000, 0.01);
  EXPECT_NEAR(got.local, 300 + 700, 1e-9);
  EXPECT_NEAR(got.disaster_loss, (0.2 + 7.0 / 12 * 0.12) * got.farm, 0.01);
  EXPECT_DOUBLE_EQ(got.land, 3.01);
  EXPECT_DOUBLE_EQ(got.median_land, 6.01);
  EXPECT_DOUBLE_EQ(got.assets, 1'500);
  EXPECT_DOUBLE_EQ(got.median_assets, 5'000);
  EXPECT_TRUE(got.no_water && got.hazard && got.short_of_cash);
  EXPECT_EQ(got.school_years_short, 4.0) << "the migrant has a paid post, the old is old";
  EXPECT_EQ(got.labour, 1.5) << "one, and half of one who works away";
  EXPECT_EQ(got.hours, 2.5);
  EXPECT_FLOAT_EQ(static_cast<float>(got.effort), 0.9F);

  hand.work.village_disaster_month[0] = 4;  // it has struck
  got = troubles_of(hand.work, h, round_livelihood());
  EXPECT_NEAR(got.disaster_loss, (0.3 + 0.2 + 0.07) * got.farm, 0.01);
}

TEST(Troubles, CountMonthsOfAnIllnessAsTheyPass) {
  HandCounty hand(2014);
  const auto h = hand.add({});
  hand.economy.health.ill_labour_loss = 6;
  hand.begin(month_of(2014, 5));
  hand.work.illnesses[4].push_back({});  // of the head, free of charge
  economy::health(hand.work, hand.economy);
  ASSERT_EQ(hand.work.ill_months[h], 6) << "May to October";
  for (const auto& [month, months] : {std::pair{5, 1.0}, {6, 2.0}, {9, 5.0}, {10, 6.0}}) {
    hand.work.month = month_of(2014, month);
    EXPECT_EQ(troubles_of(hand.work, h, round_livelihood()).months_ill, months) << month;
  }
  // From October to March: three months of this year.
  hand.county.persons.activity[0] = static_cast<std::uint8_t>(Activity::farm);
  hand.begin(month_of(2014, 10));
  hand.work.illnesses[9].push_back({.person = 1});
  economy::health(hand.work, hand.economy);
  ASSERT_EQ(hand.work.ill_months[h], 3);
  for (const auto& [month, months] : {std::pair{10, 1.0}, {11, 2.0}, {12, 3.0}}) {
    hand.work.month = month_of(2014, month);
    EXPECT_EQ(troubles_of(hand.work, h, round_livelihood()).months_ill, months) << month;
  }
}

/// The register of a small made world, as its first diagnosis sees it.
TEST(Causes, IllnessLeadsTheMixAsOnTheRegister) {
  ScenarioSpec spec = test::small_scenario();
  spec.population = test::small_population(0.2, 0.1);
  test::SmallWorld world(spec);
  world.advance_to(2015);
  std::array<double, kCauses> mix{};
  double listed = 0.0;
  for (const County& c : world.counties) {
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      if (!on_register(c.households.status[h])) continue;
      ASSERT_LT(c.households.diagnosed[h], kCauses) << "everybody is diagnosed";
      mix[c.households.diagnosed[h]] += 1.0;
      listed += 1.0;
    }
  }
  ASSERT_GT(listed, 500.0);
  const auto share = [&](Cause c) { return mix[static_cast<std::size_t>(c)] / listed; };
  // Published: illness 42 %, disaster 20, schooling 10, labour 8. Seven standard errors here, and
  // a layout that is not China's: the order counts.
  EXPECT_GT(share(Cause::illness), 0.30);
  EXPECT_LT(share(Cause::illness), 0.55);
  for (std::size_t k = 1; k < kCauses; ++k) EXPECT_LT(mix[k] / listed, share(Cause::illness)) << k;
  for (const Cause c : {Cause::disability, Cause::land, Cause::water, Cause::skills, Cause::funds,
                        Cause::transport, Cause::motivation, Cause::other})
    EXPECT_LT(share(c), share(Cause::disaster)) << name_of(c);
}

}  // namespace
}  // namespace terrace::registry

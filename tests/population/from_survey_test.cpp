// Households drawn from a survey: which, in what shares, and what is made of them.
#include "population/from_survey.hpp"

#include <cmath>
#include <map>

#include <gmock/gmock.h>

#include "population/synthesis.hpp"
#include "support/small_layout.hpp"
#include "support/small_survey.hpp"

namespace terrace {
namespace {

using test::small_population;
using test::SmallSurvey;
using H = HouseholdField;
using P = PersonField;

const PopulationParameters kDefaults = default_population_parameters();
constexpr RunKey kKey{7, 0};
constexpr Month kStart = month_of(2012, 1);

PopulationSpec spec_with(const SmallSurvey& survey, double villages = 0.1) {
  PopulationSpec spec = small_population(0.1, villages);
  spec.survey = survey.make();
  return spec;
}

std::vector<County> populate(const PopulationSpec& spec,
                             const PopulationParameters& p = kDefaults) {
  const HouseholdMix mix = fit_household_mix(spec.layout);
  const SurveyDraw draw(spec, p);
  auto counties = lay_out_counties(spec, p, kKey.seed);
  for (County& county : counties) synthesise_county(county, spec, p, mix, kKey, kStart, &draw);
  return counties;
}

/// How many households of each size there are, and all.
std::map<int, double> sizes(const std::vector<County>& counties) {
  std::map<int, double> out;
  for (const County& c : counties) {
    for (const std::uint8_t members : c.households.members) out[members] += 1.0;
  }
  return out;
}

TEST(FromSurvey, ChancesAreThoseOfTheWeights) {
  SmallSurvey survey;
  survey.add(1.0, 3);
  survey.add(5.0, 1);
  survey.add(2.0, 2);
  const auto counties = populate(spec_with(survey));
  const auto got = sizes(counties);
  const double all = got.at(1) + got.at(2) + got.at(3);
  ASSERT_GT(all, 5'000.0);
  // Systematic in each county: far closer than independent draws would be (their sd is 0.006).
  EXPECT_NEAR(got.at(1) / all, 5.0 / 8.0, 0.002);
  EXPECT_NEAR(got.at(2) / all, 2.0 / 8.0, 0.002);
  EXPECT_NEAR(got.at(3) / all, 1.0 / 8.0, 0.002);
}

TEST(FromSurvey, CountiesHoldThePersonsOfTheLayout) {
  SmallSurvey survey;
  survey.add(1.0, 2);
  survey.add(3.0, 6);
  const PopulationSpec spec = spec_with(survey);
  EXPECT_EQ(mean_household_size(spec), 5.0);
  double persons = 0.0;
  double expected = 0.0;
  for (const County& c : populate(spec)) {
    persons += c.weight / c.fraction * static_cast<double>(c.persons.size());
  }
  for (const ProvinceLayout& p : spec.layout.provinces) expected += p.poor_2013 / p.incidence_2013;
  EXPECT_NEAR(persons / expected, 1.0, 0.15);  // a tenth of the counties, of uneven size
}

TEST(FromSurvey, AHouseholdIsTheSameAtAnySamplingRate) {
  SmallSurvey survey;
  for (int k = 0; k < 50; ++k) {
    survey.add(1.0 + k % 7, 1 + static_cast<std::size_t>(k % 5));
    survey.set(H::durables, 1000.0F * static_cast<float>(k));
  }
  const auto few = populate(spec_with(survey, 0.05));
  const auto many = populate(spec_with(survey, 0.5));
  ASSERT_EQ(few.size(), many.size());
  for (std::size_t c = 0; c < few.size(); ++c) {
    std::map<std::uint32_t, std::size_t> row;
    const HouseholdTable& large = many[c].households;
    for (std::size_t h = 0; h < large.size(); ++h) row[large.id[h]] = h;
    const HouseholdTable& small = few[c].households;
    ASSERT_LT(2 * small.size(), large.size());
    for (std::size_t h = 0; h < small.size(); ++h) {
      const std::size_t other = row.at(small.id[h]);
      ASSERT_EQ(small.durables[h], large.durables[other]);
      ASSERT_EQ(small.members[h], large.members[other]);
      ASSERT_EQ(small.assets[h], large.assets[other]);
      for (std::size_t m = 0; m < small.members[h]; ++m) {
        ASSERT_EQ(few[c].persons.birth[small.first[h] + m],
                  many[c].persons.birth[large.first[other] + m]);
      }
    }
  }
}

TEST(FromSurvey, PoolsReachFartherUntilTheyAreLargeEnough) {
  // Provinces: 0 Hills (west), 1 Plain (central), 2 Coast (east).
  SmallSurvey survey;
  for (int k = 0; k < 10; ++k) survey.add(1.0, 1, 0, 1);
  for (int k = 0; k < 4; ++k) survey.add(1.0, 2, 0, 0);
  for (int k = 0; k < 3; ++k) survey.add(1.0, 3, 1, SurveySample::kAnyKind);
  survey.add(1.0, 4);
  PopulationSpec spec = spec_with(survey);
  spec.layout.provinces[2].region = Region::west;
  PopulationParameters p = kDefaults;

  p.survey_least = 5;
  const SurveyDraw five(spec, p);
  EXPECT_EQ(five.reach(0, true), SurveyReach::kind);     // 10 and the one of anywhere
  EXPECT_EQ(five.reach(0, false), SurveyReach::kind);    // 4 + 1
  EXPECT_EQ(five.reach(1, true), SurveyReach::all);      // 3 + 1, and no more in its region
  EXPECT_EQ(five.reach(2, false), SurveyReach::region);  // 1; with those of Hills 15

  p.survey_least = 6;
  EXPECT_EQ(SurveyDraw(spec, p).reach(0, false), SurveyReach::province);

  p.survey_least = 1;
  const SurveyDraw one(spec, p);
  EXPECT_EQ(one.reach(2, true), SurveyReach::kind);
  for (const double u : {0.0, 0.5, 0.999999}) EXPECT_EQ(one.row(2, true, u), 17U);
  EXPECT_EQ(one.reach(1, true), SurveyReach::kind);
  // By size: three households of 3, then the one of 4.
  EXPECT_EQ(one.row(1, true, 0.74), 16U);
  EXPECT_EQ(one.row(1, true, 0.76), 17U);
}

TEST(FromSurvey, WhatIsNotKnownIsDrawnAsInSynthesis) {
  SmallSurvey survey;
  survey.add(1.0, 2);
  const PopulationSpec with = spec_with(survey);
  PopulationSpec without = with;
  without.survey = nullptr;
  const HouseholdMix mix = fit_household_mix(with.layout);
  const SurveyDraw draw(with, kDefaults);
  for (const County& empty : lay_out_counties(without, kDefaults, kKey.seed)) {
    County made_up = empty;
    County drawn = empty;
    synthesise_county(made_up, without, kDefaults, mix, kKey, kStart);
    synthesise_county(drawn, with, kDefaults, mix, kKey, kStart, &draw);
    const HouseholdTable& a = made_up.households;
    const HouseholdTable& b = drawn.households;
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.land, b.land);
    EXPECT_EQ(a.assets, b.assets);
    EXPECT_EQ(a.wealth, b.wealth);
    EXPECT_EQ(a.u_perm, b.u_perm);
    EXPECT_EQ(a.u_pers, b.u_pers);
    EXPECT_EQ(a.house, b.house);
    EXPECT_EQ(a.services, b.services);
    EXPECT_EQ(a.reference, b.reference);
  }
}

TEST(FromSurvey, WhatIsKnownOfAHouseholdHolds) {
  SmallSurvey survey;
  survey.add(1.0, 1);  // nothing known
  survey.add(1.0, 2);
  for (const H field : {H::safe_water, H::power, H::toilet, H::cadre_kin}) survey.set(field, 1.0F);
  for (const H field : {H::insured, H::network, H::minority}) survey.set(field, 0.0F);
  survey.set(H::land_mu, 12.345F);
  survey.set(H::productive_assets, 0.0F);
  survey.set(H::liquid_wealth, -750.0F);
  survey.set(H::durables, 1234.0F);
  survey.set(H::house, static_cast<float>(House::d));
  survey.set(H::consumption, 4321.0F);
  std::size_t seen = 0;
  std::size_t insured = 0;
  for (const County& c : populate(spec_with(survey))) {
    const HouseholdTable& t = c.households;
    for (std::size_t h = 0; h < t.size(); ++h) {
      if (t.members[h] == 1) {
        insured += (t.services[h] & service::insured) != 0 ? 1 : 0;
        EXPECT_GT(t.wealth[h], 0.0F);
        continue;
      }
      ++seen;
      ASSERT_EQ(t.land[h], 1235);
      ASSERT_EQ(t.assets[h], 0.0F);
      ASSERT_EQ(t.wealth[h], -750.0F);
      ASSERT_EQ(t.durables[h], 123);
      ASSERT_EQ(t.house[h], static_cast<std::uint8_t>(House::d));
      ASSERT_EQ(t.services[h], service::water | service::power | service::toilet);
      ASSERT_EQ(t.origin[h], origin::cadre_kin);
      ASSERT_EQ(t.consumption[h], 4321.0F);
      ASSERT_EQ(t.reference[h], 0.0F);  // incomes are not known
    }
  }
  EXPECT_GT(seen, 1'000U);
  EXPECT_GT(insured, 1'000U);  // 97 % of some 5,000
}

TEST(FromSurvey, IncomesFillTheYearBefore) {
  SmallSurvey survey;
  survey.add(1.0, 4);  // one of four is away
  survey.set(P::activity, static_cast<float>(Activity::migrant));
  survey.set_incomes(6'000.0F, 1'500.0F);  // 12,000 in all, 4,000 for each of three at home
  survey.add(1.0, 2);                      // of a donor: 4,000 a head for two
  for (const County& c : populate(spec_with(survey))) {
    const HouseholdTable& t = c.households;
    for (std::size_t h = 0; h < t.size(); ++h) {
      const bool four = t.members[h] == 4;
      ASSERT_FLOAT_EQ(t.last_year[0][h], four ? 6'000.0F : 4'000.0F);
      for (std::size_t k = 1; k < kComponents; ++k) {
        ASSERT_FLOAT_EQ(t.last_year[k][h], four ? 1'500.0F : 1'000.0F);
      }
      ASSERT_FLOAT_EQ(t.reference[h], 4'000.0F);
      ASSERT_FLOAT_EQ(t.consumption[h], 4'000.0F);
      ASSERT_EQ(t.away_last_year[h], four ? 12 : 0);
    }
  }
}

TEST(FromSurvey, DonorsAreOfTheSamePlaceAndSize) {
  SmallSurvey survey;
  survey.add(1.0, 2, 0, 1);
  survey.set_incomes(1'000.0F);
  survey.add(1.0, 5, 0, 1);
  survey.set_incomes(5'000.0F);
  survey.add(1.0, 2, 1, 1);
  survey.add(1.0, 3, 0, 1);  // follows the household of 2
  survey.add(1.0, 6, 0, 1);  // follows the household of 5
  survey.add(1.0, 1, 0, 0);  // nobody before it: the first that knows
  const SurveyDraw draw(spec_with(survey), kDefaults);
  EXPECT_EQ(draw.income_row(0), 0U);
  EXPECT_EQ(draw.income_row(3), 0U);
  EXPECT_EQ(draw.income_row(4), 1U);
  EXPECT_EQ(draw.income_row(5), 0U);
  EXPECT_EQ(draw.income_row(2), 1U);
}

TEST(FromSurvey, PermanentIncomeLeansOnSurveyedIncome) {
  SmallSurvey survey;
  for (int k = 0; k < 400; ++k) {
    survey.add(1.0, 1);
    survey.set_incomes(static_cast<float>(3'000 + 37 * ((k * 211) % 400)));
  }
  for (const double tie : {0.0, 0.5, 0.9}) {
    PopulationParameters p = kDefaults;
    p.survey_tie = tie;
    const PopulationSpec spec = spec_with(survey);
    const SurveyDraw draw(spec, p);
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, yy = 0.0, xy = 0.0;
    for (const County& c : populate(spec, p)) {
      for (std::size_t h = 0; h < c.households.size(); ++h) {
        // Incomes differ by 37 yuan, so that they tell the row.
        const auto rank = static_cast<double>((c.households.reference[h] - 3'000.0F) / 37.0F);
        const double score = exact::normal_quantile((rank + 0.5) / 400.0);
        const double u = c.households.u_perm[h];
        n += 1.0, x += score, y += u, xx += score * score, yy += u * u, xy += score * u;
      }
    }
    const double vx = xx / n - x / n * x / n;
    const double vy = yy / n - y / n * y / n;
    EXPECT_NEAR((xy / n - x / n * y / n) / std::sqrt(vx * vy), tie, 0.04) << tie;
    EXPECT_NEAR(vy / p.var_perm, 1.0, 0.12) << tie;  // villages share a third of the drawn part
  }
}

TEST(FromSurvey, PersonsAreThoseAsked) {
  SmallSurvey survey;
  survey.add(1.0, 2);
  survey.set(P::age, 66.0F);
  survey.set(P::age_month, 11.0F);
  survey.set(P::relation, static_cast<float>(Relation::parent));
  survey.set(P::disability, 2.0F);
  survey.set(P::chronic, 1.0F);
  survey.set(P::mandarin, 0.0F);
  survey.set(P::married, 1.0F);
  survey.set(P::health, 0.4F);
  survey.set(P::skill, -0.25F);
  survey.set(P::school, static_cast<float>(School::done));
  survey.set(P::activity, static_cast<float>(Activity::retired));
  std::map<int, int> months;
  double speakers = 0.0;
  double all = 0.0;
  for (const County& c : populate(spec_with(survey))) {
    const PersonTable& p = c.persons;
    for (std::size_t i = 0; i < p.size(); i += 2) {
      const int age = kStart - p.birth[i];
      ASSERT_EQ(age / 12, 40);
      ++months[age % 12];
      ASSERT_EQ(p.flags[i] & flag::woman, 0);
      ASSERT_EQ(p.relation[i], static_cast<std::uint8_t>(Relation::head));
      ASSERT_EQ(p.schooling[i], 6);
      speakers += (p.flags[i] & flag::mandarin) != 0 ? 1.0 : 0.0;
      all += 1.0;

      const std::size_t k = i + 1;
      ASSERT_EQ(kStart - p.birth[k], 66 * 12 + 11);
      ASSERT_EQ(p.number[k], 1);
      ASSERT_EQ(p.relation[k], static_cast<std::uint8_t>(Relation::parent));
      ASSERT_EQ(p.flags[k], flag::woman | flag::chronic | flag::married);
      ASSERT_EQ(p.disability[k], 2);
      ASSERT_EQ(p.health[k], 102);  // 0.4 x 255
      ASSERT_EQ(p.skill[k], -25);
      ASSERT_EQ(p.activity[k], static_cast<std::uint8_t>(Activity::retired));
      ASSERT_EQ(p.state_until[k], kNoMonth);
    }
  }
  ASSERT_EQ(months.size(), 12U);
  for (const auto& [month, count] : months) EXPECT_NEAR(count / all, 1.0 / 12.0, 0.02) << month;
  // At 40 the share is mandarin_young less 20 years' decline, less mandarin_west in the west.
  EXPECT_LT(speakers / all, 0.85 - 0.16 + 0.02);
  EXPECT_GT(speakers / all, 0.85 - 0.16 - 0.15 - 0.02);
}

TEST(FromSurvey, NobodyWhoWorksIsDrawnAsUnableTo) {
  SmallSurvey survey;
  survey.add(1.0, 1);
  survey.set(P::age, 79.0F);
  survey.set(P::activity, static_cast<float>(Activity::farm));
  std::map<int, int> disability;
  for (const County& c : populate(spec_with(survey))) {
    for (const std::uint8_t d : c.persons.disability) ++disability[d];
  }
  EXPECT_EQ(disability[2], 0);
  EXPECT_GT(disability[1], disability[0] / 10);  // a fifth of those of 80 are disabled
}

/// Standing in school of somebody of whom age, grades and perhaps the activity are known.
std::map<School, int> schools(float age, float grades, float activity = kUnsurveyed) {
  SmallSurvey survey;
  survey.add(1.0, 2);
  survey.set(P::age, age);
  survey.set(P::schooling, grades);
  survey.set(P::activity, activity);
  survey.set(P::disability, 0.0F);
  std::map<School, int> seen;
  for (const County& c : populate(spec_with(survey))) {
    for (std::size_t i = 1; i < c.persons.size(); i += 2) {
      ++seen[static_cast<School>(c.persons.school[i])];
    }
  }
  return seen;
}

TEST(FromSurvey, StandingInSchoolFitsGradesAndActivity) {
  const auto is = [](Activity a) { return static_cast<float>(a); };
  const auto only = [](const std::map<School, int>& seen) {
    EXPECT_EQ(seen.size(), 1U);
    return seen.begin()->first;
  };
  EXPECT_EQ(only(schools(10, 3)), School::pupil);
  EXPECT_EQ(only(schools(10, 3, is(Activity::pupil))), School::pupil);
  EXPECT_EQ(only(schools(4, 0, is(Activity::pupil))), School::preschool);
  EXPECT_EQ(only(schools(12, 5, is(Activity::child))), School::dropped);
  EXPECT_EQ(only(schools(17, 10, is(Activity::pupil))), School::senior);
  EXPECT_EQ(only(schools(21, 13, is(Activity::pupil))), School::tertiary);
  EXPECT_EQ(only(schools(17, 9, is(Activity::farm))), School::done);
  EXPECT_EQ(only(schools(17, 7, is(Activity::farm))), School::dropped);
  EXPECT_EQ(only(schools(17, 7)), School::dropped);
  EXPECT_EQ(only(schools(50, 7)), School::done);
  const auto seventeen = schools(17, 9);
  EXPECT_GT(seventeen.at(School::senior), 500);  // half of them, as in synthesis
  EXPECT_GT(seventeen.at(School::done), 500);
  EXPECT_EQ(seventeen.size(), 2U);
}

TEST(FromSurvey, TheFitReportComparesSurveyAndPopulation) {
  SmallSurvey survey;
  for (int k = 0; k < 40; ++k) survey.add(1.0, 1, 0);
  survey.add(60.0, 3);
  survey.set(H::safe_water, 1.0F);
  const PopulationSpec spec = spec_with(survey);
  const std::string report =
      fit_report(spec, fit_household_mix(spec.layout), populate(spec), kDefaults, kStart);
  // 100 households by weight: 40 of one, 60 of three.
  EXPECT_THAT(report, testing::ContainsRegex("persons a household +2.20 "));
  EXPECT_THAT(report, testing::ContainsRegex("safe water +1.0000 "));
  EXPECT_THAT(report, testing::ContainsRegex("their province and kind of county +0.[0-9]+"));
  EXPECT_THAT(report, testing::HasSubstr("Survey: 41 households, 43 persons"));
  EXPECT_THAT(report, testing::Not(testing::HasSubstr("Correlations")));
  EXPECT_THAT(report, testing::Not(testing::HasSubstr("nan")));
}

}  // namespace
}  // namespace terrace

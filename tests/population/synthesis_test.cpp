#include "population/synthesis.hpp"

#include <array>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "support/populate.hpp"

namespace terrace {
namespace {

using test::kDefaults;
using test::kKey;
using test::populate;
using test::small_layout;
using test::small_population;

/// All that is known of a household, but for the rows it lies in.
std::vector<double> portrait(const County& c, std::size_t h) {
  const HouseholdTable& t = c.households;
  const std::size_t v = t.village[h];
  std::vector<double> all = {double(t.id[h]),
                             double(t.land[h]),
                             double(t.members[h]),
                             double(t.house[h]),
                             double(t.services[h]),
                             double(t.assets[h]),
                             double(t.wealth[h]),
                             double(t.u_perm[h]),
                             double(t.u_pers[h]),
                             double(c.villages.id[v]),
                             double(c.villages.remoteness[v]),
                             double(c.villages.productivity[v]),
                             double(c.villages.hazard[v])};
  const PersonTable& p = c.persons;
  for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
    all.insert(all.end(), {double(p.birth[i]), double(p.number[i]), double(p.flags[i]),
                           double(p.disability[i]), double(p.relation[i]), double(p.schooling[i]),
                           double(p.school[i]), double(p.activity[i]), double(p.health[i]),
                           double(p.skill[i])});
  }
  all.insert(all.end(), {double(t.origin[h]), double(t.durables[h])});
  for (const auto& kin : t.kin) all.push_back(double(kin[h]));
  return all;
}

using Portraits = std::map<std::uint32_t, std::vector<double>>;

Portraits portraits(const County& county) {
  Portraits all;
  for (std::size_t h = 0; h < county.households.size(); ++h) {
    all[county.households.id[h]] = portrait(county, h);
  }
  return all;
}

TEST(Synthesis, ColumnsHaveOneLengthAndNoSpareRoom) {
  for (County& c : populate(small_population(0.1, 0.1))) {
    const auto check = [](std::size_t rows) {
      return [rows](const auto& column) {
        EXPECT_EQ(column.size(), rows);
        EXPECT_EQ(column.capacity(), rows);
      };
    };
    c.persons.for_each_column(check(c.persons.size()));
    c.households.for_each_column(check(c.households.size()));
    c.villages.for_each_column(check(c.villages.size()));
    EXPECT_LE(bytes_of(c), 182 * c.households.size());
    EXPECT_NEAR(c.fraction * c.true_households, static_cast<double>(c.households.size()), 1e-6);
    EXPECT_TRUE(c.enrolments.empty());
  }
}

TEST(Synthesis, PersonsAndHouseholdsLieInOrder) {
  for (const County& c : populate(small_population(0.1, 0.1))) {
    const HouseholdTable& t = c.households;
    std::size_t next = 0;
    for (std::size_t h = 0; h < t.size(); ++h) {
      ASSERT_EQ(t.first[h], next);
      ASSERT_EQ(t.numbers_used[h], t.members[h]);
      for (std::uint8_t m = 0; m < t.members[h]; ++m) ASSERT_EQ(c.persons.number[next + m], m);
      ASSERT_EQ(c.persons.relation[next], static_cast<std::uint8_t>(Relation::head));
      if (h > 0) {
        ASSERT_GT(t.id[h], t.id[h - 1]);
        ASSERT_GE(t.village[h], t.village[h - 1]);
      }
      ASSERT_EQ(t.id[h] & 0xfffu, 0u);
      next += t.members[h];
    }
    EXPECT_EQ(next, c.persons.size());
    for (std::size_t v = 0; v < c.villages.size(); ++v) {
      EXPECT_EQ(t.village[c.villages.first[v]], v);
    }
  }
}

TEST(Synthesis, AHouseholdIsTheSameAtAnySamplingRate) {
  const auto few = populate(small_population(0.1, 0.05));
  const auto many = populate(small_population(0.1, 0.5));
  ASSERT_EQ(few.size(), many.size());
  for (std::size_t i = 0; i < few.size(); ++i) {
    const Portraits small = portraits(few[i]);
    const Portraits large = portraits(many[i]);
    EXPECT_GT(large.size(), 5 * small.size());
    for (const auto& [id, seen] : small) ASSERT_EQ(large.at(id), seen);
  }
}

TEST(Synthesis, ACountyDoesNotDependOnOthers) {
  const auto all = populate(small_population(0.4, 0.05));
  PopulationSpec spec = small_population(0.4, 0.05);
  spec.provinces = {"Plain"};
  const auto plain = populate(spec);
  const HouseholdMix mix = fit_household_mix(spec.layout);
  for (const County& c : plain) {
    for (const County& other : all) {
      if (other.number == c.number) {
        EXPECT_EQ(portraits(other), portraits(c));
      }
    }
  }
  County again = lay_out_counties(spec, kDefaults, kKey.seed).back();
  synthesise_county(again, spec, kDefaults, mix, kKey);
  EXPECT_EQ(portraits(again), portraits(plain.back()));
}

TEST(Synthesis, ReplicatesShareTheGroundNotThePeople) {
  const auto first = populate(small_population(0.1, 0.1), {7, 0});
  const auto second = populate(small_population(0.1, 0.1), {7, 1});
  ASSERT_EQ(first.size(), second.size());
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i].villages.remoteness, second[i].villages.remoteness);
    EXPECT_EQ(first[i].households.id, second[i].households.id);
    EXPECT_NE(first[i].households.assets, second[i].households.assets);
  }
}

TEST(Synthesis, TraitsHaveTheCopulasCorrelationsAndMargins) {
  std::array<std::vector<double>, 4> trait;
  double village_variance = 0.0;
  double villages = 0.0;
  for (const County& c : populate(small_population(0.5, 0.2))) {
    const HouseholdTable& t = c.households;
    std::vector<double> sum(c.villages.size(), 0.0);
    std::vector<double> count(c.villages.size(), 0.0);
    for (std::size_t h = 0; h < t.size(); ++h) {
      trait[0].push_back(double(t.u_perm[h]));
      trait[1].push_back(std::log(double(t.assets[h])));
      trait[2].push_back(std::log(double(t.wealth[h])));
      trait[3].push_back(std::log(t.land[h] / 100.0));
      sum[t.village[h]] += double(t.u_perm[h]);
      count[t.village[h]] += 1.0;
    }
    for (std::size_t v = 0; v < sum.size(); ++v) {
      const double mean = sum[v] / count[v];
      village_variance += mean * mean;
      villages += 1.0;
    }
  }
  const double n = static_cast<double>(trait[0].size());
  ASSERT_GT(n, 100'000.0);
  std::array<double, 4> mean{};
  std::array<double, 4> sd{};
  for (std::size_t i = 0; i < 4; ++i) {
    for (const double x : trait[i]) mean[i] += x / n;
    for (const double x : trait[i]) sd[i] += (x - mean[i]) * (x - mean[i]) / n;
    sd[i] = std::sqrt(sd[i]);
  }
  EXPECT_NEAR(mean[0], 0.0, 0.02);
  EXPECT_NEAR(sd[0] * sd[0], kDefaults.var_perm, 0.002);
  EXPECT_NEAR(village_variance / villages, kDefaults.share_between_village * kDefaults.var_perm,
              0.002);
  EXPECT_NEAR(mean[1], std::log(kDefaults.assets_median), 0.05);
  EXPECT_NEAR(sd[1], kDefaults.assets_sd, 0.01);
  EXPECT_NEAR(mean[2], std::log(kDefaults.wealth_median), 0.05);
  EXPECT_NEAR(mean[3], std::log(kDefaults.land_median), 0.02);
  const Layout layout = small_layout();
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      double r = 0.0;
      for (std::size_t k = 0; k < trait[0].size(); ++k) {
        r += (trait[i][k] - mean[i]) * (trait[j][k] - mean[j]);
      }
      EXPECT_NEAR(r / (n * sd[i] * sd[j]), layout.correlation[i][j], 0.02) << i << ' ' << j;
    }
  }
}

TEST(Synthesis, DrawnHouseholdsMeetTheMargins) {
  const Layout layout = small_layout();
  std::vector<double> sizes(layout.household_sizes.size(), 0.0);
  std::vector<double> ages(layout.ages.size(), 0.0);
  double households = 0.0;
  double persons = 0.0;
  for (const County& c : populate(small_population(0.2, 0.2))) {
    for (const std::uint8_t m : c.households.members) sizes[m - 1u] += 1.0;
    for (const std::int16_t birth : c.persons.birth) {
      const int age = (month_of(2008, 1) - birth) / 12;
      for (std::size_t g = 0; g < ages.size(); ++g) {
        if (age >= layout.ages[g].age_low && age <= layout.ages[g].age_high) ages[g] += 1.0;
      }
    }
    households += static_cast<double>(c.households.size());
    persons += static_cast<double>(c.persons.size());
  }
  for (std::size_t s = 0; s < sizes.size(); ++s) {
    EXPECT_NEAR(sizes[s] / households, layout.household_sizes[s], 0.001);
  }
  for (std::size_t g = 0; g < ages.size(); ++g) {
    EXPECT_NEAR(ages[g] / persons, layout.ages[g].share, 0.003);
  }
}

TEST(Synthesis, FamiliesAndLivesMakeSense) {
  double children = 0, too_close = 0, adults = 0, years = 0, gone = 0, at_15 = 0;
  for (const County& c : populate(small_population(0.2, 0.1))) {
    const HouseholdTable& t = c.households;
    const PersonTable& p = c.persons;
    for (std::size_t h = 0; h < t.size(); ++h) {
      for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
        const int age = (month_of(2008, 1) - p.birth[i]) / 12;
        const auto relation = static_cast<Relation>(p.relation[i]);
        const auto school = static_cast<School>(p.school[i]);
        const auto does = static_cast<Activity>(p.activity[i]);
        if (relation == Relation::child) {
          children += 1.0;
          too_close += p.birth[i] - p.birth[t.first[h]] < 12 * 16;
        }
        ASSERT_TRUE(age >= 6 || does == Activity::child);
        if (school == School::pupil || school == School::senior) {
          ASSERT_EQ(does, Activity::pupil);
        }
        if (in_upper_school(school)) {
          ASSERT_EQ(does, Activity::pupil);
          const int from = school == School::tertiary ? 19 : 16;
          ASSERT_TRUE(age >= from && age < from + 3);
        }
        ASSERT_TRUE(school != School::preschool || age == 4 || age == 5);
        ASSERT_TRUE(age < 75 || does == Activity::retired);
        ASSERT_TRUE(does != Activity::searching || (age >= 16 && age < 60));
        ASSERT_LE(p.schooling[i], 16);
        ASSERT_EQ(p.state_until[i], kNoMonth);
        if (age >= 16) adults += 1.0, years += p.schooling[i];
        if (age == 15 && c.designated) at_15 += 1.0, gone += school == School::dropped;
      }
    }
  }
  EXPECT_LT(too_close / children, 0.01);
  EXPECT_NEAR(years / adults, 7.5, 0.3);
  EXPECT_NEAR(gone / at_15, kDefaults.dropout_15, 0.03);
}

TEST(Synthesis, HousesInsuranceAndWaterHaveTheirShares) {
  double households[2] = {0, 0}, bad[2] = {0, 0}, water = 0, promised = 0, insured = 0;
  for (const County& c : populate(small_population(1.0, 0.2))) {
    const HouseholdTable& t = c.households;
    for (std::size_t h = 0; h < t.size(); ++h) {
      households[c.designated] += 1.0;
      bad[c.designated] += t.house[h] >= static_cast<std::uint8_t>(House::c);
      water += (t.services[h] & service::water) != 0;
      promised += double(c.villages.water_share[t.village[h]]);
      insured += (t.services[h] & service::insured) != 0;
      ASSERT_TRUE(std::isnan(t.verified[h]));
      ASSERT_EQ(t.status[h], static_cast<std::uint8_t>(Status::no));
    }
  }
  const double all = households[0] + households[1];
  EXPECT_NEAR(bad[0] / households[0], kDefaults.house_c + kDefaults.house_d, 0.02);
  EXPECT_NEAR(bad[1] / households[1],
              kDefaults.house_designated * (kDefaults.house_c + kDefaults.house_d), 0.025);
  EXPECT_NEAR(water, promised, 4.0 * std::sqrt(all));
  EXPECT_NEAR(insured / all, kDefaults.insured, 0.005);
}

TEST(Synthesis, AnotherStartMovesBirthsOnly) {
  const PopulationSpec spec = small_population(0.1, 0.05);
  const HouseholdMix mix = fit_household_mix(spec.layout);
  County early = lay_out_counties(spec, kDefaults, 7).front();
  County late = early;
  synthesise_county(early, spec, kDefaults, mix, kKey);
  synthesise_county(late, spec, kDefaults, mix, kKey, month_of(2010, 1));
  ASSERT_EQ(early.persons.size(), late.persons.size());
  for (std::size_t i = 0; i < early.persons.size(); ++i) {
    ASSERT_EQ(late.persons.birth[i] - early.persons.birth[i], 24);
  }
  EXPECT_EQ(early.persons.schooling, late.persons.schooling);
}

}  // namespace
}  // namespace terrace

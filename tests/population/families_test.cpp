// The people and families of a county at the start: couples, kin, origins, services, schools.
#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "population/kin.hpp"
#include "support/populate.hpp"

namespace terrace {
namespace {

using test::kDefaults;
using test::kKey;
using test::populate;
using test::small_population;

TEST(Families, CouplesAreMarriedAndYoungOnesAreManAndWife) {
  double couples = 0.0;
  double heirs = 0.0;
  for (const County& c : populate(small_population(0.2, 0.1))) {
    const HouseholdTable& t = c.households;
    const PersonTable& p = c.persons;
    for (std::size_t h = 0; h < t.size(); ++h) {
      bool in_law = false;
      std::size_t wed_child = p.size();
      bool head_married = false;
      bool spouse = false;
      for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
        const bool married = (p.flags[i] & flag::married) != 0;
        const int age = (month_of(2008, 1) - p.birth[i]) / 12;
        const auto relation = static_cast<Relation>(p.relation[i]);
        ASSERT_TRUE(!married || age >= 18);
        if (relation == Relation::head) head_married = married;
        if (relation == Relation::spouse) spouse = true;
        if (relation == Relation::spouse || relation == Relation::parent) {
          ASSERT_TRUE(married);
        }
        if (relation == Relation::child && married) wed_child = i;
        if (relation == Relation::child_in_law) {
          in_law = true;
          ASSERT_TRUE(married);
          ASSERT_LT(wed_child, i) << "the child comes first";
          ASSERT_NE(p.flags[i] & flag::woman, p.flags[wed_child] & flag::woman);
          heirs += 1.0;
        }
      }
      ASSERT_TRUE(!spouse || head_married);
      ASSERT_EQ(wed_child < p.size(), in_law);
      couples += spouse ? 1.0 : 0.0;
    }
  }
  EXPECT_GT(couples, 1'000.0);
  EXPECT_GT(heirs, 100.0);
}

TEST(Families, KinAreMutualAndNobodyIsKinOfHimself) {
  double full = 0.0;
  double households = 0.0;
  PopulationSpec spec = small_population(0.2, 0.1);
  for (const County& c : populate(spec)) {
    const HouseholdTable& t = c.households;
    for (std::size_t h = 0; h < t.size(); ++h) {
      const std::size_t v = t.village[h];
      const std::size_t first = c.villages.first[v];
      const std::size_t end = v + 1 < c.villages.size() ? c.villages.first[v + 1] : t.size();
      std::size_t links = 0;
      for (std::size_t k = 0; k < kKin; ++k) {
        if (t.kin[k][h] == kNoKin) continue;
        ++links;
        const std::size_t other = first + t.kin[k][h];
        ASSERT_LT(other, end);
        ASSERT_NE(other, h);
        std::size_t back = 0;
        for (std::size_t j = 0; j < kKin; ++j) {
          back += first + t.kin[j][other] == h ? 1 : 0;
          ASSERT_TRUE(j == k || t.kin[j][h] == kNoKin || t.kin[j][h] != t.kin[k][h]);
        }
        ASSERT_EQ(back, 1U);
      }
      ASSERT_GE(links, 2U);
      full += links == kKin ? 1.0 : 0.0;
      households += 1.0;
    }
  }
  EXPECT_GT(full / households, 0.95);
}

/// Villages of that size, made by hand.
County small_villages(std::size_t size) {
  County c;
  for (std::size_t v = 0; v < 20; ++v) {
    c.villages.for_each_column([](auto& column) { column.push_back({}); });
    c.villages.first[v] = static_cast<std::uint32_t>(v * size);
    for (std::size_t h = 0; h < size; ++h) {
      c.households.for_each_column([](auto& column) { column.push_back({}); });
      c.households.id.back() = static_cast<std::uint32_t>((v * size + h) << 12U);
      c.households.village.back() = static_cast<std::uint16_t>(v);
    }
  }
  return c;
}

TEST(Kin, SmallVillagesHaveFewer) {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U}) {
    County c = small_villages(size);
    link_kin(c, kKey);
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      std::size_t links = 0;
      for (const auto& kin : c.households.kin) {
        if (kin[h] == kNoKin) continue;
        ++links;
        ASSERT_LT(kin[h], size);
        ASSERT_NE(kin[h], h % size);
      }
      ASSERT_LT(links, size);
      ASSERT_GE(links, std::min<std::size_t>(size - 1, 2));
    }
  }
}

TEST(Families, OriginsServicesAndSkillsHaveTheirShares) {
  double n[2] = {0, 0}, power[2] = {0, 0}, network[2] = {0, 0}, toilet[2] = {0, 0};
  double west = 0, west_minority = 0, other = 0, other_minority = 0, cadre = 0, persons = 0;
  double skill = 0, skill_squared = 0, log_durables = 0, speak[2] = {0, 0}, all[2] = {0, 0};
  const PopulationSpec spec = small_population(1.0, 0.2);
  for (const County& c : populate(spec)) {
    const HouseholdTable& t = c.households;
    const bool in_west = spec.layout.provinces[c.province].region == Region::west;
    for (std::size_t h = 0; h < t.size(); ++h) {
      const bool minority = (t.origin[h] & origin::minority) != 0;
      (in_west ? west : other) += 1.0;
      (in_west ? west_minority : other_minority) += minority;
      cadre += (t.origin[h] & origin::cadre_kin) != 0;
      n[c.designated] += 1.0;
      power[c.designated] += (t.services[h] & service::power) != 0;
      network[c.designated] += (t.services[h] & service::network) != 0;
      toilet[c.designated] += (t.services[h] & service::toilet) != 0;
      log_durables += std::log(10.0 * t.durables[h] + 1.0);
      ASSERT_EQ(t.loan[h], 0);
      ASSERT_EQ(t.loan_due[h], kNoMonth);
      ASSERT_EQ(t.poor_years[h], 0);
      for (std::size_t i = t.first[h]; i < t.first[h] + t.members[h]; ++i) {
        persons += 1.0;
        skill += c.persons.skill[i];
        skill_squared += c.persons.skill[i] * c.persons.skill[i];
        if (!in_west) continue;
        all[minority] += 1.0;
        speak[minority] += (c.persons.flags[i] & flag::mandarin) != 0;
      }
    }
  }
  const double households = west + other;
  // A village is nearly all one people, so shares rest on the number of villages: some 270 and 430.
  EXPECT_NEAR(west_minority / west, kDefaults.minority_west, 0.11);
  EXPECT_NEAR(other_minority / other, kDefaults.minority_other, 0.04);
  EXPECT_NEAR(cadre / households, kDefaults.cadre_kin, 0.003);
  EXPECT_NEAR(power[0] / n[0], kDefaults.home_power_other, 0.003);
  EXPECT_NEAR(power[1] / n[1], kDefaults.home_power_designated, 0.004);
  EXPECT_NEAR(network[0] / n[0], kDefaults.home_network_other, 0.004);
  EXPECT_NEAR(network[1] / n[1], kDefaults.home_network_designated, 0.004);
  EXPECT_NEAR(toilet[0] / n[0], kDefaults.toilet_other, 0.008);
  EXPECT_NEAR(toilet[1] / n[1], kDefaults.toilet_designated, 0.008);
  EXPECT_NEAR(log_durables / households, std::log(kDefaults.durables_median), 0.03);
  EXPECT_NEAR(skill / persons, 0.0, 0.06);
  EXPECT_NEAR(std::sqrt(skill_squared / persons), 100.0 * kDefaults.skill_sd, 0.1);
  EXPECT_NEAR(speak[0] / all[0] - speak[1] / all[1], kDefaults.mandarin_minority, 0.02);
}

TEST(Families, ChildrenAndYouthsAreAtTheirSchools) {
  double small = 0, preschool = 0, upper = 0, trade = 0, grown = 0, tertiary = 0;
  for (const County& c : populate(small_population(0.5, 0.2))) {
    const PersonTable& p = c.persons;
    for (std::size_t i = 0; i < p.size(); ++i) {
      const int age = (month_of(2008, 1) - p.birth[i]) / 12;
      const auto school = static_cast<School>(p.school[i]);
      const bool fit = p.disability[i] < 2;
      if (age == 4 || age == 5) small += 1.0, preschool += school == School::preschool;
      if (age >= 16 && age <= 18 && in_upper_school(school))
        upper += 1.0, trade += school == School::vocational;
      if (age >= 19 && age <= 21 && fit && (p.flags[i] & flag::married) == 0)
        grown += 1.0, tertiary += school == School::tertiary;
    }
  }
  EXPECT_NEAR(preschool / small, kDefaults.preschool_start, 0.02);
  EXPECT_NEAR(trade / upper, kDefaults.vocational_start, 0.02);
  EXPECT_NEAR(tertiary / grown, kDefaults.tertiary_start, 0.012);
}

}  // namespace
}  // namespace terrace

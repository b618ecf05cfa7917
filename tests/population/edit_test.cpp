// The yearly edit of a county's tables: what is conserved, what follows.
#include "population/edit.hpp"

#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "support/hand_county.hpp"

namespace terrace {
namespace {

using test::HandCounty;
using test::HandPerson;

TEST(Branch, IdsAreTwentyBitsAndFourGroupsOfThree) {
  constexpr std::uint32_t founder = 77U << 12U;
  EXPECT_EQ(branch_id(founder, 0), founder | 1U << 9U);
  EXPECT_EQ(branch_id(founder, 6), founder | 7U << 9U);
  EXPECT_EQ(branch_id(founder | 3U << 9U, 1), founder | 3U << 9U | 2U << 6U);
  EXPECT_EQ(branch_id(founder | 0b011'010'001'000U, 4), founder | 0b011'010'001'101U);
  EXPECT_TRUE(can_branch(founder, 6));
  EXPECT_FALSE(can_branch(founder, 7)) << "seven branches have been given";
  EXPECT_FALSE(can_branch(founder | 0b001'001'001'001U, 0)) << "the fourth level is the last";
  EXPECT_EQ(founder_of(founder | 0b011'010'001'101U), 77U);
}

TEST(Branch, IdsOfAWholeFamilyDifferAndFollowTheirParents) {
  std::set<std::uint32_t> seen;
  std::vector<std::uint32_t> level = {5U << 12U};
  for (int depth = 0; depth < 5; ++depth) {
    std::vector<std::uint32_t> next;
    for (const std::uint32_t id : level) {
      EXPECT_TRUE(seen.insert(id).second);
      for (std::uint8_t n = 0; can_branch(id, n); ++n) {
        next.push_back(branch_id(id, n));
        EXPECT_GT(next.back(), id);
      }
    }
    level = std::move(next);
  }
  EXPECT_EQ(seen.size(), 1U + 7U + 49U + 343U + 2401U);
  EXPECT_LT(*seen.rbegin(), 6U << 12U) << "before the next founder";
}

/// What a county holds, by name of column.
struct Totals {
  double land = 0, leased = 0, durables = 0, assets = 0, wealth = 0, flows = 0, away = 0, loan = 0;
  double allowance = 0;
};

Totals totals(const HouseholdTable& t) {
  Totals s;
  for (std::size_t h = 0; h < t.size(); ++h) {
    s.land += t.land[h];
    s.leased += t.leased[h];
    s.durables += t.durables[h];
    s.assets += static_cast<double>(t.assets[h]);
    s.wealth += static_cast<double>(t.wealth[h]);
    s.allowance += static_cast<double>(t.allowance[h]);
    s.loan += t.loan[h];
    s.away += t.away_last_year[h];
    for (const auto& c : t.last_year) s.flows += static_cast<double>(c[h]);
  }
  return s;
}

TEST(Branch, TakesItsPortionAndCopiesWhatIsOfTheHead) {
  HandCounty hand(2013);
  hand.add({.farm = 6'000,
            .land_mu = 7.01,
            .assets = 3'000,
            .wealth = -900,
            .verified = 2'800,
            .house = House::c,
            .status = Status::registered,
            .members = {{}, {}, {}, {}}});
  HouseholdTable& t = hand.county.households;
  t.leased[0] = 333;
  t.durables[0] = 301;
  t.loan[0] = 500;
  t.loan_due[0] = pack_month(month_of(2014, 5));
  t.allowance[0] = 200.0F;
  t.graduates[0] = 2;
  t.poor_years[0] = 5;
  t.origin[0] = origin::cadre_kin;
  t.aspiration[0] = 8.5F;
  t.u_perm[0] = 0.25F;
  t.last_year[2][0] = 1'000.0F;
  t.away_last_year[0] = 14;
  t.kin[0][0] = 3;
  t.kin[1][0] = 4;
  t.bills_last_year[0] = 1'001;
  t.public_last_year[0] = 505;
  t.ill_last_year[0] = 7;
  t.cover[0] = 25;
  const std::size_t h = append_branch(t, 0, 0, {2, 5}, 9);
  ASSERT_EQ(h, 1U);
  // Two of five: land 701 x 2 / 5 = 280, let 333 x 280 / 701 = 133, both rounded down.
  EXPECT_EQ(t.land[1], 280);
  EXPECT_EQ(t.land[0], 421);
  EXPECT_EQ(t.leased[1], 133);
  EXPECT_EQ(t.leased[0], 200);
  EXPECT_EQ(t.durables[1], 120);
  EXPECT_FLOAT_EQ(t.assets[1], 1'200.0F);
  EXPECT_FLOAT_EQ(t.wealth[1], -360.0F) << "informal debt goes by persons too";
  EXPECT_FLOAT_EQ(t.wealth[0], -540.0F);
  EXPECT_FLOAT_EQ(t.allowance[1], 80.0F);
  EXPECT_FLOAT_EQ(t.last_year[0][1], 2'400.0F);
  EXPECT_FLOAT_EQ(t.last_year[2][0], 600.0F);
  EXPECT_EQ(t.away_last_year[0], 5);
  EXPECT_EQ(t.away_last_year[1], 9);
  EXPECT_EQ(t.bills_last_year[0], 601);
  EXPECT_EQ(t.bills_last_year[1], 400);
  EXPECT_EQ(t.public_last_year[0], 303);
  EXPECT_EQ(t.public_last_year[1], 202);
  EXPECT_EQ(t.ill_last_year[0], 5);
  EXPECT_EQ(t.ill_last_year[1], 2);
  EXPECT_EQ(t.cover[1], 0) << "what an enrolment gives stays with it";
  EXPECT_EQ(t.cover[0], 25);
  EXPECT_EQ(t.loan[1], 0);
  EXPECT_EQ(t.loan[0], 500);
  EXPECT_EQ(t.loan_due[1], kNoMonth);
  EXPECT_EQ(t.graduates[1], 0);
  EXPECT_EQ(t.divisions[0], 1);
  EXPECT_EQ(t.divisions[1], 0);
  EXPECT_EQ(t.house[1], t.house[0]);
  EXPECT_EQ(t.status[1], t.status[0]);
  EXPECT_EQ(t.verified[1], t.verified[0]);
  EXPECT_EQ(t.poor_years[1], 5);
  EXPECT_EQ(t.origin[1], origin::cadre_kin);
  EXPECT_EQ(t.aspiration[1], 8.5F);
  EXPECT_EQ(t.u_perm[1], 0.25F);
  EXPECT_EQ(t.kin[0][1], 0) << "the parents";
  EXPECT_EQ(t.kin[1][1], 3);
  EXPECT_EQ(t.kin[2][1], 4);
  EXPECT_EQ(t.kin[3][1], kNoKin);
}

TEST(Edit, EstatesGoToTheFirstKinThatLivesAndDebtsLapse) {
  HandCounty hand(2013);
  for (int i = 0; i < 4; ++i)
    hand.add({.land_mu = 2.0 + i,
              .assets = 100.0 * (i + 1),
              .wealth = i == 3 ? -50.0 : 1'000.0,
              .members = {{}}});
  HouseholdTable& t = hand.county.households;
  t.kin[0][0] = 1;
  t.kin[1][0] = 2;
  t.kin[0][3] = 2;
  PersonEdit edit(hand.county);
  for (const std::size_t h : {0U, 1U, 3U}) edit.remove(h, h);
  edit.commit();
  ASSERT_EQ(t.size(), 1U);
  EXPECT_EQ(t.id[0], 3U << 12U);
  EXPECT_EQ(t.land[0], 400 + 200 + 500) << "household 1 had no kin";
  EXPECT_FLOAT_EQ(t.assets[0], 300.0F + 100.0F + 400.0F);
  EXPECT_FLOAT_EQ(t.wealth[0], 2'000.0F) << "a debt dies with its household";
}

/// A random county and a random edit of it.
struct Plan {
  HandCounty hand{2013, 1};
  std::map<std::int16_t, std::uint32_t> wanted;  ///< household id by the person's mark
  std::size_t gone = 0, born = 0, founded = 0;
};

void build(Plan& plan) {
  HandCounty& hand = plan.hand;
  const int villages = *rc::gen::inRange(1, 5);
  for (int v = 0; v < villages; ++v) {
    if (v > 0) hand.add_village({});
    const int households = *rc::gen::inRange(0, 7);
    for (int i = 0; i < households; ++i) {
      const auto members = static_cast<std::size_t>(*rc::gen::inRange(1, 6));
      const std::size_t h = hand.add({.farm = 10.0 * *rc::gen::inRange(0, 900),
                                      .land_mu = 0.01 * *rc::gen::inRange(0, 900),
                                      .assets = 1.0 * *rc::gen::inRange(0, 9'000),
                                      .wealth = 1.0 * *rc::gen::inRange(-900, 9'000),
                                      .members = std::vector<HandPerson>(members)});
      HouseholdTable& t = hand.county.households;
      t.leased[h] = static_cast<std::uint16_t>(*rc::gen::inRange<int>(0, t.land[h] + 1));
      t.durables[h] = static_cast<std::uint16_t>(*rc::gen::inRange(0, 900));
      t.away_last_year[h] = static_cast<std::uint8_t>(*rc::gen::inRange(0, 24));
      if (*rc::gen::inRange(0, 3) == 0)
        hand.county.enrolments[0].push_back(
            {.household = static_cast<std::uint32_t>(h), .amount = static_cast<float>(t.id[h])});
    }
  }
  // The month of birth marks a person.
  PersonTable& persons = hand.county.persons;
  for (std::size_t i = 0; i < persons.size(); ++i) persons.birth[i] = static_cast<std::int16_t>(i);
  HouseholdTable& t = hand.county.households;
  for (std::size_t h = 0; h < t.size(); ++h) {
    const std::size_t v = t.village[h];
    const std::size_t end =
        v + 1 < hand.county.villages.size() ? hand.county.villages.first[v + 1] : t.size();
    const auto size = static_cast<int>(end - hand.county.villages.first[v]);
    for (auto& kin : t.kin)
      kin[h] = *rc::gen::inRange(0, 4) == 0
                   ? kNoKin
                   : static_cast<std::uint16_t>(*rc::gen::inRange(0, size));
  }
}

/// Sends members away, to other households or to new ones of the village, and has children born.
void act(Plan& plan, PersonEdit& edit) {
  County& c = plan.hand.county;
  HouseholdTable& t = c.households;
  const std::size_t n = t.size();
  for (std::size_t h = 0; h < n; ++h) {
    const std::size_t first = t.first[h];
    const std::size_t end = first + t.members[h];
    for (std::size_t i = first; i < end; ++i) {
      const auto mark = static_cast<std::int16_t>(i);
      switch (*rc::gen::inRange(0, 7)) {
        case 0:
          edit.remove(i, h);
          ++plan.gone;
          break;
        case 1: {
          const auto to = static_cast<std::size_t>(*rc::gen::inRange<std::size_t>(0, t.size()));
          edit.move(i, h, to);
          plan.wanted[mark] = t.id[to];
          break;
        }
        case 2: {
          const std::size_t to = edit.found(h, {1, edit.members(h)}, 1);
          edit.move(i, h, to);
          plan.wanted[mark] = t.id[to];
          ++plan.founded;
          break;
        }
        default:
          plan.wanted[mark] = t.id[h];
      }
    }
    if (edit.members(h) > 0 && *rc::gen::inRange(0, 4) == 0) {
      edit.add_child(h, month_of(2013, 12), Relation::child, {1, 2, 3, 4}, {});
      ++plan.born;
    }
  }
}

void check_rows(const Plan& plan) {
  const County& c = plan.hand.county;
  const HouseholdTable& t = c.households;
  std::size_t next = 0;
  std::size_t born = 0;
  for (std::size_t h = 0; h < t.size(); ++h) {
    RC_ASSERT(t.first[h] == next);
    RC_ASSERT(t.members[h] > 0);
    if (h > 0) {
      RC_ASSERT(t.id[h] > t.id[h - 1]);
      RC_ASSERT(t.village[h] >= t.village[h - 1]);
    }
    RC_ASSERT(t.leased[h] <= t.land[h]);
    for (; next < std::size_t{t.first[h]} + t.members[h]; ++next) {
      if (next > t.first[h]) RC_ASSERT(c.persons.number[next] > c.persons.number[next - 1]);
      RC_ASSERT(c.persons.number[next] < t.numbers_used[h]);
      if (c.persons.birth[next] == month_of(2013, 12)) {
        ++born;
      } else {
        RC_ASSERT(plan.wanted.at(c.persons.birth[next]) == t.id[h]);
      }
    }
  }
  RC_ASSERT(next == c.persons.size());
  RC_ASSERT(born == plan.born);
  RC_ASSERT(next == plan.wanted.size() + plan.born);
  for (std::size_t v = 0; v < c.villages.size(); ++v) {
    const std::size_t end = v + 1 < c.villages.size() ? c.villages.first[v + 1] : t.size();
    for (std::size_t h = c.villages.first[v]; h < end; ++h) {
      RC_ASSERT(t.village[h] == v);
      for (const auto& kin : t.kin)
        RC_ASSERT(kin[h] == kNoKin || c.villages.first[v] + kin[h] < end);
    }
  }
}

TEST(Edit, PeopleAndRowsAreWhereTheyWereSent) {
  ASSERT_TRUE(rc::check([] {
    Plan plan;
    build(plan);
    County& c = plan.hand.county;
    const std::size_t enrolled = c.enrolments[0].size();
    std::map<std::uint32_t, std::vector<std::uint32_t>> kin;  // ids, old households
    const auto id_of = [&c](std::size_t h, const std::vector<std::uint16_t>& column) {
      return c.households.id[c.villages.first[c.households.village[h]] + column[h]];
    };
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      for (const auto& column : c.households.kin)
        if (column[h] != kNoKin) kin[c.households.id[h]].push_back(id_of(h, column));
    }
    PersonEdit edit(c);
    act(plan, edit);
    edit.commit();
    check_rows(plan);
    std::set<std::uint32_t> alive(c.households.id.begin(), c.households.id.end());
    RC_ASSERT(c.enrolments[0].size() <= enrolled);
    for (const Enrolment& e : c.enrolments[0])
      RC_ASSERT(static_cast<float>(c.households.id[e.household]) == e.amount);
    // A link of an old household that still lives leads to the same one, or to a branch.
    for (std::size_t h = 0; h < c.households.size(); ++h) {
      const std::uint32_t id = c.households.id[h];
      if ((id & 0xfffU) != 0) {
        bool parents = false;
        for (const auto& column : c.households.kin)
          parents = parents || (column[h] != kNoKin && id_of(h, column) == (id & ~0xfffU));
        RC_ASSERT(parents == (alive.count(id & ~0xfffU) != 0));
        continue;
      }
      for (const auto& column : c.households.kin) {
        if (column[h] == kNoKin) continue;
        const std::uint32_t other = id_of(h, column);
        const auto& before = kin[id];
        RC_ASSERT((founder_of(other) == founder_of(id)) ||
                  std::find(before.begin(), before.end(), other) != before.end());
      }
    }
  }));
}

TEST(Edit, WhatHouseholdsOwnIsConserved) {
  ASSERT_TRUE(rc::check([] {
    Plan plan;
    build(plan);
    County& c = plan.hand.county;
    // One of each household stays, so that there are no estates.
    const Totals before = totals(c.households);
    PersonEdit edit(c);
    HouseholdTable& t = c.households;
    const std::size_t n = t.size();
    for (std::size_t h = 0; h < n; ++h) {
      const std::size_t first = t.first[h];
      const std::size_t end = first + t.members[h];
      for (std::size_t i = first + 1; i < end; ++i) {
        if (*rc::gen::inRange(0, 2) == 0) continue;
        const std::size_t to = edit.found(h, {1, edit.members(h)}, 2);
        edit.move(i, h, to);
        move_flows(t, h, (h + 1) % n, {1, 3}, 1);
      }
    }
    edit.commit();
    const Totals after = totals(t);
    RC_ASSERT(after.land == before.land);
    RC_ASSERT(after.leased == before.leased);
    RC_ASSERT(after.durables == before.durables);
    RC_ASSERT(after.away == before.away);
    RC_ASSERT(std::abs(after.assets - before.assets) < 1e-6 * (1.0 + std::abs(before.assets)));
    RC_ASSERT(std::abs(after.wealth - before.wealth) < 1e-2);
    RC_ASSERT(std::abs(after.flows - before.flows) < 1e-6 * (1.0 + before.flows));
  }));
}

}  // namespace
}  // namespace terrace

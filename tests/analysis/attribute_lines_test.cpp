// Descent by ids, and the shares of a hand-made county with two batches.
#include "analysis/attribute_lines.hpp"

#include <cstdint>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <terrace/household_id.hpp>

namespace terrace::attribution {
namespace {

constexpr std::size_t kExits = 0;
constexpr std::size_t kGap = 1;
constexpr std::int64_t kOne = std::int64_t{1} << 20;  // person-year of the widest gap

TEST(HouseholdId, ParentOfABranchIsWhereItBranchedOff) {
  rc::check([] {
    std::uint32_t id = *rc::gen::inRange<std::uint32_t>(0, 1U << 20U) << kFounderShift;
    RC_ASSERT(parent_of(id) == id);
    for (int level = 0; level < 4; ++level) {
      const auto divisions = static_cast<std::uint8_t>(*rc::gen::inRange(0, 7));
      const std::uint32_t branch = branch_id(id, divisions);
      RC_ASSERT(parent_of(branch) == id);
      id = branch;
    }
  });
}

struct Household {
  std::uint32_t id;
  double income;  ///< over a line of 1000
  Status status = Status::no;
  std::uint8_t members = 1;
  std::uint8_t cause = kNoCause;
};

/// A county of such households as its year closes.
class Years {
 public:
  explicit Years(Lines& lines) : lines_(lines) {}

  void close(int year, unsigned coalition, const std::vector<Household>& households) {
    County county;
    county.number = 7;
    std::vector<float> income;
    for (const Household& h : households) {
      county.households.id.push_back(h.id);
      county.households.status.push_back(static_cast<std::uint8_t>(h.status));
      county.households.members.push_back(h.members);
      county.households.diagnosed.push_back(h.cause);
      income.push_back(static_cast<float>(h.income));
    }
    YearFrame frame;
    frame.year = year;
    frame.poverty_line = 1000.0;
    const std::array<std::vector<float>, kComponents> flows;
    lines_.add({0, frame, county, income, income, flows, {}}, coalition);
  }

 private:
  Lines& lines_;
};

constexpr std::uint32_t kFirst = 1U << kFounderShift;
constexpr std::uint32_t kSecond = 2U << kFounderShift;

std::vector<RegionInfo> one_county() {
  RegionInfo county;
  county.id = 7;
  return {county};
}

TEST(AttributeLines, AHouseholdBelongsToItsNearestAncestorAtTheBranch) {
  CountyLines county;
  const std::uint32_t branch = branch_id(kFirst, 0);
  for (const std::uint32_t id : {kFirst, branch, kSecond}) {
    county.lines.emplace_back();
    county.lines.back().id = id;
  }
  EXPECT_EQ(county.find(kFirst)->id, kFirst);
  EXPECT_EQ(county.find(branch)->id, branch);
  EXPECT_EQ(county.find(branch_id(branch, 3))->id, branch);
  EXPECT_EQ(county.find(branch_id(kFirst, 1))->id, kFirst);
  EXPECT_EQ(county.find(branch_id(branch_id(kSecond, 6), 2))->id, kSecond);
  EXPECT_EQ(county.find(3U << kFounderShift), nullptr);
}

// Industry (1) and relocation (2), two years. The first household stands as let go with either
// batch, and so does its branch, if both are on. The second exits in the first year and falls back
// in the second, which is no exit. Worths of the first line: 0, 1, 1, 2: a share of 1 each.
TEST(AttributeLines, SharesOfExitsByHand) {
  Lines lines(3, 2013, 2014);
  lines.lay_out(one_county());
  Years years(lines);
  const std::uint32_t branch = branch_id(kFirst, 0);
  for (const unsigned c : {3U, 0U, 1U, 2U}) {
    const Status first = c != 0 ? Status::exited : Status::registered;
    years.close(2013, c, {{kFirst, 2000}, {kSecond, 2000, Status::exited}});
    years.close(2014, c,
                {{kFirst, 2000, first},
                 {branch, 2000, c == 3 ? Status::exited : Status::removed},
                 {kSecond, 2000, Status::relapsed}});
  }
  ASSERT_EQ(lines.strangers(), 0U);
  ASSERT_EQ(lines.counties()[0].lines.size(), 2U);
  const Effect& effect = lines.counties()[0].lines[0].effect;
  EXPECT_EQ(effect.shares[kExits], (Parts{60, 60, 0, 0, 0}));
  EXPECT_EQ(effect.with_all[kExits], 2);
  EXPECT_EQ(effect.with_none[kExits], 0);
  EXPECT_EQ(lines.counties()[0].worth[kExits][1], 1);
  EXPECT_EQ(lines.counties()[0].lines[1].effect.shares[kExits], Parts{});
}

// Two members at half the line in both years: 2 x 1/4 a year, 1 in two years. Industry brings them
// to the line in the second year alone, relocation adds nothing to it and does nothing by itself:
// industry takes away a half, all of it. Income below nothing counts as none: a gap of 1 a person.
TEST(AttributeLines, SharesOfTheSquaredGapByHand) {
  Lines lines(3, 2013, 2014);
  lines.lay_out(one_county());
  Years years(lines);
  for (const unsigned c : {3U, 2U, 1U, 0U}) {
    years.close(2012, c, {{kFirst, 0, Status::no, 9}});  // burn-in
    years.close(2013, c, {{kFirst, 500, Status::no, 2}, {kSecond, -50, Status::no, 3}});
    const double then = (c & 1U) != 0 ? 1000 : 500;
    years.close(2014, c, {{kFirst, then, Status::no, 2}, {kSecond, 1e6, Status::no, 3}});
  }
  const Effect& first = lines.counties()[0].lines[0].effect;
  EXPECT_EQ(first.with_none[kGap], kOne);
  EXPECT_EQ(first.with_all[kGap], kOne / 2);
  EXPECT_EQ(first.shares[kGap], (Parts{-60 * kOne / 2, 0, 0, 0, 0}));
  const Effect& second = lines.counties()[0].lines[1].effect;
  EXPECT_EQ(second.with_all[kGap], 3 * kOne);
  EXPECT_EQ(second.shares[kGap], Parts{});
  EXPECT_EQ(lines.counties()[0].worth[kGap][0], 4 * kOne);
}

TEST(AttributeLines, CausesAreThoseOfTheFirstRegister) {
  Lines lines(3, 2013, 2015);
  lines.lay_out(one_county());
  Years years(lines);
  const auto illness = static_cast<std::uint8_t>(Cause::illness);
  const auto funds = static_cast<std::uint8_t>(Cause::funds);
  years.close(2013, 3, {{kFirst, 500}, {kSecond, 500}});
  years.close(2014, 0, {{kFirst, 500, Status::registered, 1, funds}, {kSecond, 500}});
  EXPECT_EQ(lines.counties()[0].lines[0].cause, kNoCause) << "taken from another run";
  years.close(2014, 3, {{kFirst, 500, Status::registered, 1, illness}, {kSecond, 500}});
  years.close(
      2015, 3,
      {{kFirst, 500, Status::registered, 1, funds}, {kSecond, 500, Status::registered, 1, funds}});
  EXPECT_EQ(lines.counties()[0].lines[0].cause, illness);
  EXPECT_EQ(lines.counties()[0].lines[1].cause, kNoCause);
}

TEST(AttributeLines, WhoDescendsFromNobodyIsCounted) {
  Lines lines(1, 2013, 2013);
  lines.lay_out(one_county());
  Years years(lines);
  years.close(2013, 1, {{kFirst, 500}});
  years.close(2013, 0, {{kFirst, 500}, {kSecond, 500}});
  EXPECT_EQ(lines.strangers(), 1U);
}

}  // namespace
}  // namespace terrace::attribution

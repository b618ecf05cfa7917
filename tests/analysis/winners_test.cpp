#include "analysis/winners.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/events.hpp>

#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

constexpr float kGone = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kHouseholds = 80;

/// 80 households in the year 2014, the first 40 in county 1 and of weight 1, the others in county 2
/// and of weight 3. Income 2000 in both replicates; nobody poor, nobody registered.
DecemberPanel even_panel(std::size_t replicates = 2) {
  DecemberPanel out;
  out.replicates = replicates;
  out.years = {2014, 2014};
  for (std::size_t h = 0; h < kHouseholds; ++h) {
    const bool first = h < kHouseholds / 2;
    out.households.push_back(household_key(first ? 1 : 2, static_cast<std::uint32_t>(h)));
    out.weights.push_back(first ? 1.0F : 3.0F);
  }
  const std::size_t all = replicates * kHouseholds;
  out.income.values.assign(all, 2000.0F);
  out.poor = {std::vector<float>(all, 0.0F), {"not_poor", "poor"}};
  out.status = {std::vector<float>(all, 0.0F), {"no", "registered", "exited"}};
  return out;
}

WinnerRequest request() {
  WinnerRequest out;
  out.nation = "Handland";
  RegionInfo province;
  province.level = RegionLevel::province;
  for (const auto& [id, name] : {std::pair(11U, "P"), std::pair(12U, "Q")}) {
    province.id = id;
    province.name = name;
    out.provinces.push_back(province);
  }
  out.province_of = {{1, 0}, {2, 1}};
  out.poverty_line.values = {{2012, 2500.0}, {2014, 3000.0}};  // unchanged: within 30 yuan
  return out;
}

struct Found {
  double mean;
  double low;
  double high;
  double n;
  double households;
  std::string note;
};

std::optional<Found> find(const ResultTable& table, const std::string& region,
                          const std::string& group, const std::string& value,
                          const std::string& measure) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto text = [&](const char* name) { return column_of(table, name).texts[row]; };
    const auto number = [&](const char* name) { return column_of(table, name).numbers[row]; };
    if (text("region_name") != region || text("group") != group || text("value") != value ||
        text("measure") != measure) {
      continue;
    }
    return Found{number("mean"), number("low"),        number("high"),
                 number("n"),    number("households"), text("note")};
  }
  return std::nullopt;
}

ResultTable winners(const DecemberPanel& base, const DecemberPanel& alt,
                    const WinnerRequest& of = request()) {
  ResultTable table = winners_table(of.unchanged_share, of.confidence);
  append_winners(base, alt, "alt", of, table);
  return table;
}

double mean(const ResultTable& table, const char* measure, const char* region = "Handland") {
  const auto found = find(table, region, "", "", measure);
  return found ? found->mean : kGone;
}

// In P 35 households of weight 1 gain 100 yuan, in Q 32 of weight 3 lose 50; one more gains 30, the
// threshold, which is no change. All weigh 40 + 120 = 160.
TEST(Winners, SharesAndMeansByHand) {
  const DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t h = 0; h < 35; ++h) alt.income.values[r * kHouseholds + h] += 100.0F;
    for (std::size_t h = 40; h < 72; ++h) alt.income.values[r * kHouseholds + h] -= 50.0F;
    alt.income.values[r * kHouseholds + 39] += 30.0F;
  }
  const ResultTable table = winners(base, alt);
  EXPECT_DOUBLE_EQ(mean(table, "winners"), 35.0 / 160);
  EXPECT_DOUBLE_EQ(mean(table, "losers"), 96.0 / 160);
  EXPECT_DOUBLE_EQ(mean(table, "unchanged"), 29.0 / 160);
  EXPECT_DOUBLE_EQ(mean(table, "mean_gain"), 100.0);
  EXPECT_DOUBLE_EQ(mean(table, "mean_loss"), -50.0);
  EXPECT_DOUBLE_EQ(mean(table, "mean_change"), (3500.0 - 4800.0 + 30.0) / 160);
  EXPECT_DOUBLE_EQ(mean(table, "winners", "P"), 35.0 / 40);
  EXPECT_DOUBLE_EQ(mean(table, "losers", "Q"), 32.0 / 40);
  EXPECT_DOUBLE_EQ(mean(table, "mean_loss", "Q"), -50.0);
}

TEST(Winners, TheThresholdIsAShareOfTheYearsLine) {
  const DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (float& income : alt.income.values) income += 31.0F;
  EXPECT_EQ(mean(winners(base, alt), "winners"), 1.0);
  WinnerRequest wider = request();
  wider.unchanged_share = 0.011;  // 33 yuan
  EXPECT_EQ(mean(winners(base, alt, wider), "unchanged"), 1.0);
}

// In replicate 0 40 of 80 households by number win, weight 40 of 160; in replicate 1 all do. Shares
// 1/4 and 1: mean 5/8, standard error 3/8, t(1) = 12.706205.
TEST(Winners, TheIntervalIsOverReplicates) {
  const DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (std::size_t h = 0; h < 40; ++h) alt.income.values[h] += 500.0F;
  for (std::size_t h = 0; h < 80; ++h) alt.income.values[kHouseholds + h] += 500.0F;
  const auto found = find(winners(base, alt), "Handland", "", "", "winners");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->n, 2);
  EXPECT_EQ(found->households, 80);
  EXPECT_DOUBLE_EQ(found->mean, 0.625);
  EXPECT_NEAR(found->high, 0.625 + 0.375 * 12.706205, 1e-5);
  EXPECT_NEAR(found->low, 0.625 - 0.375 * 12.706205, 1e-5);
}

TEST(Winners, OneReplicateHasNoInterval) {
  const auto found = find(winners(even_panel(1), even_panel(1)), "Handland", "", "", "unchanged");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->mean, 1.0);
  EXPECT_TRUE(std::isnan(found->low) && std::isnan(found->high));
  EXPECT_EQ(found->note, "n too small: 1 replicate");
}

// 29 winners are too few for their mean gain, but not for their share; the 40 losers are enough.
TEST(Winners, FewHouseholdsGiveNoFigure) {
  const DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t h = 0; h < (r == 0 ? 29U : 30U); ++h) {
      alt.income.values[r * kHouseholds + h] += 100.0F;
    }
    for (std::size_t h = 40; h < 80; ++h) alt.income.values[r * kHouseholds + h] -= 100.0F;
  }
  const ResultTable table = winners(base, alt);
  const auto gain = find(table, "Handland", "", "", "mean_gain");
  ASSERT_TRUE(gain);
  EXPECT_TRUE(std::isnan(gain->mean) && std::isnan(gain->low));
  EXPECT_EQ(gain->households, 29);
  EXPECT_EQ(gain->note, "n too small: 29 households");
  EXPECT_DOUBLE_EQ(mean(table, "winners"), (29.0 / 160 + 30.0 / 160) / 2);
  EXPECT_DOUBLE_EQ(mean(table, "mean_loss"), -100.0);
}

// 35 of weight 1 are poor in the base only, 31 of weight 3 in the other run only, 4 in both.
TEST(Winners, LiftedAndDropped) {
  DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t h = 0; h < 39; ++h) base.poor.values[r * kHouseholds + h] = 1.0F;
    for (std::size_t h = 35; h < 39; ++h) alt.poor.values[r * kHouseholds + h] = 1.0F;
    for (std::size_t h = 40; h < 71; ++h) alt.poor.values[r * kHouseholds + h] = 1.0F;
  }
  const ResultTable table = winners(base, alt);
  EXPECT_DOUBLE_EQ(mean(table, "lifted"), 35.0 / 160);
  EXPECT_DOUBLE_EQ(mean(table, "dropped"), 93.0 / 160);
  // Nobody who is not poor can be lifted: replicates that agree on 0 are no interval of no width.
  const auto not_poor = find(table, "Handland", "poor_in_base", "not_poor", "lifted");
  ASSERT_TRUE(not_poor);
  EXPECT_EQ(not_poor->mean, 0.0);
  EXPECT_TRUE(std::isnan(not_poor->low) && std::isnan(not_poor->high));
  EXPECT_EQ(not_poor->note, "no interval: 0 in every replicate");
  const auto poor = find(table, "Handland", "poor_in_base", "poor", "lifted");
  ASSERT_TRUE(poor);
  EXPECT_DOUBLE_EQ(poor->mean, 35.0 / 39);
  EXPECT_EQ(poor->households, 39);
  base.poor = {};
  EXPECT_FALSE(find(winners(base, alt), "Handland", "", "", "lifted"));
}

TEST(Winners, GroupsAreThoseOfTheBase) {
  DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (std::size_t r = 0; r < 2; ++r) {
    for (std::size_t h = 0; h < 32; ++h) {
      base.status.values[r * kHouseholds + h] = 1.0F;
      alt.status.values[r * kHouseholds + h] = 2.0F;  // does not count
      alt.income.values[r * kHouseholds + h] += 100.0F;
    }
  }
  const ResultTable table = winners(base, alt);
  EXPECT_EQ(find(table, "Handland", "status_in_base", "registered", "winners")->mean, 1.0);
  EXPECT_EQ(find(table, "Handland", "status_in_base", "no", "winners")->mean, 0.0);
  EXPECT_FALSE(find(table, "Handland", "status_in_base", "exited", "winners"));
  EXPECT_FALSE(find(table, "Handland", "cause_in_base", "illness", "winners"));  // not kept
}

// Household 0 is gone from the base, 50 and 51 from the other run; a household that split off there
// is known to it alone.
TEST(Winners, HouseholdsOfOneRunAreCountedApart) {
  DecemberPanel base = even_panel();
  DecemberPanel alt = even_panel();
  for (std::size_t r = 0; r < 2; ++r) {
    base.income.values[r * kHouseholds] = kGone;
    alt.income.values[r * kHouseholds + 50] = kGone;
    alt.income.values[r * kHouseholds + 51] = kGone;
  }
  const std::uint64_t branch = household_key(1, 1'000'000);  // between county 1 and county 2
  alt.households.insert(alt.households.begin() + 40, branch);
  alt.weights.insert(alt.weights.begin() + 40, 1.0F);
  for (const std::size_t at : {40U + 80U, 40U}) {
    for (DecemberColumn* column : {&alt.income, &alt.poor, &alt.status}) {
      column->values.insert(column->values.begin() + static_cast<std::ptrdiff_t>(at), 0.0F);
    }
  }
  const ResultTable table = winners(base, alt);
  EXPECT_EQ(mean(table, "only_in_base"), 2);
  EXPECT_EQ(mean(table, "only_in_base", "P"), 0);
  EXPECT_EQ(mean(table, "only_in_base", "Q"), 2);
  EXPECT_EQ(mean(table, "only_in_alt"), 2);
  EXPECT_EQ(mean(table, "only_in_alt", "P"), 2);
  EXPECT_EQ(find(table, "Handland", "", "", "winners")->households, 77);
  EXPECT_EQ(mean(table, "unchanged"), 1.0);  // the branch's zero income is nobody's loss
}

}  // namespace
}  // namespace terrace::analysis

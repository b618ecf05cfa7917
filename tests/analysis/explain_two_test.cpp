// Two lives beside each other: where they part, and how they are set on a terminal.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/explain.hpp"
#include "tests/analysis/hand_life.hpp"

namespace terrace::explain {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::StartsWith;

TEST(Partings, AreTheFirstMonthThatDiffersInAnything) {
  const Life one = made_up_life();
  Life other = made_up_life();
  other.scenario = "none";
  EXPECT_FALSE(parting(one, other));
  EXPECT_EQ(parting_words(one, other),
            "The two lives are the same in all months that both runs have.");

  other.values[0][14] = 2900.0F;
  EXPECT_EQ(parting_words(one, other),
            "The two lives are the same until February 2013. They part in March 2013 (income 3,000 "
            "in tpa, 2,900 in none).");
  other.events = {happened(EventKind::birth, 2)};
  ASSERT_TRUE(parting(one, other));
  EXPECT_EQ(parting(one, other)->month, month_of(2013, 2));
  EXPECT_EQ(parting(one, other)->what, "in none: A child is born");
  other.values[1][0] = kNone;
  EXPECT_THAT(parting_words(one, other),
              StartsWith("The two lives differ from the first month on, January 2012"));
}

// Catalogues may differ: modules are compared by name, columns only where both runs kept them.
TEST(Partings, CompareModulesAndColumnsByName) {
  Life one = made_up_life();
  Life other = made_up_life();
  Event offer = happened(EventKind::offered, 3);
  offer.module = 0;
  one.events = {offer};
  other.modules = {"home_made", "relocation"};
  offer.module = 1;
  other.events = {offer};
  std::swap(other.columns[0], other.columns[1]);
  std::swap(other.values[0], other.values[1]);
  one.columns.push_back({"loan", "yuan", ""});
  one.values.emplace_back(24, 7.0F);
  EXPECT_FALSE(parting(one, other));
  other.events[0].module = 0;
  EXPECT_EQ(parting(one, other)->what, "in tpa: Offered: Relocation; in tpa: Offered: home_made");
}

TEST(Partings, HaveTheDigitsThatTellTwoNumbersApart) {
  Life one = made_up_life();
  Life other = made_up_life();
  one.columns.push_back({"consumption", "yuan", ""});
  one.values.emplace_back(24, 3154.0F);
  other.columns.push_back({"consumption", "yuan", ""});
  other.values.emplace_back(24, 3154.25F);
  EXPECT_EQ(parting(one, other)->what, "consumption 3,154.0 in tpa, 3,154.2 in tpa");
  other.values.back().assign(24, 3155.0F);
  EXPECT_EQ(parting(one, other)->what, "consumption 3,154 in tpa, 3,155 in tpa");
}

TEST(Text, IsNoWiderThanAsked) {
  Life life = made_up_life();
  life.events = {happened(EventKind::illness, 2, 1234.0F), happened(EventKind::disaster, 2, 0.5F)};
  const Story story = tell(life, {});
  for (const std::size_t width : {40U, 72U, 120U}) {
    const std::string text = print(story, width);
    for (const std::string& line : lines_of(text)) EXPECT_LE(line.size(), width) << line;
  }
  EXPECT_THAT(print(story, 100), HasSubstr("\n  February  A member falls seriously ill;"));
  EXPECT_THAT(print(story, 100), HasSubstr("\n2012 (before the programme)\n  December: income"));
}

TEST(Text, TwoLivesStandBesideEachOtherFromTheYearInWhichTheyPart) {
  Life one = made_up_life();
  Life other = made_up_life();
  other.scenario = "none";
  other.values[0][14] = 2900.0F;
  one.events = {happened(EventKind::birth, 2), happened(EventKind::registered, 4)};
  other.events = {happened(EventKind::birth, 2)};
  const std::string words = parting_words(one, other);
  const auto month = parting(one, other)->month;
  const std::string text = print_beside(tell(one, {}), tell(other, {}), words, month, 110);
  const std::vector<std::string> lines = lines_of(text);
  for (const std::string& line : lines) EXPECT_LE(line.size(), 110U) << line;
  EXPECT_THAT(lines[0], StartsWith("Household 1:20480")) << "what both say comes once";
  const auto starting = [&](const std::string& with) {
    return std::vector<std::string>(
        std::find_if(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.rfind(with, 0) == 0; }),
        lines.end());
  };
  EXPECT_THAT(starting("  December: income 2,000"), Not(IsEmpty())) << text;
  const auto february = starting("  February");
  ASSERT_THAT(february, Not(IsEmpty()));
  EXPECT_EQ(february[0],
            "  February  A child is born." + std::string(31, ' ') + " | A child is born.");
  const auto april = starting("  April");
  ASSERT_THAT(april, Not(IsEmpty()));
  EXPECT_THAT(april[0], testing::EndsWith(" |")) << "nothing happens in the other run";

  const std::string narrow = print_beside(tell(one, {}), tell(other, {}), words, month, 60);
  EXPECT_THAT(narrow, Not(HasSubstr(" | ")));
  for (const std::string& line : lines_of(narrow)) EXPECT_LE(line.size(), 60U) << line;
}

}  // namespace
}  // namespace terrace::explain

// Lives made up by hand, and what is said of them.
#include "analysis/explain.hpp"

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/explain_words.hpp"
#include "population/divide.hpp"
#include "tests/analysis/hand_life.hpp"

namespace terrace::explain {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

TEST(Words, EachKindOfEventHasASentenceOfItsOwn) {
  const Life life = made_up_life();
  std::set<std::string> sentences;
  for (std::size_t k = 0; k < kEventKinds; ++k) {
    Event event = happened(static_cast<EventKind>(k), 1, 1.0F);
    event.module = 0;
    event.person = 2;
    const std::string text = sentence(event, life);
    EXPECT_THAT(text, Not(HasSubstr("no words"))) << event_kind_names().at(k);
    EXPECT_NE(text.back(), '.') << text;
    EXPECT_TRUE(sentences.insert(text).second) << text;
  }
}

TEST(Words, AKindOfALaterVersionIsNotPassedOver) {
  EXPECT_THAT(sentence(happened(EventKind::count, 1), made_up_life()), HasSubstr("no words for"));
}

TEST(Words, EachReasonHasAClauseOfItsOwn) {
  EXPECT_EQ(clause(Reason::none), "");
  std::set<std::string> clauses;
  for (std::size_t r = 1; r < kReasons; ++r) {
    const std::string text = clause(static_cast<Reason>(r));
    EXPECT_FALSE(text.empty()) << reason_names().at(r);
    EXPECT_TRUE(clauses.insert(text).second) << text;
  }
}

TEST(Words, CodesComeInWords) {
  std::set<std::string> causes;
  for (std::size_t c = 0; c < kCauses; ++c) causes.insert(words_of(static_cast<Cause>(c)));
  EXPECT_THAT(causes, SizeIs(kCauses));
  EXPECT_EQ(words_of(static_cast<Cause>(kNoCause)), "none");
  std::set<std::string> measures;
  for (std::size_t m = 0; m < kMeasureKinds; ++m) {
    measures.insert(words_of(static_cast<Measure>(m)));
  }
  EXPECT_THAT(measures, SizeIs(kMeasureKinds));
  EXPECT_EQ(words_of_measures(0), "no measure");
  EXPECT_EQ(words_of_measures(bit(Measure::ecological_post) | bit(Measure::industry)),
            "industry, ecological post");
  EXPECT_EQ(words_of_services(service::water | service::power), "safe water, reliable power");

  const PanelColumn status{"register_status", "1", "", "no registered exited relapsed removed"};
  EXPECT_EQ(words_of_code(status, 0), "never on the register");
  EXPECT_EQ(words_of_code(status, 4), "struck off the register");
  EXPECT_EQ(words_of_code(status, 5), "register_status 5") << "a code without a word";
  const PanelColumn cause{"true_cause", "1", "", "none illness disability schooling"};
  EXPECT_EQ(words_of_code(cause, 0), "none");
  EXPECT_EQ(words_of_code(cause, 3), "costs of schooling");
  EXPECT_EQ(words_of_code({"mood", "1", "", "very_low high"}, 0), "very low");
}

TEST(Words, SentencesSayWhoWhatAndWhy) {
  const Life life = made_up_life();
  Event ill = happened(EventKind::illness, 3, 1234.4F);
  EXPECT_EQ(sentence(ill, life),
            "A member falls seriously ill; the household pays 1,234 yuan (of 2012) itself");
  ill.person = 3;
  EXPECT_THAT(sentence(ill, life), StartsWith("Member 3 falls"));

  Event refused = happened(EventKind::refused, 3);
  refused.module = 0;
  refused.reason = Reason::own_choice;
  EXPECT_EQ(sentence(refused, life), "Refused: Relocation (the household said no)");
  refused.module = 1;
  EXPECT_EQ(sentence(refused, life), "Refused: home_made (the household said no)")
      << "a module of somebody's own comes by its name";
  EXPECT_EQ(sentence(happened(EventKind::disaster, 3, 0.346F), life),
            "A disaster strikes the village and takes 35 % of the year's farm output");
}

TEST(Words, PlacesAreCalledWhatTheModuleCounts) {
  Life life = made_up_life();
  Event taken = happened(EventKind::taken, 3, 4.0F);
  taken.module = 0;
  for (const auto& [module, text] :
       {std::pair("relocation", "(4 persons)"), std::pair("education", "(4 pupils)"),
        std::pair("home_made", "(4 places)")}) {
    life.modules = {module};
    EXPECT_THAT(sentence(taken, life), EndsWith(text));
  }
}

TEST(Words, NumbersAreGrouped) {
  EXPECT_EQ(grouped(0.0), "0");
  EXPECT_EQ(grouped(-0.2), "0");
  EXPECT_EQ(grouped(999.4), "999");
  EXPECT_EQ(grouped(1000.0), "1,000");
  EXPECT_EQ(grouped(-1234567.891, 2), "-1,234,567.89");
  EXPECT_EQ(percent(0.125), "12 %");
}

TEST(Ids, AreReadAsTheyAreShown) {
  EXPECT_EQ(shown_id(kHousehold), "1:20480");
  EXPECT_EQ(read_id("1:20480"), kHousehold);
  EXPECT_EQ(read_id(std::to_string(kHousehold)), kHousehold);
  for (const char* wrong : {"", ":", "2:", ":7", "x", "2:7x", "-1", "65537:1", "1:4294967296",
                            "18446744073709551616"}) {
    EXPECT_FALSE(read_id(wrong)) << wrong;
  }
}

// The public headers do not say how ids of branches are made; divide.hpp does.
TEST(Ids, BranchesNameTheirParents) {
  EXPECT_FALSE(parents_of(kHousehold));
  EXPECT_EQ(division_of(kHousehold), 0U);
  std::uint32_t id = 77U << kFounderShift;
  for (const std::uint8_t divisions : std::vector<std::uint8_t>{2, 0, 6, 3}) {
    const std::uint32_t branch = branch_id(id, divisions);
    EXPECT_EQ(parents_of(household_key(9, branch)), household_key(9, id));
    EXPECT_EQ(founder_of_line(household_key(9, branch)), household_key(9, 77U << kFounderShift));
    EXPECT_EQ(division_of(household_key(9, branch)), divisions + 1U);
    id = branch;
  }
}

TEST(Lines, BurnInIsHeldAtTheYearBeforeTheProgramme) {
  StoredPanel panel;
  for (Month m = month_of(2011, 1); m <= month_of(2014, 12); ++m) {
    panel.months.push_back(m);
    panel.burn_in.push_back(m < month_of(2013, 1));
  }
  const Series line{"yuan/person/year", "nominal", "", {{2011, 2536}, {2012, 2625}, {2013, 2736}}};
  EXPECT_EQ(lines_in_force(line, panel),
            (std::map<int, double>{{2011, 2625}, {2012, 2625}, {2013, 2736}, {2014, 2736}}));
}

TEST(Tell, SaysWhoAndWhen) {
  const Story story = tell(made_up_life(), {});
  EXPECT_EQ(story.head,
            (std::vector<std::string>{
                "Household 1:20480 (4294987776 in the file), county Hills-d01 in Hills, designated "
                "as poor.",
                "Scenario tpa, replicate 0; it stands for 1,250 households of the nation.",
                "On record from January 2012 to December 2013.",
                "It begins with 4 members; they go by their number in the household, which is "
                "never given again."}));
  ASSERT_THAT(story.notes, SizeIs(1));
  EXPECT_THAT(story.notes[0], HasSubstr("does not keep consumption, assets, wealth"));
  EXPECT_THAT(story.notes[0], Not(HasSubstr("members")));
}

// 2,000 of 2,500 is a fifth below; 3,000 of 2,736 is 9.6 % above.
TEST(Tell, HoldsDecembersIncomeAgainstTheLine) {
  const Story story = tell(made_up_life(), {});
  ASSERT_THAT(story.years, SizeIs(2));
  EXPECT_TRUE(story.years[0].burn_in);
  EXPECT_EQ(story.years[0].standing,
            "December: income 2,000 yuan a head over twelve months, 20 % below the poverty line of "
            "2,500; 4 members; never on the register.");
  EXPECT_EQ(story.years[1].standing,
            "December: income 3,000 yuan a head over twelve months, 10 % above the poverty line of "
            "2,736; 4 members; on the register; plan: industry.");
  Life without = made_up_life();
  without.lines.clear();
  const Story told = tell(without, {});
  EXPECT_THAT(told.years[0].standing, Not(HasSubstr("line")));
  EXPECT_THAT(told.notes, testing::Contains("The run's poverty line is not known."));
}

TEST(Tell, PassesOverQuietMonthsUnlessAsked) {
  Life life = made_up_life();
  life.events = {happened(EventKind::birth, 2), happened(EventKind::registered, 4)};
  Story story = tell(life, {});
  EXPECT_THAT(story.years[0].months, IsEmpty());
  ASSERT_THAT(story.years[1].months, SizeIs(2));
  EXPECT_EQ(story.years[1].months[0].month, month_of(2013, 2));
  EXPECT_EQ(story.years[1].months[1].lines[0].text, "Is put on the register of poor households.");

  life.columns.push_back({"income_month", "yuan", ""});
  life.values.emplace_back(24, 800.0F);
  life.columns.push_back({"farm_month", "yuan", ""});
  life.values.emplace_back(24, 300.0F);
  story = tell(life, {.from = month_of(2013, 2), .to = month_of(2013, 3), .all_months = true});
  ASSERT_THAT(story.years, SizeIs(1));
  ASSERT_THAT(story.years[0].months, SizeIs(2));
  EXPECT_EQ(story.years[0].months[0].lines.back().text,
            "Income of the month 800 yuan of 2012: farm 300.");
}

TEST(Tell, AnOfferAndItsAnswerAreOneSentence) {
  Life life = made_up_life();
  Event offer = happened(EventKind::offered, 3);
  offer.module = 0;
  Event other = offer;
  other.module = 1;
  Event answer = happened(EventKind::refused, 3);
  answer.module = 0;
  answer.reason = Reason::own_choice;
  life.events = {offer, other, answer};
  const Story story = tell(life, {});
  const std::vector<StoryLine>& lines = story.years[1].months[0].lines;
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_EQ(lines[0].text, "Offered and refused: Relocation (the household said no).");
  EXPECT_THAT(lines[0].events, SizeIs(2));
  EXPECT_EQ(lines[1].text, "Offered: home_made.");
}

TEST(Tell, RecordsBeginAndEndWithTheHousehold) {
  Life life = made_up_life();
  for (auto& column : life.values) {
    for (std::size_t m = 0; m < 24; ++m) {
      if (m < 12 || m > 14) column[m] = kNone;
    }
  }
  life.household = household_key(1, branch_id(5U << kFounderShift, 0));
  life.parents = kHousehold;
  life.split = month_of(2012, 9);
  life.events = {happened(EventKind::dissolved, 4)};
  const Story story = tell(life, {});
  EXPECT_THAT(story.head,
              testing::Contains("It split off from household 1:20480 in September 2012."));
  EXPECT_THAT(story.head, testing::Contains(
                              "On record from January 2013 to March 2013, when it was dissolved."));
  ASSERT_THAT(story.years, SizeIs(1));
  EXPECT_THAT(story.years[0].standing, StartsWith("March: income 3,000"));
  EXPECT_EQ(story.years[0].months.back().month, month_of(2013, 4)) << "its end is told";

  const Story outside = tell(life, {.from = month_of(2013, 6), .to = {}});
  EXPECT_THAT(outside.notes, testing::Contains("There is no record of it in these months."));

  for (auto& column : life.values) column.assign(24, kNone);
  const Story none = tell(life, {});
  EXPECT_THAT(none.head, testing::Contains(HasSubstr("There is no record of it")));
  EXPECT_THAT(none.years, IsEmpty());
}

TEST(Tell, NamesTheFounderOfALongerLine) {
  Life life = made_up_life();
  const std::uint32_t branch = branch_id(5U << kFounderShift, 0);
  life.household = household_key(1, branch_id(branch, 1));
  life.parents = parents_of(life.household);
  const Story story = tell(life, {});
  EXPECT_EQ(
      story.head[2],
      "It split off from household 1:20992; the diary of the panel does not say when. Its line "
      "is that of household 1:20480.");
}

}  // namespace
}  // namespace terrace::explain

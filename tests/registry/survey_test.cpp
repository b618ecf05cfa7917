// The statistics survey: a panel, an error of its own, and notes that last a year.
#include <set>

#include <gtest/gtest.h>

#include "registry/registry.hpp"
#include "support/hand_county.hpp"

namespace terrace::registry {
namespace {

using test::HandCounty;

void december(HandCounty& hand, int year, const RegistryParameters& p) {
  hand.frame.year = year;
  hand.begin(month_of(year, 12));
  survey(hand.work, p);
}

std::set<std::size_t> visited(const HandCounty& hand) {
  std::set<std::size_t> rows;
  for (std::size_t h = 0; h < hand.work.survey_now.size(); ++h) {
    if ((hand.work.survey_now[h] & note::surveyed) != 0) rows.insert(h);
  }
  return rows;
}

TEST(Survey, VisitsTheSameHouseholdsUntilThePanelEnds) {
  HandCounty hand(2013);
  for (int i = 0; i < 300; ++i) hand.add({});
  hand.plan.survey_households = 60;
  RegistryParameters p = hand.registry;
  p.identification.survey_rotation = 5;
  p.identification.panel_year = 2013;
  december(hand, 2013, p);
  const std::set<std::size_t> first = visited(hand);
  EXPECT_EQ(first.size(), 60U);
  for (int year = 2014; year <= 2017; ++year) {
    december(hand, year, p);
    EXPECT_EQ(visited(hand), first) << year;
  }
  december(hand, 2018, p);
  EXPECT_NE(visited(hand), first);
  EXPECT_EQ(visited(hand).size(), 60U);
  p.identification.survey_rotation = 1;
  december(hand, 2014, p);
  EXPECT_NE(visited(hand), first) << "a new sample every year";
}

TEST(Survey, CountsPersonsBelowTheLine) {
  HandCounty hand(2014);
  hand.add({.income = 1'476, .members = std::vector<test::HandPerson>(1)});  // half the line
  hand.add({.income = 5'000, .members = std::vector<test::HandPerson>(3)});
  hand.plan.survey_households = 2;
  RegistryParameters p = hand.registry;
  p.identification.survey_sd = 0.0;
  december(hand, 2014, p);
  EXPECT_DOUBLE_EQ(hand.report.survey_households, 2.0);
  EXPECT_DOUBLE_EQ(hand.report.survey_poor, 0.25);
  EXPECT_DOUBLE_EQ(hand.report.survey_gap, 0.125);
  EXPECT_DOUBLE_EQ(hand.report.survey_income, (1'476.0 + 15'000.0) / 4.0);
  EXPECT_DOUBLE_EQ(hand.work.of_year(YearSum::survey_persons), 4.0);
  EXPECT_DOUBLE_EQ(hand.work.of_year(YearSum::survey_poor), 1.0);
  EXPECT_EQ(hand.work.survey_now[0], note::surveyed | note::survey_poor);
  EXPECT_EQ(hand.work.survey_now[1], note::surveyed);
}

TEST(Survey, SampleStandsForAllPersonsOfTheCounty) {
  HandCounty hand(2014);
  for (int i = 0; i < 50; ++i) hand.add({.income = 1'000});
  hand.plan.survey_households = 10;
  RegistryParameters p = hand.registry;
  december(hand, 2014, p);
  EXPECT_DOUBLE_EQ(hand.report.survey_households, 10.0);
  EXPECT_DOUBLE_EQ(hand.work.of_year(YearSum::survey_persons), 100.0);
  EXPECT_DOUBLE_EQ(hand.work.of_year(YearSum::survey_poor), 100.0);
}

TEST(Survey, ErrorsHaveMeanOne) {
  HandCounty hand(2014);
  for (int i = 0; i < 20'000; ++i) hand.add({.income = 4'000});
  hand.plan.survey_households = 20'000;
  RegistryParameters p = hand.registry;
  p.identification.survey_sd = 0.15;
  december(hand, 2014, p);
  EXPECT_NEAR(hand.report.survey_income, 4'000.0, 4.5 * 4'000.0 * 0.151 / std::sqrt(20'000.0));
  EXPECT_GT(hand.report.survey_poor, 0.0) << "ln(2952 / 4000) is 2 sd away";
}

TEST(Survey, LastDecembersNotesStandUntilTheYearIsClosed) {
  HandCounty hand(2014);
  hand.add({.income = 1'000});
  hand.add({.income = 50'000});
  hand.plan.survey_households = 2;
  auto& notes = hand.county.households.notes;
  notes[0] = note::listed | note::surveyed;
  notes[1] = note::queued | note::survey_poor | note::surveyed;
  december(hand, 2014, hand.registry);
  EXPECT_EQ(notes[0], note::listed | note::surveyed);
  close_year(hand.work);
  EXPECT_EQ(notes[0] & ~note::queued, note::listed | note::surveyed | note::survey_poor);
  EXPECT_EQ(notes[1] & (note::surveyed | note::survey_poor), note::surveyed);
}

TEST(CloseYear, RemembersForAYearWhoAskedInVain) {
  HandCounty hand(2017);
  for (int i = 0; i < 3; ++i) hand.add({});
  auto& notes = hand.county.households.notes;
  notes[1] = note::queued | note::listed;
  hand.begin(month_of(2017, 12));
  hand.work.queued = {1, 0, 0};
  close_year(hand.work);
  EXPECT_EQ(notes[0], note::queued);
  EXPECT_EQ(notes[1], note::listed);
  EXPECT_EQ(notes[2], 0);
}

}  // namespace
}  // namespace terrace::registry

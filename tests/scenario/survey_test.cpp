// Surveys in CSV: what is read, and how each kind of mistake is told.
#include <cmath>
#include <string>

#include <gmock/gmock.h>

#include "scenario/fixture.hpp"
#include "scenario/survey_reader.hpp"

namespace terrace::scenario {
namespace {

using H = HouseholdField;
using P = PersonField;
using testing::HasSubstr;

const std::string kHouseholds =
    "household_id,weight,province,designated,land_mu,house,safe_water,x_note\n"
    "a,1.5,Hill,1,3.25,D,0,\"a \"\"note\"\", long\"\n"
    "b,2,,,,NA,1,\n";
const std::string kPersons =
    "household_id,age,sex,relation,schooling,activity,health\n"
    "a,38,woman,spouse,7,farm,0.5\n"
    "b,70,woman,head,0,,\n"
    "a,40,man,head,9,migrant,NaN\n";
const std::string kScenario =
    "terrace: 1\n"
    "population:\n"
    "  source: h.csv\n"
    "  persons: p.csv\n";

class SurveyTest : public ScenarioTest {
 protected:
  Loaded read(const std::string& households, const std::string& persons) const {
    write("h.csv", households);
    write("p.csv", persons);
    return load(kScenario);
  }
  std::string mistakes(const std::string& households, const std::string& persons) const {
    return errors(read(households, persons));
  }
  /// The scenario with one line of a file replaced.
  static std::string with(std::string text, const std::string& old,
                          const std::string& replacement) {
    const auto at = text.find(old);
    EXPECT_NE(at, std::string::npos) << old;
    return text.replace(at, old.size(), replacement);
  }
};

TEST_F(SurveyTest, ValuesArriveWhereTheyBelong) {
  const Loaded loaded = read(kHouseholds, kPersons);
  ASSERT_EQ(errors(loaded), "");
  const SurveySample& s = *loaded.spec.population.survey;
  ASSERT_EQ(s.size(), 2U);
  EXPECT_EQ(s.weight, (std::vector<double>{1.5, 2.0}));
  EXPECT_EQ(s.province, (std::vector<std::uint16_t>{0, SurveySample::kAnyProvince}));
  EXPECT_EQ(s.designated, (std::vector<std::uint8_t>{1, SurveySample::kAnyKind}));
  EXPECT_EQ(s.first, (std::vector<std::uint32_t>{0, 2, 3}));
  EXPECT_EQ(s.of_household(H::land_mu, 0), 3.25F);
  EXPECT_TRUE(std::isnan(s.of_household(H::land_mu, 1)));
  EXPECT_EQ(s.of_household(H::house, 0), 3.0F);
  EXPECT_TRUE(std::isnan(s.of_household(H::house, 1)));
  EXPECT_EQ(s.of_household(H::safe_water, 0), 0.0F);
  EXPECT_EQ(s.of_household(H::safe_water, 1), 1.0F);
  EXPECT_TRUE(std::isnan(s.of_household(H::consumption, 0)));  // no such column
  // The head comes first, wherever the file has it.
  EXPECT_EQ(s.of_person(P::age, 0), 40.0F);
  EXPECT_EQ(s.of_person(P::woman, 0), 0.0F);
  EXPECT_EQ(s.of_person(P::activity, 0), static_cast<float>(Activity::migrant));
  EXPECT_TRUE(std::isnan(s.of_person(P::health, 0)));
  EXPECT_EQ(s.of_person(P::relation, 1), static_cast<float>(Relation::spouse));
  EXPECT_EQ(s.of_person(P::health, 1), 0.5F);
  EXPECT_TRUE(std::isnan(s.of_person(P::activity, 2)));
  EXPECT_TRUE(std::isnan(s.of_person(P::age_month, 2)));
}

TEST_F(SurveyTest, AgesFromMonthsOfBirth) {
  const Loaded loaded = read("household_id,weight,interview\na,1,2012-07\n",
                             "household_id,birth_month,sex,relation,schooling\n"
                             "a,1972-07,man,head,9\na,2011-08,man,child,0\n");
  ASSERT_EQ(errors(loaded), "");
  const SurveySample& s = *loaded.spec.population.survey;
  EXPECT_EQ(s.of_person(P::age, 0), 40.0F);
  EXPECT_EQ(s.of_person(P::age_month, 0), 0.0F);
  EXPECT_EQ(s.of_person(P::age, 1), 0.0F);
  EXPECT_EQ(s.of_person(P::age_month, 1), 11.0F);
}

TEST_F(SurveyTest, ByteOrderMarkCarriageReturnsAndNoFinalLineEnd) {
  std::string text = "\xef\xbb\xbf" + kHouseholds;
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
    text.replace(at, 1, "\r\n");
  }
  text.resize(text.size() - 2);
  EXPECT_EQ(mistakes(text, kPersons), "");
}

TEST_F(SurveyTest, EachKindOfMistakeInACell) {
  const auto households = [&](const std::string& old, const std::string& now) {
    return mistakes(with(kHouseholds, old, now), kPersons);
  };
  const auto persons = [&](const std::string& old, const std::string& now) {
    return mistakes(kHouseholds, with(kPersons, old, now));
  };
  EXPECT_EQ(households("3.25", "much"), "h.csv:2: land_mu: must be a number, found 'much'\n");
  EXPECT_EQ(households("3.25", "inf"), "h.csv:2: land_mu: must be a number, found 'inf'\n");
  EXPECT_EQ(households("3.25", "0x10"), "h.csv:2: land_mu: must be a number, found '0x10'\n");
  EXPECT_EQ(
      households("3.25", "\"3,25\""),
      "h.csv:2: land_mu: must be a number, found '3,25'; write the decimal point as a point\n");
  EXPECT_EQ(households("3.25", "-1"),
            "h.csv:2: land_mu: -1 is out of range; accepted: from 0 to 655\n");
  EXPECT_EQ(households("b,2,", "b,0,"),
            "h.csv:3: weight: 0 is out of range; accepted: more than 0 to 1000000000000\n");
  EXPECT_EQ(households("b,2,", "b,nan,"), "h.csv:3: weight: a value is missing\n");
  EXPECT_EQ(households("b,2,", ",2,"), "h.csv:3: household_id: a value is missing\n");
  EXPECT_EQ(households("D,0", "E,0"),
            "h.csv:2: house: unknown code 'E'; accepted: one of: A, B, C, D\n");
  EXPECT_EQ(households("D,0", "D,0.5"),
            "h.csv:2: safe_water: 0.5 is out of range; accepted: 0 or 1\n");
  EXPECT_EQ(persons("40,man", "40.5,man"),
            "p.csv:4: age: 40.5 is no whole number; accepted: whole numbers from 0 to 120\n");
  EXPECT_EQ(persons("40,man", ",man"), "p.csv:4: age: a value is missing\n");
  EXPECT_EQ(persons("spouse", "spuose"),
            "p.csv:2: relation: unknown code 'spuose'; did you mean 'spouse'?\n");
  EXPECT_EQ(persons("40,man", "40,"), "p.csv:4: sex: a value is missing\n");
}

TEST_F(SurveyTest, WhatDoesNotFitTogether) {
  EXPECT_EQ(mistakes(with(kHouseholds, "b,2", "a,2"), kPersons),
            "h.csv:3: household_id: household 'a' stands there twice; first in row 2\n"
            "h.csv:3: household_id: has no persons\n"
            "p.csv:3: household_id: there is no household 'b'\n");
  EXPECT_EQ(mistakes(kHouseholds + "c,1,Hil,,,,,\n", kPersons + "c,50,man,head,9,,\n"),
            "h.csv:4: province: unknown province 'Hil'; did you mean 'Hill'?\n");
  EXPECT_EQ(mistakes(kHouseholds, with(kPersons, "woman,head", "woman,other")),
            "h.csv:3: household_id: has 0 heads among its persons; one and only one has the "
            "relation 'head'\n");
  EXPECT_EQ(mistakes(kHouseholds, kPersons + "a,30,woman,spouse,0,,\n"),
            "h.csv:2: household_id: has 2 spouses of the head among its persons\n");
  std::string many = kPersons;
  for (int k = 0; k < 31; ++k) many += "a,20,man,child,0,,\n";
  EXPECT_EQ(mistakes(kHouseholds, many),
            "h.csv:2: household_id: has 33 persons; accepted: at most 32\n");
  EXPECT_EQ(mistakes("household_id,weight,size\na,1,3\nb,1,1\n", kPersons),
            "h.csv:2: size: says 3; the persons given are 2\n");
  EXPECT_EQ(mistakes(kHouseholds, with(kPersons, "70,woman,head,0,", "12,woman,head,0,farm")),
            "p.csv:3: activity: works below the age of 16; accepted below 16: child, pupil, ill\n");
  EXPECT_EQ(mistakes(kHouseholds, with(kPersons, "40,man,head,9", "11,man,head,9")),
            "p.csv:4: activity: works below the age of 16; accepted below 16: child, pupil, ill\n"
            "p.csv:4: schooling: 9 grades completed at the age of 11; accepted: up to the age less "
            "4\n");
}

TEST_F(SurveyTest, WhatAPersonDoesIsPossible) {
  const auto person = [&](const std::string& cells) {
    return mistakes("household_id,weight\na,1\n",
                    "household_id,sex,relation,age,schooling,school,activity,disability\n"
                    "a,man,head,40,9,done,farm,none\na,man,child," +
                        cells + "\n");
  };
  EXPECT_EQ(person("12,5,pupil,pupil,none"), "");
  EXPECT_EQ(person("5,0,preschool,pupil,none"), "");
  EXPECT_EQ(person("17,10,senior,ill,severe"), "");
  EXPECT_EQ(person("17,10,senior,,"), "");
  EXPECT_EQ(person("17,10,done,pupil,none"),
            "p.csv:3: school: a pupil by activity who attends no school\n");
  EXPECT_EQ(person("20,13,tertiary,farm,none"),
            "p.csv:3: activity: attends school and does something else; accepted with that school: "
            "pupil, ill\n");
  EXPECT_EQ(
      person("30,9,done,farm,severe"),
      "p.csv:3: disability: works with a severe disability; 'severe' is for persons unable to "
      "work\n");
  EXPECT_EQ(person("16,9,done,child,none"), "p.csv:3: activity: 'child' is for persons below 16\n");
}

TEST_F(SurveyTest, IncomesAreAllOrNone) {
  const std::string header =
      "household_id,weight,income_farm,income_local_wage,income_migrant_wage,income_transfer,"
      "income_property\n";
  EXPECT_EQ(mistakes(header + "a,1,100,0,0,50,0\nb,1,,,,,\n", kPersons), "");
  EXPECT_EQ(mistakes(header + "a,1,100,0,0,50,0\nb,1,5,,,,\n", kPersons),
            "h.csv:3: income_farm: some components of income are given and others are not; give "
            "all five (0 where there is none) or leave all five empty\n");
}

TEST_F(SurveyTest, MonthsOfBirthNeedTheMonthOfTheInterview) {
  const std::string born =
      "household_id,birth_month,sex,relation,schooling\na,1990-01,man,head,9\n";
  EXPECT_EQ(mistakes("household_id,weight\na,1\n", born),
            "h.csv:1: column 'interview' is missing: it dates ages with 'birth_month'\n");
  EXPECT_EQ(mistakes("household_id,weight,interview\na,1,1989-12\n", born),
            "p.csv:2: birth_month: lies after the interview\n");
  EXPECT_EQ(mistakes("household_id,weight,interview\na,1,2012-13\n", born),
            "h.csv:2: interview: must be a month, found '2012-13'; accepted: YYYY-MM, from 1880-01 "
            "to 2100-12\n");
  EXPECT_EQ(
      mistakes("household_id,weight\na,1\n", "household_id,sex,relation,schooling\na,man,head,9\n"),
      "p.csv:1: column 'age' (or 'birth_month') is missing\n");
}

TEST_F(SurveyTest, HeadersAreKnownNamesOnce) {
  EXPECT_EQ(mistakes(with(kHouseholds, "land_mu", "land_my"), kPersons),
            "h.csv:1: unknown column 'land_my'; did you mean 'land_mu'? (columns whose names begin "
            "with 'x_' are passed over)\n");
  EXPECT_EQ(mistakes(with(kHouseholds, "x_note", "house"), kPersons),
            "h.csv:1: column 'house' stands there twice\n");
  EXPECT_EQ(mistakes(with(kHouseholds, "weight", "x_weight"), kPersons),
            "h.csv:1: column 'weight' is missing\n");
  EXPECT_EQ(mistakes("household_id;weight\na;1\n", kPersons),
            "h.csv:1: cells are separated by semicolons; separate them by commas\n");
}

TEST_F(SurveyTest, CsvIsReadStrictly) {
  const auto line_two = [&](const std::string& line) {
    return mistakes("household_id,weight\n" + line + "\nb,1\n", kPersons);
  };
  EXPECT_EQ(line_two("a"), "h.csv:2: has 1 cells; the header has 2\n");
  EXPECT_EQ(line_two("a,1,"), "h.csv:2: has 3 cells; the header has 2\n");
  EXPECT_EQ(line_two(""), "h.csv:2: an empty line\n");
  EXPECT_EQ(line_two("a\"b,1"),
            "h.csv:2: quotes inside a cell that does not begin with them; put the cell in quotes "
            "and double those inside it\n");
  EXPECT_EQ(line_two("\"a\"b,1"),
            "h.csv:2: text after closing quotes; double quotes inside a cell\n");
  EXPECT_EQ(line_two("\"a,1"),
            "h.csv:2: quotes that do not close on this line; double quotes inside a cell; line "
            "breaks inside cells are not read\n");
  EXPECT_EQ(line_two(std::string("a\0,1", 4)), "h.csv:2: a control character (byte 0)\n");
  EXPECT_EQ(line_two("a\rb,1"), "h.csv:2: a control character (byte 13)\n");
  EXPECT_EQ(line_two("\xff,1"), "h.csv:2: is not valid UTF-8; save the file as UTF-8\n");
  EXPECT_EQ(line_two(std::string(1001, 'a') + ",1"), "h.csv:2: a cell of more than 1000 bytes\n");
  EXPECT_EQ(mistakes("", kPersons), "h.csv: is empty; the first line names the columns\n");
  EXPECT_EQ(mistakes("household_id,weight\n", kPersons), "h.csv:1: holds no rows\n");
}

TEST_F(SurveyTest, TheFirstTwentyMistakesAreListedAndTheRestCounted) {
  std::string persons = kPersons;
  for (int k = 0; k < 30; ++k) persons += "a,old,man,child,0,,\n";
  const Loaded loaded = read(kHouseholds, persons);
  ASSERT_EQ(loaded.errors.size(), 21U);
  EXPECT_EQ(loaded.errors[19].line, 24);
  EXPECT_EQ(to_string(loaded.errors[20]), "and 10 more mistakes in the survey");
}

TEST_F(SurveyTest, FilesThatCannotBeRead) {
  write("h.csv", kHouseholds);
  EXPECT_EQ(errors(load(kScenario)), "x.yaml:4:12: population.persons: 'p.csv' does not exist\n");
  std::filesystem::create_directory(folder_ / "p.csv");
  EXPECT_EQ(errors(load(kScenario)), "x.yaml:4:12: population.persons: 'p.csv' is not a file\n");
  std::filesystem::remove(folder_ / "p.csv");
  write("p.csv", kPersons);
  std::filesystem::resize_file(folder_ / "p.csv", kMostSurveyBytes + 1);  // takes no room
  EXPECT_EQ(errors(load(kScenario)),
            "x.yaml:4:12: population.persons: 'p.csv' is larger than 256 MB\n");
}

TEST_F(SurveyTest, TablesHaveALimit) {
  std::string households = "household_id,weight\n";
  for (std::size_t k = 0; k <= kMostSurveyHouseholds; ++k) households += "a,1\n";
  EXPECT_EQ(mistakes(households, kPersons),
            "h.csv:1: holds more than 1000000 rows; take a sample of them\n");
  std::string header = "household_id,weight";
  for (int k = 0; k < 199; ++k) header += ",x_" + std::to_string(k);
  EXPECT_EQ(mistakes(header + "\n", kPersons), "h.csv:1: more than 200 columns\n");
}

TEST_F(SurveyTest, TheKeysGoTogether) {
  read(kHouseholds, kPersons);
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {source: h.csv}\n")),
            "x.yaml:2:22: population.source: holds households only; name the file of their members "
            "in `persons`\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {persons: p.csv}\n")),
            "x.yaml:2:23: population.persons: belongs to a `source` that ends in .csv\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {digest: \"00\"}\n")),
            "x.yaml:2:22: population.digest: belongs to a `source` that is a survey\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {source: people.txt}\n")),
            "x.yaml:2:22: population.source: must be synthetic or a file of survey data, found "
            "'people.txt'; names of such files end in .csv, .h5 or .hdf5\n");
  EXPECT_EQ(errors(load("terrace: 1\npopulation: {source: people.h5}\n")),
            "x.yaml:2:22: population.source: this program reads surveys in CSV only; give "
            "read_scenario a reader of HDF5\n");
  EXPECT_EQ(load("terrace: 1\n").spec.population.survey, nullptr);
}

TEST_F(SurveyTest, ALaterSourceReplacesTheSurvey) {
  read(kHouseholds, kPersons);
  write("base.yaml", kScenario);
  const Loaded kept = load("terrace: 1\nextends: base.yaml\n");
  ASSERT_EQ(errors(kept), "");
  EXPECT_NE(kept.spec.population.survey, nullptr);
  const Loaded synthetic =
      load("terrace: 1\nextends: base.yaml\npopulation: {source: synthetic}\n");
  ASSERT_EQ(errors(synthetic), "");
  EXPECT_EQ(synthetic.spec.population.survey, nullptr);
}

TEST_F(SurveyTest, AResolvedScenarioNamesTheSurveyAndItsDigest) {
  const Loaded first = read(kHouseholds, kPersons);
  const std::string text = resolved(first);
  EXPECT_THAT(text, HasSubstr("  source: \"" + (folder_ / "h.csv").string() + "\"\n"));
  EXPECT_THAT(text, HasSubstr("  persons: \"" + (folder_ / "p.csv").string() + "\"\n"));
  std::filesystem::create_directory(folder_ / "elsewhere");
  const auto copy = write("elsewhere/y.yaml", text);
  const Loaded again = load_file(copy);
  ASSERT_EQ(errors(again), "");
  EXPECT_EQ(resolved(again), text);
  // What is passed over does not count, and what is said in other words neither.
  write("h.csv", with(with(kHouseholds, "long", "short"), "1.5", "1.50"));
  EXPECT_EQ(errors(load_file(copy)), "");
  write("h.csv", with(kHouseholds, "1.5", "1.51"));
  EXPECT_THAT(errors(load_file(copy)), HasSubstr("is not the one this scenario was written for"));
}

TEST_F(SurveyTest, EveryValueCountsInTheDigest) {
  const std::string before = read(kHouseholds, kPersons).spec.population.survey->digest;
  EXPECT_NE(read(with(kHouseholds, "D,0", "D,1"), kPersons).spec.population.survey->digest, before);
  EXPECT_NE(read(kHouseholds, with(kPersons, "70,", "71,")).spec.population.survey->digest, before);
  EXPECT_NE(read(with(kHouseholds, "Hill", "Plain"), kPersons).spec.population.survey->digest,
            before);
}

/// What must be true of any sample that was not refused.
void expect_sound(const SurveySample& s) {
  ASSERT_GT(s.size(), 0U);
  ASSERT_EQ(s.first.size(), s.size() + 1);
  for (std::size_t h = 0; h < s.size(); ++h) {
    ASSERT_GT(s.weight[h], 0.0);
    ASSERT_GE(s.members(h), 1U);
    ASSERT_LE(s.members(h), kMostSurveyMembers);
    ASSERT_EQ(s.of_person(P::relation, s.first[h]), 0.0F);
  }
  for (std::size_t i = 0; i < s.persons(); ++i) {
    ASSERT_GE(s.of_person(P::age, i), 0.0F);
    ASSERT_LE(s.of_person(P::age, i), 120.0F);
    ASSERT_GE(s.of_person(P::schooling, i), 0.0F);
  }
}

// 4,000 spoilt files: bytes replaced, removed, doubled and moved by rule. None may crash, and what
// is not refused must be sound.
TEST_F(SurveyTest, SpoiltFilesAreRefusedOrSound) {
  static constexpr std::string_view kBytes("\",\n\r;\t\0 -.0129eENaH\xff\xc3\xa9", 23);
  std::uint64_t state = 20131103;
  const auto draw = [&state](std::size_t below) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return static_cast<std::size_t>(state >> 33U) % below;
  };
  const Layout layout = load("terrace: 1\n").spec.population.layout;
  const NamedFile households{folder_ / "h.csv", "h.csv", {}, "source"};
  const NamedFile persons{folder_ / "p.csv", "p.csv", {}, "persons"};
  std::size_t refused = 0;
  for (int round = 0; round < 4000; ++round) {
    std::string text[2] = {kHouseholds, kPersons};
    for (std::size_t edits = 1 + draw(3); edits > 0; --edits) {
      std::string& one = text[draw(2)];
      const std::size_t at = draw(one.size());
      const std::size_t length = 1 + draw(6);
      switch (draw(4)) {
        case 0:
          one[at] = kBytes[draw(kBytes.size())];
          break;
        case 1:
          one.erase(at, length);
          break;
        case 2:
          one.insert(at, one.substr(draw(one.size()), length));
          break;
        default:
          one.insert(at, 1, kBytes[draw(kBytes.size())]);
      }
      if (one.empty()) one = "x";
    }
    write("h.csv", text[0]);
    write("p.csv", text[1]);
    Problems problems;
    const auto sample = read_survey(households, &persons, layout, {}, problems);
    ASSERT_EQ(sample == nullptr, !problems.empty());
    refused += sample == nullptr ? 1 : 0;
    if (sample != nullptr) expect_sound(*sample);
  }
  EXPECT_GT(refused, 2000U);
  EXPECT_LT(refused, 4000U);
}

}  // namespace
}  // namespace terrace::scenario

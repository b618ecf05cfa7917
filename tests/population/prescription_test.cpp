// The table of causes and measures.
#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include <terrace/prescription.hpp>

namespace terrace {
namespace {

using M = Measure;

std::vector<M> row(Cause cause) {
  const auto r = measures_for(cause);
  return {r.begin(), r.end()};
}

TEST(Prescription, TheRowsAreThoseOfTheDesign) {
  EXPECT_EQ(row(Cause::illness),
            (std::vector{M::health, M::allowance, M::ecological_post, M::labour_service}));
  EXPECT_EQ(row(Cause::schooling),
            (std::vector{M::education, M::labour_service, M::ecological_post}))
      << "no loan for who pays fees";
  EXPECT_EQ(row(Cause::land), (std::vector{M::relocation, M::labour_service, M::industry}));
  EXPECT_EQ(row(Cause::skills), (std::vector{M::training, M::workshop, M::labour_service}));
  EXPECT_EQ(row(Cause::funds), (std::vector{M::loan, M::industry}));
  EXPECT_EQ(row(Cause::labour), (std::vector{M::allowance, M::solar, M::industry, M::care}));
}

TEST(Prescription, EveryCauseHasAnAnswerAndEveryMeasureButTheHouseAnswersOne) {
  for (std::uint8_t k = 0; k < kCauses; ++k) {
    const auto r = row(static_cast<Cause>(k));
    EXPECT_GE(r.size(), 2U);
    EXPECT_EQ(std::set<M>(r.begin(), r.end()).size(), r.size()) << "each once";
  }
  for (std::uint8_t m = 0; m < kMeasureKinds; ++m) {
    bool some = false;
    for (std::uint8_t k = 0; k < kCauses; ++k)
      some = some || answers(bit(static_cast<M>(m)), static_cast<Cause>(k));
    EXPECT_EQ(some, static_cast<M>(m) != M::housing) << name_of(static_cast<M>(m));
  }
}

TEST(Prescription, AnswersAsksForAnyOfTheMeasures) {
  const auto both = static_cast<Measures>(bit(M::loan) | bit(M::care));
  EXPECT_TRUE(answers(both, Cause::funds));
  EXPECT_TRUE(answers(both, Cause::disability));
  EXPECT_FALSE(answers(both, Cause::skills));
  EXPECT_FALSE(answers(0, Cause::funds));
}

TEST(Prescription, TwoCausesGoIntoOneByte) {
  for (std::uint8_t a = 0; a < kCauses; ++a) {
    for (std::uint8_t b = 0; b < kCauses; ++b) {
      const auto pair = unpack_causes(pack_causes(static_cast<Cause>(a), static_cast<Cause>(b)));
      EXPECT_EQ(pair[0], static_cast<Cause>(a));
      EXPECT_EQ(pair[1], static_cast<Cause>(b));
    }
  }
}

TEST(Prescription, NamesAreThereAndDiffer) {
  std::set<std::string_view> names;
  for (std::uint8_t k = 0; k < kCauses; ++k) names.insert(name_of(static_cast<Cause>(k)));
  EXPECT_EQ(names.size(), kCauses);
  names.clear();
  for (std::uint8_t m = 0; m < kMeasureKinds; ++m) names.insert(name_of(static_cast<M>(m)));
  EXPECT_EQ(names.size(), kMeasureKinds);
  EXPECT_EQ(names.count(""), 0U);
}

}  // namespace
}  // namespace terrace

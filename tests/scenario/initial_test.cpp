// The optional section `initial` of a layout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenario/fixture.hpp"

namespace terrace::scenario {
namespace {

using testing::HasSubstr;

class InitialTest : public ScenarioTest {
 protected:
  Loaded with(const std::string& rows) const {
    write(
        "data/china.yaml",
        std::string(kLayout) + "initial: {source: s, provenance: memory, rows: [" + rows + "]}\n");
    return load("terrace: 1\n");
  }
};

TEST_F(InitialTest, IsReadAndResolved) {
  const Loaded loaded = with(
      "{indicator: headcount_ratio, value: 0.1}, {indicator: mean_income, scope: ratio, value: "
      "0.6}");
  ASSERT_EQ(errors(loaded), "");
  const auto& initial = loaded.spec.population.layout.initial;
  ASSERT_EQ(initial.size(), 2U);
  EXPECT_EQ(initial[0].indicator, "headcount_ratio");
  EXPECT_EQ(initial[0].scope, InitialTarget::Scope::all);
  EXPECT_EQ(initial[1].scope, InitialTarget::Scope::ratio);
  EXPECT_EQ(initial[1].value, 0.6);
  EXPECT_THAT(resolved(loaded), HasSubstr("{indicator: mean_income, scope: ratio, value: 0.6}"));
}

TEST_F(InitialTest, RefusesWhatIsNoIndicatorScopeOrFigure) {
  EXPECT_THAT(errors(with("{indicator: headcount, value: 0.1}")), HasSubstr("initial.rows[0]"));
  EXPECT_THAT(errors(with("{indicator: gini, scope: east, value: 0.1}")), HasSubstr("scope"));
  EXPECT_THAT(errors(with("{indicator: gini, value: 0}")), HasSubstr("value"));
  EXPECT_THAT(errors(with("{indicator: gini}")), HasSubstr("'value' is missing"));
}

TEST_F(InitialTest, IsNotInheritedWithProvincesOfOnesOwn) {
  ASSERT_EQ(errors(with("{indicator: gini, value: 0.4}")), "");
  write("data/village.yaml",
        "layout: 1\nname: village\nextends: china.yaml\n"
        "provinces: {source: s, provenance: memory, rows: [{name: A, region: west, poor_2013: 100, "
        "incidence_2013: 0.1, designated: 1, other: 0, signatory: true}]}\n");
  const Loaded loaded = load("terrace: 1\npopulation: {layout: data/village.yaml}\n");
  ASSERT_EQ(errors(loaded), "");
  EXPECT_TRUE(loaded.spec.population.layout.initial.empty());
}

}  // namespace
}  // namespace terrace::scenario

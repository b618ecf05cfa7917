// What may differ before a branch. Runs from a baseline against runs from the start:
// tests/cli/sweep_from_slow_test.py.
#include "sweep/branch.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "record/frames.hpp"
#include "support/small_scenario.hpp"
#include "sweep/branch_rules.hpp"

namespace terrace::sweep {
namespace {

constexpr const char* kThere = R"(run:
  seed: 7
  replicates: 2
policies:
  industry:
    enabled: true
parameters:
  diagnosis:
    diag_error: 0.2
  farm_assets:
    tau: 0.5
series:
  fund_central:
    values: {2012: 30, 2014: 40}
)";

std::string changed(const std::string& from, const std::string& to) {
  std::string text = kThere;
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos);
  return text.replace(at, from.size(), to);
}

/// Keys that are against a run of the small nation (2011 to 2018, programme from 2013).
std::string against(int year, const std::string& here, Past past = Past::own) {
  const auto all =
      obstacles({kThere, year, past}, here, test::small_scenario(), test::builtin_catalogue());
  return obstacles_text(all);
}

TEST(BranchRules, WhatActsFromTheProgrammeOnMayDifferAtItsOpening) {
  EXPECT_EQ(against(2013, kThere), "");
  EXPECT_EQ(against(2013, changed("replicates: 2", "replicates: 1\n  first_replicate: 1")), "");
  EXPECT_EQ(against(2013, changed("enabled: true", "enabled: false")), "");
  EXPECT_EQ(against(2013, changed("diag_error: 0.2", "diag_error: 0.3")), "");
  EXPECT_EQ(against(2013, changed("2014: 40", "2013: 40")), "");
}

TEST(BranchRules, WhatActsBeforeMayNot) {
  EXPECT_EQ(against(2013, changed("tau: 0.5", "tau: 0.6")),
            "parameters.farm_assets.tau is 0.5 there and 0.6 here");
  EXPECT_EQ(against(2013, changed("seed: 7", "seed: 8")), "run.seed is 7 there and 8 here");
  EXPECT_EQ(against(2013, changed("2012: 30", "2012: 31.5")),
            "series.fund_central.values is 30 there and 31.5 here in 2012");
}

TEST(BranchRules, LaterARunFromTheStartHasNoOtherPast) {
  const std::string off = changed("enabled: true", "enabled: false");
  EXPECT_EQ(against(2015, off), "policies.industry.enabled is true there and false here");
  EXPECT_EQ(against(2015, off, Past::others), "");
  EXPECT_NE(against(2015, changed("diag_error: 0.2", "diag_error: 0.3"), Past::others), "");
  EXPECT_EQ(against(2015, changed("2014: 40", "2014: 40, 2015: 50")), "");
  EXPECT_EQ(against(2015, changed("2014: 40", "2014: 41")),
            "series.fund_central.values is 40 there and 41 here in 2014");
}

TEST(BranchRules, AFolderWithoutStatesIsNamed) {
  try {
    states_folder("no-such-folder");
    FAIL();
  } catch (const record::BadCheckpoint& error) {
    EXPECT_NE(std::string(error.what()).find("no-such-folder holds no checkpoint"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace terrace::sweep

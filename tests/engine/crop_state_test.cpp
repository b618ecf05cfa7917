// Prices of crops go on where a stopped run left them.
#include <atomic>

#include <gtest/gtest.h>

#include "engine/world.hpp"
#include "support/saved_states.hpp"
#include "support/small_world.hpp"

namespace terrace {
namespace {

TEST(CropState, PricesMoveInARunAndFollowTheirProvince) {
  test::SmallWorld w(test::no_programme(test::small_scenario()));
  w.advance_to(2014);
  w.open();
  std::size_t moved = 0;
  for (std::size_t i = 0; i < w.counties.size(); ++i) {
    EXPECT_EQ(w.plans[i].crop_price, w.crops[w.counties[i].province].price);
    EXPECT_EQ(w.plans[i].crop_price[0], 1.0);
    for (const double price : w.plans[i].crop_price) moved += price != 1.0 ? 1 : 0;
  }
  EXPECT_GT(moved, 0U);
}

TEST(CropState, AreInACheckpoint) {
  test::SmallWorld w(test::no_programme(test::small_scenario()));
  w.advance_to(2013);
  engine::World saved;
  saved.counties = w.counties;
  saved.done.assign(w.counties.size(), 0);
  saved.crops = w.crops;
  ASSERT_FALSE(saved.crops.empty());
  RunInfo info;
  info.start = month_of(2011, 1);
  info.end = month_of(2018, 12);
  record::MemoryRecorder nowhere;
  engine::DigestRecorder digests(nowhere);
  digests.begin(info);
  engine::ReplicateState state;
  state.standing.year = 2011;
  const test::Parts parts = test::put_state(state, saved, digests);
  ASSERT_EQ(parts.size(), 1 + w.counties.size());

  engine::World loaded;
  loaded.counties = lay_out_counties(w.spec.population, w.model.population, w.spec.seed);
  ASSERT_TRUE(test::get_state(parts, info, w.model.policies.size(), state, loaded, digests));
  ASSERT_EQ(loaded.crops.size(), saved.crops.size());
  for (std::size_t i = 0; i < saved.crops.size(); ++i) {
    EXPECT_EQ(loaded.crops[i].price, saved.crops[i].price);
    EXPECT_EQ(loaded.crops[i].usual, saved.crops[i].usual);
    EXPECT_EQ(loaded.crops[i].since, saved.crops[i].since);
  }
}

TEST(CropState, AStoppedRunGoesOnToTheSameResults) {
  const ScenarioSpec s = test::no_programme(test::small_scenario());
  const test::SmallRun whole = test::run_small(s);
  std::atomic<bool> stop{false};
  test::SavedStates states;
  RunControl control;
  control.stop = &stop;
  control.progress = [&](std::uint32_t, int year, std::size_t done, std::size_t) {
    if (year == 2015 && done == 2) stop = true;
  };
  states.attach(control);
  SerialRunner runner;
  record::MemoryRecorder first;
  EXPECT_FALSE(run_scenario(s, test::builtin_catalogue(), runner, first, control).finished);
  RunControl again;
  states.give(again);
  record::MemoryRecorder second;
  const RunOutcome out = run_scenario(s, test::builtin_catalogue(), runner, second, again);
  ASSERT_TRUE(out.finished);
  EXPECT_EQ(out.digest, whole.outcome.digest);
}

/// So is one with a cause that does not exist: measures are looked up by it.
TEST(CropState, ACauseThatDoesNotExistIsRefused) {
  test::SmallWorld w(test::no_programme(test::small_scenario()));
  County& c = w.counties.front();
  const auto good = [&] {
    engine::Bytes bytes;
    engine::StateWriter out(bytes);
    engine::put_county(out, c);
    engine::StateReader in(bytes);
    County loaded;
    return engine::get_county(in, loaded, w.model.policies.size());
  };
  std::uint8_t& causes = c.households.causes[0];
  std::uint8_t& diagnosed = c.households.diagnosed[0];
  ASSERT_TRUE(good());
  for (const unsigned packed : {0x0BU, 0xB0U, 0x0CU, 0xC0U, 0xFFU}) {
    causes = static_cast<std::uint8_t>(packed);
    EXPECT_EQ(good(), (packed & 0x0FU) < kCauses && (packed >> 4U) < kCauses) << packed;
  }
  causes = 0;
  for (const unsigned recorded : {unsigned{kCauses} - 1U, unsigned{kCauses}, unsigned{kNoCause}}) {
    diagnosed = static_cast<std::uint8_t>(recorded);
    EXPECT_EQ(good(), recorded != kCauses) << recorded;
  }
}

/// A checkpoint with a crop that does not exist is refused: prices are looked up by it.
TEST(CropState, ACropThatDoesNotExistIsRefused) {
  test::SmallWorld w(test::no_programme(test::small_scenario()));
  County& c = w.counties.front();
  c.villages.crop[0] = kCrops;
  engine::Bytes bytes;
  engine::StateWriter out(bytes);
  engine::put_county(out, c);
  engine::StateReader in(bytes);
  County loaded;
  EXPECT_FALSE(engine::get_county(in, loaded, w.model.policies.size()));
}

}  // namespace
}  // namespace terrace

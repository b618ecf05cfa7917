// Shapley values: games worked by hand, the definition itself, and the four axioms.
#include "analysis/shapley.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <functional>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace terrace::attribution {
namespace {

using Game = std::array<std::int64_t, kCoalitions>;

Game game_of(const std::function<std::int64_t(unsigned)>& worth) {
  Game game{};
  for (unsigned c = 0; c < kCoalitions; ++c) game.at(c) = worth(c);
  return game;
}

Game any_game() {
  const auto values =
      *rc::gen::container<std::vector<std::int64_t>>(kCoalitions, rc::gen::inRange(-1000, 1000));
  Game game{};
  std::copy(values.begin(), values.end(), game.begin());
  return game;
}

/// The definition: marginal gains summed over all 120 orders, which is twice the sixtieths.
Parts over_orders(const Game& game) {
  std::array<std::size_t, kPlayers> order{0, 1, 2, 3, 4};
  Parts sum{};
  do {
    unsigned there = 0;
    for (const std::size_t player : order) {
      const unsigned then = there | 1U << player;
      sum.at(player) += game.at(then) - game.at(there);
      there = then;
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return sum;
}

// Planes that need runways of length 1 to 5: whoever needs a stretch shares its cost equally.
// 1/5, 1/5 + 1/4, + 1/3, + 1/2, + 1.
TEST(Shapley, AirportGame) {
  const Game airport = game_of([](unsigned c) { return std::bit_width(c); });
  EXPECT_EQ(shapley_parts(airport), (Parts{12, 27, 47, 77, 137}));
}

// One left glove and two right ones make a pair: 2/3 for the left, 1/6 for each of the right; two
// more players bring nothing.
TEST(Shapley, GloveGame) {
  const Game gloves = game_of([](unsigned c) { return (c & 1U) != 0 && (c & 6U) != 0 ? 1 : 0; });
  EXPECT_EQ(shapley_parts(gloves), (Parts{40, 10, 10, 0, 0}));
}

// Three of five votes carry: everybody has a fifth.
TEST(Shapley, MajorityGame) {
  const Game vote = game_of([](unsigned c) { return std::popcount(c) >= 3 ? 1 : 0; });
  EXPECT_EQ(shapley_parts(vote), (Parts{12, 12, 12, 12, 12}));
}

TEST(Shapley, IsTheMeanOverAllOrders) {
  rc::check([] {
    const Game game = any_game();
    Parts twice = shapley_parts(game);
    for (auto& value : twice) value *= 2;
    RC_ASSERT(twice == over_orders(game));
  });
}

TEST(Shapley, ValuesAddUpToWhatAllAchieve) {
  rc::check([] {
    const Game game = any_game();
    std::int64_t sum = 0;
    for (const std::int64_t value : shapley_parts(game)) sum += value;
    RC_ASSERT(sum == kParts * (game[kEverybody] - game[0]));
  });
}

TEST(Shapley, WhoAddsNothingGetsNothing) {
  rc::check([] {
    Game game = any_game();
    const auto player = *rc::gen::inRange<std::size_t>(0, kPlayers);
    for (unsigned c = 0; c < kCoalitions; ++c) game.at(c) = game.at(c & ~(1U << player));
    RC_ASSERT(shapley_parts(game).at(player) == 0);
  });
}

TEST(Shapley, WhoAddTheSameGetTheSame) {
  rc::check([] {
    Game game = any_game();
    // Players 1 and 3 count alike: the game sees only how many of them are in.
    for (unsigned c = 0; c < kCoalitions; ++c) {
      if (!is_in(c, 1) && is_in(c, 3)) game.at(c) = game.at((c & ~8U) | 2U);
    }
    const Parts values = shapley_parts(game);
    RC_ASSERT(values[1] == values[3]);
  });
}

TEST(Shapley, GamesAddUp) {
  rc::check([] {
    const Game a = any_game();
    const Game b = any_game();
    const auto times = static_cast<std::int64_t>(*rc::gen::inRange(-9, 10));
    Game both{};
    for (unsigned c = 0; c < kCoalitions; ++c) both.at(c) = a.at(c) + times * b.at(c);
    Parts sum = shapley_parts(a);
    for (std::size_t i = 0; i < kPlayers; ++i) sum.at(i) += times * shapley_parts(b).at(i);
    RC_ASSERT(shapley_parts(both) == sum);
  });
}

TEST(Shapley, PlayersWhoDoNothingTakeNoRuns) {
  rc::check([] {
    const auto able = *rc::gen::inRange<unsigned>(0, kCoalitions);
    Game game = any_game();
    for (unsigned c = 0; c < kCoalitions; ++c) game.at(c) = game.at(c & able);
    Parts sum{};
    for (unsigned c = 0; c < kCoalitions; ++c) {
      if ((c & able) != c) continue;
      for (std::size_t i = 0; i < kPlayers; ++i)
        sum.at(i) += parts_among(able, c).at(i) * game.at(c);
    }
    RC_ASSERT(sum == shapley_parts(game));
  });
}

}  // namespace
}  // namespace terrace::attribution

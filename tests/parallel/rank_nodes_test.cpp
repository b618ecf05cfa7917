#include "parallel/rank_nodes.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

RankPlace on(const std::string& host, std::size_t first, std::size_t last) {
  RankPlace place{host};
  for (std::size_t core = first; core <= last; ++core) place.cores.set(core);
  return place;
}

std::vector<unsigned> threads(const std::vector<RankPlace>& places) {
  std::vector<unsigned> out;
  for (std::size_t r = 0; r < places.size(); ++r) out.push_back(threads_of_rank(places, r));
  return out;
}

using Threads = std::vector<unsigned>;

TEST(RankNodes, RanksShareTheCoresOfTheirHost) {
  // Unbound: 16 cores for three ranks on a, 16 / 3 = 5 each; one rank on b has all 8.
  EXPECT_EQ(threads({on("a", 0, 15), on("b", 0, 7), on("a", 0, 15), on("a", 0, 15)}),
            (Threads{5, 8, 5, 5}));
  // More ranks than cores.
  EXPECT_EQ(threads({on("a", 0, 0), on("a", 0, 0), on("a", 0, 0)}), (Threads{1, 1, 1}));
  // Bound to halves of a host, two ranks in each, and one rank alone with a core.
  EXPECT_EQ(threads({on("a", 0, 7), on("a", 8, 15), on("a", 0, 7), on("a", 8, 15), on("b", 3, 3)}),
            (Threads{4, 4, 4, 4, 1}));
  // Overlapping: cores 0-3 alone and 4-5 shared: 4 + 2/2; the other: 2/2 + 1.
  EXPECT_EQ(threads({on("a", 0, 5), on("a", 4, 6)}), (Threads{5, 2}));
  // Thirds add up to a whole: 3 cores shared by 3.
  EXPECT_EQ(threads({on("a", 0, 2), on("a", 0, 2), on("a", 0, 2)}), (Threads{1, 1, 1}));
  // Where the system does not tell the cores.
  EXPECT_EQ(threads({RankPlace{"a"}}), (Threads{1}));
}

TEST(RankNodes, NeighboursAreThoseOfOneHost) {
  const std::vector<RankPlace> places{on("a", 0, 0), on("b", 0, 0), on("a", 1, 1)};
  EXPECT_EQ(neighbours(places, 0), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(neighbours(places, 1), (std::vector<std::size_t>{1}));
}

TEST(RankNodes, PlacesTravelWhole) {
  OneRank alone;
  RankPlace place = on("", 0, 0);  // a host without a name too
  EXPECT_EQ(gather_places(alone, place).at(0).host, "");
  place = on("node-17", 3, 1023);
  const std::vector<RankPlace> places = gather_places(alone, place);
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].host, "node-17");
  EXPECT_EQ(places[0].cores, place.cores);
}

TEST(RankNodes, ThisProcessRunsSomewhere) {
  const RankPlace place = place_of_process();
  EXPECT_FALSE(place.host.empty());
  EXPECT_TRUE(place.cores.any());
}

}  // namespace
}  // namespace terrace

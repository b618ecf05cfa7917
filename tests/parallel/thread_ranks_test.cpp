#include "parallel/thread_ranks.hpp"

#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

using Bytes = std::vector<std::byte>;

Bytes bytes(std::size_t rank, std::size_t round) {
  return Bytes(rank + round, static_cast<std::byte>(16 * rank + round));
}

void on_all(std::size_t count, const std::function<void(Ranks&)>& body) {
  ThreadRanks ranks(count);
  std::vector<std::thread> threads;
  for (std::size_t r = 0; r < count; ++r) {
    threads.emplace_back([&, r] { body(ranks.rank(r)); });
  }
  for (std::thread& t : threads) t.join();
}

TEST(ThreadRanks, GatherTheBytesOfAllByRank) {
  for (const std::size_t count : {1U, 2U, 7U}) {
    on_all(count, [&](Ranks& ranks) {
      EXPECT_EQ(ranks.count(), count);
      for (std::size_t round = 0; round < 50; ++round) {
        const auto all = ranks.gather_all(bytes(ranks.rank(), round));
        ASSERT_EQ(all.size(), count);
        for (std::size_t r = 0; r < count; ++r) EXPECT_EQ(all[r], bytes(r, round));
      }
    });
  }
}

TEST(ThreadRanks, PassFromOneToAnotherInOrder) {
  on_all(3, [](Ranks& ranks) {
    for (std::size_t round = 1; round < 50; ++round) {
      // Rank 1 hands two to rank 0 before that takes the first; then all hand one on.
      if (ranks.rank() == 1) {
        ranks.pass(1, 0, bytes(1, round));
        ranks.pass(1, 0, bytes(2, round));
      }
      if (ranks.rank() == 0) {
        EXPECT_EQ(ranks.pass(1, 0, {}), bytes(1, round));
        EXPECT_EQ(ranks.pass(1, 0, {}), bytes(2, round));
      }
      if (ranks.rank() == 0) ranks.pass(0, 2, bytes(0, round));
      if (ranks.rank() == 2) {
        EXPECT_EQ(ranks.pass(0, 2, {}), bytes(0, round));
      }
      EXPECT_EQ(ranks.pass(ranks.rank(), ranks.rank(), bytes(5, round)), bytes(5, round));
      ranks.gather_all({});
    }
  });
}

}  // namespace
}  // namespace terrace

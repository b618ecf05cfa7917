// The generator against Random123, whose authors designed it.
#include "terrace/threefry.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <random>

#include <Random123/threefry.h>
#include <gtest/gtest.h>

namespace terrace {
namespace {

TEST(Threefry, EqualsRandom123) {
  std::mt19937 words(20240607);
  const auto word = [&words] { return static_cast<std::uint32_t>(words()); };
  r123::Threefry4x32_R<20> reference;
  for (int i = 0; i < 100'000; ++i) {
    Block counter, key;
    r123::Threefry4x32_R<20>::ctr_type their_counter;
    r123::Threefry4x32_R<20>::key_type their_key;
    for (std::size_t j = 0; j < 4; ++j) {
      counter[j] = their_counter[j] = word();
      key[j] = their_key[j] = word();
    }
    const Block block = threefry4x32_20(counter, key);
    const auto theirs = reference(their_counter, their_key);
    for (std::size_t j = 0; j < 4; ++j) ASSERT_EQ(block[j], theirs[j]) << "input " << i;
  }
}

TEST(Threefry, EveryInputBitReachesEveryWord) {
  const Block base = threefry4x32_20({1, 2, 3, 4}, {5, 6, 7, 8});
  for (std::size_t word = 0; word < 8; ++word) {
    for (int bit = 0; bit < 32; ++bit) {
      Block counter{1, 2, 3, 4}, key{5, 6, 7, 8};
      (word < 4 ? counter[word] : key[word - 4]) ^= 1u << bit;
      const Block changed = threefry4x32_20(counter, key);
      for (std::size_t j = 0; j < 4; ++j) {
        const int flips = std::popcount(base[j] ^ changed[j]);
        EXPECT_GE(flips, 3);
        EXPECT_LE(flips, 29);
      }
    }
  }
}

}  // namespace
}  // namespace terrace

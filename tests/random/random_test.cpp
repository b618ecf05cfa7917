// What a draw is made of, and the block draws against their scalar definition.
#include "terrace/random.hpp"

#include <bit>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace terrace {
namespace {

constexpr RunKey key{0x0123456789abcdefu, 42};
constexpr StreamId illness = stream("shock.illness");

static_assert(stream("").value == 0x811c9dc5u);
static_assert(stream("a").value == 0xe40c292cu);
static_assert(stream("foobar").value == 0xbf9cf968u);

static_assert(draw_block(key, illness, {7, 0x0203, 4}, -1, 5) ==
              threefry4x32_20({7u, 0x02030405u, 0xffffffffu, illness.value},
                              {0x89abcdefu, 0x01234567u, 42u, 0u}));
static_assert(uniform53(0, 0) == 0x1p-53);
static_assert(uniform53(0xffffffffu, 0xffffffffu) == 1.0 - 0x1p-53);
static_assert(uniform24(0) == 0x1p-24F);
static_assert(uniform24(0xffffffffu) == 1.0F - 0x1p-24F);

TEST(Draws, GoldenValues) {
  const Entity person{12345, 17, 2};
  EXPECT_EQ(uniform(key, illness, person, 30), 0x1.6ebfd98589f7fp-1);
  EXPECT_EQ(normal(key, illness, person, 30), 0x1.24d0f85fd18d3p-1);
  EXPECT_EQ(key64(key, illness, person, 30), 0x508fd660d681473bu);
}

TEST(Draws, EachPartOfTheMeaningCounts) {
  const Entity base{12345, 17, 2};
  std::set<std::uint64_t> seen{key64(key, illness, base, 30)};
  seen.insert(key64({key.seed + 1, key.replicate}, illness, base, 30));
  seen.insert(key64({key.seed + (std::uint64_t{1} << 32), key.replicate}, illness, base, 30));
  seen.insert(key64({key.seed, key.replicate + 1}, illness, base, 30));
  seen.insert(key64(key, stream("shock.drought"), base, 30));
  seen.insert(key64(key, illness, {12346, 17, 2}, 30));
  seen.insert(key64(key, illness, {12345, 18, 2}, 30));
  seen.insert(key64(key, illness, {12345, 17, 3}, 30));
  seen.insert(key64(key, illness, base, 31));
  seen.insert(key64(key, illness, base, -30));
  seen.insert(key64(key, illness, base, 30, 1));
  EXPECT_EQ(seen.size(), 11u);
}

TEST(Draws, PartsOfOneBlock) {
  const Entity person{99, 3, 1};
  const Block block = draw_block(key, illness, person, 5, 6);
  EXPECT_EQ(uniform(key, illness, person, 5, 6), uniform53(block[0], block[1]));
  EXPECT_EQ(normal(key, illness, person, 5, 6),
            exact::normal_quantile(uniform53(block[0], block[1])));
  EXPECT_EQ(key64(key, illness, person, 5, 6),
            static_cast<std::uint64_t>(block[2]) << 32 | block[3]);
}

TEST(DrawEngine, WalksTheDrawsOfOneMeaning) {
  const Entity person{99, 3, 1};
  DrawEngine engine(key, illness, person, 5);
  for (int draw = 0; draw < 256; ++draw) {
    const auto number = static_cast<std::uint8_t>(draw);
    const Block block = draw_block(key, illness, person, 5, number);
    ASSERT_EQ(engine(), static_cast<std::uint64_t>(block[0]) << 32 | block[1]);
    ASSERT_EQ(engine(), key64(key, illness, person, 5, number));
  }
  // Past draw 255 the key's last word counts on, and the entity stays what it was.
  const Block next =
      threefry4x32_20({99u, 3u << 16 | 1u << 8, 5u, illness.value},
                      {static_cast<std::uint32_t>(key.seed),
                       static_cast<std::uint32_t>(key.seed >> 32), key.replicate, 1u});
  EXPECT_EQ(engine(), static_cast<std::uint64_t>(next[0]) << 32 | next[1]);
}

TEST(DrawEngine, CopiesAreApart) {
  DrawEngine engine(key, illness, {1, 1}, 1);
  (void)engine();
  DrawEngine copy = engine;
  EXPECT_EQ(copy, engine);
  EXPECT_EQ(copy(), engine());
  (void)copy();
  EXPECT_NE(copy, engine);
}

TEST(StreamCollision, FindsDuplicatesAndEqualHashes) {
  const std::vector<std::string_view> apart{"shock.illness", "shock.drought", "work.search"};
  EXPECT_FALSE(find_stream_collision(apart));
  EXPECT_FALSE(find_stream_collision({}));

  const std::vector<std::string_view> twice{"a", "b", "c", "b", "a"};
  const auto duplicate = find_stream_collision(twice);
  ASSERT_TRUE(duplicate);
  EXPECT_EQ(duplicate->first, "b");
  EXPECT_EQ(duplicate->second, "b");

  // A known pair of words with one FNV-1a hash.
  const std::vector<std::string_view> equal_hash{"x", "costarring", "y", "liquid"};
  const auto collision = find_stream_collision(equal_hash);
  ASSERT_TRUE(collision);
  EXPECT_EQ(collision->first, "costarring");
  EXPECT_EQ(collision->second, "liquid");
}

std::uint32_t bits(float value) { return std::bit_cast<std::uint32_t>(value); }

TEST(Fills, EqualTheScalarDefinitionBitForBit) {
  constexpr std::uint16_t county = 513;
  for (const std::size_t size : {0u, 1u, 3u, 8u, 17u, 64u, 1000u, 20'003u}) {
    std::vector<std::uint32_t> ids(size);
    for (std::size_t i = 0; i < size; ++i) {
      ids[i] = static_cast<std::uint32_t>(i) * 0x9e3779b9u + 1u;
    }
    for (const std::int32_t month : {-600, 0, 47}) {
      std::vector<float> a(size), b(size), u(size), normals(size), uniforms(size);
      fill_normal_uniform(key, illness, county, month, ids, a, b, u);
      fill_normals(key, illness, county, month, ids, normals);
      fill_uniforms(key, illness, county, month, ids, uniforms);
      for (std::size_t i = 0; i < size; ++i) {
        const Entity household{ids[i], county};
        const NormalUniform one = normal_uniform(key, illness, household, month);
        ASSERT_EQ(bits(a[i]), bits(one.normal_a));
        ASSERT_EQ(bits(b[i]), bits(one.normal_b));
        ASSERT_EQ(bits(u[i]), bits(one.uniform));
        ASSERT_EQ(bits(normals[i]), bits(one.normal_a));
        const Block block = draw_block(key, illness, household, month);
        ASSERT_EQ(bits(uniforms[i]), bits(uniform24(block[0])));
      }
    }
  }
}

TEST(Fills, GoldenFingerprint) {
  std::vector<std::uint32_t> ids(100'000);
  for (std::size_t i = 0; i < ids.size(); ++i) ids[i] = static_cast<std::uint32_t>(i);
  std::vector<float> a(ids.size()), b(ids.size()), u(ids.size());
  fill_normal_uniform(key, illness, 9, 11, ids, a, b, u);
  std::uint64_t hash = 0;
  for (const auto* column : {&a, &b, &u}) {
    for (const float value : *column) {
      hash = (std::rotl(hash, 5) ^ bits(value)) * 0x9e3779b97f4a7c15u;
    }
  }
  EXPECT_EQ(hash, 0xa74543f3ed0c20b4u);
}

}  // namespace
}  // namespace terrace

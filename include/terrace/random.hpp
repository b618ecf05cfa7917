// Random numbers keyed by what they mean. A draw is a pure function of
//
//   the run      seed and replicate                       (RunKey)
//   the stream   what is drawn, by name: "shock.illness"  (StreamId)
//   the entity   a household, or one of its persons       (Entity)
//   the month    months since the start of the calendar, negative ones too
//   the draw     0, 1, ... 255 where one month needs more than one block of this stream
//
// and of nothing else: not of threads, not of the order of calls, not of other draws. So two runs
// that differ in one policy give every household the same weather, illness and temperament, and a
// new module with streams of its own leaves all other draws as they were.
//
// A block has 128 random bits. uniform() and normal() use its first half and key64() its second,
// so for one meaning they may be used together; uniform() and normal() with the same arguments are
// the same number seen twice. Give each meaning its own stream.
//
//   const StreamId illness = stream("shock.illness");
//   if (bernoulli(key, illness, {household, county}, month, 0.01)) ...
//
// Everything here is thread-safe, throws nothing and returns the same bits everywhere (see
// terrace/maths.hpp for the conditions).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "terrace/maths.hpp"
#include "terrace/threefry.hpp"

namespace terrace {

/// Which run: two runs with equal keys see the same world.
struct RunKey {
  std::uint64_t seed = 0;
  std::uint32_t replicate = 0;

  friend bool operator==(const RunKey&, const RunKey&) = default;
};

/// The number of a stream; make one with stream().
struct StreamId {
  std::uint32_t value;

  friend bool operator==(const StreamId&, const StreamId&) = default;
};

/// The stream of that name: the 32-bit FNV-1a hash of its bytes, so that no list of numbers has to
/// be kept. Names that collide are found at start by find_stream_collision().
constexpr StreamId stream(std::string_view name) {
  std::uint32_t hash = 0x811c9dc5u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193u;
  return {hash};
}

/// The first two entries, in the order given, that share one number: two names with the same hash,
/// or one name listed twice. Nothing if all differ.
std::optional<std::pair<std::string_view, std::string_view>> find_stream_collision(
    std::span<const std::string_view> names);

/// Whose draw: a household (or a village, or another thing with ids of its own under streams of
/// its own) by its id within the county, and a person by the number within the household.
struct Entity {
  std::uint32_t id;
  std::uint16_t county;
  std::uint8_t person = 0;
};

/// The 128 random bits of one meaning.
constexpr Block draw_block(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                           std::uint8_t draw = 0) {
  const std::uint32_t place = static_cast<std::uint32_t>(entity.county) << 16 |
                              static_cast<std::uint32_t>(entity.person) << 8 | draw;
  return threefry4x32_20({entity.id, place, static_cast<std::uint32_t>(month), stream.value},
                         {static_cast<std::uint32_t>(key.seed),
                          static_cast<std::uint32_t>(key.seed >> 32), key.replicate, 0u});
}

/// Two words as a double strictly between 0 and 1: an odd multiple of 2^-53, symmetric about 1/2.
constexpr double uniform53(std::uint32_t hi, std::uint32_t lo) {
  const std::uint64_t bits = (static_cast<std::uint64_t>(hi) << 32 | lo) >> 12;
  return (static_cast<double>(bits) + 0.5) * 0x1p-52;
}

/// A word as a float strictly between 0 and 1: an odd multiple of 2^-24, symmetric about 1/2.
TERRACE_ALWAYS_INLINE constexpr float uniform24(std::uint32_t w) {
  return (static_cast<float>(static_cast<std::int32_t>(w >> 9)) + 0.5F) * 0x1p-23F;
}

/// Uniform in (0, 1), from the first two words of the block.
inline double uniform(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                      std::uint8_t draw = 0) {
  const Block block = draw_block(key, stream, entity, month, draw);
  return uniform53(block[0], block[1]);
}

/// Standard normal by inversion of the same two words: monotone in uniform(), at most 8.2 from 0.
inline double normal(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                     std::uint8_t draw = 0) {
  return exact::normal_quantile(uniform(key, stream, entity, month, draw));
}

/// 64 bits from words 2 and 3, for a fair and reproducible order among equals.
constexpr std::uint64_t key64(RunKey key, StreamId stream, Entity entity, std::int32_t month,
                              std::uint8_t draw = 0) {
  const Block block = draw_block(key, stream, entity, month, draw);
  return static_cast<std::uint64_t>(block[2]) << 32 | block[3];
}

/// A generator for the distributions of <random> and Boost.Random: walks the draws of one meaning,
/// two 64-bit numbers a block, and does not end (after draw 255 it changes the key's unused word).
/// Only distributions made of exact arithmetic keep the promise of equal bits everywhere.
class DrawEngine {
 public:
  using result_type = std::uint64_t;

  constexpr DrawEngine(RunKey key, StreamId stream, Entity entity, std::int32_t month)
      : key_{static_cast<std::uint32_t>(key.seed), static_cast<std::uint32_t>(key.seed >> 32),
             key.replicate, 0u},
        counter_{entity.id,
                 static_cast<std::uint32_t>(entity.county) << 16 |
                     static_cast<std::uint32_t>(entity.person) << 8,
                 static_cast<std::uint32_t>(month), stream.value} {}

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~result_type{0}; }

  constexpr result_type operator()() {
    if (second_half_) {
      second_half_ = false;
      return static_cast<result_type>(block_[2]) << 32 | block_[3];
    }
    block_ = threefry4x32_20(counter_, key_);
    if ((++counter_[1] & 0xffu) == 0u) {
      counter_[1] -= 0x100u;
      ++key_[3];
    }
    second_half_ = true;
    return static_cast<result_type>(block_[0]) << 32 | block_[1];
  }

  friend bool operator==(const DrawEngine&, const DrawEngine&) = default;

 private:
  Block key_;
  Block counter_;
  Block block_{};
  bool second_half_ = false;
};

/// What fill_normal_uniform() writes for one id.
struct NormalUniform {
  float normal_a;
  float normal_b;
  float uniform;
};

/// Two independent standard normals (at most 6.66 from 0) and a uniform in (0, 1), all from one
/// block: words 0 and 1, and word 2. The single case of the fill functions below, bit for bit.
inline NormalUniform normal_uniform(RunKey key, StreamId stream, Entity entity,
                                    std::int32_t month) {
  const Block block = draw_block(key, stream, entity, month);
  NormalUniform out{};
  exact::normal_pair(block[0], block[1], out.normal_a, out.normal_b);
  out.uniform = uniform24(block[2]);
  return out;
}

// One draw for each household of a county, for month kernels: as many numbers as ids (checked),
// person 0, draw 0, vectorised. Blocks of a few thousand ids keep everything in the cache.

/// out[i] = normal_uniform(..., {ids[i], county}, ...).normal_a, which is not normal().
void fill_normals(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month,
                  std::span<const std::uint32_t> ids, std::span<float> out);

/// out[i] = uniform24 of word 0 of the block of ids[i].
void fill_uniforms(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month,
                   std::span<const std::uint32_t> ids, std::span<float> out);

/// The three numbers of normal_uniform(); one generator call serves all three, which makes this
/// far cheaper than three fills.
void fill_normal_uniform(RunKey key, StreamId stream, std::uint16_t county, std::int32_t month,
                         std::span<const std::uint32_t> ids, std::span<float> normal_a,
                         std::span<float> normal_b, std::span<float> uniform);

}  // namespace terrace

#include "terrace/samplers.hpp"

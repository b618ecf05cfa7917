// Threefry4x32-20, the counter-based generator of Salmon, Moraes, Dror and Shaw ("Parallel random
// numbers: as easy as 1, 2, 3", 2011): a keyed bijection of 128-bit blocks. It has no state, so a
// draw depends on its key and counter alone. It needs only additions, rotations and exclusive ors
// of 32-bit words, which every vector unit has. Models draw through terrace/random.hpp.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "terrace/clones.hpp"

namespace terrace {

/// Four random 32-bit words, or the four words of a key or a counter.
using Block = std::array<std::uint32_t, 4>;

namespace detail {

// Words held by name rather than in an array, so that a loop over blocks vectorises.
struct ThreefryState {
  std::uint32_t a, b, c, d;

  template <int First, int Second>
  TERRACE_ALWAYS_INLINE constexpr void even_round() {
    a += b;
    b = std::rotl(b, First) ^ a;
    c += d;
    d = std::rotl(d, Second) ^ c;
  }

  template <int First, int Second>
  TERRACE_ALWAYS_INLINE constexpr void odd_round() {
    a += d;
    d = std::rotl(d, First) ^ a;
    c += b;
    b = std::rotl(b, Second) ^ c;
  }

  TERRACE_ALWAYS_INLINE constexpr void add(std::uint32_t ka, std::uint32_t kb, std::uint32_t kc,
                                           std::uint32_t kd) {
    a += ka;
    b += kb;
    c += kc;
    d += kd;
  }

  TERRACE_ALWAYS_INLINE constexpr void first_four() {
    even_round<10, 26>();
    odd_round<11, 21>();
    even_round<13, 27>();
    odd_round<23, 5>();
  }

  TERRACE_ALWAYS_INLINE constexpr void second_four() {
    even_round<6, 20>();
    odd_round<17, 11>();
    even_round<25, 10>();
    odd_round<18, 20>();
  }
};

}  // namespace detail

/// The block for one counter under one key: twenty rounds.
TERRACE_ALWAYS_INLINE constexpr Block threefry4x32_20(const Block& counter, const Block& key) {
  const std::uint32_t k0 = key[0], k1 = key[1], k2 = key[2], k3 = key[3];
  const std::uint32_t k4 = 0x1BD11BDAu ^ k0 ^ k1 ^ k2 ^ k3;
  detail::ThreefryState s{counter[0], counter[1], counter[2], counter[3]};
  s.add(k0, k1, k2, k3);
  s.first_four();
  s.add(k1, k2, k3, k4 + 1u);
  s.second_four();
  s.add(k2, k3, k4, k0 + 2u);
  s.first_four();
  s.add(k3, k4, k0, k1 + 3u);
  s.second_four();
  s.add(k4, k0, k1, k2 + 4u);
  s.first_four();
  s.add(k0, k1, k2, k3 + 5u);
  return {s.a, s.b, s.c, s.d};
}

// The published known answers.
static_assert(threefry4x32_20({0, 0, 0, 0}, {0, 0, 0, 0}) ==
              Block{0x9c6ca96au, 0xe17eae66u, 0xfc10ecd4u, 0x5256a7d8u});
static_assert(threefry4x32_20({0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu},
                              {0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu}) ==
              Block{0x2a881696u, 0x57012287u, 0xf6c7446eu, 0xa16a6732u});
static_assert(threefry4x32_20({0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u},
                              {0xa4093822u, 0x299f31d0u, 0x082efa98u, 0xec4e6c89u}) ==
              Block{0x59cd1dbbu, 0xb8879579u, 0x86b5d00cu, 0xac8b6d84u});

}  // namespace terrace

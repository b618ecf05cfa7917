#include "terrace/digest.hpp"

#include <algorithm>
#include <array>
#include <bit>

// Inlined here, so that no library has to be linked and no other version can be picked up; without
// SIMD, which would not be faster than the values come, and whose headers warn under g++ 12.
#define XXH_INLINE_ALL
#define XXH_VECTOR 0
#include <xxhash.h>

namespace terrace {

namespace {

std::array<std::byte, 8> low_byte_first(std::uint64_t value) {
  std::array<std::byte, 8> bytes{};
  for (std::byte& byte : bytes) {
    byte = static_cast<std::byte>(value & 0xffu);
    value >>= 8;
  }
  return bytes;
}

std::uint64_t canonical_bits(double value) {
  if (value != value) return 0x7ff8000000000000u;
  return std::bit_cast<std::uint64_t>(value + 0.0);  // -0 + 0 is 0
}

}  // namespace

struct Digest::State {
  XXH3_state_t hash;

  State() { XXH3_128bits_reset(&hash); }
  State(const State& other) { XXH3_copyState(&hash, &other.hash); }
  State& operator=(const State&) = delete;

  void add(const void* bytes, std::size_t count) { XXH3_128bits_update(&hash, bytes, count); }

  void add(std::uint64_t value) {
    const std::array<std::byte, 8> bytes = low_byte_first(value);
    add(bytes.data(), bytes.size());
  }

  template <typename T>
  void add_values(std::span<const T> values) {
    add(static_cast<std::uint64_t>(values.size()));
    std::array<std::array<std::byte, 8>, 64> buffer;
    while (!values.empty()) {
      const std::span<const T> part = values.first(std::min(values.size(), buffer.size()));
      for (std::size_t i = 0; i < part.size(); ++i) {
        buffer[i] = low_byte_first(canonical_bits(static_cast<double>(part[i])));
      }
      add(buffer.data(), part.size() * 8);
      values = values.subspan(part.size());
    }
  }
};

Digest::Digest() : state_(std::make_unique<State>()) {}
Digest::Digest(const Digest& other) : state_(std::make_unique<State>(*other.state_)) {}
Digest& Digest::operator=(const Digest& other) {
  if (this != &other) state_ = std::make_unique<State>(*other.state_);
  return *this;
}
Digest::Digest(Digest&&) noexcept = default;
Digest& Digest::operator=(Digest&&) noexcept = default;
Digest::~Digest() = default;

void Digest::add(std::span<const std::byte> bytes) { state_->add(bytes.data(), bytes.size()); }

void Digest::add(std::string_view text) {
  state_->add(static_cast<std::uint64_t>(text.size()));
  state_->add(text.data(), text.size());
}

void Digest::add(std::uint64_t value) { state_->add(value); }

void Digest::add(double value) { state_->add(canonical_bits(value)); }

void Digest::add(std::span<const double> values) { state_->add_values(values); }

void Digest::add(std::span<const float> values) { state_->add_values(values); }

std::string Digest::hex() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->hash);
  std::string text;
  text.reserve(32);
  for (const std::uint64_t half : {hash.high64, hash.low64}) {
    for (int shift = 60; shift >= 0; shift -= 4) {
      text += "0123456789abcdef"[(half >> shift) & 0xfu];
    }
  }
  return text;
}

}  // namespace terrace

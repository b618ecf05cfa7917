// A 128-bit fingerprint of results, the same on every machine and compiler: what goes in is put
// into one byte order, and floating-point values into one form, before it is hashed (XXH3, not
// cryptographic). Two runs with equal results have equal digests.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace terrace {

/// Takes values in order; hex() may be read at any time and more added after it. Copies are
/// independent. One object belongs to one thread at a time.
class Digest {
 public:
  Digest();
  Digest(const Digest& other);
  Digest& operator=(const Digest& other);
  Digest(Digest&&) noexcept;             ///< the moved-from object can only be assigned to
  Digest& operator=(Digest&&) noexcept;  ///< or destroyed
  ~Digest();

  /// The bytes alone, without their number.
  void add(std::span<const std::byte> bytes);

  /// The length (8 bytes), then the bytes: "ab", "c" differs from "a", "bc".
  void add(std::string_view text);
  void add(const char* text) { add(std::string_view(text)); }

  /// Eight bytes, lowest first. Integers of other types are widened first, signed ones with their
  /// sign, so that the digest does not depend on the type a value is kept in.
  void add(std::uint64_t value);
  template <std::integral T>
  void add(T value) {
    add(static_cast<std::uint64_t>(value));
  }

  /// The eight bytes of the IEEE double, lowest first. Every NaN counts as the same NaN, and -0 as
  /// 0. A float is added as the double it equals.
  void add(double value);
  void add(float value) { add(static_cast<double>(value)); }

  /// The number of values (8 bytes), then each value as above: the quick way for columns.
  void add(std::span<const double> values);
  void add(std::span<const float> values);

  /// 32 lower-case hexadecimal digits, the upper half first (as `xxhsum -H2` prints).
  [[nodiscard]] std::string hex() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace terrace

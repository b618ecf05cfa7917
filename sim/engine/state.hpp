// A run's state to and from bytes, so that it can stop and go on to the same results.
//
// Bytes are little-endian and follow the columns of tables.hpp in their order; whoever stores them
// adds checksums, the scenario and the number of the layout (sim/record/checkpoint_file.hpp).
// Reading checks every length, and never trusts one with memory before the bytes are there.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include <terrace/county.hpp>
#include <terrace/digest.hpp>
#include <terrace/plan.hpp>

namespace terrace::engine {

static_assert(std::endian::native == std::endian::little, "state is written as it lies in memory");

using Bytes = std::vector<std::byte>;

class StateWriter {
 public:
  /// `layout` takes the kinds of all that is put, whatever its values.
  explicit StateWriter(Bytes& out, Digest* layout = nullptr) : out_(out), layout_(layout) {}

  template <class T>
    requires std::is_trivially_copyable_v<T>
  void put(const T& value) {
    note<T>(false);
    append(&value, sizeof(T));
  }
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void put(std::span<const T> values) {
    note<T>(true);
    const auto count = static_cast<std::uint64_t>(values.size());
    append(&count, sizeof(count));
    append(values.data(), values.size() * sizeof(T));
  }
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void put(const std::vector<T>& values) {
    put(std::span<const T>(values));
  }

 private:
  template <class T>
  void note(bool many) {
    if (layout_ == nullptr) return;
    layout_->add(std::uint64_t{sizeof(T)});
    layout_->add(std::uint64_t{std::floating_point<T>} << 2U |
                 std::uint64_t{std::integral<T>} << 1U | std::uint64_t{many});
    if constexpr (std::integral<T>) layout_->add(std::uint64_t{std::is_signed_v<T>});
  }
  void append(const void* data, std::size_t bytes) {
    const auto* first = static_cast<const std::byte*>(data);
    out_.insert(out_.end(), first, first + bytes);
  }
  Bytes& out_;
  Digest* layout_;
};

class StateReader {
 public:
  explicit StateReader(std::span<const std::byte> in) : in_(in) {}

  /// False once anything was missing; then every further read gives zeros.
  bool good() const { return good_; }
  bool at_end() const { return good_ && in_.empty(); }

  template <class T>
    requires std::is_trivially_copyable_v<T>
  void get(T& value) {
    if (take(sizeof(T))) std::memcpy(&value, taken_, sizeof(T));
  }
  template <class T>
    requires std::is_trivially_copyable_v<T>
  void get(std::vector<T>& values) {
    std::uint64_t count = 0;
    get(count);
    if (count > in_.size() / sizeof(T)) good_ = false;
    if (!good_ || !take(static_cast<std::size_t>(count) * sizeof(T))) return;
    values.resize(static_cast<std::size_t>(count));
    if (count > 0) std::memcpy(values.data(), taken_, values.size() * sizeof(T));
  }

 private:
  bool take(std::size_t bytes) {
    if (!good_ || bytes > in_.size()) return good_ = false;
    taken_ = in_.data();
    in_ = in_.subspan(bytes);
    return true;
  }
  std::span<const std::byte> in_;
  const std::byte* taken_ = nullptr;
  bool good_ = true;
};

/// Events field by field: the struct has bytes that belong to none.
void put_events(StateWriter& out, std::span<const Event> events);
void get_events(StateReader& in, std::vector<Event>& events);

void put_county(StateWriter& out, County& county);
/// Into a county that lay_out_counties has named. False if the bytes cannot be its state.
bool get_county(StateReader& in, County& county, std::size_t modules);

void put_report(StateWriter& out, const CountyReport& report);
bool get_report(StateReader& in, CountyReport& report);

}  // namespace terrace::engine

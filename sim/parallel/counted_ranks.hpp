// Counts what ranks tell each other, and how long they take and wait for it.
#pragma once

#include <chrono>
#include <cstdint>

#include <terrace/ranks.hpp>

namespace terrace {

class CountedRanks final : public Ranks {
 public:
  explicit CountedRanks(Ranks& ranks) : ranks_(ranks) {}
  std::size_t rank() const override { return ranks_.rank(); }
  std::size_t count() const override { return ranks_.count(); }
  std::vector<std::vector<std::byte>> gather_all(std::span<const std::byte> own) override {
    const auto started = Clock::now();
    auto all = ranks_.gather_all(own);
    seconds_ += std::chrono::duration<double>(Clock::now() - started).count();
    for (const auto& bytes : all) gathered_ += bytes.size();
    return all;
  }
  std::vector<std::byte> pass(std::size_t from, std::size_t to,
                              std::span<const std::byte> bytes) override {
    const auto started = Clock::now();
    auto out = ranks_.pass(from, to, bytes);
    seconds_ += std::chrono::duration<double>(Clock::now() - started).count();
    passed_ += from == to ? 0 : bytes.size() + out.size();
    return out;
  }

  /// Bytes that every rank got, its own included.
  std::uint64_t gathered() const { return gathered_; }
  /// Bytes that this rank handed to or had from another, as parts of states go.
  std::uint64_t passed() const { return passed_; }
  /// From calls to their returns: also until the last rank made the call.
  double seconds() const { return seconds_; }

 private:
  using Clock = std::chrono::steady_clock;

  Ranks& ranks_;
  std::uint64_t gathered_ = 0;
  std::uint64_t passed_ = 0;
  double seconds_ = 0.0;
};

}  // namespace terrace

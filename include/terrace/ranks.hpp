// Ranks: processes, perhaps on several machines, that share one run. Each owns some counties; at
// the year's boundary what counties report travels to all of them, and nothing else ever does.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace terrace {

/// How the ranks of a run reach each other. All ranks make the same calls in the same order; what
/// an implementation cannot deliver ends the process. Calls of one rank come from one thread.
class Ranks {
 public:
  virtual ~Ranks() = default;
  virtual std::size_t rank() const = 0;   ///< of this process, from 0
  virtual std::size_t count() const = 0;  ///< at least 1

  /// Gives every rank the bytes of all, by rank.
  virtual std::vector<std::vector<std::byte>> gather_all(std::span<const std::byte> own) = 0;
  /// Rank `from` hands bytes to rank `to`, which receives them; other ranks need not call. Where
  /// `from` and `to` are the same the bytes come back.
  virtual std::vector<std::byte> pass(std::size_t from, std::size_t to,
                                      std::span<const std::byte> bytes) = 0;
};

/// One process, as most runs are.
class OneRank final : public Ranks {
 public:
  std::size_t rank() const override { return 0; }
  std::size_t count() const override { return 1; }
  std::vector<std::vector<std::byte>> gather_all(std::span<const std::byte> own) override {
    return {{own.begin(), own.end()}};
  }
  std::vector<std::byte> pass(std::size_t, std::size_t, std::span<const std::byte> bytes) override {
    return {bytes.begin(), bytes.end()};
  }
};

}  // namespace terrace

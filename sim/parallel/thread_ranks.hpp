// Ranks that are threads of one process: what several processes do, where a test can watch it.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include <terrace/ranks.hpp>

namespace terrace {

/// Each rank is used by one thread, which calls run_scenario() with it. They wait for each other
/// as processes would: a rank that leaves early leaves the others waiting.
class ThreadRanks {
 public:
  explicit ThreadRanks(std::size_t count);

  std::size_t count() const { return ranks_.size(); }
  Ranks& rank(std::size_t number) { return ranks_[number]; }

 private:
  using Bytes = std::vector<std::byte>;

  class Rank final : public Ranks {
   public:
    Rank(ThreadRanks& all, std::size_t number) : all_(all), number_(number) {}
    std::size_t rank() const override { return number_; }
    std::size_t count() const override { return all_.count(); }
    std::vector<Bytes> gather_all(std::span<const std::byte> own) override;
    Bytes pass(std::size_t from, std::size_t to, std::span<const std::byte> bytes) override;

   private:
    ThreadRanks& all_;
    std::size_t number_;
  };

  /// Returns when all ranks have come here.
  void meet(std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t here_ = 0;                                         ///< ranks that wait to meet
  std::size_t meetings_ = 0;                                     ///< that are over
  std::vector<Bytes> gathered_;                                  ///< by rank
  std::map<std::pair<std::size_t, std::size_t>, Bytes> passed_;  ///< by sender and receiver
  std::vector<Rank> ranks_;
};

}  // namespace terrace

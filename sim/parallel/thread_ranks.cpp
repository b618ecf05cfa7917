#include "parallel/thread_ranks.hpp"

namespace terrace {

ThreadRanks::ThreadRanks(std::size_t count) : gathered_(count) {
  ranks_.reserve(count);
  for (std::size_t r = 0; r < count; ++r) ranks_.emplace_back(*this, r);
}

void ThreadRanks::meet(std::unique_lock<std::mutex>& lock) {
  const std::size_t meeting = meetings_;
  if (++here_ == count()) {
    here_ = 0;
    ++meetings_;
    changed_.notify_all();
    return;
  }
  changed_.wait(lock, [&] { return meetings_ != meeting; });
}

std::vector<std::vector<std::byte>> ThreadRanks::Rank::gather_all(std::span<const std::byte> own) {
  std::unique_lock lock(all_.mutex_);
  all_.gathered_[number_].assign(own.begin(), own.end());
  all_.meet(lock);
  std::vector<Bytes> out = all_.gathered_;
  all_.meet(lock);  // nobody puts the next before all have taken this
  return out;
}

std::vector<std::byte> ThreadRanks::Rank::pass(std::size_t from, std::size_t to,
                                               std::span<const std::byte> bytes) {
  if (from == to) return {bytes.begin(), bytes.end()};
  std::unique_lock lock(all_.mutex_);
  const std::pair way{from, to};
  if (number_ == from) {
    all_.changed_.wait(lock, [&] { return !all_.passed_.contains(way); });
    all_.passed_[way].assign(bytes.begin(), bytes.end());
    all_.changed_.notify_all();
    return {};
  }
  if (number_ != to) return {};
  all_.changed_.wait(lock, [&] { return all_.passed_.contains(way); });
  Bytes out = std::move(all_.passed_[way]);
  all_.passed_.erase(way);
  all_.changed_.notify_all();
  return out;
}

}  // namespace terrace

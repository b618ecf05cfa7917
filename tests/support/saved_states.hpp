// States that a run hands over, kept in memory and given back.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <terrace/simulation.hpp>

namespace terrace::test {

/// The parts of one state.
using Parts = std::vector<std::vector<std::byte>>;

inline PutPart put_into(Parts& parts) {
  return
      [&parts](std::span<const std::byte> part) { parts.emplace_back(part.begin(), part.end()); };
}

inline NextPart next_of(Parts parts) {
  const auto left = std::make_shared<Parts>(std::move(parts));
  const auto next = std::make_shared<std::size_t>(0);
  return [left, next](std::vector<std::byte>& part) {
    if (*next == left->size()) return false;
    part = (*left)[(*next)++];
    return true;
  };
}

class SavedStates {
 public:
  struct State {
    Standing standing;
    Parts parts;
  };

  /// Keeps every state that the run hands over.
  void attach(RunControl& control) {
    control.save = [this](const Standing& at, const std::function<void(const PutPart&)>& write) {
      Parts parts;
      write(put_into(parts));
      const std::lock_guard lock(mutex_);
      by_year_[{at.replicate, at.year}] = {at, parts};
      newest_[at.replicate] = {at, std::move(parts)};
    };
  }
  /// Gives back the newest ones.
  void give(RunControl& control) const {
    control.resume = [this](std::uint32_t replicate) {
      const auto found = newest_.find(replicate);
      return found == newest_.end() ? NextPart{} : next_of(found->second.parts);
    };
  }
  /// Takes a state of one year for a replicate's newest.
  void go_back(std::uint32_t replicate, int year) {
    newest_[replicate] = by_year_.at({replicate, year});
  }
  void forget(std::uint32_t replicate) { newest_.erase(replicate); }

  std::map<std::uint32_t, State>& newest() { return newest_; }

 private:
  std::mutex mutex_;
  std::map<std::uint32_t, State> newest_;
  std::map<std::pair<std::uint32_t, int>, State> by_year_;
};

}  // namespace terrace::test

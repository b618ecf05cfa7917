// States that a run hands over, kept in memory and given back.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include <terrace/simulation.hpp>

#include "engine/world.hpp"

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

/// A state as a run of one process hands it over.
inline Parts put_state(const engine::ReplicateState& state, engine::World& world,
                       const engine::DigestRecorder& digests) {
  Parts parts{engine::put_head(state, world, digests)};
  for (std::size_t i = 0; i < world.counties.size(); ++i)
    parts.push_back(engine::put_part(world, i));
  return parts;
}

/// Restores it into a world whose counties have been laid out.
inline bool get_state(const Parts& parts, const RunInfo& info, std::size_t modules,
                      engine::ReplicateState& state, engine::World& world,
                      engine::DigestRecorder& digests) {
  if (parts.size() != 1 + world.counties.size() ||
      !engine::get_head(parts[0], info, modules, state, world, digests)) {
    return false;
  }
  for (std::size_t i = 0; i < world.counties.size(); ++i) {
    if (!engine::get_part(parts[i + 1], world, i, modules)) return false;
  }
  return true;
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
      const std::lock_guard lock(*mutex_);
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
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();
  std::map<std::uint32_t, State> newest_;
  std::map<std::pair<std::uint32_t, int>, State> by_year_;
};

}  // namespace terrace::test

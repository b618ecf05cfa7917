// The ranks of a run at work on one replicate: which of them owns which county, and what they tell
// each other. Every rank knows all counties by name, place and report; only the owner has people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <terrace/check.hpp>
#include <terrace/county.hpp>
#include <terrace/ranks.hpp>

#include "engine/state.hpp"

namespace terrace::engine {

/// By county the rank that owns it: the largest first, each to the rank with the fewest simulated
/// households so far. Every rank works it out by itself; some may get none.
std::vector<std::size_t> deal_counties(std::span<const County> counties, std::size_t ranks);

/// All ranks make the same calls of a team in the same order.
class Team {
 public:
  Team(Ranks& ranks, std::span<const County> counties);

  bool alone() const { return ranks_.count() == 1; }
  bool leads() const { return ranks_.rank() == 0; }
  bool owns(std::size_t county) const { return owner_[county] == ranks_.rank(); }
  /// The counties of this rank, in their order.
  const std::vector<std::size_t>& own() const { return own_; }
  std::size_t counties() const { return owner_.size(); }

  /// Whether it is so on any rank.
  bool any(bool here);
  std::uint64_t sum(std::uint64_t here);
  /// What rank 0 says, to all; what others say is not heard.
  Bytes told(std::span<const std::byte> said);
  bool told(bool said);

  /// Gives all ranks what the owner of each county knows of it: `put(StateWriter&, i)` for counties
  /// of one's own, `get(StateReader&, i)` for those of others.
  template <class Put, class Get>
  void share(Put put, Get get) {
    if (alone()) return;
    Bytes mine;
    StateWriter out(mine);
    for (const std::size_t i : own_) put(out, i);
    std::vector<Bytes> all = ranks_.gather_all(mine);
    Bytes().swap(mine);
    for (std::size_t rank = 0; rank < all.size(); ++rank) {
      if (rank == ranks_.rank()) continue;
      StateReader in(all[rank]);
      for (std::size_t i = 0; i < owner_.size(); ++i) {
        if (owner_[i] == rank) get(in, i);
      }
      require(in.at_end(), "ranks do not agree on what they share");
      Bytes().swap(all[rank]);
    }
  }

  /// Bytes about a county from its owner, who makes them with `make()`, to rank 0. Called by these
  /// two; empty on an owner that is not rank 0.
  template <class Make>
  Bytes collect(std::size_t county, Make make) {
    Bytes bytes;
    if (owns(county)) bytes = make();
    if (owner_[county] == 0) return bytes;
    return ranks_.pass(owner_[county], 0, bytes);
  }
  /// Bytes about a county from rank 0 to its owner. Called by these two.
  Bytes deliver(std::size_t county, Bytes bytes);
  /// Whether this rank has part in collect() and deliver() of a county.
  bool concerned(std::size_t county) const { return leads() || owns(county); }

 private:
  Ranks& ranks_;
  std::vector<std::size_t> owner_;
  std::vector<std::size_t> own_;
};

}  // namespace terrace::engine

#include "engine/ranks.hpp"

#include <algorithm>
#include <numeric>
#include <queue>

namespace terrace::engine {

std::vector<std::size_t> deal_counties(std::span<const County> counties, std::size_t ranks) {
  // A county-year takes time by the household. Whole households, so that sums have no order.
  std::vector<std::uint64_t> load;
  for (const County& c : counties)
    load.push_back(static_cast<std::uint64_t>(c.true_households * c.fraction + 0.5));
  std::vector<std::size_t> order(counties.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return load[a] > load[b]; });
  using Busy = std::pair<std::uint64_t, std::size_t>;  // households, rank
  std::priority_queue<Busy, std::vector<Busy>, std::greater<>> least;
  for (std::size_t r = 0; r < ranks; ++r) least.emplace(0, r);
  std::vector<std::size_t> owner(counties.size(), 0);
  for (const std::size_t i : order) {
    const auto [households, rank] = least.top();
    least.pop();
    owner[i] = rank;
    least.emplace(households + load[i], rank);
  }
  return owner;
}

Team::Team(Ranks& ranks, std::span<const County> counties)
    : ranks_(ranks), owner_(deal_counties(counties, ranks.count())) {
  for (std::size_t i = 0; i < owner_.size(); ++i) {
    if (owner_[i] == ranks.rank()) own_.push_back(i);
  }
}

bool Team::any(bool here) { return sum(here ? 1 : 0) > 0; }

std::uint64_t Team::sum(std::uint64_t here) {
  if (alone()) return here;
  Bytes mine;
  StateWriter(mine).put(here);
  std::uint64_t sum = 0;
  for (const Bytes& of : ranks_.gather_all(mine)) {
    std::uint64_t there = 0;
    StateReader in(of);
    in.get(there);
    require(in.at_end(), "ranks do not agree on what they share");
    sum += there;
  }
  return sum;
}

Bytes Team::told(std::span<const std::byte> said) {
  if (alone()) return {said.begin(), said.end()};
  if (!leads()) said = {};
  return std::move(ranks_.gather_all(said)[0]);
}

bool Team::told(bool said) { return !told(Bytes(said ? 1 : 0)).empty(); }

Bytes Team::deliver(std::size_t county, Bytes bytes) {
  if (owner_[county] == 0) return bytes;
  return ranks_.pass(0, owner_[county], bytes);
}

}  // namespace terrace::engine

// Which ranks of a run share a machine, and what each may take of it.
#pragma once

#include <bitset>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <terrace/ranks.hpp>

namespace terrace {

/// Where a rank runs.
struct RankPlace {
  static constexpr std::size_t kCores = 1024;  ///< as many as the system's own set holds
  std::string host;
  std::bitset<kCores> cores{};  ///< that it may run on
};

/// That of this process. The launcher may have bound it to some cores.
RankPlace place_of_process();

/// Those of all ranks, by rank.
std::vector<RankPlace> gather_places(Ranks& ranks, const RankPlace& own);

/// Ranks on the host of `rank`, that one included.
std::vector<std::size_t> neighbours(std::span<const RankPlace> places, std::size_t rank);

/// How many threads a rank takes if nobody says: its part of the cores that it may run on, each of
/// which it shares with the ranks of its host that may run there too. At least 1.
unsigned threads_of_rank(std::span<const RankPlace> places, std::size_t rank);

}  // namespace terrace

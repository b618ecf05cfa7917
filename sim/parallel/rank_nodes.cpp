#include "parallel/rank_nodes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <sched.h>
#include <unistd.h>

namespace terrace {
namespace {

std::vector<std::byte> bytes_of(const RankPlace& place) {
  const std::string text = place.cores.to_string() + place.host;
  const auto bytes = std::as_bytes(std::span(text));
  return {bytes.begin(), bytes.end()};
}

RankPlace place_from(std::span<const std::byte> bytes) {
  std::string text(bytes.size(), '\0');
  std::ranges::transform(bytes, text.begin(), [](std::byte b) { return static_cast<char>(b); });
  return {text.substr(RankPlace::kCores),
          std::bitset<RankPlace::kCores>(text, 0, RankPlace::kCores)};
}

}  // namespace

RankPlace place_of_process() {
  RankPlace place;
  std::array<char, 256> name{};
  place.host = ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
  cpu_set_t cores;
  CPU_ZERO(&cores);
  if (::sched_getaffinity(0, sizeof cores, &cores) == 0) {
    for (std::size_t i = 0; i < RankPlace::kCores; ++i) place.cores[i] = CPU_ISSET(i, &cores);
  }
  return place;
}

std::vector<RankPlace> gather_places(Ranks& ranks, const RankPlace& own) {
  std::vector<RankPlace> places;
  for (const auto& bytes : ranks.gather_all(bytes_of(own))) places.push_back(place_from(bytes));
  return places;
}

std::vector<std::size_t> neighbours(std::span<const RankPlace> places, std::size_t rank) {
  std::vector<std::size_t> out;
  for (std::size_t r = 0; r < places.size(); ++r) {
    if (places[r].host == places[rank].host) out.push_back(r);
  }
  return out;
}

unsigned threads_of_rank(std::span<const RankPlace> places, std::size_t rank) {
  const std::vector<std::size_t> here = neighbours(places, rank);
  // Counted by how many ranks share a core, so that parts add up without rounding.
  std::vector<unsigned> cores_shared_by(here.size() + 1);
  for (std::size_t core = 0; core < RankPlace::kCores; ++core) {
    if (!places[rank].cores[core]) continue;
    const auto sharing =
        std::ranges::count_if(here, [&](std::size_t r) { return places[r].cores[core]; });
    ++cores_shared_by[static_cast<std::size_t>(sharing)];
  }
  double cores = 0.0;
  for (std::size_t sharing = 1; sharing < cores_shared_by.size(); ++sharing) {
    cores += static_cast<double>(cores_shared_by[sharing]) / static_cast<double>(sharing);
  }
  constexpr double kRounding = 1e-9;
  return std::max(1U, static_cast<unsigned>(std::floor(cores + kRounding)));
}

}  // namespace terrace

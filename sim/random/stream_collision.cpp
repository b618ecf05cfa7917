#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "terrace/random.hpp"

namespace terrace {

std::optional<std::pair<std::string_view, std::string_view>> find_stream_collision(
    std::span<const std::string_view> names) {
  using Numbered = std::pair<std::uint32_t, std::size_t>;
  std::vector<Numbered> numbered;
  numbered.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) numbered.emplace_back(stream(names[i]).value, i);
  std::sort(numbered.begin(), numbered.end());
  // Neighbours with equal numbers collide; the pair whose later name comes first is reported.
  const Numbered* found = nullptr;
  for (std::size_t i = 1; i < numbered.size(); ++i) {
    if (numbered[i - 1].first != numbered[i].first) continue;
    if (found == nullptr || numbered[i].second < found[1].second) found = &numbered[i - 1];
  }
  if (found == nullptr) return std::nullopt;
  return std::pair{names[found[0].second], names[found[1].second]};
}

}  // namespace terrace

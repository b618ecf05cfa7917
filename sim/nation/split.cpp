#include "nation/split.hpp"

#include <algorithm>

#include <terrace/fixed_sum.hpp>

namespace terrace::nation {

double national(std::span<const County> counties, std::span<const double> values) {
  double whole = 0.0;
  for (std::size_t i = 0; i < counties.size(); ++i) whole += scale_of(counties[i]) * values[i];
  return whole;
}

std::vector<double> split(double total, std::span<const County> counties,
                          std::span<const double> need) {
  const double whole = national(counties, need);
  std::vector<double> out(counties.size(), 0.0);
  if (whole <= 0.0) return out;
  for (std::size_t i = 0; i < counties.size(); ++i) out[i] = total * need[i] / whole;
  return out;
}

std::vector<double> split_up_to(double total, std::span<const County> counties,
                                std::span<const double> need, std::span<const double> most) {
  const std::size_t n = counties.size();
  std::vector<std::uint8_t> full(n, 0);
  std::vector<double> out(n, 0.0);
  // Every round fills at least one county up, or is the last.
  for (std::size_t round = 0; round <= n; ++round) {
    double left = total;
    double open = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      const double scale = scale_of(counties[i]);
      (full[i] != 0 ? left : open) += scale * (full[i] != 0 ? -most[i] : need[i]);
    }
    const double each = open > 0.0 ? std::max(0.0, left) / open : 0.0;
    bool settled = true;
    for (std::size_t i = 0; i < n; ++i) {
      if (full[i] == 0 && each * need[i] > most[i]) {
        full[i] = 1;
        settled = false;
      }
      out[i] = full[i] != 0 ? most[i] : each * need[i];
    }
    if (settled) break;
  }
  return out;
}

std::vector<std::int64_t> whole_places(std::span<const double> share) {
  const double total = lane_sum(share);
  return largest_remainder(static_cast<std::int64_t>(total + 0.5), share);
}

}  // namespace terrace::nation

#include "sweep/design.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include <boost/random/sobol.hpp>

#include <terrace/check.hpp>
#include <terrace/random.hpp>

namespace terrace::sweep {
namespace {

using Kind = StudyDesign::Kind;
using Points = std::vector<std::vector<double>>;

// A draw's entity holds the number of a dimension in 16 bits.
constexpr std::size_t kMostKeyed = 65'535;

Points room(std::size_t points, std::size_t dimensions) {
  return Points(points, std::vector<double>(dimensions));
}

/// 0 ... n - 1 in the order of their keys; of equal keys the smaller number first.
template <class KeyOf>
std::vector<std::uint32_t> shuffled(std::size_t n, KeyOf key_of) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) keyed.emplace_back(key_of(i), i);
  std::sort(keyed.begin(), keyed.end());  // no two are equal: the numbers differ
  std::vector<std::uint32_t> order;
  order.reserve(n);
  for (const auto& [key, i] : keyed) order.push_back(i);
  return order;
}

Entity entity_of(std::uint32_t point, std::size_t dimension) {
  return {point, static_cast<std::uint16_t>(dimension)};
}

Points latin_hypercube(const StudyDesign& design, std::size_t dimensions) {
  constexpr StreamId kOrder = stream("design.latin_hypercube.order");
  constexpr StreamId kPlace = stream("design.latin_hypercube.place");
  const RunKey key{design.seed, 0};
  Points points = room(design.n, dimensions);
  for (std::size_t d = 0; d < dimensions; ++d) {
    const auto part =
        shuffled(design.n, [&](std::uint32_t i) { return key64(key, kOrder, entity_of(i, d), 0); });
    for (std::uint32_t i = 0; i < design.n; ++i) {
      // 24 bits of the place in a part: with more, the sum could round into the next one.
      const float place = uniform24(draw_block(key, kPlace, entity_of(i, d), 0)[0]);
      points[i][d] = (static_cast<double>(part[i]) + static_cast<double>(place)) /
                     static_cast<double>(design.n);
    }
  }
  return points;
}

Points sobol(std::uint32_t n, std::size_t dimensions) {
  constexpr unsigned kDropped = 64 - std::numeric_limits<double>::digits;
  boost::random::sobol engine(dimensions);
  // The engine leaves the zero point out: its first is element 1.
  engine.discard((std::bit_ceil(std::uint64_t{n}) - 1) * dimensions);
  Points points = room(n, dimensions);
  for (std::vector<double>& point : points) {
    for (double& u : point) u = static_cast<double>(engine() >> kDropped) * 0x1p-53;
  }
  return points;
}

Points saltelli(const StudyDesign& design, std::size_t dimensions) {
  const Points both = sobol(design.n, 2 * dimensions);
  Points points;
  points.reserve(both.size() * ((design.second_order ? 2 * dimensions : dimensions) + 2));
  const auto add_mixed = [&](const std::vector<double>& rows, const std::vector<double>& columns) {
    for (std::size_t i = 0; i < dimensions; ++i) points.emplace_back(rows)[i] = columns[i];
  };
  const auto middle = static_cast<std::ptrdiff_t>(dimensions);
  for (const std::vector<double>& row : both) {
    const std::vector<double> a(row.begin(), row.begin() + middle);
    const std::vector<double> b(row.begin() + middle, row.end());
    points.push_back(a);
    add_mixed(a, b);
    if (design.second_order) add_mixed(b, a);
    points.push_back(b);
  }
  return points;
}

Points morris(const StudyDesign& design, std::size_t dimensions) {
  constexpr StreamId kOrder = stream("design.morris.order");
  constexpr StreamId kStart = stream("design.morris.start");
  require(design.levels >= 2 && design.levels % 2 == 0, "levels of morris are not even");
  const RunKey key{design.seed, 0};
  const std::uint32_t step = design.levels / 2;
  const auto place = [&](std::uint32_t level) {
    return static_cast<double>(level) / static_cast<double>(design.levels - 1);
  };
  Points points;
  points.reserve(std::size_t{design.n} * (dimensions + 1));
  for (std::uint32_t t = 0; t < design.n; ++t) {
    std::vector<std::uint32_t> level(dimensions);
    std::vector<double> point(dimensions);
    for (std::size_t d = 0; d < dimensions; ++d) {
      // The high 32 bits of word times levels: each level's share is right to 2^-32.
      const std::uint64_t word = draw_block(key, kStart, entity_of(t, d), 0)[0];
      level[d] = static_cast<std::uint32_t>((word * design.levels) >> 32);
      point[d] = place(level[d]);
    }
    points.push_back(point);
    const auto order = shuffled(
        dimensions, [&](std::uint32_t d) { return key64(key, kOrder, entity_of(t, d), 0); });
    for (const std::uint32_t d : order) {
      level[d] = level[d] < step ? level[d] + step : level[d] - step;
      point[d] = place(level[d]);
      points.push_back(point);
    }
  }
  return points;
}

}  // namespace

std::size_t most_dimensions(const StudyDesign& design) {
  switch (design.kind) {
    case Kind::sobol:
      return kMostSobolDimensions;
    case Kind::saltelli:
      return kMostSobolDimensions / 2;
    default:
      return kMostKeyed;
  }
}

Points design_points(const StudyDesign& design, std::size_t dimensions) {
  require(dimensions > 0 && dimensions <= most_dimensions(design), "too many dimensions");
  switch (design.kind) {
    case Kind::latin_hypercube:
      return latin_hypercube(design, dimensions);
    case Kind::sobol:
      return sobol(design.n, dimensions);
    case Kind::saltelli:
      return saltelli(design, dimensions);
    case Kind::morris:
      return morris(design, dimensions);
    default:
      require(false, "a design that is not drawn");
      return {};
  }
}

}  // namespace terrace::sweep

#include "analysis/morris.hpp"

#include <cmath>
#include <optional>
#include <stdexcept>
#include <string>

namespace terrace::analysis {
namespace {

/// The only dimension that differs between two points, if any does.
std::optional<std::size_t> moved_dimension(std::span<const std::vector<double>> coordinates,
                                           std::size_t point) {
  std::optional<std::size_t> moved;
  for (std::size_t d = 0; d < coordinates.size(); ++d) {
    if (coordinates[d][point] == coordinates[d][point + 1]) continue;
    if (moved) {
      throw std::invalid_argument("more than one dimension moves between points " +
                                  std::to_string(point) + " and " + std::to_string(point + 1));
    }
    moved = d;
  }
  return moved;
}

TrajectoryEffects effects_of(std::span<const double> outputs,
                             std::span<const std::vector<double>> coordinates,
                             std::span<const StudyDimension> dimensions, double step,
                             std::size_t start) {
  TrajectoryEffects out(coordinates.size(), 0.0);
  std::vector<bool> seen(coordinates.size(), false);
  for (std::size_t point = start; point < start + coordinates.size(); ++point) {
    const std::optional<std::size_t> d = moved_dimension(coordinates, point);
    if (!d) continue;
    if (seen[*d]) {
      throw std::invalid_argument("a dimension moves twice in the trajectory from point " +
                                  std::to_string(start));
    }
    seen[*d] = true;
    const double from = coordinates[*d][point];
    const double to = coordinates[*d][point + 1];
    const double share = moved_share(dimensions[*d], step, from, to);
    out[*d] = (to > from ? 1.0 : -1.0) * (outputs[point + 1] - outputs[point]) / share;
  }
  return out;
}

/// Of values that are all the same exactly 0.
double standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return kNoNumber;
  const auto n = static_cast<double>(values.size());
  double sum = 0.0;
  for (const double value : values) sum += value - values[0];
  double squares = 0.0;
  for (const double value : values) {
    const double off = value - values[0] - sum / n;
    squares += off * off;
  }
  return std::sqrt(squares / (n - 1.0));
}

}  // namespace

double morris_step(std::size_t levels) {
  const std::size_t distances = levels / 2;
  return static_cast<double>(distances) / static_cast<double>(levels - 1);
}

double moved_share(const StudyDimension& dimension, double step, double from, double to) {
  double low = dimension.low;
  double high = dimension.high;
  if (!dimension.choices.empty()) {
    low = 0.0;
    high = static_cast<double>(dimension.choices.size() - 1);
  } else if (!dimension.whole) {
    return step;
  }
  if (dimension.log_scale) return std::abs(std::log(to / from)) / std::log(high / low);
  return std::abs(to - from) / (high - low);
}

std::vector<TrajectoryEffects> elementary_effects(std::span<const double> outputs,
                                                  std::span<const std::vector<double>> coordinates,
                                                  std::span<const StudyDimension> dimensions,
                                                  double step) {
  if (dimensions.size() != coordinates.size()) {
    throw std::invalid_argument("there are not as many dimensions as coordinates");
  }
  const std::size_t length = coordinates.size() + 1;
  if (outputs.empty() || outputs.size() % length != 0) {
    throw std::invalid_argument("trajectories are not whole");
  }
  std::vector<TrajectoryEffects> out;
  for (std::size_t start = 0; start < outputs.size(); start += length)
    out.push_back(effects_of(outputs, coordinates, dimensions, step, start));
  return out;
}

Terms squares_beyond_noise(std::span<const double> by_run, std::size_t replicates,
                           std::span<const std::vector<double>> coordinates,
                           std::span<const StudyDimension> dimensions, double step) {
  const std::size_t length = coordinates.size() + 1;
  const std::size_t points = coordinates.front().size();
  Terms out(coordinates.size(), std::vector<double>(points / length, 0.0));
  for (std::size_t point = 0; point + 1 < points; ++point) {
    if (point % length == length - 1) continue;  // the next point begins another trajectory
    const std::optional<std::size_t> d = moved_dimension(coordinates, point);
    if (!d) continue;
    const double share =
        moved_share(dimensions[*d], step, coordinates[*d][point], coordinates[*d][point + 1]);
    out[*d][point / length] =
        square_beyond_noise(by_run, replicates, point, point + 1) / (share * share);
  }
  return out;
}

std::vector<MorrisEffects> morris_effects(const std::vector<TrajectoryEffects>& effects,
                                          const Bootstrap& how) {
  if (effects.empty()) return {};
  const std::size_t k = effects.front().size();
  Terms terms(2 * k);
  for (const TrajectoryEffects& trajectory : effects) {
    for (std::size_t d = 0; d < k; ++d) {
      terms[d].push_back(trajectory[d]);
      terms[k + d].push_back(std::abs(trajectory[d]));
    }
  }
  const std::vector<Estimated> all = bootstrap(
      terms,
      [](std::span<const double> means) { return std::vector<double>(means.begin(), means.end()); },
      how);
  std::vector<MorrisEffects> out(k);
  for (std::size_t d = 0; d < k; ++d) {
    out[d].mu = all[d];
    out[d].mu_star = all[k + d];
    out[d].sigma = standard_deviation(terms[d]);
  }
  return out;
}

}  // namespace terrace::analysis

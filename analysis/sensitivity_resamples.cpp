#include "analysis/sensitivity_resamples.hpp"

#include <algorithm>
#include <cmath>

#include <terrace/random.hpp>

namespace terrace::analysis {
namespace {

constexpr StreamId kRows = stream("sensitivity.bootstrap");

/// How often each row came up in a resample, as a share.
void draw_shares(const Bootstrap& how, unsigned resample, std::vector<double>& shares) {
  const std::size_t rows = shares.size();
  std::fill(shares.begin(), shares.end(), 0.0);
  DrawEngine draws(RunKey{how.seed, 0}, kRows, Entity{resample, 0}, 0);
  const double one = 1.0 / static_cast<double>(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const std::uint64_t bits = draws();
    const double u = uniform53(static_cast<std::uint32_t>(bits >> 32),  // strictly below 1
                               static_cast<std::uint32_t>(bits));
    shares[static_cast<std::size_t>(u * static_cast<double>(rows))] += one;
  }
}

double weighted_sum(std::span<const double> values, std::span<const double> shares) {
  double sum = 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) sum += shares[i] * values[i];
  return sum;
}

Estimated summary_of(double value, std::vector<double>& resampled, double confidence) {
  Estimated out;
  out.value = value;
  if (!std::isfinite(value)) return {};
  std::erase_if(resampled, [](double v) { return !std::isfinite(v); });
  if (resampled.size() < 2) return out;
  const auto n = static_cast<double>(resampled.size());
  double sum = 0.0;
  for (const double v : resampled) sum += v - value;
  double squares = 0.0;
  for (const double v : resampled) {
    const double off = v - value - sum / n;
    squares += off * off;
  }
  out.error = std::sqrt(squares / (n - 1.0));
  std::sort(resampled.begin(), resampled.end());
  out.low = quantile_of(resampled, 0.5 - 0.5 * confidence);
  out.high = quantile_of(resampled, 0.5 + 0.5 * confidence);
  return out;
}

}  // namespace

double quantile_of(std::span<const double> ascending, double share) {
  const double place = share * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  const double part = place - static_cast<double>(below);
  return ascending[below] + part * (ascending[above] - ascending[below]);
}

std::vector<Estimated> bootstrap(const Terms& terms, const FromMeans& estimate,
                                 const Bootstrap& how) {
  const std::size_t rows = terms.empty() ? 0 : terms.front().size();
  if (rows == 0) return {};
  std::vector<double> shares(rows, 1.0 / static_cast<double>(rows));
  std::vector<double> means(terms.size());
  const auto of_shares = [&] {
    for (std::size_t t = 0; t < terms.size(); ++t) means[t] = weighted_sum(terms[t], shares);
    return estimate(means);
  };
  const std::vector<double> values = of_shares();
  std::vector<std::vector<double>> resampled(values.size());
  for (auto& list : resampled) list.reserve(how.resamples);
  for (unsigned r = 0; r < how.resamples; ++r) {
    draw_shares(how, r, shares);
    const std::vector<double> again = of_shares();
    for (std::size_t i = 0; i < again.size(); ++i) resampled[i].push_back(again[i]);
  }
  std::vector<Estimated> out;
  out.reserve(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    out.push_back(summary_of(values[i], resampled[i], how.confidence));
  return out;
}

}  // namespace terrace::analysis

// Goodness-of-fit checks for tests. Seeds are fixed, so a check passes always or never; each level
// is chosen so that all of them together would fail a sound generator once in a million times.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace terrace::testing {

// One check in some forty at 1e-6 / 40; five and a half standard deviations, one-sided.
inline constexpr double check_level = 2e-8;
inline constexpr double check_deviations = 5.5;

/// The largest distance between the empirical and the given distribution function, over its
/// critical value: at most 1 for a sound sample.
template <typename Cdf>
double kolmogorov_smirnov_ratio(std::vector<double> sample, Cdf&& cdf) {
  std::sort(sample.begin(), sample.end());
  const auto n = static_cast<double>(sample.size());
  double distance = 0.0;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const double p = cdf(sample[i]);
    distance =
        std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return distance * std::sqrt(n) / std::sqrt(-0.5 * std::log(check_level / 2.0));
}

/// Pearson's statistic as standard deviations from its mean (cube root of Wilson and Hilferty), for
/// counts against probabilities that add up to 1.
inline double chi_square_deviations(const std::vector<double>& counts,
                                    const std::vector<double>& probabilities) {
  double n = 0.0;
  for (const double count : counts) n += count;
  double statistic = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = n * probabilities[i];
    statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  const auto freedom = static_cast<double>(counts.size() - 1);
  const double spread = 2.0 / (9.0 * freedom);
  return (std::cbrt(statistic / freedom) - (1.0 - spread)) / std::sqrt(spread);
}

/// The same for pairs of uniforms in 32 x 32 equal cells: are the two independent?
class PairCheck {
 public:
  void add(double u, double v) {
    const auto row = static_cast<std::size_t>(u * 32.0);
    const auto column = static_cast<std::size_t>(v * 32.0);
    counts_[row * 32 + column] += 1.0;
  }
  [[nodiscard]] double deviations() const {
    return chi_square_deviations(counts_, std::vector<double>(1024, 1.0 / 1024.0));
  }

 private:
  std::vector<double> counts_ = std::vector<double>(1024, 0.0);
};

}  // namespace terrace::testing

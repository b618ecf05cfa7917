#include "analysis/sobol.hpp"

#include <stdexcept>
#include <utility>

namespace terrace::analysis {
namespace {

/// Terms whose means over rows make the indices: first order and total by dimension, pairs, and
/// last the square and the value of A and B.
struct SobolTerms {
  const SaltelliLayout& layout;
  std::size_t rows;
  Terms terms;

  SobolTerms(std::span<const double> y, const SaltelliLayout& where, std::size_t n)
      : layout(where), rows(n) {
    const std::size_t k = layout.dimensions;
    for (std::size_t i = 0; i < k; ++i) {
      add([&](std::size_t j) { return y[layout.b(j)] * (y[layout.ab(j, i)] - y[layout.a(j)]); });
    }
    for (std::size_t i = 0; i < k; ++i) {
      add([&](std::size_t j) {
        const double step = y[layout.a(j)] - y[layout.ab(j, i)];
        return 0.5 * step * step;
      });
    }
    if (layout.second_order) add_pairs(y);
    add([&](std::size_t j) {
      const double a = y[layout.a(j)];
      const double b = y[layout.b(j)];
      return 0.5 * (a * a + b * b);
    });
    add([&](std::size_t j) { return 0.5 * (y[layout.a(j)] + y[layout.b(j)]); });
  }

  /// BA_ji and AB_jm share dimensions i and m and no other: their product holds what those two
  /// explain together.
  void add_pairs(std::span<const double> y) {
    const std::size_t k = layout.dimensions;
    for (std::size_t i = 0; i < k; ++i) {
      for (std::size_t m = i + 1; m < k; ++m) {
        add([&](std::size_t j) {
          return y[layout.ba(j, i)] * y[layout.ab(j, m)] - y[layout.a(j)] * y[layout.b(j)];
        });
      }
    }
  }

  template <class Term>
  void add(Term term) {
    std::vector<double> values(rows);
    for (std::size_t j = 0; j < rows; ++j) values[j] = term(j);
    terms.push_back(std::move(values));
  }
};

/// First order, total, pairs, and the sum of the first orders.
std::vector<double> indices_of(std::span<const double> means, const SaltelliLayout& layout) {
  const std::size_t k = layout.dimensions;
  const double mean = means.back();
  const double variance = means[means.size() - 2] - mean * mean;
  std::vector<double> out(means.size() - 1, kNoNumber);
  // Rows that are all the same, of which a resample may consist, leave rounding.
  if (variance <= 1e-12 * means[means.size() - 2]) return out;
  double sum = 0.0;
  for (std::size_t i = 0; i < 2 * k; ++i) out[i] = means[i] / variance;
  for (std::size_t i = 0; i < k; ++i) sum += out[i];
  std::size_t at = 2 * k;
  for (std::size_t i = 0; layout.second_order && i < k; ++i) {
    for (std::size_t m = i + 1; m < k; ++m, ++at) out[at] = means[at] / variance - out[i] - out[m];
  }
  out[at] = sum;
  return out;
}

/// Mean of A and B, and whether they are all the same.
std::pair<double, bool> mean_of_points(std::span<const double> y, const SaltelliLayout& layout,
                                       std::size_t n) {
  const double first = y[layout.a(0)];
  double sum = 0.0;
  bool constant = true;
  for (std::size_t j = 0; j < n; ++j) {
    for (const double value : {y[layout.a(j)], y[layout.b(j)]}) {
      sum += value - first;
      constant = constant && value == first;
    }
  }
  return {first + sum / static_cast<double>(2 * n), constant};
}

}  // namespace

SobolIndices sobol_indices(std::span<const double> outputs, const SaltelliLayout& layout,
                           const Bootstrap& how) {
  const std::size_t k = layout.dimensions;
  const std::size_t n = outputs.size() / layout.block();
  if (k == 0 || n == 0 || outputs.size() % layout.block() != 0) {
    throw std::logic_error("outputs do not fit the Saltelli design");
  }
  SobolIndices out;
  const auto [mean, constant] = mean_of_points(outputs, layout, n);
  out.mean = mean;
  out.constant = constant;
  out.first.resize(k);
  out.total.resize(k);
  if (layout.second_order) {
    for (std::size_t i = 0; i < k; ++i) out.second.emplace_back(k - 1 - i);
  }
  if (constant) {
    out.variance = 0.0;
    return out;
  }
  // Centred: a mean far from zero would drown products in rounding and in chance.
  std::vector<double> centred(outputs.begin(), outputs.end());
  for (double& value : centred) value -= mean;
  const SobolTerms terms(centred, layout, n);
  out.variance = 0.0;
  for (const double square : terms.terms[terms.terms.size() - 2])
    out.variance += square / static_cast<double>(n);
  const std::vector<Estimated> all = bootstrap(
      terms.terms, [&](std::span<const double> means) { return indices_of(means, layout); }, how);
  const auto part = [&](std::size_t from, std::size_t count) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
    return std::vector<Estimated>(begin, begin + static_cast<std::ptrdiff_t>(count));
  };
  out.first = part(0, k);
  out.total = part(k, k);
  std::size_t at = 2 * k;
  for (std::vector<Estimated>& row : out.second) {
    row = part(at, row.size());
    at += row.size();
  }
  out.first_sum = all[at];
  return out;
}

}  // namespace terrace::analysis

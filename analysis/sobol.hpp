// Sobol indices of an output over a Saltelli design: which share of its variance a dimension
// explains alone (first order) and with all its interactions (total).
//
//   A. Saltelli et al., Variance based sensitivity analysis of model output, Computer Physics
//   Communications 181 (2010) 259-270, table 2: row (b) for the first order, which is exact for a
//   dimension without any effect and good for small indices; row (f), after M. J. W. Jansen,
//   Computer Physics Communications 117 (1999) 35-43, for totals. Second order: A. Saltelli,
//   Computer Physics Communications 145 (2002) 280-297. These are also the estimators and the
//   layout of SALib, which may be given the same outputs.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "analysis/sensitivity_resamples.hpp"

namespace terrace::analysis {

/// Rows of a Saltelli design over k dimensions, for j = 0, 1, ... n - 1:
///
///   A_j, AB_j1 ... AB_jk, (BA_j1 ... BA_jk), B_j
///
/// A_j and B_j are independent points; AB_ji is A_j with dimension i of B_j, BA_ji is B_j with
/// dimension i of A_j.
struct SaltelliLayout {
  std::size_t dimensions = 0;
  bool second_order = false;

  std::size_t block() const { return dimensions * (second_order ? 2 : 1) + 2; }
  std::size_t a(std::size_t j) const { return j * block(); }
  std::size_t ab(std::size_t j, std::size_t i) const { return j * block() + 1 + i; }
  std::size_t ba(std::size_t j, std::size_t i) const { return ab(j, dimensions + i); }
  std::size_t b(std::size_t j) const { return (j + 1) * block() - 1; }
};

struct SobolIndices {
  bool constant = false;    ///< A and B have no variance: there are no indices
  double mean = kNoNumber;  ///< over A and B
  double variance = kNoNumber;
  std::vector<Estimated> first;  ///< by dimension
  std::vector<Estimated> total;
  Estimated first_sum;  ///< what dimensions explain alone, all together
  std::vector<std::vector<Estimated>>
      second;  ///< [i][j - i - 1] for i < j: what two explain beyond each alone; or empty
};

/// `outputs` has as many values as the layout has rows, all of them numbers.
SobolIndices sobol_indices(std::span<const double> outputs, const SaltelliLayout& layout,
                           const Bootstrap& how);

}  // namespace terrace::analysis

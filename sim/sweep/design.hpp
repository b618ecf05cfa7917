// Designs: which points of the unit cube a study looks at. Made of keyed draws, bit operations and
// exact arithmetic, so that a design is the same bits on any machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <terrace/study.hpp>

namespace terrace::sweep {

/// The table of direction numbers (Joe and Kuo 2008, as Boost has it) ends here.
inline constexpr std::size_t kMostSobolDimensions = 3667;

/// Most dimensions that a design can have.
std::size_t most_dimensions(const StudyDesign& design);

/// The points of a design that is drawn in the unit cube (all but grid and list), [point]
/// [dimension]. Numbers lie in [0, 1); those of morris in [0, 1].
///
/// latin_hypercube  Each dimension's range is cut into n equal parts. Every part holds one point,
/// at
///                  a random place in it; which point holds which part is random too.
/// sobol            Elements p to p + n - 1 of the Sobol sequence, counted from 0, where p is the
///                  smallest power of two that is not below n. The zero point, element 0, is never
///                  among them. Of p elements from p on there is one in each p-th part of every
///                  dimension, so a power of two for n is best.
/// saltelli         The rows of matrices A and B are the first and the second half of the numbers
///                  of a `sobol` design of twice as many dimensions. Points in order, for each j =
///                  0 ... n - 1 in turn:
///                    A_j
///                    AB_j,1 ... AB_j,k   A_j with dimension i taken from B_j
///                    BA_j,1 ... BA_j,k   B_j with dimension i taken from A_j; second_order only
///                    B_j
/// morris           n trajectories, one after the other, each of k + 1 points in the order of its
///                  steps. Numbers lie on a grid of `levels` (even) levels, 0 and 1 among them. A
///                  trajectory begins at random; a step moves one dimension by levels / 2 levels,
///                  which is levels / (2 (levels - 1)), in the one direction where there is room;
///                  each dimension moves once, in random order.
std::vector<std::vector<double>> design_points(const StudyDesign& design, std::size_t dimensions);

}  // namespace terrace::sweep

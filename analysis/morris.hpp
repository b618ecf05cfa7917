// Elementary effects: how much an output moves when one dimension takes a step, over trajectories
// that start anywhere. Cheaper than Sobol indices, and enough to leave out what does not matter.
//
//   M. D. Morris, Factorial sampling plans for preliminary computational experiments,
//   Technometrics 33 (1991) 161-174; mu* after F. Campolongo, J. Cariboni, A. Saltelli, An
//   effective screening design for sensitivity analysis of large models, Environmental Modelling &
//   Software 22 (2007) 1509-1518.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <terrace/study.hpp>

#include "analysis/sensitivity_outputs.hpp"
#include "analysis/sensitivity_resamples.hpp"

namespace terrace::analysis {

/// One dimension. Effects are in the output's unit for the dimension's whole range: a step's change
/// over the step's share of the range, so that dimensions of any unit compare.
struct MorrisEffects {
  Estimated mu;              ///< mean effect, upwards: from the low end or the first choice
  Estimated mu_star;         ///< mean size of effects, whatever their sign
  double sigma = kNoNumber;  ///< their standard deviation: curvature and interactions
};

/// Of one trajectory the effect of each dimension.
using TrajectoryEffects = std::vector<double>;

/// The share of its range by which a dimension moves from one coordinate to another. A step of the
/// design is `step` of any range, and a dimension of continuous values moves just so, on its scale.
/// Of choices and whole numbers a step ends at one that is there: a switch moves by its whole
/// range, from the first of three choices to the second it is half of it.
double moved_share(const StudyDimension& dimension, double step, double from, double to);

/// The effects of the dimensions along n trajectories of k + 1 points each: between two points
/// after one another one dimension moves by a step, upwards where its coordinate grows.
/// A dimension that does not move (a choice of one) has none. `coordinates` by dimension and point
/// as points of a study have them. Throws std::invalid_argument where points are no such
/// trajectories.
std::vector<TrajectoryEffects> elementary_effects(std::span<const double> outputs,
                                                  std::span<const std::vector<double>> coordinates,
                                                  std::span<const StudyDimension> dimensions,
                                                  double step);

/// By dimension and trajectory the squares of effects, less what noise adds to them on average.
/// `by_run` as spread_of() takes it, with two replicates or more.
Terms squares_beyond_noise(std::span<const double> by_run, std::size_t replicates,
                           std::span<const std::vector<double>> coordinates,
                           std::span<const StudyDimension> dimensions, double step);

std::vector<MorrisEffects> morris_effects(const std::vector<TrajectoryEffects>& effects,
                                          const Bootstrap& how);

/// The step of a design on `levels` levels, as Morris has it: half of them, rounded down, of the
/// distances between the first and the last.
double morris_step(std::size_t levels);

}  // namespace terrace::analysis

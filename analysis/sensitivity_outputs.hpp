// Which figures of a sweep are looked at, and their values.
//
//   headcount_ratio                 the nation's in the last year
//   headcount_ratio@2020            of a year
//   relapse_true@2016-2020          the mean over years
//   offered:industry@2020           of a module
//   headcount_ratio:Guizhou@2020    of a province; of both `offered:industry:Guizhou@2020`
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <terrace/sweep_results.hpp>

namespace terrace::analysis {

/// What was asked for cannot be had from this sweep; the message has a line for each reason.
struct NoAnswer : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A figure of every run.
struct SweepOutput {
  std::string name;  ///< as it was asked for
  std::string indicator;
  std::string unit;
  std::string meaning;
  std::string module;  ///< or empty
  std::string region;
  int first_year = 0;
  int last_year = 0;
  std::vector<double> by_run;  ///< NaN: none
};

/// Throws NoAnswer with all names that mean nothing here.
std::vector<SweepOutput> chosen_outputs(const SweepResults& sweep,
                                        const std::vector<std::string>& names);

/// Every indicator, of each module where it is by module, of the nation in the last year. Those
/// that no run has a number of are left out, and their names added to `left_out`.
std::vector<SweepOutput> all_outputs(const SweepResults& sweep, std::vector<std::string>& left_out);

/// How values of runs spread, over points and over the replicates of a point.
struct OutputSpread {
  std::vector<double> by_point;  ///< means over replicates
  double mean = 0.0;             ///< of runs
  double low = 0.0;              ///< smallest and largest of by_point
  double high = 0.0;
  double variance_of_runs = 0.0;
  double variance_of_points = 0.0;
  /// Share of the variance of runs that is between replicates of the same point. NaN: one
  /// replicate, or no variance.
  double replicate_share = 0.0;
  /// Share of the variance of points that is noise: what is left of the replicates' spread in the
  /// mean of a point once the part common to all points is out. More replicates lower it, and
  /// no index can tell it from an effect. An estimate of its own: above 1 where points happen to
  /// differ less than noise would make them. NaN as above.
  double noise_share = 0.0;
};

/// `by_run` has a number for each replicate of each point: run = point * replicates + replicate.
OutputSpread spread_of(const std::vector<double>& by_run, std::size_t replicates);

/// The square of the difference of two points' means over replicates, less what noise adds to it on
/// average: around zero where all is noise. Noise is told from the differences within each
/// replicate, for with common random numbers these spread far less than points do. Two replicates
/// or more.
double square_beyond_noise(std::span<const double> by_run, std::size_t replicates, std::size_t from,
                           std::size_t to);

}  // namespace terrace::analysis

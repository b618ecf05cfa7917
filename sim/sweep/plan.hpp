// The plan of a sweep: an immutable numbered table of runs.
//
// A run is one replicate of one point: run = point * replicates + replicate. Its seed is the
// study's and its draws go by the replicate, so all points of a replicate have the same people,
// weather and luck.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <terrace/scenario.hpp>
#include <terrace/study.hpp>

namespace terrace::sweep {

struct Plan {
  Study study;                         ///< without `points`, which are those below
  std::vector<std::string> scenarios;  ///< resolved: the base, or the choices of scenarios
  std::uint64_t seed = 1;
  std::vector<std::vector<double>> points;  ///< [point][dimension]
  std::string digest;                       ///< of all of the above

  std::size_t runs() const { return points.size() * study.replicates; }
  std::size_t point_of(std::size_t run) const { return run / study.replicates; }
  std::uint32_t replicate_of(std::size_t run) const {
    return static_cast<std::uint32_t>(run % study.replicates);
  }
};

/// Draws the design and numbers the runs. `resolved`: the study's scenarios as text. The study
/// must be whole, as its reader leaves it.
Plan make_plan(const Study& study, const std::vector<std::string>& resolved, std::uint64_t seed);

/// A fingerprint of everything in a plan but its digest. Titles, units and meanings count too: the
/// merged results repeat them, and plans with one digest give the same bytes.
std::string digest_of(const Plan& plan);

/// The scenario of a run: that of its point with one replicate, `first_replicate` the run's.
/// `scenarios` are those of the plan, read. Throws record::BadCheckpoint where a dimension names
/// what its scenario does not have.
ScenarioSpec scenario_of(const Plan& plan, std::span<const ScenarioSpec> scenarios,
                         std::size_t run);

/// A dimension's value as people read it: the choice's word, or the number (the shortest that reads
/// back as the same).
std::string value_text(const StudyDimension& dimension, double value);

}  // namespace terrace::sweep

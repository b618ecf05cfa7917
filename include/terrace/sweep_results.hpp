// The merged results of a sweep: one table of runs with everything that was kept of each.
//
//   const SweepResults sweep = read_sweep("results/trap-study/sweep.h5");
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <terrace/errors.hpp>
#include <terrace/recorder.hpp>
#include <terrace/study.hpp>

namespace terrace {

enum class RunStatus : std::int8_t { missing, done, failed };

/// An indicator of all runs.
struct SweepVariable {
  std::string name;
  std::string unit;
  std::string meaning;
  std::string group;             ///< of the run's results: monthly, targeting or modules
  bool by_module = false;        ///< of the group modules
  bool by_region = false;        ///< the nation, then the provinces; else the nation alone
  std::vector<double> values{};  ///< [run][year][module][region], NaN: none
  bool flow = false;             ///< the sum of the year; else as it is at the year's end
};

struct SweepResults {
  std::string name;
  std::string title;
  std::string plan_digest;
  std::string scenario;  ///< resolved, of the base (of several the first)
  std::vector<StudyDimension> dimensions;
  StudyDesign design;
  std::uint32_t replicates = 1;
  std::uint64_t seed = 1;

  // By run: run = point * replicates + replicate.
  std::vector<std::uint32_t> point;
  std::vector<std::uint32_t> replicate;
  std::vector<RunStatus> status;
  std::vector<std::string> digest;               ///< of the run's results; empty unless done
  std::vector<std::vector<double>> coordinates;  ///< [dimension][run]; of choices their place

  std::vector<int> years;
  std::vector<std::string> modules;
  std::vector<RegionInfo> regions;  ///< the nation, and perhaps the provinces
  std::vector<SweepVariable> variables;

  std::size_t runs() const { return point.size(); }
};

/// Reads what `terrace sweep merge` wrote. Throws IoError, which names the path and what is wrong.
SweepResults read_sweep(const std::filesystem::path& file);

}  // namespace terrace

// `terrace compare`: what other policies change for the same people, with what chance may have
// done.
//
//   Comparer comparer({"results/tpa", "tpa"}, RunReader("results/tpa"), options);
//   comparer.add({"results/none", "none"}, RunReader("results/none"));
//   const Comparison found = comparer.finish();
#pragma once

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <terrace/result_table.hpp>
#include <terrace/run_reader.hpp>

#include "analysis/comparable.hpp"
#include "analysis/differences.hpp"
#include "analysis/winners.hpp"

namespace terrace::analysis {

struct CompareOptions {
  std::vector<std::string> indicators;  ///< names; empty: all
  Levels levels;
  Pairing pairing;
  double confidence = 0.95;
  double unchanged_share = kUnchangedShare;
};

/// What a run is called.
struct RunName {
  std::string path;   ///< by the user
  std::string label;  ///< by the tables
};

/// Folders as they were given, called by their own names if these differ, else by their paths; one
/// that comes again is numbered, so that no two labels are the same.
std::vector<RunName> run_names(const std::vector<std::string>& paths);

/// A run of the comparison.
struct ComparedRun {
  RunFacts facts;
  std::string label;                       ///< what tables call it
  std::vector<SettingDifference> differs;  ///< from the base
};

struct Comparison {
  ComparedRun base;
  std::vector<ComparedRun> alts;  ///< in the order in which they were added
  Years years;
  std::vector<std::string> notes;
  ResultTable differences;
  ResultTable winners;
};

/// The runs cannot be compared, or not as it was asked.
struct NotComparable : std::runtime_error {
  explicit NotComparable(std::vector<std::string> all);
  std::vector<std::string> reasons;
};

/// A table of more rows than this is refused: it would no longer be opened by anybody.
inline constexpr std::size_t kMostRows = 2'000'000;

/// Takes the runs one after the other, so that no more than two are in memory.
class Comparer {
 public:
  /// Throws IoError, as add() does.
  Comparer(const RunName& name, RunReader base, CompareOptions options);

  /// A reason that stands against the run is kept until finish().
  void add(const RunName& name, const RunReader& alt);

  /// Throws NotComparable with all reasons against all runs.
  Comparison finish();

 private:
  void add_differences(const RunReader& alt, const ComparedRun& run,
                       const CommonReplicates& replicates);
  void add_winners(const RunReader& alt, const ComparedRun& run,
                   const CommonReplicates& replicates);
  void note(const std::vector<std::string>& more);

  CompareOptions options_;
  RunReader base_;
  Comparison out_;
  std::vector<std::string> reasons_;
};

}  // namespace terrace::analysis

// Holds a run against published figures.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <terrace/indicators.hpp>
#include <terrace/result_table.hpp>
#include <terrace/run_reader.hpp>
#include <terrace/targets.hpp>

namespace terrace::analysis {

enum class Verdict : std::uint8_t { pass, near, fail, not_in_run, no_indicator };
inline constexpr std::size_t kVerdicts = 5;

const char* to_string(Verdict verdict);
const char* to_string(TargetRole role);

/// One figure beside a run.
struct TargetResult {
  const Target* target = nullptr;
  Verdict verdict = Verdict::no_indicator;
  std::string why;  ///< of not_in_run and no_indicator
  std::vector<double> replicates;
  double mean = 0.0;  ///< NaN where there is none, like the others
  double low = 0.0;   ///< 95 % interval of the mean over replicates (Student's t)
  double high = 0.0;
  double ratio = 0.0;    ///< simulated over published; NaN for ranges and for zero
  bool covered = false;  ///< the interval holds a published value
};

/// Counts of verdicts.
struct TargetCounts {
  std::size_t of[kVerdicts] = {};
  std::size_t operator[](Verdict v) const { return of[static_cast<std::size_t>(v)]; }
};

struct PatternResult {
  const TargetPattern* pattern = nullptr;
  Verdict verdict = Verdict::no_indicator;  ///< the worst of its figures in this run
  std::size_t figures = 0;                  ///< of this run
};

struct TargetCard {
  std::size_t replicates = 0;
  std::vector<TargetResult> results;    ///< in the order of the list
  std::vector<PatternResult> patterns;  ///< in the order of the list
  bool whole_nation = false;
};

/// Answers every figure that `run` can answer. `list` must outlive the card. Throws IoError.
TargetCard evaluate_targets(const TargetList& list, const RunReader& run);

/// The verdict on a number: by the distance to the published one, or to the nearer end of a range.
Verdict judge(const Target& target, double simulated);

/// The published figure that is compared: one value, or the two ends of a range.
std::vector<double> published(const Target& target);

TargetCounts count(const TargetCard& card, TargetRole role);
TargetCounts count_patterns(const TargetCard& card);

/// A row a figure, with what was published, what was simulated and the verdict.
ResultTable targets_table(const TargetCard& card);
/// A row a pattern.
ResultTable patterns_table(const TargetCard& card);

/// What is wrong with the answers of a list, given what a model records: unknown indicators, means
/// of regions without a weight, totals with one. Empty: nothing.
std::vector<std::string> check_answers(const TargetList& list,
                                       std::span<const IndicatorInfo> monthly,
                                       std::span<const IndicatorInfo> targeting,
                                       std::span<const IndicatorInfo> modules);

}  // namespace terrace::analysis

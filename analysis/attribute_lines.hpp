// What the runs of an attribution leave of each household: its share in each batch's effect.
//
// A line is a household alive at the branch, the opening of the programme's first year, with all
// that later split off from it. A run's worth for a line is counted in whole numbers, so that
// neither the order of runs nor of counties changes a share, and so that the shares of the five
// batches add up exactly to the whole effect:
//   exits         households of the line that stand as let go when the last year closes: net of
//                 those that fell back, were struck off or died out
//   squared gap   person-years from the branch on, each counted as the square of its relative gap
//                 to the poverty line of the year; in units of 2^-20
// A line takes 120 bytes, whatever the number of runs.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

#include <terrace/recorder.hpp>
#include <terrace/simulation.hpp>

#include "analysis/shapley.hpp"

namespace terrace::attribution {

enum class Outcome : std::uint8_t { exits, squared_gap };
inline constexpr std::size_t kOutcomes = 2;
/// Units of an outcome that make one household, or one person-year.
inline constexpr std::array<std::int64_t, kOutcomes> kUnits{1, std::int64_t{1} << 20};

/// By outcome: what runs came to, and shares of the difference in sixtieths of its units.
struct Effect {
  std::array<Parts, kOutcomes> shares{};
  std::array<std::int64_t, kOutcomes> with_all{};  ///< of the run with all batches
  std::array<std::int64_t, kOutcomes> with_none{};

  Effect& operator+=(const Effect& other);
};

struct Line {
  std::uint32_t id = 0;  ///< of the household alive at the branch
  /// On record at the close of the first year that has a register, in the run with all batches:
  /// hardly any batch has acted by then. kNoCause: not on that register.
  std::uint8_t cause = kNoCause;
  Effect effect;
};
static_assert(sizeof(Line) == 120);

struct CountyLines {
  std::vector<Line> lines;    ///< by ascending id
  bool has_register = false;  ///< the causes of its lines have been noted
  /// By coalition that was run: the worth of the county.
  std::array<std::array<std::int64_t, kCoalitions>, kOutcomes> worth{};

  /// The line of a household: of its nearest ancestor, or itself, alive at the branch.
  Line* find(std::uint32_t household);
  const Line* find(std::uint32_t household) const;
};

/// A household's worth in one year, by outcome.
std::array<std::int64_t, kOutcomes> worth_of(const CountyYear& at, std::size_t row, bool last);

/// The lines of one replicate.
class Lines {
 public:
  /// `able`: the batches that the scenario has at all. Years from `branch` on count.
  Lines(unsigned able, int branch, int end) : able_(able), branch_(branch), end_(end) {}

  /// Before the first run: the counties there are.
  void lay_out(const std::vector<RegionInfo>& counties);

  /// A county's year in the run of `coalition`, which is within `able`. The run with all of them
  /// comes first and finds the lines. May be called from several threads.
  void add(const CountyYear& at, unsigned coalition);

  /// Households that belong to no line: there are none unless runs do not share their state.
  std::size_t strangers() const { return strangers_.load(); }

  /// In the order of `lay_out`.
  const std::vector<CountyLines>& counties() const { return counties_; }

 private:
  unsigned able_;
  int branch_;
  int end_;
  std::vector<CountyLines> counties_;
  std::map<std::uint32_t, std::size_t> place_;  ///< of a county's number
  std::vector<std::mutex> locks_;               ///< one for each county
  std::atomic<std::size_t> strangers_{0};
};

}  // namespace terrace::attribution

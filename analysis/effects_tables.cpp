// The tables of effects.
#include <array>
#include <string>
#include <utility>

#include "analysis/effects.hpp"
#include "analysis/table_rows.hpp"

namespace terrace::analysis {
namespace {

constexpr const char* kUnit = "the output's unit";

ResultTable effects_table(const Effects& found) {
  ResultTable table{"effects",
                    "Levels of " + found.dimension + " less " + found.base + ", the largest first",
                    {words("output", "name of the output"), words("unit", "of the output"),
                     words("at", "what the other dimensions are"),
                     words("level", "what is held against the base"),
                     words("base", "the level that it is held against"),
                     numbers("base_mean", kUnit, "mean of the base over the pairs"),
                     numbers("level_mean", kUnit, "mean of the level over the pairs"),
                     numbers("n", "1", "pairs of replicates"),
                     numbers("difference", kUnit, "mean over pairs of level less base"),
                     numbers("error", kUnit, "its standard error"),
                     numbers("low", kUnit, "lower end of its interval"),
                     numbers("high", kUnit, "upper end of its interval"),
                     numbers("excludes_zero", "1", "1: the interval lies on one side of 0")}};
  RowWriter row(table);
  for (const OutputEffects& one : found.outputs) {
    for (const LevelEffect& e : one.effects) {
      row << one.output.name << one.output.unit << e.at << e.level << found.base << e.base_mean
          << e.level_mean << static_cast<double>(e.difference.n) << e.difference.mean
          << e.difference.error << e.difference.low << e.difference.high
          << (e.difference.excludes_zero() ? 1.0 : 0.0);
    }
  }
  return table;
}

ResultTable sums_table(const Effects& found) {
  ResultTable table{
      "sums",
      "Effects added up within each replicate, and that of all at once",
      {words("output", "name of the output"), words("unit", "of the output"),
       words("at", "what the other dimensions are"),
       words("base", "the level that effects are against"),
       words("whole", "the level that has all at once"),
       numbers("levels", "1", "how many effects are added up"), numbers("n", "1", "replicates")}};
  static constexpr std::array<std::pair<const char*, const char*>, 3> kEstimates = {
      {{"sum", "mean of the sum of the effects"},
       {"whole_effect", "mean effect of the whole"},
       {"surplus", "mean of the sum less the effect of the whole"}}};
  for (const auto& [name, meaning] : kEstimates) {
    table.columns.push_back(numbers(name, kUnit, meaning));
    table.columns.push_back(
        numbers(std::string(name) + "_low", kUnit, "lower end of its interval"));
    table.columns.push_back(
        numbers(std::string(name) + "_high", kUnit, "upper end of its interval"));
  }
  RowWriter row(table);
  for (const OutputEffects& one : found.outputs) {
    for (const EffectSum& sum : one.sums) {
      row << one.output.name << one.output.unit << sum.at << found.base << found.whole
          << static_cast<double>(sum.levels) << static_cast<double>(sum.sum.n);
      for (const MeanInterval* estimate : {&sum.sum, &sum.whole, &sum.surplus})
        row << estimate->mean << estimate->low << estimate->high;
    }
  }
  return table;
}

}  // namespace

std::vector<ResultTable> Effects::tables() const {
  std::vector<ResultTable> out = {effects_table(*this)};
  if (!summed.empty()) out.push_back(sums_table(*this));
  return out;
}

}  // namespace terrace::analysis

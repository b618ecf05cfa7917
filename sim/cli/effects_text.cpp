#include "cli/effects_text.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include <fmt/core.h>

#include "cli/compare_cells.hpp"
#include "cli/sensitivity_text.hpp"
#include "cli/text_width.hpp"

namespace terrace::cli {
namespace {

using analysis::Effects;
using analysis::EffectSum;
using analysis::LevelEffect;
using analysis::MeanInterval;
using analysis::OutputEffects;

constexpr std::size_t kLine = 100;
constexpr std::size_t kCellWidth = 22;
constexpr const char* kSurplus = "sum less whole";

/// Shares in per cent, money in a unit that leaves numbers short.
UnitScale scale_of(const OutputEffects& one) {
  if (one.output.unit == "1") return {"% points", 100.0};
  double largest = 0.0;
  for (const LevelEffect& effect : one.effects)
    largest = std::max(largest, std::abs(effect.difference.mean));
  return unit_scale(one.output.unit, largest);
}

std::string mean_text(double mean, double factor) {
  return number_text(factor * mean, decimals(std::abs(factor * mean)));
}

/// Name, difference and how many pairs it rests on if some are missing.
std::string line_of(const std::string& name, const MeanInterval& difference, double factor,
                    std::size_t width, std::size_t replicates) {
  std::string cell = interval_text(difference.mean, difference.low, difference.high, factor, true);
  if (difference.n == 0) cell = "not in both ";
  std::string out = to_left("  " + name, width) + to_right(cell, kCellWidth);
  if (difference.n > 0 && difference.n < replicates) out += fmt::format("  n={}", difference.n);
  out.erase(out.find_last_not_of(' ') + 1);
  return out + '\n';
}

std::size_t width_of_names(const Effects& found) {
  std::size_t width = width_of(kSurplus);
  for (const OutputEffects& one : found.outputs) {
    for (const LevelEffect& effect : one.effects) width = std::max(width, width_of(effect.level));
  }
  return width + 3;
}

std::string sum_lines(const EffectSum& sum, const Effects& found, double factor,
                      std::size_t width) {
  if (sum.sum.n == 0) return {};  // a level or the base never has this figure
  const auto line = [&](const std::string& name, const MeanInterval& value) {
    return line_of(name, value, factor, width, found.replicates);
  };
  return line(fmt::format("sum of {}", sum.levels), sum.sum) + line(found.whole, sum.whole) +
         line(kSurplus, sum.surplus);
}

/// Its lines, those of other values of the other dimensions apart.
std::string output_text(const OutputEffects& one, const Effects& found, std::size_t width) {
  const UnitScale scale = scale_of(one);
  std::string out = fmt::format("\n{}, {}\n", one.output.name, one.output.meaning);
  for (std::size_t i = 0; i < one.effects.size(); ++i) {
    const LevelEffect& effect = one.effects[i];
    if (i == 0 || effect.at != one.effects[i - 1].at) {
      out += fmt::format("  {}{}{} {}\n", effect.at.empty() ? "" : effect.at + "; ",
                         scale.unit.empty() ? "" : scale.unit + "; ", found.base,
                         mean_text(effect.base_mean, scale.factor));
    }
    out += line_of(effect.level, effect.difference, scale.factor, width, found.replicates);
    if (i + 1 < one.effects.size() && effect.at == one.effects[i + 1].at) continue;
    for (const EffectSum& sum : one.sums) {
      if (sum.at == effect.at) out += sum_lines(sum, found, scale.factor, width);
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

}  // namespace

std::string effects_text(const SweepResults& sweep, const Effects& found, double confidence) {
  std::string out = sweep.name + (sweep.title.empty() ? "" : ": " + sweep.title) + '\n';
  std::string head = fmt::format("{} less {}, the largest first, ", found.dimension, found.base);
  head +=
      found.replicates < 2
          ? "1 replicate: n too small for intervals"
          : fmt::format(
                "± {} interval over {} pairs of replicates, n= fewer pairs; * it excludes 0; {}",
                analysis::percent_text(confidence), found.replicates, analysis::kOneSample);
  if (!found.summed.empty())
    head += fmt::format("; added up within each replicate: {}", joined(found.summed));
  for (const std::string& line : wrapped(head, kLine)) out += line + '\n';
  const std::size_t width = width_of_names(found);
  for (const OutputEffects& one : found.outputs) out += output_text(one, found, width);
  return out;
}

}  // namespace terrace::cli

#include "cli/sensitivity_text.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>

#include <fmt/core.h>

#include "cli/text_width.hpp"

namespace terrace::cli {
namespace {

using analysis::Estimated;
using analysis::OutputSensitivity;
using analysis::Sensitivity;

constexpr std::size_t kLine = 100;
constexpr std::size_t kIndexWidth = 25;
constexpr std::size_t kEffectWidth = 34;
constexpr const char* kNotZero = "not distinguishable from 0";
constexpr const char* kNoise = "within the noise of replicates";

/// No -0.000; what is exactly 0 differs from what is rounded to it.
std::string index_number(double value) {
  if (value == 0.0) return "0";
  const std::string text = fmt::format("{:.3f}", value);
  return text == "-0.000" ? "0.000" : text;
}

/// Four digits at least, and no powers of ten where a reader can do without.
std::string effect_number(double value) {
  const double size = std::abs(value);
  return size >= 1e3 && size < 1e12 ? fmt::format("{:.0f}", value)
                                    : fmt::format("{:.4g}", value + 0.0);
}

/// In a unit that leaves the output's numbers and effects short.
UnitScale scale_of(const OutputSensitivity& one) {
  double largest = std::max(std::abs(one.spread.low), std::abs(one.spread.high));
  for (const analysis::MorrisEffects& effects : one.morris)
    largest = std::max(largest, effects.mu_star.value);
  return unit_scale(one.output.unit, largest);
}

template <class Number>
std::string estimate_text(const Estimated& e, Number number) {
  if (std::isnan(e.value)) return "undefined";
  if (std::isnan(e.low)) return number(e.value);
  return fmt::format("{} [{}, {}]", number(e.value), number(e.low), number(e.high));
}

/// The mark of what cannot be below zero. `beyond`: what is left of it beyond noise.
std::string noted(const Estimated& e, const Estimated& beyond = {}) {
  return e.reaches(0.0) ? kNotZero : beyond.reaches(0.0) ? kNoise : "";
}

std::string line_of(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text + "\n";
}

std::size_t name_width(const Sensitivity& found) {
  std::size_t width = width_of("sum of first");
  for (const std::string& name : found.dimensions) width = std::max(width, width_of(name));
  return width + 4;
}

std::string sobol_lines(const OutputSensitivity& one, const Sensitivity& found) {
  const std::size_t width = name_width(found);
  const std::size_t note = width_of(kNotZero) + 2;
  std::string out =
      line_of(to_left("  dimension", width) + to_left("first order", kIndexWidth + note) + "total");
  for (std::size_t d = 0; d < found.dimensions.size(); ++d) {
    const Estimated& first = one.sobol.first[d];
    const Estimated& total = one.sobol.total[d];
    out += line_of(to_left("  " + found.dimensions[d], width) +
                   to_left(estimate_text(first, index_number), kIndexWidth) +
                   to_left(noted(first), note) +
                   to_left(estimate_text(total, index_number), kIndexWidth) +
                   noted(total, one.beyond_noise[d]));
  }
  out +=
      line_of(to_left("  sum of first", width) + estimate_text(one.sobol.first_sum, index_number));
  return out;
}

std::string pair_lines(const OutputSensitivity& one, const Sensitivity& found) {
  if (one.sobol.second.empty() || found.dimensions.size() < 2) return {};
  const std::size_t width = 2 * name_width(found);
  std::string out = line_of(to_left("  pair", width) + "second order");
  for (std::size_t i = 0; i < one.sobol.second.size(); ++i) {
    for (std::size_t m = 0; m < one.sobol.second[i].size(); ++m) {
      const Estimated& second = one.sobol.second[i][m];
      out +=
          line_of(to_left("  " + found.dimensions[i] + " x " + found.dimensions[i + 1 + m], width) +
                  to_left(estimate_text(second, index_number), kIndexWidth) + noted(second));
    }
  }
  return out;
}

std::string morris_lines(const OutputSensitivity& one, const Sensitivity& found, double factor) {
  const auto number = [factor](double value) { return effect_number(factor * value); };
  const std::size_t width = name_width(found);
  std::string out = line_of(to_left("  dimension", width) + to_left("mu*", kEffectWidth) +
                            to_left("mu", kEffectWidth) + to_left("sigma", 12));
  for (std::size_t d = 0; d < found.dimensions.size(); ++d) {
    const analysis::MorrisEffects& effects = one.morris[d];
    const std::string note = noted(effects.mu_star, one.beyond_noise[d]);
    out += line_of(to_left("  " + found.dimensions[d], width) +
                   to_left(estimate_text(effects.mu_star, number), kEffectWidth) +
                   to_left(estimate_text(effects.mu, number), kEffectWidth) +
                   to_left(std::isnan(effects.sigma) ? "" : number(effects.sigma), 12) +
                   (note.empty() ? "" : "mu* " + note));
  }
  return out;
}

std::string output_text(const OutputSensitivity& one, const Sensitivity& found) {
  const analysis::OutputSpread& s = one.spread;
  const UnitScale scale = scale_of(one);
  const auto number = [&scale](double value) { return effect_number(scale.factor * value); };
  std::string out =
      fmt::format("\n{}{}, {}\n", one.output.name,
                  scale.unit.empty() ? "" : " (" + scale.unit + ")", one.output.meaning);
  if (one.constant()) {
    return out + fmt::format("  {} in all points: indices are undefined\n", number(s.mean));
  }
  out += fmt::format("  mean {}, points from {} to {}, standard deviation {}", number(s.mean),
                     number(s.low), number(s.high), number(std::sqrt(s.variance_of_points)));
  if (!std::isnan(s.noise_share)) {
    out += fmt::format(
        "\n  between replicates of one point: {:.1f} % of the variance of runs; "
        "noise: {:.1f} % of that of points",
        100.0 * s.replicate_share, 100.0 * s.noise_share);
  }
  out += '\n';
  return out + (found.morris ? morris_lines(one, found, scale.factor)
                             : sobol_lines(one, found) + pair_lines(one, found));
}

}  // namespace

std::string design_text(const SweepResults& sweep, const Sensitivity& found) {
  return fmt::format("{}, {} n = {} ({} dimension{}, {} points x {} replicate{}), seed {}",
                     found.morris ? "elementary effects" : "Sobol indices",
                     found.morris ? "morris" : "saltelli", found.n, found.dimensions.size(),
                     found.dimensions.size() == 1 ? "" : "s", found.points, sweep.replicates,
                     sweep.replicates == 1 ? "" : "s", sweep.seed);
}

std::string intervals_text(unsigned resamples, double confidence) {
  return fmt::format("{}, percentiles of {} resamples; {}", analysis::percent_text(confidence),
                     resamples, analysis::kIndexIntervals);
}

std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> out;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!out.empty() && width_of(out.back()) + 1 + width_of(word) <= width) {
      out.back() += ' ' + word;
    } else {
      out.push_back(word);
    }
  }
  return out;
}

UnitScale unit_scale(const std::string& unit, double largest) {
  if (unit == "1") return {};
  if (largest >= 1e10) return {"billion " + unit, 1e-9};
  if (largest >= 1e7) return {"million " + unit, 1e-6};
  return {unit};
}

std::string sensitivity_text(const SweepResults& sweep, const Sensitivity& found,
                             unsigned resamples, double confidence) {
  std::string out = sweep.name + (sweep.title.empty() ? "" : ": " + sweep.title) + '\n' +
                    design_text(sweep, found) + '\n';
  if (found.morris) {
    out += "effects are changes of the output for a dimension's whole range; mu is\n";
    for (std::size_t d = 0; d < found.dimensions.size(); ++d) {
      out += line_of(to_left("  " + found.dimensions[d], name_width(found)) + "from " +
                     found.ends[d].from + " to " + found.ends[d].to);
    }
  }
  for (const std::string& line :
       wrapped("in brackets " + intervals_text(resamples, confidence), kLine))
    out += line + '\n';
  for (const OutputSensitivity& one : found.outputs) out += output_text(one, found);
  return out;
}

}  // namespace terrace::cli

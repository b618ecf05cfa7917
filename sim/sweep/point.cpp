#include "sweep/point.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <terrace/maths.hpp>

#include "record/frames.hpp"
#include "scenario/ranges.hpp"
#include "scenario/values.hpp"
#include "sweep/plan.hpp"

namespace terrace::sweep {
namespace {

/// Which of `parts` equal parts of [0, 1] holds u; the last one holds 1.
double part_of(double u, double parts) { return std::min(std::floor(u * parts), parts - 1.0); }

double between(double low, double high, bool log_scale, double u) {
  if (!log_scale) return low + u * (high - low);
  const double from = exact::log(low);
  return exact::exp(from + u * (exact::log(high) - from));
}

[[noreturn]] void unknown(const StudyDimension& dimension, std::string_view what,
                          const std::string& key) {
  throw record::BadCheckpoint("dimension " + dimension.name + " of the plan names " +
                              std::string(what) + " '" + key +
                              "', which its scenario does not have");
}

void set_parameter(const StudyDimension& dimension, const std::string& name, double value,
                   ScenarioSpec& spec) {
  const auto found = spec.parameters.find(name);
  if (found == spec.parameters.end()) unknown(dimension, "the parameter", name);
  found->second = value;
}

std::optional<int> number(std::string_view digits) {
  int out = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return out;
}

/// `2014-01`
std::optional<Month> month(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto year = number(text.substr(0, dash));
  const auto of_year = number(text.substr(dash + 1));
  if (!year || !of_year || *of_year < 1 || *of_year > 12) return std::nullopt;
  if (*year < scenario::kFirstYear || *year > scenario::kLastYear) return std::nullopt;
  return month_of(*year, *of_year);
}

void set_module(const StudyDimension& dimension, double value, ScenarioSpec& spec) {
  const std::size_t dot = dimension.key.rfind('.');
  const auto found =
      spec.policies.find(dimension.key.substr(0, std::min(dot, dimension.key.size())));
  if (dot == std::string::npos || found == spec.policies.end())
    unknown(dimension, "the policy", dimension.key);
  ModuleSettings& settings = found->second;
  const std::string_view setting = std::string_view(dimension.key).substr(dot + 1);
  if (setting == "enabled" || setting == "from" || setting == "until") {
    const std::string word = value_text(dimension, value);
    if (setting == "enabled") {
      settings.enabled = word == "true";
      return;
    }
    const auto date = month(word);
    if (!date) unknown(dimension, "the month", word);
    (setting == "from" ? settings.from : settings.until) = *date;
    return;
  }
  constexpr std::array<std::pair<std::string_view, double ModuleSettings::*>, 4> kMultipliers{
      {{"capacity", &ModuleSettings::capacity},
       {"effect", &ModuleSettings::effect},
       {"cost", &ModuleSettings::cost},
       {"ramp", &ModuleSettings::ramp}}};
  for (const auto& [name, member] : kMultipliers) {
    if (name != setting) continue;
    settings.*member = value;
    return;
  }
  unknown(dimension, "the setting", dimension.key);
}

double changed(double before, const StudyDimension& dimension, double value) {
  return dimension.change == StudyDimension::Change::factor ? before * value : before + value;
}

}  // namespace

double value_at(const StudyDimension& dimension, double u) {
  if (!dimension.choices.empty()) return part_of(u, static_cast<double>(dimension.choices.size()));
  const auto& levels = dimension.levels;
  if (!levels.empty()) {
    return levels[static_cast<std::size_t>(part_of(u, static_cast<double>(levels.size())))];
  }
  const double low = dimension.low;
  const double high = dimension.high;
  if (dimension.whole) {
    if (!dimension.log_scale) return low + part_of(u, high - low + 1.0);
    return std::clamp(std::floor(between(low, high + 1.0, true, u)), low, high);
  }
  if (u <= 0.0) return low;
  if (u >= 1.0) return high;
  return std::clamp(between(low, high, dimension.log_scale, u), low, high);
}

Series changed_series(const Series& series, const StudyDimension& dimension, double value) {
  const bool factor = dimension.change == StudyDimension::Change::factor;
  if (value == (factor ? 1.0 : 0.0) || series.values.empty()) return series;
  const int from = std::max(dimension.from, static_cast<int>(scenario::kFirstSeriesYear));
  const int until = std::min(dimension.until, static_cast<int>(scenario::kLastSeriesYear));
  if (from > until) return series;
  Series out = series;
  // A value holds until the next date, and the first one for all years before it: the neighbours
  // of the changed years are spelled out. Within them a date each is enough where values change.
  if (from > scenario::kFirstSeriesYear && out.values.begin()->first >= from) {
    out.values.emplace(from - 1, series.at(from - 1));
  }
  if (until < scenario::kLastSeriesYear) out.values.emplace(until + 1, series.at(until + 1));
  out.values.emplace(from, series.at(from));
  for (auto& [year, figure] : out.values) {
    if (year >= from && year <= until) figure = changed(figure, dimension, value);
  }
  const std::string how = (factor ? "; times " : "; plus ") + scenario::shortest(value) + " from " +
                          std::to_string(from) + " to " + std::to_string(until) + " by a study";
  if (out.source.size() + how.size() <= scenario::kLongestText) out.source += how;
  return out;
}

void apply_value(const StudyDimension& dimension, double value, ScenarioSpec& spec) {
  switch (dimension.kind) {
    case StudyDimension::Kind::parameter:
      set_parameter(dimension, dimension.key, value, spec);
      for (const std::string& name : dimension.also) set_parameter(dimension, name, value, spec);
      return;
    case StudyDimension::Kind::policy:
      set_module(dimension, value, spec);
      return;
    case StudyDimension::Kind::series: {
      const auto found = spec.series.find(dimension.key);
      if (found == spec.series.end()) unknown(dimension, "the series", dimension.key);
      found->second = changed_series(found->second, dimension, value);
      return;
    }
    case StudyDimension::Kind::scenario:
      return;
  }
}

std::string value_text(const StudyDimension& dimension, double value) {
  if (!dimension.choices.empty() && value >= 0.0 &&
      value < static_cast<double>(dimension.choices.size())) {
    return dimension.choices[static_cast<std::size_t>(value)];
  }
  return scenario::shortest(value);
}

ScenarioSpec scenario_of(const Plan& plan, std::span<const ScenarioSpec> scenarios,
                         std::size_t run) {
  const std::vector<double>& point = plan.points.at(plan.point_of(run));
  const std::vector<StudyDimension>& dimensions = plan.study.dimensions;
  std::size_t base = 0;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    if (dimensions[d].kind != StudyDimension::Kind::scenario) continue;
    base = static_cast<std::size_t>(point.at(d));
  }
  if (base >= scenarios.size()) {
    throw record::BadCheckpoint("a point of the plan takes scenario " + std::to_string(base) +
                                ", and there are " + std::to_string(scenarios.size()));
  }
  ScenarioSpec spec = scenarios[base];
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    apply_value(dimensions[d], point.at(d), spec);
  }
  const std::string number = "-" + std::to_string(run);
  spec.name = plan.study.name.substr(0, scenario::kLongestName - number.size()) + number;
  spec.seed = plan.seed;
  spec.replicates = 1;
  spec.first_replicate = plan.replicate_of(run);
  return spec;
}

}  // namespace terrace::sweep

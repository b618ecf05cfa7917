#include "scenario/study_checks.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "scenario/series_reader.hpp"
#include "scenario/study_design.hpp"

namespace terrace::scenario {
namespace {

using Kind = StudyDimension::Kind;

// Burn-in stands at the levels of 2012: what a series holds before that year is not read.
constexpr int kBaseYear = 2012;

// Six digits: what arithmetic leaves behind them says nothing.
std::string brief(double value) {
  std::array<char, 32> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::general, 6);
  return {buffer.data(), result.ptr};
}

Month month_of_text(const std::string& text) {
  return month_of(std::stoi(text.substr(0, 4)), std::stoi(text.substr(5)));
}

// Whether a parameter acts through the register alone, as most rules of the government do. The
// statistical survey among them goes on without it: its parameters move measured poverty.
bool of_register(std::string_view key) {
  static constexpr std::array<std::string_view, 5> kBlocks = {
      "identification", "diagnosis", "exit_monitoring", "evaluation", "follow_up"};
  static constexpr std::array<std::string_view, 2> kOfSurvey = {"quota_shrink", "panel_year"};
  const std::size_t dot = key.find('.');
  const std::string_view name = key.substr(dot + 1);
  const auto among = [](const auto& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
  };
  return among(kBlocks, key.substr(0, dot)) && !name.starts_with("survey_") &&
         !among(kOfSurvey, name);
}

std::string module_of(const std::string& key) {
  std::string_view rest = key;
  if (rest.starts_with("policies.")) rest.remove_prefix(9);
  return std::string(rest.substr(0, rest.find('.')));
}

bool switched_on(const Study& study, const std::string& module) {
  return std::any_of(study.dimensions.begin(), study.dimensions.end(), [&](const auto& d) {
    return d.kind == Kind::policy && d.key == module + ".enabled";
  });
}

bool sets_begin(const Study& study, const std::string& module) {
  return std::any_of(study.dimensions.begin(), study.dimensions.end(), [&](const auto& d) {
    return d.kind == Kind::policy && d.key == module + ".from";
  });
}

// Of a dimension of months or years: how many of its values lie after the end of the runs, where
// all of them are alike, and of how many.
struct Beyond {
  std::size_t beyond = 0;
  std::size_t all = 0;
};

Beyond values_beyond(const Study& study, std::size_t place, Month end) {
  const StudyDimension& d = study.dimensions[place];
  Beyond out;
  const auto take = [&](bool beyond) {
    ++out.all;
    if (beyond) ++out.beyond;
  };
  if (d.kind == Kind::policy) {
    for (const std::string& choice : d.choices) take(month_of_text(choice) > end);
    return out;
  }
  std::set<double> values(d.levels.begin(), d.levels.end());
  for (const std::vector<double>& point : study.points) values.insert(point[place]);
  if (values.empty()) {
    for (double value = d.low; value <= d.high; ++value) values.insert(value);
  }
  for (const double value : values) take(value > year_of(end));
  return out;
}

// Empty, or what is to be known of values that lie after the end.
std::string late_values(const Study& study, std::size_t place, Month end) {
  const StudyDimension& d = study.dimensions[place];
  const bool months =
      d.kind == Kind::policy && (d.key.ends_with(".from") || d.key.ends_with(".until"));
  const bool years = d.kind == Kind::parameter && d.unit == "year";
  if (!months && !years) return {};
  const Beyond found = values_beyond(study, place, end);
  if (found.beyond == 0 || (found.beyond == 1 && found.all > 1)) return {};  // one stands for never
  const std::string after = "after " + std::to_string(year_of(end)) + ", the last year of the runs";
  if (found.beyond == found.all) return d.key + " changes nothing: all values lie " + after;
  return std::to_string(found.beyond) + " of " + std::to_string(found.all) + " values of " + d.key +
         " lie " + after + ", and make no difference to each other";
}

// A factor on nothing.
bool nothing_to_multiply(const StudyDimension& d, const std::vector<ScenarioSpec>& scenarios) {
  if (d.kind != Kind::series || d.change != StudyDimension::Change::factor) return false;
  return std::all_of(scenarios.begin(), scenarios.end(), [&](const ScenarioSpec& scenario) {
    const Series& series = scenario.series.at(d.key);
    for (int year = d.from; year <= d.until; ++year) {
      if (series.at(year) != 0.0) return false;
    }
    return true;
  });
}

std::string why_idle(const Study& study, const std::vector<ScenarioSpec>& scenarios,
                     const StudyDimension& d, const std::string& key) {
  const auto none = [&](auto acts) {
    return std::none_of(scenarios.begin(), scenarios.end(), acts);
  };
  const bool of_module =
      d.kind == Kind::policy || (d.kind == Kind::parameter && key.starts_with("policies."));
  if (of_module && !key.ends_with(".enabled")) {
    const std::string module = module_of(key);
    const auto acts = [&](const ScenarioSpec& s) { return s.policies.at(module).enabled; };
    if (none(acts) && !switched_on(study, module)) {
      return "the module " + module + " acts in no scenario of the study";
    }
  }
  if (of_module) {
    const std::string module = module_of(key);
    const auto in_time = [&](const ScenarioSpec& s) {
      const ModuleSettings& settings = s.policies.at(module);
      return settings.from <= s.end && settings.until >= s.start;
    };
    if (none(in_time) && !sets_begin(study, module)) {
      return "the module " + module + " is in force in no month of the runs";
    }
  }
  if (nothing_to_multiply(d, scenarios)) {
    return "the series is 0 in " + std::to_string(d.from) + " to " + std::to_string(d.until);
  }
  if (d.kind == Kind::parameter && of_register(key) &&
      none([](const ScenarioSpec& s) { return s.registry; })) {
    return "registry.enabled is false in every scenario of the study";
  }
  return {};
}

// A change is linear in its size, so what holds at both ends holds between them.
void check_series_values(const DraftDimension& draft, const Range& range,
                         const std::vector<ScenarioSpec>& scenarios, Problems& problems) {
  const StudyDimension& d = draft.dimension;
  const bool shifts = d.change == StudyDimension::Change::shift;
  for (const ScenarioSpec& scenario : scenarios) {
    const Series& series = scenario.series.at(d.key);
    for (int year = d.from; year <= d.until; ++year) {
      for (const double change : {d.low, d.high}) {
        const double value = shifts ? series.at(year) + change : series.at(year) * change;
        if (range.holds(value)) continue;
        problems.add(draft.range_place, draft.range_path,
                     std::string("a ") + (shifts ? "shift" : "factor") + " of " + shortest(change) +
                         " makes " + d.key + " of " + std::to_string(year) + " " + brief(value) +
                         ", which is out of range",
                     "accepted: " + to_string(range));
        return;
      }
    }
  }
}

// The latest beginning of a policy against its earliest end, as points can put them together.
struct Months {
  Month from = 0;
  Month until = 0;
};

void check_months(const std::vector<DraftDimension>& dimensions,
                  const std::vector<ScenarioSpec>& scenarios, Problems& problems) {
  std::map<std::string, std::vector<Months>> by_module;  // for each scenario
  std::map<std::string, const DraftDimension*> last;
  for (const DraftDimension& draft : dimensions) {
    const StudyDimension& d = draft.dimension;
    const bool from = d.key.ends_with(".from");
    if (!draft.whole || d.kind != Kind::policy || !(from || d.key.ends_with(".until"))) continue;
    const std::string module = module_of(d.key);
    last[module] = &draft;
    auto& of_module = by_module[module];
    for (std::size_t i = of_module.size(); i < scenarios.size(); ++i) {
      const ModuleSettings& settings = scenarios[i].policies.at(module);
      of_module.push_back({settings.from, settings.until});
    }
    std::vector<Month> months;
    for (const std::string& choice : d.choices) months.push_back(month_of_text(choice));
    for (Months& m : of_module) {
      if (from) m.from = *std::max_element(months.begin(), months.end());
      if (!from) m.until = *std::min_element(months.begin(), months.end());
    }
  }
  for (const auto& [module, of_module] : by_module) {
    const auto wrong = [](const Months& m) { return m.from > m.until; };
    if (std::none_of(of_module.begin(), of_module.end(), wrong)) continue;
    problems.add(last.at(module)->range_place, last.at(module)->range_path,
                 "some points would end the policy before it begins");
  }
}

}  // namespace

void finish_series_dimension(DraftDimension& draft, const std::vector<ScenarioSpec>& scenarios,
                             const std::vector<SeriesInfo>& known, Problems& problems) {
  StudyDimension& d = draft.dimension;
  const ScenarioSpec& spec = scenarios.front();
  const int programme = year_of(spec.programme);
  const int end = year_of(spec.end);
  const int begin = std::min(kBaseYear, programme);
  d.from = draft.from.value_or(programme);
  d.until = draft.until.value_or(end);
  const std::string accepted = "accepted: " + std::to_string(begin) + " to " + std::to_string(end);
  const auto inside = [&](int year, const Place& place, const char* key) {
    if (year >= begin && year <= end) return true;
    problems.add(place, join(draft.path, key),
                 std::to_string(year) + " is no year in which the runs read a series", accepted);
    return false;
  };
  const bool years =
      inside(d.from, draft.from_place, "from") && inside(d.until, draft.until_place, "until");
  if (!years) return;
  if (d.from > d.until) {
    problems.add(draft.until ? draft.until_place : draft.from_place,
                 join(draft.path, draft.until ? "until" : "from"),
                 "the change ends (" + std::to_string(d.until) + ") before it begins (" +
                     std::to_string(d.from) + ")");
    return;
  }
  const auto info = series_of(d.key, known);
  check_series_values(draft, {info->low, info->high}, scenarios, problems);
}

void check_dimensions(const std::vector<DraftDimension>& dimensions,
                      const std::vector<ScenarioSpec>& scenarios, Problems& problems) {
  std::map<std::string, std::string> seen;  // what is varied, and by which dimension
  for (const DraftDimension& draft : dimensions) {
    const StudyDimension& d = draft.dimension;
    if (d.key.empty()) continue;
    std::vector<std::string> keys = d.also;
    keys.push_back(d.key);
    for (const std::string& key : keys) {
      const std::string kind = std::to_string(static_cast<int>(d.kind));
      const auto [at, is_new] = seen.emplace(kind + key, d.name);
      if (is_new) continue;
      problems.add(draft.place, draft.path,
                   d.kind == Kind::scenario ? "a study has one dimension of scenarios"
                                            : key + " is varied by '" + at->second + "' already");
    }
  }
  check_months(dimensions, scenarios, problems);
}

void check_size(const Study& study, const Place& place, Problems& problems) {
  const double points = count_points(study);
  const double runs = points * study.replicates;
  if (points > static_cast<double>(kMostPoints)) {
    problems.add(place, "design",
                 "makes " + shortest(points) + " points, more than " + std::to_string(kMostPoints));
  } else if (runs > static_cast<double>(kMostRuns)) {
    problems.add(place, "design",
                 "makes " + shortest(runs) + " runs, more than " + std::to_string(kMostRuns));
  }
}

std::vector<std::string> study_notes(const Study& study,
                                     const std::vector<ScenarioSpec>& scenarios) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < study.dimensions.size(); ++i) {
    const StudyDimension& d = study.dimensions[i];
    const std::string late = late_values(study, i, scenarios.front().end);
    if (!late.empty()) notes.push_back(join("dimensions", d.name) + ": " + late);
    std::vector<std::string> keys = {d.key};
    keys.insert(keys.end(), d.also.begin(), d.also.end());
    for (const std::string& key : keys) {
      const std::string why = why_idle(study, scenarios, d, key);
      if (why.empty()) continue;
      notes.push_back(join("dimensions", d.name));
      notes.back().append(": ").append(key).append(" changes nothing: ").append(why);
    }
  }
  const StudyDesign& design = study.design;
  if (design.kind == StudyDesign::Kind::saltelli && !std::has_single_bit(design.n)) {
    notes.push_back("design.n: " + std::to_string(design.n) +
                    " is no power of two, so the sequence is less even than it could be; " +
                    std::to_string(std::bit_ceil(design.n)) + " is the next");
  }
  return notes;
}

}  // namespace terrace::scenario

// Dimensions of numbers: series, and the ends, levels and scale that all of them have.
#include <algorithm>
#include <cmath>
#include <utility>

#include <terrace/maths.hpp>

#include "scenario/ranges.hpp"
#include "scenario/series_reader.hpp"
#include "scenario/study_dimension.hpp"

namespace terrace::scenario {
namespace {

using Kind = StudyDimension::Kind;

}  // namespace

void DimensionReader::read_series(const Node& node, DraftDimension& out) {
  StudyDimension& dimension = out.dimension;
  dimension.kind = Kind::series;
  const auto name = read_text(*node.find("series"), join(out.path, "series"), problems_);
  const auto info = name ? series_of(without_head(*name, "series."), series_) : std::nullopt;
  if (name && !info) {
    std::vector<std::string> known;
    for (const SeriesInfo& reader : series_) {
      if (std::find(known.begin(), known.end(), reader.name) == known.end()) {
        known.emplace_back(reader.name);
      }
    }
    problems_.add(out.place, join(out.path, "series"), "unknown series " + in_quotes(*name),
                  suggestion(*name, known));
  }
  const Node* factor = node.find("factor");
  const Node* shift = node.find("shift");
  if ((factor == nullptr) == (shift == nullptr)) {
    problems_.add(
        node.place, out.path,
        factor == nullptr ? "says not how the series changes" : "both a factor and a shift",
        "give factor: [low, high] or shift: [low, high]");
  }
  dimension.change = shift != nullptr && factor == nullptr ? StudyDimension::Change::shift
                                                           : StudyDimension::Change::factor;
  const bool shifts = dimension.change == StudyDimension::Change::shift;
  out.range = shifts ? kShift : kFactor;
  Numbers numbers;
  const auto ends = [&](const Node& value, const std::string& at) {
    out.range_place = value.place;
    out.range_path = at;
    if (!expect_sequence(value, at, problems_)) return;
    if (value.items.size() != 2) {
      problems_.add(value.place, at, "must be two numbers, the lower first");
      return;
    }
    numbers.low = read_number(value.items[0], at + "[0]", out.range, problems_);
    numbers.high = read_number(value.items[1], at + "[1]", out.range, problems_);
  };
  const auto year = [&](std::optional<int>& to, Place& place) {
    return [this, &to, &place](const Node& value, const std::string& at) {
      place = value.place;
      const auto number = read_integer(value, at, kFirstYear, kLastYear, problems_);
      if (number) to = static_cast<int>(*number);
    };
  };
  std::vector<Field> fields = number_fields(out, numbers, false);
  fields.insert(fields.begin(), {{"series", [](const Node&, const std::string&) {}},
                                 {"factor", ends},
                                 {"shift", ends},
                                 {"from", year(out.from, out.from_place)},
                                 {"until", year(out.until, out.until_place)}});
  read_map(node, out.path, fields, problems_);
  if (!info || !numbers.low || !numbers.high) return;
  dimension.key = info->name;
  dimension.unit = shifts ? std::string(info->unit) : "1";
  dimension.meaning = std::string(shifts ? "added to" : "multiplies") + " the series " +
                      dimension.key + ": " + std::string(info->meaning);
  finish_numbers(node, numbers, true, out);
}

std::vector<Field> DimensionReader::number_fields(const DraftDimension& of, Numbers& numbers,
                                                  bool with_ends) {
  const auto end = [this, &of](std::optional<double>& to) {
    return [this, &of, &to](const Node& value, const std::string& at) {
      to = read_number(value, at, of.range, problems_);
      if (to && of.dimension.whole && *to != std::floor(*to)) {
        problems_.add(value.place, at, "must be a whole number");
      }
    };
  };
  const auto levels = [&numbers](const Node& value, const std::string&) {
    numbers.levels = &value;
  };
  const auto scale = [this, &numbers](const Node& value, const std::string& at) {
    const auto word = read_word(value, at, {"linear", "log"}, problems_);
    numbers.log_scale = word == std::size_t{1};
    numbers.log_place = value.place;
  };
  std::vector<Field> fields = {{"levels", levels}, {"scale", scale}};
  if (with_ends) {
    fields.insert(fields.begin(), {{"low", end(numbers.low)}, {"high", end(numbers.high)}});
  }
  return fields;
}

double DimensionReader::end_of(const Node& node, const char* key, std::optional<double> given,
                               double otherwise, bool due, const DraftDimension& out) {
  if (given) return *given;
  if (due && node.find(key) == nullptr) {
    problems_.add(node.place, out.path, std::string("'") + key + "' is missing",
                  "accepted: " + to_string(out.range));
  }
  return otherwise;
}

void DimensionReader::finish_numbers(const Node& node, const Numbers& numbers, bool ends_due,
                                     DraftDimension& out) {
  StudyDimension& dimension = out.dimension;
  const bool listed = numbers.levels != nullptr && numbers.levels->is_sequence();
  const bool due = ends_due && !listed;
  dimension.low = end_of(node, "low", numbers.low, out.range.low, due, out);
  dimension.high = end_of(node, "high", numbers.high, out.range.high, due, out);
  dimension.log_scale = numbers.log_scale;
  if (dimension.log_scale && (list() || listed)) {
    problems_.add(
        numbers.log_place, join(out.path, "scale"),
        std::string("does nothing where ") + (list() ? "points" : "levels") + " are listed",
        "remove it");
    dimension.log_scale = false;  // so that no more is said of it
  }
  if (dimension.low >= dimension.high) {
    problems_.add(out.range_place, out.range_path,
                  "the lower end (" + shortest(dimension.low) + ") is not below the upper (" +
                      shortest(dimension.high) + ")");
  } else if (dimension.log_scale && (dimension.low <= 0.0 || dimension.whole)) {
    problems_.add(numbers.log_place, join(out.path, "scale"),
                  dimension.whole ? "whole numbers have no logarithmic scale"
                                  : "a logarithmic scale needs a lower end above 0");
  } else {
    finish_levels(node, numbers.levels, out);
  }
}

void DimensionReader::finish_levels(const Node& node, const Node* levels, DraftDimension& out) {
  const std::string path = join(out.path, "levels");
  if (levels == nullptr) {
    if (grid()) {
      problems_.add(node.place, out.path, "'levels' is missing",
                    "a grid needs a list of them, or how many");
    }
  } else if (design_ != nullptr && !grid()) {
    problems_.add(levels->place, path, "belongs to a grid", "remove it, or write kind: grid");
  } else if (levels->is_sequence()) {
    read_levels(*levels, path, out);
  } else {
    spread_levels(*levels, path, out);
  }
}

void DimensionReader::read_levels(const Node& node, const std::string& path, DraftDimension& out) {
  StudyDimension& dimension = out.dimension;
  Range range = out.range;
  range.low = std::max(range.low, dimension.low);
  range.high = std::min(range.high, dimension.high);
  if (node.items.size() < 2 || node.items.size() > static_cast<std::size_t>(kMostLevels)) {
    problems_.add(node.place, path, "must be 2 to " + std::to_string(kMostLevels) + " levels");
    return;
  }
  std::vector<double>& levels = dimension.levels;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const std::string at = path + '[' + std::to_string(i) + ']';
    const auto value = read_number(node.items[i], at, range, problems_);
    if (!value) continue;
    if (std::find(levels.begin(), levels.end(), *value) != levels.end()) {
      problems_.add(node.items[i].place, at, shortest(*value) + " stands in the list already");
    } else if (dimension.whole && *value != std::floor(*value)) {
      problems_.add(node.items[i].place, at, "must be a whole number");
    }
    levels.push_back(*value);
  }
}

void DimensionReader::spread_levels(const Node& node, const std::string& path,
                                    DraftDimension& out) {
  const auto count = read_integer(node, path, 2, kMostLevels, problems_);
  if (!count) return;
  StudyDimension& d = out.dimension;
  const auto last = static_cast<double>(*count - 1);
  const double low = d.log_scale ? exact::log(d.low) : d.low;
  const double high = d.log_scale ? exact::log(d.high) : d.high;
  for (std::int64_t i = 0; i < *count; ++i) {
    const double at = low + (high - low) * (static_cast<double>(i) / last);
    d.levels.push_back(d.whole ? std::round(at) : d.log_scale ? exact::exp(at) : at);
  }
  d.levels.front() = d.low;
  d.levels.back() = d.high;
  if (std::adjacent_find(d.levels.begin(), d.levels.end()) != d.levels.end()) {
    problems_.add(node.place, path, "more levels than there are values");
  }
}

}  // namespace terrace::scenario

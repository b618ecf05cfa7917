// The points of a list: written out in the study, or in a file of CSV.
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "scenario/study_design.hpp"
#include "scenario/survey_csv.hpp"
#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

constexpr std::size_t kMostBytes = 256'000'000;

// A dimension's value at a point: a choice's place, or a number that the dimension may have.
std::optional<double> read_value(const Node& node, const std::string& path,
                                 const DraftDimension& of, Problems& problems) {
  const StudyDimension& dimension = of.dimension;
  if (!dimension.choices.empty()) {
    const auto choice = read_word(node, path, dimension.choices, problems);
    if (!choice) return std::nullopt;
    return static_cast<double>(*choice);
  }
  Range range = of.range;
  if (dimension.low > range.low) range = {dimension.low, range.high, false, range.high_open};
  if (dimension.high < range.high) range = {range.low, dimension.high, range.low_open, false};
  const auto value = read_number(node, path, range, problems);
  if (value && dimension.whole && *value != std::floor(*value)) {
    problems.add(node.place, path, "must be a whole number");
    return std::nullopt;
  }
  return value;
}

std::vector<std::vector<double>> written_points(const Node& node,
                                                const std::vector<DraftDimension>& dimensions,
                                                Problems& problems) {
  const std::string path = "design.points";
  std::vector<std::vector<double>> points;
  if (!expect_sequence(node, path, problems)) return points;
  if (node.items.empty())
    problems.add(node.place, path, "an empty list", "give at least one point");
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    std::vector<double>& point = points.emplace_back(dimensions.size());
    std::vector<Field> fields;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      const auto read = [&, d](const Node& value, const std::string& at) {
        point[d] = read_value(value, at, dimensions[d], problems).value_or(0.0);
      };
      fields.push_back({dimensions[d].dimension.name, read, true});
    }
    read_map(node.items[i], path + '[' + std::to_string(i) + ']', fields, problems, "dimension");
  }
  return points;
}

// Which dimension each column is; empty where the header is wrong.
std::vector<std::size_t> match_columns(const std::vector<std::string>& columns,
                                       const std::vector<DraftDimension>& dimensions,
                                       const Place& header, SurveyMistakes& mistakes) {
  std::vector<std::string> names;
  for (const DraftDimension& d : dimensions) names.push_back(d.dimension.name);
  std::vector<std::size_t> out;
  for (const std::string& column : columns) {
    const auto at =
        static_cast<std::size_t>(std::find(names.begin(), names.end(), column) - names.begin());
    if (at == names.size()) {
      mistakes.add(header, shown(column), "is no dimension of the study",
                   suggestion(column, names));
    } else if (std::find(out.begin(), out.end(), at) != out.end()) {
      mistakes.add(header, shown(column), "a column of this name stands before");
    }
    out.push_back(at);
  }
  for (std::size_t d = 0; d < names.size(); ++d) {
    if (std::find(out.begin(), out.end(), d) == out.end()) {
      mistakes.add(header, names[d], "the column of this dimension is missing");
    }
  }
  return mistakes.empty() ? out : std::vector<std::size_t>{};
}

std::vector<std::vector<double>> points_of_csv(const NamedFile& named,
                                               const std::vector<DraftDimension>& dimensions,
                                               Problems& problems) {
  std::vector<std::vector<double>> points;
  std::string text;
  std::string why;
  if (!read_bytes(named.file, kMostBytes, text, why)) {
    problems.add(named.place, named.key, "'" + shown(named.name) + "' " + why);
    return points;
  }
  SurveyMistakes mistakes(problems, "the table of points");
  const auto file = std::make_shared<const std::string>(named.name);
  const auto table = csv_table(std::move(text), named.name, mistakes);
  std::vector<std::size_t> columns;
  if (table) columns = match_columns(table->columns, dimensions, {file, 1, 0}, mistakes);
  if (columns.empty()) {
    mistakes.close();
    return points;
  }
  if (table->rows == 0 && mistakes.empty()) {
    mistakes.add({file, 1, 0}, "", "no points below the header");
  }
  if (table->rows > static_cast<std::size_t>(kMostPoints)) {
    mistakes.add({file, 1, 0}, "", "more than " + std::to_string(kMostPoints) + " points");
    mistakes.close();
    return points;
  }
  Node cell;
  cell.kind = Node::Kind::scalar;
  Problems wrong;
  table->for_each_row([&](std::size_t row, const std::vector<std::string_view>& cells) {
    std::vector<double>& point = points.emplace_back(dimensions.size());
    cell.place = {file, static_cast<int>(row), 0};
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const DraftDimension& dimension = dimensions[columns[c]];
      cell.text = cells[c];
      const auto value = read_value(cell, dimension.dimension.name, dimension, wrong);
      if (value) point[columns[c]] = *value;
      if (wrong.empty()) continue;
      for (const Diagnostic& d : wrong.sorted()) {
        mistakes.add(cell.place, d.path, d.message, d.hint);
      }
      wrong = {};
    }
  });
  mistakes.close();
  return points;
}

}  // namespace

std::vector<std::vector<double>> read_points(const DraftDesign& design,
                                             const std::vector<DraftDimension>& dimensions,
                                             const std::filesystem::path& folder,
                                             const std::filesystem::path& shown_folder,
                                             Problems& problems) {
  if (design.points != nullptr) return written_points(*design.points, dimensions, problems);
  if (design.csv == nullptr) return {};
  const std::string path = "design.csv";
  const auto file = read_text(*design.csv, path, problems, true);
  if (!file) return {};
  return points_of_csv(
      {folder / *file, (shown_folder / *file).lexically_normal().string(), design.csv->place, path},
      dimensions, problems);
}

}  // namespace terrace::scenario

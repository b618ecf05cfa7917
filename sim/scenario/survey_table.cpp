#include "scenario/survey_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <terrace/calendar.hpp>

namespace terrace::scenario {
namespace {

constexpr std::string_view kIgnored = "x_";
const double kUnknown = std::nan("");

/// What programs write where there is no value: nothing (most), NA (R), NaN (pandas, MATLAB).
bool nothing(std::string_view cell) {
  return cell.empty() || cell == "NA" || cell == "NaN" || cell == "nan";
}

template <class T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> parsed_month(std::string_view text) {
  constexpr int kFirstYear = 1880;
  constexpr int kLastYear = 2100;
  if (text.size() != 7 || text[4] != '-') return std::nullopt;
  const auto year = parsed<int>(text.substr(0, 4));
  const auto month = parsed<int>(text.substr(5));
  if (!year || !month || *year < kFirstYear || *year > kLastYear || *month < 1 || *month > 12) {
    return std::nullopt;
  }
  return month_of(*year, *month);
}

std::vector<std::string> words_of(const SurveyColumn& column) {
  std::vector<std::string> words;
  for (const auto& [word, value] : column.words) words.emplace_back(word);
  return words;
}

/// What a cell is wrong about; empty if nothing is.
struct Verdict {
  double value = kUnknown;
  std::string wrong;
  std::string hint;
};

Verdict judge_number(const SurveyColumn& column, std::string_view cell) {
  const auto value = parsed<double>(cell);
  if (!value || !std::isfinite(*value)) {
    return {kUnknown, "must be a number, found '" + shown(cell) + "'",
            cell.find(',') != std::string_view::npos ? "write the decimal point as a point" : ""};
  }
  const bool whole = column.kind != CellKind::whole || *value == std::floor(*value);
  if (!whole || !column.range.holds(*value)) {
    return {kUnknown, shown(cell) + (whole ? " is out of range" : " is no whole number"),
            "accepted: " + accepted(column)};
  }
  return {*value, "", ""};
}

Verdict judge(const SurveyColumn& column, std::string_view cell) {
  if (column.kind == CellKind::number || column.kind == CellKind::whole ||
      column.kind == CellKind::truth) {
    Verdict verdict = judge_number(column, cell);
    if (column.kind == CellKind::truth && verdict.wrong.empty() && verdict.value != 0.0 &&
        verdict.value != 1.0) {
      return {kUnknown, shown(cell) + " is out of range", "accepted: 0 or 1"};
    }
    return verdict;
  }
  if (column.kind == CellKind::month) {
    if (const auto month = parsed_month(cell)) return {*month, "", ""};
    return {kUnknown, "must be a month, found '" + shown(cell) + "'",
            "accepted: " + accepted(column)};
  }
  for (const auto& [word, value] : column.words) {
    if (word == cell) return {static_cast<double>(value), "", ""};
  }
  constexpr std::size_t kTooShort = 2;  // everything is close to a letter or two
  const std::string meant =
      cell.size() > kTooShort ? closest(cell, words_of(column)) : std::string();
  return {kUnknown, "unknown code '" + shown(cell) + "'",
          meant.empty() ? "accepted: " + accepted(column) : "did you mean '" + meant + "'?"};
}

/// Which declared column each column of the file is; -1 for those that are passed over.
struct Header {
  std::vector<int> declared;
  bool good = true;
};

Header read_header(const SurveyText& text, const std::vector<SurveyColumn>& columns,
                   const SurveyPlaces& places, SurveyMistakes& mistakes) {
  Header header;
  const Place at = places.of(1);
  const auto complain = [&](std::string message, std::string hint) {
    mistakes.add(at, places.table, std::move(message), std::move(hint));
    header.good = false;
  };
  std::vector<std::string> known;
  for (const SurveyColumn& column : columns) known.emplace_back(column.name);
  std::vector<std::string> seen;
  for (const std::string& name : text.columns) {
    if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      complain("column '" + shown(name) + "' stands there twice", "");
    }
    seen.push_back(name);
    const auto found = std::find(known.begin(), known.end(), name);
    header.declared.push_back(found == known.end() ? -1 : static_cast<int>(found - known.begin()));
    if (found != known.end() || name.starts_with(kIgnored)) continue;
    std::string hint = suggestion(name, known);
    hint += (hint.empty() ? "" : " ") +
            std::string("(columns whose names begin with 'x_' are passed over)");
    complain("unknown column '" + shown(name) + "'", hint);
  }
  for (const SurveyColumn& column : columns) {
    if (column.required && std::find(seen.begin(), seen.end(), column.name) == seen.end()) {
      complain("column '" + std::string(column.name) + "' is missing", "");
    }
  }
  return header;
}

/// Takes the rows of a table into checked columns.
class RowTaker {
 public:
  RowTaker(const std::vector<SurveyColumn>& columns, const Header& header, CheckedTable& out,
           SurveyMistakes& mistakes)
      : columns_(columns), header_(header), out_(out), mistakes_(mistakes) {}

  void take(std::size_t row, const std::vector<std::string_view>& cells) {
    out_.row.push_back(row);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (header_.declared[c] >= 0)
        take_cell(static_cast<std::size_t>(header_.declared[c]), cells[c]);
    }
  }

 private:
  void take_cell(std::size_t at, std::string_view cell) {
    const SurveyColumn& column = columns_[at];
    const bool text = column.kind == CellKind::text;
    Verdict verdict;
    if (text ? cell.empty() : nothing(cell)) {
      if (column.required) verdict.wrong = "a value is missing";
    } else if (text) {
      verdict.wrong = bad_bytes(cell);  // HDF5 may hold any
    } else {
      verdict = judge(column, cell);
    }
    if (text) {
      out_.texts[at].emplace_back(cell);
    } else {
      out_.numbers[at].push_back(verdict.value);
    }
    if (verdict.wrong.empty()) return;
    out_.mistake(mistakes_, column.name, out_.size() - 1, verdict.wrong, verdict.hint);
  }

  const std::vector<SurveyColumn>& columns_;
  const Header& header_;
  CheckedTable& out_;
  SurveyMistakes& mistakes_;
};

}  // namespace

Place SurveyPlaces::of(std::size_t line) const {
  const bool lines = table.empty();
  return {std::make_shared<const std::string>(file), lines ? static_cast<int>(line) : 0, 0};
}

std::string SurveyPlaces::path(std::string_view column, std::size_t number) const {
  if (table.empty()) return std::string(column);
  return table + '[' + std::to_string(number) + "]." + std::string(column);
}

CheckedTable check_table(const SurveyText& text, const std::vector<SurveyColumn>& columns,
                         SurveyPlaces places, SurveyMistakes& mistakes) {
  CheckedTable out;
  out.places = std::move(places);
  out.numbers.resize(columns.size());
  out.texts.resize(columns.size());
  const Header header = read_header(text, columns, out.places, mistakes);
  if (!header.good) return out;
  if (text.rows == 0) {  // of rows with mistakes something was said already
    if (mistakes.empty()) mistakes.add(out.places.of(1), out.places.table, "holds no rows");
    return out;
  }
  out.row.reserve(text.rows);
  RowTaker taker(columns, header, out, mistakes);
  text.for_each_row(
      [&](std::size_t row, const std::vector<std::string_view>& cells) { taker.take(row, cells); });
  return out;
}

}  // namespace terrace::scenario

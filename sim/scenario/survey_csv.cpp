#include "scenario/survey_csv.hpp"

#include <algorithm>
#include <deque>
#include <memory>
#include <utility>

#include "scenario/yaml_reader.hpp"

namespace terrace::scenario {
namespace {

constexpr std::size_t kMostColumns = 200;
constexpr std::size_t kLongestCell = 1000;
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

/// The cells of one line. Views point into the line, or into `unescaped` where quotes were doubled.
struct Cells {
  std::vector<std::string_view> views;
  std::deque<std::string> unescaped;
  std::string wrong;
  std::string hint;
};

/// Reads a quoted cell that begins at `i` (its opening quote); leaves `i` behind its closing quote.
bool quoted_cell(std::string_view line, std::size_t& i, Cells& out) {
  const std::size_t begin = ++i;
  bool doubled = false;
  while (true) {
    i = line.find('"', i);
    if (i == std::string_view::npos) {
      out.wrong = "quotes that do not close on this line";
      out.hint = "double quotes inside a cell; line breaks inside cells are not read";
      return false;
    }
    if (i + 1 >= line.size() || line[i + 1] != '"') break;
    doubled = true;
    i += 2;
  }
  std::string_view cell = line.substr(begin, i - begin);
  ++i;
  if (doubled) {
    std::string& text = out.unescaped.emplace_back();
    for (std::size_t k = 0; k < cell.size(); ++k) {
      text += cell[k];
      if (cell[k] == '"') ++k;
    }
    cell = text;
  }
  out.views.push_back(cell);
  return true;
}

/// False, with the reason, if the line is not well formed.
bool split(std::string_view line, Cells& out) {
  out.views.clear();
  out.unescaped.clear();
  std::size_t i = 0;
  while (true) {
    if (i < line.size() && line[i] == '"') {
      if (!quoted_cell(line, i, out)) return false;
      if (i < line.size() && line[i] != ',') {
        out.wrong = "text after closing quotes";
        out.hint = "double quotes inside a cell";
        return false;
      }
    } else {
      const std::size_t end = std::min(line.find(',', i), line.size());
      const std::string_view cell = line.substr(i, end - i);
      if (cell.find('"') != std::string_view::npos) {
        out.wrong = "quotes inside a cell that does not begin with them";
        out.hint = "put the cell in quotes and double those inside it";
        return false;
      }
      out.views.push_back(cell);
      i = end;
    }
    if (out.views.back().size() > kLongestCell) {
      out.wrong = "a cell of more than " + std::to_string(kLongestCell) + " bytes";
      out.hint.clear();
      return false;
    }
    if (i >= line.size()) return true;
    ++i;  // behind the comma
  }
}

/// Goes through a text line by line; a CR before the line end belongs to it.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool next(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = std::min(rest_.find('\n'), rest_.size());
    line = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number_;
    return true;
  }
  std::size_t number() const { return number_; }

 private:
  std::string_view rest_;
  std::size_t number_ = 0;
};

Place at_line(const std::shared_ptr<const std::string>& file, std::size_t line) {
  return {file, static_cast<int>(line), 0};
}

/// True if the line is a row of so many cells; otherwise it is reported.
bool good_row(std::string_view line, std::size_t columns, Cells& cells, const Place& place,
              SurveyMistakes& mistakes) {
  if (const std::string why = bad_bytes(line); !why.empty()) {
    mistakes.add(place, "", why,
                 why.find("UTF") != std::string::npos ? "save the file as UTF-8" : "");
    return false;
  }
  if (!split(line, cells)) {
    mistakes.add(place, "", cells.wrong, cells.hint);
    return false;
  }
  if (columns == 0 || cells.views.size() == columns) return true;
  mistakes.add(place, "",
               line.empty() ? "an empty line"
                            : "has " + std::to_string(cells.views.size()) +
                                  " cells; the header has " + std::to_string(columns));
  return false;
}

bool good_header(const std::vector<std::string>& columns, const Place& place,
                 SurveyMistakes& mistakes) {
  if (columns.size() > kMostColumns) {
    mistakes.add(place, "", "more than " + std::to_string(kMostColumns) + " columns");
    return false;
  }
  if (columns.size() == 1 && columns[0].find(';') != std::string::npos) {
    mistakes.add(place, "", "cells are separated by semicolons", "separate them by commas");
    return false;
  }
  return true;
}

}  // namespace

std::string bad_bytes(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x20 || byte == 0x7f)
      return "a control character (byte " + std::to_string(byte) + ")";
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) return "is not valid UTF-8";
    i += length;
  }
  return {};
}

void SurveyMistakes::add(const Place& place, std::string path, std::string message,
                         std::string hint) {
  if (++count_ <= kShown) {
    problems_.add(place, std::move(path), std::move(message), std::move(hint));
  }
}

void SurveyMistakes::close() {
  if (count_ <= kShown) return;
  problems_.add({}, "", "and " + std::to_string(count_ - kShown) + " more mistakes in " + what_);
}

std::optional<SurveyText> csv_table(std::string text, const std::string& name,
                                    SurveyMistakes& mistakes) {
  const auto file = std::make_shared<const std::string>(name);
  const auto held = std::make_shared<const std::string>(std::move(text));
  std::string_view body = *held;
  if (body.starts_with(kByteOrderMark)) body.remove_prefix(kByteOrderMark.size());
  Lines lines(body);
  std::string_view line;
  if (!lines.next(line)) {
    mistakes.add({file, 0, 0}, "", "is empty", "the first line names the columns");
    return std::nullopt;
  }
  Cells cells;
  if (!good_row(line, 0, cells, at_line(file, 1), mistakes)) return std::nullopt;
  SurveyText table;
  table.columns.assign(cells.views.begin(), cells.views.end());
  if (!good_header(table.columns, at_line(file, 1), mistakes)) return std::nullopt;

  const auto bad = std::make_shared<std::vector<std::size_t>>();  // lines, ascending
  while (lines.next(line)) {
    if (good_row(line, table.columns.size(), cells, at_line(file, lines.number()), mistakes)) {
      ++table.rows;
    } else {
      bad->push_back(lines.number());
    }
  }
  table.for_each_row = [held, body, bad](const SurveyText::RowVisitor& visit) {
    Lines all(body);
    std::string_view row;
    Cells parts;
    auto skip = bad->begin();
    all.next(row);
    while (all.next(row)) {
      if (skip != bad->end() && *skip == all.number()) {
        ++skip;
        continue;
      }
      split(row, parts);
      visit(all.number(), parts.views);
    }
  };
  return table;
}

}  // namespace terrace::scenario

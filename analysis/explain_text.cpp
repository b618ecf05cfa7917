// Stories as text: wrapped lines, in one column or two.
#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/explain_words.hpp"

namespace terrace::explain {
namespace {

constexpr std::size_t kLabel = 11;      // "  September" and what stands before a month's lines
constexpr std::size_t kLeastText = 20;  // no column is narrower, however narrow the terminal
constexpr std::string_view kBetween = " | ";

/// Columns of a terminal that a text takes: one a character, two for the wide ones of East Asia.
std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0U) == 0x80U) continue;                // goes on with a character
    columns += byte >= 0xE3U && byte <= 0xEDU ? 2U : 1U;  // U+3000 to U+DFFF
  }
  return columns;
}

/// Words in lines of at most `width` columns; later lines begin with `hang` blanks.
std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t hang = 0) {
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  bool fresh = true;  // nothing but blanks stands on the last line
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t columns = columns_of(word);
    if (!fresh && used + 1 + columns > width) {
      lines.emplace_back(hang, ' ');
      used = hang;
      fresh = true;
    }
    if (!fresh) lines.back() += ' ';
    used += columns + (fresh ? 0 : 1);
    lines.back() += word;
    fresh = false;
  }
  return lines;
}

std::vector<std::string> cell(const std::vector<StoryLine>& told, std::size_t width) {
  std::vector<std::string> lines;
  for (const StoryLine& line : told) {
    for (std::string& part : wrap(line.text, width, 2)) lines.push_back(std::move(part));
  }
  return lines;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t columns = columns_of(text);
  if (columns < width) text.append(width - columns, ' ');
  return text;
}

std::string label_of(Month month) { return padded("  " + month_name(month), kLabel) + ' '; }
std::size_t text_width(std::size_t width) {
  return std::max(kLeastText, width > kLabel + 1 ? width - kLabel - 1 : 0);
}

void put_paragraphs(std::string& out, const std::vector<std::string>& texts, std::size_t width) {
  for (const std::string& text : texts) {
    for (const std::string& line : wrap(text, std::max(width, kLeastText))) out += line + '\n';
  }
}

std::string year_heading(const StoryYear& year) {
  return std::to_string(year.year) + (year.burn_in ? " (before the programme)" : "");
}

void put_year(std::string& out, const StoryYear& year, std::size_t width) {
  out += '\n' + year_heading(year) + '\n';
  for (const std::string& line : wrap(year.standing, std::max(width, kLeastText) - 2)) {
    if (!line.empty()) out += "  " + line + '\n';
  }
  for (const StoryMonth& month : year.months) {
    std::string label = label_of(month.month);
    for (const std::string& line : cell(month.lines, text_width(width))) {
      out += label + line + '\n';
      label.assign(kLabel + 1, ' ');
    }
  }
}

/// Two cells of lines beside each other behind a label.
void put_row(std::string& out, std::string label, const std::vector<std::string>& left,
             const std::vector<std::string>& right, std::size_t width) {
  for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i) {
    const std::string left_text = i < left.size() ? left[i] : std::string();
    const std::string right_text = i < right.size() ? right[i] : std::string();
    std::string line = label;
    line += padded(left_text, width);
    line += kBetween;
    line += right_text;
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
    label.assign(kLabel + 1, ' ');
  }
}

const StoryYear* find_year(const Story& story, int year) {
  const auto found = std::find_if(story.years.begin(), story.years.end(),
                                  [&](const StoryYear& y) { return y.year == year; });
  return found == story.years.end() ? nullptr : &*found;
}

using Pair = std::array<const StoryYear*, 2>;

void put_pair(std::string& out, int number, const Pair& pair, std::size_t width) {
  const bool burn_in = (pair[0] != nullptr ? pair[0] : pair[1])->burn_in;
  out += '\n' + year_heading({number, burn_in, "", {}}) + '\n';
  std::array<std::vector<std::string>, 2> standings;
  std::map<Month, std::array<std::vector<std::string>, 2>> months;
  for (std::size_t side = 0; side < 2; ++side) {
    if (pair[side] == nullptr) {
      standings[side] = {"no record"};
      continue;
    }
    standings[side] = wrap(pair[side]->standing, width, 2);
    for (const StoryMonth& month : pair[side]->months) {
      months[month.month][side] = cell(month.lines, width);
    }
  }
  put_row(out, std::string(kLabel + 1, ' '), standings[0], standings[1], width);
  for (const auto& [month, cells] : months) {
    put_row(out, label_of(month), cells[0], cells[1], width);
  }
}

/// What both sides say once, the rest beside each other.
void put_heads(std::string& out, const std::vector<std::string>& one,
               const std::vector<std::string>& other, std::size_t column, std::size_t width) {
  const auto without = [](const std::vector<std::string>& texts,
                          const std::vector<std::string>& others) {
    std::vector<StoryLine> rest;
    for (const std::string& text : texts) {
      if (std::find(others.begin(), others.end(), text) == others.end()) rest.push_back({text, {}});
    }
    return rest;
  };
  for (const std::string& text : one) {
    if (std::find(other.begin(), other.end(), text) != other.end()) {
      put_paragraphs(out, {text}, width);
    }
  }
  put_row(out, std::string(kLabel + 1, ' '), cell(without(one, other), column),
          cell(without(other, one), column), column);
}

std::string one_after_the_other(const Story& one, const Story& other, const std::string& parted,
                                std::size_t width) {
  std::string out;
  put_paragraphs(out, {parted}, width);
  return out + '\n' + print(one, width) + '\n' + print(other, width);
}

}  // namespace

std::string print(const Story& story, std::size_t width) {
  std::string out;
  put_paragraphs(out, story.head, width);
  put_paragraphs(out, story.notes, width);
  for (const StoryYear& year : story.years) put_year(out, year, width);
  return out;
}

std::string print_beside(const Story& one, const Story& other, const std::string& parted,
                         std::optional<Month> parting_month, std::size_t width) {
  if (width < kNarrow) return one_after_the_other(one, other, parted, width);
  const std::size_t column = (width - kLabel - 1 - kBetween.size()) / 2;
  std::string out;
  put_heads(out, one.head, other.head, column, width);
  put_heads(out, one.notes, other.notes, column, width);
  out += '\n';
  put_paragraphs(out, {parted}, width);

  std::vector<int> years;
  for (const Story* story : {&one, &other}) {
    for (const StoryYear& year : story->years) years.push_back(year.year);
  }
  std::sort(years.begin(), years.end());
  years.erase(std::unique(years.begin(), years.end()), years.end());
  for (const int year : years) {
    const Pair pair{find_year(one, year), find_year(other, year)};
    const bool alike = pair[0] != nullptr && pair[1] != nullptr &&
                       (!parting_month || year < year_of(*parting_month));
    if (alike) {
      put_year(out, *pair[0], width);
    } else {
      put_pair(out, year, pair, column);
    }
  }
  return out;
}

}  // namespace terrace::explain

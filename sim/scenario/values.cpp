#include "scenario/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>
#include <system_error>
#include <utility>

#include "scenario/ranges.hpp"

namespace terrace::scenario {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::size_t skip_digits(std::string_view text, std::size_t i) {
  while (i < text.size() && is_digit(text[i])) ++i;
  return i;
}

bool is_integer(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.empty() || skip_digits(text, 0) != text.size()) return false;
  return text.size() == 1 || text[0] != '0';
}

// JSON's grammar for numbers, but for a plus sign nowhere save in the exponent.
bool is_number(std::string_view text) {
  const std::size_t end_of_mantissa = std::min(text.find_first_of("eE"), text.size());
  const std::string_view mantissa = text.substr(0, end_of_mantissa);
  const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
  if (!is_integer(mantissa.substr(0, point))) return false;
  if (point < mantissa.size()) {
    const std::string_view decimals = mantissa.substr(point + 1);
    if (decimals.empty() || skip_digits(decimals, 0) != decimals.size()) return false;
  }
  if (end_of_mantissa == text.size()) return true;
  std::string_view exponent = text.substr(end_of_mantissa + 1);
  if (exponent.starts_with('-') || exponent.starts_with('+')) exponent.remove_prefix(1);
  return !exponent.empty() && skip_digits(exponent, 0) == exponent.size();
}

bool is_truth(std::string_view text) {
  static constexpr std::array<std::string_view, 8> kWords = {"true", "false", "yes", "no",
                                                             "on",   "off",   "y",   "n"};
  return std::find(kWords.begin(), kWords.end(), lower(text)) != kWords.end();
}

std::string found(const Node& node) {
  switch (node.kind) {
    case Node::Kind::map:
      return "a map";
    case Node::Kind::sequence:
      return "a list";
    case Node::Kind::null:
      return "nothing";
    case Node::Kind::scalar:
      return (node.quoted ? "the text '" : "'") + shown(node.text) + "'";
    case Node::Kind::refused:
      break;
  }
  return "something refused";
}

// True if the node is a plain scalar. `due` says what should stand there.
bool expect_scalar(const Node& node, const std::string& path, const std::string& due,
                   Problems& problems) {
  if (node.kind == Node::Kind::refused) return false;
  if (node.is_scalar() && !node.quoted) return true;
  std::string hint;
  if (node.is_scalar() && (is_number(node.text) || is_truth(node.text))) {
    hint = "remove the quotes";
  } else if (node.kind == Node::Kind::null) {
    hint = "give a value or remove the key";
  }
  problems.add(node.place, path, "must be " + due + ", found " + found(node), hint);
  return false;
}

// What to do about a plain scalar that is not the number it should be.
std::string number_hint(std::string_view text) {
  const std::string word = lower(text);
  if (word == ".nan" || word == "nan" || word.ends_with("inf") || word.ends_with("infinity")) {
    return "infinity and not-a-number are not accepted";
  }
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.size() > 1 && digits[0] == '0' && skip_digits(digits, 0) == digits.size()) {
    return "write it without leading zeros";
  }
  if (text.starts_with('.')) return "write 0" + shown(text);
  if (text.ends_with('.')) return "write " + shown(text) + "0";
  if (text.starts_with('+')) return "write it without the plus sign";
  if (text.ends_with('%')) return "write a share, such as 0.1 for 10%";
  if (text.find_first_of(",_") != std::string_view::npos) return "write it without separators";
  return {};
}

template <class T>
std::optional<T> parse(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// Whole numbers of either signedness; `due` names the range.
template <class T>
std::optional<T> read_whole(const Node& node, const std::string& path, T low, T high,
                            Problems& problems) {
  const std::string limits = std::to_string(low) + " to " + std::to_string(high);
  if (!expect_scalar(node, path, "a whole number", problems)) return std::nullopt;
  if (!is_integer(node.text)) {
    problems.add(node.place, path, "must be a whole number, found '" + shown(node.text) + "'",
                 is_number(node.text) ? "without decimals or exponent" : number_hint(node.text));
    return std::nullopt;
  }
  const auto value = parse<T>(node.text);
  if (!value || *value < low || *value > high) {
    problems.add(node.place, path, shown(node.text) + " is out of range", "accepted: " + limits);
    return std::nullopt;
  }
  return value;
}

}  // namespace

std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const double size = std::fabs(value);
  const bool fixed = size == 0.0 || (size >= 1e-5 && size < 1e15);  // as people write it
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    fixed ? std::chars_format::fixed : std::chars_format::scientific);
  return {buffer.data(), result.ptr};
}

std::string to_string(const Range& range) {
  return (range.low_open ? "more than " : "from ") + shortest(range.low) +
         (range.high_open ? " to less than " : " to ") + shortest(range.high);
}

std::optional<double> read_number(const Node& node, const std::string& path, const Range& range,
                                  Problems& problems) {
  if (!expect_scalar(node, path, "a number", problems)) return std::nullopt;
  if (!is_number(node.text)) {
    problems.add(node.place, path, "must be a number, found '" + shown(node.text) + "'",
                 number_hint(node.text));
    return std::nullopt;
  }
  const auto value = parse<double>(node.text);
  if (!value || !std::isfinite(*value) || !range.holds(*value)) {
    problems.add(node.place, path, shown(node.text) + " is out of range",
                 "accepted: " + to_string(range));
    return std::nullopt;
  }
  return value;
}

std::optional<std::int64_t> read_integer(const Node& node, const std::string& path,
                                         std::int64_t low, std::int64_t high, Problems& problems) {
  return read_whole<std::int64_t>(node, path, low, high, problems);
}

std::optional<std::uint64_t> read_u64(const Node& node, const std::string& path,
                                      Problems& problems) {
  return read_whole<std::uint64_t>(node, path, 0, UINT64_MAX, problems);
}

std::optional<bool> read_bool(const Node& node, const std::string& path, Problems& problems) {
  if (!expect_scalar(node, path, "true or false", problems)) return std::nullopt;
  if (node.text == "true") return true;
  if (node.text == "false") return false;
  const std::string word = lower(node.text);
  std::string hint;
  if (is_truth(word)) {
    const bool yes = word == "true" || word == "yes" || word == "on" || word == "y";
    hint = std::string("write ") + (yes ? "true" : "false");
  }
  problems.add(node.place, path, "must be true or false, found '" + shown(node.text) + "'", hint);
  return std::nullopt;
}

std::optional<std::string> read_text(const Node& node, const std::string& path, Problems& problems,
                                     bool plain_numbers) {
  if (node.kind == Node::Kind::refused) return std::nullopt;
  std::string wrong;
  std::string hint;
  if (!node.is_scalar() || node.text.empty()) {
    wrong = "must be a text, found " + (node.is_scalar() ? "an empty one" : found(node));
  } else if (!node.quoted && !plain_numbers && (is_number(node.text) || is_truth(node.text))) {
    wrong = "must be a text, found " + found(node);
    hint = "put it in quotes";
  } else if (node.text.size() > kLongestText) {
    wrong = "is longer than " + std::to_string(kLongestText) + " bytes";
  } else if (std::any_of(node.text.begin(), node.text.end(), [](char c) {
               return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7f;
             })) {
    wrong = "holds a control character";
  }
  if (wrong.empty()) return node.text;
  problems.add(node.place, path, wrong, hint);
  return std::nullopt;
}

std::optional<Month> read_month(const Node& node, const std::string& path, Problems& problems) {
  const std::string& text = node.text;
  if (node.kind == Node::Kind::refused) return std::nullopt;
  const bool shape = node.is_scalar() && text.size() == 7 && text[4] == '-' &&
                     skip_digits(text, 0) == 4 && skip_digits(text, 5) == 7;
  if (!shape) {
    const bool dated = node.is_scalar() && text.size() == 10 && text[7] == '-';
    problems.add(node.place, path, "must be a month such as 2013-01, found " + found(node),
                 dated ? "write " + shown(text.substr(0, 7)) : std::string());
    return std::nullopt;
  }
  const int year = *parse<int>(std::string_view(text).substr(0, 4));
  const int month = *parse<int>(std::string_view(text).substr(5));
  if (year < kFirstYear || year > kLastYear || month < 1 || month > 12) {
    problems.add(node.place, path, text + " is out of range", "accepted: 2000-01 to 2100-12");
    return std::nullopt;
  }
  return month_of(year, month);
}

std::optional<std::size_t> read_word(const Node& node, const std::string& path,
                                     const std::vector<std::string>& words, Problems& problems) {
  if (node.kind == Node::Kind::refused) return std::nullopt;
  const auto at = std::find(words.begin(), words.end(), node.text);
  if (node.is_scalar() && at != words.end()) return static_cast<std::size_t>(at - words.begin());
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : ", ") + word;
  const std::string meant = node.is_scalar() ? closest(node.text, words) : std::string();
  problems.add(node.place, path,
               (words.size() > 1 ? "must be one of " : "must be ") + all + ", found " + found(node),
               meant.empty() ? meant : "did you mean '" + meant + "'?");
  return std::nullopt;
}

std::optional<std::vector<std::string>> read_names(const Node& node, const std::string& path,
                                                   const std::vector<std::string>& known,
                                                   std::string_view what, Problems& problems) {
  if (!expect_sequence(node, path, problems)) return std::nullopt;
  const std::size_t before = problems.size();
  if (node.items.empty()) problems.add(node.place, path, "an empty list", "name at least one");
  const std::set<std::string_view> names(known.begin(), known.end());
  std::set<std::string> seen;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const Node& item = node.items[i];
    const std::string item_path = path + '[' + std::to_string(i) + ']';
    auto name = read_text(item, item_path, problems);
    if (!name) continue;
    if (!names.contains(*name)) {
      unknown_name(item, item_path, what, known, problems);
    } else if (!seen.insert(*name).second) {
      problems.add(item.place, item_path, "'" + shown(*name) + "' stands in the list already");
    }
    out.push_back(std::move(*name));
  }
  if (problems.size() != before) return std::nullopt;
  return out;
}

bool expect_map(const Node& node, const std::string& path, Problems& problems) {
  if (node.kind == Node::Kind::refused) return false;
  if (node.is_map()) return true;
  problems.add(node.place, path, "must be a map of keys and values, found " + found(node),
               node.kind == Node::Kind::null ? "give it keys, or remove it" : std::string());
  return false;
}

bool expect_sequence(const Node& node, const std::string& path, Problems& problems) {
  if (node.kind == Node::Kind::refused) return false;
  if (node.is_sequence()) return true;
  problems.add(node.place, path, "must be a list, found " + found(node),
               node.is_scalar() ? "write [" + shown(node.text) + "]" : std::string());
  return false;
}

void unknown_name(const Node& node, const std::string& path, std::string_view what,
                  const std::vector<std::string>& known, Problems& problems) {
  problems.add(node.place, path, "unknown " + std::string(what) + " '" + shown(node.text) + "'",
               suggestion(node.text, known));
}

bool read_map(const Node& node, const std::string& path, const std::vector<Field>& fields,
              Problems& problems, std::string_view what) {
  if (!expect_map(node, path, problems)) return false;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const Node& key = node.keys[i];
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& f) { return f.name == key.text; });
    if (field != fields.end()) {
      field->read(node.items[i], join(path, key.text));
      continue;
    }
    std::vector<std::string> known;
    for (const Field& f : fields) known.push_back(f.name);
    problems.add(key.place, join(path, key.text), "unknown " + std::string(what),
                 suggestion(key.text, known));
  }
  bool complete = true;
  for (const Field& field : fields) {
    if (!field.required || node.find(field.name) != nullptr) continue;
    problems.add(node.place, path, "'" + field.name + "' is missing");
    complete = false;
  }
  return complete;
}

}  // namespace terrace::scenario

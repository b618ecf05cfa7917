#include "scenario/diagnostic.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

namespace terrace::scenario {
namespace {

// Insertions, deletions, substitutions and swaps of neighbours each cost one.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(last.begin(), last.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

// Case, hyphens and underscores are what people get wrong without misspelling anything.
std::string folded(std::string_view word) {
  std::string out(word);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-' || c == ' ') c = '_';
  }
  return out;
}

}  // namespace

std::string to_string(const Place& place) {
  std::string out = place.file ? *place.file : std::string();
  if (place.line > 0) out += ':' + std::to_string(place.line);
  return out;
}

namespace {

/// A path of many long keys without its middle, so that a message stays one that can be read.
std::string shortened(const std::string& path) {
  constexpr std::size_t kEnds = 300;
  const auto inside = [&path](std::size_t at) {  // of a character of several bytes
    return (static_cast<unsigned char>(path[at]) & 0xc0) == 0x80;
  };
  if (path.size() <= 2 * kEnds) return path;
  std::size_t head = kEnds;
  std::size_t tail = path.size() - kEnds;
  while (head > 0 && inside(head)) --head;
  while (tail < path.size() && inside(tail)) ++tail;
  return path.substr(0, head) + "..." + path.substr(tail);
}

}  // namespace

std::string to_string(const Diagnostic& diagnostic) {
  std::string out = diagnostic.file;
  if (diagnostic.line > 0) {
    out += ':' + std::to_string(diagnostic.line);
    if (diagnostic.column > 0) out += ':' + std::to_string(diagnostic.column);
  }
  if (!out.empty()) out += ": ";
  if (!diagnostic.path.empty()) out += shortened(diagnostic.path) + ": ";
  out += diagnostic.message;
  if (!diagnostic.hint.empty()) out += "; " + diagnostic.hint;
  return out;
}

void Problems::add(const Place& place, std::string path, std::string message, std::string hint) {
  if (!prefix_.empty()) path = path.empty() ? prefix_ : prefix_ + '.' + path;
  put({place.file ? *place.file : std::string(), place.line, place.column, std::move(path),
       std::move(message), std::move(hint)});
}

void Problems::add(const Diagnostic& diagnostic) {
  if (std::find(list_.begin(), list_.end(), diagnostic) == list_.end()) put(diagnostic);
}

void Problems::put(Diagnostic diagnostic) {
  if (list_.size() >= kLimit) {
    ++dropped_;
    return;
  }
  if (std::find(files_.begin(), files_.end(), diagnostic.file) == files_.end()) {
    files_.push_back(diagnostic.file);
  }
  list_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Problems::sorted() const {
  const auto rank = [this](std::size_t i) {
    const auto file = std::find(files_.begin(), files_.end(), list_[i].file);
    return std::tuple(file - files_.begin(), list_[i].line, list_[i].column, i);
  };
  std::vector<std::size_t> order(list_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  std::vector<Diagnostic> out;
  for (const std::size_t i : order) out.push_back(list_[i]);
  if (dropped_ > 0) {
    out.push_back({"", 0, 0, "", "and " + std::to_string(dropped_) + " more mistakes", ""});
  }
  return out;
}

std::string_view start_of(std::string_view text, std::size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xc0U) == 0x80) --most;
  return text.substr(0, most);
}

std::string shown(std::string_view text, std::size_t most) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  const std::string_view start = start_of(text, most);
  std::string out;
  unsigned char before = 0;
  for (const char c : start) {
    const auto byte = static_cast<unsigned char>(c);
    const bool high = before == 0xc2 && byte >= 0x80 && byte < 0xa0;  // U+0080 to U+009F
    before = byte;
    if (byte == '\n') {
      out += "\\n";
    } else if (high || byte < 0x20 || byte == 0x7f) {
      if (high) out.pop_back();
      out += "\\x";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += c;
    }
  }
  return start.size() < text.size() ? out + "..." : out;
}

std::string join(std::string_view path, std::string_view key) {
  return path.empty() ? shown(key) : std::string(path) + '.' + shown(key);
}

std::string closest(std::string_view word, const std::vector<std::string>& known) {
  if (word.empty() || word.size() > kShown) return {};
  const std::string meant = folded(word);
  std::string best;
  std::size_t best_distance = std::max<std::size_t>(1, meant.size() / 3) + 1;
  for (const std::string& name : known) {
    const std::size_t distance = edit_distance(meant, folded(name));
    if (distance < best_distance) {
      best_distance = distance;
      best = name;
    }
  }
  return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& known) {
  const std::string best = closest(word, known);
  if (!best.empty()) return "did you mean '" + best + "'?";
  constexpr std::size_t kFew = 16;
  if (known.empty() || known.size() > kFew) return {};
  std::string all = "known here: ";
  for (std::size_t i = 0; i < known.size(); ++i) all += (i == 0 ? "" : ", ") + known[i];
  return all;
}

}  // namespace terrace::scenario

#include "scenario/yaml_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <istream>
#include <memory>
#include <set>
#include <streambuf>
#include <utility>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

namespace terrace::scenario {
namespace {

// Thrown through the parser to stop it; never leaves this file.
struct Stop {};

// Finds lines and characters in the text that the parser counts in bytes.
class Places {
 public:
  Places(std::string_view text, const std::string& name)
      : text_(text), file_(std::make_shared<const std::string>(name)) {
    starts_.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') starts_.push_back(i + 1);
    }
  }

  Place at_byte(std::size_t offset) const {
    const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
    const auto line = static_cast<std::size_t>(next - starts_.begin());  // from 1
    return at(line - 1, offset - starts_[line - 1]);
  }

  Place at_mark(const YAML::Mark& mark) const {
    if (mark.is_null() || mark.line < 0 || mark.column < 0) return {file_, 1, 1};
    return at(static_cast<std::size_t>(mark.line), static_cast<std::size_t>(mark.column));
  }

 private:
  Place at(std::size_t line, std::size_t bytes) const {
    line = std::min(line, starts_.size() - 1);
    const std::string_view rest = text_.substr(starts_[line]);
    constexpr std::size_t kLongLine = 1000;  // no editor shows these; counting would be quadratic
    if (bytes > kLongLine) return {file_, static_cast<int>(line) + 1, static_cast<int>(bytes) + 1};
    int characters = 0;
    for (const char c : rest.substr(0, std::min(bytes, rest.size()))) {
      if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++characters;
    }
    return {file_, static_cast<int>(line) + 1, characters + 1};
  }

  std::string_view text_;
  std::shared_ptr<const std::string> file_;
  std::vector<std::size_t> starts_;
};

// What must not be in the bytes at all. Stops at the first: what follows would be noise.
bool check_bytes(std::string_view text, const Places& places, Problems& problems) {
  bool in_indent = true;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    const std::size_t length = utf8_length(text.substr(i));
    const bool line_end = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (length == 0) {
      problems.add(places.at_byte(i), "", "is not valid UTF-8", "save the file as UTF-8");
      return false;
    }
    if (c == '\t' && in_indent) {
      problems.add(places.at_byte(i), "", "a tab as indentation", "indent with spaces");
      return false;
    }
    if ((byte < 0x20 && c != '\n' && c != '\t' && !line_end) || byte == 0x7f) {
      problems.add(places.at_byte(i), "", "a control character (byte " + std::to_string(byte) + ")",
                   "remove it");
      return false;
    }
    in_indent = c == '\n' || (in_indent && c == ' ');
    i += length;
  }
  return true;
}

// Builds the tree from the parser's events. The parser itself limits its recursion only at 500
// levels and knows nothing of duplicates, so everything is checked as it comes.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const Places& places, Problems& problems) : places_(places), problems_(problems) {}

  bool started() const { return documents_ > 0; }
  Node take() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ == 1) return;
    problems_.add(places_.at_mark(mark), "",
                  "a second YAML document, or text that does not belong to the first",
                  "look at the indentation here and above");
    throw Stop{};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(make(Node::Kind::null, mark, "", anchor));
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    problems_.add(places_.at_mark(mark), path(), "an alias", "write the value out");
    add(make(Node::Kind::refused, mark, "", YAML::NullAnchor));
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node = make(Node::Kind::scalar, mark, tag, anchor);
    node.quoted = tag == "!";
    node.text = value;
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(make(Node::Kind::sequence, mark, tag, anchor));
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(make(Node::Kind::map, mark, tag, anchor));
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    Node key;  // of a map, while its value is awaited
    bool has_key = false;
    bool repeated = false;  // this key stood in the map before: its value is dropped
    std::set<std::string> seen;
  };

  Node make(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    Node node;
    node.kind = kind;
    node.place = places_.at_mark(mark);
    if (anchor != YAML::NullAnchor) {
      problems_.add(node.place, path(), "an anchor", "remove it; aliases are not read either");
    }
    if (!tag.empty() && tag != "?" && tag != "!") {
      problems_.add(node.place, path(), "a tag (" + shown(tag) + ")", "remove it");
    }
    if (++values_ > kMaxValues) {
      problems_.add(node.place, path(),
                    "more than " + std::to_string(kMaxValues) + " values in one file");
      throw Stop{};
    }
    return node;
  }

  std::string path() const {
    std::string out;
    for (const Open& level : stack_) {
      if (level.has_key) {
        out = join(out, level.key.text);
      } else if (level.node.is_sequence()) {
        out += '[' + std::to_string(level.node.items.size()) + ']';
      }
    }
    return out;
  }

  void open(Node node) {
    if (stack_.size() >= kMaxDepth) {
      problems_.add(node.place, "", "more than " + std::to_string(kMaxDepth) + " levels deep");
      throw Stop{};
    }
    stack_.emplace_back().node = std::move(node);
  }

  void close() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (stack_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& top = stack_.back();
    if (top.node.is_sequence()) {
      top.node.items.push_back(std::move(node));
    } else if (!top.has_key) {
      add_key(top, std::move(node));
    } else {
      // The parser places a value that is not there at whatever comes next.
      const bool absent = node.kind == Node::Kind::null && node.place.line != top.key.place.line;
      if (absent) node.place = top.key.place;
      if (!top.repeated) {
        top.node.keys.push_back(std::move(top.key));
        top.node.items.push_back(std::move(node));
      }
      top.has_key = false;
    }
  }

  void add_key(Open& top, Node key) {
    top.repeated = false;
    if (key.kind != Node::Kind::scalar) {
      if (key.kind == Node::Kind::null) {
        problems_.add(key.place, path(), "an empty key");
      } else if (key.kind != Node::Kind::refused) {
        problems_.add(key.place, path(), "a key that is a list or a map");
      }
      top.repeated = true;  // nothing can be done with its value either
    } else if (key.text == "<<" && !key.quoted) {
      problems_.add(key.place, path(), "a merge key", "use `extends`, or write the values out");
      top.repeated = true;
    } else if (!top.seen.insert(key.text).second) {
      problems_.add(key.place, join(path(), key.text), "duplicate key",
                    "it stands in this map already");
      top.repeated = true;
    }
    top.key = std::move(key);
    top.has_key = true;
  }

  const Places& places_;
  Problems& problems_;
  Node root_;
  std::vector<Open> stack_;
  std::size_t values_ = 0;
  int documents_ = 0;
};

// A stream over bytes that exist already; std::istringstream would copy them.
class View final : public std::streambuf {
 public:
  explicit View(std::string& text) { setg(text.data(), text.data(), text.data() + text.size()); }
};

}  // namespace

std::optional<Node> read_yaml_text(std::string text, const std::string& name, Problems& problems) {
  if (text.starts_with("\xef\xbb\xbf")) text.erase(0, 3);  // some editors begin UTF-8 with a mark
  const Places places(text, name);
  if (text.size() > kMaxBytes) {
    problems.add(places.at_byte(0), "", "larger than 1 MB");
    return std::nullopt;
  }
  if (!check_bytes(text, places, problems)) return std::nullopt;
  Builder builder(places, problems);
  try {
    View view(text);
    std::istream stream(&view);
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const Stop&) {
    return std::nullopt;
  } catch (const YAML::Exception& error) {
    problems.add(places.at_mark(error.mark), "", "not valid YAML: " + shown(error.msg),
                 "look at the indentation, and for a space after each colon");
    return std::nullopt;
  }
  if (!builder.started()) {
    problems.add(places.at_byte(0), "", "the file is empty");
    return std::nullopt;
  }
  return builder.take();
}

std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const auto tail = [&](std::size_t i) { return (byte(i) & 0xc0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return tail(1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const bool overlong = lead == 0xe0 && byte(1) < 0xa0;
    const bool surrogate = lead == 0xed && byte(1) > 0x9f;
    return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const bool outside = (lead == 0xf0 && byte(1) < 0x90) || (lead == 0xf4 && byte(1) > 0x8f);
    return tail(1) && tail(2) && tail(3) && !outside ? 4 : 0;
  }
  return 0;
}

bool read_bytes(const std::filesystem::path& file, std::size_t most, std::string& bytes,
                std::string& why) {
  std::error_code error;
  const auto status = std::filesystem::status(file, error);
  std::ifstream in;
  why = "is larger than " + std::to_string(most / 1'000'000) + " MB";
  if (!std::filesystem::exists(status)) {
    why = "does not exist";
    return false;
  }
  // A pipe or a device could block or never end.
  if (!std::filesystem::is_regular_file(status)) {
    why = "is not a file";
    return false;
  }
  if (std::filesystem::file_size(file, error) > most && !error) return false;
  in.open(file, std::ios::binary);
  std::array<char, 16'384> part{};
  while (in && bytes.size() <= most) {  // its size on disk may be wrong or change
    in.read(part.data(), part.size());
    bytes.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  if (!in.is_open() || in.bad()) why = "cannot be read";
  return in.is_open() && !in.bad() && bytes.size() <= most;
}

std::optional<Node> read_yaml_file(const std::filesystem::path& file, const std::string& name,
                                   Problems& problems, const Place* named_at,
                                   const std::string& path) {
  const auto refuse = [&](const std::string& why) {
    if (named_at != nullptr) {
      problems.add(*named_at, path, "'" + shown(name) + "' " + why);
    } else {
      problems.add({std::make_shared<const std::string>(name), 0, 0}, path, why);
    }
    return std::nullopt;
  };
  std::string text;
  std::string why;
  if (!read_bytes(file, kMaxBytes, text, why)) return refuse(why);
  return read_yaml_text(std::move(text), name, problems);
}

}  // namespace terrace::scenario
